"""Published series of the dead by the time of their death, release by release, and their sum to a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers import own_tables, sources
from helpers.figures import WAR_BEGAN
from helpers.paths import DATA

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

EMBEDDED = DATA / "figures" / "series_by_month.csv"
SOURCE = "economist-2026"
FOLDER = "source-data/deaths-and-casualties-data"
COLUMNS = "series side scope method published since until low point high source".split()
VALUES = ["low", "point", "high"]
KEYS = ["series", "side", "scope", "method", "published", "source"]


class Columns(NamedTuple):
    """Where a release keeps one method's values: names of the columns for low, point and high."""

    series: str
    scope: str
    method: str
    low: str | None
    point: str
    high: str | None


# The files do not print the day of their release: it is that of the articles that they came with.
PUBLISHED_2024 = pd.Timestamp("2024-07-05")
PUBLISHED_2025, PUBLISHED_2026 = pd.Timestamp("2025-08-29"), pd.Timestamp("2026-05-09")
NAMED, PROBATE, FLASH = "count of names", "probate registry", "flash estimate"
# ends of the weeks around 2022-09-21, the day of the last figure of Russia's ministry of defence: see `read`
CUTS = pd.to_datetime(["2022-09-18", "2022-09-25"])
EVERYONE, TO_55, TO_59 = "russian forces", "men 18-55", "men 18-59"
IN_2024 = (
    Columns("probate", EVERYONE, PROBATE, "ED_low", "Оценка на основе данных РНД", "ED_high"),
    Columns(
        "probate", EVERYONE, FLASH, "ED_onlyprediction_low", "Оперативная оценка, прогноз", "ED_onlyprediction_high"
    ),
)
IN_2025 = (
    Columns("named", EVERYONE, NAMED, None, "Number of confirmed deaths (by date of death)", None),
    Columns("probate", TO_55, PROBATE, "ED_low", "Estimate based on probate data", "ED_high"),
    Columns(
        "probate", TO_55, FLASH, "ED_prediction_low", "Flash estimate (by date of discovery)", "ED_prediction_high"
    ),
)
IN_2026 = (
    Columns("named", EVERYONE, NAMED, None, "BmzNow", None),
    Columns("probate", TO_59, f"{PROBATE} and missing", "EDAssembledLow", "EDAssembled", "EDAssembledHigh"),
)


def read(data: str = "embedded") -> pd.DataFrame:
    """The published series of Russia's dead by the week or month of their death, all releases.

    One row per series, release and span of time; within a series and release the spans follow each other
    without hole or overlap. Columns: `series` (`named`: people on the list of Mediazona and BBC Russian Service;
    `probate`: the estimate of Meduza and Mediazona from the probate registry), `side` (`russia`), `scope` (who is
    counted, a row of data/codebooks/scopes.csv: the estimate of 2025 is of men aged 18 to 55, that of 2026 of men aged
    18 to 59; for that of 2024 no ages were found, its makers' two before it were of men under 50), `method` (`count of
    names`, `probate registry`, `flash estimate`; in 2026 with `and missing`: people declared dead by a court or
    counted from late cases are added; see `read_2026` for the low bound), `published` (day of the release),
    `since`, `until` (first and last day, inclusive: a Monday and a Sunday), `low`, `point`, `high` (people; a count
    has no interval, so `low` and `high` are
    missing; those of the estimates of 2025 and 2026 are 95 % bounds week by week, and their sum holds as if all weeks
    erred together; those of 2024 are steps of the bounds of a running total, see `read_2024`), `source` (id in
    data/sources.toml).

    `data="embedded"` gives months from data/figures/series_by_month.csv, `data="fetched"` weeks from the files of
    `economist-2026`. A week belongs to the month of its Thursday, as ISO weeks belong to years. Months, because the
    claims are about days, and the dead to a day are known no better than the span in which it lies (`between`). For the
    ministry's last figure, which the comparison opens with, the month is cut at CUTS, so that it stands beside the
    same numbers in both modes. The flash estimates of 2024 and 2025 go by the week in which a name was found, all other
    values by the week of death.

    Sources: meduza_2024.csv (published 2024-07-05), meduza_2025_weekly.csv (2025-08-29) and meduza_2026_weekly.csv
    (2026-05-09) in the repository of The Economist's meta-estimate. ValueError for another `data`, a week that does
    not exist, or weeks that do not follow each other.
    """
    return sources.either(
        data,
        embedded=lambda: own_tables.read(
            EMBEDDED,
        )[COLUMNS],
        fetched=_fetched,
    )


