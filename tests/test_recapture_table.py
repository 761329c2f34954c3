"""Overlap tables: read from a file, refused with the reason where nothing can be said, and the published examples."""

import os

import numpy as np
import pandas as pd
import pytest

from helpers.estimate import recapture
from helpers.estimate.recapture import table

TWO = {"10": 120, "01": 80, "11": 40}


def written(tmp_path, text, name="mine.csv"):
    file = tmp_path / name
    file.write_text(text, "utf-8")
    return file


def test_a_file_is_read_with_lists_before_the_counts_and_covariates_after(tmp_path):
    made = recapture.read(written(tmp_path, "press,register,n,sex\n1,0,12,m\n0,1,8,\n1,1,4,f\n1,0,3,f\n"))
    assert made.lists == ("press", "register")
    assert made.covariates == ("sex",)
    assert made.people == 27
    assert made.counts.tolist() == [0, 8, 15, 4]


def test_columns_marked_in_are_the_lists_wherever_they_stand(tmp_path):
    made = recapture.read(written(tmp_path, "sex,n,in_press,in_register\nm,12,1,0\nf,8,0,1\nm,4,1,1\n"))
    assert (made.lists, made.covariates) == (("in_press", "in_register"), ("sex",))


def test_overlaps_and_lists_are_counted():
    made = table.from_histories({"100": 5, "110": 4, "011": 3, "001": 1, "111": 2})
    # list 1: 5 + 4 + 2; list 2: 4 + 3 + 2; list 3: 3 + 1 + 2; on 1 and 2: 4 + 2
    assert made.shared.to_numpy().tolist() == [[11, 6, 2], [6, 9, 5], [2, 5, 6]]


def test_fewer_lists_of_the_same_people_leave_out_who_is_on_none_of_them():
    made = table.from_histories({"100": 5, "110": 4, "011": 3, "111": 2, "001": 9, "010": 1}).only("1", "2")
    assert made.counts.tolist() == [0, 4, 5, 6]


