"""The register of ids: every id that was ever published, and what became of it. None is used for another figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers import figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

COLUMNS = "id kind since became to reason".split()
KINDS = ("claim", "estimate")
STANDS, RENAMED, MERGED, WITHDRAWN = "stands", "renamed to", "merged into", "withdrawn"
BECAME = (STANDS, RENAMED, MERGED, WITHDRAWN)
FOLLOWED = (RENAMED, MERGED)


def read(file: Path) -> pd.DataFrame:
    """Every id ever published, in the order of publication: `id`, `kind`, `since`, `became`, `to`, `reason`; all text.

    One row per id. `since`: the day on which it was first published here; `became`: one of BECAME; `to`: the id that
    took its place. See data/README.md.
    """
    return pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8")


def now(register: pd.DataFrame, one: str) -> str:
    """The id under which the figure that was published as `one` stands today; `one` itself where it was withdrawn.

    KeyError for an id that was never published; ValueError for ids that became each other.
    """
    rows = register.set_index("id")
    seen = [one]
    while rows.at[seen[-1], "became"] in FOLLOWED:
        if rows.at[seen[-1], "to"] in seen:
            raise ValueError(f"{', '.join(seen)} became each other in a circle")
        seen.append(rows.at[seen[-1], "to"])
    return seen[-1]


def faults(file: Path, claims: Iterable[str]) -> list[str]:
    """What cannot be right in the register `file` beside the ids of claims.csv: one sentence each, by row.

    A claim has to stand here, and whoever stands here has to be a claim; what took an id's place has to be an id.
    """
    rows, in_ledger = read(file), set(claims)
    if list(rows.columns) != COLUMNS:
        return [f"{file.name}: the columns are {', '.join(rows.columns)}; allowed are {', '.join(COLUMNS)}"]
    repeated, targets = set(rows["id"][rows["id"].duplicated()]), dict(zip(rows["id"], rows["to"], strict=True))
    told = [
        f"{file.name}, row {line} ({row['id']}), column {fault[0]}: {fault[1]}"
        for line, row in enumerate(rows.to_dict("records"), 2)
        if (fault := _fault(row, repeated, targets, in_ledger))
    ]
    unlisted = [one for one in dict.fromkeys(claims) if one not in targets]
    says = "claims.csv ({0}): is not in {1}; append there the row {0},claim,DAY,stands,,"
    return told + [says.format(one, file.name) for one in unlisted]


def _fault(
    row: Mapping[str, str], repeated: set[str], targets: Mapping[str, str], claims: set[str]
) -> tuple[str, str] | None:
    if row["id"] in repeated:
        return "id", "stands twice; every id has one row"
    for column, allowed in (("kind", KINDS), ("became", BECAME)):
        if row[column] not in allowed:
            return column, f"'{row[column]}' is not known; allowed are {', '.join(allowed)}"
    try:
        figures.partial_date(row["since"])
    except ValueError as problem:
        return "since", str(problem)
    return _bad_fate(row, targets) or _bad_place(row, claims)


def _bad_fate(row: Mapping[str, str], targets: Mapping[str, str]) -> tuple[str, str] | None:
    if row["became"] in FOLLOWED:
        if row["to"] not in targets:
            return "to", f"'{row['to']}' is not an id of this file; name the id that took its place"
        if _in_a_circle(row["id"], targets):
            return "to", f"'{row['to']}' leads back here; the last of a chain stands or is withdrawn"
    elif row["to"]:
        return "to", f"is '{row['to']}', and the id {row['became']}; leave it empty"
    if (row["became"] == STANDS) == bool(row["reason"]):
        return "reason", "is not empty, and the id stands" if row["reason"] else "is empty; say why it stands no more"
    return None


def _in_a_circle(one: str, targets: Mapping[str, str]) -> bool:
    seen = {one}
    while targets.get(one):
        one = targets[one]
        if one in seen:
            return True
        seen.add(one)
    return False


def _bad_place(row: Mapping[str, str], claims: set[str]) -> tuple[str, str] | None:
    if row["kind"] == "claim" and row["became"] == STANDS and row["id"] not in claims:
        return "became", "stands, but is not in claims.csv; say what became of it: an id is never taken away"
    if row["became"] != STANDS and row["id"] in claims:
        return "became", f"is '{row['became']}', but stands in claims.csv; an id that fell is not used again"
    return None
