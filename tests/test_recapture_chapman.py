"""Two lists: Chapman's estimate on paper, its interval, its laws, and wars whose truth is known."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import simulate
from helpers.estimate import recapture
from helpers.estimate.recapture import many, table

COUNT = st.integers(1, 5000)


def of(a_only, b_only, both):
    cells = pd.DataFrame({"a": [1, 0, 1], "b": [0, 1, 1], "n": [a_only, b_only, both]})
    return table.Overlap(("a", "b"), cells)


def test_on_paper():
    # 160 on a, 120 on b, 40 on both: 161 x 121 / 41 - 1 = 474.146; 240 listed, so 234.146 on neither
    # variance 161 x 121 x 120 x 80 / (41^2 x 42) = 2648.93, deviation 51.47
    # times exp(1.96 sqrt(log(1 + (51.47 / 234.146)^2))) = 1.5307: 240 + 152.96 and 240 + 358.42
    found = recapture.chapman(of(120, 80, 40))
    assert found.point == pytest.approx(474.146, abs=1e-3)
    assert found.low == pytest.approx(240 + 234.146 / 1.5307, abs=0.05)
    assert found.high == pytest.approx(240 + 234.146 * 1.5307, abs=0.05)


def test_more_lists_are_refused():
    with pytest.raises(recapture.OverlapError, match="4 lists: Chapman's estimate takes 2"):
        recapture.chapman(recapture.example("kosovo"))


def test_every_pair_of_lists_is_told_and_one_without_overlap_has_no_value():
    made = table.from_histories({"100": 50, "010": 40, "001": 30, "110": 20, "011": 10})
    pairs = recapture.pairs(made).set_index(["a", "b"])
    assert pairs["both"].to_dict() == {("1", "2"): 20, ("2", "3"): 10, ("1", "3"): 0}
    # 70 on list 1, 70 on list 2, 20 on both: 71 x 71 / 21 - 1
    assert pairs.loc[("1", "2"), "point"] == pytest.approx(71 * 71 / 21 - 1)
    assert math.isnan(pairs.loc[("1", "3"), "point"])


@given(COUNT, COUNT, COUNT)
def test_the_interval_holds_the_point_and_nobody_listed_is_lost(a_only, b_only, both):
    overlap = of(a_only, b_only, both)
    found = recapture.chapman(overlap)
    assert overlap.people <= found.low <= found.point <= found.high


@given(COUNT, COUNT, COUNT)
def test_more_overlap_of_lists_as_long_as_before_means_fewer_people(a_only, b_only, both):
    assert (
        recapture.chapman(of(a_only + 1, b_only + 1, both)).point
        > recapture.chapman(of(a_only, b_only, both + 1)).point
    )


@given(COUNT, COUNT, st.integers(50, 5000))
def test_doubling_every_count_doubles_the_estimate_but_for_the_one_that_is_added(a_only, b_only, both):
    # (2a + 1)(2b + 1) / (2m + 1) - 1 is not 2 ((a + 1)(b + 1) / (m + 1) - 1): the 1 of Chapman is worth about ab / m^2
    once, twice = (recapture.chapman(of(*(k * count for count in (a_only, b_only, both)))).point for k in (1, 2))
    a, b = a_only + both, b_only + both
    assert twice / 2 == pytest.approx(once, abs=2 + (a + b) / both + a * b / both**2)


def test_where_its_assumption_holds_the_interval_holds_the_truth_in_ninety_five_of_a_hundred_wars():
    wars = simulate.counts(5_000, (0.3, 0.2), size=1000, seed=7).to_numpy()
    scores = many.scored(many.chapman(wars), 5_000)
    assert abs(scores["held"] - 0.95) < 3 * scores["error"]
    assert scores["point"] == pytest.approx(1, abs=0.005)


def test_many_tables_at_once_say_what_each_says_alone():
    wars = simulate.counts(500, (0.3, 0.2), size=5).to_numpy()
    for row, war in zip(many.chapman(wars).to_numpy(), wars, strict=True):
        assert row.tolist() == pytest.approx(list(recapture.chapman(of(war[2], war[1], war[3]))[:3]))


def test_a_table_without_overlap_has_no_value_among_many():
    assert many.chapman(np.array([[0, 5, 5, 0]])).isna().all(axis=None)
