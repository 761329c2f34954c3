"""Beside each claim what counts the same dead: on paper, and for the ministry's 5,937."""

import pandas as pd
import pytest
from made_up import BOTH, CLAIM, release, table

from helpers import claims, comparison, series


def test_each_claim_stands_beside_its_own_day():
    list_totals = [{"point": 9.0, "until": "2022-03-01"}, {"point": 12.0, "until": "2022-03-20"}]
    only = comparison.beside(table(*list_totals, CLAIM), "russia", release(), "2025-01-01").iloc[0]
    # three weeks had passed: 3 x 4 names known later, 3 x 10 (5 to 20) by probate; 9 names were known that day
    assert only[["named_then", "named_now", "probate_low", "probate", "probate_high"]].tolist() == [9, 12, 15, 30, 60]
    assert only["named_then_until"] == pd.Timestamp("2022-03-01")
    assert only[["coverage_low", "coverage_high"]].tolist() == pytest.approx([9 / 0.65, 9 / 0.45])
    assert only["answer"] == "floor"


def test_ratios_divide_by_each_and_turn_the_bounds():
    compared = comparison.beside(table({"point": 9.0, "until": "2022-03-01"}, CLAIM), "russia", release(), "2025-01-01")
    only = comparison.ratios(compared).iloc[0]
    assert only[["to_named_then", "to_named_now"]].tolist() == pytest.approx([60 / 9, 5])
    assert only[["to_probate_low", "to_probate", "to_probate_high"]].tolist() == [1, 2, 4]


def test_killed_and_wounded_is_no_multiple_of_the_dead_but_implies_wounded_per_killed():
    compared = comparison.beside(table(BOTH), "russia", release(), "2025-01-01")
    assert comparison.ratios(compared).empty
    # 150 killed and wounded beside 30 (15 to 60) killed: 120 wounded per 30, 90 per 60, 135 per 15
    assert comparison.implied_wounded(compared)[["low", "point", "high"]].iloc[0].tolist() == [1.5, 4, 9]


def test_a_claim_about_a_period_stands_beside_the_dead_of_that_period():
    period = CLAIM | {"window": "period", "since": pd.Timestamp("2022-03-07"), "until": "2022-03-20"}
    rows = table({"point": 9.0, "until": "2022-03-01"}, period)
    only = comparison.beside(rows, "russia", release(), "2025-01-01").iloc[0]
    # two weeks of four names and ten dead; a list total has no part for two weeks
    assert only[["named_now", "probate_low", "probate", "probate_high"]].tolist() == [8, 10, 20, 40]
    assert only[["named_then", "coverage_low"]].isna().all()


def test_multiples_are_of_the_registry_or_while_there_is_none_of_the_names():
    rows = table({"point": 9.0, "until": "2022-03-01"}, CLAIM | {"point": None, "low": 45.0, "high": 90.0})
    later, base = comparison.as_multiples(comparison.beside(rows, "russia", release(), "2025-01-01"))
    # 45 over 60, 67.5 over 30, 90 over 15
    assert (base, later[["low", "point", "high"]].iloc[0].tolist()) == ("the probate estimate", [0.75, 2.25, 6])
    before, base = comparison.as_multiples(comparison.beside(rows, "russia", release(), "2023-01-01"))
    assert (base, before[["low", "point", "high"]].iloc[0].tolist()) == ("the names known that day", [5, 7.5, 10])


def test_curves_are_running_totals_as_known_on_the_day():
    rows = table({"point": 9.0, "until": "2022-03-01", "published": "2022-03-05"})
    drawn = comparison.curves(rows, release(), "2025-01-01")
    assert drawn["named"][["until", "point"]].values.tolist() == [[pd.Timestamp("2022-03-05"), 9]]
    assert drawn["probate"]["high"].tolist() == [20 * week for week in range(1, 11)]
    assert comparison.curves(rows, release(), "2023-01-01")["named now"].empty


def test_in_words_every_number_has_its_range():
    compared = comparison.beside(table(CLAIM, BOTH), "russia", release(), "2025-01-01")
    told = comparison.in_words(compared)
    assert told["claim beside probate"].tolist() == ["2.00 (1.00–4.00) times", "4.0 (1.5–9.0) wounded each"]
    assert told["probate registry"].tolist() == ["30 (15–60)"] * 2
    assert told["named then"].tolist() == [""] * 2


def test_the_newest_claim_of_each_claimant():
    rows = table(CLAIM, CLAIM | {"until": "2022-03-14"}, CLAIM | {"who": "another"})
    assert comparison.newest_of_each(rows, ["somebody"]) == ["f1"]


def test_what_was_published_later_is_not_beside_a_claim():
    compared = comparison.beside(table({"point": 9.0, "until": "2022-03-01"}, CLAIM), "russia", release(), "2023-01-01")
    assert compared[["named_now", "probate", "coverage_low"]].isna().all(axis=None)
    assert compared["named_then"].tolist() == [9]


def test_a_claim_about_ukraine_gets_no_russian_dead():
    ukraine = {**CLAIM, "side": "ukraine", "scope": "soldiers"}
    only = comparison.beside(table(ukraine), "ukraine", release(), "2025-01-01").iloc[0]
    assert pd.isna(only["named_now"])
    assert pd.isna(only["probate"])


def test_withdrawn_claims_are_left_out_unless_asked_for():
    rows = table(CLAIM | {"status": "hoax"}, CLAIM | {"point": 61.0})
    assert comparison.claims_to_compare(rows, "russia")["point"].tolist() == [61]
    assert len(comparison.claims_to_compare(rows, "russia", withdrawn=True)) == 2


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


def test_the_ministrys_5937_by_quarter():
    # weekly, the same claim stands beside 9,767 named by now and 8,288 by probate
    compared = comparison.beside(claims.ledger(), "russia", series.read("embedded"), "2026-08-22")
    ministry = compared[compared["point"].eq(5937)].iloc[0]
    assert ministry["named_then"] == 5701
    assert ministry["named_then_until"] == pd.Timestamp("2022-08-19")
    # the broken quarter is counted in proportion of its days, and the dying was not even
    assert ministry["named_now"] == pytest.approx(9_767, rel=0.08)
    assert ministry["probate"] == pytest.approx(8_288, rel=0.08)


def test_no_claim_of_killed_and_wounded_is_divided_by_the_dead():
    compared = comparison.beside(claims.ledger(), "russia", series.read("embedded"), "2026-08-22")
    divided = compared.set_index("id").loc[comparison.ratios(compared)["id"], "quantity"]
    assert set(divided) == {"killed"}
