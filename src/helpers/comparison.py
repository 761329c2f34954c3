"""The comparison: beside each claim, at its own day, everything that counts the same dead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers import figures, series
from helpers.estimate.coverage import coverage_range
from helpers.lists import named

if TYPE_CHECKING:
    from collections.abc import Iterable

# the lists whose totals stand beside the claims about each side
NAMED_BY = {
    "russia": ("Mediazona and BBC Russian Service", "BBC Russian Service", "Mediazona"),
    "ukraine": ("UALosses",),
}
WHOLE_LIST = {"russia": named.WHOLE_LIST, "ukraine": "soldiers"}
# claimants whose newest claim the pictures name
LABELLED = (
    "this project, excess deaths", "Russian Ministry of Defence", "Volodymyr Zelensky", "Meduza and Mediazona",
    "BBC Russian Service",
    "CSIS", "IISS", "UK Ministry of Defence", "Donald Trump (US President)", "Lloyd Austin (US Secretary of Defense)",
    "Kobak et al.", "General Staff of Ukraine", "Yuri Butusov",
)  # fmt: skip
COUNTED = ("killed", "killed_and_wounded")
NAMED_NOW = {"low": "named_now_low", "point": "named_now", "high": "named_now_high"}
PROBATE = {"low": "probate_low", "point": "probate", "high": "probate_high"}
COVERAGE = ["coverage_low", "coverage_high"]
NAMED_THEN = ["named_then", "named_then_until", *COVERAGE]


def milestones(table: pd.DataFrame, side: str) -> pd.DataFrame:
    """The totals of the named list of `side` as they were published: figures, one row per total, by day.

    A total that was made public after a newer one is left out: on no day was it the newest that was known. So is one
    of an unknown day of its month that is below an earlier known total: it belongs before it. A rounded repetition
    of an exact total, or a total worked back from an estimate (`copies`), is no total of its own.
    """
    is_total = (
        table["quantity"].eq("named")
        & table["window"].eq("cumulative")
        & table["scope"].eq(WHOLE_LIST[side])
        & table["who"].isin(NAMED_BY[side])
        & table["status"].eq("standing")
        & table["copies"].eq("")
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
    What no longer stands (superseded, retracted, doctored, hoax) only if `withdrawn`. Of an estimate of ours the newest
    version.
    """
    scopes = figures.codebook("scopes")
    told = (
        table["quantity"].isin(COUNTED)
        & table["side"].eq(side)
        & table["window"].isin(("cumulative", "period"))
        & table["scope"].isin(scopes.index[scopes["toll"] == "yes"])
    )
    shown = told if withdrawn else told & table["status"].eq("standing")
    rows = table[shown & table["since"].notna()].sort_values(["until", "quantity", "id", "published"])
    return rows.drop_duplicates("id", keep="last").reset_index(drop=True)


def beside(table: pd.DataFrame, side: str, release: pd.DataFrame, known_on: str | pd.Timestamp) -> pd.DataFrame:
    """Each claim about `side`, and what counts the dead over the claim's own window; one row per claim.

    `table`: figures (claims); `release`: the published series (`series.read`); only what was known on `known_on`
    enters. Beside the columns of the figure stand, all in people: `value` (where the claim is drawn);
    `named_then` and `named_then_until` (the named list as known on that day, and the day of that total; for
    cumulative claims); `coverage_low`, `coverage_high` (`named_then` by the coverage rule, which was judged for
    Russia's list alone); `named_now_low`, `named_now`, `named_now_high` (the dead from `since` to `until` whose names
    are known by `known_on`: the series is known by week or month, see `series.between`);
    `probate_low`, `probate`, `probate_high` (the registry's estimate of them, the bounds of its spans added up) and
    `probate_scope` (whom it counts). `answer`, `reason` say how the claim compares with names, `probate_answer`,
    `probate_reason` how with the registry's dead (`figures.comparable`). Missing where it was not known or does not
    reach to that day.
    """
    known = figures.known_by(table, known_on)
    return at_own_day(claims_to_compare(known, side), milestones(known, side), release, known_on)


def at_own_day(
    told: pd.DataFrame, totals: pd.DataFrame, release: pd.DataFrame, known_on: str | pd.Timestamp
) -> pd.DataFrame:
    """The figures `told` about one side, sorted by `until`, with what counts its dead over their own windows.

    `totals`: that side's `milestones`. Columns as in `beside`; one row per figure.
    """
    side = told["side"].iloc[0] if len(told) else ""
    told = told.assign(value=figures.middle(told)).pipe(_with_named_then, totals, known_on)
    for name, columns in (("named", NAMED_NOW), ("probate", PROBATE)):
        newest = series.vintage(release[release["side"] == side], name, known_on)
        dead = series.between(newest, told["since"], told["until"])
        told = told.assign(**{new: dead[old] for old, new in columns.items()})
    scope = newest["scope"].iloc[0] if len(newest) else ""
    return told.assign(probate_scope=scope).pipe(_with_answers)


