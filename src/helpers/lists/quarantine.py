"""The rules by which a row of a raw list is set aside: each with its reason, in the order in which they are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.lists.formats.cells import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

AGES = (14, 90)  # years, of soldiers; outside, a number is taken for a slip of the keyboard
LIFETIME = (0, 120)  # years, of anybody
YEARS_APART = 2  # age at death and year of confirmation, each rounded, may disagree by so many years
LONGEST = 32_767  # characters, the most that a cell of a spreadsheet holds
SEXES = ("female", "male")
SET_ASIDE = "list row record_id column value reason".split()
Rule = tuple[str, str, pd.Series]

# what no cell of a list can mean, with the reason; no name, place or date begins with "="
UNREADABLE = {
    r"^=": "a formula, not a value",
    r"^#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)": "an error value of a spreadsheet program",
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]": "a control character",
    "\ufffd": "a character that was lost in conversion",
}


def set_aside(rows: pd.DataFrame, rules: Iterator[Rule]) -> pd.DataFrame:
    """One row per row of `rows` that breaks a rule, with the first that it breaks; its columns are SET_ASIDE.

    `row` is the index of `rows`, and `value` what stands in the column, cut to 200 characters.
    """
    faults = [
        pd.DataFrame({"column": column, "value": rows.loc[bad, column].map(shown), "reason": reason})
        for column, reason, broken in rules
        if (bad := broken.fillna(False).astype(bool)).any()
    ]
    if not faults:
        return pd.DataFrame(columns=SET_ASIDE).astype("str").astype({"row": "int64"})
    first = pd.concat(faults).groupby(level=0).first()
    where = rows.loc[first.index, ["list", "record_id"]].assign(row=first.index)
    return where.join(first)[SET_ASIDE].reset_index(drop=True)


def written_rules(rows: pd.DataFrame, columns: list[str]) -> Iterator[Rule]:
    """Rules about the cells as text, whatever they mean."""
    facts = [column for column in columns if column not in ("list", "record_id")]
    yield "record_id", "nothing is written in this row", (rows[facts] == "").all(axis=1)
    for column in columns:
        if (rows[column] == "").all():
            continue
        for pattern, reason in UNREADABLE.items():
            yield column, reason, rows[column].str.contains(pattern, regex=True)
        yield column, f"over {LONGEST:,} characters", rows[column].str.len() > LONGEST


def meaning_rules(
    rows: pd.DataFrame,
    spans: Mapping[str, pd.DataFrame],
    age: pd.Series,
    since: pd.Timestamp,
    until: pd.Series,
    ages: tuple[int, int],
) -> Iterator[Rule]:
    """Rules about what the cells mean.

    `spans`: their dates; `since`, `until`: first and last day of the list; `ages`: youngest and oldest in it (years).
    """
    born, died, confirmed = (spans[column] for column in ("born", "died", "confirmed"))
    low, high = ages
    lived = (died["last"].fillna(confirmed["last"]).dt.year - born["first"].dt.year).astype("Int64")
    yield "list", "no list named", rows["list"] == ""
    yield "record_id", "no record id", rows["record_id"] == ""
    yield "record_id", "record id used before", rows["record_id"].duplicated()
    for column, span in spans.items():
        yield column, "not a date", ~span["readable"]
    yield "confirmed", "day of confirmation without its day", ~confirmed["precision"].isin(["", "day"])
    yield "age", "not a whole number", (rows["age"] != "") & age.isna()
    yield "sex", f"neither {SEXES[0]} nor {SEXES[1]}", ~rows["sex"].isin(["", *SEXES])
    yield "died", "died before the war began", died["last"] < since
    yield "confirmed", "confirmed before the war began", confirmed["last"] < since
    yield "died", "died after the death was confirmed", died["first"] > confirmed["last"]
    yield "died", "died after the last day of the list", died["first"] > until
    yield "confirmed", "confirmed after the last day of the list", confirmed["first"] > until
    yield "born", "born after the last day of the list", born["first"] > until
    yield "age", f"age not between {low} and {high}", ~age.between(low, high)
    yield "born", f"year of birth makes an age not between {low} and {high}", ~lived.between(low, high + 1)
    yield "age", "age and year of birth disagree", (lived - age).abs() > YEARS_APART
