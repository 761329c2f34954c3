import csv
import json
import os
import zipfile

import damage
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.lists import formats, mapping, own, records
from helpers.lists.formats import Layout, ListError
from helpers.paths import DATA, ROOT

EXAMPLE = DATA / "lists" / "my_list.toml"
MAPPING = """
[memorial]
file = "{file}"
since = 2010-03-01
until = "2011-12-31"
{keys}
[memorial.columns]
record_id = "No"
name = "Name"
died = "Died"
{columns}
"""
SHORT = '[a]\nfile = "a.csv"\nsince = "{}"\nuntil = 2011-01-01\ncolumns = {{{} = "N"}}'
GOOD = [["No", "Name", "Died"], ["1", "Иванов Иван Иванович", "2010-05-03"], ["2", "Petrov Petr", ""]]


@pytest.fixture
def read(tmp_path):
    """Read content (rows of cells, text or bytes) as a list of one's own."""

    def reading(content=GOOD, *, name="list.csv", keys="", columns=""):
        if isinstance(content, list):
            content = "\n".join(",".join(row) for row in content) + "\n"
        (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
        (tmp_path / "list.toml").write_text(MAPPING.format(file=name, keys=keys, columns=columns), "utf-8")
        return own.read(tmp_path / "list.toml")

    return reading


@pytest.fixture
def sheet(tmp_path, read):
    """Read a workbook whose sheets are given as rows of cells."""

    def reading(*sheets, keys=""):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for number, rows in enumerate(sheets, start=1):
            page = book.create_sheet(f"Sheet {number}")
            for row in rows:
                page.append(row)
        book.save(tmp_path / "list.xlsx")
        return read((tmp_path / "list.xlsx").read_bytes(), name="list.xlsx", keys=keys)

    return reading


def aside(lists):
    return lists.set_aside[["row", "record_id", "column", "value", "reason"]].values.tolist()


# what is read rightly


def test_the_example_is_read_and_its_three_slips_are_set_aside():
    lists = own.read(EXAMPLE)
    assert lists.account.values.tolist() == [["my_list", "my_list.csv", 45, 42, 3, 0]]
    assert aside(lists) == [
        [7, "6", "Дата гибели", "12.05.20103", "not a date"],
        [22, "21", "Дата рождения", "31.02.1985", "not a date"],
        [35, "34", "ФИО", '=HYPERLINK("https://news.example/34")', "a formula, not a value"],
    ]
    assert set(lists.records["list"]) == {"memorial", "newspaper"}
    assert lists.records["record_id"].iloc[0] == "memorial:1"
    assert set(lists.records["status"].dropna()) == {"mobilised", "volunteer", "professional", "prisoner"}
    assert lists.words.empty
    assert lists.once_per_list


def test_a_list_has_the_schema_of_records(read):
    lists = read()
    assert list(lists.records.columns) == records.COLUMNS
    first = lists.records.iloc[0]
    assert first[["list", "record_id", "surname", "given", "patronymic"]].tolist() == [
        "memorial", "1", "Иванов", "Иван", "Иванович",
    ]  # fmt: skip
    assert first["death_date"] == pd.Timestamp("2010-05-03")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "windows-1251", "utf-16", "koi8-r"])
def test_other_encodings_and_delimiters(read, encoding):
    text = "\r\n".join(";".join(row) for row in GOOD).encode(encoding)
    lists = read(text, keys=f'encoding = "{encoding.removesuffix("-sig")}"\ndelimiter = ";"')
    assert lists.records["given"].tolist() == ["Иван", "Petr"]


def test_rows_have_the_number_of_the_line_on_which_they_begin(read):
    text = 'Made by hand\nNo,Name,Died\n1,"Ivanov\nIvan",2010-05-03\n\n,Petrov,\n3,Orlov,20223-05-03\n4,Belov\n'
    lists = read(text, keys="header = 2")
    assert aside(lists) == [
        [6, "", "No", "", "no record id"],
        [7, "3", "Died", "20223-05-03", "not a date"],
        [8, "", "", "4,Belov", "2 cells where the headings have 3"],
    ]
    assert lists.account[["rows", "kept", "set_aside", "blank"]].values.tolist() == [[4, 1, 3, 1]]