def _fetched() -> pd.DataFrame:
    readers = {"2024": read_2024, "2025_weekly": read_2025, "2026_weekly": read_2026}
    releases = [reader(sources.path(SOURCE, f"{FOLDER}/meduza_{name}.csv")) for name, reader in readers.items()]
    return pd.concat(releases, ignore_index=True)


def read_2024(path: Path) -> pd.DataFrame:
    """The weeks of the release of July 2024, as `read` gives them: the steps of its running totals.

    Each week is named by its Monday, and its total runs to that week's end. `low` and `high` are the steps of the
    bounds of the total: no interval of one week, but their sum to a week is the published bounds of the total.

    The registry's column goes by week of death: its steps move with the names by week of death of the release of 2025
    (correlation 0.95) and not with its own names by day of discovery (0.56). It ends on 2024-02-04 at 85,671. From
    there on the flash estimate is the published total, to 120,145 (105,894 to 139,877) on 2024-06-23. It goes by week
    of discovery (0.99). The two do not meet: the first flash week holds 3,726 people, 1,349 of its own and 2,378 by
    which the flash estimate was above the registry. No step is negative.

    Left out: the list of names, which here goes by day of discovery and so is not the dead by day of death, and the
    flash estimate of the weeks that the registry covers, from which its ratio to the names was learnt.

    ValueError naming file, line and column for a date that is no Monday, or weeks that do not follow each other.
    """
    totals = _spans(path, _with_mondays(path, "%Y-%m-%d", "year-month-day"), IN_2024, PUBLISHED_2024)
    return totals.assign(**(totals[VALUES] - totals[VALUES].shift(fill_value=0)))


def read_2025(path: Path) -> pd.DataFrame:
    """The weeks of the release of August 2025, as `read` gives them; weeks are named by their Monday (d/m/Y).

    ValueError naming file, line and column for a date that is no Monday, or weeks that do not follow each other.
    """
    return _spans(path, _with_mondays(path, "%d/%m/%Y", "day/month/year"), IN_2025, PUBLISHED_2025)


def _with_mondays(path: Path, form: str, written: str) -> pd.DataFrame:
    weeks = pd.read_csv(path, encoding="utf-8-sig").dropna(how="all")
    monday = pd.to_datetime(weeks["Date"], format=form, errors="coerce")
    wrong = monday.isna() | (monday.dt.day_of_week != 0)
    if wrong.any():
        line, date = wrong.idxmax() + 2, weeks["Date"][wrong.idxmax()]
        raise ValueError(f"{path.name}, line {line}, column Date: '{date}' is not a Monday written {written}")
    return weeks.assign(monday=monday)


def read_2026(path: Path) -> pd.DataFrame:
    """The weeks of the release of May 2026, as `read` gives them; weeks are named by ISO year and week.

    The file's low bound moves that of the registry up by the people added for late cases and declared dead by courts
    (column EDSuperlatesFromCoeffs), as if their number were known exactly. Here `low` has the bare excess of late cases
    (ECSuperlates) in their place, the least of the three published answers: see 08_probate_registry. No upper error of
    them was published. The columns Bmz2022 ... Bmz2025 are left where they are: they count by the day a name was found,
    rebuilt in 2026, and are no releases. ValueError naming file, line and column for a week that does not exist.
    """
    weeks = pd.read_csv(path)
    added, floor = (weeks[name].fillna(0) for name in ("EDSuperlatesFromCoeffs", "ECSuperlates"))
    weeks = weeks.assign(EDAssembledLow=weeks["EDAssembledLow"] - added + floor)
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
    table = pd.concat([_column(weeks, c) for c in columns], ignore_index=True)
    _refuse_holes(path, table)
    return table.assign(side="russia", published=day, source=SOURCE)[COLUMNS]


def _refuse_holes(path: Path, table: pd.DataFrame) -> None:
    hole = table.groupby("series")["since"].diff().dropna().ne(pd.Timedelta(days=7))
    if hole.any():
        row = table.loc[hole.idxmax()]
        raise ValueError(
            f"{path.name}: the {row['method']} of the week of {row['since']:%Y-%m-%d} does not follow the week before "
            f"it: each week of the {row['series']} series needs a value by one method, and by one only"
        )


