"""XLSX and Parquet, whose cells have types, as rows of text with their number in the sheet or file."""

from __future__ import annotations

import warnings
import zipfile
from typing import TYPE_CHECKING

import pandas as pd

from helpers.lists.formats.cells import BROKEN, Cells, Layout, ListError, Row, as_text, standing_in, tabled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LAST_ROW = 1_048_576  # of a sheet in a spreadsheet program; a number beyond it is a slip of the program that wrote it
UNPACKED, TIMES_PACKED = 50_000_000, 100  # bytes, and how many times the packed size: honest sheets stay under 50 times
MOST_ROWS, MOST_UNPACKED = 20_000_000, 1_000_000_000  # rows; bytes of text, where a small file unpacks to them


def read_xlsx(path: Path, columns: list[str], layout: Layout) -> Cells:
    """The wanted columns of one sheet of a workbook; a formula is given as its text, which begins with "="."""
    import openpyxl

    _refuse_bomb(path)
    blank: list[int] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles; of values that it cannot read it makes error values
        book = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
        try:
            rows = _sheet_rows(path, _sheet(path, book.worksheets, layout.sheet), layout.header)
            header = next(rows, (layout.header, []))[1]
            places = standing_in(path, header, columns, layout.header)
            return tabled(path, _wide(rows, places, blank), columns, blank)
        finally:
            book.close()


def _refuse_bomb(path: Path) -> None:
    """Refuse a workbook that unpacks to far more than a sheet of its size does, before it fills the memory."""
    with zipfile.ZipFile(path) as packed:
        unpacked = sum(member.file_size for member in packed.infolist())
    if unpacked > UNPACKED and unpacked > TIMES_PACKED * path.stat().st_size:
        says = f"unpacks to {unpacked / 1e6:,.0f} MB, over {TIMES_PACKED} times its size; save the sheet as CSV"
        raise ListError(f"{path.name}: {says}")


def _sheet(path: Path, sheets: Sequence[object], wanted: str) -> object:
    titles = [sheet.title for sheet in sheets]
    if not titles or (wanted and wanted not in titles):
        raise ListError(f"{path.name}: no sheet '{wanted}'; it has {', '.join(titles) or 'none'}")
    if not wanted and len(titles) > 1:
        raise ListError(f"{path.name}: several sheets; set sheet to one of {', '.join(titles)}")
    return sheets[titles.index(wanted)] if wanted else sheets[0]


def _sheet_rows(path: Path, sheet: object, header: int) -> Iterator[tuple[int, list[str]]]:
    """Each row of a sheet from the headings on as text, with its number."""
    sheet.reset_dimensions()  # what a file says of its own size need not be true
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > LAST_ROW:
            raise ListError(f"{path.name}: a row beyond {LAST_ROW:,}, the last of a sheet; save the sheet anew")
        if number >= header:
            yield number, [_sheet_text(value) for value in row]


def _sheet_text(value: object) -> str:
    kind = type(value).__name__
    return f"={getattr(value, 'text', '') or ''}" if kind in ("ArrayFormula", "DataTableFormula") else as_text(value)


def _wide(rows: Iterator[tuple[int, list[str]]], places: list[int], blank: list[int]) -> Iterator[Row]:
    """The cells at `places`; a sheet leaves out empty cells at a row's end."""
    for number, cells in rows:
        if any(cells):
            yield number, [cells[place] if place < len(cells) else "" for place in places]
        else:
            blank.append(number)


