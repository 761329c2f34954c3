"""Beside each claim what counts the same dead: on paper, and for the ministry's 5,937."""

import pandas as pd
import pytest
from made_up import BOTH, CLAIM, release, table

from helpers import claims, comparison, sentences, series, sources

LATER = "2025-01-01"  # a day on which the made-up series of 2024 is known
NAMES = {"point": 9.0, "until": "2022-03-01"}


def test_each_claim_stands_beside_its_own_day():
    list_totals = [{"point": 9.0, "until": "2022-03-01"}, {"point": 12.0, "until": "2022-03-20"}]
    only = comparison.beside(table(*list_totals, CLAIM), "russia", release(), LATER).iloc[0]
    # three weeks had passed: 3 x 4 names known later, 3 x 10 (5 to 20) by probate; 9 names were known that day
    assert only[["named_then", "named_now", "probate_low", "probate", "probate_high"]].tolist() == [9, 12, 15, 30, 60]
    assert only["named_then_until"] == pd.Timestamp("2022-03-01")
    assert only[["coverage_low", "coverage_high"]].tolist() == pytest.approx([9 / 0.65, 9 / 0.45])
    assert only["answer"] == "floor"


def test_ratios_divide_by_each_and_turn_the_bounds():
    compared = comparison.beside(table({"point": 9.0, "until": "2022-03-01"}, CLAIM), "russia", release(), LATER)
    only = comparison.ratios(compared).iloc[0]
    assert only[["to_named_then", "to_named_now"]].tolist() == pytest.approx([60 / 9, 5])
    assert only[["to_probate_low", "to_probate", "to_probate_high"]].tolist() == [1, 2, 4]


def test_killed_and_wounded_is_no_multiple_of_the_dead_but_implies_wounded_per_killed():
    compared = comparison.beside(table(BOTH), "russia", release(), LATER)
    assert comparison.ratios(compared).empty
    # 150 killed and wounded beside 30 (15 to 60) killed: 120 wounded per 30, 90 per 60, 135 per 15
    assert comparison.implied_wounded(compared)[["low", "point", "high"]].iloc[0].tolist() == [1.5, 4, 9]


def test_a_claim_about_a_period_stands_beside_the_dead_of_that_period():
    period = CLAIM | {"window": "period", "since": pd.Timestamp("2022-03-07"), "until": "2022-03-20"}
    rows = table({"point": 9.0, "until": "2022-03-01"}, period)
    only = comparison.beside(rows, "russia", release(), LATER).iloc[0]
    # two weeks of four names and ten dead; a list total has no part for two weeks
    assert only[["named_now", "probate_low", "probate", "probate_high"]].tolist() == [8, 10, 20, 40]
    assert only[["named_then", "coverage_low"]].isna().all()


def test_multiples_are_of_the_registry_or_while_there_is_none_of_the_names():
    rows = table(NAMES, CLAIM | {"point": None, "low": 45.0, "high": 90.0})
    later, base = comparison.as_multiples(comparison.beside(rows, "russia", release(), LATER))
    # 45 over 60, 67.5 over 30, 90 over 15
    assert base == "the registry's dead, men 18-59"
    assert later[["low", "point", "high"]].iloc[0].tolist() == [0.75, 2.25, 6]
    before, base = comparison.as_multiples(comparison.beside(rows, "russia", release(), "2023-01-01"))
    assert (base, before[["low", "point", "high"]].iloc[0].tolist()) == ("the names known that day", [5, 7.5, 10])


def test_curves_are_running_totals_as_known_on_the_day():
    rows = table({"point": 9.0, "until": "2022-03-01", "published": "2022-03-05"})
    drawn = comparison.curves(rows, release(), LATER)
    assert drawn["named"][["until", "point"]].values.tolist() == [[pd.Timestamp("2022-03-05"), 9]]
    assert drawn["probate"]["high"].tolist() == [20 * week for week in range(1, 11)]
    assert comparison.curves(rows, release(), "2023-01-01")["named now"].empty


def test_in_words_every_number_has_its_range():
    compared = comparison.beside(table(NAMES, CLAIM, BOTH), "russia", release(), LATER)
    beside, related = comparison.in_words(compared), comparison.relations_in_words(compared)
    assert beside["probate registry"].tolist() == ["30 (15–60)"] * 2
    assert beside["by coverage"].tolist() == ["14–20"] * 2
    assert beside["named then (list of)"].tolist() == ["9 (2022-03-01)"] * 2
    assert related["times registry"].tolist() == ["2.00 (1.00–4.00)", ""]
    assert related["times names then"].tolist() == ["6.67", ""]
    assert related["wounded per killed"].tolist() == ["", "4.0 (1.5–9.0)"]


