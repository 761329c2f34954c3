"""The comparison: beside each claim, at its own day, everything that counts the same dead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers import figures, series
from helpers.estimate.coverage import coverage_range

if TYPE_CHECKING:
    from collections.abc import Iterable

# the lists whose totals stand beside the claims about each side
NAMED_BY = {
    "russia": ("Mediazona and BBC Russian Service", "BBC Russian Service", "Mediazona"),
    "ukraine": ("UALosses",),
}
WHOLE_LIST = {"russia": "russian forces", "ukraine": "soldiers"}
# claimants whose newest claim the pictures name
LABELLED = (
    "Russian Ministry of Defence", "Volodymyr Zelensky", "Meduza and Mediazona", "BBC Russian Service", "CSIS", "IISS",
    "UK Ministry of Defence", "Donald Trump (US President)", "Lloyd Austin (US Secretary of Defense)", "Kobak et al.",
    "General Staff of Ukraine", "Yuri Butusov",
)  # fmt: skip
COUNTED = ("killed", "killed_and_wounded")
PROBATE = {"low": "probate_low", "point": "probate", "high": "probate_high"}
NAMED_THEN = ["named_then", "named_then_until", "coverage_low", "coverage_high"]


def milestones(table: pd.DataFrame, side: str) -> pd.DataFrame:
    """The totals of the named list of `side` as they were published: figures, one row per total, by day.

    A total that was made public after a newer one is left out: on no day was it the newest that was known. So is one
    of an unknown day of its month that is below an earlier known total: it belongs before it.
    """
    is_total = (
        table["quantity"].eq("named")
        & table["window"].eq("cumulative")
        & table["scope"].eq(WHOLE_LIST[side])
        & table["who"].isin(NAMED_BY[side])
        & table["status"].eq("standing")
        & table["point"].notna()
    )
    totals = table[is_total].sort_values(["published", "until", "point"], kind="stable")
    newest = totals["until"] >= totals["until"].cummax()
    late = totals["until_precision"].ne("day") & (totals["point"] < totals["point"].cummax())
    return totals[newest & ~late].reset_index(drop=True)


def claims_to_compare(table: pd.DataFrame, side: str, *, withdrawn: bool = False) -> pd.DataFrame:
    """The claims about the dead, or the dead and wounded, of `side` over a stretch of the war; figures, by day.

    Cumulative claims and claims about a period; rates and single days have nothing to stand beside. Of the scopes
    those that are meant for the toll of a side (codebooks/scopes.csv, `toll`): not one unit, rank or ally.
    Retracted, doctored and hoax claims only if `withdrawn`.
    """
    scopes = figures.codebook("scopes")
    told = (
        table["quantity"].isin(COUNTED)
        & table["side"].eq(side)
        & table["window"].isin(("cumulative", "period"))
        & table["scope"].isin(scopes.index[scopes["toll"] == "yes"])
    )
    shown = told if withdrawn else told & ~table["status"].isin(figures.UNCOMPARABLE)
    return table[shown & table["since"].notna()].sort_values(["until", "quantity", "id"], ignore_index=True)


def beside(table: pd.DataFrame, side: str, release: pd.DataFrame, known_on: str | pd.Timestamp) -> pd.DataFrame:
    """Each claim about `side`, and what counts the same dead over the claim's own window; one row per claim.

    `table`: figures (claims); `release`: the published series (`series.read`); only what was known on `known_on`
    enters. Beside the columns of the figure stand, all in people: `value` (point, or middle of the range);
    `named_then` and `named_then_until` (the named list as known on that day, and the day of that total; for
    cumulative claims); `named_now` (the dead from `since` to `until` whose names are known by `known_on`);
    `probate_low`, `probate`, `probate_high` (the estimate of them, its weekly bounds added up); `coverage_low`,
    `coverage_high` (`named_then` by the coverage rule); `answer`, `reason` (how the claim compares with names:
    `figures.comparable`). Missing where it was not known or does not reach to that day.
    """
    known = figures.known_by(table, known_on)
    told = claims_to_compare(known, side)
    told = told.assign(value=figures.middle(told)).pipe(_with_named_then, milestones(known, side), known_on)
    for name, columns in (("named", {"point": "named_now"}), ("probate", PROBATE)):
        newest = series.vintage(release, name, known_on)
        dead = _between(newest if side == "russia" else newest.iloc[:0], told["since"], told["until"])
        told = told.assign(**{new: dead[old] for old, new in columns.items()})
    return told.pipe(_with_answers)


def _between(release: pd.DataFrame, since: pd.Series, until: pd.Series) -> pd.DataFrame:
    """The dead of one release from the first to the last day, for each pair of days: `low`, `point`, `high`."""
    before = series.to_days(release, since - pd.Timedelta(days=1)).mask(since <= figures.WAR_BEGAN, 0)
    return series.to_days(release, until) - before


def _with_named_then(told: pd.DataFrame, totals: pd.DataFrame, known_on: str | pd.Timestamp) -> pd.DataFrame:
    # the rule is applied to old totals too, once it is known at all
    rule = coverage_range(totals).pipe(lambda t: t.where(t["published"] <= pd.Timestamp(known_on)))
    then = totals[["published", "point", "until"]].assign(low=rule["low"], high=rule["high"])
    then.columns = ["known", *NAMED_THEN]
    beside_each = pd.merge_asof(told, then, left_on="until", right_on="known").drop(columns="known")
    whole_war = beside_each["window"] == "cumulative"
    return beside_each.assign(**{name: beside_each[name].where(whole_war) for name in NAMED_THEN})


def _with_answers(told: pd.DataFrame) -> pd.DataFrame:
    answers = [_beside_names(claim) for claim in told.to_dict("records")]
    return told.assign(answer=[a.answer for a in answers], reason=[a.reason for a in answers])


def _beside_names(claim: dict) -> figures.Answer:
    names = claim | {"quantity": "named", "scope": WHOLE_LIST[claim["side"]], "status": "standing"}
    return figures.comparable(claim, names)


def ratios(compared: pd.DataFrame) -> pd.DataFrame:
    """How many times the claim is what stands beside it; one row per claim about the dead alone.

    Columns: `id`; `to_named_then`, `to_named_now`; `to_probate_low`, `to_probate`, `to_probate_high` (the claim's low
    end over the estimate's upper bound, value over point, high end over lower bound). Claims that
    `figures.comparable` does not call the same dead have no row: neither killed and wounded nor a part of the
    dead, such as men under 50, is a multiple of all of them.
    """
    told = compared[compared["answer"] == "floor"]
    low, high = _ends(told)
    return told[["id"]].assign(
        to_named_then=told["value"] / told["named_then"],
        to_named_now=told["value"] / told["named_now"],
        to_probate_low=low / told["probate_high"],
        to_probate=told["value"] / told["probate"],
        to_probate_high=high / told["probate_low"],
    )


def _ends(told: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The low and the high end of each claim: its value where it has none."""
    return told["low"].fillna(told["value"]), told["high"].fillna(told["value"])


def implied_wounded(compared: pd.DataFrame) -> pd.DataFrame:
    """How many wounded per killed a claim of killed and wounded implies; one row per claim beside which it stands.

    Columns: `id`, `low`, `point`, `high`: (claim - killed) / killed with the dead by the probate estimate to the
    claim's day; `low` takes the claim's low end and the estimate's high bound, `high` the reverse.
    """
    told = compared[compared["quantity"].eq("killed_and_wounded") & compared["probate"].notna()]
    low, high = _ends(told)
    return told[["id"]].assign(
        low=low / told["probate_high"] - 1,
        point=told["value"] / told["probate"] - 1,
        high=high / told["probate_low"] - 1,
    )


def newest_of_each(told: pd.DataFrame, claimants: Iterable[str] = LABELLED) -> list[str]:
    """The ids of the newest claim of each of `claimants`, sorted by name of the claimant."""
    theirs = told.assign(value=figures.middle(told)).sort_values(["until", "published", "value"], kind="stable")
    theirs = theirs[theirs["who"].isin(list(claimants))]
    return theirs.groupby("who")["id"].last().tolist()


def as_multiples(compared: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The claims about the dead as multiples of one base, and the name of that base.

    One row per claim that has one; the columns of the figure, with `low`, `point`, `high` in times: the claim's low
    end over the base's high bound, value over point, high end over low bound. The base is the probate estimate to the
    claim's day, or, while no such estimate was published, the names known that day (a count, without bounds).
    """
    told = compared[compared["answer"] == "floor"]
    if told["probate"].notna().any():
        base, below = "the probate estimate", list(PROBATE.values())
    else:
        base, below = "the names known that day", ["named_then"] * 3
    low, high = _ends(told)
    shown = told.assign(low=low / told[below[2]], point=told["value"] / told[below[1]], high=high / told[below[0]])
    return shown[shown["point"].notna()].reset_index(drop=True), base


def curves(table: pd.DataFrame, release: pd.DataFrame, known_on: str | pd.Timestamp) -> dict[str, pd.DataFrame]:
    """What grows beside the claims about Russia's dead, as known on a day: `named`, `named now` and `probate`.

    Each is a table of running totals (`until`, `low`, `point`, `high`, in people): the named list on the day on which
    each total was published; the dead by day of death whose names are known by `known_on`; the probate estimate of
    them, the bounds of its spans added up. Empty where nothing was published yet.
    """
    totals = milestones(figures.known_by(table, known_on), "russia")
    newest = {name: series.vintage(release, name, known_on) for name in ("named", "probate")}
    sums = {name: spans[["until"]].join(spans[series.VALUES].cumsum()) for name, spans in newest.items()}
    listed = totals.assign(until=totals["published"])[["until", *series.VALUES]]
    return {"named": listed, "named now": sums["named"], "probate": sums["probate"]}


def in_words(compared: pd.DataFrame) -> pd.DataFrame:
    """The comparison as a newspaper would print it: one row per claim, every cell a text, empty where not known.

    Columns: `who`, `counts`, `until`, `says` (see `figures.in_words`); `named then`, `named by now` and `probate
    registry` (see `beside`); `claim beside probate`: how many times the estimate it is, or how many wounded it implies
    for each of its dead, with the range that the bounds give; the scope of a claim about a part of the dead.
    """
    relation = pd.concat([_times(ratios(compared)), _per_killed(implied_wounded(compared))])
    told = figures.in_words(compared)[["who", "counts", "until", "says"]]
    registry = compared[list(PROBATE.values())].itertuples(index=False)
    return told.assign(
        **{
            "named then": compared["named_then"].map(_count),
            "named by now": compared["named_now"].map(_count),
            "probate registry": [_ranged(low, point, high) for low, point, high in registry],
            "claim beside probate": compared["id"].map(relation).fillna(_part(compared)),
        }
    )


def _part(compared: pd.DataFrame) -> pd.Series:
    return compared["scope"].where(compared["answer"] == "part", "")


def _ranged(low: float, point: float, high: float) -> str:
    return f"{point:,.0f} ({low:,.0f}–{high:,.0f})" if pd.notna(point) else ""


def _count(value: float) -> str:
    return "" if pd.isna(value) else f"{value:,.0f}"


def _times(found: pd.DataFrame) -> pd.Series:
    found = found[found["to_probate"].notna()]
    rows = found[["to_probate", "to_probate_low", "to_probate_high"]].itertuples(index=False)
    told = [f"{point:.2f} ({low:.2f}–{high:.2f}) times" for point, low, high in rows]
    return pd.Series(told, found["id"], dtype=object)


def _per_killed(found: pd.DataFrame) -> pd.Series:
    rows = found[["point", "low", "high"]].itertuples(index=False)
    told = [f"{point:.1f} ({low:.1f}–{high:.1f}) wounded each" for point, low, high in rows]
    return pd.Series(told, found["id"], dtype=object)
