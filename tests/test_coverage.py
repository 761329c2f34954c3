"""Names over coverage: the six ranges that the BBC printed, and what is refused."""

import pandas as pd
import pytest

from helpers.estimate.coverage import METHOD_PUBLISHED, coverage_range


def named(*points, published="2025-05-05"):
    rows = [{"id": f"list-{i}", "point": float(point)} for i, point in enumerate(points)]
    return pd.DataFrame(rows).assign(published=pd.Timestamp(published), quantity="named", kind="claim")


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
