"""The numbers this project began with, side by side: each at its own day, beside what counts the same side's dead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers import began_with, comparison, figures

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# what may stand in one panel: one quantity of one side, in this order
QUANTITIES = ("killed", "killed_and_wounded", "wounded", "missing", "named")
SIDES = {"russia": "Russia", "ukraine": "Ukraine"}
NEAR = 31  # days: others are shown beside a claim only so near, as figures.comparable has it
MOST = 3  # of them


def first_numbers(known: pd.DataFrame, release: pd.DataFrame, known_on: str | pd.Timestamp) -> pd.DataFrame:
    """The numbers that the reports at the beginning set side by side, as far as they were known: see `beside`."""
    return beside(known, began_with.compared(), release, known_on)


def of_reports(known: pd.DataFrame, release: pd.DataFrame, known_on: str | pd.Timestamp) -> pd.DataFrame:
    """The claims of the reports at the beginning that were published by `known_on`: see `beside`."""
    return beside(known, list(began_with.made(began_with.sentences(known_on))["claim"]), release, known_on)


def beside(
    known: pd.DataFrame, ids: Sequence[str], release: pd.DataFrame, known_on: str | pd.Timestamp
) -> pd.DataFrame:
    """The claims `ids` as far as they are in `known`, each with what counts its side's dead, and its `group`.

    One row per claim, by group and day. `known`: the ledger (what came later is left out); a claim that no longer
    stands is there with its status. Columns of `comparison.beside`, and: `group` (side and quantity: what may share an
    axis), `listed`, `listed_until` (the newest total of the list about a day not after the claim's, whenever published
    by `known_on`: so many had died; people) and `near` (ids of claims by others of the same quantity within 31 days,
    nearest first). Claims of parts of a side or without a number are left out.
    """
    scopes, known = figures.codebook("scopes"), figures.known_by(known, known_on)
    whole = known["scope"].map(scopes["toll"]).eq("yes") & known["window"].isin(("cumulative", "period"))
    told = known[known["id"].isin(ids) & whole & known["quantity"].isin(QUANTITIES) & known["since"].notna()]
    lists = {side: comparison.milestones(known, side) for side in SIDES}
    sides = [_of_side(told[told["side"] == side], lists[side], release, known_on) for side in SIDES]
    table = pd.concat([some for some in sides if len(some)] or sides[:1], ignore_index=True)
    grouped = table.assign(group=_group(table), near=[near(known, row) for row in table.to_dict("records")])
    ordered = grouped.assign(order=grouped["quantity"].map(QUANTITIES.index))
    return ordered.sort_values(["order", "side", "until", "id"], ignore_index=True).drop(columns="order")


def _of_side(
    told: pd.DataFrame, totals: pd.DataFrame, release: pd.DataFrame, known_on: str | pd.Timestamp
) -> pd.DataFrame:
    ordered = told.sort_values("until", kind="stable")
    return comparison.at_own_day(ordered, totals, release, known_on).pipe(_with_listed, totals)


def _group(table: pd.DataFrame) -> pd.Series:
    return table["side"].map(SIDES).astype(object) + ": " + table["quantity"].str.replace("_", " ")


def _with_listed(told: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """`told` with the newest total of the list about a day not after the claim's; a part of the war has none."""
    newest = totals.sort_values("until", kind="stable")[["until", "point"]].set_axis(["listed_until", "listed"], axis=1)
    joined = pd.merge_asof(told, newest, left_on="until", right_on="listed_until")
    whole = joined["window"] == "cumulative"
    return joined.assign(**{name: joined[name].where(whole) for name in ("listed", "listed_until")})


def near(known: pd.DataFrame, claim: Mapping[str, object], most: int = MOST) -> list[str]:
    """The ids of the claims by others that may stand beside `claim`, nearest day first, at most `most`.

    They count the same, or people who are a part of those or of whom those are a part (`figures.comparable`), and
    neither repeat nor are worked out from another claim.
    """
    dated = known.assign(days=(known["until"] - claim["until"]).abs().dt.days)
    same = dated["quantity"].eq(claim["quantity"]) & dated["who"].ne(claim["who"]) & (dated["days"] <= NEAR)
    first = dated["copies"].eq("") & dated["kind"].eq("claim") & dated["status"].eq("standing")
    others = dated[same & first & dated["quantity"].ne("named")]
    allowed = [figures.comparable(claim, row).answer in ("yes", "part") for row in others.to_dict("records")]
    found = others.loc[pd.Series(allowed, others.index, dtype=bool)].sort_values(["days", "id"], kind="stable")
    return list(found["id"].head(most))


