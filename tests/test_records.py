import pandas as pd
import pandera.pandas as pa
import pytest

from helpers import sources
from helpers.lists import records

HEADER = "list,record_id,name,born,age,died,confirmed,region,branch,unit,rank,status,source"
GOOD = "invented,1,Name,1985-04-01,25,2010-05,2010-06-03,Lakeland,navy,,major,,https://a.example/1 https://b.example/2"


@pytest.fixture
def read(tmp_path):
    """Read rows of text as the invented list."""

    def reading(*rows):
        file = tmp_path / "list.csv"
        file.write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
        return records.read_invented(file)

    return reading


def test_a_record_has_every_column_of_the_schema(read):
    record = read(GOOD).records.iloc[0]
    assert list(record.index) == records.COLUMNS
    assert record[["list", "record_id", "name", "region", "branch", "rank"]].tolist() == [
        "invented", "1", "Name", "Lakeland", "navy", "major",
    ]  # fmt: skip
    assert (record["birth_date"], record["birth_year"]) == (pd.Timestamp("1985-04-01"), 1985)
    assert (record["death_date"], record["death_precision"]) == (pd.Timestamp("2010-05-01"), "month")
    assert (record["age"], record["confirmed"]) == (25, pd.Timestamp("2010-06-03"))
    assert record[["unit", "unit_type", "status"]].isna().all()


def test_evidence_is_a_count_and_hosts_but_no_address(read):
    twice = GOOD.replace("https://b.example/2", "https://a.example/2")
    kept = read(GOOD, twice.replace(",1,", ",2,", 1), "invented,3,Name,,,,,,,,,,no address").records
    assert kept["evidence"].tolist() == [2, 2, 0]
    assert kept["hosts"].fillna("-").tolist() == ["a.example b.example", "a.example", "-"]
    assert not kept.astype(str).apply(lambda column: column.str.contains("http")).any(axis=None)


def test_a_year_of_birth_is_no_day_of_birth(read):
    record = read(GOOD.replace("1985-04-01", "1985")).records.iloc[0]
    assert record["birth_year"] == 1985
    assert pd.isna(record["birth_date"])


@pytest.mark.parametrize(
    ("old", "new", "column", "reason"),
    [
        (",1,", ",,", "record_id", "no record id"),
        ("2010-05,", "20103-05-12,", "died", "not a date"),
        ("2010-05,", "2010-13-05,", "died", "not a date"),
        ("2010-06-03", "2010-06", "confirmed", "day of confirmation without its day"),
        (",25,", ",young,", "age", "not a whole number"),
        (",25,", ",344,", "age", "age not between 14 and 90"),
        ("1985-04-01", "1890", "born", "year of birth makes an age not between 14 and 90"),
        (",25,", ",28,", "age", "age and year of birth disagree"),  # 2010 - 1985 = 25, three years apart
        ("2010-05,", "2010-02,", "died", "died before the war began"),
        ("2010-06-03", "2010-02-28", "confirmed", "confirmed before the war began"),
        ("2010-05,", "2010-06-04,", "died", "died after the death was confirmed"),
    ],
)
def test_a_row_that_cannot_be_right_is_set_aside_with_its_reason(read, old, new, column, reason):
    reading = read(GOOD.replace(",1,", ",0,", 1), GOOD.replace(old, new, 1))
    assert reading.rows == 2
    assert len(reading.records) == 1
    aside = reading.set_aside.iloc[0]
    assert (aside["row"], aside["column"], aside["reason"]) == (3, column, reason)
    assert aside["value"] == new.strip(",")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (",25,", ",27,"),  # two years apart: rounding
        ("2010-05,", "2010-06,"),  # the month of confirmation
        ("2010-05,", "2010-03,"),  # the month in which the war began
        ("2010-05,", ","),
        ("2010-06-03", ""),
    ],
)
def test_a_row_that_may_be_right_is_kept(read, old, new):
    assert len(read(GOOD.replace(old, new, 1)).records) == 1