def _column(weeks: pd.DataFrame, columns: Columns) -> pd.DataFrame:
    values = {v: weeks[c] if (c := getattr(columns, v)) else float("nan") for v in VALUES}
    table = pd.DataFrame({"since": weeks["monday"], "until": weeks["monday"] + pd.Timedelta(days=6)} | values)
    return table.dropna(subset="point").assign(series=columns.series, scope=columns.scope, method=columns.method)


def by_month(weekly: pd.DataFrame, cuts: Sequence[pd.Timestamp] = ()) -> pd.DataFrame:
    """The weekly table summed by month (of the week's Thursday), in the same columns; `cuts`: last days of parts.

    One row per series, release, month and method: where the method changes, a month has two rows.
    """
    month = (weekly["since"] + pd.Timedelta(days=3)).dt.to_period("M").rename("month")
    part = pd.cut(weekly["until"], [pd.Timestamp.min, *cuts, pd.Timestamp.max], labels=False).rename("part")
    groups = weekly.groupby([*KEYS, month, part], sort=False)
    sums = groups[VALUES].sum(min_count=1)
    table = sums.assign(since=groups["since"].min(), until=groups["until"].max()).reset_index()
    return table.sort_values(["published", "series", "since"], ignore_index=True)[COLUMNS]


def vintage(table: pd.DataFrame, series: str, known_on: str | pd.Timestamp) -> pd.DataFrame:
    """The newest release of `series` published by `known_on`: rows of `table`; no rows if there was none yet."""
    known = table[table["series"].eq(series) & (table["published"] <= pd.Timestamp(known_on))]
    return known[known["published"] == known["published"].max()].reset_index(drop=True)


def between(table: pd.DataFrame, since: pd.Series, until: pd.Series) -> pd.DataFrame:
    """The dead of one release of one series (see `vintage`) from the first to the last day, for each pair of days.

    One row per pair, in their order. Columns, in people: `low`, `point`, `high`. A span (week or month) is known as one
    sum: where a day lies inside it, `point` takes its share of days, `low` none of the span and `high` the whole, so
    that the true number of the release lies between. For an estimate these are its lower and upper bounds, added up.
    For a count all three are equal where both days are ends of spans. Nobody was killed in the invasion before it: its
    first week counts from that day on. Missing, never zero or the last value, where a pair ends before the invasion or
    after the release's last day, and when the table is empty. ValueError for more than one series or release.
    """
    _one_release(table)
    first = since.clip(lower=WAR_BEGAN)
    before, to = (_running(table, days) for days in (first - pd.Timedelta(days=1), until))
    told = pd.DataFrame(
        {
            # two days inside one span have no whole span between them: at least nobody
            "low": (to["low_over"] - before["low_begun"]).clip(lower=0),
            "point": to["point"] - before["point"],
            "high": to["high_begun"] - before["high_over"],
        }
    )
    return told.where(until >= WAR_BEGAN)


def to_days(table: pd.DataFrame, days: pd.Series) -> pd.DataFrame:
    """The dead of one release from the invasion to each of `days`, as `between` gives them: one row per day."""
    return between(table, pd.Series(WAR_BEGAN, days.index), days)


def _running(table: pd.DataFrame, days: pd.Series) -> pd.DataFrame:
    """Running totals to each day: `point`, and `low`, `high` to the end of the span that was `over` or is `begun`."""
    ends = np.append(-1, (table["until"] - WAR_BEGAN).dt.days)
    at = (days - WAR_BEGAN).dt.days.to_numpy()
    over = np.searchsorted(ends, at, side="right") - 1
    begun = np.searchsorted(ends, at, side="left").clip(max=len(ends) - 1)
    # a count has no bounds of its own
    totals = {name: np.append(0, table[name].fillna(table["point"]).cumsum()) for name in VALUES}
    sums = {"point": np.interp(at, ends, totals["point"])}
    for name in ("low", "high"):
        sums |= {f"{name}_over": totals[name][over], f"{name}_begun": totals[name][begun]}
    known = pd.Series(at <= ends[-1], days.index) & (len(table) > 0)
    return pd.DataFrame(sums, index=days.index).where(known)


def _one_release(table: pd.DataFrame) -> None:
    releases = table[["series", "published"]].drop_duplicates()
    if len(releases) > 1:
        found = ", ".join(f"{series} of {day:%Y-%m-%d}" for series, day in releases.itertuples(index=False))
        raise ValueError(f"only one release of one series can be added up, and the table holds {found}: use vintage()")
