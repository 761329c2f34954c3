"""Replays of the reporting delay: the forecast from past vintages, beside what came, and how well it did."""

from __future__ import annotations

import pandas as pd

from helpers import own_tables, sources
from helpers.estimate import delay
from helpers.lists import vintages
from helpers.paths import DATA

EMBEDDED = DATA / "figures" / "delay_scores_by_week.csv"
NEWEST = "now"
# the day at which the list is read, and the later day whose list is foretold; "now" is the newest release
CASES = (
    ("2023-12-31", "2025-12-31"), ("2024-12-31", "2025-12-31"), ("2024-12-31", NEWEST), ("2025-12-31", NEWEST),
    (str(vintages.AS_OF_2025.date()), NEWEST),
)  # fmt: skip
COLUMNS = "recipe origin target published kind aim carried error spans covered years years_covered".split()
# the error to reach in each of CASES, as a share of the names known: set beforehand, for weeks
AIMS = (0.21, 0.07, 0.13, 0.105, 0.27)
# the recipe, and others that differ from it in one choice
TRIED = {
    "as above": delay.RECIPE,
    "level not followed": delay.Recipe(damping=0),
    "level followed in full": delay.Recipe(damping=1),
    "bins weigh alike": delay.Recipe(by_names=False),
}


def replay(table: pd.DataFrame, origin: str, target: str = NEWEST, recipe: delay.Recipe = delay.RECIPE) -> pd.DataFrame:
    """The forecast from `origin` as it would have been, and what came: `forecast` with a column `known`.

    Only steps up to `origin` are learned from. Pseudo-real-time: where the vintages were rebuilt later, nobody could
    have read them then; `table`: `vintages.read`.
    """
    start = pd.Timestamp(origin)
    end = table["as_of"].max() if target == NEWEST else pd.Timestamp(target)
    counts = vintages.wide(table)
    told = delay.forecast(counts[start], start, end, delay.history(table, start), recipe)
    return told.assign(known=counts[end].reindex(pd.MultiIndex.from_frame(told[vintages.SPAN])).to_numpy())


def score(told: pd.DataFrame) -> dict[str, float]:
    """How well a `replay` did.

    `carried` and `error`: sum of |predicted - known| over spans, of the sum of known; predicted by the old count, or by
    the forecast. `spans`, `covered`: how many, and how many lie in their interval; `years`, `years_covered`: the same
    of the sums by year of death; `names`, `low`, `point`, `high`, `known`: sums (people).
    """
    year = (told["since"] + pd.Timedelta(days=3)).dt.year
    sums = told.groupby(year)[["low", "high", "known"]].sum()
    known = told["known"].sum()
    return {
        "carried": (told["names"] - told["known"]).abs().sum() / known,
        "error": (told["point"] - told["known"]).abs().sum() / known,
        "spans": len(told),
        "covered": int(told["known"].between(told["low"], told["high"]).sum()),
        "years": len(sums),
        "years_covered": int(sums["known"].between(sums["low"], sums["high"]).sum()),
        **told[["names", "low", "point", "high", "known"]].sum().to_dict(),
    }


def scores(table: pd.DataFrame, recipe: delay.Recipe = delay.RECIPE) -> pd.DataFrame:
    """The `score` of each of CASES; columns besides: `origin`, `target` (days), `kind` (of the vintage at origin)."""
    kinds, newest = table.groupby("as_of")["kind"].first(), table["as_of"].max()
    rows = [
        {"origin": pd.Timestamp(origin), "target": newest if target == NEWEST else pd.Timestamp(target)}
        | {"kind": kinds[pd.Timestamp(origin)]}
        | score(replay(table, origin, target, recipe))
        for origin, target in CASES
    ]
    return pd.DataFrame(rows)


def years_of_cases(table: pd.DataFrame, recipe: delay.Recipe = delay.RECIPE) -> pd.DataFrame:
    """The replays summed by year of death: one row per case and year.

    Columns: `case` (its two days), `year`, `names`, `low`, `point`, `high`, `known` (people).
    """
    parts = []
    for origin, target in CASES:
        told = replay(table, origin, target, recipe)
        year = (told["since"] + pd.Timedelta(days=3)).dt.year.rename("year")
        end = f"{table['as_of'].max():%Y-%m}" if target == NEWEST else target[:7]
        parts.append(told.groupby(year).sum(numeric_only=True).reset_index().assign(case=f"{origin[:7]} to {end}"))
    return pd.concat(parts, ignore_index=True)


def tried(table: pd.DataFrame) -> pd.DataFrame:
    """The `scores` of every recipe of TRIED: one row per recipe and case.

    Columns besides: `recipe`, `aim` (AIMS, for weeks), `published` (day on which what came was made public).
    """
    came = table.groupby("as_of")["published"].first()
    found = pd.concat([scores(table, recipe).assign(recipe=name, aim=AIMS) for name, recipe in TRIED.items()])
    return found.assign(published=found["target"].map(came)).reset_index(drop=True)


def by_week(data: str = "embedded") -> pd.DataFrame:
    """`tried` on the weeks, for which the aims were set, in both modes: one row per recipe and case.

    Months would mostly flatter the forecast: errors of neighbouring weeks cancel in them. `data="embedded"` reads what
    benchmarks/delay.py wrote (data/figures/delay_scores_by_week.csv), `data="fetched"` computes it from the weeks of
    `economist-2026`. ValueError for another `data`.
    """
    return sources.either(
        data,
        embedded=lambda: own_tables.read(
            EMBEDDED,
        ),
        fetched=lambda: tried(vintages.read("fetched"))[COLUMNS].round({"carried": 6, "error": 6}),
    )
