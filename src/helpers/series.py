"""Published series of the dead by the time of their death, release by release, and their sum to a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers.figures import WAR_BEGAN
from helpers.paths import DATA

if TYPE_CHECKING:
    from pathlib import Path

EMBEDDED = DATA / "figures" / "series_by_quarter.csv"
SOURCE = "economist-2026"
FOLDER = "source-data/deaths-and-casualties-data"
COLUMNS = "series method published since until low point high source".split()
VALUES = ["low", "point", "high"]
KEYS = ["series", "method", "published", "source"]


class Columns(NamedTuple):
    """Where a release keeps one method's values: names of the columns for low, point and high."""

    series: str
    method: str
    low: str | None
    point: str
    high: str | None


# The files do not print the day of their release: it is that of the articles that they came with.
PUBLISHED_2025, PUBLISHED_2026 = pd.Timestamp("2025-08-29"), pd.Timestamp("2026-05-09")
NAMED, PROBATE, FLASH = "count of names", "probate registry", "flash estimate"
IN_2025 = (
    Columns("named", NAMED, None, "Number of confirmed deaths (by date of death)", None),
    Columns("probate", PROBATE, "ED_low", "Estimate based on probate data", "ED_high"),
    Columns("probate", FLASH, "ED_prediction_low", "Flash estimate (by date of discovery)", "ED_prediction_high"),
)
IN_2026 = (
    Columns("named", NAMED, None, "BmzNow", None),
    Columns("probate", f"{PROBATE} and missing", "EDAssembledLow", "EDAssembled", "EDAssembledHigh"),
)


def read(data: str = "embedded") -> pd.DataFrame:
    """The published series of Russia's dead by the week or quarter of their death, all releases.

    One row per series, release and span of time; within a series and release the spans follow each other
    without hole or overlap. Columns: `series` (`named`: people on the list of Mediazona and BBC Russian Service;
    `probate`: the estimate of Meduza and Mediazona from the probate registry), `method` (`count of names`,
    `probate registry`, `flash estimate`; in the release of 2026 each with `and missing`: people declared dead by
    a court or counted from late cases are added), `published` (day of the release), `since`, `until` (first and
    last day, inclusive: a Monday and a Sunday), `low`, `point`, `high` (people; a count has no interval, so `low`
    and `high` are missing; those of the estimate are its 95 % bounds week by week, added up, as if all weeks erred
    together), `source` (id in data/sources.toml).

    `data="embedded"` gives quarters from data/figures/series_by_quarter.csv, `data="fetched"` weeks from the files
    of `economist-2026`. A week belongs to the quarter of its Thursday, as ISO weeks belong to years.

    Sources: meduza_2025_weekly.csv (published 2025-08-29) and meduza_2026_weekly.csv (2026-05-09) in the
    repository of The Economist's meta-estimate. ValueError for another `data` or a week that does not exist.
    """
    if data == "embedded":
        return pd.read_csv(EMBEDDED, parse_dates=["published", "since", "until"])[COLUMNS]
    if data == "fetched":
        from helpers import sources

        path_2025, path_2026 = (sources.path(SOURCE, f"{FOLDER}/meduza_{y}_weekly.csv") for y in (2025, 2026))
        return pd.concat([read_2025(path_2025), read_2026(path_2026)], ignore_index=True)
    raise ValueError(f"data is '{data}': allowed are embedded and fetched")


def read_2025(path: Path) -> pd.DataFrame:
    """The weeks of the release of August 2025, as `read` gives them; weeks are named by their Monday (d/m/Y).

    ValueError naming file, line and column for a date that is no Monday, or weeks that do not follow each other.
    """
    weeks = pd.read_csv(path, encoding="utf-8-sig").dropna(how="all")
    monday = pd.to_datetime(weeks["Date"], format="%d/%m/%Y", errors="coerce")
    wrong = monday.isna() | (monday.dt.day_of_week != 0)
    if wrong.any():
        line, date = wrong.idxmax() + 2, weeks["Date"][wrong.idxmax()]
        raise ValueError(f"{path.name}, line {line}, column Date: '{date}' is not a Monday written day/month/year")
    return _spans(path, weeks.assign(monday=monday), IN_2025, PUBLISHED_2025)


def read_2026(path: Path) -> pd.DataFrame:
    """The weeks of the release of May 2026, as `read` gives them; weeks are named by ISO year and week.

    The columns Bmz2022 ... Bmz2025 are left where they are: they count by the day a name was found, rebuilt in
    2026, and are no releases. ValueError naming file, line and column for a week that does not exist.
    """
    weeks = pd.read_csv(path)
    monday = pd.Series([_monday(path, row) for row in weeks.itertuples()], index=weeks.index)
    table = _spans(path, weeks.assign(monday=monday), IN_2026, PUBLISHED_2026)
    # In the newest weeks a forecast from the names stands in for the registry: column EDPrediction.
    flash = table["series"].eq("probate") & table["since"].isin(monday[weeks["ED"].isna()])
    return table.assign(method=table["method"].mask(flash, f"{FLASH} and missing"))


