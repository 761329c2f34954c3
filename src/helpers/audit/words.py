"""The audit for a reader: a sentence for each verdict, and how many there are of what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.audit.verdicts import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Mapping

# one rule that checks many claims of one series: they stand or fall together
SUMS = "sums-of-uk-daily-averages"


def tally(judged: pd.DataFrame) -> pd.DataFrame:
    """How many of the `judged` (`audit.verdicts`) have each verdict: one row per verdict.

    Columns: `claims` (single ones), `sums of one series` (running sums by one rule, one piece of evidence together),
    `misprints by others`, and `on a premise` (how many of them rest on one that is told with the verdict).
    """
    kinds = judged["variant"].astype(bool).map({True: "misprints by others", False: "claims"})
    kinds = kinds.mask(judged["rule"] == SUMS, "sums of one series")
    table = pd.crosstab(judged["verdict"], kinds)
    premise = judged.loc[judged["premise"] != "", "verdict"].value_counts()
    columns = ["claims", "sums of one series", "misprints by others", "on a premise"]
    return table.assign(**{"on a premise": premise}).reindex(list(VERDICTS), columns=columns).fillna(0).astype(int)


def sentence(row: Mapping[str, object]) -> str:
    """One verdict in words, as Markdown: who says what, what was asked, and what came out, on which premise."""
    says = (", " if row["variant"] else " ").join(filter(None, [str(row["says"]), str(row["counts"])]))
    premise = f" *This holds if {row['premise']}.*" if row["premise"] else ""
    return (
        f"**{row['who']}: {says}.** {row['asks']} *{str(row['verdict']).capitalize()}*, from {row['since']:%Y-%m-%d} "
        f"on: {row['because']}.{premise}"
    )


def sentences(judged: pd.DataFrame, *, numbered: str = "") -> str:
    """The verdicts of `judged` as a Markdown list, one sentence each; `numbered`: the column that numbers them."""
    rows = judged.to_dict("records")
    return "\n".join(f"- {f'({row[numbered]}) ' if numbered else ''}{sentence(row)}" for row in rows)
