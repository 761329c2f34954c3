"""Overlap counts, death statistics and claims of an invented war."""

import numpy as np
import pandas as pd
import pandera as pa
import pytest

from helpers import deaths as death_counts
from helpers import figures, simulate
from helpers.simulate import Baseline, Claimant


def test_chances_on_paper():
    independent = simulate.chances([0.4, 0.3])
    assert independent.to_dict() == pytest.approx({"00": 0.42, "01": 0.18, "10": 0.28, "11": 0.12})
    # margins of one half and an odds ratio of 4: (1/3 * 1/3) / (1/6 * 1/6)
    together = simulate.chances([0.5, 0.5], odds_ratios={(0, 1): 4})
    assert together.to_dict() == pytest.approx({"00": 1 / 3, "01": 1 / 6, "10": 1 / 6, "11": 1 / 3})
    # half the people have odds of 1, half of 3: on both lists are (1/4 + 9/16) / 2
    seen = simulate.chances([0.5, 0.5], visibility=[(0.5, 1), (0.5, 3)])
    assert seen["11"] == pytest.approx(13 / 32)
    assert seen["00"] == pytest.approx((1 / 4 + 1 / 16) / 2)


def test_odds_ratios_and_reach_hold_together_on_four_lists():
    reach, ratios = [0.5, 0.3, 0.2, 0.4], {(0, 1): 3.0, (1, 3): 0.5}
    chances = simulate.chances(reach, odds_ratios=ratios)
    assert chances.sum() == pytest.approx(1)
    for place, share in enumerate(reach):
        assert chances[[h for h in chances.index if h[place] == "1"]].sum() == pytest.approx(share)
    # given that the other two lists have nobody
    assert chances["1100"] * chances["0000"] / chances["1000"] / chances["0100"] == pytest.approx(3)
    assert chances["0101"] * chances["0000"] / chances["0001"] / chances["0100"] == pytest.approx(0.5)
    assert chances["1010"] * chances["0000"] / chances["0010"] / chances["1000"] == pytest.approx(1)


def test_counts_sum_to_the_total_and_their_mean_to_the_chances():
    reach, ratios = [0.4, 0.3, 0.2], {(0, 2): 2.0}
    wars = simulate.counts(500, reach, odds_ratios=ratios, size=2000, seed=3)
    chances = simulate.chances(reach, odds_ratios=ratios)
    assert wars.shape == (2000, 8)
    assert (wars.sum(axis=1) == 500).all()
    error = 4 * np.sqrt(500 * chances * (1 - chances) / 2000)
    assert ((wars.mean() - 500 * chances).abs() < error).all()
    # the variance of one count is that of a binomial
    assert wars["000"].var() == pytest.approx(500 * chances["000"] * (1 - chances["000"]), rel=0.15)


def test_counts_of_one_seed_are_the_same_and_of_another_not():
    one, again, other = (simulate.counts(100, [0.5, 0.5], size=20, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, again)
    assert (one != other).any(axis=None)


def test_an_overlap_table_leaves_the_unseen_out():
    war = pd.Series({"00": 7, "01": 3, "10": 2, "11": 1})
    table = simulate.overlaps(war, ["press", "graves"])
    assert table.to_dict("list") == {"press": [0, 1, 1], "graves": [1, 0, 1], "count": [3, 2, 1]}
    assert list(simulate.overlaps(war).columns) == ["list_1", "list_2", "count"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"reach": [0.5]}, "two lists at least are needed"),
        ({"reach": [0.5, 1.0]}, "each with a share between 0 and 1"),
        (
            {"reach": [0.5, 0.5], "odds_ratios": {(0, 2): 2}},
            "odds ratio 2 of lists 0 and 2: allowed are two lists from 0",
        ),
        ({"reach": [0.5, 0.5], "visibility": [(0.5, 1)]}, "the shares must sum to 1"),
    ],
)
def test_chances_that_cannot_be_are_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        simulate.chances(**wrong)


def test_no_dead_are_refused():
    with pytest.raises(ValueError, match="total is 0 and size 1: both are at least 1"):
        simulate.counts(0, [0.5, 0.5])


@pytest.fixture(scope="module")
def people():
    return simulate.people(5000, seed=4)


def test_the_dead_of_the_war_are_what_the_statistics_have_more(people):
    with_war, truth = simulate.deaths(people, seed=9)
    without, _ = simulate.deaths(people, seed=9, registered=0)
    more = (with_war["men"] - without["men"]).groupby([with_war["year"], with_war["age"]]).sum()
    in_bands = truth[truth["age"] != "50 and older"].set_index(["year", "age"])["men"]
    assert more[more > 0].to_dict() == in_bands.to_dict()
    assert truth["men"].sum() == len(people)
    assert (with_war["women"] == without["women"]).all()
    assert list(with_war.columns) == death_counts.COLUMNS


def test_a_band_holds_five_years_of_age():
    two = simulate.people(2, seed=1)
    two["death_date"] = pd.Timestamp("2012-06-01")
    two["birth_date"] = pd.to_datetime(["1987-06-01", "1987-06-02"])  # 25 years old, and 24
    _, truth = simulate.deaths(two)
    assert truth.set_index("age")["men"].to_dict() == {"20-24": 1, "25-29": 1}