def test_a_list_without_ids_is_numbered_by_its_rows(read, tmp_path):
    read()
    text = (tmp_path / "list.toml").read_text("utf-8").replace('record_id = "No"', "")
    (tmp_path / "list.toml").write_text(text, "utf-8")
    assert own.read(tmp_path / "list.toml").records["record_id"].tolist() == ["2", "3"]


@pytest.mark.parametrize(
    ("forms", "written", "day", "precision"),
    [
        ('"DD.MM.YYYY"', "03.05.2010", "2010-05-03", "day"),
        ('"DD.MM.YYYY"', "3.5.2010", "2010-05-03", "day"),
        ('"MM/DD/YYYY"', "05/03/2010", "2010-05-03", "day"),
        ('"DD/MM/YYYY", "MM/DD/YYYY"', "13/05/2010", "2010-05-13", "day"),  # no month 13
        ('"MM.YYYY"', "05.2010", "2010-05-01", "month"),
        ('"YYYY-MM-DD hh:mm:ss"', "2010-05-03 12:30:00.5", "2010-05-03", "day"),
        ("", "2010", "2010-01-01", "year"),
        ('"DD.MM.YYYY"', "٠٣.٠٥.٢٠١٠", "2010-05-03", "day"),  # Arabic digits
    ],
)
def test_dates_in_the_forms_of_the_mapping(read, forms, written, day, precision):
    record = read([GOOD[0], ["1", "Name", written.replace(",", "")]], keys=f"dates = [{forms}]").records.iloc[0]
    assert (record["death_date"], record["death_precision"]) == (pd.Timestamp(day), precision)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("05/06/2010", "a date that can be read in two ways"),
        ("32/05/2010", "not a date"),
        ("03.05.2010", "not a date"),
        ("2010-02-28", "died before the war began"),
        ("2012-01-01", "died after the last day of the list"),
        ("0999-01-01", "not a date"),
        ("40303", "not a date"),  # the number by which a spreadsheet keeps 2010-05-05
    ],
)
def test_dates_that_cannot_be_right(read, written, reason):
    lists = read([*GOOD, ["3", "Name", written]], keys='dates = ["DD/MM/YYYY", "MM/DD/YYYY"]')
    assert aside(lists) == [[4, "3", "Died", written, reason]]


def test_words_become_ours_and_those_without_a_code_are_kept_and_counted(read):
    rows = [["No", "Name", "Died", "Way"], *([str(n), "Name", "", w] for n, w in enumerate(["моб.", "-", "x", "x"]))]
    codes = 'status = "Way"\n[memorial.codes.status]\n"моб." = "mobilised"\n[memorial.constants]\nbranch = "army"'
    lists = read(rows, keys='empty = ["-"]', columns=codes)
    assert lists.records["status"].fillna("").tolist() == ["mobilised", "", "x", "x"]
    assert lists.records["branch"].tolist() == ["army"] * 4
    assert lists.words.values.tolist() == [["memorial", "status", "x", 2]]


def test_the_four_formats_say_the_same(tmp_path):
    read = [damage.outcome(tmp_path, damage.written(damage.GOOD, kind), kind) for kind in damage.FORMATS]
    assert read == [damage.Outcome(45, 42, 3, "")] * 4


def test_typed_cells_of_a_sheet(sheet):
    day, moment = pd.Timestamp("2010-05-03").date(), pd.Timestamp("2010-05-03 14:00").to_pydatetime()
    lists = sheet([GOOD[0], [1, "A B", day], [2.0, "C D", moment], [3, "E F", 2010], [None, None, None], [4, "G H"]])
    assert lists.records["record_id"].tolist() == ["1", "2", "3", "4"]
    assert lists.records["death_precision"].fillna("").tolist() == ["day", "day", "year", ""]
    assert lists.account["blank"].item() == 1


