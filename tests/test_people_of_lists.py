import pandas as pd
import pytest

from helpers import simulate
from helpers.lists.linkage import link
from helpers.lists.people import SAID, people


def table(*rows):
    """Records of one invented person, each as list, id and what differs from the first."""
    first = {"surname": "Соколов", "given": "Пётр", "region": "Lakeland", "birth_date": pd.Timestamp("1980-05-02")}
    made = [first | row | {"list": name, "record_id": number} for number, (name, row) in enumerate(rows)]
    records = pd.DataFrame(made).assign(death_precision=lambda t: t.get("death_precision"))
    members = records[["list", "record_id"]].assign(person=0)
    return records, members


def only(found):
    return found.people.iloc[0]


def test_what_all_records_say_is_said_of_the_person_and_is_in_no_dispute():
    found = people(*table(("a", {}), ("b", {"surname": "SOKOLOV"}), ("c", {"given": "Petr"})))
    assert only(found)[["records", "lists"]].tolist() == [3, 3]
    assert only(found)[["surname", "given", "birth", "region"]].tolist() == [
        "Соколов",
        "Пётр",
        "1980-05-02",
        "Lakeland",
    ]
    assert found.said.empty
    assert list(found.said.columns) == SAID


def test_most_lists_decide_and_the_other_value_is_kept_with_its_source():
    found = people(*table(("a", {"region": "Capital"}), ("b", {}), ("c", {})))
    assert only(found)["region"] == "Lakeland"
    kept = found.said.set_index("value")
    assert kept.loc["Lakeland", ["lists", "chosen", "decided_by", "conflict"]].tolist() == [
        2,
        True,
        "most lists",
        False,
    ]
    assert kept.loc["Capital", ["lists", "sources", "chosen", "conflict"]].tolist() == [1, "a 0", False, True]


def test_a_list_that_says_it_twice_counts_once():
    found = people(*table(("a", {"region": "Capital"}), ("a", {"region": "Capital"}), ("b", {}), ("c", {})))
    assert only(found)["region"] == "Lakeland"


def test_a_year_speaks_for_the_day_that_it_contains_and_is_no_conflict():
    days = [pd.Timestamp(day) for day in ("2010-03-01", "2010-04-05", "2010-06-09")]
    told = [{"death_date": days[k], "death_precision": ["year", "day", "day"][k]} for k in range(3)]
    found = people(*table(("a", told[0]), ("b", told[1]), ("c", {**told[1]}), ("d", told[2])))
    assert only(found)["death"] == "2010-04-05"
    death = found.said[found.said["field"] == "death"].set_index("value")
    assert death["conflict"].to_dict() == {"2010-04-05": False, "2010": False, "2010-06-09": True}


def test_of_values_with_as_many_lists_the_more_precise_is_chosen():
    found = people(*table(("a", {"given": "П."}), ("b", {})))
    assert only(found)["given"] == "Пётр"
    assert not found.said["conflict"].any()
    dates = [{"death_date": pd.Timestamp("2010-03-01"), "death_precision": p} for p in ("month", "day")]
    assert only(people(*table(("a", dates[0]), ("b", dates[1]))))["death"] == "2010-03-01"


def test_then_the_one_confirmed_first_and_at_last_the_first_list_by_name():
    late, early = ({"confirmed": pd.Timestamp(day)} for day in ("2010-09-01", "2010-03-01"))
    found = people(*table(("a", {"region": "Capital", **late}), ("b", {**early})))
    assert only(found)["region"] == "Lakeland"
    assert set(found.said["decided_by"]) == {"confirmed first"}
    found = people(*table(("b", {}), ("a", {"region": "Capital"})))
    assert only(found)["region"] == "Capital"
    assert set(found.said["decided_by"]) == {"first list and record"}


def test_a_field_that_nobody_has_is_left_out_and_one_that_some_lack_is_missing():
    records, members = table(("a", {"unit": "brigade 7"}), ("b", {}))
    found = people(records, members.assign(person=[0, 1]))
    assert "rank" not in found.people
    assert found.people["unit"].isna().tolist() == [False, True]


def test_members_of_other_records_are_refused():
    records, members = table(("a", {}), ("b", {}))
    with pytest.raises(ValueError, match="1 records are in only one of the two tables"):
        people(records, members.iloc[:1])


def test_all_values_of_invented_people_are_kept_whatever_the_order_of_the_rows():
    records, _ = simulate.records(400, seed=3)
    members = link(records).members
    found = people(records, members)
    mixed = people(records.sample(frac=1, random_state=1), members)
    assert found.people.equals(mixed.people)
    assert found.said.equals(mixed.said)
    assert found.people["records"].sum() == len(records)
    assert found.said.groupby(["person", "field"])["chosen"].sum().eq(1).all()
    regions = (
        records.merge(members, on=["list", "record_id"]).dropna(subset=["region"]).groupby("person")["region"].nunique()
    )
    several = found.said[found.said["field"] == "region"].groupby("person").size()
    assert several.to_dict() == regions[regions > 1].to_dict()
