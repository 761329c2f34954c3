"""Time the capture-recapture estimators against their limits, and print a table.

Run it with `.venv/bin/python benchmarks/estimates.py` in a clone that is set up; the study of Sudan only if
`lshtm-sudan-2024` is there. R takes 8.2 s for the eight models, and about 4.3 hours for the study's 1,000 runs.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from helpers import sources
from helpers.estimate import recapture
from helpers.estimate.recapture import covariates, decomposable, search, sudan

LINE = "{:<58} {:>8} {:>8}  {}"


def timed(what: str, limit: float | None, run: Callable[[], object]) -> object:
    """The result of `run`, after a line that says how long it took and what its limit is (seconds)."""
    began = time.perf_counter()
    result = run()
    took = time.perf_counter() - began
    verdict = "" if limit is None else "within" if took <= limit else "OVER"
    print(LINE.format(what, f"{took:.2f}", "" if limit is None else f"{limit:g}", verdict), flush=True)
    return result


def main() -> None:
    """Time every estimator once, imports left out."""
    print(LINE.format("", "seconds", "limit", ""))
    kosovo, five = recapture.example("kosovo"), recapture.example("five-lists")
    search.every(recapture.example("khartoum"))
    found = timed("all 113 models of four lists, with profile intervals", 3, lambda: search.every(kosovo))
    timed("every method for four lists", None, lambda: recapture.estimates(kosovo, found))
    timed("search among 6,893 models of five lists", None, lambda: search.stepwise(five))
    timed("822 decomposable models, 4,000 totals", None, lambda: decomposable.posterior(five))
    if sudan.SOURCE not in sources.available():
        print(f"{sudan.SOURCE} is not on this disk (make data): the study of Sudan is left out")
        return
    people = timed("6,715 records to 2,430 people", None, sudan.khartoum)
    eight = timed("8 models of the study of Sudan", 0.3, lambda: covariates.table(people, sudan.COVARIATES))
    timed("1,000 resamples of that analysis, 2 processes", 90,
          lambda: covariates.resampled(people, sudan.COVARIATES, runs=1000, jobs=2))  # fmt: skip
    total = covariates.average(eight, people=people.people)
    print(f"total as printed: {total.point:,.0f} ({total.low:,.0f} to {total.high:,.0f})")


if __name__ == "__main__":
    main()
