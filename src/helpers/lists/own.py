"""A list of one's own: read by its mapping into records, and what was made of it written to a folder of one's own.

Rows of such a list are about real people. They stay on the computer of the reader: nothing is written inside the
repository, so that no book, results file or release can ever take them up (data/ETHICS.md).
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers import csv_files
from helpers.lists import dates, formats, mapping, records
from helpers.lists.formats import ListError
from helpers.lists.formats.cells import shown
from helpers.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from helpers.lists.formats import Cells
    from helpers.lists.mapping import ListMapping

DATED = ("born", "died", "confirmed")
FEW = 10  # rows set aside: so few are no sign that the mapping is wrong, however short the list
MANY = 0.1  # share of the rows: of so many rejected, whatever their number, the reader has to know beside the count
ACCOUNT = "section file rows kept set_aside blank".split()
WORDS = "section field word rows".split()


class OwnLists(NamedTuple):
    """Lists of one's own as read.

    `records`: in the schema of `helpers.lists.records`. `set_aside`: list, row (the file's own number of the line or
    row), record_id, column (of the file), value, reason. `account`: one row per section of the mapping, with its
    `file`, `rows`, rows `kept` and `set_aside`, and `blank` lines, which are no rows. `words`: words that a code table
    does not have, which were kept as they stand, with the number of their rows. `once_per_list`: whether on every list
    a person stands at most once.
    """

    records: pd.DataFrame
    set_aside: pd.DataFrame
    account: pd.DataFrame
    words: pd.DataFrame
    once_per_list: bool

    @property
    def rows(self) -> int:
        """How many rows the files have."""
        return len(self.records) + len(self.set_aside)


def many_rejected(rejected: pd.DataFrame, rows: int) -> str:
    """A sentence that says how many of `rows` are rejected and mostly why, if they are more than MANY; else ""."""
    if len(rejected) <= MANY * rows:
        return ""
    (column, reason), times = next(iter(rejected[["column", "reason"]].value_counts().items()))
    return (
        f"{len(rejected):,} of {rows:,} rows ({len(rejected) / rows:.0%}) are rejected and count for nobody, {times:,} "
        f"of them because of column {column} ({reason}): correct the list or its mapping before you use the number."
    )


class _Part(NamedTuple):
    """One section as read."""

    reading: records.Reading
    account: dict[str, object]
    words: pd.DataFrame


def read(toml: Path | str) -> OwnLists:
    """The lists that the mapping at `toml` describes, as records and rows set aside.

    Where several lists are read, `record_id` is the list's name, a colon, and its own id, so that it is used once.
    ListError for a mapping or file that is not what it says, and where so many rows would be set aside that the mapping
    must be wrong.
    """
    maps = mapping.read(Path(toml))
    several = len(maps) > 1 or any("list" in one.columns for one in maps)
    parts = [_read(one, several) for one in maps]
    names = [name for part in parts for name in part.reading.records["list"].unique()]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ListError(f"{Path(toml).name}: list {', '.join(sorted(twice))} in two files; give each its own name")
    return OwnLists(
        pd.concat([part.reading.records for part in parts], ignore_index=True),
        pd.concat([part.reading.set_aside for part in parts], ignore_index=True),
        pd.DataFrame([part.account for part in parts], columns=ACCOUNT),
        pd.concat([part.words for part in parts], ignore_index=True),
        all(one.once_per_list for one in maps),
    )


def _read(one: ListMapping, several: bool) -> _Part:
    cells = formats.read(one.file, list(one.columns.values()), one.layout, kind=one.format)
    rows, words = _rows(one, cells.cells)
    ambiguous = {column: dates.iso(rows[column], one.dates) for column in DATED if column in one.columns}
    typed = rows.assign(**{column: told.text for column, told in ambiguous.items()})
    doubtful = {column: told.ambiguous for column, told in ambiguous.items()}
    ids = typed["list"] + ":" + typed["record_id"] if several else typed["record_id"]
    typed = typed.assign(record_id=ids.mask(typed["record_id"] == "", ""))
    reading = records.from_text(typed, since=one.since, until=one.until, ages=one.ages, doubtful=doubtful)
    aside = _as_printed(one, reading.set_aside, rows)
    broken = cells.broken.assign(list=one.constants.get("list", one.name), record_id="")[records.SET_ASIDE]
    aside = pd.concat([broken, aside]).sort_values("row", kind="stable", ignore_index=True)
    _refuse_wrong_mapping(one, aside, len(cells.cells) + len(broken))
    return _Part(records.Reading(reading.records, aside), _account(one, cells, reading), words)


def _rows(one: ListMapping, cells: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The cells by field, as text in our words, and the words that no code table has."""
    plain = cells.mask(cells.isin(list(one.empty)), "")
    rows = pd.DataFrame({name: plain[column] for name, column in one.columns.items()}, index=cells.index)
    unknown = [_unknown(one, name, rows[name]) for name in one.codes]
    coded = {name: rows[name].replace(dict(table)) for name, table in one.codes.items()}
    given = {"list": one.name, "record_id": cells.index.astype(str)} | dict(one.constants)
    rows = rows.assign(**coded, **{name: value for name, value in given.items() if name not in rows})
    return rows.astype("str"), pd.concat([_no_words(), *unknown], ignore_index=True)


