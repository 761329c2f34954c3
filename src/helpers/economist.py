"""The Economist's own estimate of Russia's dead, and dead and wounded, by day."""

from __future__ import annotations

import pandas as pd

from helpers import own_tables, sources
from helpers.monthly import month_ends
from helpers.paths import DATA

EMBEDDED = DATA / "figures" / "economist_by_month.csv"
SOURCE = "economist-2026"
FILES = {
    "killed": "output-data/tracker/meta-estimate-deaths.csv",
    "killed_and_wounded": "output-data/tracker/meta-estimate-casualties.csv",
}
COLUMNS = ["quantity", "day", "low", "point", "high", "published", "source"]
WHOLE = {"low": 0, "point": 0, "high": 0}
PRINTED = {"date": "day", "pi_low": "low", "estimate": "point", "pi_high": "high"}


def read(data: str = "embedded") -> pd.DataFrame:
    """The Economist's running totals of Russia's losses: one row per quantity and day, by day.

    Columns: `quantity` (`killed`, `killed_and_wounded`), `day` (last that is counted), `low`, `point`, `high` (persons;
    its 95 % prediction interval), `published` (day of the stored version: its curve is refitted as claims come in, and
    what it said of a day on that day was not kept), `source` (id in data/sources.toml). `data="embedded"` gives the
    first day, the last of each month and the last of all, `data="fetched"` every day. Days without an estimate are
    left out. ValueError for another `data`.
    """
    if data == "embedded":
        table = own_tables.read(EMBEDDED)
        return table.astype(dict.fromkeys(WHOLE, float))[COLUMNS]
    if data == "fetched":
        published = pd.Timestamp(sources.source(SOURCE).published)
        parts = [_daily(file).assign(quantity=quantity) for quantity, file in FILES.items()]
        return pd.concat(parts, ignore_index=True).assign(published=published, source=SOURCE)[COLUMNS]
    raise ValueError(f"data is '{data}': allowed are embedded and fetched")


def _daily(file: str) -> pd.DataFrame:
    rows = pd.read_csv(sources.path(SOURCE, file), parse_dates=["date"])
    told = rows[rows["country"] == "russia"].dropna(subset="estimate")
    return told.rename(columns=PRINTED)[list(PRINTED.values())].sort_values("day", ignore_index=True).round(WHOLE)


def by_month(daily: pd.DataFrame) -> pd.DataFrame:
    """The days of the fetched table that the repository keeps: month ends, first and last day, for each quantity."""
    return pd.concat([month_ends(group) for _, group in daily.groupby("quantity")], ignore_index=True)


def known_by(table: pd.DataFrame, day: str | pd.Timestamp) -> pd.DataFrame:
    """The rows of `table` that were published by the end of `day`."""
    return table[table["published"] <= pd.Timestamp(day)].reset_index(drop=True)