def _with_named_then(told: pd.DataFrame, totals: pd.DataFrame, known_on: str | pd.Timestamp) -> pd.DataFrame:
    rule = coverage_range(totals)
    # the rule is applied to old totals too, once it is known at all
    rule = rule.where((rule["published"] <= pd.Timestamp(known_on)) & (rule["side"] == "russia"))
    then = totals[["published", "point", "until"]].assign(low=rule["low"], high=rule["high"])
    then.columns = ["known", *NAMED_THEN]
    beside_each = pd.merge_asof(told, then, left_on="until", right_on="known").drop(columns="known")
    whole_war = beside_each["window"] == "cumulative"
    return beside_each.assign(**{name: beside_each[name].where(whole_war) for name in NAMED_THEN})


def _with_answers(told: pd.DataFrame) -> pd.DataFrame:
    rows = told.to_dict("records")
    names = [_asked(row, row["quantity"], quantity="named", scope=WHOLE_LIST[row["side"]]) for row in rows]
    # of a claim of killed and wounded only the people are asked about: the quantity is bridged by a stated ratio
    registry = [_asked(row, "killed", quantity="killed", scope=row["probate_scope"]) for row in rows]
    return told.assign(
        answer=[a.answer for a in names],
        reason=[a.reason for a in names],
        probate_answer=[a.answer for a in registry],
        probate_reason=[a.reason for a in registry],
    )


def _asked(claim: dict, counted: str, *, quantity: str, scope: str) -> figures.Answer:
    """What the gate says of a claim, read as `counted`, beside people of `scope` over the same days."""
    if not scope:
        return figures.Answer("no", "nothing was published")
    other = claim | {"quantity": quantity, "scope": scope, "status": "standing"}
    return figures.comparable(claim | {"quantity": counted}, other, with_withdrawn=True)


def ratios(compared: pd.DataFrame) -> pd.DataFrame:
    """How many times the claim is what stands beside it; one row per claim about the dead alone.

    Columns: `id` and, for each base (`named_then`, `named_now`, `probate`), `to_<base>_low`, `to_<base>`,
    `to_<base>_high`: the claim's low end over the base's high bound, point over point, high end over low bound; only
    one end where the claim has only one. Missing where the gate refuses: killed and wounded are no multiple of the
    dead, a claim about men of an age not wider than the base's is none of all of them, and a total of the list that
    was more than 31 days old on the day of the claim stands beside it and divides nothing.
    """
    told = compared[compared["quantity"] == "killed"]
    floor = told["answer"] == "floor"
    fresh = floor & figures.days_within(told["until"], told["named_then_until"])
    below = {"named_then": (["named_then"] * 3, fresh), "named_now": (list(NAMED_NOW.values()), floor)}
    names = [_over(told, base, columns, allowed) for base, (columns, allowed) in below.items()]
    registry = _over(told, "probate", list(PROBATE.values()), _holds_the_registrys_dead(told))
    return pd.concat([told[["id"]], *names, registry], axis=1)


def _over(told: pd.DataFrame, base: str, below: list[str], allowed: pd.Series) -> pd.DataFrame:
    """The claims over three columns of the comparison (low, point, high), where `allowed`."""
    ends, (low, point, high) = figures.ends(told), below
    times = {"_low": ends["low"] / told[high], "": ends["point"] / told[point], "_high": ends["high"] / told[low]}
    return pd.DataFrame({f"to_{base}{end}": values.where(allowed) for end, values in times.items()}, told.index)


def _holds_the_registrys_dead(told: pd.DataFrame) -> pd.Series:
    """Whether the people of the claim include all whom the registry's estimate counts."""
    inside = [
        answer in ("yes", "part") and scope in figures.wider_scopes(counted)
        for answer, scope, counted in told[["probate_answer", "scope", "probate_scope"]].itertuples(index=False)
    ]
    return pd.Series(inside, told.index, dtype=bool)


def implied_wounded(compared: pd.DataFrame) -> pd.DataFrame:
    """How many wounded per killed a claim of killed and wounded implies; one row per claim beside which it stands.

    Columns: `id`, `low`, `point`, `high`: (claim - killed) / killed with the dead by the probate estimate to the
    claim's day; `low` takes the claim's low end and the estimate's high bound, `high` the reverse; only one end where
    the claim has only one.
    """
    told = compared[compared["quantity"].eq("killed_and_wounded") & compared["probate"].notna()]
    times = _over(told, "dead", list(PROBATE.values()), _holds_the_registrys_dead(told)) - 1
    return pd.concat([told[["id"]], times.set_axis(series.VALUES, axis=1)], axis=1)


def certain(compared: pd.DataFrame) -> pd.Series:
    """The most people of the claim's side who are certainly among the dead to its day: the larger of two counts.

    Names known that day, and names known by now of those who died to that day, at their low end. Missing where neither
    is known, and for a part of the war, where no names of that day stand, only the latter.
    """
    return compared[["named_then", "named_now_low"]].max(axis=1)


