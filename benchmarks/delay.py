"""Time the vintages and the forecasts of the reporting delay, and print how well the replays did.

Run it with `.venv/bin/python benchmarks/delay.py` in a clone that is set up; weeks only if `economist-2026` is there.
"""

from __future__ import annotations

import time

from helpers import series, sources
from helpers.estimate import delay
from helpers.lists import vintages


def main() -> None:
    """Replay all cases by quarter and, if the weeks are there, by week; print errors, coverage and seconds."""
    for data in ["embedded", *(["fetched"] if series.SOURCE in sources.available() else [])]:
        began = time.monotonic()
        scores = delay.scores(vintages.read(data))
        took = time.monotonic() - began
        print(f"{data}: five replays in {took:.2f} s")
        for row in scores.itertuples():
            print(
                f"  {row.origin:%Y-%m-%d} to {row.target:%Y-%m-%d}: error {row.error:.1%} (carried {row.carried:.1%}), "
                f"{row.covered} of {row.spans} spans and {row.years_covered} of {row.years} years inside"
            )


if __name__ == "__main__":
    main()