def test_typed_columns_of_a_parquet_file(tmp_path, read):
    table = pd.DataFrame(
        {
            "No": pd.Categorical(["a", "b", "c"]),
            "Name": ["A B", "E F", "C D"],
            "Died": pd.to_datetime(["2010-05-03 23:30", None, "2010-05-04 00:00"]).tz_localize("Asia/Vladivostok"),
            "Age": [25.0, None, 40.0],
        }
    )
    table.to_parquet(tmp_path / "t.parquet")
    lists = read((tmp_path / "t.parquet").read_bytes(), name="list.parquet", columns='age = "Age"')
    assert lists.records["record_id"].tolist() == ["a", "b", "c"]
    assert lists.records["age"].fillna(0).tolist() == [25, 0, 40]
    assert lists.records["death_date"].dropna().dt.day.tolist() == [3, 4]  # the day of the place, not of Greenwich


def test_lines_of_json_that_are_no_flat_object_are_set_aside(read):
    lines = [
        '{"No": 1, "Name": "A B", "Died": "2010-05-03"}', "[1, 2]", '{"No": 2, "Name": ["A"], "Died": ""}', "{",
        '{"No": 3, "No": 4, "Name": "C"}', '{"No": 5, "Name": "\\ud800"}', '{"No": 6}', "", '{"No": 7, "Name": null}',
    ]  # fmt: skip
    lists = read("\n".join(lines), name="list.jsonl")
    assert lists.set_aside[["row", "reason"]].values.tolist() == [
        [2, "not a JSON object"],
        [3, "a list or an object in Name, where one value is needed"],
        [4, "not JSON"],
        [5, "a key twice in one object"],
        [6, "half a character (a lone surrogate)"],
        [7, "nothing is written in this row"],
        [9, "nothing is written in this row"],
    ]
    assert lists.account[["rows", "kept", "blank"]].values.tolist() == [[8, 1, 1]]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("=1+1", "a formula, not a value"),
        ('" =cmd()"', "a formula, not a value"),
        ("#N/A", "an error value of a spreadsheet program"),
        ("Ivan\x07ov", "a control character"),
        ("Ivan\ufffdov", "a character that was lost in conversion"),
        ("x" * 40_000, "over 32,767 characters"),
    ],
)
def test_a_cell_that_is_no_text_is_set_aside(read, cell, reason):
    assert read([*GOOD, ["3", cell, ""]]).set_aside[["row", "column", "reason"]].values.tolist() == [
        [4, "Name", reason]
    ]


def test_a_formula_in_a_sheet_is_set_aside_even_where_its_value_was_saved(sheet):
    assert aside(sheet([*GOOD, ["3", "=A1&B1", None]])) == [[4, "3", "Name", "=A1&B1", "a formula, not a value"]]


def test_two_lists_in_one_mapping(tmp_path, read):
    read()
    text = (tmp_path / "list.toml").read_text("utf-8")
    second = text.replace("[memorial", "[newspaper").replace("since", "once_per_list = false\nsince")
    (tmp_path / "both.toml").write_text(text + second, "utf-8")
    lists = own.read(tmp_path / "both.toml")
    assert lists.records["record_id"].tolist() == ["memorial:1", "memorial:2", "newspaper:1", "newspaper:2"]
    assert not lists.once_per_list


