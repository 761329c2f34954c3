"""What a list of records looks like in aggregates: what is missing, when, how old, from where."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

SMALLEST_GROUP = 5  # people; a smaller group could single somebody out (data/ETHICS.md)
UNKNOWN, HIDDEN = "not stated", "hidden"
AGE_BANDS = (14, 20, 25, 30, 35, 40, 45, 50, 60)
HOST_KINDS = {
    "web archive": r"^archive\.|^web\.archive\.|webcache",
    "social network or messenger": r"^(?:m\.)?(?:vk|ok|t|facebook)\.(?:com|ru|me)$|^social\.|userapi",
    "video": r"youtu|tiktok",
    "memorial or cemetery": r"memorial|cemetery|nasledie|muzey|timenote",
}
OTHER_HOST = "newspaper, office or other"


class Suppressed(NamedTuple):
    """A table of counts in which small groups are missing, and how many were hidden."""

    table: pd.DataFrame
    hidden: int


def missing(records: pd.DataFrame) -> pd.DataFrame:
    """What the records leave out: one row per column of the schema, in its order.

    Columns: column, filled and missing (records), missing_share (percent of all records). A count of every record,
    so there is no interval.
    """
    gaps = records.isna().sum()
    table = pd.DataFrame({"column": gaps.index, "filled": len(records) - gaps.values, "missing": gaps.values})
    return table.assign(missing_share=100 * table["missing"] / len(records))


def month_of(records: pd.DataFrame, column: str) -> pd.Series:
    """The calendar month of the day in `column`; missing where the record has no day, or only the year of death."""
    days = records[column]
    if column == "death_date":
        days = days.where(records["death_precision"] != "year")
    return days.dt.to_period("M")


def by_month(records: pd.DataFrame, column: str) -> pd.DataFrame:
    """Records by calendar month of the day in `column`: month (YYYY-MM, every month from first to last), records.

    The last row counts the records without a month.
    """
    counts = month_of(records, column).value_counts()
    if len(counts):
        counts = counts.reindex(pd.period_range(counts.index.min(), counts.index.max(), freq="M"), fill_value=0)
    return _counted(counts, "month", len(records))


def by_age(records: pd.DataFrame, *, edges: Sequence[int] = AGE_BANDS) -> pd.DataFrame:
    """Records by age band in years, lower edge included: age, records; the last band is open, then the unknown."""
    labels = [f"{low}-{high - 1}" for low, high in pairwise(edges)] + [f"{edges[-1]} and over"]
    bands = pd.cut(records["age"].astype(float), [*edges, float("inf")], right=False, labels=labels)
    return _counted(bands.value_counts(sort=False), "age", len(records))


def by_value(records: pd.DataFrame, column: str) -> pd.DataFrame:
    """Records by the value of `column`, most frequent first: the column's name, records; then the unknown."""
    counts = records[column].value_counts()
    return _counted(counts.sort_index().sort_values(ascending=False, kind="stable"), column, len(records))


def by_host_kind(records: pd.DataFrame) -> pd.DataFrame:
    """Records by the kind of site that the evidence lies on: evidence, records.

    A record with evidence of two kinds counts in both rows, so rows may add up to more than there are records. The
    sites themselves are not named: an address leads to an obituary.
    """
    hosts = records["hosts"].str.split().explode().dropna()
    kinds = hosts.map({host: host_kind(host) for host in hosts.unique()}).groupby(level=0).unique().explode()
    counts = kinds.value_counts()
    return _table(counts, "evidence", int(records["hosts"].isna().sum()))


def host_kind(host: str) -> str:
    """The kind of site that `host` is: a key of HOST_KINDS, else "newspaper, office or other"."""
    return next((kind for kind, names in HOST_KINDS.items() if re.search(names, host)), OTHER_HOST)


def suppress_small(
    table: pd.DataFrame, minimum: int = SMALLEST_GROUP, *, column: str = "records", shown_total: bool = True
) -> Suppressed:
    """The table with counts of 1 to `minimum` - 1 in `column` missing, and how many groups are hidden so.

    Where one group alone would be hidden and the total is shown, its count could be had by subtraction: then the
    next smallest group is hidden with it (turn off by `shown_total=False`). A count of 0 hides nobody and stays.
    """
    counts = table[column].astype("Int64")
    small = counts.between(1, minimum - 1)
    if shown_total and small.sum() == 1 and (counts >= minimum).any():
        small |= counts.index == counts[counts >= minimum].idxmin()
    return Suppressed(table.assign(**{column: counts.mask(small)}), int(small.sum()))


def _counted(counts: pd.Series, name: str, of: int) -> pd.DataFrame:
    return _table(counts, name, of - int(counts.sum()))


def _table(counts: pd.Series, name: str, unknown: int) -> pd.DataFrame:
    """Counts as a table of two columns, the unknown last."""
    return pd.DataFrame({name: [*counts.index.astype(str), UNKNOWN], "records": [*counts.astype(int), unknown]})


def in_words(shown: Suppressed, *, label: str = "records") -> pd.DataFrame:
    """A table of counts for the reader: its first column as index, counts with thousands separators under `label`.

    A hidden count reads "hidden".
    """
    name, counts = shown.table.columns[0], shown.table["records"]
    words = [HIDDEN if pd.isna(count) else f"{count:,}" for count in counts]
    return pd.DataFrame({label: words}, index=pd.Index(shown.table[name], name=name.replace("_", " ")))