def _no_words() -> pd.DataFrame:
    return pd.DataFrame(columns=WORDS, dtype="str").astype({"rows": "int64"})


def _unknown(one: ListMapping, name: str, column: pd.Series) -> pd.DataFrame:
    """The words of a column that its code table neither has nor gives."""
    table = one.codes[name]
    known = {"", *table, *table.values()}
    counts = column[~column.isin(known)].value_counts()
    return pd.DataFrame({"section": one.name, "field": name, "word": counts.index, "rows": counts.values})


def _as_printed(one: ListMapping, aside: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows set aside with ids, columns and values as the file has them."""
    told = aside.assign(record_id=rows["record_id"].loc[aside["row"]].to_numpy())
    for name in told["column"].unique():
        here = told["column"] == name
        told.loc[here, "value"] = rows.loc[told.loc[here, "row"], name].map(shown).to_numpy()
    return told.assign(column=told["column"].replace(dict(one.columns)))


def _refuse_wrong_mapping(one: ListMapping, aside: pd.DataFrame, rows: int) -> None:
    if len(aside) <= max(FEW, one.set_aside_at_most * rows):
        return
    column, reason = aside[["column", "reason"]].value_counts().index[0]
    first = aside[aside["column"].eq(column) & aside["reason"].eq(reason)].iloc[0]
    raise ListError(
        f"{one.file.name}: {len(aside):,} of {rows:,} rows would be set aside, most of them because of column "
        f"'{column}' ({reason}; first in row {first['row']}: '{shown(first['value'], 40)}'); allowed is a share of "
        f"{one.set_aside_at_most:g} at most: correct [{one.name}] in the mapping, or raise set_aside_at_most there"
    )


def _account(one: ListMapping, cells: Cells, reading: records.Reading) -> dict[str, object]:
    broken = len(cells.broken)
    counts = {"rows": reading.rows + broken, "kept": len(reading.records)}
    return {"section": one.name, "file": one.file.name} | counts | {
        "set_aside": len(reading.set_aside) + broken, "blank": cells.blank
    }  # fmt: skip


def write(folder: Path | str, tables: Mapping[str, pd.DataFrame]) -> list[Path]:
    """The paths of `tables` written to `folder` as <name>.csv, the last one last.

    Each takes its name when all are whole, so that results of an earlier run stay until the new ones are there; other
    files of the folder are left alone. Text that a spreadsheet program would take for a formula gets an apostrophe in
    front. ListError for a folder inside the repository, and where nothing can be written.
    """
    place = Path(folder).expanduser()
    refuse_repository(place)
    if wrong := [name for name in tables if not re.fullmatch("[a-z_]+", name)]:
        raise ListError(f"no table can be called {', '.join(wrong)}: a to z and _ are allowed")
    parts = {name: place / f".{name}.csv.part" for name in tables}
    try:
        place.mkdir(parents=True, exist_ok=True)
        for name, table in tables.items():
            csv_files.harmless(table).to_csv(
                parts[name], index=False, date_format="%Y-%m-%d", lineterminator="\n", encoding="utf-8"
            )
        return [part.replace(place / f"{name}.csv") for name, part in parts.items()]
    except OSError as error:
        says = f"{error.strerror or error}; free some space or name a folder in which you may write"
        raise ListError(f"{place.name}: results cannot be written ({says})") from error
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def refuse_repository(place: Path) -> None:
    """ListError if `place` is inside the repository."""
    resolved = place.resolve()
    for one in (resolved, *resolved.parents):
        if one.exists() and os.path.samefile(one, ROOT):
            raise ListError(
                f"{place}: inside the repository, where a book or release could take up rows about real people; "
                "name a folder outside it"
            )
