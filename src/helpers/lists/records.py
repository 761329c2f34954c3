"""Raw lists read into one schema of records; rows that cannot be right are set aside with the reason."""

from __future__ import annotations

import contextlib
import itertools
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers.figures import WAR_BEGAN
from helpers.lists import dates, formats, name_parts, quarantine
from helpers.lists.formats import ListError
from helpers.lists.quarantine import AGES, LIFETIME, SET_ASIDE
from helpers.paths import DATA

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandera.pandas as pa

__all__ = ["AGES", "COLUMNS", "SET_ASIDE", "TEXT", "ListError", "Reading", "from_text", "read_bessudnov",
           "read_invented", "schema"]  # fmt: skip

INVENTED = DATA / "lists" / "invented.csv"
INVENTED_WAR_BEGAN = pd.Timestamp("2010-03-01")
BESSUDNOV_FILE = "dfFatalitiesAnonymised.csv"

# what a row of a raw list says, as text, whatever its columns are called there
TEXT = (
    "record_id name surname given patronymic sex born age died confirmed "
    "region settlement branch unit unit_type rank status source"
).split()
PRINTED = "list record_id name born age died confirmed region branch unit rank status source".split()
COLUMNS = (
    "list record_id name surname given patronymic sex birth_date birth_year age death_date death_precision confirmed "
    "region settlement branch unit unit_type rank status evidence hosts"
).split()

# the list's one column of unit types holds branches of service and ways of entering it: both meanings, apart
UNIT_TYPES = {
    "professional army": ("army", "professional"),
    "conscripted": ("army", "mobilised or conscript"),
    "volunteers": ("", "volunteer"),
    "inmates": ("", "prisoner"),
    "private military company": ("private military company", ""),
    "police / national guard / FSB": ("police, national guard or security service", ""),
}


class Reading(NamedTuple):
    """A list as read: its records, and the rows set aside; together they are all the rows of the file."""

    records: pd.DataFrame
    set_aside: pd.DataFrame

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return len(self.records) + len(self.set_aside)


@cache
def schema() -> pa.DataFrameSchema:
    """The contract of a table of records (columns: data/README.md), as a pandera schema; one row per record.

    A record is one entry of one list, not a person: one person may have several. Missing is missing, never "".
    """
    import pandera.pandas as pa

    def text(**options: object) -> pa.Column:
        return pa.Column("str", **{"nullable": True, **options})

    def number(low: int, high: int | None = None) -> pa.Column:
        allowed = pa.Check.ge(low) if high is None else pa.Check.in_range(low, high)
        return pa.Column("Int64", allowed, nullable=True)

    day = pa.Column("datetime64[ns]", nullable=True)
    columns = {
        "list": text(nullable=False), "record_id": text(nullable=False, unique=True), "name": text(),
        "surname": text(), "given": text(), "patronymic": text(),
        "sex": text(checks=pa.Check.isin(quarantine.SEXES)),
        "birth_date": day, "birth_year": number(dates.YEARS[0]), "age": number(*LIFETIME),
        "death_date": day, "death_precision": text(checks=pa.Check.isin(["day", "month", "year"])),
        "confirmed": day, "region": text(), "settlement": text(), "branch": text(), "unit": text(),
        "unit_type": text(), "rank": text(), "status": text(), "evidence": number(0), "hosts": text(),
    }  # fmt: skip
    dated = pa.Check(lambda t: t["death_date"].isna() == t["death_precision"].isna(), error="a date has a precision")
    return pa.DataFrameSchema(columns, checks=dated, strict=True, ordered=True)


def read_invented(*paths: Path) -> Reading:
    """Invented lists: records of people who never lived, written as sources write them; by default the one in data/.

    A file may hold several lists, told apart by its column `list`. Records: one row per record, in the schema of this
    module. Set aside: one row per row that cannot be right, with the line of its file, the column, the value and the
    reason.
    """
    read = [from_text(_invented_rows(path), since=INVENTED_WAR_BEGAN) for path in paths or [INVENTED]]
    kept = pd.concat([one.records for one in read], ignore_index=True)
    aside = pd.concat([one.set_aside for one in read], ignore_index=True)
    return Reading(schema().validate(kept, lazy=True), aside)


def _invented_rows(path: Path) -> pd.DataFrame:
    header: list[str] = []
    with contextlib.suppress(OSError, UnicodeError), Path(path).open(encoding="utf-8-sig") as text:
        header = text.readline().strip().split(",")  # if it cannot be read, the reader below says why
    more = [column for column in TEXT if column in header and column not in PRINTED]
    return formats.read(Path(path), [*PRINTED, *more]).cells


