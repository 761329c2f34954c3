"""Checks: what an estimate assumes, and whether the data bear it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers import texts

if TYPE_CHECKING:
    from collections.abc import Iterable

HELD, FAILED, INFORMATIONAL = "held", "failed", "informational"
RESULTS = (HELD, FAILED, INFORMATIONAL)


class Check(NamedTuple):
    """One assumption, its `result` (held, failed, or informational where data cannot decide), and one sentence."""

    assumption: str
    result: str
    says: str


def check(assumption: str, held: bool | None, says: str) -> Check:
    """The assumption as held or failed; informational where `held` is None. `says`: one sentence with the figures."""
    return Check(assumption, INFORMATIONAL if held is None else HELD if held else FAILED, says)


def as_table(checks: Iterable[Check]) -> pd.DataFrame:
    """The checks to be read, one row each: `assumption` (index), `result`, `what was found`.

    ValueError for a result that is none of held, failed and informational.
    """
    table = pd.DataFrame(list(checks), columns=Check._fields)
    wrong = table[~table["result"].isin(RESULTS)]
    if len(wrong):
        row = wrong.iloc[0]
        raise ValueError(f"the check '{row['assumption']}' ends in '{row['result']}': allowed are {', '.join(RESULTS)}")
    return table.set_index("assumption").rename(columns={"says": "what was found"})


def failed(table: pd.DataFrame) -> list[str]:
    """What failed, a sentence per check of a table with `assumption`, `result` and `says`; it stands by the number."""
    rows = table[table["result"] == FAILED]
    return [f"the check '{one.assumption}' failed. {one.says}" for one in rows.itertuples()]


def in_words(checks: Iterable[Check]) -> str:
    """The checks as a list in Markdown, one line each: the result, the assumption, and what was found."""
    found = as_table(checks).map(texts.in_markdown)
    lines = [
        f"- *{row['result']}*: **{texts.in_markdown(name)}.** {row['what was found']}" for name, row in found.iterrows()
    ]
    return "\n".join(lines)
