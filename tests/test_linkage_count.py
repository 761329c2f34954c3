"""How many people: never fewer than the longest list, never more than the records, and no correction without rules."""

import numpy as np
import pandas as pd
import pytest

from helpers.estimate import checks
from helpers.lists.linkage import link, rules
from helpers.lists.linkage.blocking import Candidates
from helpers.lists.linkage.count import NOT_ESTIMATED, Bounds, bounds, count, independent_rules
from helpers.lists.linkage.partitions import Partitions

POSSIBLE = "the number of people is possible"


def result(linked, assumption):
    return linked.checks.set_index("assumption")["result"][assumption]


def test_290_people_on_two_lists_by_names_only():
    # each person is on both lists, written alike: the correction by rules that nest made them -123
    first = [f"{a}{b}ov" for a in "Абвгдежзик" for b in ("арт", "ели", "ом", "уст", "ири")]
    rng = np.random.default_rng(5)
    names = pd.DataFrame({"surname": rng.choice(first, 290), "given": rng.choice(["Ivan", "Petr", "Oleg"], 290)})
    names["patronymic"] = [f"{one}{two}ovich" for one in "АБВГДЕЖЗИКЛМНОПРСТ" for two in "абвгдежзиклмнопрс"][:290]
    both = pd.concat([names.assign(list=one, record_id=[f"{one}{i}" for i in range(290)]) for one in "ab"])
    linked = link(both.reset_index(drop=True))
    assert linked.count.low <= 290 <= linked.count.high
    assert linked.count.point == pytest.approx(290, rel=0.02)
    assert linked.count.low >= 290
    assert result(linked, POSSIBLE) == "held"
    assert result(linked, "blocking finds the pairs") == "informational"


@pytest.mark.parametrize(
    ("fields", "independent"),
    [
        # surname and unit; birth and death; given name and patronymic
        ("surname given patronymic birth death region unit", 3),
        ("surname given patronymic birth", 2),
        ("surname given patronymic", 1),
        ("surname given birth", 1),
        ("sex", 0),
    ],
)
def test_rules_that_share_no_field_are_counted(fields, independent):
    assert independent_rules(fields.split()) == independent


def test_bounds_are_the_longest_list_and_all_records():
    lists = np.array([0, 0, 0, 1, 1])
    assert bounds(lists, once_per_list=True) == Bounds(3, 5)
    assert bounds(lists, once_per_list=False) == Bounds(1, 5)


def drawn(people, counts, together):
    nothing = np.array([], int)
    return Partitions(np.array(counts, float), np.array(people), np.array(together, float), nothing, nothing)


def pairs(caught):
    caught = np.array(caught, np.int64)
    return Candidates(np.zeros(len(caught), int), np.ones(len(caught), int), np.zeros(len(caught)), caught)


ONE = 1 << next(i for i, rule in enumerate(rules.BLOCKS) if rule.fields == ("surname", "birth_date"))


def test_with_too_few_rules_nothing_is_taken_off_and_the_low_end_allows_for_a_stated_share():
    # 40 pairs, each met by one rule: Chao would miss 40 * 39 / 2 = 780
    made = count(drawn(range(60), [60, 60], [1] * 40), pairs([ONE] * 40), Bounds(50, 100), independent=2)
    assert made[:3] == (60 - NOT_ESTIMATED * 40, 60, 60)


def test_what_would_take_off_more_than_there_are_is_not_taken_off():
    made = count(drawn(range(60), [60, 60], [1] * 40), pairs([ONE] * 40), Bounds(50, 100), independent=3)
    assert made.point == 60
    assert 50 <= made.low <= made.point <= made.high <= 100


def test_a_failed_check_is_one_sentence_beside_the_number():
    table = pd.DataFrame({"assumption": ["a", "b"], "result": ["failed", "held"], "says": ["Nine.", "Ten."]})
    assert checks.failed(table) == ["the check 'a' failed. Nine."]
