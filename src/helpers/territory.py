"""Land held by Russian forces on Ukraine's territory, day by day, and what was taken between two days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers import own_tables, sources
from helpers.figures import WAR_BEGAN
from helpers.paths import DATA

if TYPE_CHECKING:
    from pathlib import Path

EMBEDDED = DATA / "figures" / "area_by_month.csv"
SOURCE = "economist-2026"
FILE = "source-data/deaths-and-casualties-data/area_assessed_as_controlled_by_russia.csv"
COLUMNS = ["day", "held", "published", "source"]
# The first article found that prints this measure of the think tank's maps, for the whole war up to then: The
# Economist, "Is Ukraine's counter-offensive over?"; from then on it was printed daily.
FIRST_PRINTED = pd.Timestamp("2023-11-09")
ONE_DAY = pd.Timedelta(days=1)
SQUARE_METRES = 1e6


def read(data: str = "embedded") -> pd.DataFrame:
    """The land assessed as controlled by Russia on each day of which there is a map: one row per day.

    Columns: `day`; `held` (square kilometres on the evening of that day, Crimea and what was held before the invasion
    included); `published` (the day after, when it could be measured, but never before the measure was first
    printed); `source` (id in data/sources.toml). The Economist measures the maps of the Institute for the Study of War.
    The file is that of August 2026: what was printed on a day may since have been corrected.

    `data="embedded"` gives the eve of the invasion, the last day of each month, and the last day of all;
    `data="fetched"` every day. ValueError for another `data`, or for what `read_days` refuses.
    """
    return sources.either(
        data,
        embedded=lambda: own_tables.read(EMBEDDED)[COLUMNS],
        fetched=lambda: read_days(sources.path(SOURCE, FILE)),
    )


def read_days(path: Path) -> pd.DataFrame:
    """Every day of the file at `path`, as `read` gives them; a row that stands twice, word for word, counts once.

    The first day is the eve of the invasion. ValueError naming file and day for two areas of one day, a day that is
    missing, or an area that is no number.
    """
    table = pd.read_csv(path, usecols=["date", "area_assessed_as_russia_controlled"], parse_dates=["date"])
    table = table.set_axis(["day", "held"], axis=1).drop_duplicates(ignore_index=True)
    if (wrong := ~(table["held"] >= 0)).any():
        raise ValueError(f"{path.name}: the area of {table['day'][wrong.idxmax()]:%Y-%m-%d} is no number from zero")
    step = table["day"].diff().dropna()
    if (step != ONE_DAY).any():
        day = table["day"][(step != ONE_DAY).idxmax()]
        raise ValueError(f"{path.name}: {day:%Y-%m-%d} does not follow the day before it; one area a day is needed")
    table = table[table["day"] >= WAR_BEGAN - ONE_DAY].reset_index(drop=True)
    return table.assign(
        held=(table["held"] / SQUARE_METRES).round(2),
        published=(table["day"] + ONE_DAY).clip(lower=FIRST_PRINTED),
        source=SOURCE,
    )[COLUMNS]


def known_by(table: pd.DataFrame, day: str | pd.Timestamp) -> pd.DataFrame:
    """The maps that could be measured by the end of `day`: rows of `table`."""
    return table[table["published"] <= pd.Timestamp(day)].reset_index(drop=True)


def taken(table: pd.DataFrame, since: str | pd.Timestamp, until: str | pd.Timestamp) -> float:
    """The net gain from the first moment of `since` to the end of `until`, in square kilometres; below zero: land lost.

    It is the difference of two maps: what was taken and lost again in between is not in it. Missing where there is no
    map of `until` or of the eve of `since` in `table` (the embedded one holds month ends).
    """
    held = table.set_index("day")["held"]
    days = pd.DatetimeIndex([pd.Timestamp(since) - ONE_DAY, pd.Timestamp(until)])
    before, after = held.reindex(days)
    return float(after - before)


def by_span(table: pd.DataFrame, span: str = "M") -> pd.DataFrame:
    """The net gain by `span` (`D` day, `M` month, `Y` year): one row per span, up to the last map.

    Columns: `since`, `until` (first and last day that is counted; the first and the last span may be cut short),
    `taken` (square kilometres), `whole` (whether the span is complete), `source`.
    """
    if len(table) < 2:
        return pd.DataFrame({"since": [], "until": [], "taken": [], "whole": [], "source": []})
    last = table.groupby(table["day"].dt.to_period(span))["day"].max()
    until = last[last > table["day"].min()]
    eve = until.shift(fill_value=table["day"].min())
    gains = [taken(table, before + ONE_DAY, after) for before, after in zip(eve, until, strict=True)]
    spans = pd.DataFrame({"since": eve + ONE_DAY, "until": until, "taken": gains}).reset_index(names="span")
    whole = spans["since"].eq(spans["span"].dt.start_time) & spans["until"].eq(spans["span"].dt.end_time.dt.normalize())
    return spans.assign(whole=whole, source=table["source"].iloc[0]).drop(columns="span")


def beside(claims: pd.DataFrame, maps: pd.DataFrame) -> pd.DataFrame:
    """Printed totals of land taken, and the gain between two of the `maps` over the same days: one row per total.

    `claims`: figures of quantity `km2_captured`. Columns: `who`, `since`, `until`, `printed`, `measured` (square
    kilometres, net; missing where a map of a border day is not there), `ratio` (printed over measured).
    """
    told = claims.sort_values(["since", "until"], ignore_index=True)
    measured = [taken(maps, row.since, row.until) for row in told.itertuples()]
    rows = told[["who", "since", "until"]].assign(printed=told["point"], measured=measured)
    return rows.assign(ratio=rows["printed"] / rows["measured"])