# what is refused


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "list.csv", "list.csv: empty"),
        ("No,Name,Died\n", "list.csv", "list.csv: no rows under the headings"),
        ("No,Name\n1,A\n", "list.csv", "list.csv: no column Died; it has No, Name"),
        ("No,Name,Died,Name\n1,A,,B\n", "list.csv", "list.csv, row 1: the heading Name stands there twice"),
        ("No;Name;Died\n1;A;\n", "list.csv", "list.csv, line 1: one column only, but many ';'; set delimiter = ';'"),
        ("\n1,A,\n", "list.csv", "list.csv: no headings in row 1"),
        ("No,Name,Died\n1,Иван,\n".encode("windows-1251"), "list.csv", r"list.csv: not utf-8 \(byte 0xc8 in line 2"),
        ("No,Name,Died\n1,A,\n".encode("utf-16"), "list.csv", "list.csv: not utf-8"),
        ("No,Name,Died\n1,A\0B,\n", "list.csv", "list.csv, line 2: a NUL byte"),
        ('No,Name,Died\n1,"A,\n2,B,\n', "list.csv", "list.csv, line 2: .*quotation mark"),
        ('No,Name,Died\n1,"A,\n2,B,2010\n3,C",\n', "list.csv", "list.csv, line 2: a cell that holds whole lines"),
        ("No,Name,Died\n1," + "A" * 200_000 + ",\n", "list.csv", "list.csv, line 2: field larger than field limit"),
        (b"PK\x03\x04 and so on", "list.csv", "list.csv: not CSV but an XLSX file"),
        (b"\xd0\xcf\x11\xe0 and so on", "list.xlsx", "list.xlsx: not XLSX but an old Excel file"),
        (b"PK\x03\x04 and so on", "list.xlsx", "list.xlsx: damaged, or not XLSX"),
        (b"PAR1 and so on", "list.parquet", "list.parquet: damaged, or not PARQUET"),
        ("[1]\n[2]\n", "list.jsonl", "list.jsonl: no line is a JSON object .the first: not a JSON object"),
        ('{"No": 1, "Name": "A"}\n', "list.jsonl", "list.jsonl: no column Died; it has Name, No"),
        ("No,Name,Died\n1,A,\n", "list.doc", "list.doc: the ending '.doc' says no format; allowed are .csv"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_it_says_is_refused_in_one_line(read, content, name, says):
    with pytest.raises(ListError, match=says) as refused:
        read(content, name=name)
    assert "\n" not in str(refused.value)


def test_utf_8_that_is_called_otherwise_is_refused(read):
    with pytest.raises(ListError, match="not windows-1251, its bytes are UTF-8"):
        read(keys='encoding = "windows-1251"')


def test_sheets_that_are_refused(sheet, tmp_path, read):
    with pytest.raises(ListError, match="no headings in row 1; the sheet or file is empty"):
        sheet([])
    with pytest.raises(ListError, match="several sheets; set sheet to one of Sheet 1, Sheet 2"):
        sheet(GOOD, GOOD)
    with pytest.raises(ListError, match="no sheet 'Sheet 3'; it has Sheet 1"):
        sheet(GOOD, keys='sheet = "Sheet 3"')
    assert sheet([], GOOD, keys='sheet = "Sheet 2"').rows == 2


def test_a_workbook_that_unpacks_to_far_more_than_its_size_is_refused(tmp_path, read, sheet):
    sheet(GOOD)
    with zipfile.ZipFile(tmp_path / "list.xlsx", "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/media/noise.bin", bytes(60_000_000))
    with pytest.raises(ListError, match=r"list.xlsx: unpacks to 60 MB, over 100 times its size"):
        read((tmp_path / "list.xlsx").read_bytes(), name="list.xlsx")


def test_a_sheet_that_says_it_is_huge_is_read_as_small_as_it_is(tmp_path, read, sheet):
    sheet(GOOD)
    changed = tmp_path / "huge.xlsx"
    with zipfile.ZipFile(tmp_path / "list.xlsx") as old, zipfile.ZipFile(changed, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b'<dimension ref="A1:C3"', b'<dimension ref="A1:XFD1048576"'))
    assert b"XFD1048576" in changed.read_bytes()
    assert read(changed.read_bytes(), name="list.xlsx").rows == 2


def test_nested_columns_of_a_parquet_file_are_refused_only_where_they_are_read(tmp_path, read):
    table = pd.DataFrame({"No": ["1"], "Name": [["A"]], "Died": [""], "Other": [{"a": 1}]})
    table.to_parquet(tmp_path / "t.parquet")
    with pytest.raises(ListError, match=r"list.parquet: Name .list<.*: allowed are text, numbers, dates"):
        read((tmp_path / "t.parquet").read_bytes(), name="list.parquet")
    table.assign(Name="A").to_parquet(tmp_path / "t.parquet")
    assert read((tmp_path / "t.parquet").read_bytes(), name="list.parquet").rows == 1


def test_a_mapping_by_which_most_rows_would_be_set_aside_is_refused(read):
    rows = [GOOD[0], *([str(n), "Name", "13.05.2010" if n < 12 else ""] for n in range(40))]
    says = (
        r"12 of 40 rows would be set aside, .* column 'Died' \(not a date; first in row 2: '13.05.2010'\).* 0.2 at most"
    )
    with pytest.raises(ListError, match=says):
        read(rows)
    lists = read(rows, keys="set_aside_at_most = 0.3")
    assert (len(lists.records), len(lists.set_aside)) == (28, 12)


