"""Sentences that are built from tables: every number in them is one of a table made for the test."""

import pandas as pd
from made_up import BOTH, CLAIM, release, table

from helpers import comparison, sentences

NAMES = {"point": 9.0, "until": "2022-03-01"}


def test_the_headline_names_list_registry_and_claims_with_their_ranges():
    told = sentences.headline(table(NAMES, CLAIM), release(), "2025-01-01")
    # ten weeks of ten dead (5 to 20) by probate; one claim
    assert "**At least 9 Russian soldiers killed in the war are known by name** (list of 1 March 2022, a floor)" in told
    assert "the probate registry gives 100 to 1 May 2022 (50–200, the bounds of its weeks added up)" in told
    assert "claims about the year to 13 March 2022 run from 60 (somebody, 13 March 2022) to 60" in told


def test_the_headline_of_a_day_says_what_was_not_published_yet():
    told = sentences.headline(table(NAMES, CLAIM), release(), "2023-01-01")
    assert "no estimate by week of death had been published from the probate registry" in told
    assert "45 to 65 %" not in told


def test_a_round_total_is_called_an_approximation():
    told = sentences.headline(table(NAMES | {"point": 225_000.0}), release(), "2025-01-01")
    assert told.startswith("**About 225,000")
    assert "if the list holds 45 to 65 % of the dead, they are 346,000–500,000" in told


def test_before_any_list_the_headline_says_so():
    assert "no total of a list" in sentences.headline(table(CLAIM), release(), "2022-03-14")


def test_the_ministry_beside_names_and_registry():
    row = comparison.beside(table(NAMES, CLAIM | {"point": 6.0}), "russia", release(), "2025-01-01").iloc[0]
    told = sentences.ministry(row, data="fetched")
    assert told.startswith("To 13 March 2022 the claim is 6; 9 names were known that day (list of 1 March 2022); 12 of")
    assert told.endswith("the registry gives 30 (15–60). The ministry counted 50% of those named since.")


def test_the_ministry_before_counts_by_day_of_death():
    row = comparison.beside(table(NAMES, CLAIM), "russia", release(), "2023-01-01").iloc[0]
    assert sentences.ministry(row, data="embedded").endswith("named later was not yet published.")


def test_two_claims_imply_wounded_per_killed():
    ledger = table(BOTH | {"who": "a minister"}, CLAIM | {"low": 50.0, "point": 60.0, "high": 75.0})
    # 150 / 60 - 1 = 1.5; 150 / 75 - 1 = 1; 150 / 50 - 1 = 2
    told = sentences.implied_by(ledger, "f0", "f1")
    assert "**1.5 wounded for each killed** (1.0–2.0 over the range of the dead), with 0 days between the two" in told


def test_a_claim_that_was_not_known_implies_nothing():
    assert sentences.implied_by(table(CLAIM), "f7", "f0") == "The two claims were not both known by this day."


def test_words_for_pictures():
    rows = table(CLAIM, CLAIM | {"point": 90.0, "until": "2022-03-20", "who": "Another (office)"})
    told = sentences.panel(rows, ["f1"], "the dead")
    assert told == (
        "2 claims about the dead, from 13 March 2022 to 20 March 2022, between 60 and 90. "
        "Labelled: Another 90 to 20 March 2022."
    )
    assert sentences.panel(rows.iloc[:0], [], "the dead") == "No claim about the dead was known."


def test_words_for_multiples():
    rows = pd.DataFrame({"until": pd.to_datetime(["2022-03-01", "2022-04-01", "2023-01-01"]), "point": [0.5, 2.0, 4.0]})
    assert sentences.multiples(rows, "it") == (
        "3 claims as multiples of it: 1 below one, half of them between 1.25 and 3.00, the least 0.50, the most 4.0."
    )
    assert "2022: 1.25 (0.50–2.00, 2 claims); 2023: 4.00 (4.00–4.00, 1 claims)" in sentences.by_year(rows, "it")
