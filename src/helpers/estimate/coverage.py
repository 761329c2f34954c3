"""Coverage: a total from the share of the dead that a list is judged to find."""

from __future__ import annotations

import pandas as pd

from helpers import own_tables
from helpers.paths import DATA

WORDINGS = DATA / "figures" / "coverage_rules.csv"
RULE, BOTH, REPUBLICS = (
    "names over 0.65 to names over 0.45",
    "russian forces and republics",
    "fighters of the republics",
)
PRINTED = (
    "until published names printed_low printed_high low high low_rounded_to high_rounded_to states names_without "
    "names_with finds"
).split()
IN_FORCE = "published names says since low high".split()
# the day on which the BBC first printed the two shares; before, it wrote "twice" and "40 to 60 % short"
METHOD_PUBLISHED = pd.Timestamp("2024-09-20")
LOW, HIGH = 0.45, 0.65
# the estimate from the joint list has the plain id, those from its makers' own totals have these endings
OWN_LISTS = {"BBC Russian Service": "-bbc", "Mediazona": "-mediazona"}


def coverage_range(named: pd.DataFrame, *, low: float = LOW, high: float = HIGH) -> pd.DataFrame:
    """The dead behind the names, one estimate per row of `named`: names / `high` to names / `low`, no point.

    `low`, `high`: the least and the greatest share of the dead that the list is judged to hold, 0 to 1; the
    defaults are the judgement of experts printed by the BBC, not a measured rate, and not a 95 % interval.
    `named` and the answer are figures; an estimate is known on the later day of its names and of the method.
    Raises ValueError for shares outside 0 < low <= high <= 1.

    Source: BBC Russian Service, 20 September 2024 (70,112 names: 107,864-155,804).
    """
    if not 0 < low <= high <= 1:
        raise ValueError(f"coverage from {low} to {high}: allowed are shares with 0 < low <= high <= 1")
    names = named["point"]
    return named.assign(
        id=named["side"] + "-killed-coverage" + named["who"].map(OWN_LISTS).fillna(""),
        kind="estimate",
        quantity="killed",
        low=names / high,
        point=float("nan"),
        high=names / low,
        who="this project, coverage of the list",
        who_kind="by_name",
        method=f"names over {high:g} to names over {low:g}",
        published=named["published"].clip(lower=METHOD_PUBLISHED),
        published_precision="day",
        copies=named["id"],
        reports="",
        note="",
    )


def republics(known: pd.DataFrame) -> pd.DataFrame:
    """What is to be added for the fighters of the self-declared republics: the newest such claim of `known`, or no row.

    `known`: figures as known on a day. The basis of the claim (21,000 to 23,500) was never published.
    """
    told = known[known["scope"].eq(REPUBLICS) & known["quantity"].eq("killed") & known["status"].eq("standing")]
    return told.sort_values("published", kind="stable").tail(1)


def with_republics(ranges: pd.DataFrame, addition: pd.DataFrame) -> pd.DataFrame:
    """The `ranges` of `coverage_range` with the fighters of the republics added, low to low and high to high.

    `addition`: one row of `republics`; without it the ranges do not change. A sum is known on the later day.
    """
    if addition.empty:
        return ranges
    added = addition.iloc[0]
    return ranges.assign(
        id=ranges["id"] + "-and-republics",
        scope=BOTH,
        low=ranges["low"] + added["low"],
        high=ranges["high"] + added["high"],
        published=ranges["published"].clip(lower=added["published"]),
        method=ranges["method"] + f", plus {added['low']:,.0f} to {added['high']:,.0f} for the republics",
    )


