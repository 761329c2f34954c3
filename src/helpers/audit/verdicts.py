"""From tries to one verdict on each claim, and on each figure of the reports that the project began with."""

from __future__ import annotations

import pandas as pd

from helpers import claims
from helpers.audit.arithmetic import number
from helpers.audit.inputs import day_of
from helpers.audit.rules import ALIKE

VERDICTS = ("reproduced", "consistent", "not reproduced", "contradicted", "not checkable")
# the reports that the project began with, and the rows of the input `seeds` that were read in each
SEEDS = (
    ("report-2024-02-24-45000-identified", 1, 4),
    ("report-2025-05-05-27-per-kilometre", 5, 18),
    ("kyivindependent-2024-04-21", 19, 26),
    ("spacewar-2025-02-25", 27, 38),
    ("report-2025-05-05-heavy-casualties", 39, 47),
)


KEYS = ["rule", "claim", "who", "says", "counts", "variant", "published", "asks"]


def verdicts(tried: pd.DataFrame) -> pd.DataFrame:
    """The verdict on each claim of `tries`, one row per rule and claim, in the order of the rules.

    Columns: `rule`, `claim`, `who`, `says`, `counts`, `variant`, `published`, `asks`, `verdict` (one of VERDICTS),
    `since` (the day from which the verdict could be given), `premise` (what the verdict rests on besides; empty:
    nothing doubtful), `because` (the arithmetic that decides, how far off the claim may be, and what is known of it).
    *Contradicted*: a test failed that a true claim cannot fail, on whatever day known. *Reproduced*: its printed
    inputs give it. *Not reproduced*: a test failed; tries marked as guesses (the claim prints no inputs) never
    reproduce. *Consistent*: every test passed with what was known on its own day. *Not checkable*: none could be made.
    """
    rows = [dict(zip(KEYS, key, strict=True)) | _verdict(some) for key, some in tried.groupby(KEYS, sort=False)]
    return pd.DataFrame(rows, columns=[*KEYS, "verdict", "since", "premise", "because"])


def _verdict(some: pd.DataFrame) -> dict[str, object]:
    made = some[some["test"] != ""]
    published, note = some["published"].iloc[0], some["note"].iloc[0]
    fits, guess = made["fits"].astype(bool), made["guess"].astype(bool)
    # of contradictions the one that rests on no premise comes first
    wrong = made[~fits & made["fails"].eq("contradicted")].sort_values("premise", key=lambda p: p != "", kind="stable")
    right = made[fits & ~guess & (made["test"].eq("equals") | made["reproduces"].astype(bool))]
    then, equal = made[made["known"] <= published], made["test"].eq("equals")
    for verdict, rows in (("contradicted", wrong), ("reproduced", right), ("not reproduced", made[~fits])):
        if len(rows):
            near = _near(made[fits & equal], int(equal.sum())) if verdict == "not reproduced" else ""
            firm = rows[rows["premise"].eq(rows["premise"].iloc[0])]
            first = firm.sort_values("known", kind="stable").iloc[0]
            return _given(verdict, first, near, note, published)
    if len(then):
        return _given("consistent", then.iloc[0], "", note, published)
    waits = f"what it could be checked with was public only from {made['known'].min():%Y-%m-%d}" if len(made) else note
    because = waits or "its inputs were not public yet"
    return {"verdict": "not checkable", "since": published, "premise": "", "because": because}


def _near(fitting: pd.DataFrame, tried: int) -> str:
    """How many tries come near, and the first of them."""
    if fitting.empty:
        return f"none of {tried} tries gives it" if tried > 1 else ""
    return f"{len(fitting)} of {tried} tries come{'s' if len(fitting) == 1 else ''} near: {_how(fitting.iloc[0])}"


HELD = {
    "equals": "{result}{off}", "at least": "{claimed} is not below {result}{off}",
    "at most": "{claimed} is not above {result}{off}", "between": "{claimed} lies within {result}{off}",
    "same quantity": "{claimed}, as there", "same days": "{claimed}, as there{off}",
    "same people": "{claimed}, as there",
}  # fmt: skip
FAILED = {
    "equals": "{result}, not {claimed}{off}", "at least": "{claimed} is below {result}{off}",
    "at most": "{claimed} is above {result}{off}", "between": "{claimed} lies outside {result}{off}",
    "same quantity": "it prints {claimed} where its source has {gives}",
    "same days": "it prints {claimed} where its source has {gives}{off}",
    "same people": "it prints {claimed} where its source has {gives}",
}  # fmt: skip


def _how(row: pd.Series) -> str:
    """The arithmetic of one try in words, how far off the claim may be, and what the try means."""
    arithmetic, gives, claimed = row["arithmetic"], row["gives"], row["claimed"]
    result = arithmetic if arithmetic == gives or row["test"] in ALIKE else f"{arithmetic} = {gives}"
    unit = " days" if row["test"] == "same days" else ""
    off = f", give or take {number(row['tolerance'])}{unit}" if row["tolerance"] else ""
    # "more than" and "up to" have an end that nothing can pass
    if row["fits"] and row["test"] == "at least" and claimed.startswith("over "):
        return f"{claimed} leaves room for {result}{off}" + _means(row)
    words = (HELD if row["fits"] else FAILED)[row["test"]]
    return words.format(result=result, gives=gives, claimed=claimed, off=off) + _means(row)


def _means(row: pd.Series) -> str:
    return f" ({row['means']})" if row["means"] else ""


def _given(verdict: str, row: pd.Series, near: str, note: str, published: pd.Timestamp) -> dict[str, object]:
    because = "; ".join(filter(None, [_how(row), near, note]))
    since = max(published, row["known"])
    return {"verdict": verdict, "since": since, "premise": row["premise"], "because": because}


def seeds(judged: pd.DataFrame, known_on: str | pd.Timestamp) -> pd.DataFrame:
    """The verdict on every figure of the reports that the project began with, of those published by `known_on`.

    One row per row of the input `seeds`. Columns: `seed` (id of the report), `title` (its day and title), `row`
    (number in the input), and those of `verdicts`. LookupError for a figure that no rule checks.
    """
    places = claims.reports()
    rows = claims.inputs().query("input == 'seeds'").set_index("row")["claims"]
    printed = judged[~judged["variant"].astype(bool)].set_index("claim")
    read = [(seed, row) for seed, first, last in SEEDS for row in range(first, last + 1)
            if day_of(places["date"][seed]) <= pd.Timestamp(known_on)]  # fmt: skip
    if missing := [rows[row] for _, row in read if rows[row] not in printed.index]:
        raise LookupError(f"checks.toml has no rule for {', '.join(missing)}: add one, if only with a note")
    found = printed.loc[[rows[row] for _, row in read]].reset_index()
    titles = [f"{places['date'][seed]}: {places['title'][seed]}" for seed, _ in read]
    return found.assign(seed=[seed for seed, _ in read], title=titles, row=[row for _, row in read])[
        ["seed", "title", "row", *judged.columns]
    ]
