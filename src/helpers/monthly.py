"""A daily table cut down to what the repository keeps of it: month ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def month_ends(days: pd.DataFrame, *, first: bool = True) -> pd.DataFrame:
    """The rows of `days` (column `day`, in order) of the last day of each month, and of the last day of all.

    With `first` the row of the first day, too: where a total or an area begins.
    """
    kept = days["day"].dt.is_month_end | days["day"].eq(days["day"].max())
    if first:
        kept |= days["day"].eq(days["day"].min())
    return days[kept].reset_index(drop=True)