def test_the_newest_claim_of_each_claimant():
    rows = table(CLAIM, CLAIM | {"until": "2022-03-14"}, CLAIM | {"who": "another"})
    assert comparison.newest_of_each(rows, ["somebody"]) == ["f1"]


def test_what_was_published_later_is_not_beside_a_claim():
    compared = comparison.beside(table({"point": 9.0, "until": "2022-03-01"}, CLAIM), "russia", release(), "2023-01-01")
    assert compared[["named_now", "probate", "coverage_low"]].isna().all(axis=None)
    assert compared["named_then"].tolist() == [9]


def test_a_claim_about_ukraine_gets_no_russian_dead():
    ukraine = {**CLAIM, "side": "ukraine", "scope": "soldiers"}
    only = comparison.beside(table(ukraine), "ukraine", release(), LATER).iloc[0]
    assert pd.isna(only["named_now"])
    assert pd.isna(only["probate"])


def test_what_no_longer_stands_is_left_out_unless_asked_for():
    rows = table(CLAIM | {"status": "hoax"}, CLAIM | {"status": "superseded", "point": 62.0}, CLAIM | {"point": 61.0})
    assert comparison.claims_to_compare(rows, "russia")["point"].tolist() == [61]
    assert len(comparison.claims_to_compare(rows, "russia", withdrawn=True)) == 3


def test_a_bound_has_only_one_end():
    over = CLAIM | {"low": 60.0, "point": None}
    compared = comparison.beside(table(NAMES, over, BOTH | {"low": 150.0, "point": None}), "russia", release(), LATER)
    times, wounded = comparison.ratios(compared).iloc[0], comparison.implied_wounded(compared).iloc[0]
    # over 60 beside 30 (15 to 60) is over 60/60, and nothing is known above; over 150 is over 90 wounded per 60
    assert times["to_probate_low"] == 1
    assert times[["to_probate", "to_probate_high", "to_named_then_high"]].isna().all()
    assert wounded["low"] == 1.5
    assert wounded[["point", "high"]].isna().all()


def test_a_claim_about_a_narrower_age_is_no_multiple_of_the_registrys_dead():
    narrow = CLAIM | {"scope": "men 15-49"}
    compared = comparison.beside(table(NAMES, narrow, CLAIM | {"scope": "men 18-59"}), "russia", release(), LATER)
    times = comparison.ratios(compared)
    assert compared["answer"].tolist() == ["part", "part"]
    assert compared["probate_answer"].tolist() == ["no", "yes"]
    assert times["to_probate"].isna().tolist() == [True, False]
    assert times["to_named_then"].isna().all(), "the list holds more than these men"


def test_the_judgement_about_russias_list_is_not_applied_to_ukraines():
    listed = {"side": "ukraine", "scope": "soldiers", "who": "UALosses", "point": 9.0, "until": "2022-03-01"}
    claim = {**CLAIM, "side": "ukraine", "scope": "soldiers"}
    only = comparison.beside(table(listed, claim), "ukraine", release(), LATER).iloc[0]
    assert only["named_then"] == 9
    assert only[["coverage_low", "coverage_high"]].isna().all()


def test_a_rounded_repetition_is_no_total_of_its_own():
    rows = table(NAMES | {"point": 42_152.0}, NAMES | {"point": 42_000.0, "until": "2022-03-05", "copies": "f0"})
    assert comparison.milestones(rows, "russia")["point"].tolist() == [42_152]


def test_a_total_published_after_a_newer_one_was_never_the_newest():
    totals = table(
        {"point": 10.0, "until": "2022-12-31", "published": "2023-01-31"},
        {"point": 12.0, "until": "2023-01-25"},
        {"point": 15.0, "until": "2023-02-24"},
    )
    assert comparison.milestones(totals, "russia")["point"].tolist() == [12, 15]


def test_a_total_of_an_unknown_day_below_an_earlier_one_was_never_the_newest():
    month = {"until": "2024-09-30", "until_precision": "month"}
    totals = table({"point": 20.0, "until": "2024-09-20"}, month | {"point": 18.0}, month | {"point": 21.0})
    assert comparison.milestones(totals, "russia")["point"].tolist() == [20, 21]