def read_bessudnov(folder: Path) -> Reading:
    """The list of Russian dead that Bessudnov (2023) published without names: 20,253 records, 2022-02-25 to 2023-04-11.

    Columns as in `read_invented`. Its day is the day on which the death was confirmed, not the day of death, which
    it does not have. `unit_type` is as printed; `branch` and `status` say what of it is a branch of service and what
    a way of entering it. Addresses of evidence are counted, and their hosts kept; the addresses are not.
    Source: data/sources.toml, bessudnov-2023.
    """
    names = {"id": "record_id", "birthYear": "born", "deathConfirmedDate": "confirmed", "unitType": "unit_type"}
    wanted = [*names, "first_name", "last_name", "age", "region", "source"]
    rows = formats.read(Path(folder) / BESSUDNOV_FILE, wanted).cells.rename(columns=names)
    told = pd.DataFrame.from_dict(UNIT_TYPES, orient="index", columns=["branch", "status"], dtype="str")
    rows = rows.join(told, on="unit_type").fillna({"branch": "", "status": ""})
    return from_text(rows.assign(list="bessudnov-2023"), since=WAR_BEGAN)  # names are removed in the published file


def from_text(
    rows: pd.DataFrame,
    *,
    since: pd.Timestamp,
    until: pd.Timestamp | None = None,
    ages: tuple[int, int] = AGES,
    doubtful: Mapping[str, pd.Series] = MappingProxyType({}),
) -> Reading:
    """Rows of text (`list` and any of TEXT; "" is missing) as records; what cannot be right is set aside.

    `since` is the day on which the war began. `until` is the last day that the list can know of: no list holds a later
    death. Without it, it is the day of the list's newest confirmation. `ages`: the youngest and the oldest that the
    list can hold, in years; by default those of soldiers. Records have the columns of `schema`; a name
    without parts is taken apart, and parts without a name are joined. Each row set aside has the index of its row, and
    the first rule that it breaks. Dates are written YYYY-MM-DD, YYYY-MM or YYYY; `doubtful` says by column which could
    be read in two ways.
    """
    rows = rows.reindex(columns=["list", *TEXT], fill_value="").astype("str")
    rows = rows.assign(**{column: dates.western(rows[column]) for column in ("born", "age", "died", "confirmed")})
    spans = {column: dates.spans(rows[column]) for column in ("born", "died", "confirmed")}
    age = pd.to_numeric(rows["age"].where(rows["age"].str.fullmatch("[0-9]{1,9}"))).astype("Int64")
    newest = spans["confirmed"]["last"].groupby(rows["list"]).transform("max")
    last = newest if until is None else pd.Series(until, rows.index)
    rules = itertools.chain(
        quarantine.written_rules(rows, ["list", *TEXT]),
        ((column, "a date that can be read in two ways", two) for column, two in doubtful.items()),
        quarantine.meaning_rules(rows, spans, age, since, last, ages),
    )
    aside = quarantine.set_aside(rows, rules)
    records = _records(_named(rows), spans, age).drop(index=aside["row"]).reset_index(drop=True)
    reading = Reading(schema().validate(records, lazy=True), aside)
    assert reading.rows == len(rows)  # rows in = rows kept + rows set aside
    return reading


def _named(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the parts of a name that is printed whole, and the whole of one that is printed in parts."""
    whole, parts = rows["name"] != "", (rows[name_parts.PARTS] != "").any(axis=1)
    split = name_parts.split(rows.loc[whole & ~parts, "name"])
    joined = rows["surname"] + " " + rows["given"] + " " + rows["patronymic"]
    joined = joined.str.replace(r"\s+", " ", regex=True).str.strip()
    named = rows.assign(name=rows["name"].where(whole, joined))
    named.loc[split.index, name_parts.PARTS] = split
    return named


def _records(rows: pd.DataFrame, spans: dict[str, pd.DataFrame], age: pd.Series) -> pd.DataFrame:
    born, died, confirmed = (spans[column] for column in ("born", "died", "confirmed"))
    hosts = rows["source"].str.findall(r"https?://([\w-]+(?:\.[\w-]+)+)")
    typed = {
        "birth_date": born["first"].where(born["precision"] == "day"),
        "birth_year": born["first"].dt.year.astype("Int64"),
        "age": age,
        "death_date": died["first"],
        "death_precision": died["precision"],
        "confirmed": confirmed["first"],
        "evidence": hosts.str.len().astype("Int64"),
        "hosts": hosts.map(lambda found: " ".join(sorted(set(found)))).astype("str"),
    }
    records = rows.assign(**typed)[COLUMNS]
    text = records.select_dtypes("str").columns
    return records.assign(**{column: records[column].mask(records[column] == "") for column in text})