@pytest.mark.parametrize(
    ("keys", "columns", "says"),
    [
        ('encodng = "utf-8"', "", r"\[memorial\], key encodng: not known .perhaps encoding..; allowed are file"),
        ('encoding = "utf8"', "", r"key encoding: utf8: not known .perhaps utf-8..; allowed are utf-8, utf-16"),
        ('format = "xls"', "", r"key format: xls: not known .perhaps xlsx..; allowed are csv, xlsx, jsonl, parquet"),
        ('delimiter = "::"', "", "key delimiter: ::: not known"),
        ('dates = ["DD.MM.YY"]', "", "key dates: 'DD.MM.YY' is no form of a date: allowed are YYYY, MM and DD"),
        ('dates = ["DD.YYYY"]', "", "key dates: 'DD.YYYY' is no form of a date"),
        ("header = 0", "", "key header: the number of the row with the headings is needed"),
        ("once_per_list = 1", "", "key once_per_list: true or false is needed"),
        ("set_aside_at_most = 20", "", "key set_aside_at_most: a share from 0 to 1 is needed"),
        ('empty = "-"', "", "key empty: a list of texts is needed"),
        ("", 'sirname = "S"', r"field sirname: not known .perhaps surname..; allowed are list, record"),
        ("", "surname = 3", "key columns, field surname: text in quotation marks is needed"),
        ("", '[memorial.constants]\nname = "x"', "key constants: name is a column already"),
        ("", '[memorial.codes.rank]\nx = "y"', "key codes: rank is no column"),
        ("", '[memorial.codes]\nrank = "y"', "key codes: a table for each field is needed"),
    ],
)  # fmt: skip
def test_a_mapping_that_cannot_be_right_is_refused_with_what_is_allowed(read, keys, columns, says):
    with pytest.raises(ListError, match=says):
        read(keys=keys, columns=columns)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no section; begin one with"),
        ('file = "a.csv"', "key file: in no section"),
        ("[a", "no TOML in UTF-8"),
        ("[a]\nsince = 2010-01-01", r"\[a\]: no key file, until, columns"),
        (SHORT.format("2010", "name"), "key since: a day is needed"),
        (SHORT.format("2012-01-01", "name"), "key until: before since"),
        (SHORT.format("2010-01-01", "age"), "key columns: no name"),
    ],
)  # fmt: skip
def test_a_mapping_without_what_it_needs_is_refused(tmp_path, text, says):
    (tmp_path / "list.toml").write_text(text, "utf-8")
    with pytest.raises(ListError, match=says):
        mapping.read(tmp_path / "list.toml")


def test_a_mapping_or_list_that_is_not_there_is_refused(tmp_path, read):
    with pytest.raises(ListError, match=r"nowhere.toml: cannot be read .No such file"):
        own.read(tmp_path / "nowhere.toml")
    read()
    (tmp_path / "list.csv").unlink()
    with pytest.raises(ListError, match=r"list.csv: cannot be read .No such file"):
        own.read(tmp_path / "list.toml")


# laws

