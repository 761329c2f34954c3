"""Time `make report` from an empty build folder and again unchanged, and `make test`; print a table of seconds.

Run it with `make benchmarks` in a clone that is set up. The report is built in the clone itself.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time

from helpers.paths import BUILD, ROOT

STEPS = [
    ("make report, from an empty build folder", ["make", "report"], 60),
    ("make report, nothing changed", ["make", "report"], 5),
    ("make test", ["make", "test"], 300),
]


def seconds(command: list[str]) -> float:
    """How long `command` takes, in seconds; stops with its output if it fails."""
    began = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return time.monotonic() - began


def main() -> None:
    """Run the steps in order and print what each took beside its aim."""
    shutil.rmtree(BUILD, ignore_errors=True)
    print(f"{'step':<42}{'seconds':>9}{'aim':>6}")
    for name, command, aim in STEPS:
        print(f"{name:<42}{seconds(command):>9.1f}{aim:>6}", flush=True)


if __name__ == "__main__":
    main()
