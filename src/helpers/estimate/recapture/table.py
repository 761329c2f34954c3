"""Overlap tables: how many people are on which lists at once; refused where nothing can be said from them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations, product
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers import own_tables
from helpers.figures import partial_date
from helpers.paths import DATA
from helpers.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

CASES = DATA / "figures" / "overlap_cases.csv"
COUNTS = DATA / "figures" / "overlaps.csv"
COMPUTED = DATA / "figures" / "overlap_computed.csv"
PUBLISHED = DATA / "figures" / "overlap_estimates.csv"
N = "n"
PREFIX = "in_"
MOST_PEOPLE = 1_000_000_000  # of one table: more than that are no people of one war
LEAST_PEOPLE = 10  # with fewer, one person more or less moves every estimate by a tenth of what is known
MOST_LISTS = 12
SEPARATORS = (",", ";", "\t")
LISTS_NEEDED = "one column a list (1: on it, 0: not), before the column `n` or with names that begin with `in_`"


class OverlapError(Refusal, ValueError):
    """An overlap table from which nothing can be estimated; the message says what is wrong and what to do."""


@dataclass(frozen=True)
class Overlap:
    """How many people were found on which lists together.

    `lists`: their names; `cells`: one row per capture history (and covariates, if there are any), with a column of 0
    and 1 per list, the covariates, and `n` (persons); `name`: what the table is called in messages.
    """

    lists: tuple[str, ...]
    cells: pd.DataFrame
    name: str = "table"

    @property
    def covariates(self) -> tuple[str, ...]:
        """The columns that say something of the people besides the lists they are on."""
        return tuple(self.cells.columns.drop([*self.lists, N]))

    @property
    def people(self) -> int:
        """How many people are on at least one list."""
        return int(self.cells[N].sum())

    @property
    def counts(self) -> np.ndarray:
        """The persons of each capture history in the order of `histories`; the first, on no list, is 0: not counted."""
        place = self.cells[list(self.lists)].to_numpy() @ (1 << np.arange(len(self.lists))[::-1])
        return np.bincount(place, weights=self.cells[N], minlength=2 ** len(self.lists))

    @property
    def shared(self) -> pd.DataFrame:
        """The persons on both of two lists, a row and a column per list; on the diagonal those of one list."""
        on = histories(len(self.lists))
        return pd.DataFrame(on.T @ (on * self.counts[:, None]), self.lists, self.lists).astype(int)

    def only(self, *lists: str) -> Overlap:
        """The same people as `lists` alone would show them: who is on none of these is left out."""
        kept = self.cells[self.cells[list(lists)].any(axis=1)]
        rest = [*lists, *self.covariates]
        cells = kept.groupby(rest, as_index=False, dropna=False)[N].sum()
        return overlap(cells[[*lists, N, *self.covariates]], name=f"{self.name}, {' and '.join(lists)}")

    def times(self, factor: int) -> Overlap:
        """The same table with every count `factor` times as large."""
        return Overlap(self.lists, self.cells.assign(**{N: self.cells[N] * factor}), self.name)


def histories(lists: int) -> np.ndarray:
    """Every capture history of so many lists, one row each, 0 or 1 per list, from all 0 to all 1."""
    return np.array(list(product((0, 1), repeat=lists)))


def read(file: Path) -> Overlap:
    """The overlap table of a CSV file (see `overlap`), separated by commas, semicolons or tabs.

    OverlapError if it is none, and for a column that only tells rows or histories apart (`refuse_labels`).
    """
    made = overlap(_csv(file), name=file.name)
    refuse_labels(made, made.covariates)
    return made


def _csv(file: Path) -> pd.DataFrame:
    if file.exists() and not file.is_file():
        raise OverlapError(f"{file.name}: a folder, pipe or device; save the table as CSV and name that file")
    try:
        first = file.read_text("utf-8-sig").partition("\n")[0]
        separator = max(SEPARATORS, key=first.count)
        decimal = "." if separator == "," else ","
        rows = pd.read_csv(file, sep=separator, header=None, nrows=1, dtype=str, encoding="utf-8-sig")
        table = pd.read_csv(file, sep=separator, decimal=decimal, skipinitialspace=True, encoding="utf-8-sig")
    except FileNotFoundError:
        raise OverlapError(
            f"{file.name}: there is no such file; name its path, from the folder where you are"
        ) from None
    except UnicodeDecodeError:
        raise OverlapError(
            f"{file.name}: no text in UTF-8; save the table as CSV (in a spreadsheet: CSV UTF-8)"
        ) from None
    except (OSError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise OverlapError(f"{file.name}: cannot be read as CSV ({error}); save the table as CSV") from None
    # pandas would call the second of two columns of one name a.1
    return _named(table.set_axis(rows.iloc[0].str.strip(), axis=1), file.name)


def _named(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """`table` without columns that have neither a name nor a value, as spreadsheets leave them."""
    nameless = table.columns.isna()
    filled = table.loc[:, nameless].notna().any()
    if filled.any():
        place = int(np.flatnonzero(nameless)[filled.to_numpy().argmax()]) + 1
        raise OverlapError(f"{name}: column {place} has values and no name; write one into the first line")
    return table.loc[:, ~nameless]


def overlap(table: pd.DataFrame, *, name: str = "table") -> Overlap:
    """The overlap table in `table`: one row per capture history, with one column a list, and `n`, the persons.

    The lists are the columns whose names begin with `in_`, or, if there are none, all before `n`; the others are
    covariates. Without `n`, and with `in_`, each row is one person. A history that is left out has nobody.
    OverlapError, with column and row (the first is 1), for two columns of one name, a list that holds anything but 0
    and 1, counts that are missing, negative or no whole numbers, a history that comes twice, people on no list, fewer
    than 2 lists or 10 people, a list with nobody or without overlap, or one inside another.
    """
    table = table.reset_index(drop=True)
    _refuse_columns(table, name)
    lists = _lists(table, name)
    table = _counted(table, lists, name)
    _refuse_cells(table, lists, name)
    covariates = [column for column in table if column not in (*lists, N)]
    kept = table[table[N] > 0].reset_index(drop=True)
    cells = kept.astype({column: int for column in (*lists, N)})[[*lists, N, *covariates]]
    made = Overlap(tuple(lists), cells, name)
    _refuse_lists(made)
    return made


def _refuse_columns(table: pd.DataFrame, name: str) -> None:
    twice = table.columns[table.columns.duplicated()]
    if len(twice):
        raise OverlapError(f"{name}: two columns are called {twice[0]}; each needs a name of its own")
    meant = [column for column in table if column != N and str(column).strip().lower() == N]
    if meant and N not in table:
        raise OverlapError(f"{name}: no column `{N}`, but `{meant[0]}`: write its name as `{N}`")
    if N not in table and not _marked(table):
        there = ", ".join(map(str, table))
        raise OverlapError(f"{name}: no column `{N}` with the number of people; there are {there}; if a row is one "
                           f"person, let the names of lists begin with `{PREFIX}`")  # fmt: skip


def _marked(table: pd.DataFrame) -> list[str]:
    return [column for column in table if str(column).startswith(PREFIX)]


def _counted(table: pd.DataFrame, lists: list[str], name: str) -> pd.DataFrame:
    """`table` with `n`: if it has none, its rows are persons, and those alike are counted."""
    if N in table:
        return table
    one_each = table.assign(**{N: 1})
    _refuse_marks(one_each, lists, name)
    refuse_labels(Overlap(tuple(lists), one_each, name), [one for one in table if one not in lists])
    return one_each.groupby(list(table), dropna=False, as_index=False)[N].sum()


def _lists(table: pd.DataFrame, name: str) -> list[str]:
    lists = _marked(table) or list(table.columns[: table.columns.get_loc(N)])
    if len(lists) < 2:
        raise OverlapError(f"{name}: {len(lists)} list: at least 2 are needed; {LISTS_NEEDED}")
    if len(lists) > MOST_LISTS:
        raise OverlapError(f"{name}: {len(lists)} lists: at most {MOST_LISTS} are allowed; join those of one maker")
    return lists


def _refuse_marks(table: pd.DataFrame, lists: list[str], name: str) -> None:
    for column in lists:
        _refuse_row(table, ~table[column].isin([0, 1]), column, name, f"allowed are 0 and 1; {LISTS_NEEDED}")


def refuse_labels(made: Overlap, names: Sequence[str]) -> None:
    """OverlapError for those of the columns `names` that say nothing of people, but which row or list they are in."""
    for name in names:
        known = made.cells.dropna(subset=[name])
        if len(known) > 1 and known[name].is_unique:
            raise OverlapError(f"{made.name}: {name} is different in every row: a number or name of people is no "
                               "covariate; leave the column out, or put its values into groups")  # fmt: skip
        if len(known) > 1 and known[name].nunique() == 1:
            raise OverlapError(
                f"{made.name}: {name} is the same in every row: it tells nobody apart; leave the column out"
            )
        kinds = known.groupby(name)[list(made.lists)].nunique().max(axis=None)
        if kinds == 1:
            raise OverlapError(f"{made.name}: {name} follows from the lists, for each of its values goes with one "
                               "history only; leave the column out")  # fmt: skip


def _refuse_cells(table: pd.DataFrame, lists: list[str], name: str) -> None:
    _refuse_marks(table, lists, name)
    count = pd.to_numeric(table[N], errors="coerce")
    _refuse_row(table, count.isna(), N, name, "a number of people is needed, such as 1234; write 0 for nobody")
    _refuse_row(table, count < 0, N, name, "people cannot be negative")
    _refuse_row(table, count > MOST_PEOPLE, N, name, f"more than {MOST_PEOPLE:,} are no people of one war; correct it")
    _refuse_row(table, count % 1 != 0, N, name, "people are whole; give counts, not shares or means")
    nowhere = (table[lists] == 0).all(axis=1) & (count > 0)
    _refuse_row(table, nowhere, N, name, "people on no list are what is asked for: leave the row out")
    twice = table.duplicated([column for column in table if column != N])
    if twice.any():
        row = int(twice.idxmax())
        history = "".join(str(int(one)) for one in table.loc[row, lists])
        raise OverlapError(f"{name}, row {row + 1}: the history {history} comes twice; add the rows up into one")


def _refuse_row(table: pd.DataFrame, wrong: pd.Series, column: str, name: str, remedy: str) -> None:
    if wrong.any():
        row = int(wrong.idxmax())
        value = table.loc[row, column]
        said = "nothing" if pd.isna(value) else f"'{value}'"
        raise OverlapError(f"{name}, row {row + 1}, column {column}: {said}; {remedy}")


def _refuse_lists(made: Overlap) -> None:
    """OverlapError where lists are such that no model can say how many people are on none of them."""
    if made.people > MOST_PEOPLE:
        raise OverlapError(f"{made.name}: {made.people:,} people: at most {MOST_PEOPLE:,} are allowed; correct them")
    if made.people < LEAST_PEOPLE:
        raise OverlapError(f"{made.name}: {made.people} people: at least {LEAST_PEOPLE} are needed; gather more")
    shared = made.shared
    for one in made.lists:
        own = shared.loc[one, one]
        if own == 0:
            raise OverlapError(f"{made.name}: nobody is on the list {one}: leave its column out")
        if shared.loc[one].drop(one).max() == 0:
            raise OverlapError(
                f"{made.name}: the overlap of {one} ({own:,} people) with the other lists is 0; at least 1 is needed: "
                "match the lists again, or leave it out"
            )
    for one, other in permutations(made.lists, 2):
        if shared.loc[one, other] == shared.loc[one, one]:
            raise OverlapError(
                f"{made.name}: all {shared.loc[one, one]:,} people of {one} are on {other} too: a list inside another "
                "says nothing of those on neither; leave it out"
            )


def from_histories(counts: Mapping[str, int], *, lists: tuple[str, ...] = (), name: str = "table") -> Overlap:
    """The overlap table of `counts`, persons by capture history written as `0110`; lists are called 1, 2, ... ."""
    width = len(next(iter(counts)))
    names = lists or tuple(str(number) for number in range(1, width + 1))
    rows = [[*map(int, history), n] for history, n in counts.items()]
    return overlap(pd.DataFrame(rows, columns=[*names, N]), name=name)


def cases(known_on: str | None = None) -> pd.DataFrame:
    """The published examples, one row each, by `case`; columns as in data/figures/overlap_cases.csv.

    `known_on`: only those that were published by then.
    """
    table = own_tables.read(CASES, dtype=str, index_col="case")
    table = table.assign(published=[partial_date(day).last for day in table["published"]])
    return table if known_on is None else table[table["published"] <= known_on]


def example(case: str) -> Overlap:
    """The published example `case` of `cases`; OverlapError says which there are."""
    known = cases()
    if case not in known.index:
        raise OverlapError(f"no example '{case}': there are {', '.join(known.index)}")
    rows = own_tables.read(COUNTS, dtype={"history": str}).query("case == @case")
    lists = tuple(known.loc[case, "lists"].split("; "))
    return from_histories(dict(zip(rows["history"], rows[N], strict=True)), lists=lists, name=case)


def published(case: str) -> pd.DataFrame:
    """What the makers of `case` printed, one row per model; columns as in data/figures/overlap_estimates.csv."""
    return own_tables.read(PUBLISHED).query("case == @case").drop(columns="case").reset_index(drop=True)


def computed(case: str) -> pd.DataFrame:
    """What this project computed from the records of `case`, which are not here: data/figures/overlap_computed.csv."""
    table = own_tables.read(COMPUTED).query("case == @case")
    return table.fillna({"model": ""}).drop(columns=["case", "source"]).reset_index(drop=True)