def printed(known: pd.DataFrame) -> pd.DataFrame:
    """The ranges that the BBC printed by the rule, beside what the rule gives: one row per range, by day.

    `known`: figures as known on a day. Columns: `until`, `published`, `names` (the list that the claim rests on;
    missing where no list total is stated), `printed_low`, `printed_high`, `low`, `high` (the rule on those names, with
    the republics where the claim has them; people), `rounded_to` (people), `states` (whether the claim says that the
    republics are in it), `names_without`, `names_with` (the two counts of names that its ends imply if the
    republics are not in it, or are, as "low end-high end"), `finds` (whether its ends fit better with them; missing
    where no claim about the republics is known).
    """
    ranges = known["low"].notna() & known["high"].notna() & known["status"].eq("standing")
    told = known[known["method"].str.startswith(RULE) & ranges]
    if told.empty:
        return pd.DataFrame(columns=PRINTED)
    addition = republics(known)
    names = told["copies"].map(known.set_index("id")["point"])
    rows = [_beside(row, addition) for row in told.assign(names=names).to_dict("records")]
    return pd.DataFrame(rows, columns=PRINTED).sort_values(["until", "printed_low"], ignore_index=True)


def _beside(claim: dict, addition: pd.DataFrame) -> dict[str, object]:
    add_low, add_high = addition[["low", "high"]].iloc[0] if len(addition) else (float("nan"), float("nan"))
    low, high, states = claim["low"], claim["high"], claim["scope"] == BOTH
    without, with_them = (low * HIGH, high * LOW), ((low - add_low) * HIGH, (high - add_high) * LOW)
    apart = [abs(a / b - 1) for a, b in (without, with_them)]
    return {
        "until": claim["until"], "published": claim["published"], "names": claim["names"],
        "printed_low": low, "printed_high": high,
        "low": claim["names"] / HIGH + (add_low if states else 0),
        "high": claim["names"] / LOW + (add_high if states else 0),
        "low_rounded_to": _rounded_to(low), "high_rounded_to": _rounded_to(high), "states": states,
        "names_without": "{:,.0f}-{:,.0f}".format(*without),
        "names_with": "{:,.0f}-{:,.0f}".format(*with_them) if len(addition) else "",
        "finds": apart[1] < apart[0] if len(addition) else None,
    }  # fmt: skip


def _rounded_to(value: float) -> int:
    """The largest power of ten, to 1,000, of which `value` is a multiple."""
    return max(step for step in (1, 10, 100, 1000) if value % step == 0)


def wordings(known: pd.DataFrame) -> pd.DataFrame:
    """What the editors of the list said of its coverage, by day: one row per wording known.

    `known`: figures as known on a day. Columns: `claim` (id in the ledger), `published`, `low`, `high` (shares of the
    dead that the list holds, 0 to 1; one missing: only a bound), `says`. Source: data/figures/coverage_rules.csv.
    """
    rules = own_tables.read(WORDINGS).merge(known[["id", "published"]], left_on="claim", right_on="id")
    ordered = rules.sort_values("published", kind="stable", ignore_index=True)
    return ordered[["claim", "published", "low", "high", "says"]]


def in_force(totals: pd.DataFrame, rules: pd.DataFrame) -> pd.DataFrame:
    """The total by the wording that was in force on the day of each list total; one row per total that had one.

    `totals`: named figures (`published`, `point`); `rules`: `wordings`. Columns: `published`, `names`, `says`, `since`
    (of the wording), `low`, `high` (people; names over the greatest and the least share, missing where the wording is
    only a bound).
    """
    days = totals[["published", "point"]].rename(columns={"point": "names"}).sort_values("published", kind="stable")
    told = pd.merge_asof(days, rules.assign(since=rules["published"]), on="published").dropna(subset="since")
    return told.assign(low=told["names"] / told["high"], high=told["names"] / told["low"])[IN_FORCE]


def moves(total: pd.Series, rules: pd.DataFrame, addition: pd.DataFrame) -> pd.DataFrame:
    """How the total behind one list moves with the rule: one row per wording, and one more with the republics.

    `total`: a named figure. Columns: `says`, `published`, `low`, `high` (people).
    """
    ends = rules.assign(low=total["point"] / rules["high"], high=total["point"] / rules["low"])
    told = ends[["says", "published", "low", "high"]]
    if addition.empty or rules.empty:
        return told
    last, added = told.iloc[-1], addition.iloc[0]
    more = {"says": "the same, with the republics", "published": max(last["published"], added["published"])}
    more |= {end: last[end] + added[end] for end in ("low", "high")}
    return pd.concat([told, pd.DataFrame([more])], ignore_index=True)