def test_a_day_after_the_newest_entry_is_set_aside_even_where_the_row_has_no_day_of_its_own(read):
    reading = read(GOOD, GOOD.replace(",1,", ",2,", 1).replace("2010-05,2010-06-03", "2010-07-01,"))
    assert reading.set_aside["reason"].tolist() == ["died after the last day of the list"]


def test_the_second_use_of_an_id_is_set_aside(read):
    reading = read(GOOD, GOOD.replace("Lakeland", "Highmoor"))
    assert reading.records["region"].tolist() == ["Lakeland"]
    assert reading.set_aside[["row", "reason"]].values.tolist() == [[3, "record id used before"]]


def test_a_row_with_two_faults_is_set_aside_once(read):
    assert read(GOOD.replace(",25,", ",344,").replace("2010-05,", "2010-13,")).set_aside["reason"].tolist() == [
        "not a date"
    ]


def test_a_file_without_a_column_is_refused(tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("list,record_id,name\ninvented,1,Name\n", "utf-8")
    with pytest.raises(records.ListError, match=r"list.csv: no column born, age, .*; it has list, record_id, name"):
        records.read_invented(file)


def test_an_invented_list_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(records.ListError, match=r"none.csv: cannot be read .No such file"):
        records.read_invented(tmp_path / "none.csv")


@pytest.mark.parametrize(("column", "value"), [("age", 121), ("death_precision", "week"), ("evidence", -1)])
def test_the_schema_refuses(read, column, value):
    bad = read(GOOD).records
    bad[column] = pd.Series([value], dtype=bad[column].dtype)
    with pytest.raises(pa.errors.SchemaError):
        records.schema().validate(bad)


def test_the_invented_list_adds_up():
    reading = records.read_invented()
    assert reading.rows == 2000
    assert reading.records["list"].str.startswith("invented ").all()
    assert 10 <= len(reading.set_aside) <= 40  # one in a hundred is spoilt, and a few dates become impossible


def test_bessudnovs_columns_mean_what_they_say(tmp_path):
    lines = [
        "id,first_name,last_name,impliedEthnicity,birthYear,deathConfirmedDate,unitType,age,region,source",
        '7,removed,removed,removed,1992,2022-02-25,inmates,30,Tuva,"https://a.example/1 (5)\nhttps://b.example/2"',
        "8,removed,removed,removed,,,conscripted,,,",
    ]
    (tmp_path / records.BESSUDNOV_FILE).write_text("\n".join(lines) + "\n", "utf-8")
    reading = records.read_bessudnov(tmp_path)
    first, second = reading.records.to_dict("records")
    assert (first["confirmed"], first["birth_year"], first["evidence"]) == (pd.Timestamp("2022-02-25"), 1992, 2)
    assert pd.isna(first["death_date"])
    assert pd.isna(first["name"])
    assert (first["unit_type"], first["status"]) == ("inmates", "prisoner")
    assert (second["unit_type"], second["branch"], second["status"]) == (
        "conscripted",
        "army",
        "mobilised or conscript",
    )
    assert second["evidence"] == 0


def test_bessudnovs_list_as_published():
    """Counts of the published file: 20,253 records, 65 without date, 6,516 without age, 358 without region."""
    if "bessudnov-2023" not in sources.available():
        pytest.skip("bessudnov-2023 is not in data/raw: run `make data SOURCE=bessudnov-2023`")
    reading = records.read_bessudnov(sources.fetch("bessudnov-2023"))
    assert (len(reading.records), len(reading.set_aside)) == (20_253, 0)
    missing = reading.records.isna().sum()
    assert missing[["confirmed", "age", "region"]].tolist() == [65, 6_516, 358]
    days = reading.records["confirmed"].dropna()
    assert (str(days.min())[:10], str(days.max())[:10]) == ("2022-02-25", "2023-04-11")
    assert set(reading.records["unit_type"].dropna()) == set(records.UNIT_TYPES)
