"""The review of the ledger against public pages: what it found, and what of it the ledger does not have yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.claims import LEDGER

if TYPE_CHECKING:
    from pathlib import Path

KEYS = {"claims": ["id"], "reports": ["id"], "streams": ["stream", "who", "quantity", "window"]}


def corrections(folder: Path = LEDGER) -> pd.DataFrame:
    """What pages contradict or complete, one row per cell of the ledger; columns: data/README.md, claims/review/.

    `table` says which table of the ledger, `now` what stands in that cell (missing where there is no such row), and
    `open` whether it differs from `new`.
    """
    rows = _read(folder / "review" / "corrections.csv")
    table = rows["id"].str.extract(r"^(reports|streams)\.csv:", expand=False).fillna("claims")
    cells = {name: _cells(_read(folder / f"{name}.csv"), keys) for name, keys in KEYS.items()}
    keys = rows["id"].str.replace(r"^(?:reports|streams)\.csv:", "", regex=True)
    now = [cells[name].get((key, column)) for name, key, column in zip(table, keys, rows["column"], strict=True)]
    return rows.assign(table=table, now=now).assign(open=lambda t: t["now"] != t["new"])


def missing(folder: Path = LEDGER) -> pd.DataFrame:
    """The claims that the review found and the ledger does not have, in the columns of claims.csv; one row each."""
    found = _read(folder / "review" / "claims.csv")
    return found[~found["id"].isin(_read(folder / "claims.csv")["id"])].reset_index(drop=True)


def _read(file: Path) -> pd.DataFrame:
    return pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8")


def _cells(table: pd.DataFrame, keys: list[str]) -> dict[tuple[str, str], str]:
    rows = zip(table[keys].agg(" | ".join, axis=1), table.to_dict("records"), strict=True)
    return {(name, column): cell for name, row in rows for column, cell in row.items()}
