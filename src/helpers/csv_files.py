"""The project's own tables as CSV files: one way to read them strictly, one way to write them harmlessly."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from helpers import own_files, texts
from helpers.refusals import Refusal, short

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike


class TableError(Refusal, ValueError):
    """A table that cannot be read; the message names file, row, column and what is allowed."""


def read(
    file: str | PathLike[str], columns: Sequence[str] | None = None, *, error: type[Refusal] = TableError
) -> pd.DataFrame:
    """The cells of a CSV table as texts, one row per line; row 1 of the file is its headings.

    `columns`: the headings that it must have, in order. `error` is raised, with file, row and column, for what is not
    UTF-8, for open quotation marks, for a row with a cell too many or too few, and for a cell with a line's end or a
    hidden character.
    """
    path = Path(file)
    rows = _rows(path, own_files.decoded(path, error), error)
    heads = rows[0] if rows else []
    if columns is not None and heads != list(columns):
        raise error(f"{path.name}: the columns are {', '.join(heads)}; allowed are {', '.join(columns)}")
    if len(set(heads)) < len(heads) or not all(heads):
        raise error(f"{path.name}, row 1: a heading is empty or stands twice; each column has a name of its own")
    return pd.DataFrame(rows[1:], columns=heads, dtype=str)


def _rows(path: Path, text: str, error: type[Refusal]) -> list[list[str]]:
    reader, rows = csv.reader(io.StringIO(text, newline=""), strict=True), []
    try:
        for cells in reader:
            _refuse_cells(path, rows, cells, error)
            rows.append(cells)
    except csv.Error as problem:
        says = "its quotation marks are not closed, or text follows them"
        says = "a cell is longer than 131,072 characters" if "limit" in str(problem) else says
        raise error(f"{path.name}, row {len(rows) + 1}: {says} ({problem})") from None
    return rows


def _refuse_cells(path: Path, rows: list[list[str]], cells: list[str], error: type[Refusal]) -> None:
    number, heads = len(rows) + 1, rows[0] if rows else cells
    if len(cells) != len(heads):
        says = f"has {len(cells)} cells where the headings have {len(heads)}" if cells else "is empty"
        raise error(f"{path.name}, row {number}: {says}; text with a comma stands in quotation marks")
    for head, cell in zip(heads, cells, strict=True):
        if mark := texts.hidden(cell):
            raise error(
                f"{path.name}, row {number}, column {short(head)}: holds {own_files.name_of(mark)}; take it out"
            )


def harmless(table: pd.DataFrame) -> pd.DataFrame:
    """The same table with every text, and heading, as `texts.in_cell` writes it; numbers and days stay."""
    made = table.rename(columns=_harmless)
    return made.apply(lambda column: column if _is_plain(column) else column.map(_harmless))


def _is_plain(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column)


def _harmless(value: object) -> object:
    return texts.in_cell(value) if isinstance(value, str) else value


def write(table: pd.DataFrame, file: str | PathLike[str], *, float_format: str | None = None) -> Path:
    """The path of `table` written as CSV without its index; folders on the way are made, days are YYYY-MM-DD.

    `float_format`: how numbers with a fraction are written. The file takes its name when it is whole. OSError where
    nothing can be written.
    """
    path = Path(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        form = {"date_format": "%Y-%m-%d", "float_format": float_format, "lineterminator": "\n", "encoding": "utf-8"}
        harmless(table).to_csv(part, index=False, **form)
        return part.replace(path)
    finally:
        part.unlink(missing_ok=True)
