"""Kill `make report` at ten moments, run it again, and compare with an undisturbed run; print a table.

Run it with `.venv/bin/python benchmarks/kills.py` in a clone that is set up; all runs are in copies of that clone, from
empty. Data sets come from the folder of BYNAME_MIRROR if it is named; without it the runs have no network.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path

from helpers.paths import ROOT

sys.path.append(str(ROOT / "tests"))

import clones

MOMENTS = 10
SEED = 2022


def fractions(moments: int, seed: int) -> list[float]:
    """Random moments as fractions of a run, one in each of `moments` equal spans."""
    drawn = random.Random(seed)
    return [(span + drawn.random()) / moments for span in range(moments)]


def undisturbed(folder: Path, **more: str) -> float:
    """How long a report takes in the clone `folder`, in seconds; stops with its words if it fails."""
    began = time.monotonic()
    done = clones.make(folder, "report", **more)
    if done.returncode:
        sys.exit(f"make report failed:\n{done.stdout}{done.stderr}")
    return time.monotonic() - began


def outcome(reference: Path, folder: Path, **more: str) -> str:
    """What came of running the killed report again: equal, or what differs from `reference`."""
    if clones.make(folder, "report", **more).returncode:
        return "FAILED"
    return "DIFFERS: " + ", ".join(found) if (found := clones.differences(reference, folder)) else "equal"


def main() -> int:
    """Kill and compare as asked on the command line; 1 if any run ended otherwise than the undisturbed one."""
    parser = argparse.ArgumentParser(prog="python benchmarks/kills.py", description=__doc__)
    parser.add_argument("--moments", type=int, default=MOMENTS, help="how many kills (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=SEED, help="of the moments (default: %(default)s)")
    asked = parser.parse_args()
    mirror = {"BYNAME_MIRROR": os.environ["BYNAME_MIRROR"]} if os.environ.get("BYNAME_MIRROR") else {}
    ends = []
    with tempfile.TemporaryDirectory() as place:
        reference = clones.clone(Path(place) / "undisturbed")
        seconds = undisturbed(reference, **mirror)
        print(f"undisturbed: {seconds:.1f} s\n\n{'killed at, s':>12}  {'run again':<10}  it had said last", flush=True)
        for number, fraction in enumerate(fractions(asked.moments, asked.seed), start=1):
            folder = clones.clone(Path(place) / f"killed-{number}", of=reference)
            step = clones.killed(folder, fraction * seconds, "report", **mirror)
            ends.append(outcome(reference, folder, **mirror))
            print(f"{fraction * seconds:>12.1f}  {ends[-1]:<10}  {step[:60]}", flush=True)
    return 0 if set(ends) == {"equal"} else 1


if __name__ == "__main__":
    sys.exit(main())
