"""Rates with their Wilson interval."""

import pandas as pd
import pytest

from helpers.estimate.rate import wilson_rate


def test_one_dead_of_ten_on_paper():
    # z = 1.96, z2 = 3.8416, n = 10, p = 0.1, q = 0.9 (Newcombe 1998, method 4)
    # low  = (2 + 3.8416 - 1 - 1.96 * sqrt(3.8416 - 2 - 0.1 + 0.4 * (9 + 1))) / (2 * 13.8416)
    #      = (4.8416 - 1.96 * sqrt(5.7416)) / 27.6832 = 0.00524
    # high = (2 + 3.8416 + 1 + 1.96 * sqrt(3.8416 + 2 - 0.1 + 0.4 * (9 - 1))) / (2 * 13.8416)
    #      = (6.8416 + 1.96 * sqrt(8.9416)) / 27.6832 = 0.45885
    low, point, high = wilson_rate(pd.Series([1]), pd.Series([10]), per=1).loc[0]
    assert (low, point, high) == pytest.approx((0.00524, 0.1, 0.45885), abs=2e-5)


@pytest.mark.parametrize(("dead", "of"), [(0, 50), (1, 50), (25, 50), (49, 50), (50, 50), (125, 4_096_435)])
@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_against_scipy(dead, of, level):
    from scipy.stats import binomtest

    expected = binomtest(dead, of).proportion_ci(level, method="wilsoncc")
    ours = wilson_rate(pd.Series([dead]), pd.Series([of]), per=1, level=level).loc[0]
    assert (ours["low"], ours["high"]) == pytest.approx((expected.low, expected.high), rel=1e-9, abs=1e-15)


def test_interval_covers_the_true_share_when_people_are_drawn():
    import numpy as np

    dead = pd.Series(np.random.default_rng(20220224).binomial(500, 0.02, size=4000))
    rates = wilson_rate(dead, pd.Series(500, index=dead.index), per=1)
    covered = ((rates["low"] <= 0.02) & (rates["high"] >= 0.02)).mean()
    assert 0.95 <= covered <= 0.99


def test_index_is_kept_and_a_missing_population_gives_a_missing_rate():
    table = pd.DataFrame({"dead": [231, 358], "men": [92_884, None]}, index=["Tuva", "not known"])
    rates = wilson_rate(table["dead"], table["men"])
    assert list(rates.index) == ["Tuva", "not known"]
    assert rates.loc["not known"].isna().all()
    assert rates.loc["Tuva"].round(1).tolist() == [218.2, 248.7, 283.4]


@pytest.mark.parametrize(("dead", "of"), [(-1, 10), (11, 10), (0, 0)])
def test_refuses_counts_that_cannot_be(dead, of):
    with pytest.raises(ValueError, match=rf"row 0: {dead} dead of {of} people; allowed are"):
        wilson_rate(pd.Series([dead]), pd.Series([of]))


def test_refuses_a_level_outside_zero_to_one():
    with pytest.raises(ValueError, match="level is 95: allowed is more than 0 and less than 1"):
        wilson_rate(pd.Series([1]), pd.Series([10]), level=95)
