"""The bottom line in words: every number and every reason in it follows from the tables made for the test."""

import pandas as pd
import pytest
from made_up import BOTH, CLAIM, release, table

from helpers import bottom_line, comparison, estimates
from helpers.estimates import AND_MISSING, CARRIED, PART, REGISTRY, RULE, WHOLE

LATER = "2025-01-01"
RANGES = {
    RULE: (WHOLE, 300_000, None, 500_000), CARRIED: (WHOLE, 250_400, 420_000, 450_400),
    REGISTRY: (PART, 200_000, 250_000, 300_000), AND_MISSING: (PART, 210_000, 340_430, 400_000),
}  # fmt: skip


def ours(*kinds):
    rows = [CLAIM | dict(zip(("low", "point", "high"), RANGES[how][1:], strict=True)) for how in kinds]
    scopes = ["men 18-59" if RANGES[how][0] == PART else "russian forces" for how in kinds]
    return table(*rows).assign(how=kinds, group=[RANGES[how][0] for how in kinds], scope=scopes, who_kind="by_name")


def test_estimates_of_all_come_before_those_of_some_and_their_common_stretch_is_told():
    told = bottom_line.estimated(ours(*RANGES))
    assert told.index("all of Russia's forces") < told.index("men of certain ages")
    assert "300,000–500,000 to 13 March 2022 by *stated coverage (05)*" in told
    assert "250,000 (200,000–300,000) (men 18-59)" in told
    # from the greater low end, 300,000, to the lesser high end, 450,400
    ranges = "*stated coverage (05)* and *coverage carried on (05)*, about nearly the same day, have"
    assert f"The ranges by {ranges} 300,000–450,000 in common" in told
    assert bottom_line.DEPENDENT in told


def test_ranges_that_do_not_meet_are_said_not_to():
    far = ours(RULE, CARRIED).assign(low=[1_000.0, 5_000.0], high=[2_000.0, 6_000.0])
    assert "have no number in common" in bottom_line.shared(far)
    assert bottom_line.shared(far.head(1)) == ""


def test_estimates_of_other_days_are_not_held_against_each_other():
    days = pd.to_datetime(["2022-03-13", "2022-04-14"])
    assert bottom_line.shared(ours(RULE, CARRIED).assign(until=days)) == "", "32 days apart"
    assert "in common" in bottom_line.shared(ours(RULE, CARRIED).assign(until=days - pd.to_timedelta([0, 1], "D")))
    assert "a day of its own" in bottom_line.apart(ours(RULE, CARRIED).assign(until=days))
    assert "a day of its own" not in bottom_line.apart(ours(RULE, CARRIED))


def test_each_kind_brings_its_own_reason():
    told = bottom_line.apart(ours(*RANGES))
    assert "some count only men 18-59" in told
    # 340,430 less 250,000, to the hundred
    assert "the missing, about 90,400 people" in told
    assert "a judgement of experts" in told
    assert "pooled" not in told
    assert bottom_line.apart(ours(RULE)) == ""


def test_where_nothing_could_be_estimated_it_says_so():
    assert bottom_line.estimated(ours(RULE).iloc[:0]).startswith("**Estimated:** no estimate")
    assert "no total of a list" in bottom_line.certain(ours(RULE))


@pytest.fixture
def compared():
    rows = table({"point": 9.0, "until": "2022-03-01"}, CLAIM | {"point": 10.0}, CLAIM | {"point": 13.0}, BOTH)
    return rows, comparison.beside(rows, "russia", release(), LATER)


def test_claims_below_the_names_are_named_with_both_numbers(compared):
    assert bottom_line.below(compared[1], "Russia's") == (
        "**Below the names:** 1 of 2 claims about Russia's dead that can be held against names: "
        "somebody, 10 to 13 March 2022 (12 names or more)."
    )


def test_the_whole_has_its_parts_in_order_and_leaves_out_what_is_empty(compared):
    rows, beside = compared
    found = rows.iloc[:0].assign(how="")
    told = bottom_line.in_words(estimates.grouped(rows, found, "russia", release(), LATER), beside)
    assert [part.split(":")[0] for part in told.split("\n\n")] == ["**Certain", "**Estimated", "**Below the names"]
    assert "**Certain:** 9 of the dead are known by name (list of 1 March 2022)." in told


def test_a_picture_is_told_group_by_group():
    told = bottom_line.picture(ours(RULE, REGISTRY))
    assert told == (
        f"{WHOLE}: stated coverage (05) 300,000–500,000 to 13 March 2022. "
        f"{PART}: probate registry (08) 250,000 (200,000–300,000) to 13 March 2022."
    )
    assert bottom_line.picture(ours(RULE).iloc[:0]) == "No figure was known."