def read_parquet(path: Path, columns: list[str], _layout: Layout) -> Cells:
    """The wanted columns of a Parquet file; ListError where one holds lists, objects or bytes."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        schema, rows = file.schema_arrow, file.metadata.num_rows
        standing_in(path, schema.names, columns, 1)
        if unfit := [name for name in columns if not _is_plain(schema.field(name).type)]:
            kinds = ", ".join(f"{name} ({schema.field(name).type})" for name in unfit)
            raise ListError(
                f"{path.name}: {kinds}: allowed are text, numbers, dates and yes or no; store one value a cell"
            )
        if not 0 < rows <= MOST_ROWS:
            raise ListError(f"{path.name}: {rows:,} rows; allowed are 1 to {MOST_ROWS:,}")
        _refuse_large(path, max(_declared(file.metadata, columns), 16 * rows * len(columns)))
    with pq.ParquetFile(path, read_dictionary=[name for name in columns if _is_text(schema.field(name).type)]) as file:
        table = file.read(columns)
    _refuse_large(path, sum(_letters(table[name]) for name in columns))
    cells = pd.DataFrame({name: _decoded(path, name, table[name]) for name in columns}).astype("str")
    told = pd.DataFrame(columns=list(BROKEN)).astype(BROKEN)
    return Cells(cells.apply(lambda column: column.str.strip()).set_axis(pd.RangeIndex(1, rows + 1)), told, 0)


def _declared(metadata: object, columns: list[str]) -> int:
    """The bytes to which the file says that `columns` unpack."""
    groups = (metadata.row_group(place) for place in range(metadata.num_row_groups))
    parts = (group.column(place) for group in groups for place in range(group.num_columns))
    return sum(part.total_uncompressed_size for part in parts if part.path_in_schema in columns)


def _refuse_large(path: Path, unpacked: int) -> None:
    """Refuse a file that unpacks to far more than its size, before it fills the memory."""
    if unpacked > MOST_UNPACKED and unpacked > TIMES_PACKED * path.stat().st_size:
        says = f"unpacks to {unpacked / 1e6:,.0f} MB, over {TIMES_PACKED} times its size; save the list as CSV"
        raise ListError(f"{path.name}: {says}")


def _is_text(kind: object) -> bool:
    from pyarrow import types

    return types.is_string(kind) or types.is_large_string(kind)


def _letters(column: object) -> int:
    """The bytes of a column's text, where one value that stands in many rows is stored once."""
    import pyarrow.compute as pc
    from pyarrow import types

    if not (types.is_dictionary(column.type) and _is_text(column.type.value_type)):
        return 0
    parts = (pc.sum(pc.take(pc.binary_length(part.dictionary), part.indices)).as_py() for part in column.chunks)
    return sum(part or 0 for part in parts)


def _decoded(path: Path, name: str, column: object) -> pd.Series:
    """A column as text; ListError names the first row whose text is no UTF-8."""
    import pyarrow as pa
    from pyarrow import types

    if types.is_dictionary(column.type) and _is_text(column.type.value_type):
        column = column.cast(column.type.value_type)
    try:
        column.validate(full=True)
        return _column_text(column)
    except (pa.ArrowInvalid, UnicodeDecodeError):
        raw = column.cast(pa.binary()).to_pylist() if _is_text(column.type) else []
        row = next((number for number, value in enumerate(raw, 1) if value is not None and not _is_utf8(value)), 0)
        where = f"row {row}, " if row else ""
        raise ListError(f"{path.name}, {where}column {name}: no text in UTF-8; store the list anew") from None


def _is_utf8(value: bytes) -> bool:
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_plain(kind: object) -> bool:
    from pyarrow import types

    kind = kind.value_type if types.is_dictionary(kind) else kind
    checks = (types.is_string, types.is_large_string, types.is_string_view, types.is_integer, types.is_floating,
              types.is_date, types.is_timestamp, types.is_boolean, types.is_null)  # fmt: skip
    return any(check(kind) for check in checks)


def _column_text(column: object) -> pd.Series:
    """A column of a Parquet file as text, like `as_text` for each value."""
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import types

    kind = column.type
    if types.is_floating(kind) or (types.is_dictionary(kind) and not types.is_string(kind.value_type)):
        told = [None if value != value else as_text(value) for value in column.to_pylist()]
        return pd.Series(told, dtype="str").fillna("")
    if types.is_timestamp(kind) and kind.tz:
        column = pc.local_timestamp(column)
    text = column.cast(pa.string())
    if types.is_timestamp(kind):
        text = pc.utf8_slice_codeunits(text, 0, 10)
    return pc.fill_null(text, "").to_pandas()
