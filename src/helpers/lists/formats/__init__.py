"""Files of other people read as rows of text: CSV, XLSX, JSON lines and Parquet, each row with its own number.

A file that is not what it says is refused in one message; a single row that cannot be split into cells is told apart.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from helpers.lists.formats.cells import Cells, Layout, ListError
from helpers.lists.formats.text import read_csv, read_jsonl
from helpers.lists.formats.typed import read_parquet, read_xlsx

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ENDINGS = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".xlsx": "xlsx", ".jsonl": "jsonl", ".ndjson": "jsonl",
           ".parquet": "parquet"}  # fmt: skip
STARTS = {
    b"PK\x03\x04": "an XLSX file or another zip archive", b"PAR1": "a Parquet file", b"%PDF": "a PDF file",
    b"\x1f\x8b": "a file packed with gzip", b"\xd0\xcf\x11\xe0": "an old Excel file (.xls): save it as .xlsx",
    codecs.BOM_UTF16_LE: "text in UTF-16", codecs.BOM_UTF16_BE: "text in UTF-16",
}  # fmt: skip
SUITS = {"xlsx": b"PK\x03\x04", "parquet": b"PAR1"}
READERS = {"csv": read_csv, "xlsx": read_xlsx, "jsonl": read_jsonl, "parquet": read_parquet}


def read(path: Path, columns: Sequence[str], layout: Layout | None = None, *, kind: str = "") -> Cells:
    """The `columns` of the file at `path` as text without spaces around it; an empty cell is "".

    `cells` has one row per row of the file, its index being the number of the row there: the line on which it begins
    (CSV, JSON lines), the row of the sheet, or the place in the file counted from 1 (Parquet). `kind` is csv, xlsx,
    jsonl or parquet, by default what the ending of the name says. Dates that a sheet or Parquet file holds as dates
    are written YYYY-MM-DD. ListError for a file that cannot be read rightly as a whole.
    """
    kind = kind or kind_of(path)
    _refuse_other_content(path, kind)
    try:
        return READERS[kind](path, list(dict.fromkeys(columns)), layout or Layout())
    except ListError:
        raise
    except MemoryError as error:
        raise ListError(
            f"{path.name}: too large for the memory of this computer; divide it into smaller files"
        ) from error
    except Exception as error:  # a library that meets a damaged file may raise anything
        says = " ".join(str(error).split())[:200] or type(error).__name__
        raise ListError(f"{path.name}: damaged, or not {kind.upper()} ({says}); save it anew and try again") from error


def kind_of(path: Path) -> str:
    """The format that the ending of a file's name says; ListError for an ending that is not known."""
    if path.suffix.lower() not in ENDINGS:
        known = ", ".join(ENDINGS)
        raise ListError(f"{path.name}: the ending '{path.suffix}' says no format; allowed are {known}; or set format")
    return ENDINGS[path.suffix.lower()]


def refuse_no_file(path: Path) -> None:
    """ListError for a pipe or a device: reading it might never end, and it cannot be read again."""
    if path.exists() and not path.is_file():
        raise ListError(f"{path.name}: a pipe or a device, not a file; save its content as a file and name that")


def _refuse_other_content(path: Path, kind: str) -> None:
    if path.is_dir():
        raise ListError(f"{path.name}: a folder; name the file in it")
    refuse_no_file(path)
    try:
        with path.open("rb") as content:
            start = content.read(8)
    except OSError as error:
        raise ListError(
            f"{path.name}: cannot be read ({error.strerror}); check its name and that you may read it"
        ) from error
    if not start:
        raise ListError(f"{path.name}: empty, not one byte is in it; save it anew")
    told = next((what for known, what in STARTS.items() if start.startswith(known)), "")
    if kind in SUITS and not start.startswith(SUITS[kind]):
        raise ListError(f"{path.name}: not {kind.upper()} but {told or 'something else'}; set format, or save it anew")
    if kind not in SUITS and told and not told.startswith("text"):
        raise ListError(f"{path.name}: not {kind.upper()} but {told}; set format to what it is, or save it as {kind}")
