"""The running total of Russian losses that the General Staff of Ukraine claims each day."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers import figures, series, sources
from helpers.paths import DATA

if TYPE_CHECKING:
    from pathlib import Path

EMBEDDED = DATA / "figures" / "general_staff_by_month.csv"
SOURCE = "general-staff-2026"
FILE = "data/russia_losses_personnel.json"
WHO = "General Staff of Ukraine"
COLUMNS = ["day", "personnel", "prefix", "published", "source"]
ONE_DAY = pd.Timedelta(days=1)


def read(data: str = "embedded") -> pd.DataFrame:
    """What the General Staff of Ukraine claims Russia to have lost in people since the invasion, one row per day.

    Columns: `day` (the last that is counted: the eve of the claim, which comes out in the morning; so counted, the
    totals of the years 2022, 2023 and 2024 are those that the General Staff itself printed: 106,720, 253,290, 430,790);
    `personnel` (persons: first called killed, later killed and wounded; the file does not record the wording);
    `prefix` (`about` or `more`, as the file has it); `published` (day of the claim); `source` (id in
    data/sources.toml). `data="embedded"` gives the first day, the last of each month and the last of all,
    `data="fetched"` every day. ValueError for another `data`, or for what `read_days` refuses.
    """
    return sources.either(
        data,
        embedded=lambda: pd.read_csv(EMBEDDED, parse_dates=["day", "published"])[COLUMNS],
        fetched=lambda: read_days(sources.path(SOURCE, FILE)),
    )


def read_days(path: Path) -> pd.DataFrame:
    """Every day of the file at `path`, as `read` gives them.

    ValueError naming file and day for a day that does not follow the one before, or a total that falls.
    """
    rows = pd.DataFrame(json.loads(path.read_text("utf-8")))
    table = rows[["date", "personnel", "personnel*"]].set_axis(["published", "personnel", "prefix"], axis=1)
    table["published"] = pd.to_datetime(table["published"])
    gap = table["published"].diff().dropna().ne(ONE_DAY)
    if gap.any():
        raise ValueError(f"{path.name}: {table['published'][gap.idxmax()]:%Y-%m-%d} does not follow the day before it")
    falls = table["personnel"].diff() < 0
    if falls.any():
        day = table["published"][falls.idxmax()]
        raise ValueError(f"{path.name}: the total of {day:%Y-%m-%d} is below that of the day before")
    return table.assign(day=table["published"] - ONE_DAY, source=SOURCE)[COLUMNS]


def known_by(table: pd.DataFrame, day: str | pd.Timestamp) -> pd.DataFrame:
    """The claims made by the end of `day`: rows of `table`."""
    return table[table["published"] <= pd.Timestamp(day)].reset_index(drop=True)


def totals(table: pd.DataFrame, days: pd.Series) -> pd.Series:
    """The total to the end of each of `days`, in people, along a straight line between the days that `table` holds.

    Zero before the invasion, for nobody was lost in it yet; missing after the last claim.
    """
    eve = figures.WAR_BEGAN - ONE_DAY
    at = [0, *(table["day"] - eve).dt.days]
    values = np.interp((days - eve).dt.days, at, [0, *table["personnel"]], right=np.nan)
    return pd.Series(values, index=days.index)


def between(table: pd.DataFrame, spans: pd.DataFrame) -> pd.Series:
    """The people claimed from `since` to `until` of each row of `spans`, both days counted."""
    return totals(table, spans["until"]) - totals(table, spans["since"] - ONE_DAY)


def wording(known: pd.DataFrame) -> pd.DataFrame:
    """How claims of the General Staff about Russia's losses to a day were printed when they came out: figures, by day.

    Rows of the ledger `known`: totals since the invasion, published within a month of the day that they are about; what
    was printed later in retrospect says nothing of the wording at that time.
    """
    its = known["who"].eq(WHO) & known["side"].eq("russia") & known["window"].eq("cumulative")
    soon = known["published"] - known["until"] <= pd.Timedelta(days=31)
    counted = known["quantity"].isin(("killed", "killed_and_wounded"))
    return known[its & soon & counted].sort_values("until", ignore_index=True)


def changed(known: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """The last day printed as killed and the first after it printed as killed and wounded; None while not both known.

    Somewhere between the two the wording changed.
    """
    printed = wording(known).set_index("until")["quantity"]
    killed = printed.index[printed == "killed"].max()
    both = printed.index[printed == "killed_and_wounded"]
    later = both[both > killed] if pd.notna(killed) else both[:0]
    return (killed, later.min()) if len(later) else None


def over_rates(table: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """The people claimed per day over each of `rates` (figures per day over a span): one row per rate.

    Columns: `since`, `until`, `staff` (claimed, per day), `other` (the rate), `ratio`. Rates that begin before the
    first claim or end after the last are left out.
    """
    spans = rates.sort_values("since", ignore_index=True)
    days = (spans["until"] - spans["since"]).dt.days + 1
    staff = between(table, spans) / days
    rows = spans[["since", "until"]].assign(staff=staff, other=spans["point"], ratio=staff / spans["point"])
    return rows.dropna(subset="ratio").reset_index(drop=True)


def over_names(table: pd.DataFrame, spans: pd.DataFrame, *, provisional: int = 365) -> pd.DataFrame:
    """The people claimed for each dead known by name: one row per span of `spans` (one release of the list).

    Columns: `since`, `until`, `staff` (claimed in the span), `other` (names by day of death), `ratio`, `provisional`
    (whether the span ends less than `provisional` days before the release: many of its dead are not named yet).
    Weeks are added up by quarter, as `series.by_quarter` does.
    """
    if spans.empty:
        return pd.DataFrame(columns=["since", "until", "staff", "other", "ratio", "provisional"])
    quarters = series.by_quarter(spans)
    staff = between(table, quarters)
    rows = quarters[["since", "until"]].assign(staff=staff, other=quarters["point"], ratio=staff / quarters["point"])
    late = quarters["until"] > quarters["published"] - pd.Timedelta(days=provisional)
    return rows.assign(provisional=late).dropna(subset="ratio").reset_index(drop=True)


def over_totals(table: pd.DataFrame, milestones: pd.DataFrame) -> pd.DataFrame:
    """The total claimed over each printed total of a list, as known on the day that it was published.

    One row per printed total; columns as `over_rates`, with totals in place of rates; each row stands until the next.
    """
    exact = milestones[milestones["until_precision"] == "day"].reset_index(drop=True)
    staff = totals(table, exact["published"] - ONE_DAY)
    until = exact["published"].shift(-1).fillna(exact["published"])
    rows = pd.DataFrame({"since": exact["published"], "until": until, "staff": staff, "other": exact["point"]})
    return rows.assign(ratio=staff / exact["point"]).dropna(subset="ratio").reset_index(drop=True)
