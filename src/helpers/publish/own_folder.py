"""A folder of the user's: what a run writes stands in it as a whole, or not at all, and nothing half made is left."""

from __future__ import annotations

import os
import shutil
import signal
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

UNFINISHED = ".unfinished_"


@contextmanager
def filled(folder: Path) -> Iterator[Path]:
    """A new folder to write to; what is in it moves to `folder` when the block ends well, file by file over older ones.

    The new folder lies in `folder`, or beside it where there is none yet, under a name with the number of this process.
    It is removed however the block ends, also on SIGTERM; what a process that was killed left there is removed by the
    next run. OSError where nothing can be written.
    """
    place = folder if folder.is_dir() else folder.parent
    place.mkdir(parents=True, exist_ok=True)
    remove_left_over(place)
    before = _stop_cleanly_on_sigterm()
    try:
        with TemporaryDirectory(dir=place, prefix=f"{UNFINISHED}{os.getpid()}_") as unfinished:
            made = Path(unfinished) / "made"
            made.mkdir()
            yield made
            _hand_over(made, folder)
    finally:
        if before is not None:
            signal.signal(signal.SIGTERM, before)


def remove_left_over(place: Path) -> None:
    """Remove from `place` what processes left there that were killed; what a running one writes stays."""
    for left in place.glob(f"{UNFINISHED}*"):
        number = left.name.removeprefix(UNFINISHED).split("_")[0]
        if not (number.isdigit() and _runs(int(number))):
            shutil.rmtree(left, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is somebody else's
        return True
    return True


def _stop_cleanly_on_sigterm() -> signal.Handlers | None:
    def stop(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    try:
        return signal.signal(signal.SIGTERM, stop)
    except ValueError:  # only the main thread may
        return None


def _hand_over(made: Path, folder: Path) -> None:
    if not folder.exists():
        shutil.move(made, folder)
        return
    for path in sorted(made.iterdir()):
        path.replace(folder / path.name)
