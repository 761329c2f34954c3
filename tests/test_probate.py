"""The probate method: each step on paper, the whole against an invented truth, and what is refused."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from helpers.estimate import probate
from helpers.estimate.probate import Counts, Recipe, Registry
from helpers.simulate.registry import Country, registry

WEEKS = pd.date_range("2010-03-01", periods=3, freq="7D")
# one age, three weeks: two men a woman in peace; 30, 24 and 10 men's cases beside 5, 2 and 1 women's; half of
# the named have a case; all cases of the first two weeks are open, a quarter of the third
PAPER = Counts(
    ages=("18-24",), weeks=WEEKS,
    men=np.array([[30.0, 24, 10]]), women=np.array([[5.0, 2, 1]]),
    peace_men=np.array([200.0]), peace_women=np.array([100.0]),
    late_men=np.array([7.0]), late_women=np.array([1.0]),
    named=np.array([40.0]), matched=np.array([20.0]),
    opened=np.array([1.0, 0.8, 0.25]), found=np.array([10.0, 15, 20]),
)  # fmt: skip


def test_each_step_on_paper():
    assert probate.expected(PAPER).tolist() == [[10, 4, 2]]
    assert probate.excess(PAPER).tolist() == [[20, 20, 8]]
    assert probate.case_share(PAPER).tolist() == [0.5]
    assert probate.scaled(PAPER).tolist() == [40, 40, 16]
    # 40 / 1, 40 / 0.8; of the third week too little is open
    np.testing.assert_allclose(probate.grown(PAPER), [40, 50, np.nan])
    # 90 dead for 25 names: 3.6 a name, and 20 names
    np.testing.assert_allclose(probate.flash(PAPER), [np.nan, np.nan, 72])
    np.testing.assert_allclose(probate.killed(PAPER), [40, 50, 72])
    # 7 - 2 x 1 late cases beyond expectation, over 0.5
    assert probate.late(PAPER) == 10


def test_twice_every_count_is_twice_the_dead():
    double = {name: 2 * getattr(PAPER, name) for name in ("men", "women", "late_men", "late_women", "found")}
    np.testing.assert_allclose(probate.killed(replace(PAPER, **double)), 2 * probate.killed(PAPER))


def test_more_mens_cases_are_never_fewer_dead():
    more = replace(PAPER, men=PAPER.men + 1)
    assert (probate.killed(more) > probate.killed(PAPER)).all()


def test_the_steps_take_many_draws_at_once():
    many = replace(PAPER, men=np.stack([PAPER.men, PAPER.men + 10]))
    np.testing.assert_allclose(probate.killed(many)[0], probate.killed(PAPER))
    np.testing.assert_allclose(probate.killed(many)[1], probate.killed(replace(PAPER, men=PAPER.men + 10)))


def test_the_share_open_follows_the_lag_of_peace():
    # of ten cases four opened in the week of death, six a week later; on a Sunday, weeks are full
    week = pd.Timestamp("2009-03-02")
    lags = pd.DataFrame({"week": week, "opened": [week, week + probate.WEEK], "cases": [4, 6]})
    share = probate.opened(lags, WEEKS, pd.Timestamp("2010-03-21"))
    assert share.tolist() == [1, 1, 0.4]


def dead(n, seed=0, weeks=130):
    """Men who die evenly over the weeks of an invented war."""
    rng = np.random.default_rng(seed)
    days = pd.Timestamp("2010-03-01") + pd.to_timedelta(rng.integers(0, 7 * weeks, n), unit="D")
    years = 19 + np.floor(44 * rng.random(n) * rng.random(n))
    return pd.DataFrame({"death_date": days, "birth_date": days - pd.to_timedelta(years * 365.25 + 100, unit="D")})


def worlds(country, times, part="killed"):
    """Estimate of a part over its truth in so many invented worlds; `killed`: registry and flash together."""
    rows, war = [], dead(22_000)
    for seed in range(times):
        made = registry(war, seed=seed, weeks=130, country=country)
        told = probate.estimate(made.registry, "2012-08-26", recipe=Recipe(times=200), seed=seed)
        rows.append(told.total.loc[part] / made.truths(told, "2012-08-26")[part])
    return pd.DataFrame(rows)


def holds(told):
    return ((told["low"] <= 1) & (told["high"] >= 1)).mean()


@pytest.mark.parametrize("part", ["killed", "late", "all"])
def test_the_interval_holds_the_invented_truth(part):
    told = worlds(Country(), 60, part)
    # 95 % within three Monte Carlo errors of 60 worlds, 0.028 each
    assert holds(told) >= 0.95 - 3 * 0.028
    # the mean of 60 has an error of a sixtieth's root of one estimate's
    assert abs(told["point"].mean() - 1) < 3 * told["point"].std() / 60**0.5


def test_a_tie_between_name_and_case_is_an_error_that_the_interval_does_not_know():
    told = worlds(Country(tie=2), 12)
    assert told["point"].mean() < 0.93
    assert holds(told) < 0.6


def test_a_drift_of_ordinary_deaths_is_read_as_dead():
    assert worlds(Country(drift=0.04), 8)["point"].mean() > 1.1


def test_after_a_peak_the_flash_estimate_is_too_high():
    # names found now are of people who died weeks ago, when more died: a third as many die in the last half year
    war = dead(30_000)
    last = war["death_date"] >= pd.Timestamp("2012-03-01")
    war = war[~last | (np.arange(len(war)) % 3 == 0)]
    made = registry(war, weeks=130)
    told = probate.estimate(made.registry, "2012-08-26", seed=1)
    assert told.total.loc["flash", "low"] > made.truths(told, "2012-08-26")["flash"]


def test_people_declared_dead_by_a_court_come_in_late_cases_alone():
    everyone = {"missing": 1, "court": (27, 27)}
    made = registry(dead(40_000), weeks=130, country=Country(**everyone))
    with_bodies = registry(dead(22_000), weeks=130, country=Country(missing=0.5, court=(27, 27)))
    told = probate.estimate(with_bodies.registry, "2014-08-24", seed=1).total
    assert told.loc["late", "low"] <= with_bodies.truth["missing"].sum() <= told.loc["late", "high"]
    with pytest.raises(ValueError, match="0 named dead aged 18-24 have a case: 20 or more are needed"):
        probate.counts(made.registry, "2012-08-26")


def test_bounds_go_with_every_week_age_and_total():
    told = probate.estimate(registry(dead(22_000), weeks=130).registry, "2012-08-26")
    for table, point in ((told.weeks, "point"), (told.ages, "share"), (told.total, "point")):
        assert (table["low"] <= table[point]).all()
        assert (table[point] <= table["high"]).all()
    parts = told.total["point"]
    assert parts["registry"] + parts["flash"] == pytest.approx(parts["killed"])
    assert parts["killed"] + parts["late"] == pytest.approx(parts["all"])
    assert told.weeks.loc[told.weeks["part"] == "flash", "opened"].max() < 0.5


def test_only_what_was_there_by_the_day_is_counted():
    made = registry(dead(22_000), weeks=130).registry
    later = made.cases["opened"] > pd.Timestamp("2012-08-20")
    cut = Registry(made.cases[~later], made.named[made.named["found"] <= pd.Timestamp("2012-08-20")], made.began)
    whole, part = (probate.counts(one, "2012-08-26") for one in (made, cut))
    np.testing.assert_array_equal(whole.men, part.men)
    np.testing.assert_array_equal(whole.found, part.found)


def test_too_short_a_peace_or_war_is_refused():
    made = registry(dead(22_000), weeks=130, peace=20).registry
    with pytest.raises(ValueError, match="20 weeks of peace: 26 or more are needed"):
        probate.counts(made, "2012-08-26")
    made = registry(dead(22_000), weeks=130).registry
    with pytest.raises(ValueError, match="20 weeks of war: more than 27 are needed"):
        probate.counts(made, "2010-07-18")


def test_too_few_matches_are_refused():
    made = registry(dead(300), weeks=130).registry
    with pytest.raises(ValueError, match=r"named dead aged .* have a case: 20 or more are needed .* join"):
        probate.counts(made, "2012-08-26")


def test_the_correlation_of_weeks_is_found_again():
    rng = np.random.default_rng(1)
    shared, own = rng.standard_normal((20_000, 1)), rng.standard_normal((20_000, 10))
    assert probate.correlation(own) == pytest.approx(0, abs=0.01)
    assert probate.correlation(shared + own) == pytest.approx(0.5, abs=0.02)
