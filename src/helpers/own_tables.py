"""The tables of data/: which columns each has, what their cells may be, and reading them by that."""

from __future__ import annotations

import datetime
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers import csv_files
from helpers.csv_files import TableError
from helpers.refusals import quoted, short

if TYPE_CHECKING:
    from os import PathLike

NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{0,20})?(?:e[+-]?[0-9]{1,2})?")
WHOLE = re.compile(r"-?[0-9]{1,15}")
DATE = re.compile(r"[12][0-9]{3}(?:-[0-9]{2}){0,2}")  # a week (2023-W28-1) is not written so
# the columns in their order, each with its form if it is no text; `?`: a cell may be empty; `*`: together they are the
# key, which no two rows share. What they mean stands in data/README.md.
TABLES = {
    "area_by_month": "*day:day held:count published:day source",
    "composition": "*group *until:date published:day total:whole? *people:whole? *share:count? *printed step:count? "
    "claim? source *note?",
    "coverage_rules": "*claim low:count? high:count says",
    "deaths_by_sex": "*year:whole *age men:whole women:whole men_hiv:whole? women_hiv:whole? source",
    "deaths_published": "*year:whole *deaths published:date? refused:date? published_by",
    "delay_scores_by_week": "*recipe *origin:day *target:day published:day *kind *aim:number carried:number "
    "error:number spans:whole covered:whole years:whole years_covered:whole",
    "economist_by_month": "*quantity *day:day low:count point:count high:count published:day source",
    "equipment_by_month": "*day:day *kind claimed:whole source",
    "equipment_photographed": "*category *kind *filed? photographed:whole models:whole source",
    "general_staff_by_month": "*day:day personnel:whole prefix? published:day source",
    "named_ages_2023": "*age names:whole published:date source",
    "named_list_breaks": "*since:day *until:day published:day names:whole says",
    "oryx_tanks": "*day:day tanks:whole bound publisher title? address",
    "overlap_cases": "*case title lists counted published:date source",
    "overlap_computed": "*case *quantity *model? low:count? point:count high:count? aic:number? source",
    "overlap_estimates": "*case *quantity *model low:count? point:count? high:count? aic:number? source",
    "overlaps": "*case *history:history n:whole",
    "probate_parts_by_month": "*part *scope *published:day *since:day until:day low:number? point:number high:number? "
    "squares_below:count? squares_above:count? weeks:whole source",
    "regions_2023": "*region iso? dead:whole men_16_61:whole? published:date source",
    "series_by_month": "*series *side *scope *method *published:day *since:day until:day low:number? point:number "
    "high:number? source",
    "validation": "*family *setting *method keeps runs:whole refused:whole nominal:count coverage:count "
    "coverage_error:count bias:number bias_error:count width:count width_error:count reading",
    "validation_runs": "*family *setting *run:whole *method truth:number low:bound? point:bound? high:bound?",
    "vintages_by_month": "*kind *as_of:day published:day *since:day until:day names:whole source",
    "weeks_that_lost_names": "*kind *as_of:day *since:day until:day names:whole *earlier:day before:whole "
    "published:day source",
    "invented_names": "*part *people *sex? *name? weight:count",
    "invented_diminutives": "*given *short",
    "invented_regions": "*region other weight:count slavic:count turkic:count caucasus:count buryat:count",
    "invented_settlements": "*region *settlement weight:count",
    "name_variants": "*variant *name kind",
    "regions": "*iso region row:whole column:whole",
    "streams": "*stream *who *quantity *window *since:day? reason",
    "wording": "*day:day *total:whole word printed read_by:day *report",
    "pooled_claimants": "*who group? enters why",
    "scored": "*id origin:day",
}


class Column(NamedTuple):
    """What the cells of one column may be."""

    name: str
    form: str
    may_be_empty: bool
    in_key: bool


@cache
def columns(table: str) -> tuple[Column, ...]:
    """The columns of the table of that name, in their order."""
    parts = [re.fullmatch(r"(\*?)(\w+)(?::(\w+))?(\??)", part) for part in TABLES[table].split()]
    return tuple(Column(part[2], part[3] or "text", bool(part[4]), bool(part[1])) for part in parts)


def read(file: str | PathLike[str], **options: object) -> pd.DataFrame:
    """One of TABLES, by the name of its file, as pandas reads it with `options`; columns of days hold days.

    TableError, with file, row and column, for a heading, a cell or a key that cannot be right.
    """
    path = Path(file)
    wanted = columns(path.stem)
    cells = csv_files.read(path, [column.name for column in wanted])
    for column in wanted:
        if fault := _fault(cells[column.name], column):
            raise TableError(f"{path.name}, {fault}")
    _refuse_twice(path, cells, [column.name for column in wanted if column.in_key])
    days = [column.name for column in wanted if column.form == "day"]
    return pd.read_csv(path, parse_dates=days, encoding="utf-8", **options)


def _fault(cells: pd.Series, column: Column) -> str:
    """The row and what is wrong there, of the first cell that is empty and may not be, or is not of its form."""
    is_right, words = FORMS[column.form]
    for row, cell in enumerate(cells, 2):
        if not (cell or column.may_be_empty):
            return f"row {row}, column {column.name}: is empty; allowed is {words}"
        if cell and not is_right(cell):
            return f"row {row}, column {column.name}: {quoted(cell)} is not allowed; allowed is {words}"
    return ""


def _refuse_twice(path: Path, cells: pd.DataFrame, key: list[str]) -> None:
    twice = cells.duplicated(key).to_numpy()
    if twice.any():
        row = int(twice.argmax())
        named = ", ".join(short(cell) for cell in cells.loc[row, key] if cell)
        raise TableError(f"{path.name}, row {row + 2}, column {key[-1]}: {named} stands twice; allowed is one row")


def _is_date(cell: str) -> bool:
    try:
        return bool(DATE.fullmatch(cell) and datetime.date.fromisoformat(f"{cell}-01-01"[:10]))
    except ValueError:
        return False


# what the cells of a column may be, and how that is said
FORMS = {
    "text": (lambda cell: bool(cell.strip()), "a text"),
    "number": (lambda cell: bool(NUMBER.fullmatch(cell)), "a number, such as -0.5"),
    "count": (lambda cell: bool(NUMBER.fullmatch(cell)) and float(cell) >= 0, "a number from zero, such as 0.5"),
    "whole": (lambda cell: bool(WHOLE.fullmatch(cell)) and int(cell) >= 0, "a whole number from zero, such as 5"),
    "history": (lambda cell: bool(re.fullmatch("[01]{2,12}", cell)), "a 1 or 0 for each list, such as 011"),
    "bound": (lambda cell: bool(NUMBER.fullmatch(cell)) or cell in ("inf", "-inf"), "a number, inf or -inf"),
    "day": (lambda cell: len(cell) == 10 and _is_date(cell), "a day of the calendar, YYYY-MM-DD"),
    "date": (_is_date, "a date: YYYY-MM-DD, YYYY-MM or YYYY"),
}
