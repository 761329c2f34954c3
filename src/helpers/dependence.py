"""Who repeats whom: the copies of the ledger, from claimant to claimant."""

from __future__ import annotations

import pandas as pd

from helpers import claims


def copied(table: pd.DataFrame) -> pd.DataFrame:
    """Which claimant's claims repeat, or are computed from, which other's: one row per pair, most claims first.

    `table`: figures of the ledger. Columns: `source` (who made the claim at the root of the chain, see `claims.root`),
    `who` (who repeats it), `claims` (how many). A claimant who computes from an own earlier claim stands in both.
    """
    rows = table[table["copies"] != ""]
    names = table.set_index("id")["who"]
    roots = rows["id"].map(lambda claim: names[claims.root(table, claim)])
    pairs = pd.DataFrame({"source": roots, "who": rows["who"]})
    counts = pairs.value_counts(["source", "who"]).rename("claims").reset_index()
    return counts.sort_values(["claims", "source", "who"], ascending=[False, True, True], ignore_index=True)


def independent(table: pd.DataFrame, ids: list[str] | None = None) -> tuple[int, int]:
    """How many claims there are among `ids` of `table` (default: all), and how many roots stand behind them."""
    return len(table) if ids is None else len(ids), len(claims.roots(table, ids))
