"""One table by every method, and its assumptions as checks with results."""

import pytest

from helpers.estimate import checks, recapture
from helpers.estimate.recapture import heterogeneity, table

TWO = table.from_histories({"10": 120, "01": 80, "11": 40})


def results(overlap):
    return {check.assumption: check.result for check in recapture.assumptions(overlap)}


@pytest.mark.parametrize(
    ("case", "methods"),
    [
        (
            "khartoum",
            {"least AIC", "average by BIC", "Bayesian average", "people differ, Poisson2", "Chao's lower bound"},
        ),
        ("five-lists", {"least AIC", "least BIC", "Bayesian average", "people differ, Darroch"}),
        ("hares", {"least AIC", "people differ, Gamma3.5", "Chao's lower bound"}),
    ],
)
def test_every_method_that_the_number_of_lists_allows_is_told(case, methods):
    overlap = recapture.example(case)
    found = recapture.estimates(overlap).set_index("method")
    assert methods <= set(found.index)
    assert (found["low"] >= overlap.people).all()
    assert (found["low"] <= found["point"]).all()
    assert (found["point"] <= found["high"]).all()


def test_what_one_should_know_of_a_method_stands_beside_it():
    says = recapture.estimates(recapture.example("khartoum")).set_index("method")["says"]
    assert says["Chao's lower bound"].startswith("a lower bound, if each list meets a person whatever other lists do")
    # 2.9 %, see the check below
    assert says["Bayesian average"].startswith("2.9% of the belief is in the model that ties all lists")
    assert says["least AIC"] == ""


def test_people_who_differ_and_the_bound_are_set_aside_where_lists_shun_each_other():
    spina = recapture.example("spina-bifida")
    found = recapture.estimates(spina).set_index("method")
    refused = found[found["says"].str.startswith("refused")]
    assert list(refused.index) == [*(f"people differ, {s}" for s in heterogeneity.SHAPES), "Chao's lower bound"]
    assert refused["point"].isna().all()
    assert refused["says"].str.contains("some lists shun each other").all()
    alike = next(one for one in recapture.assumptions(spina) if one.assumption == "people are met alike")
    assert alike.result == checks.INFORMATIONAL
    assert "lowers the deviance by 29.3 for one term, p < 0.001: that is lists that shun each other" in alike.says


def test_lists_that_are_all_tied_leave_the_bayesian_average_to_its_prior():
    tied = {"100": 200, "010": 200, "001": 200, "110": 20, "101": 20, "011": 20, "111": 200}
    assumption = "the Bayesian average rests on the counts"
    assert results(table.from_histories(tied))[assumption] == checks.FAILED
    assert results(recapture.example("khartoum"))[assumption] == checks.HELD


def test_two_lists_have_chapman_only():
    assert recapture.estimates(TWO)["method"].tolist() == ["Chapman"]


def test_a_method_that_refuses_stands_there_with_its_reason():
    alone = table.from_histories({"100": 30, "010": 20, "001": 10, "110": 5, "111": 3})
    lone = table.from_histories({"100": 30, "010": 20, "001": 10, "111": 3})
    assert recapture.estimates(alone)["point"].notna().sum() > 3
    bound = recapture.estimates(lone).set_index("method").loc["Chao's lower bound"]
    assert bound["says"].startswith("refused: table: 0 people are on exactly two lists")


def test_covariates_are_used_where_there_are_any():
    import pandas as pd

    rows = [
        [a, b, n, sex] for sex, k in (("m", 1), ("f", 2)) for a, b, n in ((1, 0, 30 * k), (0, 1, 20 * k), (1, 1, 9 * k))
    ]
    found = recapture.estimates(recapture.overlap(pd.DataFrame(rows, columns=["a", "b", "n", "sex"])))
    assert found["method"].tolist() == ["Chapman", "covariates"]
    says = found["says"][1]
    assert says.endswith("sex is text, each of its 2 values with a term of its own")
    assert "average of 1 models, everyone counted; 0 of 177 people lack a value and are carried by the others" in says
    # twice the women: each sex has 20 / 9 x 30 on no list per 59 listed, so both have
    assert found["point"][1] == pytest.approx(3 * (59 + 30 * 20 / 9))


def test_an_identity_number_is_no_covariate_and_five_lists_take_none():
    import pandas as pd

    rows = [[1, 0, 30, 901], [0, 1, 20, 902], [1, 1, 9, 903]]
    numbered = recapture.estimates(recapture.overlap(pd.DataFrame(rows, columns=["a", "b", "n", "id"])))
    assert numbered["says"][1].startswith("refused: table: id is different in every row: a number or name of people is")
    five = recapture.example("five-lists")
    sexes = table.Overlap(five.lists, five.cells.assign(sex=["m", "f"] * 14))
    found = recapture.estimates(sexes, recapture.tried(five)).set_index("method")
    assert found.loc["covariates", "says"].startswith(
        "refused: table: 5 lists: covariates (sex) are used for at most 4"
    )


def test_two_lists_cannot_show_their_dependence():
    assert results(TWO) == {
        "one closed population, matched without error": checks.INFORMATIONAL,
        "every two lists share enough people": checks.HELD,
        "the lists are independent": checks.INFORMATIONAL,
    }


def test_the_lists_of_kosovo_are_not_independent_and_the_criterion_matters():
    found = results(recapture.example("kosovo"))
    assert found["the lists are independent"] == checks.FAILED
    assert found["the criterion hardly matters"] == checks.FAILED
    assert found["the chosen model fits"] == checks.HELD


def test_the_lists_of_rome_may_be_independent_and_a_small_overlap_is_told():
    found = results(recapture.example("rome"))
    assert found["the lists are independent"] == checks.HELD
    assert results(recapture.example("hares"))["every two lists share enough people"] == checks.FAILED


def test_every_check_is_one_sentence_with_its_figures():
    for case in ("khartoum", "hares"):
        for check in recapture.assumptions(recapture.example(case)):
            assert check.result in checks.RESULTS
            assert check.says.endswith(".")
