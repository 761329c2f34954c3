"""People made of records: which value is chosen, which values speak against it, worked out on paper."""

import pandas as pd
import pytest

from helpers.lists.people import RULE, people


def records(*rows):
    table = pd.DataFrame(list(rows)).assign(record_id=[f"r{i}" for i in range(len(rows))])
    dates = {c: pd.to_datetime(table[c]) for c in ("confirmed", "death_date", "birth_date") if c in table}
    return table.assign(**dates)


def together(table, *persons):
    return table[["list", "record_id"]].assign(person=list(persons) or [1] * len(table), probability=1.0)


def told(found, field):
    """Value, whether chosen, by which step, whether it speaks against the chosen one: of each value of a field."""
    rows = found.said[found.said["field"] == field]
    return sorted(rows[["value", "chosen", "decided_by", "conflict"]].itertuples(index=False, name=None))


def test_what_more_lists_say_is_chosen_and_the_other_kept_with_its_source():
    said = zip("abc", ["Lake", "Moor", "Moor"], strict=True)
    table = records(*({"list": name, "region": region} for name, region in said))
    found = people(table, together(table))
    assert found.people[["person", "records", "lists", "region"]].values.tolist() == [[1, 3, 3, "Moor"]]
    assert told(found, "region") == [("Lake", False, "most lists", True), ("Moor", True, "most lists", False)]
    assert found.said.set_index("value")["sources"].to_dict() == {"Moor": "b r1; c r2", "Lake": "a r0"}


def test_one_list_that_says_so_twice_has_one_voice():
    major = {"list": "b", "rank": "major", "confirmed": "2010-01-02"}
    table = records(major, major, {"list": "a", "rank": "private", "confirmed": "2010-01-01"})
    found = people(table, together(table))
    assert found.people["rank"].tolist() == ["private"]  # one list each: the one confirmed first
    assert {row[2] for row in told(found, "rank")} == {"confirmed first"}


def test_a_whole_name_stands_before_its_initial_which_does_not_speak_against_it():
    table = records({"list": "a", "given": "И."}, {"list": "b", "given": "Иван"})
    found = people(table, together(table))
    assert found.people["given"].tolist() == ["Иван"]
    assert not found.said["conflict"].any()


@pytest.mark.parametrize(("precision", "day", "conflicts"), [("month", "2010-05-12", 0), ("day", "2010-05-01", 1)])
def test_a_month_does_not_speak_against_a_day_in_it(precision, day, conflicts):
    table = records(
        {"list": "a", "death_date": "2010-05-01", "death_precision": precision},
        {"list": "b", "death_date": "2010-05-12", "death_precision": "day"},
    )
    found = people(table, together(table))
    assert found.said["conflict"].sum() == conflicts
    assert found.people["death"].tolist() == [day]


def test_a_month_supports_the_day_in_it_against_another_month():
    table = records(
        {"list": "a", "death_date": "2010-05-01", "death_precision": "month"},
        {"list": "b", "death_date": "2010-05-12", "death_precision": "day"},
        {"list": "c", "death_date": "2010-06-01", "death_precision": "day"},
    )
    found = people(table, together(table))
    assert found.people["death"].tolist() == ["2010-05-12"]  # two lists for it, one against
    assert found.said.set_index("value")["conflict"].to_dict() == {
        "2010-05-12": False, "2010-05": False, "2010-06-01": True,
    }  # fmt: skip


def test_of_equals_the_one_confirmed_first_is_chosen_whatever_the_order_of_the_rows():
    table = records(
        {"list": "a", "unit": "brigade 1", "confirmed": "2010-07-01"},
        {"list": "b", "unit": "brigade 2", "confirmed": "2010-06-01"},
    )
    chosen = [people(rows, together(rows)).people["unit"].tolist() for rows in (table, table[::-1])]
    assert chosen == [["brigade 2"], ["brigade 2"]]


def test_a_birth_year_speaks_for_the_day_and_every_record_belongs_to_one_person():
    table = records(
        {"list": "a", "birth_date": None, "birth_year": 1980},
        {"list": "b", "birth_date": "1980-03-02", "birth_year": 1980},
        {"list": "b", "birth_date": None, "birth_year": None},
    )
    found = people(table, together(table, 1, 1, 2))
    assert found.people["records"].sum() == len(table)
    assert found.people.set_index("person")["birth"][1] == "1980-03-02"
    assert not found.said["conflict"].any()


def test_records_without_a_person_are_refused():
    table = records({"list": "a", "rank": "major"}, {"list": "b", "rank": "major"})
    with pytest.raises(ValueError, match="1 records are in only one of the two tables"):
        people(table, together(table).head(1))


def test_every_step_of_the_rule_has_a_name_of_its_own():
    assert len(set(RULE)) == 5
