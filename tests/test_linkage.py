"""Linkage: what is found of invented people whose truth is known, the laws it keeps, and what it refuses."""

import contextlib

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import simulate
from helpers.lists.evaluation import scores
from helpers.lists.linkage import LinkageError, link

SEEDS = (9101, 9102)  # fixed before the first run of these tests
NAMES = ["surname", "given", "patronymic"]


@pytest.fixture(scope="module")
def linked():
    """Two invented worlds of 1,500 records, their truth, and what linkage makes of them."""
    worlds = [simulate.records(1500, seed=seed) for seed in SEEDS]
    return [(records, truth.set_index("record_id")["person_id"], link(records)) for records, truth in worlds]


def person(found):
    return found.members.set_index("record_id")["person"]


def test_the_pairs_found_are_nearly_all_and_nearly_all_right(linked):
    for _, truth, found in linked:
        score = scores(person(found), truth)
        assert score.precision > 0.97
        assert score.recall > 0.95
        assert score.cluster_f1 > 0.95


def test_every_record_is_in_exactly_one_person_and_the_count_has_an_interval(linked):
    for records, truth, found in linked:
        assert found.members["record_id"].tolist() == records["record_id"].tolist()
        assert found.people["records"].sum() == len(records)
        assert found.count.low < found.count.point < found.count.high
        assert found.count.point == pytest.approx(truth.nunique(), rel=0.02)


def test_nobody_is_twice_on_a_list_unless_that_is_allowed(linked):
    for records, _, found in linked:
        both = records[["record_id", "list"]].merge(found.members[["record_id", "person"]], on="record_id")
        assert not both.duplicated(["list", "person"]).any()


def test_someone_twice_on_one_list_is_found_where_that_is_allowed():
    records, truth = simulate.records(800, seed=9103, lists=[simulate.RawList("only", 0.9, twice=0.2)])
    score = scores(person(link(records, once_per_list=False)), truth.set_index("record_id")["person_id"])
    assert score.true > 50
    assert score.precision > 0.9
    assert score.recall > 0.8


def test_the_order_of_the_rows_does_not_matter(linked):
    records, _, found = linked[0]
    again = link(records.sample(frac=1, random_state=1).reset_index(drop=True))
    assert again.count == found.count
    assert scores(person(again), person(found)).f1 == 1


def test_an_exact_copy_of_a_list_under_another_name_adds_nobody(linked):
    records, _, found = linked[0]
    first = records[records["list"] == records["list"].iloc[0]]
    copy = first.assign(list="a copy", record_id="copy of " + first["record_id"])
    more = link(pd.concat([records, copy], ignore_index=True))
    assert abs(more.count.point - found.count.point) < 0.001 * found.count.point
    pairs = person(more)
    assert (pairs.reindex("copy of " + first["record_id"]).to_numpy() == pairs.reindex(first["record_id"])).all()


def test_two_versions_of_a_list_in_arabic_letters_meet_on_names_age_and_sex():
    versions = [simulate.RawList("one", 0.8), simulate.RawList("two", 0.8)]
    records, truth = simulate.records(
        1500, seed=9104, world="arabic", lists=versions, damage=simulate.Damage(age_missing=0.02, initials=0)
    )
    seen = records[["list", "record_id", *NAMES, "age", "sex"]]
    score = scores(person(link(seen)), truth.set_index("record_id")["person_id"])
    assert score.f1 > 0.95


def test_records_without_damage_are_linked_without_error():
    records, truth = simulate.records(1000, seed=9105, damage=simulate.Damage.none())
    assert scores(person(link(records)), truth.set_index("record_id")["person_id"]).f1 > 0.995


WORDS = st.one_of(
    st.none(), st.sampled_from(["Орлов", "Орлов Д.", "Orlov", "", "  ", "ال", "1", "Петров"]), st.text(max_size=6)
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(st.tuples(WORDS, WORDS, st.sampled_from("ab")), min_size=2, max_size=12), once=st.booleans())
def test_any_names_are_linked_or_refused_in_words(rows, once):
    table = pd.DataFrame(rows, columns=["surname", "given", "list"], dtype=object)
    table = table.assign(record_id=[f"r{i}" for i in range(len(table))])
    with contextlib.suppress(LinkageError):
        found = link(table, once_per_list=once)
        assert found.people["records"].sum() == len(table)
        assert 1 <= found.count.low <= found.count.point <= found.count.high <= len(table)


def two(**columns):
    return pd.DataFrame({"list": ["a", "b"], "record_id": ["1", "2"], "surname": ["Орлов", "Орлов"]} | columns)


@pytest.mark.parametrize(
    ("records", "says"),
    [
        (two().head(1), "1 record: linkage needs at least 2"),
        (two().drop(columns="list"), "no column list"),
        (two(surname=[None, "Орлов"]), "1 of 2 records have a name"),
        (two().drop(columns="surname"), "0 of 2 records have a name"),
        (two(list=["a", "a"], record_id=["1", "1"]), "a list and record id used before"),
        (two(list=["a", "a"]), "2 records of one list"),
    ],
)
def test_what_cannot_be_linked_is_refused_with_what_is_needed(records, says):
    with pytest.raises(LinkageError, match=says):
        link(records)


@pytest.mark.slow
def test_small_and_large_ways_of_computing_agree(monkeypatch):
    from helpers.lists import linkage

    records, _ = simulate.records(1000, seed=9106)
    plain = link(records)
    monkeypatch.setattr(linkage, "PLAIN", 0)
    fast = link(records)
    assert (plain.members["person"] == fast.members["person"]).all()
    assert np.allclose(plain.links["probability"], fast.links["probability"])
