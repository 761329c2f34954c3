"""Whom the lists of an invented war find."""

import numpy as np
import pandas as pd
import pytest

from helpers import simulate
from helpers.simulate import RawList
from helpers.simulate.finding import given_another

N = 40_000


@pytest.fixture(scope="module")
def people():
    return simulate.people(N, seed=11)


def on(found, people, name):
    return people["person_id"].isin(found.loc[found["list"] == name, "person_id"]).to_numpy()


def close(hits, share):
    """Whether the share of `hits` is within four standard deviations of `share`."""
    return abs(hits.mean() - share) < 4 * (share * (1 - share) / len(hits)) ** 0.5


def test_a_list_finds_the_share_that_it_reaches(people):
    found = simulate.found(people, [RawList("a", 0.3), RawList("b", 0.05)])
    assert close(on(found, people, "a"), 0.3)
    assert close(on(found, people, "b"), 0.05)
    assert (found["copies"] == 1).all()
    assert not found.duplicated(["person_id", "list"]).any()


def test_a_factor_on_the_odds_moves_the_share_of_those_whom_it_concerns(people):
    one = RawList("a", 0.5, odds={"status": {"prisoner": 0.25}}, by_day={500: 3.0})
    found = on(simulate.found(people, [one]), people, "a")
    prisoner = (people["status"] == "prisoner").to_numpy()
    late = ((people["death_date"] - pd.Timestamp(simulate.BEGAN)).dt.days >= 500).to_numpy()
    # odds of 1, times 1/4, times 3: shares of 1/2, 1/5, 3/4, and 0.75 / 1.75 = 3/7 for both
    for who, share in ((~prisoner & ~late, 1 / 2), (prisoner & ~late, 1 / 5), (~prisoner & late, 3 / 4)):
        assert close(found[who], share)
    assert close(found[prisoner & late], 3 / 7)


def test_two_lists_apart_from_their_common_factors_are_independent_unless_asked(people):
    found = simulate.found(people, [RawList("a", 0.4), RawList("b", 0.3)])
    assert close(on(found, people, "a") & on(found, people, "b"), 0.12)


@pytest.mark.parametrize("ratio", [0.2, 3.0])
def test_the_odds_ratio_of_two_lists_is_recovered_and_the_reach_of_both_kept(people, ratio):
    lists = [RawList("a", 0.4), RawList("b", 0.3, after="a", odds_ratio=ratio)]
    found = simulate.found(people, lists)
    a, b = (on(found, people, name) for name in "ab")
    both, first, second, neither = (a & b).sum(), (a & ~b).sum(), (~a & b).sum(), (~a & ~b).sum()
    error = 4 * (1 / both + 1 / first + 1 / second + 1 / neither) ** 0.5
    assert np.log(both * neither / first / second) == pytest.approx(np.log(ratio), abs=error)
    assert close(a, 0.4)
    assert close(b, 0.3)


def test_plackett_on_paper():
    # margins of one half and an odds ratio of 4: cells 1/3, 1/6, 1/6, 1/3, for (1/3 * 1/3) / (1/6 * 1/6) = 4
    if_there, if_not = given_another(np.array([0.5]), np.array([0.5]), 4)
    assert if_there == pytest.approx(2 / 3)
    assert if_not == pytest.approx(1 / 3)
    assert given_another(0.3, 0.6, 1) == (0.3, 0.3)


def test_a_death_is_confirmed_after_it_and_within_the_longest_wait(people):
    found = simulate.found(people, [RawList("a", 0.5, delay=80)]).merge(people, on="person_id")
    wait = (found["confirmed"] - found["death_date"]).dt.days
    assert wait.min() >= 2
    assert wait.max() < 82
    # 2 + the whole days of 80 * u * v * w, of mean 80 / 8 = 10, less half a day on average
    assert wait.mean() == pytest.approx(11.5, abs=0.3)


def test_what_is_held_is_published_on_a_day_of_review_or_never(people):
    held = RawList("a", 0.5, held=0.3, reviews=(200, 500))
    plain = RawList("a", 0.5)
    confirmed, usual = (simulate.found(people, [one])["confirmed"] for one in (held, plain))
    moved = confirmed.isna() | (confirmed != usual)
    assert close(moved, 0.3)
    days = (confirmed[moved] - pd.Timestamp(simulate.BEGAN)).dt.days
    assert set(days.dropna()) == {200, 500}
    assert (confirmed[moved & confirmed.notna()] > usual[moved & confirmed.notna()]).all()
    assert ((usual[confirmed.isna()] - pd.Timestamp(simulate.BEGAN)).dt.days > 500).all()


def test_a_person_is_twice_on_a_list_at_the_rate_asked(people):
    found = simulate.found(people, [RawList("a", 0.5, twice=0.1)])
    assert set(found["copies"]) == {1, 2}
    assert close(found["copies"] == 2, 0.1)


def test_a_list_more_leaves_the_others_as_they_were(people):
    one, two = (simulate.found(people, simulate.LISTS[:n]) for n in (2, 3))
    pd.testing.assert_frame_equal(one, two[two["list"] != simulate.LISTS[2].name])


@pytest.mark.parametrize(
    ("lists", "message"),
    [
        ([RawList("a"), RawList("a")], "two lists are named 'a'"),
        ([RawList("a", after="b"), RawList("b")], "a depends on 'b', which is no list before it; allowed are none"),
        ([RawList("a", odds={"height": {"tall": 2}})], "people have no column height"),
    ],
)
def test_lists_that_cannot_be_drawn_are_refused(people, lists, message):
    with pytest.raises(ValueError, match=message):
        simulate.found(people, lists)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"reach": 1.0}, "a: reach is 1.0; allowed is a share between 0 and 1"),
        ({"held": 1.2}, "a: held is 1.2; allowed is a share from 0 to 1"),
        ({"odds_ratio": 0}, "a: a factor on odds is not above 0"),
        ({"by_day": {3: -1}}, "a: a factor on odds is not above 0"),
    ],
)
def test_a_list_that_cannot_be_is_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        RawList("a", **wrong)