def _monday(path: Path, row: tuple) -> pd.Timestamp:
    try:
        return pd.Timestamp.fromisocalendar(int(row.Year), int(row.Week), 1)
    except ValueError:
        last = pd.Timestamp(int(row.Year), 12, 28).isocalendar().week
        raise ValueError(
            f"{path.name}, line {row.Index + 2}, column Week: {row.Year}-W{row.Week} does not exist: "
            f"{row.Year} has the weeks 1 to {last}"
        ) from None


def _spans(path: Path, weeks: pd.DataFrame, columns: tuple[Columns, ...], day: pd.Timestamp) -> pd.DataFrame:
    hole = weeks["monday"].diff().dropna().ne(pd.Timedelta(days=7))
    if hole.any():
        line, monday = hole.idxmax() + 2, weeks["monday"][hole.idxmax()]
        raise ValueError(f"{path.name}, line {line}: the week of {monday:%Y-%m-%d} does not follow the one before it")
    return pd.concat([_column(weeks, c) for c in columns]).assign(published=day, source=SOURCE)[COLUMNS]


def _column(weeks: pd.DataFrame, columns: Columns) -> pd.DataFrame:
    values = {v: weeks[c] if (c := getattr(columns, v)) else float("nan") for v in VALUES}
    table = pd.DataFrame({"since": weeks["monday"], "until": weeks["monday"] + pd.Timedelta(days=6)} | values)
    return table.dropna(subset="point").assign(series=columns.series, method=columns.method)


def by_quarter(weekly: pd.DataFrame) -> pd.DataFrame:
    """The weekly table summed by quarter (of the week's Thursday), in the same columns.

    One row per series, release, quarter and method: where the method changes, a quarter has two rows.
    """
    quarter = (weekly["since"] + pd.Timedelta(days=3)).dt.to_period("Q").rename("quarter")
    groups = weekly.groupby([*KEYS, quarter], sort=False)
    sums = groups[VALUES].sum(min_count=1)
    table = sums.assign(since=groups["since"].min(), until=groups["until"].max()).reset_index()
    return table.sort_values(["published", "series", "since"], ignore_index=True)[COLUMNS]


def vintage(table: pd.DataFrame, series: str, known_on: str | pd.Timestamp) -> pd.DataFrame:
    """The newest release of `series` published by `known_on`: rows of `table`; no rows if there was none yet."""
    known = table[table["series"].eq(series) & (table["published"] <= pd.Timestamp(known_on))]
    return known[known["published"] == known["published"].max()].reset_index(drop=True)


class ToDay(NamedTuple):
    """The dead from the invasion to the end of `day`: people; NaN where the release does not know.

    `low`, `point`, `high` count a span that `day` breaks in proportion to its days. `whole_low`, `whole`,
    `whole_high` stop at `whole_until`, the last day of the last span that was over by `day` (NaT if none was).
    """

    day: pd.Timestamp
    low: float
    point: float
    high: float
    whole_until: pd.Timestamp
    whole_low: float
    whole: float
    whole_high: float


def to_day(table: pd.DataFrame, day: str | pd.Timestamp) -> ToDay:
    """The sum of one release of one series (see `vintage`) from the invasion to the end of `day`.

    Missing, never zero or the last value, on a day before the invasion or after the release's last day, and
    when the table is empty. ValueError if the table holds more than one series or release.
    """
    _one_release(table)
    day, days = pd.Timestamp(day), pd.Timedelta(days=1)
    over = table[table["until"] <= day]
    # Nobody was killed in the invasion before it: its first week counts from that day on.
    first = table["since"].clip(lower=WAR_BEGAN)
    share = ((day - first + days) / (table["until"] - first + days)).clip(0, 1)
    known = WAR_BEGAN <= day <= table["until"].max()
    sums = table[VALUES].mul(share, axis=0).sum(min_count=1) if known else dict.fromkeys(VALUES, float("nan"))
    whole = over[VALUES].sum(min_count=1)
    return ToDay(day, *(float(sums[v]) for v in VALUES), over["until"].max(), *(float(whole[v]) for v in VALUES))


def to_days(table: pd.DataFrame, days: pd.Series) -> pd.DataFrame:
    """`low`, `point`, `high` of `to_day` for each of `days`, in people: one row per day, in their order."""
    _one_release(table)
    at = (days - WAR_BEGAN).dt.days
    ends = [-1, *(table["until"] - WAR_BEGAN).dt.days]
    sums = {v: [0, *table[v].cumsum()] for v in VALUES}
    inside = {v: np.interp(at, ends, sums[v], right=np.nan) for v in VALUES}
    return pd.DataFrame(inside, index=days.index).where(at >= 0)


def _one_release(table: pd.DataFrame) -> None:
    releases = table[["series", "published"]].drop_duplicates()
    if len(releases) > 1:
        found = ", ".join(f"{series} of {day:%Y-%m-%d}" for series, day in releases.itertuples(index=False))
        raise ValueError(f"to_day adds up one release of one series, and the table holds {found}: use vintage()")
