"""Time the vintages and the forecasts of the reporting delay, and print how well the replays did.

Run it with `.venv/bin/python benchmarks/delay.py` in a clone that is set up; weeks only if `economist-2026` is there.
`--write` puts the scores by week, of every recipe tried, into data/figures/delay_scores_by_week.csv.
"""

from __future__ import annotations

import argparse
import time

from helpers import series, sources
from helpers.estimate import delay_replays
from helpers.lists import vintages


def main() -> None:
    """Replay all cases by month and, if the weeks are there, by week; print errors, coverage and seconds."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--write", action="store_true", help="write the scores by week")
    write = parser.parse_args().write
    for data in ["embedded", *(["fetched"] if series.SOURCE in sources.available() else [])]:
        began = time.monotonic()
        scores = delay_replays.scores(vintages.read(data))
        took = time.monotonic() - began
        print(f"{data}: five replays in {took:.2f} s")
        for row in scores.itertuples():
            print(
                f"  {row.origin:%Y-%m-%d} to {row.target:%Y-%m-%d}: error {row.error:.1%} (carried {row.carried:.1%}), "
                f"{row.covered} of {row.spans} spans and {row.years_covered} of {row.years} years inside"
            )
    if write:
        found = delay_replays.by_week("fetched")
        found.to_csv(delay_replays.EMBEDDED, index=False, date_format="%Y-%m-%d", lineterminator="\n")


if __name__ == "__main__":
    main()
