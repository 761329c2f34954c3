"""People who differ: the hares to the printed digit, Chao's bound on paper, and what is refused."""

import pytest

from helpers import simulate
from helpers.estimate import recapture
from helpers.estimate.recapture import heterogeneity, table

HARES = recapture.example("hares")


def test_the_hares_to_the_printed_digit():
    # Rcapture: Mh Poisson2 81.5 (72-94.6), Mt 75.1, Chao's lower bound 79.8
    poisson2, lists_differ = (heterogeneity.fit(HARES, family) for family in ("Mh Poisson2", "Mt"))
    assert [round(value, 1) for value in (poisson2.low, poisson2.point, poisson2.high)] == [72.0, 81.5, 94.6]
    assert round(lists_differ.point, 1) == 75.1
    assert round(heterogeneity.lower_bound(HARES).point, 1) == 79.8


def test_the_hares_were_met_as_often_as_published():
    assert heterogeneity.met(HARES).tolist() == [25, 22, 13, 5, 1, 2]


def test_chaos_bound_on_paper():
    # three lists, 30 people on one, 12 on two, 4 on three: 46 + 2/3 x 30^2 / (2 x 12) = 71
    made = table.from_histories({"100": 10, "010": 10, "001": 10, "110": 4, "101": 4, "011": 4, "111": 4})
    found = heterogeneity.lower_bound(made)
    assert found.point == pytest.approx(71)
    assert 46 < found.low < 71 < found.high


def test_doubling_every_count_doubles_bound_and_models():
    for estimate in (heterogeneity.lower_bound, lambda one: heterogeneity.fit(one, "Mth Darroch")):
        assert estimate(HARES.times(2)).point == pytest.approx(2 * estimate(HARES).point, rel=1e-5)


def test_independence_of_lists_is_the_family_mt():
    kosovo = recapture.example("kosovo")
    assert heterogeneity.fit(kosovo, "Mt").point == pytest.approx(7_394.6, abs=0.05)


def test_every_family_is_told():
    assert set(heterogeneity.table(HARES)["model"]) == set(heterogeneity.FAMILIES)


def test_people_who_differ_are_seen_where_they_do():
    wars = simulate.counts(20_000, (0.3, 0.25, 0.2, 0.2), visibility=((0.7, 1.0), (0.3, 0.15)), seed=3)
    made = table.from_histories({name: int(wars[name].iloc[0]) for name in wars.columns if "1" in name})
    alike, differ = (heterogeneity.fit(made, family) for family in ("Mt", "Mth Poisson2"))
    assert differ.AIC < alike.AIC
    assert alike.point < heterogeneity.lower_bound(made).point < 20_000


def test_what_it_cannot_be_asked_is_refused():
    with pytest.raises(ValueError, match="family is 'Mb': allowed are M0, Mt"):
        heterogeneity.fit(HARES, "Mb")
    two = table.from_histories({"10": 30, "01": 20, "11": 10})
    with pytest.raises(recapture.OverlapError, match="2 lists: at least 3 are needed to see"):
        heterogeneity.fit(two, "Mt")
    alone = table.from_histories({"100": 30, "010": 20, "001": 10, "111": 3})
    with pytest.raises(recapture.OverlapError, match="0 people are on exactly two lists; at least 1 is needed"):
        heterogeneity.lower_bound(alone)