def in_words(table: pd.DataFrame, known: pd.DataFrame, *, late: pd.Timestamp = pd.NaT) -> pd.DataFrame:
    """The comparison as a reader wants it: one row per claim of `beside`, every cell a text, indexed by its id.

    Columns: `counted` (side and quantity), `who`, `as of`, `claim`, `names then` (published by that day, with the day
    of the list), `names to date` (of those who had died by that day: by day of death, or the newest list of a day
    before), `estimate` (the registry's dead to that day; while none reaches it, the range by stated coverage),
    `wounded per killed` (of a claim of both, beside the registry's dead), `others` (within 31 days), `status` (empty:
    it stands). `known`: the ledger; `late`: from which day on names to date are provisional.
    """
    words, rows = comparison.in_words(table, late=late), table.to_dict("records")
    named = table["quantity"].eq("named")
    return pd.DataFrame(
        {
            "counted": table["group"],
            "who": words["who"],
            "as of": words["until"],
            "claim": words["says"],
            # a total of the list itself was what was known that day
            "names then": words["named then (list of)"].mask(named, ""),
            "names to date": words["named by now"].mask(words["named by now"].eq(""), [_listed(row) for row in rows]),
            "estimate": [
                _estimate(row, *told)
                for row, *told in zip(rows, words["probate registry"], words["by coverage"], strict=True)
            ],
            "wounded per killed": comparison.relations_in_words(table)["wounded per killed"],
            "others": [_others(row["near"], known) for row in rows],
            "status": [_status(row) for row in rows],
        }
    ).set_index(table["id"])


def _listed(row: Mapping[str, object]) -> str:
    if pd.isna(row["listed"]) or row["quantity"] == "named":
        return ""
    return f"at least {row['listed']:,.0f} (list of {row['listed_until']:%Y-%m-%d})"


def _estimate(row: Mapping[str, object], registry: str, rule: str) -> str:
    if registry:
        scope = row["probate_scope"] if row["probate_scope"] != row["scope"] else ""
        return f"{registry} killed, registry" + f" ({scope})" * bool(scope)
    return f"{rule} killed, stated coverage" if rule else ""


def _others(ids: Sequence[str], known: pd.DataFrame) -> str:
    rows = known.set_index("id").loc[list(ids)].to_dict("records")
    return "; ".join(_other(row) for row in rows)


def _other(row: Mapping[str, object]) -> str:
    of = f", {row['scope']}," if row["scope"] != comparison.WHOLE_LIST[row["side"]] else ""
    return f"{row['who'].split(' (')[0]}{of} {figures.amount(row)} ({figures.when(row)})"


def _status(row: Mapping[str, object]) -> str:
    if row["status"] == "standing":
        return ""
    return row["status"] if pd.isna(row["status_from"]) else f"{row['status']} {row['status_from']:%Y-%m-%d}"


def picture(words: pd.DataFrame) -> str:
    """What the picture of the comparison shows, in words: every claim by group, with what stands beside it.

    `words`: `in_words`.
    """
    groups = [
        f"{name}: " + "; ".join(_line(row) for row in rows.to_dict("records"))
        for name, rows in words.groupby("counted", sort=False)
    ]
    return ". ".join(groups) + "." if groups else "None of these numbers was known."


def _line(row: Mapping[str, str]) -> str:
    """One claim in words; names are named only beside the dead, for they are no part of another quantity."""
    told = {name: row[name] for name in ("names then", "names to date", "estimate")}
    beside_it = [f"{name} {text}" for name, text in told.items() if text and row["counted"].endswith(": killed")]
    more = ", ".join(beside_it)
    status = f", {row['status']}" if row["status"] else ""
    return f"{row['who'].split(' (')[0]} {row['claim']} as of {row['as of']}{status}" + f" ({more})" * bool(more)


def reading(table: pd.DataFrame) -> str:
    """What the comparison says, in Markdown: which claims of the killed the names contradict."""
    dead = table[table["quantity"] == "killed"]
    if table.empty:
        return "*None of the numbers that this project began with was known by this day.*"
    floor = dead[["named_then", "listed", "named_now_low"]].max(axis=1)
    low = figures.ends(dead)["high"] < floor
    told = "; ".join(
        f"{row['who'].split(' (')[0]}, {figures.amount(row)} to {figures.when(row)}, {least:,.0f} names or more"
        for row, least in zip(dead[low].to_dict("records"), floor[low], strict=True)
    )
    said = f"**{int(low.sum())} of {len(dead)} claims of the killed lie below the names of those who had died by then**"
    return f"{said}{': ' if told else ''}{told}. A claim above the names may still be wrong: names are a lower bound."


def summary(first: pd.DataFrame, newest: pd.DataFrame, *, late: pd.Timestamp = pd.NaT) -> pd.DataFrame:
    """The claims of `first` (`beside`) and the `newest` of each claimant in words: one row per claim, `first` on top.

    Columns: `side`, those of `comparison.in_words` and `comparison.relations_in_words`, `began with` and `newest` (yes
    or empty: why it is here) and `status`.
    """
    both = pd.concat([first, newest], ignore_index=True).drop_duplicates("id", ignore_index=True)
    words = comparison.in_words(both, late=late)
    related = comparison.relations_in_words(both, late=late).drop(columns=words.columns, errors="ignore")
    yes = {"began with": both["id"].isin(first["id"]), "newest": both["id"].isin(newest["id"])}
    why = {name: is_in.map({True: "yes", False: ""}) for name, is_in in yes.items()}
    return pd.concat([both["side"], words, related], axis=1).assign(
        **why, status=[_status(row) for row in both.to_dict("records")]
    )
