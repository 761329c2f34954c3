"""The bottom line of the comparison, in words: what is certain, what is estimated and why unlike, who is below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers import comparison, figures, series
from helpers.estimates import AND_MISSING, CARRIED, NAMED, PART, POOLED, REGISTRY, RULE, WHOLE

if TYPE_CHECKING:
    import pandas as pd

DEPENDENT = "Where they agree it proves little: all of them rest on the same list."
WHY = {
    RULE: "the *stated coverage* is a judgement of experts with no measurement behind it",
    CARRIED: "the *coverage carried on* takes the share that the registry implied last, and ages with it",
    POOLED: "the *pooled claims* follow those who claim, and their range is that of one more claim, not of the truth",
}


def in_words(grouped: pd.DataFrame, compared: pd.DataFrame) -> str:
    """The bottom line on Russia's dead, in Markdown: one paragraph for each part.

    `grouped`: `estimates.grouped` of Russia's side; `compared`: `comparison.beside` of all claims about it.
    """
    ours = grouped[grouped["who_kind"].eq("by_name") & grouped["quantity"].eq("killed")]
    parts = [certain(grouped), estimated(ours), apart(ours), below(compared, "Russia's")]
    return "\n\n".join(filter(None, parts))


def certain(grouped: pd.DataFrame) -> str:
    """What is known for certain: the newest total of the list."""
    names = grouped[grouped["group"] == NAMED]
    if names.empty:
        return "**Certain:** no total of a list of names was known."
    last = names.iloc[-1]
    return f"**Certain:** {figures.about(last['point'])} of the dead are known by name (list of {figures.when(last)})."


def estimated(ours: pd.DataFrame) -> str:
    """What our estimates say, those of all forces before those of men of certain ages, and what the former share."""
    told = [
        f"of {whom}, {'; '.join(_value(row) for row in some.to_dict('records'))}"
        for name, whom in ((WHOLE, "all of Russia's forces"), (PART, "men of certain ages"))
        if len(some := ours[ours["group"] == name])
    ]
    if not told:
        return "**Estimated:** no estimate of all who were killed could be made by this day."
    return f"**Estimated:** {'. And '.join(told)}. {shared(ours[ours['group'] == WHOLE])}".strip()


def _value(row: dict[str, object]) -> str:
    # more digits than thousands would say more than is known
    value = figures.span(*(round(row[name], -3) for name in series.VALUES))
    scope = f" ({row['scope']})" if row["group"] == PART else ""
    return f"{value}{scope} to {figures.when(row)} by *{row['how']}*"


def shared(whole: pd.DataFrame) -> str:
    """What the ranges of estimates of the same people to nearly the same day have in common; "" for fewer than two.

    Which may be held against each other the gate says (`figures.comparable`); of several such sets the largest is told.
    """
    rows = whole.to_dict("records")
    near = [[figures.comparable(row, other).answer == "yes" for other in rows] for row in rows]
    among = whole[max(near, key=sum)] if rows else whole
    if len(among) < 2:
        return ""
    low, high = among["low"].max().round(-3), among["high"].min().round(-3)
    names = f"The ranges by {' and '.join(f'*{how}*' for how in among['how'])}, about nearly the same day,"
    meet = f"have {low:,.0f}–{high:,.0f} in common" if low <= high else "have no number in common"
    return f"{names} {meet}. {DEPENDENT}"


def apart(ours: pd.DataFrame) -> str:
    """Why the estimates differ: one reason for each kind that is there; "" for fewer than two estimates."""
    point, scopes = ours.set_index("how")["point"], ours.loc[ours["group"] == PART, "scope"].unique()
    reasons = ["each is to a day of its own, and the dead grow"] * (ours["until"].nunique() > 1)
    reasons += [f"some count only {' or '.join(scopes)}"] * bool(len(scopes))
    if AND_MISSING in point.index:
        added = round(point[AND_MISSING] - point[REGISTRY], -2)
        reasons.append(f"the missing, about {added:,.0f} people, are in one total of the registry and not in the other")
    reasons += [why for how, why in WHY.items() if how in point.index]
    return f"**Why they differ:** {'; '.join(reasons)}." if len(ours) > 1 else ""


def below(compared: pd.DataFrame, whose: str) -> str:
    """Which claims about all of a side's dead contradict the names: their highest end is below what is certain."""
    told = comparison.against_the_floor(compared)
    listed = "; ".join(
        f"{row['who'].split(' (')[0]}, {figures.amount(row)} to {figures.when(row)} ({row['floor']:,.0f} names or more)"
        for row in told[told["below"]].to_dict("records")
    )
    verdict = f"{told['below'].sum()} of {len(told)} claims about {whose} dead that can be held against names"
    return f"**Below the names:** {verdict}{': ' if listed else ''}{listed}."


def picture(grouped: pd.DataFrame) -> str:
    """The words for a picture of `grouped` figures: the groups, and in each every figure with its day."""
    told = [
        f"{name}: " + "; ".join(f"{row['how']} {figures.amount(row)} to {figures.when(row)}" for row in rows)
        for name, some in grouped.groupby("group", sort=False)
        if (rows := some.to_dict("records"))
    ]
    return ". ".join(told) + "." if told else "No figure was known."