CELLS = st.lists(st.tuples(st.text(), st.text(), st.text()), min_size=1, max_size=30)
LAW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@LAW
@given(rows=CELLS)
def test_any_text_in_any_cell_of_a_csv_file_adds_up_or_is_refused(tmp_path, rows):
    with (tmp_path / "list.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([GOOD[0], *rows])
    (tmp_path / "list.toml").write_text(
        MAPPING.format(file="list.csv", keys="set_aside_at_most = 1", columns=""), "utf-8"
    )
    try:
        lists = own.read(tmp_path / "list.toml")
    except ListError:
        return
    written = sum(any(cells) for cells in rows)
    assert len(lists.records) + len(lists.set_aside) == lists.account["rows"].item() == written


@LAW
@given(rows=CELLS)
def test_any_text_in_any_line_of_json_adds_up(tmp_path, rows):
    lines = [json.dumps(dict(zip(GOOD[0], cells, strict=True))) for cells in rows]
    (tmp_path / "list.jsonl").write_text("\n".join(lines), "utf-8")
    (tmp_path / "list.toml").write_text(
        MAPPING.format(file="list.jsonl", keys="set_aside_at_most = 1", columns=""), "utf-8"
    )
    lists = own.read(tmp_path / "list.toml")
    assert len(lists.records) + len(lists.set_aside) == len(rows)
    assert set(lists.set_aside["row"]) <= set(range(1, len(rows) + 1))


@LAW
@given(texts=st.lists(st.lists(st.text(), min_size=19, max_size=19), min_size=1, max_size=6))
def test_any_text_in_any_column_adds_up(texts):
    rows = pd.DataFrame(texts, columns=["list", *records.TEXT], dtype="str")
    reading = records.from_text(rows, since=records.INVENTED_WAR_BEGAN, until=pd.Timestamp("2011-12-31"))
    assert len(reading.records) + len(reading.set_aside) == len(rows)


@given(text=st.text() | st.binary().map(lambda content: content.decode("utf-8", "replace")))
@LAW
def test_any_text_as_a_mapping_is_read_or_refused(tmp_path, text):
    (tmp_path / "list.toml").write_text(text, "utf-8", "surrogatepass")
    with pytest.raises(ListError):
        own.read(tmp_path / "list.toml")


def damages(tmp_path, seeds):
    """What became of the damaged files of `seeds`, checked one by one: seed, format, what was done, outcome."""
    told = []
    for seed in seeds:
        kind, way, content = damage.damaged(seed)
        outcome = damage.outcome(tmp_path, content, kind)
        assert outcome.rows == outcome.kept + outcome.set_aside, (seed, kind, way)
        assert outcome.refused == "" or outcome.refused.startswith("list."), (seed, kind, way, outcome.refused)
        if way in damage.SAME_ROWS and not outcome.refused:
            assert outcome.rows == len(damage.GOOD) * damage.SAME_ROWS[way], (seed, kind, way)
        told.append((kind, bool(outcome.refused)))
    return told


def test_a_hundred_damaged_files_are_read_or_refused(tmp_path):
    assert set(damages(tmp_path, range(100))) == {
        (kind, refused) for kind in damage.FORMATS for refused in (True, False)
    }


@pytest.mark.slow
def test_a_thousand_damaged_files_are_read_or_refused(tmp_path):
    assert len(damages(tmp_path, range(100, 1100))) == 1000


# what is written

TABLES = {"people": pd.DataFrame({"name": ["A"], "low": [1.5]}), "summary": pd.DataFrame({"people": [1]})}


def test_results_are_written_whole(tmp_path):
    paths = own.write(tmp_path / "new" / "folder", TABLES)
    assert [path.name for path in paths] == ["people.csv", "summary.csv"]
    assert paths[0].read_text("utf-8") == "name,low\nA,1.5\n"
    assert sorted(path.name for path in paths[0].parent.iterdir()) == ["people.csv", "summary.csv"]


def test_results_that_cannot_be_written_leave_the_old_ones(tmp_path, monkeypatch):
    own.write(tmp_path, TABLES)
    (tmp_path / "mine.txt").write_text("mine")
    full = OSError(28, "No space left on device")

    def fail(table, path, **options):
        path.write_text("half")
        if "summary" in path.name:
            raise full

    monkeypatch.setattr(pd.DataFrame, "to_csv", fail)
    with pytest.raises(ListError, match=r"results cannot be written .No space left on device; free some space"):
        own.write(tmp_path, TABLES)
    assert (tmp_path / "people.csv").read_text("utf-8") == "name,low\nA,1.5\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.txt", "people.csv", "summary.csv"]


@pytest.mark.parametrize(("key", "kept"), [("", 5), ("ages = [14, 90]", 2), ("ages = [0, 90]", 4)])
def test_children_and_the_old_are_on_lists_of_civilians(tmp_path, key, kept):
    (tmp_path / "list.csv").write_text("Id,Name,Age\n1,A B,0\n2,C D,13\n3,E F,14\n4,G H,90\n5,I J,91\n", "utf-8")
    (tmp_path / "list.toml").write_text(
        f'[mine]\nfile = "list.csv"\nsince = 2020-01-01\nuntil = 2021-01-01\nset_aside_at_most = 1\n{key}\n'
        '[mine.columns]\nrecord_id = "Id"\nname = "Name"\nage = "Age"\n', "utf-8"
    )  # fmt: skip
    read_back = own.read(tmp_path / "list.toml")
    assert len(read_back.records) == kept
    assert bool(own.many_rejected(read_back.set_aside, read_back.rows)) is (kept < 5)


