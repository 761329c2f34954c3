"""Log-linear models: which there are, the published digits, statsmodels and our own regression."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import simulate
from helpers.estimate import recapture
from helpers.estimate.recapture import averaging, loglinear, many, models, poisson, search, table

KOSOVO = recapture.example("kosovo")


def test_every_hierarchical_model_is_enumerated_once():
    # 8, 113: the numbers of the literature (saturated left out); 6,893 of five lists
    for lists, number in ((2, 1), (3, 8), (4, 113), (5, 6893)):
        found = models.enumerated(lists)
        assert len(found) == len(set(found)) == number
        assert all({one for term in model for one in term} == set(range(1, lists + 1)) for model in found)


def test_the_models_of_three_lists_by_name():
    names = {models.name(model) for model in models.enumerated(3)}
    assert names == {"[1,2,3]", "[12,3]", "[13,2]", "[23,1]", "[12,13]", "[12,23]", "[13,23]", "[12,13,23]"}


def test_a_name_and_its_model_are_each_others():
    assert models.parsed("[34,123,14]") == ((1, 2, 3), (1, 4), (3, 4))
    assert models.name(models.parsed("[34,123,14]")) == "[123,14,34]"
    with pytest.raises(recapture.OverlapError, match=r"'12;3' is no model"):
        models.parsed("12;3")


def test_the_design_has_a_column_per_term():
    # 000 to 111; ones, lists 1 to 3, lists 1 and 2 together
    assert models.design(models.parsed("[12,3]"), 3)[[0, 3, 6, 7]].tolist() == [
        [1, 0, 0, 0, 0], [1, 0, 1, 1, 0], [1, 1, 1, 0, 1], [1, 1, 1, 1, 1]
    ]  # fmt: skip


def test_six_lists_are_refused():
    with pytest.raises(recapture.OverlapError, match="6 lists: at most 5, more have millions"):
        models.enumerated(6)


def test_independence_of_two_lists_is_the_product_on_paper():
    # 30 and 20 on one list only, 10 on both: 30 x 20 / 10 = 60 on neither
    found = loglinear.fit(table.from_histories({"10": 30, "01": 20, "11": 10}), models.independence(2))
    assert found.unlisted == pytest.approx(60)
    assert found.point == pytest.approx(120)


def test_all_pairs_of_three_lists_are_the_product_on_paper():
    # without a term of all three: m000 = m111 m100 m010 m001 / (m110 m101 m011)
    made = table.from_histories({"100": 8, "010": 10, "001": 9, "110": 4, "101": 3, "011": 6, "111": 5})
    found = loglinear.fit(made, models.parsed("[12,13,23]"))
    assert found.unlisted == pytest.approx(5 * 8 * 10 * 9 / (4 * 3 * 6))


def test_kosovo_to_the_printed_digit():
    # Ball and others (2002): 10,356 (9,002-12,122); Rcapture: 10,356.5, standard error 785.9, AIC 132.75
    found = loglinear.fit(KOSOVO, models.parsed("[123,14,34]"))
    assert round(found.point, 1) == 10_356.5
    assert round(found.deviation, 1) == 785.9
    assert (round(found.deviance, 2), found.df, round(found.AIC, 2)) == (9.32, 4, 132.75)
    assert (round(found.low), round(found.high)) == (8_994, 12_110)


def test_kosovo_by_aic_is_another_number():
    found = loglinear.fit(KOSOVO, models.parsed("[123,134]"), interval="wald")
    assert [round(value) for value in (found.low, found.point, found.high)] == [10_130, 12_741, 16_542]


def test_aic_and_bic_choose_among_all_models_of_kosovo():
    found = recapture.tried(KOSOVO)
    assert len(found) == 113
    assert found.loc[found["AIC"].idxmin(), "model"] == "[123,134]"
    assert found.loc[found["BIC"].idxmin(), "model"] == "[123,14,34]"
    assert averaging.best(found, criterion="BIC").point == pytest.approx(10_356.5, abs=0.05)


def test_rome_to_the_printed_digit():
    rome = recapture.example("rome")
    assert round(loglinear.fit(rome, models.independence(4)).point, 1) == 11_124.6
    best = recapture.tried(rome).iloc[0]
    assert best["model"] == "[12,3,4]"
    assert round(best["point"], 1) == 12_318.5
    assert (round(best["low"]), round(best["high"])) == (10_266, 14_992)


def test_models_that_the_counts_do_not_determine_are_left_out_and_named():
    rome = recapture.example("rome")
    left_out = loglinear.undetermined(rome, models.enumerated(4))
    # nobody is on lists 1, 3 and 4 at once
    assert "[134,2]" in left_out
    assert len(recapture.tried(rome)) + len(left_out) == 113
    with pytest.raises(recapture.OverlapError, match=r"\[134,2\] cannot be fitted"):
        loglinear.fit(rome, models.parsed("[134,2]"))


def test_counts_can_fail_to_determine_a_model_though_every_sum_is_above_zero():
    # histories that only a boundary fits: the sums of [12,13,23] ask for a table that has zeros
    design = models.design(models.parsed("[12,13,23]"), 3)
    assert not loglinear.determined(design, np.array([0, 9, 9, 0, 9, 0, 9, 9.0]))
    assert loglinear.determined(design, np.array([0, 9, 9, 1, 9, 1, 9, 9.0]))


def test_a_model_of_another_number_of_lists_and_an_unknown_interval_are_refused():
    with pytest.raises(recapture.OverlapError, match=r"\[1,2,3\] is no model of 4 lists"):
        loglinear.fit(KOSOVO, models.independence(3))
    with pytest.raises(ValueError, match="interval is 'normal': allowed are profile, wald"):
        loglinear.fit(KOSOVO, models.independence(4), interval="normal")


@pytest.mark.parametrize("case", ["khartoum", "kosovo", "spina-bifida"])
def test_our_regression_gives_what_statsmodels_gives(case):
    made = recapture.example(case)
    for model in models.enumerated(len(made.lists))[::5]:
        ours, theirs = (loglinear.fit(made, model, interval="wald", own=own) for own in (True, False))
        assert ours.model == theirs.model
        assert ours[1:] == pytest.approx(theirs[1:], rel=1e-9, abs=1e-7)


def test_many_tables_at_once_give_what_each_gives_alone():
    wars = simulate.counts(3_000, (0.3, 0.3, 0.2), size=4).to_numpy()
    model = models.parsed("[12,3]")
    found = many.fit(wars, model)
    for war, row in zip(wars, found.itertuples(), strict=True):
        counts = dict(zip(("001", "010", "011", "100", "101", "110", "111"), war[1:].tolist(), strict=True))
        alone = loglinear.fit(table.from_histories(counts), model, interval="wald")
        assert (row.low, row.point, row.high) == pytest.approx((alone.low, alone.point, alone.high))
        assert pytest.approx((alone.AIC, alone.BIC)) == (row.AIC, row.BIC)


def test_the_model_of_least_criterion_among_many_is_that_of_the_table():
    made = recapture.example("khartoum")
    found = recapture.tried(made)
    for criterion in ("AIC", "BIC"):
        row = many.least(made.counts[None], criterion=criterion).iloc[0]
        assert row["model"] == found.loc[found[criterion].idxmin(), "model"]


def test_many_profile_intervals_are_those_of_each_table():
    made = recapture.example("khartoum")
    least = many.least(np.repeat(made.counts[None], 2, axis=0), interval="profile")
    best = recapture.tried(made).iloc[0]
    assert least["model"].tolist() == [best["model"]] * 2
    assert least[["low", "high"]].to_numpy() == pytest.approx(np.array([[best["low"], best["high"]]] * 2), rel=1e-6)
    alone = many.fit(made.counts[None], models.independence(3), interval="profile").iloc[0]
    independent = loglinear.fit(made, models.independence(3))
    assert (alone["low"], alone["high"]) == pytest.approx((independent.low, independent.high), rel=1e-6)


def test_a_table_that_does_not_determine_the_model_has_no_value_among_many():
    assert many.fit(np.array([[0, 9, 9, 0, 9, 0, 9, 0.0]]), models.parsed("[12,13,23]")).isna().all(axis=None)


def test_khartoum_by_its_counts_alone_as_the_study_prints_it():
    # column m000_without_adjustment of out/d1o1/all_cause_out_raw.csv in the study's repository
    printed = {"[1,2,3]": 4881, "[12,13,23]": 18760, "[12,23]": 7035, "[12,13]": 4124, "[13,23]": 9847,
               "[12,3]": 4517, "[23,1]": 7199, "[13,2]": 4629}  # fmt: skip
    found = recapture.tried(recapture.example("khartoum")).set_index("model")["unlisted"].round()
    assert found.to_dict() == printed


COUNTS = st.lists(st.integers(2, 400), min_size=7, max_size=7)
HISTORIES = ("001", "010", "011", "100", "101", "110", "111")


@settings(deadline=None, max_examples=40)
@given(COUNTS, st.sampled_from(models.enumerated(3)))
def test_doubling_every_count_doubles_the_estimate(counts, model):
    data = [many.fit(np.array([[0, *(k * n for n in counts)]]), model).iloc[0] for k in (1, 2)]
    assert data[1]["point"] == pytest.approx(2 * data[0]["point"], rel=1e-5)


@settings(deadline=None, max_examples=25)
@given(COUNTS, st.sampled_from(models.enumerated(3)))
def test_the_profile_interval_holds_the_point_and_nobody_listed_is_lost(counts, model):
    overlap = table.from_histories(dict(zip(HISTORIES, counts, strict=True)))
    found = loglinear.fit(overlap, model, own=True)
    assert overlap.people <= found.low < found.point < found.high


def test_a_profile_among_millions_of_people_converges():
    # the deviance is rounded by more there than R's rule asks of it
    counts = dict(zip(HISTORIES, (3, 105, 2, 42, 2, 2, 169), strict=True))
    found = loglinear.fit(table.from_histories(counts), models.parsed("[12,13,23]"), own=True)
    # 169 x 42 x 105 x 3 / (2 x 2 x 2)
    assert found.unlisted == pytest.approx(279_483.75)
    assert found.low < found.point < found.high < 20e6


@given(st.integers(1, 300), st.integers(1, 300), st.integers(1, 300))
def test_more_overlap_means_fewer_people(a_only, b_only, both):
    less, more = (
        many.fit(np.array([row]), models.independence(2)).loc[0, "point"]
        for row in ([0, b_only + 1, a_only + 1, both], [0, b_only, a_only, both + 1])
    )
    assert more < less


def test_an_interval_without_upper_end_says_so():
    # one person on both lists: the profile still ends, but with none the total would be free
    found = loglinear.fit(table.from_histories({"10": 40, "01": 30, "11": 1}), models.independence(2), level=0.999999)
    assert found.high > 100 * found.point or math.isinf(found.high)


def test_weights_are_half_the_distance_in_the_exponent():
    # exp(0) and exp(-1) over their sum
    weight = averaging.weights(recapture.tried(KOSOVO)["AIC"].iloc[[0, 0]] + [0, 2])
    assert weight.tolist() == pytest.approx([1 / (1 + math.exp(-1)), math.exp(-1) / (1 + math.exp(-1))])


def test_an_average_of_two_models_on_paper():
    found = (
        recapture.tried(KOSOVO).iloc[[0, 0]].assign(AIC=[10.0, 10.0], point=[1000.0, 2000.0], deviation=[300.0, 400.0])
    )
    # equal weights: 1500; each model 500 off: (sqrt(300^2 + 500^2) + sqrt(400^2 + 500^2)) / 2 = 611.71
    average = averaging.average(found, people=500)
    assert average.point == 1500
    low, high = averaging.lognormal(1000, (math.hypot(300, 500) + math.hypot(400, 500)) / 2)
    assert (average.low, average.high) == pytest.approx((500 + low, 500 + high))


def test_an_unknown_criterion_is_refused():
    with pytest.raises(ValueError, match="criterion is 'DIC': allowed are AIC, BIC"):
        averaging.average(recapture.tried(KOSOVO), people=4400, criterion="DIC")
    with pytest.raises(ValueError, match="criterion is 'DIC'"):
        search.stepwise(KOSOVO, criterion="DIC")


def test_all_models_of_five_lists_are_refused_and_the_search_of_six():
    with pytest.raises(recapture.OverlapError, match="5 lists: all models are fitted for at most 4"):
        search.every(recapture.example("five-lists"))
    with pytest.raises(recapture.OverlapError, match="6 lists: the search takes at most 5"):
        search.stepwise(recapture.example("hares"))


@pytest.mark.parametrize("criterion", ["AIC", "BIC"])
@pytest.mark.parametrize("case", ["kosovo", "rome"])
def test_the_search_finds_the_best_of_all_models_where_all_can_be_tried(case, criterion):
    made = recapture.example(case)
    best = recapture.tried(made)[criterion].min()
    assert search.stepwise(made, criterion=criterion)[criterion].min() == pytest.approx(best)


@pytest.mark.slow
def test_the_search_of_five_lists_finds_the_best_of_all_of_them_by_bic():
    made = recapture.example("five-lists")
    designs = (models.design(model, 5) for model in models.enumerated(5))
    scores = [loglinear.criteria(one, made.counts)[1] for one in designs if loglinear.determined(one, made.counts)]
    assert search.stepwise(made, criterion="BIC")["BIC"].min() == pytest.approx(min(scores))


def test_the_interval_of_the_true_model_holds_the_truth_in_ninety_five_of_a_hundred_wars():
    wars = simulate.counts(5_000, (0.3, 0.25, 0.2), odds_ratios={(0, 1): 3}, size=1000, seed=11).to_numpy()
    scores = many.scored(many.fit(wars, models.parsed("[12,3]")), 5_000)
    assert abs(scores["held"] - 0.95) < 3 * scores["error"]
    # and independence, which is not true, misses it: 4 in 5 of the dead
    assert many.scored(many.fit(wars, models.independence(3)), 5_000)["held"] == 0


def test_first_lists_of_many_tables():
    assert many.first(np.arange(8)[None], 2).tolist() == [[1, 5, 9, 13]]


def test_crossed_information_is_that_of_the_whole_design():
    rng = np.random.default_rng(1)
    outer, inner, weight = rng.random((7, 3)), rng.random((5, 2)), rng.random((4, 35))
    design = np.kron(outer, inner)
    plain = np.einsum("tr,ri,rj->tij", weight, design, design)
    assert poisson.crossed(outer, inner)(weight) == pytest.approx(plain)