ROWS = "a,b,n\n1,0,12\n0,1,8\n1,1,4\n"
REFUSED = {
    "no counts": ("a,b\n1,0\n", "no column `n`"),
    "one list": ("a,n\n1,12\n", "1 list: at least 2 are needed"),
    "missing mark": (ROWS + ",1,5\n", "row 4, column a: nothing; allowed are 0 and 1"),
    "another mark": (ROWS + "2,1,5\n", "row 4, column a: '2'; allowed are 0 and 1"),
    "a covariate before the counts": ("a,b,month,n\n1,0,3,12\n", "column month: '3'; allowed are 0 and 1; one column"),
    "missing count": (ROWS + "1,0,\n", "row 4, column n: nothing; a number of people is needed"),
    "text for a count": ("a,b,n\n1,0,many\n", "row 1, column n: 'many'; a number of people"),
    "negative": ("a,b,n\n1,0,12\n0,1,-8\n1,1,4\n", "row 2, column n: '-8'; people cannot be negative"),
    "fractional": ("a,b,n\n1,0,12\n0,1,8.5\n1,1,4\n", "row 2, column n: '8.5'; people are whole"),
    "twice": (ROWS + "1,0,3\n", "row 4: the history 10 comes twice; add the rows up"),
    "people on no list": (ROWS + "0,0,3\n", "row 4, column n: '3'; people on no list are what is asked for"),
    "two people": ("a,b,n\n1,0,1\n1,1,1\n", "2 people: at least 10 are needed"),
    "an empty list": ("a,b,c,n\n1,0,0,12\n0,1,0,8\n1,1,0,4\n", "nobody is on the list c: leave its column out"),
    "no overlap": ("a,b,n\n1,0,12\n0,1,8\n1,1,0\n", r"the overlap of a \(12 people\) with the other lists is 0"),
    "a list inside another": ("a,b,n\n1,0,0\n0,1,8\n1,1,4\n", "all 4 people of a are on b too: a list inside another"),
    "empty": ("", "cannot be read as CSV"),
    "a capital N": ("a,b,N\n1,0,12\n", "no column `n`, but `N`: write its name as `n`"),
    "two columns of one name": ("a,a,n\n1,0,12\n0,1,8\n1,1,4\n", "two columns are called a; each needs a name"),
    "a column without a name": ("a,b,n,\n1,0,12,\n0,1,8,x\n1,1,4,\n", "column 4 has values and no name"),
    "an identity number": ("a,b,n,id\n1,0,12,7\n0,1,8,8\n1,1,4,9\n", "id is different in every row"),
    "the lists in words": ("a,b,n,on\n1,0,12,a\n0,1,8,b\n1,1,4,\n1,1,3,c\n1,0,2,a2\n0,1,2,b2\n",
                           "on is different in every row"),
    "people without marks": ("press,register\n1,0\n0,1\n", "if a row is one person, let the names of lists begin"),
    "thousands with a comma": ('a,b,n\n1,0,"1,200"\n0,1,8\n1,1,4\n', "column n: '1,200'; a number of people is needed"),
    "thousands with a point": ("a;b;n\n1;0;1.200\n0;1;8\n1;1;4\n", "people are whole"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "says"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_estimated_is_refused_with_file_reason_and_remedy(tmp_path, text, says):
    with pytest.raises(recapture.OverlapError, match=rf"mine\.csv.*{says}"):
        recapture.read(written(tmp_path, text))


@pytest.mark.parametrize("separator", [";", "\t"])
def test_semicolons_and_tabs_are_read_as_spreadsheets_write_them(tmp_path, separator):
    text = "\ufeffa; b;n;age;\n1; 0;12;20,5;\n0; 1;8;30;\n1; 1;4;30;\n1; 0;2;30;\n".replace(";", separator)
    made = recapture.read(written(tmp_path, text))
    assert (made.lists, made.covariates, made.people) == (("a", "b"), ("age",), 26)
    assert made.cells["age"].tolist() == [20.5, 30, 30, 30]


def test_a_row_a_person_is_counted(tmp_path):
    people = ["1,0,m"] * 6 + ["0,1,f"] * 5 + ["1,1,m"] * 3 + ["1,0,f"] * 2 + ["1,1,"]
    made = recapture.read(written(tmp_path, "\n".join(["in_press,in_register,sex", *people])))
    assert (made.people, made.counts.tolist(), made.covariates) == (17, [0, 5, 8, 4], ("sex",))
    numbered = [f"{row},{number}" for number, row in enumerate(people)]
    with pytest.raises(recapture.OverlapError, match="number is different in every row"):
        recapture.read(written(tmp_path, "\n".join(["in_press,in_register,sex,number", *numbered])))


def test_what_is_no_text_is_told_to_be_saved_as_csv(tmp_path):
    (tmp_path / "mine.xlsx").write_bytes(b"PK\x03\x04\xff\xfe\x00")
    with pytest.raises(recapture.OverlapError, match=r"mine\.xlsx: no text in UTF-8; save the table as CSV"):
        recapture.read(tmp_path / "mine.xlsx")
    with pytest.raises(recapture.OverlapError, match="save the table as CSV"):
        recapture.read(tmp_path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(recapture.OverlapError, match=r"none\.csv: there is no such file; name its path"):
        recapture.read(tmp_path / "none.csv")


def test_too_many_lists_are_refused():
    rows = pd.DataFrame(np.eye(13, dtype=int)).assign(n=5)
    with pytest.raises(recapture.OverlapError, match="13 lists: at most 12"):
        recapture.overlap(rows)


def test_a_row_of_zeros_without_people_and_rows_that_differ_in_a_covariate_are_fine():
    made = recapture.overlap(
        pd.DataFrame(
            {"a": [0, 1, 0, 1, 1], "b": [0, 0, 1, 1, 1], "n": [0, 9, 8, 7, 6], "sex": ["m", "m", "m", "m", "f"]}
        )
    )
    assert made.counts.tolist() == [0, 8, 9, 13]


@pytest.mark.parametrize(
    ("case", "lists", "people"),
    [("khartoum", 3, 2430), ("kosovo", 4, 4400), ("rome", 4, 1896), ("hares", 6, 68), ("five-lists", 5, 537),
     ("spina-bifida", 3, 626)],
)  # fmt: skip
def test_every_example_has_the_people_that_were_published(case, lists, people):
    made = recapture.example(case)
    assert (len(made.lists), made.people) == (lists, people)


def test_an_unknown_example_is_refused():
    with pytest.raises(recapture.OverlapError, match="no example 'gaza': there are khartoum, kosovo"):
        recapture.example("gaza")


def test_an_example_is_known_from_its_publication():
    assert "khartoum" not in recapture.cases("2024-11-12").index
    assert "khartoum" in recapture.cases("2024-11-13").index
    assert set(recapture.cases()["counted"]) >= {"people killed", "animals"}


def test_every_count_and_every_printed_estimate_belongs_to_an_example():
    known = set(recapture.cases().index)
    assert set(pd.read_csv(table.COUNTS)["case"]) == known
    printed = pd.read_csv(table.PUBLISHED)
    assert set(printed["case"]) | set(pd.read_csv(table.COMPUTED)["case"]) <= known
    assert printed["source"].notna().all()


@pytest.mark.parametrize("count", ["10000000001", "1e12", "99999999999999999999"])
def test_more_than_can_be_people_are_refused(tmp_path, count):
    (tmp_path / "mine.csv").write_text(f"a,b,n\n1,0,{count}\n0,1,60\n1,1,20\n")
    with pytest.raises(recapture.OverlapError, match=r"row 1, column n: .*more than 1,000,000,000 are no people"):
        recapture.read(tmp_path / "mine.csv")


def test_a_pipe_is_no_table(tmp_path):
    os.mkfifo(tmp_path / "mine.csv")
    with pytest.raises(recapture.OverlapError, match=r"mine\.csv: a folder, pipe or device; save the table as CSV"):
        recapture.read(tmp_path / "mine.csv")
