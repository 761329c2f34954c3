"""Time an invented war of growing size, from people to records, and print seconds and memory.

Run it with `.venv/bin/python benchmarks/simulate.py [RECORDS ...]` in a clone that is set up; each size in a process of
its own, so that its memory is its own.
"""

from __future__ import annotations

import multiprocessing
import sys
import time

SIZES = (20_000, 100_000, 1_000_000)
AIMS = {1_000_000: 60}  # seconds


def measure(n: int) -> tuple[float, float, int, int]:
    """Seconds for `n` records, peak memory in GB, and how many people and fakes they are."""
    import resource

    from helpers import simulate

    began = time.monotonic()
    people = simulate.records(n).truth["person_id"].drop_duplicates()
    took = time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e9 if sys.platform == "darwin" else 1e6)
    return took, peak, int(people.str.startswith("P").sum()), int(people.str.startswith("F").sum())


def main() -> None:
    """Measure each size and print what it took beside its aim."""
    print(f"{'records':>10}{'people':>10}{'fakes':>7}{'seconds':>9}{'aim':>5}{'GB':>6}")
    for n in [int(size) for size in sys.argv[1:]] or SIZES:
        with multiprocessing.get_context("spawn").Pool(1) as alone:
            took, peak, people, fakes = alone.apply(measure, (n,))
        print(f"{n:>10,}{people:>10,}{fakes:>7,}{took:>9.1f}{AIMS.get(n, ''):>5}{peak:>6.1f}", flush=True)


if __name__ == "__main__":
    main()
