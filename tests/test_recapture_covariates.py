"""Covariates of each person: the Sudan study to the printed digit, and statsmodels person by person."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers import sources
from helpers.estimate import recapture
from helpers.estimate.recapture import averaging, covariates, models, r_order, sudan, table

LISTS = ("100", "010", "001", "110", "101", "011", "111")


@pytest.fixture(scope="module")
def khartoum():
    if sudan.SOURCE not in sources.available():
        pytest.skip(f"{sudan.SOURCE} is not on this disk")
    return sudan.khartoum()


@pytest.fixture(scope="module")
def fits(khartoum):
    return covariates.table(khartoum, sudan.COVARIATES)


@pytest.fixture
def invented():
    """People of two sexes, of whom the second is hardly on the first list, and some whose sex is not known."""
    of_men, of_women = (80, 60, 50, 30, 20, 16, 9), (9, 70, 60, 5, 4, 25, 3)
    rows = [
        [*map(int, history), n, sex]
        for sex, counts in (("m", of_men), ("f", of_women), (None, (4, 6, 5, 2, 1, 2, 1)))
        for history, n in zip(LISTS, counts, strict=True)
    ]
    return recapture.overlap(pd.DataFrame(rows, columns=["a", "b", "c", "n", "sex"]))


def test_the_records_become_the_people_of_the_study(khartoum):
    assert khartoum.counts.tolist() == recapture.example("khartoum").counts.tolist()
    assert khartoum.people == 2_430
    assert covariates.unknown(khartoum, ["month"]) == 160


def test_the_eight_models_of_the_study_to_the_printed_digit(fits):
    printed = recapture.published("khartoum").query("quantity == 'unlisted' and model != '[12,13,23]'")
    ours = fits.set_index("model").loc[printed["model"]]
    assert (
        ours[["low", "point", "high"]].round().to_numpy().tolist()
        == printed[["low", "point", "high"]].to_numpy().tolist()
    )
    assert ours["AIC"].round(2).tolist() == printed["aic"].tolist()
    assert fits.set_index("model")["kept"].to_dict() == {name: name != "[12,13,23]" for name in fits["model"]}


def test_the_p_values_of_the_study(fits):
    # column lrt_p of out/d1o1/all_cause_out_raw.csv in the study's repository
    p = fits.set_index("model")["p"]
    assert p["[13,23]"] == pytest.approx(0.0101369163682166, rel=1e-6)
    assert p["[12,23]"] == pytest.approx(5.19141603601381e-08, rel=1e-5)


def test_the_total_of_the_study_to_the_printed_digit(fits):
    found = covariates.average(fits, people=2_430)
    assert [round(value) for value in found[:3]] == [9_693, 20_660, 49_885]


def test_intentional_injuries_of_the_study_to_the_printed_digit(khartoum):
    # out/d1o1/intl_injury_out_est_pretty.csv: 10991 (4315 to 35479)
    cells = khartoum.cells.query("cause == 'intentional injury'").drop(columns="cause")
    injured = table.Overlap(khartoum.lists, cells)
    found = covariates.average(covariates.table(injured, ["month", "reports"]), people=injured.people)
    assert (injured.people, [round(value) for value in found[:3]]) == (1_201, [4_315, 10_991, 35_479])


def test_records_joined_at_the_strictest_scores_give_the_study_s_other_total():
    if sudan.SOURCE not in sources.available():
        pytest.skip(f"{sudan.SOURCE} is not on this disk")
    strict = sudan.khartoum(duplicate=5, overlap_score=5)
    found = covariates.average(covariates.table(strict, sudan.COVARIATES), people=strict.people)
    printed = recapture.published("khartoum").set_index("model").loc["duplicate 5, overlap 5"]
    assert (
        [round(value) for value in found[:3]]
        == printed[["low", "point", "high"]].tolist()
        == [56_860, 211_334, 905_843]
    )


def test_those_who_lack_a_month_add_their_share_and_the_interval_knows_that_models_differ(fits):
    better = covariates.better(fits, people=2_430)
    average = covariates.average(fits, people=2_430)
    assert better.point > average.point
    # all eight, of which the richest has nearly all the weight, reach much higher
    assert covariates.better(fits, people=2_430, every=True).point > 3 * better.point


def by_rows(overlap, model):
    """The same model in statsmodels, with a row per person and history, as the study fits it."""
    import statsmodels.api as sm

    known = overlap.cells.dropna()
    people = known.loc[known.index.repeat(known["n"])]
    design = models.design(model, len(overlap.lists))[1:]
    rows, seen = [], []
    for person in people.itertuples():
        own = int("".join(str(getattr(person, name)) for name in overlap.lists), 2) - 1
        who = np.array([1.0, person.sex == "m"])
        rows += [np.kron(terms, who) for terms in design]
        seen += [float(place == own) for place in range(len(design))]

    class AsInR(sm.families.Poisson):
        def starting_mu(self, y):
            return y + 0.1

    fit = sm.GLM(np.array(seen), np.array(rows), AsInR()).fit(tol=1e-9, rtol=1e-8)
    eta = np.array([fit.params[0] + fit.params[1] * (sex == "m") for sex in people["sex"]])
    return fit, np.exp(eta).sum()


@pytest.mark.parametrize("name", ["[1,2,3]", "[12,3]", "[12,13,23]"])
def test_collapsed_cells_give_what_statsmodels_gives_person_by_person(invented, name):
    fit, unlisted = by_rows(invented, models.parsed(name))
    ours = covariates.table(invented, ["sex"]).set_index("model").loc[name]
    assert ours["point"] == pytest.approx(unlisted, rel=1e-8)
    assert ours["AIC"] == pytest.approx(fit.aic, abs=1e-6)


def test_a_covariate_that_splits_the_people_gives_the_sum_of_the_parts(invented):
    # every term times sex: as if men and women were fitted apart
    parts = [
        recapture.tried(table.Overlap(invented.lists, invented.cells.query("sex == @sex").drop(columns="sex")))
        .set_index("model").loc["[12,3]", "unlisted"]
        for sex in "mf"
    ]  # fmt: skip
    whole = covariates.table(invented, ["sex"]).set_index("model").loc["[12,3]", "point"]
    assert whole == pytest.approx(sum(parts), rel=1e-6)


def test_everyone_is_counted_as_the_members_of_their_history_are(invented):
    # if nobody lacks the covariate, `everyone` is `point`
    known = table.Overlap(invented.lists, invented.cells.dropna().reset_index(drop=True))
    full = covariates.table(known, ["sex"])
    assert full["everyone"].tolist() == pytest.approx(full["point"].tolist())
    more = covariates.table(invented, ["sex"])
    assert (more["everyone"] > more["point"]).all()
    assert more["point"].tolist() == pytest.approx(full["point"].tolist())


def test_doubling_every_count_doubles_the_people_on_no_list(invented):
    once, twice = (covariates.table(one, ["sex"])["point"] for one in (invented, invented.times(2)))
    assert twice.tolist() == pytest.approx((2 * once).tolist(), rel=1e-5)


def test_two_lists_have_one_model_which_is_kept(invented):
    pair = invented.only("a", "b")
    found = covariates.table(pair, ["sex"])
    assert found["kept"].tolist() == [True]
    # independence within each sex: 100 x 76 / 39 men and so on
    counts = {sex: pair.cells[pair.cells["sex"] == sex].set_index(["a", "b"])["n"] for sex in "mf"}
    assert found["point"][0] == pytest.approx(sum(n[1, 0] * n[0, 1] / n[1, 1] for n in counts.values()))


def test_resampling_gives_the_same_for_a_seed_and_does_not_depend_on_the_processes(invented):
    one, two = (covariates.resampled(invented, ["sex"], runs=60, seed=5, jobs=jobs, every=True) for jobs in (1, 2))
    pd.testing.assert_frame_equal(one, two)
    assert len(one) == 60
    assert one["point"].nunique() > 50


def test_resamples_lie_around_the_estimate(invented):
    found = covariates.table(invented, ["sex"])
    drawn = covariates.resampled(invented, ["sex"], runs=200, seed=5, every=True)["everyone"]
    low, high = drawn.quantile([0.025, 0.975])
    assert low < covariates.better(found, people=invented.people, every=True).point < high


def test_models_that_fit_well_are_left_out_by_the_study_s_rule(invented):
    # lists of women and of men that are nearly independent: every model is as good as the richest
    found = covariates.table(invented, ["sex"])
    assert found["plausible"].all()
    assert (found["kept"] == (found["p"] <= 0.6)).all()


def test_what_cannot_be_estimated_is_refused(invented):
    with pytest.raises(recapture.OverlapError, match="no covariates age: there are sex"):
        covariates.table(invented, ["age"])
    villages = invented.cells.assign(sex=[f"village {row % 11}" for row in range(len(invented.cells))])
    with pytest.raises(
        recapture.OverlapError, match="sex is text with 11 values: at most 10 are allowed; put them into"
    ):
        covariates.table(table.Overlap(invented.lists, villages), ["sex"])
    nobody = invented.cells.assign(sex=[None] * len(invented.cells))
    with pytest.raises(recapture.OverlapError, match="0 people with all of sex known: at least 10"):
        covariates.table(table.Overlap(invented.lists, nobody), ["sex"])
    none = covariates.table(invented, ["sex"]).assign(kept=False)
    with pytest.raises(recapture.OverlapError, match="0 models are left to average, at least 1 is needed"):
        covariates.average(none, people=invented.people)


LABELS = {
    "different in every row": [f"name {row}" for row in range(21)],
    "the same in every row": ["dead"] * 21,
    "follows from the lists, for each of its values goes with one history": [*LISTS, *LISTS, *LISTS],
}


@pytest.mark.parametrize(("says", "values"), LABELS.items(), ids=LABELS)
def test_a_column_that_only_tells_rows_or_histories_apart_is_no_covariate(invented, says, values):
    made = table.Overlap(invented.lists, invented.cells.assign(sex=values))
    with pytest.raises(recapture.OverlapError, match=f"sex (is )?{says}"):
        covariates.table(made, ["sex"])


def test_how_covariates_are_taken_is_told(invented):
    aged = table.Overlap(invented.lists, invented.cells.assign(age=[20 + row % 5 for row in range(21)]))
    assert covariates.described(aged) == (
        "sex is text, each of its 2 values with a term of its own; "
        "age is a number (20 to 24) and enters as a straight line"
    )


def test_the_totals_kept_of_the_records_are_those_that_the_records_give():
    if sudan.SOURCE not in sources.available():
        pytest.skip(f"{sudan.SOURCE} is not on this disk")
    pd.testing.assert_frame_equal(sudan.results(), recapture.computed("khartoum"), check_dtype=False)


def test_the_totals_kept_of_the_records_are_those_that_the_study_prints():
    kept = recapture.computed("khartoum").set_index("model")
    printed = recapture.published("khartoum").query("quantity == 'unlisted'").set_index("model")
    bounds = ["low", "point", "high", "aic"]
    pd.testing.assert_frame_equal(kept.loc[printed.dropna().index, bounds], printed.dropna()[bounds], check_dtype=False)
    # of the richest model the study prints the people on no list alone
    assert kept.loc["[12,13,23]", "point"] == printed.loc["[12,13,23]", "point"]
    assert kept.loc["as the study averages", bounds[:3]].tolist() == [9_693, 20_660, 49_885]


def test_the_averages_of_one_model_are_that_model(invented):
    found = covariates.table(invented, ["sex"]).iloc[[0]].assign(kept=True)
    average = covariates.average(found, people=invented.people, rounded=False)
    assert average.point == pytest.approx(invented.people + found["point"].iloc[0])
    low, high = averaging.lognormal(
        found["everyone"].iloc[0], found["deviation"].iloc[0] * found["everyone"].iloc[0] / found["point"].iloc[0]
    )
    better = covariates.better(found, people=invented.people)
    assert (better.low, better.high) == pytest.approx((invented.people + low, invented.people + high))


# all that the study published by its scores: out/all_sens_raw.csv of github.com/francescochecchi/sdn_mortality_2024
BY_SCORES = pd.read_csv(Path(__file__).parent / "data" / "khartoum_by_scores.csv")


def totals(duplicate, overlap_score):
    """Dead of all causes and of intentional injury: point, low and high of each, as the study averages its models."""
    people = sudan.khartoum(duplicate=duplicate, overlap_score=overlap_score)
    injured = people.cells[people.cells["cause"] == "intentional injury"].drop(columns="cause")
    told = []
    for counted, about in ((people, sudan.COVARIATES), (table.overlap(injured), sudan.COVARIATES[:2])):
        made = covariates.average(covariates.table(counted, about), people=counted.people)
        told += [round(made.point), round(made.low), round(made.high)]
    return told


def printed(row):
    return BY_SCORES.iloc[row, 2:].tolist()


@pytest.mark.parametrize("row", [2, 13])  # the first at which the order of R decides, and one at which it does twice
def test_records_are_joined_in_the_order_of_the_study(row, khartoum):
    assert totals(*BY_SCORES.iloc[row, :2]) == printed(row)


@pytest.mark.slow
@pytest.mark.parametrize("row", range(len(BY_SCORES)))
def test_all_fifty_published_totals_come_out_of_the_records(row, khartoum):
    assert totals(*BY_SCORES.iloc[row, :2]) == printed(row)


def test_equal_keys_are_left_as_shells_method_leaves_them():
    # ten keys, b first: by steps of four the last b goes to place 1, the a from there to 5, and that from 5 to the end
    assert r_order.merged(["b", *["a"] * 8, "b"]) == [2, 3, 4, 1, 6, 7, 8, 5, 0, 9]
    # up to eight are sorted by steps of one, which leave equal ones in their order
    assert r_order.merged(["b", "a", "b", "a"]) == [1, 3, 0, 2]


def test_an_underscore_comes_before_digits():
    assert sorted(["PB11", "PB1_2", "PB1", "PA9"], key=r_order.collated) == ["PA9", "PB1", "PB1_2", "PB11"]
