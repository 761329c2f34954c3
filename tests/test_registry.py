"""The invented registry: its rates are those that were asked for, and a seed gives it again."""

import numpy as np
import pandas as pd
import pytest

from helpers.simulate.registry import AGES, Country, registry

WEEK = pd.Timedelta(days=7)


def dead(n=30_000, *, years=27, weeks=100):
    """Men of one age who die evenly over the weeks from 2010-03-01."""
    days = pd.Timestamp("2010-03-01") + pd.to_timedelta(np.arange(n) % (7 * weeks), unit="D")
    return pd.DataFrame({"death_date": days, "birth_date": days - pd.Timedelta(days=int(years * 365.25) + 30)})


def within(found, share, n, times=4):
    """Whether a share of `n` lies within so many Monte Carlo errors of what was asked for."""
    return abs(found - share) < times * (share * (1 - share) / n) ** 0.5


def test_a_seed_gives_the_registry_again_and_another_seed_another():
    one, same, other = (registry(dead(2000), seed=seed, weeks=30) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one.registry.cases, same.registry.cases)
    pd.testing.assert_frame_equal(one.registry.named, same.registry.named)
    assert not one.registry.cases.equals(other.registry.cases)


def test_everyone_who_died_in_the_weeks_is_in_the_truth_once():
    people = pd.concat([dead(700), dead(70, years=17), dead(35, years=61)])
    made = registry(people, weeks=50).truth
    # half of the hundred weeks: half of the people
    assert made[["found", "missing"]].to_numpy().sum() == 350
    # all of these die in the first ten weeks
    assert made["older"].sum() == 105
    assert len(made) == 50


def test_rates_are_those_asked_for():
    n = 30_000
    made = registry(dead(n), weeks=100, country=Country(women=(0,) * 8, missing=0.2, named=0.5))
    missing = made.truth["missing"].sum()
    assert within(missing / n, 0.2, n)
    named = made.registry.named
    assert within(len(named) / (n - missing), 0.5, n - missing)
    # aged 27: 0.32 of them leave a case, named or not
    assert within(named["opened"].notna().mean(), 0.32, len(named))
    assert within(made.registry.cases["cases"].sum() / n, 0.32, n)


def test_cases_of_the_dead_with_a_body_open_within_six_months_and_those_of_the_missing_later():
    quiet = {"women": (0,) * 8}
    prompt = registry(dead(), weeks=100, country=Country(missing=0, **quiet)).registry.cases
    assert ((prompt["opened"] - prompt["week"]) / WEEK).between(0, 26).all()
    late = registry(dead(), weeks=100, country=Country(missing=1, court=(30, 40), **quiet))
    assert ((late.registry.cases["opened"] - late.registry.cases["week"]) / WEEK).between(30, 66).all()
    assert late.registry.named.empty


def test_the_missing_are_declared_when_their_week_is_over_whether_they_leave_a_case_or_not():
    # all die in the weeks from 2010-03-01, a court needs 30 weeks, the notary none to 26 more
    country = Country(women=(0,) * 8, missing=1, court=(30, 30))
    made = registry(dead(7000, weeks=1), weeks=30, country=country)
    day = pd.Timestamp("2010-03-01") + 30 * WEEK
    assert made.declared_by(day + pd.Timedelta(days=5)) == 0
    assert made.declared_by(day + 26 * WEEK + pd.Timedelta(days=6)) == 7000
    # a third of them, aged 27, leaves a case
    assert within(made.registry.cases["cases"].sum() / 7000, 0.32, 7000)


def test_ordinary_cases_have_the_means_and_the_ratio_asked_for():
    quiet = Country(women=(10,) * 8, ratio=(2.0,) * 8, season=0, epidemic=0)
    cases = registry(dead(8), weeks=100, country=quiet).registry.cases
    women, men = (cases.loc[cases["sex"] == sex, "cases"].sum() for sex in "fm")
    # 256 weeks and 8 ages of 10 women each: 20,480, and twice as many men
    assert abs(women - 20_480) < 4 * 20_480**0.5
    assert abs(men - 40_960) < 4 * 40_960**0.5
    assert set(cases["age"]) == set(AGES)


def test_an_epidemic_strikes_both_sexes():
    habits = Country(women=(50,) * 8, ratio=(1.0,) * 8, season=0, epidemic=0.5)
    cases = registry(dead(8), weeks=60, country=habits).registry.cases
    number = (cases["week"] - pd.Timestamp("2010-03-01")) // WEEK
    more = cases[number.between(26, 51)].groupby("sex")["cases"].sum() / (26 * 8 * 50)
    assert more.tolist() == pytest.approx([1.5, 1.5], abs=0.05)


def test_a_tie_makes_those_with_a_case_more_likely_to_be_named():
    country = Country(women=(0,) * 8, missing=0, named=0.5, tie=3)
    made = registry(dead(), weeks=100, country=country).registry
    share = made.named["opened"].notna().mean()
    # odds of being named 3 to 1 with a case, 1 to 1 without: 0.32 x 0.75 of 0.32 x 0.75 + 0.68 x 0.5
    assert within(share, 0.24 / 0.58, len(made.named))


def test_a_war_without_dead_is_refused():
    with pytest.raises(ValueError, match="nobody of 10 people dies in the 20 weeks from 2010-03-01"):
        registry(dead(10).assign(death_date=pd.Timestamp("2013-01-01")), weeks=20)
