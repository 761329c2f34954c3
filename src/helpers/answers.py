"""Answers: what one would have said on a day to the same few questions, from what was known by then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers import comparison, figures, series
from helpers.estimate.coverage import coverage_range

if TYPE_CHECKING:
    from collections.abc import Iterable

VALUES = series.VALUES
COLUMNS = ["question", "day", "who", "scope", *VALUES, "until", "until_precision", "published"]
RUSSIA, UKRAINE = "Russia's dead", "Ukraine's dead"
NAMES, COVERAGE, REGISTRY = f"{RUSSIA} by name", f"{RUSSIA} by coverage of the list", f"{RUSSIA} by registry"
SAID_BY_RUSSIA, SAID_BY_UKRAINE = f"{RUSSIA} as Russia says", f"{RUSSIA} as Ukraine says"
ESTIMATORS = "Meduza and Mediazona"
OWN, OTHER = ("own_government", "own_commander"), ("adversary_government",)


def answers(table: pd.DataFrame, release: pd.DataFrame, days: Iterable[pd.Timestamp]) -> pd.DataFrame:
    """What was answered on each of `days` to the same questions, from what was known by then.

    One row per day and question, `low`, `point`, `high` in people, all missing where nothing was known yet; `who`
    says so, of which `scope`, to which day (`until`, `published`). `table`: claims; `release`: the published series.
    """
    told = [
        found.tail(1).reindex(columns=COLUMNS[2:]).assign(question=question, day=day)
        if len(found) else pd.DataFrame([{"question": question, "day": day}])
        for day in days
        for question, found in _found(figures.known_by(table, day), release, day).items()
    ]  # fmt: skip
    return pd.concat(told, ignore_index=True).reindex(columns=COLUMNS)


def _found(known: pd.DataFrame, release: pd.DataFrame, day: pd.Timestamp) -> dict[str, pd.DataFrame]:
    """The figures that answer each question on `day`, the newest last; no rows where there is none."""
    totals = comparison.milestones(known, "russia")
    listed = comparison.milestones(known, "ukraine")
    return {
        NAMES: totals,
        COVERAGE: figures.known_by(coverage_range(totals), day).round(dict.fromkeys(VALUES, 0)),
        REGISTRY: _registry(known, series.vintage(release, "probate", day)),
        SAID_BY_RUSSIA: _said(known, "russia", OWN),
        SAID_BY_UKRAINE: _said(known, "russia", OTHER),
        f"{UKRAINE} by name": listed,
        f"{UKRAINE} as Ukraine says": _said(known, "ukraine", OWN),
        f"{UKRAINE} as Russia says": _said(known, "ukraine", OTHER),
    }


def _said(known: pd.DataFrame, side: str, kinds: Iterable[str]) -> pd.DataFrame:
    told = comparison.claims_to_compare(known, side)
    whole = told["quantity"].eq("killed") & told["window"].eq("cumulative") & told["status"].eq("standing")
    whole &= told["scope"].eq(comparison.WHOLE_LIST[side]) & told["who_kind"].isin(list(kinds))
    return told[whole].sort_values(["until", "published"], kind="stable")


def _registry(known: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """What the registry's estimators printed with both bounds, and the sum of their newest series, by last day."""
    told = comparison.claims_to_compare(known, "russia").query("quantity == 'killed' and window == 'cumulative'")
    told = told[told["who"].eq(ESTIMATORS) & told["status"].eq("standing") & told[VALUES].notna().all(axis=1)]
    told = pd.concat([told, _summed(spans)], ignore_index=True) if len(spans) else told
    return told.sort_values(["until", "published"], kind="stable")


def _summed(spans: pd.DataFrame) -> pd.DataFrame:
    last = spans.sort_values("until").tail(1)[["scope", "until", "published"]]
    return last.assign(who=ESTIMATORS, until_precision="day", **spans[VALUES].sum().round())


def in_words(told: pd.DataFrame) -> pd.DataFrame:
    """The answers as a reader wants them: one row per question, one column per day, every cell a text."""
    wide = told.assign(says=_words(told), day=told["day"].dt.strftime("%Y-%m-%d"))
    order = list(told["question"].unique())
    return wide.pivot(index="question", columns="day", values="says").loc[order].rename_axis(columns=None)


def _words(told: pd.DataFrame) -> list[str]:
    return [
        "not yet known" if pd.isna(row["until"]) else f"{figures.amount(row)} to {figures.when(row)}{_whose(row)}"
        for row in told.to_dict("records")
    ]


def _whose(row: dict) -> str:
    """Who said so, where the question leaves that open, or of whom, where that is a part of the dead."""
    if " by " not in row["question"]:
        return f" ({row['who'].split(' (')[0]})"
    return "" if row["scope"] in comparison.WHOLE_LIST.values() else f" ({row['scope']})"


def step(told: pd.DataFrame, question: str, earlier: pd.Timestamp, later: pd.Timestamp) -> str:
    """How the answer to `question` moved between two of the days of `told`, each with its day and of whom, in words."""
    rows = told[told["question"] == question].set_index("day")
    then, now = ("" if pd.isna(rows["until"][day]) else _words(rows.loc[[day]])[0] for day in (earlier, later))
    if not then:
        return f"{now} for the first time" if now else "not yet known"
    return f"from {then} to {now}" if then != now else f"{now} on both days"
