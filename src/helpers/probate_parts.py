"""The published estimate from the probate registry in its parts: registry, flash, and those added for the missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers import own_tables, series, sources
from helpers.figures import partial_date
from helpers.paths import DATA

if TYPE_CHECKING:
    from pathlib import Path

EMBEDDED = DATA / "figures" / "probate_parts_by_month.csv"
AGES = DATA / "figures" / "named_ages_2023.csv"
REGISTRY, FLASH, MISSING = "registry", "flash", "missing"
FLOOR, COURTS = "missing, floor", "missing, by courts"
PARTS = (REGISTRY, FLASH, MISSING, FLOOR, COURTS)
COLUMNS = "part scope published since until low point high squares_below squares_above weeks source".split()
SUMS = ["low", "point", "high", "squares_below", "squares_above", "weeks"]
FILES = ("2024", "2025_weekly", "2026_weekly")
# days at which months are cut: ends of releases, and of the registry in them
CUTS = pd.to_datetime(["2023-05-28", "2024-02-04", "2024-06-23", "2024-11-24", "2025-07-06", "2025-08-17"])
IN_2026 = {
    REGISTRY: ("ED", "EDLow", "EDHigh"),
    FLASH: ("EDPrediction", "EDPredictionLow", "EDPredictionHigh"),
    MISSING: ("EDSuperlatesFromCoeffs", None, None),
    FLOOR: ("ECSuperlates", None, None),
    COURTS: ("EDSuperlatesCourts", None, None),
}


def read(data: str = "embedded") -> pd.DataFrame:
    """The parts of the published estimate, all releases: one row per part, release and span of time.

    Columns: `part` (`registry`; `flash`: by names, for the newest weeks; `missing`: added since 2026 for late cases and
    people declared dead by a court, beside `missing, floor`, the bare excess of late cases, and `missing, by courts`,
    from decisions of courts: three answers to one question, never to be added up); `scope`; `published`; `since`,
    `until` (a Monday and a Sunday); `low`, `point`, `high` (people; the bounds of weeks added up, missing where none
    are published: the parts for the missing have none); `squares_below`, `squares_above` (squares of the weeks'
    distances from point to bound; missing where weeks have no bounds of their own, as in 2024); `weeks`; `source`.

    `data="embedded"` gives months (a week belongs to that of its Thursday) cut at CUTS, `data="fetched"` weeks.
    Sources: as `series.read`. The bounds that the release of 2026 prints for the whole are those of registry and flash.
    """
    return sources.either(
        data,
        embedded=lambda: own_tables.read(
            EMBEDDED,
        )[COLUMNS],
        fetched=lambda: weekly(*(sources.path(series.SOURCE, f"{series.FOLDER}/meduza_{name}.csv") for name in FILES)),
    )


def weekly(file_2024: Path, file_2025: Path, file_2026: Path) -> pd.DataFrame:
    """The weeks of the three releases, as `read` gives them."""
    old = [series.read_2024(file_2024), series.read_2025(file_2025)]
    older = pd.concat(old, ignore_index=True).query("series == 'probate'")
    part = older["method"].map({series.PROBATE: REGISTRY, series.FLASH: FLASH})
    table = pd.concat([older.assign(part=part), _of_2026(file_2026)], ignore_index=True)
    # the bounds of 2024 are those of a running total: its weeks have none of their own
    own = table["published"] > series.PUBLISHED_2024
    below, above = ((table["point"] - table[end]).where(own) ** 2 for end in ("low", "high"))
    return table.assign(squares_below=below, squares_above=above, weeks=1, source=series.SOURCE)[COLUMNS]


def _of_2026(path: Path) -> pd.DataFrame:
    weeks = pd.read_csv(path)
    monday = series.read_2026(path).query("series == 'named'")["since"].to_numpy()
    tables = []
    for part, (point, low, high) in IN_2026.items():
        values = {"low": weeks[low] if low else np.nan, "point": weeks[point], "high": weeks[high] if high else np.nan}
        tables.append(pd.DataFrame({"part": part, "since": monday} | values).dropna(subset="point"))
    table = pd.concat(tables, ignore_index=True)
    return table.assign(
        until=table["since"] + pd.Timedelta(days=6), scope=series.TO_59, published=series.PUBLISHED_2026
    )


def by_month(weeks: pd.DataFrame) -> pd.DataFrame:
    """The weekly table summed by month, cut at CUTS, in the same columns."""
    month = (weeks["since"] + pd.Timedelta(days=3)).dt.to_period("M").rename("month")
    cut = pd.Series(CUTS.searchsorted(weeks["until"]), weeks.index, name="cut")
    keys = ["part", "scope", "published", "source"]
    groups = weeks.groupby([*keys, month, cut], sort=False)
    spans = groups.agg(since=("since", "min"), until=("until", "max"))
    table = spans.join(groups[SUMS].sum(min_count=1)).reset_index()
    order = table["part"].map(PARTS.index).rename("order")
    return table.assign(order=order).sort_values(["published", "order", "since"], ignore_index=True)[COLUMNS]


def release(parts: pd.DataFrame, published: str | pd.Timestamp) -> pd.DataFrame:
    """The rows of the release of a day."""
    return parts[parts["published"] == pd.Timestamp(published)].reset_index(drop=True)


def known_by(parts: pd.DataFrame, day: str | pd.Timestamp) -> pd.DataFrame:
    """The releases of `parts` published by `day`."""
    return parts[parts["published"] <= pd.Timestamp(day)].reset_index(drop=True)


def named_ages(known_on: str | pd.Timestamp) -> pd.Series:
    """People named as dead by 2023-04-11, by age (between the age limits of the releases); none before they were out.

    Indexed by age, `not known` last. Source: the records of Bessudnov (2023), data/figures/named_ages_2023.csv.
    """
    rows = own_tables.read(AGES)
    out = [partial_date(text).last <= pd.Timestamp(known_on) for text in rows["published"]]
    return rows[out].set_index("age")["names"]
