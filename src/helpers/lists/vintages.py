"""Vintages of the named list: how many deaths of which time were named, as known on different days."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers import own_tables, series, sources
from helpers.paths import DATA

if TYPE_CHECKING:
    from pathlib import Path

EMBEDDED = DATA / "figures" / "vintages_by_month.csv"
LOST = DATA / "figures" / "weeks_that_lost_names.csv"
RELEASE, REBUILT = "release", "discovery dates"
COLUMNS = "kind as_of published since until names source".split()
SPAN = ["since", "until"]
# the release of August 2025 does not print its day: its last week of deaths ends here, see `read`
AS_OF_2025 = pd.Timestamp("2025-08-17")
REBUILT_IN_2026 = {f"Bmz{year}": pd.Timestamp(year, 12, 31) for year in (2022, 2023, 2024, 2025)}


def read(data: str = "embedded") -> pd.DataFrame:
    """The named list by time of death as known on six days: one row per vintage and span of time.

    All vintages have the same spans. Columns: `kind`: `release` (counts as they were published) or `discovery dates`
    (the names found by that day, counted by the makers in 2026: nobody could read it then, and what was removed or
    redated since is not in it); `as_of` (day of which it tells); `published`; `since`, `until` (first and last day of
    death; a Monday and a Sunday); `names` (people); `source`.

    `data="embedded"` gives months (a week belongs to the month of its Thursday; one is cut at the end of the release
    of August 2025), `data="fetched"` weeks.

    The release published on 2025-08-29 is taken as of 2025-08-17, the end of its last week: its 121,188 names are
    fewer than the 121,507 printed on 2025-08-01, for names without a day of death are not in it.

    ValueError for another `data`, a week that does not exist, two counts of one span, a count by discovery date that
    falls from one year to the next.
    """
    table = sources.either(data, embedded=lambda: own_tables.read(EMBEDDED)[COLUMNS], fetched=_fetched)
    try:
        return check(table)
    except ValueError as fault:
        file = EMBEDDED.name if data == "embedded" else f"the weekly files of {series.SOURCE}"
        raise own_tables.TableError(f"{file}: {fault}") from None


def _fetched() -> pd.DataFrame:
    files = [sources.path(series.SOURCE, f"{series.FOLDER}/meduza_{year}_weekly.csv") for year in (2025, 2026)]
    return weekly(*files)


def weekly(file_2025: Path, file_2026: Path) -> pd.DataFrame:
    """The vintages of the two weekly files, unchecked, as `read` gives them."""
    old, new = (
        reader(file).query("series == 'named'").reset_index(drop=True)
        for reader, file in ((series.read_2025, file_2025), (series.read_2026, file_2026))
    )
    columns = pd.read_csv(file_2026)
    parts = [_vintage(old, old["point"], RELEASE, AS_OF_2025), _vintage(new, new["point"], RELEASE)]
    parts += [_vintage(new, columns[name], REBUILT, day) for name, day in REBUILT_IN_2026.items()]
    return pd.concat(parts, ignore_index=True).sort_values(["as_of", "since"], ignore_index=True)


def _vintage(weeks: pd.DataFrame, names: pd.Series, kind: str, as_of: pd.Timestamp | None = None) -> pd.DataFrame:
    told = weeks.assign(kind=kind, names=names.astype(int))
    return told.assign(as_of=weeks["published"] if as_of is None else as_of)[COLUMNS]


def check(table: pd.DataFrame) -> pd.DataFrame:
    """`table` itself, if it can be right; ValueError naming vintage and span for the first fault.

    Refused are a count below zero, two counts of one span in one vintage, and a count by discovery date that falls:
    names found by one day were found by every later day. A release that falls below an older one is possible; `shrunk`
    shows it.
    """
    below = table[~(table["names"] >= 0)]
    if len(below):
        row = below.iloc[0]
        raise ValueError(
            f"the vintage of {row['as_of']:%Y-%m-%d} has {row['names']} names in the span from {row['since']:%Y-%m-%d}"
            ": allowed are counts from zero; leave a span out of which nothing is known"
        )
    twice = table[table.duplicated(["as_of", "since"])]
    if len(twice):
        row = twice.iloc[0]
        raise ValueError(
            f"the vintage of {row['as_of']:%Y-%m-%d} has two counts of the span from {row['since']:%Y-%m-%d}: "
            "allowed is one; nothing is added up or averaged, keep the one that was published"
        )
    fallen = shrunk(table[table["kind"] == REBUILT])
    if len(fallen):
        row = fallen.iloc[0]
        raise ValueError(
            f"the vintage of {row['as_of']:%Y-%m-%d} shrinks: {row['names']:,} names of the span from "
            f"{row['since']:%Y-%m-%d}, {row['before']:,} by {row['earlier']:%Y-%m-%d}; names counted by the day of "
            "discovery cannot become fewer, see whether columns were exchanged"
        )
    return table


def by_month(weeks: pd.DataFrame) -> pd.DataFrame:
    """The weekly table summed by month (of the week's Thursday), cut at the end of the release of 2025."""
    month = _thursday(weeks).dt.to_period("M").rename("month")
    cut = (weeks["since"] > AS_OF_2025).rename("cut")
    keys = ["kind", "as_of", "published", "source"]
    groups = weeks.groupby([*keys, month, cut], sort=False)
    summed = groups.agg(since=("since", "min"), until=("until", "max"), names=("names", "sum")).reset_index()
    return summed.sort_values(["as_of", "since"], ignore_index=True)[COLUMNS]


def _thursday(spans: pd.DataFrame) -> pd.Series:
    return spans["since"] + pd.Timedelta(days=3)


def known_by(table: pd.DataFrame, day: str | pd.Timestamp) -> pd.DataFrame:
    """The vintages of `table` that were published by `day`."""
    return table[table["published"] <= pd.Timestamp(day)].reset_index(drop=True)


class Named(NamedTuple):
    """So many `names` of deaths of a period by the vintage of day `as_of`, of that `kind`; None: no vintage yet."""

    names: int | None
    as_of: pd.Timestamp | None
    kind: str


def _period(text: str) -> pd.Period:
    try:
        return pd.Period(text)
    except ValueError:
        raise ValueError(f"'{text}' is not a period: allowed are a year (2024), a quarter (2024Q3), a month (2024-08)"
                         ) from None  # fmt: skip


def named_by(table: pd.DataFrame, period: str, day: str | pd.Timestamp) -> Named:
    """How many deaths of `period` (2024, 2024Q3, 2024-08) were named by `day`: the newest vintage as of that day.

    A week belongs to the period of its Thursday; a vintage that is older than the whole period tells nothing of it (see
    `after_its_day`). ValueError for what is no period, or one that the vintages do not hold in whole spans: a part is
    not guessed.
    """
    wanted = _period(period)
    inside = table[_thursday(table).dt.to_period(wanted.freqstr) == wanted]
    ends = (table["until"] - pd.Timedelta(days=3)).dt.to_period(wanted.freqstr)
    if inside.empty or (ends[inside.index] != wanted).any():
        raise ValueError(
            f"the vintages hold no whole spans of {period}: they run from {table['since'].min():%Y-%m-%d} to "
            f"{table['until'].max():%Y-%m-%d}; the table knows months, quarters and years"
        )
    then = inside[(inside["as_of"] <= pd.Timestamp(day)) & (_thursday(inside) <= inside["as_of"])]
    newest = then[then["as_of"] == then["as_of"].max()]
    if newest.empty:
        return Named(None, None, "")
    return Named(int(newest["names"].sum()), newest["as_of"].iloc[0], newest["kind"].iloc[0])


def by_year(table: pd.DataFrame) -> pd.DataFrame:
    """Names by year of death (of the week's Thursday): one row per vintage, indexed by `as_of` and `kind`."""
    year = _thursday(table).dt.year.rename("year of death")
    return table.pivot_table(index=["as_of", "kind"], columns=year, values="names", aggfunc="sum")


def after_its_day(table: pd.DataFrame) -> pd.DataFrame:
    """Names with a day of death after the vintage's own day, slips of a date: columns `as_of`, `names`."""
    late = table[(_thursday(table) > table["as_of"]) & (table["names"] > 0)]
    return late.groupby("as_of", as_index=False)["names"].sum()


def wide(table: pd.DataFrame) -> pd.DataFrame:
    """Names, one row per span (index `since`, `until`), one column per vintage (`as_of`)."""
    return table.pivot(index=SPAN, columns="as_of", values="names")


def net_change(table: pd.DataFrame) -> pd.DataFrame:
    """What the newest release counts more than the one before it: one row per span that both tell of.

    Columns: `since`, `until`, `before`, `after`, `change` (people). It is a net change: a name removed, or moved to
    another week, while another was added in the same span, cannot be seen. No rows with fewer than two releases.
    """
    releases = wide(table[table["kind"] == RELEASE])
    if releases.shape[1] < 2:
        return pd.DataFrame(columns=[*SPAN, "before", "after", "change"])
    pair = releases.iloc[:, -2:].dropna().astype(int).set_axis(["before", "after"], axis=1)
    return pair.assign(change=pair["after"] - pair["before"]).reset_index()


def shrunk(table: pd.DataFrame) -> pd.DataFrame:
    """Spans of which a vintage counts fewer than the one of its kind before it: what was removed or redated.

    One row per span and vintage; columns `kind`, `as_of`, `since`, `until`, `names`, `earlier` (day of the vintage
    before), `before` (its count).
    """
    ordered = table.sort_values(["kind", "since", "as_of"])
    previous = ordered.groupby(["kind", "since"])[["as_of", "names"]].shift()
    told = ordered.assign(earlier=previous["as_of"], before=previous["names"])
    fewer = told[told["names"] < told["before"]].astype({"before": int})
    return fewer[["kind", "as_of", *SPAN, "names", "earlier", "before"]].reset_index(drop=True)


def weeks_that_lost_names(data: str = "embedded") -> pd.DataFrame:
    """The weeks of death of which a release counts fewer names than the release before it: columns as in `shrunk`.

    In a month such a loss is hidden by what other weeks gained, so these weeks are embedded as they are. Besides:
    `published` (of the release that lost them), `source`. ValueError for another `data`.
    """
    return sources.either(
        data,
        embedded=lambda: own_tables.read(LOST),
        fetched=_fetched_losses,
    )


def _fetched_losses() -> pd.DataFrame:
    weeks = _fetched()
    releases = weeks[weeks["kind"] == RELEASE]
    return shrunk(releases).merge(releases[["as_of", "published", "source"]].drop_duplicates(), on="as_of")


def doubtful(totals: pd.DataFrame) -> pd.DataFrame:
    """Printed totals (`comparison.milestones`) that do not fit the one before: one row each, with a `verdict`.

    Columns: `until`, `who`, `point`, `before`, `verdict`. Two totals for one list on one day both stay as they were
    printed, and so does a total below an earlier one.
    """
    ordered = totals.sort_values(["until", "published", "point"], kind="stable")
    told = ordered.assign(before=ordered["point"].shift())
    same = told["until"].eq(told["until"].shift())
    words = same.map({True: "two totals for one day", False: ""})
    words = words.mask(same & told["until_precision"].ne("day"), "two totals of one month, days unknown")
    words = words.mask(~same & (told["point"] < told["before"]), "below an earlier total: the list shrank")
    return told.assign(verdict=words).loc[words != "", ["until", "who", "point", "before", "verdict"]]
