"""The whole linkage: on lists of invented people, whose truth is known, and on lists that cannot be linked."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import simulate
from helpers.lists.linkage import PLAIN, LinkageError, link, rules
from helpers.lists.linkage.blocking import candidates
from helpers.lists.linkage.encoded import encode
from helpers.lists.linkage.evidence import evidence_of, lexicons
from helpers.lists.linkage.partitions import partition
from helpers.lists.linkage.rates import compared, estimated, first_prior

SEED = 31


@pytest.fixture(scope="module")
def invented():
    return simulate.records(900, seed=SEED)


@pytest.fixture(scope="module")
def linked(invented):
    return link(invented.records)


def pairs_of(clusters):
    grouped = pd.Series(range(len(clusters))).groupby(np.asarray(clusters)).agg(list)
    return {pair for places in grouped for pair in itertools.combinations(places, 2)}


def f1(found, truth):
    found, truth = pairs_of(found), pairs_of(truth)
    return 2 * len(found & truth) / (len(found) + len(truth))


def truth_of(records, truth):
    return records[["record_id"]].merge(truth, on="record_id", validate="1:1")["person_id"].to_numpy()


def people_by_record(linkage):
    """The clusters as sets of records, whatever their numbers."""
    ids = linkage.members["list"] + " " + linkage.members["record_id"].astype(str)
    return set(ids.groupby(linkage.members["person"]).agg(frozenset))


def test_invented_records_are_put_together_as_they_belong(invented, linked):
    truth = truth_of(invented.records, invented.truth)
    assert f1(linked.members["person"], truth) > 0.97
    assert linked.count.low <= len(set(truth)) <= linked.count.high


def test_the_count_lies_in_its_interval_and_below_the_records(invented, linked):
    low, point, high, level = linked.count
    assert low <= point <= high <= len(invented.records)
    assert level == 0.95


def test_every_record_is_a_member_once_and_every_person_has_records(invented, linked):
    assert linked.members[["list", "record_id"]].equals(invented.records[["list", "record_id"]])
    assert linked.people["records"].sum() == len(invented.records)
    assert set(linked.people["person"]) == set(linked.members["person"])
    assert linked.members["probability"].between(0, 1).all()


def test_nobody_is_twice_on_one_list_where_the_lists_have_each_person_once(linked):
    assert not linked.members.duplicated(["list", "person"]).any()


def test_links_tell_both_records_their_probability_and_the_rule_that_found_them(linked):
    assert (linked.links["list"] != linked.links["list_b"]).all()
    assert linked.links["probability"].between(0, 1).all()
    assert set(linked.links["rule"]) <= {" ".join(rule.fields) for rule in rules.BLOCKS}
    sure = linked.links[linked.links["probability"] > 0.95]
    assert sure["same_person"].mean() > 0.99


def test_probabilities_of_links_are_calibrated():
    """Of the links between 20 and 80 % of lists without dates of birth, about as many are right as they say."""
    said, right = [], []
    for seed in (41, 42):
        records, truth = simulate.records(2500, seed=seed)
        person = truth.set_index("record_id")["person_id"]
        links = link(records.drop(columns=["birth_date", "birth_year", "age", "settlement", "unit"])).links
        middle = links[links["probability"].between(0.2, 0.8)]
        said += list(middle["probability"])
        right += list(middle["record_id"].map(person).to_numpy() == middle["record_id_b"].map(person).to_numpy())
    assert len(said) > 40
    assert np.mean(said) == pytest.approx(np.mean(right), abs=0.2)  # 45 pairs: standard error 0.07


def test_the_checks_say_what_held(linked):
    assert set(linked.checks["result"]) <= {"held", "failed", "informational"}
    assert linked.checks["says"].str.endswith(".").all()
    told = linked.checks.set_index("assumption")["result"]
    assert told["blocking finds the pairs"] == "held"
    assert told["lists were made independently"] == "informational"


def test_the_same_seed_gives_the_same_answer_and_the_order_of_rows_does_not_matter(invented, linked):
    mixed = link(invented.records.sample(frac=1, random_state=3))
    assert mixed.count == linked.count
    assert people_by_record(mixed) == people_by_record(linked)


@settings(max_examples=3, deadline=None)
@given(st.randoms(use_true_random=False))
def test_no_order_of_the_rows_changes_the_people(random):
    records = simulate.records(150, seed=8).records
    order = list(range(len(records)))
    random.shuffle(order)
    assert people_by_record(link(records.iloc[order])) == people_by_record(link(records))


@pytest.mark.parametrize("which", [0, 1])
def test_an_exact_copy_of_a_list_under_another_name_hardly_moves_the_count(invented, linked, which):
    name = sorted(invented.records["list"].unique())[which]
    copy = invented.records[invented.records["list"] == name].assign(list="the same again")
    both = link(pd.concat([invented.records, copy], ignore_index=True))
    assert both.count.point == pytest.approx(linked.count.point, rel=0.001)
    again = both.members[both.members["list"] == "the same again"].set_index("record_id")["person"]
    first = both.members[both.members["list"] == name].set_index("record_id")["person"]
    assert again.sort_index().equals(first.sort_index())
    told = both.checks.set_index("assumption").loc["lists were made independently"]
    assert told["result"] == "failed"
    assert f"{len(copy):,} of " in told["says"]


def test_records_without_damage_are_linked_without_an_error():
    records, truth = simulate.records(600, seed=5, damage=simulate.Damage.none())
    found = link(records)
    assert f1(found.members["person"], truth_of(records, truth)) == 1
    assert found.count.point == truth["person_id"].nunique()


def test_people_may_be_twice_on_one_list_if_that_is_said():
    lists = [simulate.RawList("one list", reach=0.5, twice=0.2)]
    records, truth = simulate.records(800, seed=6, lists=lists)
    found = link(records, once_per_list=False)
    person = truth_of(records, truth)
    assert f1(found.members["person"], person) > 0.93
    assert found.count.point == pytest.approx(len(set(person)), rel=0.02)


def test_two_versions_of_an_arabic_list_by_names_age_and_sex_alone():
    lists = [simulate.RawList(name, reach=0.8) for name in ("version 1", "version 2")]
    undated = {
        "birth_missing": 1,
        "birth_year_only": 0,
        "birth_first_of_year": 0,
        "birth_shifted": 0,
        "birth_swapped": 0,
    }
    damage = simulate.Damage(**undated, initials=0, age_missing=0.02, patronymic_missing=0.02, given_missing=0.002)
    written = dict.fromkeys([one.name for one in lists], damage)
    records, truth = simulate.records(1500, seed=12, world="arabic", lists=lists, damage=written)
    found = link(records[["list", "record_id", "surname", "given", "patronymic", "age", "sex"]])
    assert f1(found.members["person"], truth_of(records, truth)) >= 0.97


def steps(records, *, fast):
    coded = encode(records)
    words = lexicons(coded)
    e = evidence_of(coded, words)
    pairs = candidates(coded, words, e, first_prior(e.list), once_per_list=True, fast=fast)
    e, log_prior, strength = estimated(e, pairs, compared(e, pairs, fast=fast), once_per_list=True)
    log_odds = strength + log_prior[e.list[pairs.a], e.list[pairs.b]]
    return pairs, partition(e, pairs, log_odds, once_per_list=True, seed=1, fast=fast)


@pytest.mark.slow
def test_machine_code_and_plain_python_find_the_same():
    records = simulate.records(PLAIN // 2, seed=2).records
    (pairs, found), (other_pairs, other) = (steps(records, fast=fast) for fast in (True, False))
    assert np.array_equal(pairs.caught, other_pairs.caught)
    assert np.allclose(pairs.evidence, other_pairs.evidence)
    assert np.array_equal(found.people, other.people)
    assert np.array_equal(found.counts, other.counts)


def rows(n, **columns):
    names = {"list": ["a", "b"] * (n // 2) + ["a"] * (n % 2), "record_id": range(n), "surname": ["Соколов"] * n}
    return pd.DataFrame(names | columns)


@pytest.mark.parametrize(
    ("records", "message"),
    [
        (rows(1), "1 record: linkage needs at least 2; bring a second list"),
        (rows(0), "0 record"),
        (rows(4).drop(columns="surname"), "0 of 4 records have a name .surname, given, patronymic.: at least 2"),
        (rows(4, surname=[None, "", "—", "Соколов"]), "1 of 4 records have a name"),
        (rows(4, record_id=[1, 2, 1, 4]), "1 records have a list and record id used before"),
        (rows(4).drop(columns="list"), "no column list: linkage needs list and record_id"),
        (rows(4, list="a"), "4 records of one list.*once_per_list=False"),
    ],
)
def test_what_cannot_be_linked_is_refused_with_the_count_the_need_and_the_remedy(records, message):
    with pytest.raises(LinkageError, match=message):
        link(records)


def test_two_records_are_enough():
    found = link(rows(2, given=["Пётр", "Пётр"], birth_year=[1980, 1980]))
    assert len(found.members) == 2
    apart = link(rows(2, surname=["Соколов", "Иванов"]))
    assert apart.count.point == len(apart.people) == 2
    assert apart.links.empty