@pytest.mark.parametrize("value", ["[90, 14]", "[14]", "[-1, 20]", "[0, 200]", "14", '["a", "b"]', "[true, 90]"])
def test_ages_that_cannot_be_are_refused(tmp_path, value):
    (tmp_path / "list.toml").write_text(
        f'[mine]\nfile = "list.csv"\nsince = 2020-01-01\nuntil = 2021-01-01\nages = {value}\n'
        '[mine.columns]\nname = "Name"\n', "utf-8"
    )  # fmt: skip
    with pytest.raises(ListError, match=r"key ages: the youngest and the oldest in years, from 0 to 120"):
        own.read(tmp_path / "list.toml")


def test_rows_that_are_rejected_are_told_with_their_share():
    rejected = pd.DataFrame({"column": ["age"] * 3, "reason": ["no number"] * 3})
    assert own.many_rejected(rejected, 31) == ""
    assert own.many_rejected(rejected, 24).startswith("3 of 24 rows (12%) are rejected and count for nobody, 3 of them")


def test_a_pipe_is_no_list(tmp_path):
    os.mkfifo(tmp_path / "list.csv")
    with pytest.raises(ListError, match=r"list\.csv: a pipe or a device, not a file"):
        formats.read(tmp_path / "list.csv", ["Name"])


def test_a_small_parquet_file_that_unpacks_to_gigabytes_is_refused(tmp_path):
    long = pa.DictionaryArray.from_arrays(pa.array([0] * 200_000, pa.int32()), pa.array(["x" * 10_000]))
    pq.write_table(pa.table({"Name": long.cast(pa.dictionary(pa.int32(), pa.string()))}), tmp_path / "t.parquet")
    assert (tmp_path / "t.parquet").stat().st_size < 100_000
    with pytest.raises(ListError, match=r"t\.parquet: unpacks to 2,000 MB, over 100 times its size"):
        formats.read(tmp_path / "t.parquet", ["Name"])


def test_a_cell_of_a_parquet_file_that_is_no_text_is_named(tmp_path):
    raw = pa.array([b"good", b"\xff\xfe"], pa.binary())
    text = pa.StringArray.from_buffers(2, raw.buffers()[1], raw.buffers()[2])
    pq.write_table(pa.table({"Name": text}), tmp_path / "t.parquet")
    with pytest.raises(ListError, match=r"t\.parquet, row 2, column Name: no text in UTF-8"):
        formats.read(tmp_path / "t.parquet", ["Name"])


def test_text_that_a_spreadsheet_would_run_is_made_harmless(tmp_path):
    nasty = ["=1+1", "+1", "-1", "@A1", "\t=1", " =1", "＝1", "A=1", None]
    table = pd.DataFrame({"=name": nasty, "number": [-1.0] * len(nasty)})
    own.write(tmp_path, {"people": table})
    with (tmp_path / "people.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["'=name", "number"]
    assert [row[0] for row in rows] == ["'=1+1", "'+1", "'-1", "'@A1", "'⟨U+0009⟩=1", "' =1", "'＝1", "A=1", ""]
    assert {row[1] for row in rows} == {"-1.0"}


@pytest.mark.parametrize("inside", ["", "build/mine", "data", "docs/x", "notebooks", "my_people", "src/../data/y"])
def test_nothing_is_written_inside_the_repository(tmp_path, inside):
    (tmp_path / "link").symlink_to(ROOT)
    for place in (ROOT / inside, tmp_path / "link" / inside):
        with pytest.raises(ListError, match="inside the repository"):
            own.write(place, TABLES)
    assert not (ROOT / "my_people").exists()


def test_a_table_cannot_lead_out_of_the_folder(tmp_path):
    with pytest.raises(ListError, match=r"no table can be called ../people: a to z and _ are allowed"):
        own.write(tmp_path, {"../people": TABLES["people"]})


def test_a_folder_is_no_list(tmp_path):
    with pytest.raises(ListError, match="a folder; name the file in it"):
        formats.read(tmp_path, ["a"], Layout(), kind="csv")
