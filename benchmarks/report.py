"""Time `make report` from an empty build folder and again unchanged, editions and tests; print a table of seconds.

Run it with `make benchmarks` in a clone that is set up. The report is built in the clone itself.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

from helpers.paths import ROOT

EMPTY = ["make", "clean"]
# what is timed, what has to be done before it, the command, and the seconds aimed at
STEPS = [
    ("make report, from an empty build folder", EMPTY, ["make", "report"], 60),
    ("make report, nothing changed", None, ["make", "report"], 5),
    ("make report KNOWN_ON=..., one edition more", None, ["make", "report", "KNOWN_ON=2023-07-10"], 45),
    ("make editions, all from an empty build folder", EMPTY, ["make", "editions"], 240),
    ("make compare", None, ["make", "compare", "A=2025-02-25", "B=latest"], None),
    ("make test", None, ["make", "test"], 300),
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
    print(f"{'step':<48}{'seconds':>9}{'aim':>6}")
    for name, before, command, aim in STEPS:
        if before:
            seconds(before)
        print(f"{name:<48}{seconds(command):>9.1f}{aim or '':>6}", flush=True)


if __name__ == "__main__":
    main()
