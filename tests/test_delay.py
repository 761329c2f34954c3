"""Reporting delay: a list that grows by a known law is foretold exactly; months to a share; refusals."""

import numpy as np
import pandas as pd
import pytest

from helpers.estimate import delay
from helpers.lists import vintages


@pytest.fixture(scope="module")
def monthly():
    return vintages.read()


def spans(count, since="2020-01-06"):
    days = pd.date_range(since, periods=count, freq="7D")
    return pd.MultiIndex.from_arrays([days, days + pd.Timedelta(days=6)], names=vintages.SPAN)


def growing(factors, year=365.25):
    """Vintages a year apart, the first after 52 weeks of deaths; by the step, every count is multiplied by a factor."""
    first = pd.Timestamp("2021-01-04")
    days = [first + pd.Timedelta(days=round(year * step)) for step in range(len(factors) + 1)]
    names = 1000 * np.cumprod([1, *factors])
    return pd.DataFrame(dict(zip(days, names, strict=True)), index=spans(52 * (len(factors) + 1)))


def test_one_step_of_half_more_is_foretold_as_half_more():
    # every count grows by one half a year; with one step no change of level is known: 1.5 * 1500 = 2250
    counts = growing([1.5])
    told = delay.forecast(counts.iloc[:, -1], counts.columns[-1], counts.columns[-1] + delay.YEAR, counts)
    np.testing.assert_allclose(told["point"], 2250, rtol=0.003)


def test_two_parts_of_a_year_make_the_whole():
    pattern = delay.Pattern(np.array([1.0, 26.0, 80.0]), np.log([4.0, 0.9, 0.1]), 0.0, 0.0, 2)
    age, third = np.array([0.0, 10.0, 40.0, 200.0]), delay.YEAR / delay.WEEK / 3
    first, rest = delay._growth(age, 1 / 3, pattern, 0.2), delay._growth(age + third, 2 / 3, pattern, 0.2)
    np.testing.assert_allclose(first + rest, delay._growth(age, 1, pattern, 0.2))
    # the newest grow by more than a third of their year at first, the oldest steadily
    assert first[0] > delay._growth(age, 1, pattern, 0.2)[0] / 3
    assert first[-1] == pytest.approx(delay._growth(age, 1, pattern, 0.2)[-1] / 3)


def test_at_one_ratio_for_all_ages_part_years_are_powers():
    counts = growing([1.5])
    start = counts.columns[-1]
    told = delay.forecast(counts.iloc[:, -1], start, start + delay.YEAR / 2, counts)
    np.testing.assert_allclose(told["point"], 1500 * 1.5**0.5, rtol=0.003)
    two = delay.forecast(counts.iloc[:, -1], start, start + 2 * delay.YEAR, counts)
    np.testing.assert_allclose(two["point"], 1500 * 1.5**2, rtol=0.005)


def test_steps_of_different_ages_are_refused():
    young, old = ageless(0.5, 0.5)
    some, none = np.array([True, False, False]), np.nan
    young, old = (
        s._replace(ratio=np.where(one, s.ratio, none), added=np.where(one, s.added, none))
        for s, one in ((young, some), (old, ~some))
    )
    with pytest.raises(ValueError, match="no bin of age in which both added names"):
        delay.learn([young, old])


def ageless(*ratios):
    """Steps of a year in which all bins have the same ratio of new names."""
    one = np.ones(3)
    return [delay.Step(1.0, np.log(ratio) * one, 10 * one, np.array([5.0, 15.0, 40.0])) for ratio in ratios]


def test_the_change_of_level_is_the_last_one():
    # ratios 0.1, 0.2, 0.8: the last change is log(0.8 / 0.2) = log 4; at the last level all ratios are 0.8
    pattern = delay.learn(ageless(0.1, 0.2, 0.8))
    assert pattern.change == pytest.approx(np.log(4))
    np.testing.assert_allclose(np.exp(pattern.shape), 0.8)
    assert pattern.scatter == pytest.approx(0)


def test_the_level_follows_its_change_by_half_and_by_a_quarter_more():
    # last ratio 0.4, change log 4: in a year 0.4 * 4**(1/2) = 0.8, in the next 0.4 * 4**(3/4)
    names = pd.Series(100.0, index=spans(1))
    start = pd.Timestamp("2020-03-01")
    grown = delay._grown(names, start, start + 2 * delay.YEAR, delay.learn(ageless(0.1, 0.4)), 0.5)
    assert grown.iloc[0] == pytest.approx(100 * 1.8 * (1 + 0.4 * 4**0.75))


def test_weights_of_the_shape_fall_by_half_a_step_back():
    # second bin beside the first: 0 in the older step (weight 1/2), log 2 in the newer: the level moves by the
    # mean over both bins, so the shapes are +-log(2)/2 around it; difference (0 * 1/2 + log 2 * 1) / (3/2)
    base = ageless(0.5, 0.5)
    newer = base[1]._replace(ratio=base[1].ratio + np.array([0, np.log(2), 0]))
    shape = delay.learn([base[0], newer]).shape
    assert shape[1] - shape[0] == pytest.approx(np.log(2) / 1.5)


