"""Tables written as CSV files: one way for all, so that no cell is a formula and no file is half written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from helpers import texts

if TYPE_CHECKING:
    from os import PathLike


def harmless(table: pd.DataFrame) -> pd.DataFrame:
    """The same table with every text, and heading, as `texts.in_cell` writes it; numbers and days stay."""
    made = table.rename(columns=_harmless)
    return made.apply(lambda column: column if _is_plain(column) else column.map(_harmless))


def _is_plain(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column)


def _harmless(value: object) -> object:
    return texts.in_cell(value) if isinstance(value, str) else value


def write(table: pd.DataFrame, file: str | PathLike[str]) -> Path:
    """The path of `table` written as CSV without its index; folders on the way are made, days are YYYY-MM-DD.

    The file takes its name when it is whole. OSError where nothing can be written.
    """
    path = Path(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        harmless(table).to_csv(part, index=False, date_format="%Y-%m-%d", lineterminator="\n", encoding="utf-8")
        return part.replace(path)
    finally:
        part.unlink(missing_ok=True)
