"""People made of records: which value is chosen, which values speak against it, worked out on paper."""

import pandas as pd
import pytest

from helpers.lists.people import STEPS, people


def records(*rows):
    table = pd.DataFrame(list(rows))
    for column in ("confirmed", "death_date", "birth_date"):
        if column in table:
            table[column] = pd.to_datetime(table[column])
    return table.assign(record_id=[f"r{i}" for i in range(len(table))])


def together(table, *persons):
    return table[["list", "record_id"]].assign(person=list(persons) or ["p"] * len(table), probability=1.0)


def test_what_more_lists_say_is_chosen_and_the_other_kept_with_its_source():
    said = zip("abc", ["Lake", "Moor", "Moor"], strict=True)
    table = records(*({"list": name, "region": region} for name, region in said))
    chosen, conflicts = people(table, together(table))
    assert chosen.to_dict("records") == [{"person": "p", "records": 3, "lists": "a, b, c", "region": "Moor"}]
    assert conflicts.to_dict("records") == [
        {"person": "p", "field": "region", "chosen": "Moor", "because": STEPS["lists"], "value": "Lake",
         "lists": "a", "records": "r0"},
    ]  # fmt: skip


def test_one_list_that_says_so_twice_has_one_voice():
    table = records(
        {"list": "a", "rank": "major"}, {"list": "a", "rank": "major"}, {"list": "b", "rank": "private soldier"}
    )
    chosen, conflicts = people(table, together(table))
    assert chosen["rank"].tolist() == ["private soldier"]  # one list each: it tells more letters
    assert conflicts["because"].tolist() == [STEPS["told"]]


def test_spellings_that_fold_alike_are_no_conflict_and_a_whole_name_stands_before_its_initial():
    table = records(
        {"list": "a", "surname": "ОРЛОВ", "given": "И."}, {"list": "b", "surname": "Орлов", "given": "Иван"}
    )
    chosen, conflicts = people(table, together(table))
    assert chosen["given"].tolist() == ["Иван"]
    assert conflicts["field"].tolist() == ["given"]


@pytest.mark.parametrize(("precision", "conflicts"), [("month", 0), ("day", 1)])
def test_a_month_does_not_speak_against_a_day_in_it(precision, conflicts):
    table = records(
        {"list": "a", "death_date": "2010-05-01", "death_precision": precision},
        {"list": "b", "death_date": "2010-05-12", "death_precision": "day"},
    )
    chosen, against = people(table, together(table))
    assert len(against) == conflicts
    assert chosen["death"].tolist() == ["2010-05-12" if precision == "month" else "2010-05-01"]


def test_a_month_supports_the_day_in_it_against_another_month():
    table = records(
        {"list": "a", "death_date": "2010-05-01", "death_precision": "month"},
        {"list": "b", "death_date": "2010-05-12", "death_precision": "day"},
        {"list": "c", "death_date": "2010-06-01", "death_precision": "day"},
    )
    chosen, against = people(table, together(table))
    assert chosen["death"].tolist() == ["2010-05-12"]  # two lists for it, one against
    assert against[["value", "because"]].values.tolist() == [["2010-06-01", STEPS["lists"]]]


def test_of_equals_the_one_confirmed_first_is_chosen_whatever_the_order_of_the_rows():
    table = records(
        {"list": "a", "unit": "brigade 1", "confirmed": "2010-07-01"},
        {"list": "b", "unit": "brigade 2", "confirmed": "2010-06-01"},
    )
    for rows in (table, table[::-1]):
        chosen, conflicts = people(rows, together(rows))
        assert chosen["unit"].tolist() == ["brigade 2"]
        assert conflicts["because"].tolist() == [STEPS["confirmed"]]


def test_a_birth_year_fills_in_for_the_day_and_every_record_belongs_to_one_person():
    table = records(
        {"list": "a", "birth_date": None, "birth_year": 1980},
        {"list": "b", "birth_date": "1980-03-02", "birth_year": 1980},
        {"list": "b", "birth_date": None, "birth_year": None},
    )
    chosen, conflicts = people(table, together(table, "p", "p", "q"))
    assert chosen["records"].sum() == len(table)
    assert chosen.set_index("person")["birth"]["p"] == "1980-03-02"
    assert conflicts.empty
