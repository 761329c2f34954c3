"""The evidence of three records, by hand."""

import pandas as pd
import pytest

from helpers.lists import records, weights

NONE = float("nan")
VALUES = pd.DataFrame(
    {"surname": ["ivanov", "ivanov", "orlov", "belov"], "region": ["north", None, "south", "north"]},
    index=["1", "2", "3", "4"], dtype="str",
)  # fmt: skip


def test_agreement_counts_by_how_rare_the_value_is():
    # two of four are Ivanov: 0.9 / 0.5; nothing is told of the second one's region
    found = weights.by_hand(VALUES, "1", "2", otherwise=0.1)
    assert found["says"].tolist() == ["alike", "not told"]
    assert found["times"].tolist() == pytest.approx([1.8, 1])


def test_a_difference_speaks_against():
    # strangers differ in the surname with 1 - (1/4 + 1/16 + 1/16), in the region with 1 - (4/9 + 1/9)
    found = weights.by_hand(VALUES, "1", "3", otherwise=0.1)
    assert found["says"].tolist() == ["differ", "differ"]
    assert found["two_people"].tolist() == pytest.approx([1 - 6 / 16, 1 - 5 / 9])
    assert found["times"].tolist() == pytest.approx([0.1 / (10 / 16), 0.1 / (4 / 9)])


def test_odds_become_a_probability():
    # 1 to 700 before, times 50, times 14: one to one
    assert weights.probability(pd.Series([50, 14.0]), before=1 / 700) == pytest.approx(0.5)


def test_what_is_compared_is_folded_and_dates_are_cut():
    row = {"record_id": "1", "surname": "Фёдоров", "given": "", "born": "1990-05-02", "died": "2010", "region": "North"}
    text = pd.DataFrame([row | {"list": "a"}])
    table = weights.comparable(records.from_text(text, since=pd.Timestamp("2009-01-01")).records)
    assert list(table.columns) == list(weights.FIELDS)
    told = table.loc["1"].dropna().to_dict()
    assert told == {"surname": "fedorov", "year of birth": "1990", "region": "North"}
