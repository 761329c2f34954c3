"""The running total of Russian losses that the General Staff of Ukraine claims each day."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers import claims, figures, own_tables, series, sources
from helpers.monthly import month_ends
from helpers.paths import DATA

if TYPE_CHECKING:
    from pathlib import Path

EMBEDDED = DATA / "figures" / "general_staff_by_month.csv"
SOURCE = "general-staff-2026"
FILE = "data/russia_losses_personnel.json"
WHO = "General Staff of Ukraine"
WORDING = DATA / "claims" / "wording.csv"
COLUMNS = ["day", "personnel", "prefix", "published", "source"]
ONE_DAY = pd.Timedelta(days=1)


def read(data: str = "embedded") -> pd.DataFrame:
    """What the General Staff of Ukraine claims Russia to have lost in people since the invasion, one row per day.

    Columns: `day` (the last that is counted: the eve of the claim, which comes out in the morning; so counted, the
    totals of the years 2022, 2023 and 2024 are those that the General Staff itself printed: 106,720, 253,290, 430,790);
    `personnel` (persons: first called killed, later killed and wounded; the file does not record the wording);
    `prefix` (`about` or `more`, as the file has it); `published` (day of the claim); `source` (id in
    data/sources.toml). `data="embedded"` gives the days of `kept`, `data="fetched"` every day. ValueError for another
    `data`, or for what `read_days` refuses.
    """
    return sources.either(
        data,
        embedded=lambda: own_tables.read(EMBEDDED)[COLUMNS],
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


def kept(days: pd.DataFrame, milestones: pd.DataFrame) -> pd.DataFrame:
    """The rows of `days` that the repository holds: month ends, and the days on which a total of the list came out.

    The first and the last of all, too. `milestones`: those totals (`comparison.milestones`), with `published`: on that
    morning the General Staff's newest total is that of the eve.
    """
    ends = month_ends(days)["day"]
    wanted = days["day"].isin(ends) | days["published"].isin(milestones["published"])
    return days[wanted].reset_index(drop=True)


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


def wording(known_on: str | pd.Timestamp) -> pd.DataFrame:
    """The word that pages printed for the General Staff's total, as they could be read by a day: one row per page.

    Columns: `day` (of the total), `total` (persons), `word` (`killed`; `killed and wounded`; `losses`: neither),
    `printed` (in English), `read_by`, `report` (id in data/claims/reports.csv), `publisher`. What the ledger calls the
    quantity is our reading and is not used; a page that nobody here read has no row. Source: data/claims/wording.csv.
    """
    rows = own_tables.read(WORDING)
    rows = rows[rows["read_by"] <= pd.Timestamp(known_on)].reset_index(drop=True)
    return rows.assign(publisher=rows["report"].map(claims.reports()["publisher"]))


def changed(known_on: str | pd.Timestamp) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """The first day that was printed as killed and wounded, after the last before it that was printed as killed.

    None while not both are known. Somewhere between the two the wording changed; some pages print the old word long
    after (`wording`).
    """
    printed = wording(known_on)
    both = printed.loc[printed["word"].eq("killed and wounded"), "day"].min()
    killed = printed.loc[printed["word"].eq("killed") & printed["day"].lt(both), "day"].max()
    return (killed, both) if pd.notna(both) and pd.notna(killed) else None


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
    Weeks are added up by month, as `series.by_month` does.
    """
    if spans.empty:
        return pd.DataFrame(columns=["since", "until", "staff", "other", "ratio", "provisional"])
    months = series.by_month(spans)
    staff = between(table, months)
    rows = months[["since", "until"]].assign(staff=staff, other=months["point"], ratio=staff / months["point"])
    late = months["until"] > months["published"] - pd.Timedelta(days=provisional)
    return rows.assign(provisional=late).dropna(subset="ratio").reset_index(drop=True)


def over_totals(table: pd.DataFrame, milestones: pd.DataFrame) -> pd.DataFrame:
    """The total claimed over each printed total of a list, as known on the day that it was published.

    One row per printed total with a day; columns as `over_rates`, with totals in place of rates; each row stands until
    the next. The total claimed is that of the morning itself: `ratio` is missing where `table` has no claim of that
    day, which `over_totals(...)["ratio"].isna()` counts.
    """
    exact = milestones[milestones["until_precision"] == "day"].reset_index(drop=True)
    staff = exact["published"].map(table.set_index("published")["personnel"])
    until = exact["published"].shift(-1).fillna(exact["published"])
    rows = pd.DataFrame({"since": exact["published"], "until": until, "staff": staff, "other": exact["point"]})
    return rows.assign(ratio=staff / exact["point"])