@pytest.mark.parametrize("data", ["embedded", "fetched"])
def test_the_ministrys_5937(data):
    if data == "fetched" and series.SOURCE not in sources.available():
        pytest.skip("economist-2026 is not on this disk: `make data SOURCE=economist-2026` fetches it")
    last = sentences.last_of_the_ministry(comparison.beside(claims.ledger(), "russia", series.read(data), "2026-08-22"))
    ministry = last.iloc[0]
    assert (ministry["point"], ministry["named_then"]) == (5937, 5701)
    assert ministry["named_then_until"] == pd.Timestamp("2022-08-19")
    # 9,560 names to 18 September, 484 in the next week, of which three days; by the registry 8,083 and 477.4
    assert ministry[["named_now_low", "named_now_high"]].tolist() == [9560, 10044]
    assert ministry["named_now"] == pytest.approx(9560 + 3 / 7 * 484)
    assert round(ministry["probate"]) == 8_288
    # 5,937 over the registry's low bound to 18 September (6,304.6 printed, 682.8 missing in it as if known, of whom the
    # least is 438.3) and over its high bound to 25 September
    times = comparison.ratios(last).iloc[0]
    ends = times[["to_probate_low", "to_probate", "to_probate_high"]]
    assert ends.tolist() == pytest.approx([5937 / 10_423.1, 5937 / 8_287.9, 5937 / 6_060.1], rel=1e-4)


def test_a_claim_about_a_day_inside_a_span_gets_the_sums_to_its_start_and_end():
    # to Wednesday 16 March: 12 names and, of the week's 4, three days in seven; the registry 15 and 20 more, 60 and 20
    claim = CLAIM | {"until": "2022-03-16"}
    only = comparison.beside(table(NAMES, claim), "russia", release(), LATER).iloc[0]
    assert only[["named_now_low", "named_now", "named_now_high"]].tolist() == pytest.approx([12, 12 + 12 / 7, 16])
    assert only[["probate_low", "probate", "probate_high"]].tolist() == pytest.approx([15, 30 + 30 / 7, 80])
    times = comparison.ratios(only.to_frame().T.infer_objects())
    ends = times[["to_named_now_low", "to_named_now", "to_named_now_high"]].iloc[0]
    assert ends.tolist() == pytest.approx([60 / 16, 60 / (96 / 7), 5])


def test_names_of_a_provisional_day_are_marked():
    compared = comparison.beside(table(NAMES, CLAIM, CLAIM | {"until": "2022-03-20"}), "russia", release(), LATER)
    late = pd.Timestamp("2022-03-14")
    assert comparison.in_words(compared, late=late)["named by now"].tolist() == ["12", "16, provisional"]
    times = comparison.relations_in_words(compared, late=late)["times names by now"]
    assert times.tolist() == ["5.00", "3.75, provisional"]


def test_no_claim_of_killed_and_wounded_is_divided_by_the_dead():
    compared = comparison.beside(claims.ledger(), "russia", series.read("embedded"), "2026-08-22")
    divided = comparison.ratios(compared).merge(compared)
    assert set(divided["quantity"]) == {"killed"}
    assert divided["to_probate"].notna().sum() > 40


def test_a_column_in_which_nothing_stands_is_named_and_not_shown():
    told = pd.DataFrame({"who": ["a"], "named then": [""], "says": ["1"]})
    shown, missing = comparison.without_empty(told)
    assert list(shown.columns) == ["who", "says"]
    assert missing == "Not known for any of these claims by this day: named then."
    assert comparison.without_empty(shown)[1] == ""


def test_a_claim_below_the_names_of_its_day_is_told_apart_from_one_that_cannot_be_held_against_them():
    # to 13 March 12 names are known by now, 9 were known then
    rows = table(
        NAMES, CLAIM | {"point": 10.0}, CLAIM | {"point": 13.0}, CLAIM | {"point": None, "low": 5.0},
        CLAIM | {"point": None, "high": 11.0}, CLAIM | {"point": 5.0, "scope": "men 15-49"},
        CLAIM | {"point": 5.0, "until_precision": "month"}, BOTH | {"point": 5.0},
    )  # fmt: skip
    told = comparison.against_the_floor(comparison.beside(rows, "russia", release(), LATER)).set_index("id")
    assert told["floor"].tolist() == [12] * 4
    assert told["below"].to_dict() == {"f1": True, "f2": False, "f3": False, "f4": True}
    then = comparison.against_the_floor(comparison.beside(rows, "russia", release(), "2023-01-01")).set_index("id")
    assert then["floor"].tolist() == [9] * 4
    assert not then["below"].any()


def test_a_total_of_the_list_that_is_over_a_month_old_stands_beside_a_claim_and_divides_nothing():
    old = table({"point": 9.0, "until": "2022-03-01"}, CLAIM | {"until": "2022-04-02", "published": "2022-04-02"})
    only = comparison.beside(old, "russia", release(), LATER)
    assert only["named_then"].tolist() == [9]
    assert comparison.ratios(only)["to_named_then"].isna().all()
    fresh = table({"point": 9.0, "until": "2022-03-01"}, CLAIM | {"until": "2022-04-01", "published": "2022-04-01"})
    assert comparison.ratios(comparison.beside(fresh, "russia", release(), LATER))["to_named_then"].tolist() == [60 / 9]
