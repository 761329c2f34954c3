"""Copies of the repository in which whole commands run without network, are killed, and leave results to compare."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from helpers.paths import ROOT

LEFT_OUT = (".git", ".venv", "build", "raw", "node_modules", "__pycache__", ".*_cache", ".hypothesis", "*.egg-info")
# what a `make` that runs the tests hands on to its children
OF_MAKE = (
    "MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "CHECKED_EDITION",
    "EDITION", "KNOWN_ON", "JOBS", "PYTHON3", "LIST", "TABLE", "FOLDER", "SOURCE", "LESSON", "A", "B", "CLUSTER",
)  # fmt: skip
NOWHERE = "http://127.0.0.1:9"  # the discard port: nobody answers, and that at once


def clone(folder: Path, *, of: Path = ROOT) -> Path:
    """A copy of the repository `of` as it stands, in `folder`: nothing built or fetched, the environment shared."""
    shutil.copytree(of, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
    (folder / ".venv").symlink_to(ROOT / ".venv")
    # the shared environment is not rebuilt from here, whatever its age
    for pinned in ("requirements.lock", "pyproject.toml"):
        os.utime(folder / pinned, (0, 0))
    return folder


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The variables for a command in the clone `folder`: its own code, no mirror and no network, and `more`."""
    kept = {name: value for name, value in os.environ.items() if name not in (*OF_MAKE, "BYNAME_MIRROR")}
    dead = {"https_proxy": NOWHERE, "HTTPS_PROXY": NOWHERE}
    return kept | dead | {"PYTHONPATH": str(folder / "src")} | more


def make(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """`make` with `arguments` in the clone `folder`, run to its end: exit code and what it said."""
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=environment(folder, **more), capture_output=True, text=True, check=False
    )


def killed(folder: Path, seconds: float, *arguments: str, **more: str) -> str:
    """Start `make` with `arguments`, kill all of it after `seconds`; the last line it had printed by then."""
    said = folder / "said.txt"
    with said.open("w", encoding="utf-8") as output:
        began = subprocess.Popen(
            ["make", *arguments], cwd=folder, env=environment(folder, **more), stdout=output, stderr=output,
            start_new_session=True,
        )  # fmt: skip
        time.sleep(seconds)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(began.pid, signal.SIGKILL)
        began.wait()
    return (said.read_text("utf-8").splitlines() or ["nothing printed yet"])[-1]


def results(folder: Path, edition: str = "latest") -> dict[str, bytes]:
    """What a report leaves to compare: every table, figures, run.json, executed notebook, and README, by its path."""
    built = folder / "build" / edition
    made = [*built.glob("*.*"), *built.glob("tables/*"), *built.glob("notebooks/**/*")]
    files = {str(file.relative_to(built)): file for file in sorted(made) if file.is_file()}
    files |= {name: folder / name for name in ("README.md", "headline.png") if (folder / name).is_file()}
    return {name: file.read_bytes() for name, file in files.items()}


def differences(one: Path, other: Path, edition: str = "latest") -> list[str]:
    """The paths of what two clones made unlike; empty if all is equal byte for byte."""
    left, right = results(one, edition), results(other, edition)
    return sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))
