"""What a claim resembles: a second report of the same, a copy, or a slip of digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers import figures

if TYPE_CHECKING:
    from collections.abc import Hashable

COLUMNS = ["id", "until", "value", "days_apart", "why"]
SAME = "the same claimant and value: a second report? then add its page to `reports` of that row"
SLIP = "the same claimant, and digits that differ by one slip: a misprint of that row?"
COPY = "another claimant's value: a copy? then name that row in `copies`"
NEAR = "the same claimant on a near day: is it a new claim, or that row read again?"


def resembling(
    claims: pd.DataFrame, one: str, *, days: int = 31, near: float = 0.01, slip_days: int = 92
) -> pd.DataFrame:
    """The other claims of `claims` that claim `one` resembles, the nearest first; one row per claim.

    Columns: `id`, `until` (day), `value` (of the quantity's unit), `days_apart` (between the two `until`), `why`.
    Compared are claims of the same side and quantity. A copy lies within `days` days and the share `near` of the value,
    a slip of digits within `slip_days`. KeyError for an unknown id.
    """
    row = claims.set_index("id").loc[one]
    others = claims[
        (claims["id"] != one) & (claims["side"] == row["side"]) & (claims["quantity"] == row["quantity"])
        & (claims["window"] == row["window"])
    ]  # fmt: skip
    value = figures.middle(claims[claims["id"] == one]).iloc[0]
    told = others.assign(value=figures.middle(others), days_apart=(others["until"] - row["until"]).dt.days.abs())
    told["why"] = [_why(row, value, other, days, near, slip_days) for other in told.to_dict("records")]
    told = told[told["why"] != ""].sort_values(["days_apart", "id"], ignore_index=True)
    return told[COLUMNS]


def _why(
    row: pd.Series, value: float, other: dict[Hashable, object], days: int, near: float, slip_days: int
) -> str:
    """In words what `other` may be to the claim `row`; "" where it resembles it in nothing."""
    apart, theirs, same_claimant = other["days_apart"], other["value"], other["who"] == row["who"]
    if pd.isna(value) or pd.isna(theirs):
        return NEAR if same_claimant and apart <= 1 and row["scope"] == other["scope"] else ""
    close = abs(theirs - value) <= near * max(value, theirs)
    if same_claimant and row["scope"] == other["scope"]:
        if theirs == value and apart <= slip_days:
            return SAME
        if apart <= slip_days and is_slip(value, theirs):
            return SLIP
        return NEAR if apart <= 1 else ""
    return COPY if close and apart <= days else ""


def is_slip(a: float, b: float) -> bool:
    """Whether two numbers differ by one slip of the hand: two neighbouring digits exchanged, or a nought too many.

    >>> is_slip(45860, 45680), is_slip(5937, 59370), is_slip(5937, 6937)
    (True, True, False)
    """
    one, other = f"{a:.0f}", f"{b:.0f}"
    if one == other:
        return False
    if len(one) != len(other):
        return one == f"{other}0" or other == f"{one}0"
    places = [i for i, (x, y) in enumerate(zip(one, other, strict=True)) if x != y]
    return len(places) == 2 and places[1] - places[0] == 1 and one[places[0]] == other[places[1]] and (
        one[places[1]] == other[places[0]]
    )  # fmt: skip
