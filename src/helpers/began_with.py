"""The reports that this project began with, sentence by sentence in our words, and the claims that each one makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers import claims, csv_files, figures
from helpers.refusals import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE = "began_with.csv"
COLUMNS = "report sentence says claims compared note".split()


def sentences(known_on: str | pd.Timestamp = pd.Timestamp.max, folder: Path = claims.LEDGER) -> pd.DataFrame:
    """Every sentence of the reports that were published by `known_on`: one row each, reports by day of publication.

    Columns: `report` (id of reports.csv), `sentence` (its number there), `says` (what it says, in our words and without
    its numbers: these stand in the ledger), `claims` and `compared` (ids separated by spaces: the claims that it makes,
    and those of them that the comparison shows), `note` (why it makes none; empty if it does). LedgerError for a row
    that cannot be right.
    """
    rows = csv_files.read(folder / FILE, COLUMNS, error=claims.LedgerError)
    places, known = claims.reports(folder), frozenset(claims.ledger(folder)["id"])
    number = rows.groupby("report").cumcount() + 1
    told = [
        f"{FILE}, row {line}, column {fault[0]}: {fault[1]}"
        for line, (row, expected) in enumerate(zip(rows.to_dict("records"), number, strict=True), 2)
        if (fault := _fault(row, str(expected), places, known))
    ]
    if told:
        raise claims.LedgerError("\n".join(told))
    day = rows["report"].map(places["date"]).map(lambda date: figures.partial_date(date).last)
    shown = rows.assign(sentence=rows["sentence"].astype(int), day=day)[day <= pd.Timestamp(known_on)]
    return shown.sort_values("day", kind="stable", ignore_index=True)[COLUMNS]


def _fault(row: Mapping[str, str], expected: str, places: pd.DataFrame, known: frozenset[str]) -> tuple | None:
    if row["report"] not in places.index or not places["date"][row["report"]]:
        return "report", f"{quoted(row['report'])} is not a report of reports.csv with a date"
    if row["sentence"] != expected:
        return "sentence", f"is {quoted(row['sentence'])}, and {expected} comes next in this report"
    if not row["says"]:
        return "says", "is empty; say in your own words what the sentence says"
    made = row["claims"].split()
    if unknown := [one for one in made if one not in known]:
        return "claims", f"{quoted(unknown[0])} is not an id of claims.csv"
    if other := [one for one in row["compared"].split() if one not in made]:
        return "compared", f"{quoted(other[0])} is not among the claims of this sentence"
    if bool(made) == bool(row["note"]):
        return "note", "says why a sentence makes no claim; it is empty where there are claims, and only there"
    return None


def made(said: pd.DataFrame) -> pd.DataFrame:
    """The claims of the sentences `said`: `report`, `sentence`, `claim` (an id), one row per sentence and claim."""
    rows = said.assign(claim=said["claims"].str.split()).explode("claim").dropna(subset="claim")
    return rows[["report", "sentence", "claim"]].reset_index(drop=True)


def compared(folder: Path = claims.LEDGER) -> list[str]:
    """The ids of the claims that the comparison shows in every edition that knows them, in the order of the reports."""
    rows = sentences(folder=folder)["compared"].str.split().explode().dropna()
    return list(dict.fromkeys(rows))
