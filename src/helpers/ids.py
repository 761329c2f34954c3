"""The register of ids: every id that was ever published, and what became of it. None is used for another figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers import csv_files, figures
from helpers.refusals import quoted, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import pandas as pd

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
    return csv_files.read(file, COLUMNS)


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


def faults(rows: pd.DataFrame, claims: Iterable[str], name: str = "ids.csv") -> list[str]:
    """What cannot be right in the register (`rows`, read from `name`) beside the ids of claims.csv: one sentence each.

    A claim has to stand here, and whoever stands here has to be a claim; what took an id's place has to be an id.
    """
    in_ledger = set(claims)
    repeated, targets = set(rows["id"][rows["id"].duplicated()]), dict(zip(rows["id"], rows["to"], strict=True))
    told = [
        f"{name}, row {line} ({short(row['id'])}), column {fault[0]}: {fault[1]}"
        for line, row in enumerate(rows.to_dict("records"), 2)
        if (fault := _fault(row, repeated, targets, in_ledger))
    ]
    unlisted = [one for one in dict.fromkeys(claims) if one not in targets]
    says = "claims.csv ({0}): is not in {1}; append there the row {0},claim,DAY,stands,,"
    return told + [says.format(short(one), name) for one in unlisted]


def _fault(
    row: Mapping[str, str], repeated: set[str], targets: Mapping[str, str], claims: set[str]
) -> tuple[str, str] | None:
    if row["id"] in repeated:
        return "id", "stands twice; every id has one row"
    for column, allowed in (("kind", KINDS), ("became", BECAME)):
        if row[column] not in allowed:
            return column, f"{quoted(row[column])} is not known; allowed are {', '.join(allowed)}"
    try:
        figures.partial_date(row["since"])
    except ValueError as problem:
        return "since", str(problem)
    return _bad_fate(row, targets) or _bad_place(row, claims)


def _bad_fate(row: Mapping[str, str], targets: Mapping[str, str]) -> tuple[str, str] | None:
    if row["became"] in FOLLOWED:
        if row["to"] not in targets:
            return "to", f"{quoted(row['to'])} is not an id of this file; name the id that took its place"
        if _in_a_circle(row["id"], targets):
            return "to", f"{quoted(row['to'])} leads back here; the last of a chain stands or is withdrawn"
    elif row["to"]:
        return "to", f"is {quoted(row['to'])}, and the id {row['became']}; leave it empty"
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
