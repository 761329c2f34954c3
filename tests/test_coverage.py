"""Names over coverage: the six ranges that the BBC printed, and what is refused."""

import pandas as pd
import pytest

from helpers import claims, comparison, figures
from helpers.estimate import coverage
from helpers.estimate.coverage import METHOD_PUBLISHED, coverage_range


def named(*points, published="2025-05-05"):
    rows = [{"id": f"list-{i}", "point": float(point)} for i, point in enumerate(points)]
    return pd.DataFrame(rows).assign(
        published=pd.Timestamp(published), quantity="named", kind="claim", side="russia", who="list"
    )


# the BBC's ranges, printed 2024-09-20 to 2025-12, and the digits to which it rounded the low and the high end
# (the first cuts the low end off instead of rounding it)
PRINTED = [
    (70_112, 107_864, 155_804, 1),
    (95_026, 146_194, 211_169, 1),
    (106_745, 164_223, 237_211, 1),
    (122_883, 189_000, 273_000, 1000),
    (155_368, 239_000, 345_260, 1000),
    (158_143, 243_300, 351_400, 100),
]


@pytest.mark.parametrize(("names", "low", "high", "rounded_to"), PRINTED)
def test_the_six_printed_ranges(names, low, high, rounded_to):
    computed = coverage_range(named(names)).iloc[0]
    assert computed["low"] == pytest.approx(low, abs=rounded_to)
    assert computed["high"] == pytest.approx(high, abs=rounded_to)


def test_on_paper():
    # 9 names at a coverage of 0.45 are 20 people, at 0.9 they are 10
    computed = coverage_range(named(9), low=0.45, high=0.9).iloc[0]
    assert (computed["low"], computed["high"]) == (pytest.approx(10), pytest.approx(20))
    assert pd.isna(computed["point"])
    assert computed["method"] == "names over 0.9 to names over 0.45"


def test_an_estimate_is_known_when_both_names_and_method_are():
    assert coverage_range(named(9, published="2023-01-01"))["published"][0] == METHOD_PUBLISHED
    assert coverage_range(named(9, published="2025-05-05"))["published"][0] == pd.Timestamp("2025-05-05")


def test_an_estimate_names_the_claim_that_it_comes_from():
    computed = coverage_range(named(9)).iloc[0]
    assert (computed["kind"], computed["quantity"], computed["copies"]) == ("estimate", "killed", "list-0")


@pytest.mark.parametrize(("low", "high"), [(0, 0.65), (0.7, 0.65), (0.45, 1.1)])
def test_shares_that_are_none_are_refused(low, high):
    with pytest.raises(ValueError, match="allowed are shares with 0 < low <= high <= 1"):
        coverage_range(named(9), low=low, high=high)


def known(day="2026-08-22"):
    return claims.known_by(day)


def test_every_printed_range_follows_from_its_names_within_its_own_rounding():
    told = coverage.printed(known()).dropna(subset="names")
    assert len(told) == 10
    for end in ("low", "high"):
        assert ((told[f"printed_{end}"] - told[end]).abs() <= told[f"{end}_rounded_to"]).all()


def test_the_ends_of_a_range_tell_whether_the_republics_are_in_it():
    told = coverage.printed(known())
    assert (told["finds"] == told["states"]).all()
    with_them = told.loc[told["finds"], "until"].dt.strftime("%Y-%m-%d").tolist()
    assert with_them == ["2025-02-21", "2025-05-05", "2025-05-30", "2026-06-12"]
    # 319,300 x 0.65 = 207,545 and 461,200 x 0.45 = 207,540: one count of names, so the republics are not in it
    april = told[told["until"] == pd.Timestamp("2026-04-03")].iloc[0]
    assert (april["names_without"], april["finds"]) == ("207,545-207,540", False)


def test_before_the_republics_were_claimed_the_ends_are_not_asked():
    told = coverage.printed(known("2024-10-01"))
    assert told["finds"].tolist() == [None]
    assert coverage.printed(known("2024-09-19")).empty


def test_the_republics_are_added_end_by_end_and_widen_the_scope():
    # the range of 2025-02-21 as printed: 146,194 + 21,000 = 167,194 and 211,169 + 23,500 = 234,669
    ranges = coverage_range(comparison.milestones(known("2025-02-21"), "russia").tail(1))
    whole = coverage.with_republics(ranges, coverage.republics(known("2025-02-21"))).iloc[0]
    assert (round(whole["low"]), round(whole["high"])) == (167_194, 234_669)
    assert whole["scope"] == "russian forces and republics"
    figures.validate(pd.DataFrame([whole]))


def test_without_a_claim_about_them_nothing_is_added():
    ranges = coverage_range(comparison.milestones(known("2024-12-31"), "russia").tail(1))
    pd.testing.assert_frame_equal(coverage.with_republics(ranges, coverage.republics(known("2024-12-31"))), ranges)


def test_wordings_are_known_when_they_were_said():
    assert coverage.wordings(known("2022-08-18")).empty
    assert coverage.wordings(known("2023-06-02"))["low"].tolist()[-1] == 0.5
    newest = coverage.wordings(known()).iloc[-1]
    assert (newest["published"], newest["low"], newest["high"]) == (METHOD_PUBLISHED, coverage.LOW, coverage.HIGH)


def test_every_wording_stands_in_the_ledger():
    assert len(coverage.wordings(known())) == len(pd.read_csv(coverage.WORDINGS))


def test_the_wording_in_force_on_each_day():
    # 100 names: "40 to 60 % short" is 100/0.6 to 100/0.4; "may exceed twice" is 200 or more
    totals = pd.DataFrame({"published": pd.to_datetime(["2022-08-18", "2022-09-01", "2023-01-01"]), "point": 100.0})
    told = coverage.in_force(totals, coverage.wordings(known()))
    assert told["names"].tolist() == [100, 100]
    assert told["low"].tolist() == pytest.approx([100 / 0.6, 200])
    assert told["high"].iloc[0] == pytest.approx(250)
    assert pd.isna(told["high"].iloc[1])


def test_how_one_total_moves_with_the_wording():
    total, rules = pd.Series({"point": 90_019.0}), coverage.wordings(known())
    told = coverage.moves(total, rules, coverage.republics(known()))
    assert told["says"].iloc[-1] == "the same, with the republics"
    # printed on 2025-01-24: 138,500-200,000 for these names
    assert told["low"].round(-2).tolist()[-2:] == [138_500, 159_500]
    assert told["high"].round(-2).tolist()[-2:] == [200_000, 223_500]
