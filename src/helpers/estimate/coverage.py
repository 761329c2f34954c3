"""Coverage: a total from the share of the dead that a list is judged to find."""

from __future__ import annotations

import pandas as pd

# the day on which the BBC first printed the two shares; before, it wrote "twice" and "40 to 60 % short"
METHOD_PUBLISHED = pd.Timestamp("2024-09-20")
LOW, HIGH = 0.45, 0.65


def coverage_range(named: pd.DataFrame, *, low: float = LOW, high: float = HIGH) -> pd.DataFrame:
    """The dead behind the names, one estimate per row of `named`: names / `high` to names / `low`, no point.

    `low`, `high`: the least and the greatest share of the dead that the list is judged to hold, 0 to 1; the
    defaults are the judgement of experts printed by the BBC, not a measured rate, and not a 95 % interval.
    `named` and the answer are figures; an estimate is known on the later day of its names and of the method.
    Raises ValueError for shares outside 0 < low <= high <= 1.

    Source: BBC Russian Service, 20 September 2024 (70,112 names: 107,864-155,804).
    """
    if not 0 < low <= high <= 1:
        raise ValueError(f"coverage from {low} to {high}: allowed are shares with 0 < low <= high <= 1")
    names = named["point"]
    return named.assign(
        id=named["id"] + "-coverage",
        kind="estimate",
        quantity="killed",
        low=names / high,
        point=float("nan"),
        high=names / low,
        who="By Name",
        who_kind="by_name",
        method=f"names over {high:g} to names over {low:g}",
        published=named["published"].clip(lower=METHOD_PUBLISHED),
        published_precision="day",
        copies=named["id"],
        reports="",
        note="",
    )
