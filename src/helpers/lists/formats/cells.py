"""What every reader of a file gives: cells of text, each row with its number in the file; and how a file is refused."""

from __future__ import annotations

import datetime
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

CHUNK = 50_000  # rows made into a table at a time: the cells of a million rows as Python strings fill a gigabyte
BROKEN = {"row": "int64", "column": "str", "value": "str", "reason": "str"}


class ListError(Refusal, ValueError):
    """A file that is not the list it should be; the message names file, row and column, what is allowed, a way on."""


@dataclass(frozen=True)
class Layout:
    """How a file is laid out: `encoding` and `delimiter` of text, `sheet` of a workbook, row of the `header`."""

    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str = ""
    header: int = 1


class Cells(NamedTuple):
    """A file as text: `cells` by row number, rows that are `broken` (row, column, value, reason), and blank lines."""

    cells: pd.DataFrame
    broken: pd.DataFrame
    blank: int


class Broken(NamedTuple):
    """A row that cannot be split into cells, and why."""

    value: str
    reason: str


Row = tuple[int, "Sequence[str] | Broken"]


def tabled(path: Path, rows: Iterator[Row], columns: list[str], blank: list[int]) -> Cells:
    """Rows of the wanted cells as a table, chunk by chunk, with the broken ones beside it."""
    parts, broken = [], []
    while chunk := list(itertools.islice(rows, CHUNK)):
        whole = [(number, cells) for number, cells in chunk if not isinstance(cells, Broken)]
        broken += [(number, "", shown(b.value), b.reason) for number, b in chunk if isinstance(b, Broken)]
        index = pd.Index([number for number, _ in whole], dtype="int64")
        parts.append(pd.DataFrame([cells for _, cells in whole], index=index, columns=columns, dtype="str"))
    if not parts:
        raise ListError(f"{path.name}: no rows under the headings; check that it is the right file and sheet")
    cells = pd.concat(parts)
    told = pd.DataFrame(broken, columns=list(BROKEN)).astype(BROKEN)
    return Cells(cells.apply(lambda column: column.str.strip()), told, len(blank))


def standing_in(path: Path, header: Sequence[str], columns: list[str], line: int) -> list[int]:
    """Where each of `columns` stands in the row of headings; ListError if one is not there, or there twice."""
    names = [name.strip() for name in header]
    if not any(names):
        raise ListError(f"{path.name}: no headings in row {line}; the sheet or file is empty, or set header")
    if missing := [column for column in columns if column not in names]:
        raise ListError(f"{path.name}: no column {', '.join(missing)}; it has {', '.join(filter(None, names))}")
    if twice := [column for column in columns if names.count(column) > 1]:
        raise ListError(
            f"{path.name}, row {line}: the heading {', '.join(twice)} stands there twice; rename one of them"
        )
    return [names.index(column) for column in columns]


def as_text(value: object) -> str:
    """A typed value as text: whole numbers without a point, dates as YYYY-MM-DD, nothing as ""."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def shown(value: str, longest: int = 200) -> str:
    """A value of a file fit to be shown: cut to `longest` characters, with half characters and NULs spelled out."""
    cut = value if len(value) <= longest else value[: longest - 1] + "…"
    return cut.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\x00")
