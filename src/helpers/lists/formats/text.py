"""CSV and JSON lines, decoded strictly, as rows of text with the number of the line on which each begins."""

from __future__ import annotations

import csv
import json
from operator import itemgetter
from typing import TYPE_CHECKING

from helpers.lists.formats.cells import Broken, Cells, Layout, ListError, Row, as_text, standing_in, tabled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ENCODINGS = (
    "utf-8", "utf-16", "windows-1251", "koi8-r", "koi8-u", "iso-8859-5", "cp866", "mac-cyrillic",
    "windows-1252", "iso-8859-1", "windows-1256", "iso-8859-6",
)  # fmt: skip
DELIMITERS = (",", ";", "\t", "|")


def read_csv(path: Path, columns: list[str], layout: Layout) -> Cells:
    """The wanted columns of a CSV file; a row with another number of cells than the headings is broken."""
    blank: list[int] = []
    rows = _csv_rows(path, layout)
    line, header = next(rows, (0, []))
    hint = next((d for d in DELIMITERS if len(header) == 1 and d != layout.delimiter and d in header[0]), "")
    if hint and columns != [header[0].strip()]:
        raise ListError(f"{path.name}, line {line}: one column only, but many '{hint}'; set delimiter = '{hint}'")
    places = standing_in(path, header, columns, line)
    return tabled(path, _cut(rows, len(header), places, layout.delimiter, blank), columns, blank)


def _csv_rows(path: Path, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    """Each row of a CSV file from the headings on, with the number of the line on which it begins."""
    reader = csv.reader(_lines(path, layout.encoding), delimiter=layout.delimiter, strict=True)
    begins = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            says = f"{error}; a quotation mark may be missing, or one too many: correct the line"
            raise ListError(f"{path.name}, line {begins}: {says}") from None
        if cells is None:
            return
        if reader.line_num > begins and any(_holds_a_row(cell, len(cells), layout.delimiter) for cell in cells):
            says = "a cell that holds whole lines; a quotation mark is not closed, or one too many: correct the line"
            raise ListError(f"{path.name}, line {begins}: {says}")
        if begins >= layout.header:
            yield begins, cells
        begins = reader.line_num + 1


def _cut(
    rows: Iterator[tuple[int, list[str]]], width: int, places: list[int], delimiter: str, blank: list[int]
) -> Iterator[Row]:
    """The cells at `places` of each row; a row with another number of cells than the headings is broken."""
    wanted = itemgetter(*places) if len(places) > 1 else lambda cells: [cells[places[0]]]
    for line, cells in rows:
        if not any(cells):
            blank.append(line)
        elif len(cells) != width:
            yield line, Broken(delimiter.join(cells), f"{len(cells)} cells where the headings have {width}")
        else:
            yield line, wanted(cells)


def _holds_a_row(cell: str, width: int, delimiter: str) -> bool:
    """Whether a cell of several lines has a line with as many delimiters as a whole row."""
    return "\n" in cell and width > 2 and any(line.count(delimiter) >= width - 1 for line in cell.split("\n"))


def _lines(path: Path, encoding: str) -> Iterator[str]:
    """The lines of a text file, decoded strictly; a byte order mark at its start is no part of the text."""
    _refuse_disguised_utf8(path, encoding)
    try:
        with path.open(encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="") as text:
            for number, line in enumerate(text, start=1):
                if "\0" in line:
                    says = "a NUL byte: no text, or text in another encoding such as UTF-16; save it anew as UTF-8"
                    raise ListError(f"{path.name}, line {number}: {says}")
                yield line
    except UnicodeError:
        raise ListError(_undecodable(path, encoding)) from None


def _undecodable(path: Path, encoding: str) -> str:
    content, says = path.read_bytes(), "cannot be decoded"
    try:
        content.decode(encoding)
    except UnicodeDecodeError as error:
        line = 1 + content[: error.start].count(b"\n")
        says = f"byte 0x{content[error.start]:02x} in line {line} is none"
    except UnicodeError:
        pass
    return f"{path.name}: not {encoding} ({says}); set encoding to the right one of {', '.join(ENCODINGS)}"


def _refuse_disguised_utf8(path: Path, encoding: str) -> None:
    """Refuse UTF-8 that is called otherwise: read with one byte a letter it gives rubbish without a complaint."""
    if encoding.startswith("utf"):
        return
    content = path.read_bytes()
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return
    if not content.isascii():
        raise ListError(f"{path.name}: not {encoding}, its bytes are UTF-8; set encoding = 'utf-8'")


def read_jsonl(path: Path, columns: list[str], layout: Layout) -> Cells:
    """The wanted keys of the objects in a file of JSON lines; a line that is no flat object is broken."""
    seen: set[str] = set()
    blank: list[int] = []
    read = tabled(path, _objects(_lines(path, layout.encoding), columns, seen, blank), columns, blank)
    if read.cells.empty:
        reason = read.broken["reason"].iloc[0]
        raise ListError(f"{path.name}: no line is a JSON object (the first: {reason}); write one object on each line")
    if missing := [column for column in columns if column not in seen]:
        raise ListError(f"{path.name}: no column {', '.join(missing)}; it has {', '.join(sorted(seen)) or 'none'}")
    return read


def _objects(lines: Iterator[str], columns: list[str], seen: set[str], blank: list[int]) -> Iterator[Row]:
    """The wanted values of each line; every key met is added to `seen`, every blank line to `blank`."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            blank.append(number)
            continue
        pairs, reason = _pairs(line)
        seen.update(pairs)
        cells = [_json_text(pairs.get(column)) for column in columns]
        if not reason and None in cells:
            reason = f"a list or an object in {columns[cells.index(None)]}, where one value is needed"
        if not reason and not all(map(_is_text, cells)):
            reason = "half a character (a lone surrogate)"
        yield number, Broken(line.strip(), reason) if reason else cells


def _pairs(line: str) -> tuple[dict[str, object], str]:
    """The object on a line of JSON, and what is wrong with the line ("" if nothing is)."""
    try:
        read = json.loads(line, object_pairs_hook=_Pairs)
    except (ValueError, RecursionError):
        return {}, "not JSON"
    if not isinstance(read, _Pairs):
        return {}, "not a JSON object"
    return dict(read), "" if len(dict(read)) == len(read) else "a key twice in one object"


class _Pairs(list):
    """A JSON object as the pairs of its text, in which a key that comes twice can be seen."""


def _json_text(value: object) -> str | None:
    return None if isinstance(value, list) else as_text(value)


def _is_text(cell: str) -> bool:
    try:
        cell.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
