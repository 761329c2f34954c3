"""All estimates of ours that a day knew, and which figures may stand together by what each of them counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers import comparison, figures, general_staff, probate_parts
from helpers.estimate import coverage, coverage_in_time, excess, probate_totals
from helpers.estimate.pooled import curve, inputs, model, replays
from helpers.lists import named

if TYPE_CHECKING:
    from collections.abc import Mapping

# what each kind of estimate is called, and the notebook that makes it
RULE, CARRIED, REGISTRY, AND_MISSING, EXCESS, POOLED = (
    "stated coverage (05)", "coverage carried on (05)", "probate registry (08)", "registry and missing (08)",
    "excess deaths (07)", "pooled claims (11)",
)  # fmt: skip
NAMED, WHOLE, MORE, PART, HURT = (
    "known by name: a floor", "killed, all of the side's own forces", "killed, with others who fought beside them",
    "killed, men of certain ages", "killed and wounded",
)  # fmt: skip
GROUPS = (NAMED, WHOLE, MORE, PART, HURT)


def ours(ledger: pd.DataFrame, release: pd.DataFrame, known_on: str | pd.Timestamp, data: str) -> pd.DataFrame:
    """Our estimates of Russia's losses in the whole war as known on a day, the newest of each kind: one row each.

    Figures, with one more column `how` (the kind). `ledger`: the claims known on that day; `release`: the published
    series (`series.read`), of the same `data`. A kind that could not be made by that day has no row.
    """
    totals = comparison.milestones(ledger, "russia")
    registry = probate_totals.figures(probate_parts.known_by(probate_parts.read(data), known_on), known_on)
    with_missing = registry["id"].str.endswith("-and-missing").astype(bool)
    tables = [
        (RULE, figures.known_by(coverage.coverage_range(totals).round({"low": 0, "high": 0}), known_on)),
        (CARRIED, _carried(totals, registry, comparison.beside(ledger, "russia", release, known_on), known_on)),
        (REGISTRY, registry[~with_missing]),
        (AND_MISSING, registry[with_missing]),
        (EXCESS, excess.figures(known_on, data)),
        *((POOLED, table) for _, table in _pooled(ledger, known_on, data).groupby("quantity")),
    ]
    found = [_newest(table).assign(how=how) for how, table in tables]
    found = [table for table in found if len(table)]
    return pd.concat(found, ignore_index=True) if found else ledger.iloc[:0].assign(how="")


def _newest(table: pd.DataFrame) -> pd.DataFrame:
    stands = table["window"].eq("cumulative") & table["status"].eq("standing")
    return table[stands].sort_values(["until", "published"], kind="stable").tail(1)


def _carried(
    totals: pd.DataFrame, registry: pd.DataFrame, compared: pd.DataFrame, known_on: str | pd.Timestamp
) -> pd.DataFrame:
    shares = coverage_in_time.with_bounds(coverage_in_time.implied(compared), registry)
    told = coverage_in_time.carried(totals, shares, named.breaks(known_on))
    return coverage_in_time.figures(told.tail(1), totals)


def _pooled(ledger: pd.DataFrame, known_on: str | pd.Timestamp, data: str) -> pd.DataFrame:
    staff = general_staff.read(data)
    evidence = inputs.evidence(ledger, staff, known_on)
    if evidence.claims["quantity"].eq(model.KILLED).sum() < model.LEAST:
        return ledger.iloc[:0]
    errors = replays.replays(ledger, replays.at_origins(ledger, staff))
    return curve.as_figures(model.fit(evidence), errors, evidence)


def group(figure: Mapping[str, object]) -> str:
    """Which of GROUPS a figure of losses belongs to, by what the gate says of it beside all killed of its side.

    The reason of the refusal, where the gate refuses for another reason than that the wounded are in.
    """
    whole = {"quantity": "killed", "scope": comparison.WHOLE_LIST[figure["side"]], "status": "standing"}
    if figure["quantity"] == "killed_and_wounded":
        return HURT
    answer, reason = figures.comparable(figure, dict(figure) | whole)
    if answer == "part":
        return PART if whole["scope"] in figures.wider_scopes(figure["scope"]) else MORE
    return {"yes": WHOLE, "floor": NAMED}.get(answer, reason)


def grouped(ledger: pd.DataFrame, found: pd.DataFrame, side: str, release: pd.DataFrame, known_on: str) -> pd.DataFrame:
    """Estimates `found` beside the names and the newest claim of each labelled claimant, by what they count, by day.

    One row per figure; the columns of `comparison.beside`, `how` (kind of estimate; the claimant of a claim; "names"
    for the newest total of the list), `group` (see `group`) and `floor`: the most names that are certain for its day,
    in people (`comparison.certain`; missing for men of certain ages).
    """
    floor = comparison.milestones(ledger, side).tail(1).assign(how="names")
    both = pd.concat([ledger, found.drop(columns="how")], ignore_index=True).drop_duplicates("id")
    compared = comparison.beside(both, side, release, known_on).query("window == 'cumulative'")
    claimed = compared[~compared["id"].isin(found["id"])]
    spoken = [name for _, some in claimed.groupby("quantity") for name in comparison.newest_of_each(some)]
    shown = compared[compared["id"].isin([*spoken, *found["id"]])]
    kind = dict(zip(found["id"], found["how"], strict=True))
    how = [kind.get(name, who.split(" (")[0]) for name, who in zip(shown["id"], shown["who"], strict=True)]
    table = pd.concat([floor, shown.assign(how=how, floor=comparison.certain(shown))], ignore_index=True)
    return _by_group(table.assign(group=[group(row) for row in table.to_dict("records")]))


def _by_group(table: pd.DataFrame) -> pd.DataFrame:
    # names have no age limit: they are no floor of men of certain ages
    made = table.assign(floor=table["floor"].mask(table["group"] == PART))
    order = made["group"].map({name: place for place, name in enumerate(GROUPS)})
    return made.assign(order=order).sort_values(["order", "until", "id"], ignore_index=True).drop(columns="order")


def in_words(found: pd.DataFrame, compared: pd.DataFrame) -> pd.DataFrame:
    """The estimates as a reader wants them: one row each, every cell a text.

    `found`: `ours`; `compared`: `grouped`. Columns: `how`, `counts` and `of` (what and whom), `to` (the day), `says`
    (with its range), `known since`, `names, at least` (`floor`; empty where names are no floor).
    """
    told = figures.in_words(found)
    floor = found["id"].map(compared.set_index("id")["floor"])
    return told[["counts", "of"]].assign(
        how=found["how"],
        to=told["until"],
        says=told["says"],
        **{"known since": told["published"]},
        **{"names, at least": floor.map("{:,.0f}".format, na_action="ignore").astype(object).fillna("")},
    )[["how", "counts", "of", "to", "says", "known since", "names, at least"]]
