"""Precision, recall and the wrong pairs, on five records whose arithmetic fits on paper."""

import pandas as pd
import pytest

from helpers.lists import evaluation

RECORDS = list("abcde")
# a, b, c are one person and d, e another; the linkage put a, b together, c with d, and left e alone
TRUTH = pd.Series([1, 1, 1, 2, 2], RECORDS)
PERSON = pd.Series([10, 10, 11, 11, 12], RECORDS)
LINKS = pd.DataFrame({"record_id": ["b", "d", "b"], "record_id_b": ["a", "c", "c"], "probability": [0.99, 0.7, 0.4]})


def test_pairs_and_people_are_scored():
    scores = evaluation.scores(PERSON, TRUTH)
    # true pairs: ab ac bc de; joined: ab cd; right: ab
    assert (scores.true, scores.joined, scores.right) == (4, 2, 1)
    assert scores[:3] == pytest.approx((1 / 2, 1 / 4, 2 * 1 / (2 + 4)))
    # no person has all records and no other
    assert scores[3:6] == (0, 0, 0)
    assert (scores.people, scores.true_people) == (3, 2)


def test_a_perfect_linkage_and_one_that_joins_nothing():
    assert evaluation.scores(TRUTH, TRUTH)[:6] == (1, 1, 1, 1, 1, 1)
    alone = evaluation.scores(pd.Series(range(5), RECORDS), TRUTH)
    assert alone[:3] == (1, 0, 0), "of no pair, none is wrong"


def test_whole_people_count_only_if_every_record_is_there():
    person = pd.Series([1, 1, 1, 2, 3], RECORDS)
    # of 3 people found 1 is whole, of 2 true ones 1
    assert evaluation.scores(person, TRUTH)[3:6] == pytest.approx((1 / 3, 1 / 2, 2 * 1 / (3 + 2)))


def test_the_order_of_the_rows_does_not_matter():
    assert evaluation.scores(PERSON, TRUTH[::-1]) == evaluation.scores(PERSON, TRUTH)


def test_wrong_pairs_with_the_most_confident_first():
    wrong = evaluation.wrong_pairs(PERSON, TRUTH, LINKS)
    assert wrong.fillna(-1).values.tolist() == [
        ["a", "c", "split", -1.0],  # never kept: as sure as can be
        ["d", "e", "split", -1.0],
        ["c", "d", "merged", 0.7],
        ["b", "c", "split", 0.4],
    ]


def test_without_errors_there_is_no_wrong_pair():
    assert evaluation.wrong_pairs(TRUTH, TRUTH, LINKS).empty


def test_records_that_one_side_lacks_are_refused():
    with pytest.raises(ValueError, match="1 records are in one of result and truth only, such as e"):
        evaluation.scores(PERSON.drop("e"), TRUTH)