def test_those_who_are_not_registered_are_missing_from_the_statistics(people):
    full, half = (simulate.deaths(people, seed=9, registered=share).deaths["men"].sum() for share in (1, 0.5))
    in_bands = simulate.deaths(people, seed=9).truth.query("age != '50 and older'")["men"].sum()
    assert full - half == pytest.approx(in_bands / 2, abs=4 * (in_bands / 4) ** 0.5)


def test_without_spread_the_years_of_peace_follow_the_line(people):
    calm = Baseline(spread=0, women=(1000,) * 7, ratio=(2.0,) * 7, women_change=-0.01, ratio_change=0.01)
    peace = simulate.deaths(people, calm).deaths.query("age == '30-34'").set_index("year")
    # the tenth year after the first: 1000 * 0.9 women, and 2 * 1.1 men for each
    assert peace.loc[2005, ["women", "men"]].tolist() == [900, 1980]


def test_pandemic_and_bend_move_what_they_name(people):
    calm = Baseline(spread=0)
    ill = Baseline(spread=0, pandemic={2008: 1.2}, pandemic_men={2008: 1.1})
    one, two = (simulate.deaths(people, b).deaths.groupby("year")[["men", "women"]].sum() for b in (calm, ill))
    assert two.loc[2008, "women"] / one.loc[2008, "women"] == pytest.approx(1.2, abs=0.001)
    assert two.loc[2008, "men"] / one.loc[2008, "men"] == pytest.approx(1.32, abs=0.001)
    assert (one.drop(2008) == two.drop(2008)).all(axis=None)
    bent = simulate.deaths(people, Baseline(spread=0, bend=0.1)).deaths.groupby("year")["men"].sum()
    assert bent[1995] == one.loc[1995, "men"]
    assert bent[2009] > one.loc[2009, "men"]


def test_the_spread_of_the_counts_is_that_of_poisson_counts(people):
    calm = Baseline(women=(10_000,) * 7, women_change=0)
    women = simulate.deaths(people, calm, first=1900).deaths["women"]
    # 798 counts; the standard deviation of a variance estimated on them is sqrt(2 / 798) = 5 %
    assert women.var() / 10_000 == pytest.approx(1, abs=0.2)


def test_a_war_without_years_of_peace_is_refused(people):
    with pytest.raises(ValueError, match="3 years of peace from 2007 on: four or more are needed"):
        simulate.deaths(people, first=2007)


def test_bands_without_a_value_are_refused():
    with pytest.raises(ValueError, match="one value for each of the bands 15-19"):
        Baseline(women=(1, 2))


@pytest.fixture(scope="module")
def ten():
    """Ten dead, one on each of the days 1 to 10 of the war."""
    table = simulate.people(10)
    return table.assign(death_date=pd.date_range(pd.Timestamp(simulate.BEGAN) + pd.Timedelta(days=1), periods=10))


def test_a_claim_is_the_dead_of_its_day_times_the_bias(ten):
    one = Claimant("Ministry", bias=3, rounding=1, first=2, every=4, lag=5)
    table = simulate.claims(ten, [one])
    # on the days 2, 6 and 10 there are 2, 6 and 10 dead
    assert table["point"].tolist() == [6, 18, 30]
    assert (table["published"] - table["until"]).dt.days.tolist() == [5, 5, 5]
    assert table["until"].iloc[0] == pd.Timestamp("2010-03-03")
    assert table["note"].iloc[1] == "invented; in truth 6 were dead"


def test_rounding_ranges_drift_and_wounded(ten):
    def last(**choices):
        return simulate.claims(ten, [Claimant("Ministry", first=10, **choices)]).iloc[0]

    assert last(bias=13.4, rounding=50)["point"] == 150  # 134 to the next multiple of 50
    low, high = last(rounding=1, bias=10, half_range=0.2)[["low", "high"]]
    assert (low, high) == (80, 120)
    assert np.isnan(last(rounding=1, bias=10, half_range=0.2)["point"])
    assert last(rounding=1, bias=10, drift=36.5)["point"] == 110  # 10 + 36.5 * 10 / 365 = 11 for each of ten
    assert last(rounding=1, quantity="killed_and_wounded", wounded=3)["point"] == 40


def test_who_repeats_says_the_newest_word_for_word(ten):
    source = Claimant("Source", rounding=1, first=2, every=4, lag=1)
    echo = Claimant("Echo", "third_party_government", first=1, every=6, lag=0, repeats="Source")
    table = simulate.claims(ten, [source, echo]).set_index("who")
    # Source published on the days 3, 7 and 11; Echo speaks on day 7, and on day 1 had nothing to repeat
    assert table.loc[["Echo"], "copies"].tolist() == ["source-2"]
    assert table.loc[["Echo"], "point"].tolist() == [6]
    with pytest.raises(ValueError, match="Echo repeats 'Source', who is no claimant before"):
        simulate.claims(ten, [echo])


def test_invented_claims_have_the_form_of_figures_and_pass_for_none(people):
    table = simulate.claims(people)
    assert list(table.columns) == figures.COLUMNS
    assert set(table["side"]) == {"invented"}
    assert table["note"].str.startswith("invented; in truth").all()
    with pytest.raises(pa.errors.SchemaErrors):
        figures.validate(table)
    real = simulate.claims(people, side="russia", scope="all forces on the russian side")
    assert len(figures.validate(real)) == len(table)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"quantity": "wounded"}, "A: quantity is 'wounded'; allowed are killed, killed_and_wounded"),
        ({"rounding": 0}, "A: rounding and every are at least 1"),
    ],
)
def test_a_claimant_that_cannot_be_is_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        Claimant("A", **wrong)
