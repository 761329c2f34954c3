"""Raw lists read into one schema of records; rows that cannot be right are set aside with the reason."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers.figures import WAR_BEGAN, partial_date
from helpers.paths import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandera.pandas as pa

INVENTED = DATA / "lists" / "invented.csv"
INVENTED_WAR_BEGAN = pd.Timestamp("2010-03-01")
BESSUDNOV_FILE = "dfFatalitiesAnonymised.csv"
AGES = (14, 90)  # years; outside, a number is taken for a slip of the keyboard
YEARS_APART = 2  # age at death and year of confirmation, each rounded, may disagree by so many years

# what a row of a raw list says, as text, whatever its columns are called there
TEXT = "record_id name born age died confirmed region branch unit unit_type rank status source".split()
COLUMNS = (
    "list record_id name birth_date birth_year age death_date death_precision confirmed "
    "region branch unit unit_type rank status evidence hosts"
).split()
SET_ASIDE = "list row record_id column value reason".split()

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


class ListError(ValueError):
    """A file that is not the list it should be; the message names the file and what is wrong."""


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
        "birth_date": day, "birth_year": number(1850), "age": number(*AGES),
        "death_date": day, "death_precision": text(checks=pa.Check.isin(["day", "month", "year"])),
        "confirmed": day, "region": text(), "branch": text(), "unit": text(), "unit_type": text(),
        "rank": text(), "status": text(), "evidence": number(0), "hosts": text(),
    }  # fmt: skip
    dated = pa.Check(lambda t: t["death_date"].isna() == t["death_precision"].isna(), error="a date has a precision")
    return pa.DataFrameSchema(columns, checks=dated, strict=True, ordered=True)


def read_invented(path: Path = INVENTED) -> Reading:
    """The invented list: records of people who never lived, written as sources write them.

    Records: one row per record, in the schema of this module. Set aside: one row per row that cannot be right, with
    its number in the file (1 is the first after the header), the column, the value and the reason.
    """
    rows = _rows(path, ["list", *(column for column in TEXT if column != "unit_type")])
    return _reading(rows.assign(unit_type=""), rows["list"], began=INVENTED_WAR_BEGAN)


def read_bessudnov(folder: Path) -> Reading:
    """The list of Russian dead that Bessudnov (2023) published without names: 20,253 records, 2022-02-25 to 2023-04-11.

    Columns as in `read_invented`. Its day is the day on which the death was confirmed, not the day of death, which
    it does not have. `unit_type` is as printed; `branch` and `status` say what of it is a branch of service and what
    a way of entering it. Addresses of evidence are counted, and their hosts kept; the addresses are not.
    Source: data/sources.toml, bessudnov-2023.
    """
    names = {"id": "record_id", "birthYear": "born", "deathConfirmedDate": "confirmed", "unitType": "unit_type"}
    wanted = [*names, "first_name", "last_name", "age", "region", "source"]
    rows = _rows(Path(folder) / BESSUDNOV_FILE, wanted).rename(columns=names)
    told = pd.DataFrame.from_dict(UNIT_TYPES, orient="index", columns=["branch", "status"], dtype="str")
    rows = rows.join(told, on="unit_type").fillna({"branch": "", "status": ""})
    rows = rows.assign(name="", died="", unit="", rank="")  # names are removed in the published file
    return _reading(rows, pd.Series("bessudnov-2023", rows.index), began=WAR_BEGAN)


def _rows(path: Path, columns: list[str]) -> pd.DataFrame:
    rows = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    if missing := [column for column in columns if column not in rows.columns]:
        raise ListError(f"{path.name}: no column {', '.join(missing)}; it has {', '.join(rows.columns)}")
    return rows.apply(lambda column: column.str.strip())


def _reading(rows: pd.DataFrame, names: pd.Series, *, began: pd.Timestamp) -> Reading:
    """Rows of text as records; what cannot be right is set aside by the first rule that it breaks."""
    spans = {column: _spans(rows[column]) for column in ("born", "died", "confirmed")}
    numbers = pd.to_numeric(rows["age"].where(rows["age"].str.fullmatch(r"\d+"))).astype("Int64")
    faults = [
        pd.DataFrame({"column": column, "value": rows[column], "reason": reason})[bad.fillna(False).astype(bool)]
        for column, reason, bad in _rules(rows, spans, numbers, began)
    ]
    first = pd.concat(faults).groupby(level=0).first()
    where = pd.DataFrame({"list": names, "row": rows.index + 1, "record_id": rows["record_id"]})
    records = _records(rows.assign(list=names), spans, numbers).drop(index=first.index)
    reading = Reading(
        schema().validate(records.reset_index(drop=True), lazy=True),
        where.join(first, how="inner")[SET_ASIDE].reset_index(drop=True),
    )
    assert reading.rows == len(rows)  # rows in = rows kept + rows set aside
    return reading


def _rules(
    rows: pd.DataFrame, spans: dict[str, pd.DataFrame], age: pd.Series, began: pd.Timestamp
) -> Iterator[tuple[str, str, pd.Series]]:
    """Each rule as column, reason and the rows that break it, in the order in which they are asked."""
    born, died, confirmed = (spans[column] for column in ("born", "died", "confirmed"))
    year = died["last"].fillna(confirmed["last"]).dt.year
    lived = (year - born["first"].dt.year).astype("Int64")
    low, high = AGES
    yield "record_id", "no record id", rows["record_id"] == ""
    yield "record_id", "record id used before", rows["record_id"].duplicated()
    for column, span in spans.items():
        yield column, "not a date", ~span["readable"]
    yield "confirmed", "day of confirmation without its day", ~confirmed["precision"].isin(["", "day"])
    yield "age", "not a whole number", (rows["age"] != "") & age.isna()
    yield "died", "died before the war began", died["last"] < began
    yield "confirmed", "confirmed before the war began", confirmed["last"] < began
    newest = confirmed["last"].fillna(confirmed["last"].max())  # no list holds a death later than its last entry
    yield "died", "died after the death was confirmed", died["first"] > newest
    yield "age", f"age not between {low} and {high}", ~age.between(low, high)
    yield "born", f"year of birth makes an age not between {low} and {high}", ~lived.between(low, high + 1)
    yield "age", "age and year of birth disagree", (lived - age).abs() > YEARS_APART


def _spans(texts: pd.Series) -> pd.DataFrame:
    """Partial dates of `texts` as first and last day, precision ("" where there is none), and whether readable."""
    read = {text: _span(text) for text in texts.unique()}
    columns = ["first", "last", "precision", "readable"]
    table = pd.DataFrame([read[text] for text in texts], columns=columns, index=texts.index)
    return table.astype({"first": "datetime64[ns]", "last": "datetime64[ns]", "precision": "str"})


def _span(text: str) -> tuple[pd.Timestamp, pd.Timestamp, str, bool]:
    try:
        return (*partial_date(text), True) if text else (pd.NaT, pd.NaT, "", True)
    except ValueError:
        return pd.NaT, pd.NaT, "", False


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
        "hosts": hosts.map(lambda found: " ".join(sorted(set(found)))),
    }
    records = rows.assign(**typed)[COLUMNS]
    text = records.select_dtypes("str").columns
    return records.assign(**{column: records[column].mask(records[column] == "") for column in text})