def against_the_floor(compared: pd.DataFrame) -> pd.DataFrame:
    """The claims about a side's dead that can be held against names: columns `floor` (people) and `below` more.

    `floor`: see `certain`; `below`: whether the claim's highest end is below it. Only claims that the gate lets stand
    beside names (`answer` is floor), whose day is known: not those about men of certain ages. A mere "more than" has no
    highest end and is never below.
    """
    told = compared.assign(floor=certain(compared))
    asked = told["answer"].eq("floor") & told["quantity"].eq("killed") & told["until_precision"].eq("day")
    told = told[asked & told["floor"].notna()].reset_index(drop=True)
    return told.assign(below=figures.ends(told)["high"] < told["floor"])


def newest_of_each(told: pd.DataFrame, claimants: Iterable[str] = LABELLED) -> list[str]:
    """The ids of the newest claim of each of `claimants`, sorted by name of the claimant."""
    theirs = told.assign(value=figures.middle(told)).sort_values(["until", "published", "value"], kind="stable")
    theirs = theirs[theirs["who"].isin(list(claimants))]
    return theirs.groupby("who")["id"].last().tolist()


def as_multiples(compared: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The claims about the dead as multiples of one base, and the name of that base.

    One row per claim that has one (see `ratios`); the columns of the figure, with `low`, `point`, `high` in times. The
    base is the registry's estimate to the claim's day or, while none was published, the names known that day.
    """
    times = compared.drop(columns=series.VALUES).merge(ratios(compared), on="id")
    registry = times["to_probate_low"].notna() | times["to_probate_high"].notna()
    column, base = ("probate", _registry(times)) if registry.any() else ("named_then", "the names known that day")
    names = {f"to_{column}_low": "low", f"to_{column}": "point", f"to_{column}_high": "high"}
    shown = times.rename(columns=names)
    return shown[shown[series.VALUES].notna().any(axis=1)].reset_index(drop=True), base


def _registry(compared: pd.DataFrame) -> str:
    return f"the registry's dead, {compared['probate_scope'].iloc[0]}"


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


def in_words(compared: pd.DataFrame, *, late: pd.Timestamp = pd.NaT) -> pd.DataFrame:
    """What stands beside each claim, as a newspaper would print it: one row per claim, every cell a text.

    Columns: `who`, `counts`, `of`, `until`, `says` (see `figures.in_words`); `named then (list of)`, `by coverage`,
    `named by now` and `probate registry` (see `beside`); empty where not known. `late`: the day from which on the
    names by day of death are provisional (`estimate.provisional`); `named by now` to such a day is marked.
    """
    ranges = [compared[list(names)].itertuples(index=False) for names in (COVERAGE, PROBATE.values())]
    now = _spans(compared[list(NAMED_NOW.values())], "{:,.0f}")
    return figures.in_words(compared)[["who", "counts", "of", "until", "says"]].assign(
        **{
            "named then (list of)": [
                f"{count:,.0f} ({day:%Y-%m-%d})" if pd.notna(count) else ""
                for count, day in compared[["named_then", "named_then_until"]].itertuples(index=False)
            ],
            "by coverage": [figures.span(low, float("nan"), high) for low, high in ranges[0]],
            "named by now": _marked(now, compared["until"], late),
            "probate registry": [figures.span(*values) for values in ranges[1]],
        }
    )


def relations_in_words(compared: pd.DataFrame, *, late: pd.Timestamp = pd.NaT) -> pd.DataFrame:
    """How each claim relates to what stands beside it, as a newspaper would print it: one row per claim.

    Columns: `who`, `counts`, `of`, `until`, `says` (see `figures.in_words`); `times names then`, `times names by now`
    and `times registry` (see `ratios`), `wounded per killed` (see `implied_wounded`), each with its range. `late`: as
    in `in_words`; `times names by now` is marked.
    """
    times, wounded = ratios(compared).set_index("id"), implied_wounded(compared).set_index("id")
    bases = {"times names then": "named_then", "times names by now": "named_now", "times registry": "probate"}
    told = {
        name: _spans(times[[f"to_{base}_low", f"to_{base}", f"to_{base}_high"]], "{:.2f}")
        for name, base in bases.items()
    } | {"wounded per killed": _spans(wounded[series.VALUES], "{:.1f}")}
    columns = {name: compared["id"].map(texts).astype(object).fillna("") for name, texts in told.items()}
    columns["times names by now"] = _marked(columns["times names by now"], compared["until"], late)
    return figures.in_words(compared)[["who", "counts", "of", "until", "says"]].assign(**columns)


def _spans(table: pd.DataFrame, form: str) -> pd.Series:
    texts = [figures.span(*values, form=form) for values in table.itertuples(index=False)]
    return pd.Series(texts, table.index, dtype=object)


def _marked(texts: pd.Series, until: pd.Series, late: pd.Timestamp) -> pd.Series:
    """`texts`, with a word where they tell of a day from `late` on: many of its names are still to come."""
    return texts.mask((until >= late) & texts.ne(""), texts + ", provisional")


def without_empty(told: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The table without the columns in which nothing stands, and the sentence that names them ("" if there is none)."""
    empty = [name for name in told.columns if len(told) and (told[name] == "").all()]
    return told.drop(columns=empty), f"Not known for any of these claims by this day: {', '.join(empty)}." * bool(empty)
