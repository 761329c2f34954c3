"""One figure over another: wounded per killed where two claims allow it, and whether the level of a ratio steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers import figures, general_staff

if TYPE_CHECKING:
    from collections.abc import Mapping

VALUES = ["low", "point", "high"]
HURT = ("killed_and_wounded", "wounded", "wounded_cases")
DAYS = 31
SAME_PEOPLE = ("yes", "part")
COUNTED = {"killed_and_wounded": "persons", "wounded": "persons", "wounded_cases": "cases"}
# how far a pair can be trusted: one claimant said both; two did; the wounded are cases of care; or the dead are the
# General Staff's, whose total was called killed and later killed and wounded: what it holds is what is asked
OWN, MIXED, CASES, CIRCULAR = KINDS = ("own", "mixed", "cases", "circular")


def over(top: pd.DataFrame, bottom: pd.DataFrame) -> pd.DataFrame:
    """Each row of `top` over the row of `bottom` with the same index: `low`, `point`, `high`, without unit.

    The low end is low over high, the high end high over low, so that the span holds every quotient of the two; an end
    that either lacks is missing.
    """
    return pd.DataFrame(
        {
            "low": top["low"] / bottom["high"],
            "point": top["point"] / bottom["point"],
            "high": top["high"] / bottom["low"],
        }
    )


def wounded_per_killed(table: pd.DataFrame, *, days: int = DAYS) -> pd.DataFrame:
    """How many wounded for each killed two claims of `table` imply together: one row per pair that comes up.

    A pair is a claim of killed and wounded, of wounded, or of cases of wounds, beside one of killed: one side, one kind
    of window, first and last days at most `days` apart, both standing and none a copy of another claim (a copy adds
    a place, not evidence). Columns: `id`, `side`, `hurt`, `dead` (ids of the two), `who`, `who_dead`, `kind` (one of
    KINDS: `own`, one claimant said both; `mixed`; `cases`, not persons; `circular`, over the General Staff's killed),
    `counted` (`persons` or `cases`), `since`, `until`, `published` (the later day of the two), `window`, `answer`
    (`yes`; `part`: the people of one lie within those of the other; `no`), `reason`, and `low`, `point`, `high`
    (wounded per killed). The span holds all that both spans allow; "more than" and "up to" leave only one end. Refused
    (`no`, without values): other people (`figures.comparable`), and more dead than dead and wounded.
    """
    scopes = figures.codebook("scopes")
    toll = table["scope"].isin(scopes.index[scopes["toll"] == "yes"]) & table["since"].notna()
    told = table[toll & table["status"].eq("standing") & table["copies"].eq("") & table["side"].ne("both")]
    hurt, dead = told[told["quantity"].isin(HURT)], told[told["quantity"] == "killed"]
    pairs = hurt.merge(dead, on=["side", "window"], suffixes=("", "_dead"))
    apart = [(pairs[end] - pairs[f"{end}_dead"]).abs() <= pd.Timedelta(days=days) for end in ("since", "until")]
    pairs = pairs[apart[0] & apart[1]].reset_index(drop=True)
    return _with_values(_with_answers(pairs, days)).sort_values(["until", "id"], ignore_index=True)[PAIR_COLUMNS]


PAIR_COLUMNS = [
    "id", "side", "hurt", "dead", "who", "who_dead", "kind", "counted", "window", "since", "until", "published",
    "answer", "reason", *VALUES,
]  # fmt: skip


def _with_answers(pairs: pd.DataFrame, days: int) -> pd.DataFrame:
    asked = [_same_people(row, days) for row in pairs.to_dict("records")]
    return pairs.assign(
        hurt=pairs["id"],
        dead=pairs["id_dead"],
        id=pairs["id"] + "-over-" + pairs["id_dead"],
        kind=_kinds(pairs),
        counted=pairs["quantity"].map(COUNTED),
        published=pairs[["published", "published_dead"]].max(axis=1),
        answer=pd.Series([a.answer for a in asked], pairs.index, dtype=object),
        reason=pd.Series([a.reason for a in asked], pairs.index, dtype=object),
    )


def _kinds(pairs: pd.DataFrame) -> pd.Series:
    kinds = pd.Series(MIXED, pairs.index, dtype=object).mask(pairs["who"] == pairs["who_dead"], OWN)
    kinds = kinds.mask(pairs["who_dead"] == general_staff.WHO, CIRCULAR)
    return kinds.mask(pairs["quantity"].map(COUNTED) == CASES, CASES)


def middles(pairs: pd.DataFrame) -> pd.DataFrame:
    """The middle of the pairs of `wounded_per_killed` that have a point, by side and kind: one row each.

    Columns: `side`, `kind` (in the order of KINDS), `pairs` (with a point), `ends` (pairs with an end only), `low`,
    `point`, `high` (wounded per killed: lower quarter, median, upper quarter; half of the pairs lie between).
    """
    usable = pairs[pairs["answer"].isin(SAME_PEOPLE)].dropna(subset=VALUES, how="all")
    order = {kind: place for place, kind in enumerate(KINDS)}
    rows = [
        [side, kind, some.notna().sum(), some.isna().sum(), *some.quantile([0.25, 0.5, 0.75])]
        for (side, kind), some in usable.groupby(["side", "kind"])["point"]
    ]
    table = pd.DataFrame(rows, columns=["side", "kind", "pairs", "ends", *VALUES])
    return table.sort_values(["side", "kind"], key=lambda c: c.replace(order), ignore_index=True)


def _same_people(row: Mapping[str, object], days: int) -> figures.Answer:
    """What the gate says of the two claims if both counted the killed: are they about the same people and days?"""
    names = ("side", "scope", "window", "since", "until", "status", "published")
    hurt = {name: row[name] for name in names} | {"quantity": "killed"}
    dead = {name: row.get(f"{name}_dead", row[name]) for name in names} | {"quantity": "killed"}
    return figures.comparable(hurt, dead, days=days)


def _with_values(pairs: pd.DataFrame) -> pd.DataFrame:
    dead = pairs[[f"{name}_dead" for name in VALUES]].set_axis(VALUES, axis=1)
    values = over(figures.ends(pairs), figures.ends(dead))
    values = values.sub(pairs["quantity"].eq("killed_and_wounded").astype(float), axis=0)
    # the dead are among the dead and wounded: a quotient below one contradicts itself
    impossible = (values["point"] < 0) | (values["high"] < 0)
    answers = pairs["answer"].mask(impossible, "no")
    reasons = pairs["reason"].mask(impossible, "more dead than dead and wounded")
    kept = values.where(answers.isin(SAME_PEOPLE)).assign(low=lambda v: v["low"].where(v["low"] >= 0))
    later = pairs[["until", "until_dead"]].max(axis=1)
    return pairs.assign(answer=answers, reason=reasons, until=later, **kept)


def as_figures(pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs of `wounded_per_killed` that have a value, in the schema of `figures`; one row per pair."""
    kept = pairs[pairs["answer"].isin(SAME_PEOPLE) & pairs[VALUES].notna().any(axis=1)]
    of = "wounded of " + kept["who"] + " over killed of " + kept["who_dead"]
    table = kept.assign(
        kind="estimate", quantity="ratio", scope="wounded per killed, " + kept["side"], until_precision="day",
        who="this project, wounded per killed",
        who_kind="by_name", method=of, published_precision="day", status="standing", status_from=pd.NaT,
        copies="", reports="", note=kept["reason"] + kept["counted"].map({"cases": "; cases, not persons"}).fillna(""),
    )  # fmt: skip
    return figures.validate(table[figures.COLUMNS])


def steps(ratios: pd.DataFrame, *, width: int) -> pd.DataFrame:
    """How much the level of a ratio changes at each place in its course: one row per place.

    `ratios`: spans that follow each other, with `since`, `until` and `ratio` (above zero). Columns: `until`, `since`
    (last day before the place and first day after it), `times`: the geometric mean of the `width` ratios after it over
    that of the `width` before. A change of what is counted shows as a step that no other place has; where many places
    have one as large, none can be told from the ordinary course. ValueError for fewer than two times `width` ratios.
    """
    if len(ratios) < 2 * width:
        raise ValueError(f"{len(ratios)} ratios: steps of width {width} need at least {2 * width}")
    means = np.log(ratios["ratio"]).rolling(width).mean().to_numpy()
    places = range(width, len(ratios) - width + 1)
    return pd.DataFrame(
        {
            "until": [ratios["until"].iloc[i - 1] for i in places],
            "since": [ratios["since"].iloc[i] for i in places],
            "times": [float(np.exp(means[i + width - 1] - means[i - 1])) for i in places],
        }
    )


def largest_within(places: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> tuple[float, int, int]:
    """The largest step up of `steps` between two days, how many places outside have one as large, and their number.

    Missing (NaN, 0, places outside) where no place lies between `first` and `last`.
    """
    inside = places["since"].between(first, last)
    outside, largest = places.loc[~inside, "times"], places.loc[inside, "times"].max()
    return float(largest), int((outside >= largest).sum()), len(outside)
