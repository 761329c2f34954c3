"""One command at a time in a clone: what builds here waits until whatever else builds here has ended.

It runs before the environment is there, so it needs no package besides Python.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from helpers import texts
from helpers.paths import ROOT
from helpers.publish import editions

LOCK = ROOT / ".make.lock"
CHECKED = "CHECKED_EDITION"  # the variable by which the Makefile knows an edition that can be built
WITHOUT = "this folder's disk knows no locks: start no second command here until this one has ended"


def wait(lock: Path = LOCK, note: str = "") -> int:
    """The descriptor of the file `lock`, locked; it waits for that while another process holds it, and says so.

    The lock ends with this process and all that it hands the descriptor on to, however they end, so none is ever left
    over. `note` tells the others who holds it. OSError if the file cannot be written.
    """
    held = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        import fcntl

        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = texts.in_terminal(os.pread(held, 200, 0).decode("utf-8", "replace")) or "just started"
            print(f"another command builds in this folder ({holder}): waiting until it has ended", flush=True)
            fcntl.flock(held, fcntl.LOCK_EX)
    except (ImportError, OSError):  # Windows, and some network drives
        print(WITHOUT, file=sys.stderr, flush=True)
    os.ftruncate(held, 0)
    os.pwrite(held, note.encode("utf-8"), 0)
    return held


def chosen(variables: dict[str, str]) -> str:
    """The edition that the variables EDITION and KNOWN_ON ask for, checked; EditionError if there is none such."""
    edition, day = variables.get("EDITION") or editions.LATEST, variables.get("KNOWN_ON", "")
    if not day:
        editions.day_of(edition)
        return edition
    if edition != editions.LATEST:
        raise editions.EditionError("EDITION and KNOWN_ON are both given: give one of them")
    if not editions.DAY.fullmatch(day):
        raise editions.EditionError(f"KNOWN_ON is '{texts.in_terminal(day)}': a day is needed, written YYYY-MM-DD")
    editions.day_of(day)
    return day


def main(arguments: list[str] | None = None) -> int:
    """Become COMMAND when nothing else builds in this clone; the exit code: 1, after one clear line, if it cannot."""
    parser = argparse.ArgumentParser(prog="python -m helpers.publish.alone", description=main.__doc__)
    parser.add_argument("--edition", action="store_true", help=f"check EDITION and KNOWN_ON, and set {CHECKED}")
    parser.add_argument("command", nargs=argparse.REMAINDER, metavar="COMMAND")
    asked = parser.parse_args(arguments)
    if not asked.command:
        parser.error("a command is needed")
    try:
        if asked.edition:
            os.environ[CHECKED] = chosen(dict(os.environ))
        target = asked.command[-1].removesuffix("-alone")
        os.set_inheritable(wait(note=f"`make {target}`, process {os.getpid()}"), True)
        os.execvp(asked.command[0], asked.command)
    except editions.EditionError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"{ROOT.name}: {error}; make the folder writable and run again", file=sys.stderr)
    except KeyboardInterrupt:
        print("interrupted while waiting; nothing was done", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