def test_a_change_of_level_weighs_the_names_or_the_bins():
    older, newer = ageless(0.5, 0.5)
    newer = newer._replace(ratio=newer.ratio + np.array([0, 0, np.log(2)]), added=np.array([1.0, 1.0, 8.0]))
    assert delay.learn([older, newer]).change == pytest.approx(0.8 * np.log(2))
    assert delay.learn([older, newer], delay.Recipe(by_names=False)).change == pytest.approx(np.log(2) / 3)


def test_the_surprise_of_a_step_is_what_came_beside_what_was_foretold():
    # the first step adds one half, so one half of 1500 = 750 is foretold; 1500 came: log 2
    found = delay.surprises(growing([1.5, 2.0]))
    assert found.tolist() == pytest.approx([np.log(2)], abs=0.01)


def test_the_spread_on_paper():
    # surprises: log 2 measured, log 2 prior; no scatter; floor 0.25; a part of a year is a whole step
    counts = growing([1.5, 2.0])
    deviation, times = delay.spread(counts, 0.3)
    assert deviation == pytest.approx((np.log(2) ** 2 + 0.0625) ** 0.5, rel=0.02)
    assert times == 2.571  # two steps and three: five degrees of freedom
    assert delay.spread(counts, 2)[0] == pytest.approx((2 * np.log(2) ** 2 + 0.0625) ** 0.5, rel=0.02)


def test_quantiles_are_those_of_student():
    from scipy import stats

    for freedom, times in delay.STUDENT.items():
        assert times == pytest.approx(stats.t.ppf(0.975, freedom), abs=6e-4)


def test_a_short_step_teaches_no_ratio_but_is_a_surprise():
    counts = growing([1.5, 1.5])
    leak = counts.assign(**{"x": 2 * counts.iloc[:, -1]})
    leak.columns = [*counts.columns, counts.columns[-1] + pd.Timedelta(days=120)]
    kept = [s for s in delay.steps(leak) if s.years >= delay.RECIPE.shortest]
    assert len(kept) == 2
    assert delay.surprises(leak).iloc[-1] > 1


def test_intervals_of_a_simulated_list_hold_what_comes():
    # truth known: yearly ratios fall with age, their level moves by a random walk of deviation 0.4 (natural log)
    rng, inside = np.random.default_rng(4), []
    for _ in range(200):
        level = np.cumsum([np.log(0.6), *rng.normal(0, 0.4, 3)])
        counts = growing(1 + np.exp(level[:3]))
        start = counts.columns[-1]
        told = delay.forecast(counts.iloc[:, -1], start, start + delay.YEAR, counts)
        came = counts.iloc[:, -1].sum() * (1 + np.exp(level[3]))
        inside.append(told["low"].sum() <= came <= told["high"].sum())
    assert np.mean(inside) >= 0.95


def test_a_later_vintage_is_refused():
    counts = growing([1.5, 2.0])
    with pytest.raises(ValueError, match="later than 2022-01-04: a forecast may not know it"):
        delay.forecast(counts.iloc[:, 1], counts.columns[1], counts.columns[2], counts)


def test_ratios_that_rise_with_age_give_no_part_of_a_year():
    # old deaths: a hundred names more for one; young ones: hardly any
    start, old = pd.Timestamp("2021-01-04"), np.arange(52) < 20
    end = start + pd.Timedelta(days=365)
    counts = pd.DataFrame({start: 10.0, end: np.where(old, 1000.0, 10.1)}, index=spans(52))
    young = pd.Series(10.0, index=spans(1, "2021-12-20"))
    with pytest.raises(ValueError, match="from 2021-12-20 would become fewer: the ratios learned rise with age"):
        delay.forecast(young, end, end + delay.YEAR * 0.9, counts)


def test_one_vintage_teaches_nothing():
    counts = growing([])
    with pytest.raises(ValueError, match="cannot be learned from one vintage"):
        delay.forecast(counts.iloc[:, 0], counts.columns[0], counts.columns[0] + delay.YEAR, counts)


def test_the_provisional_end_is_whole(monthly):
    told = delay.next_year(monthly)
    assert (told["low"] >= told["names"]).all()
    assert told["provisional"].is_monotonic_increasing
    assert told["provisional"].any()
    assert not told["provisional"].all()


def test_growth_on_paper():
    # all weeks of the year 2020, seen on 2021-01-04: each count is 1.5 times as high a year later
    table = delay.growth(growing([1.5]))
    assert table.iloc[:3, 0].tolist() == [1.5, 1.5, 1.5]
    assert table.iloc[3:, 0].isna().all()


def test_growth_as_measured(monthly):
    newest = delay.growth(delay.history(monthly, monthly["as_of"].max())).iloc[0]
    assert newest.round(2).tolist() == [1.73, 2.29, 2.89]


def test_time_to_a_share_on_paper():
    # of 100 names 40 were there after the first vintage and 80 after the second, each a year on: half lies a quarter
    # of the way between them
    counts = pd.DataFrame({"a": [40], "b": [80], "c": [100]}, index=spans(1, "2020-01-13"))
    counts.columns = pd.to_datetime(["2020-07-16", "2021-07-16", "2022-07-16"])
    found = delay.time_to(counts, 0.5).iloc[0]
    assert found["low"] == pytest.approx(6, abs=0.05)
    assert found["high"] == pytest.approx(18, abs=0.1)
    assert found["point"] == pytest.approx(9, abs=0.1)
