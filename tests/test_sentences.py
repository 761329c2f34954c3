"""Sentences that are built from tables: every number in them is one of a table made for the test."""

import pandas as pd
from made_up import BOTH, CLAIM, release, table

from helpers import comparison, sentences
from helpers.estimate.provisional import Provisional

NAMES = {"point": 9.0, "until": "2022-03-01"}


MINISTRY = CLAIM | {"who": "Russian Ministry of Defence", "point": 6.0}


def test_the_headline_names_list_registry_and_ministry_with_their_ranges():
    told = sentences.headline(table(NAMES | {"point": 9_001.0}, MINISTRY), big(), "2025-01-01")
    assert (
        "**At least 9,001 Russian soldiers killed in the war are known by name** (list of 1 March 2022: a lower bound)"
        in told
    )
    # 9,001 / 0.65 = 13,848 and 9,001 / 0.45 = 20,002, rounded to thousands
    assert "if the list holds 45% to 65% of the dead, they are 14,000–20,000" in told
    # ten weeks of a thousand dead (500 to 2,000)
    assert "the estimate from the probate registry (men 18-59) is 10,000 (5,000–20,000) to 1 May 2022" in told
    # 6 beside three weeks: 6/3,000
    assert "ministry of defence, 6 to 13 March 2022, was 0.00 times the registry's dead to that day" in told


def test_a_headline_that_rests_on_a_page_nobody_read_says_so():
    unread = table(NAMES | {"point": 9_001.0, "reports": "mediazona-2026-05-22"})
    assert "a lower bound; nobody here read its page" in sentences.headline(unread, big(), "2025-01-01")
    both = table(NAMES | {"point": 9_001.0, "reports": "mediazona-2026-05-22 meduza-2025-03-28"})
    assert "nobody here read" not in sentences.headline(both, big(), "2025-01-01")


def big():
    """The made-up series in thousands."""
    return release().pipe(lambda t: t.assign(low=t["low"] * 100, point=t["point"] * 100, high=t["high"] * 100))


def test_the_headline_of_a_day_says_what_was_not_public_yet():
    told = sentences.headline(table(NAMES, MINISTRY), release(), "2023-01-01")
    assert "this repository holds no series of the probate registry that was public by then" in told
    assert "6 to 13 March 2022, stands beside 9 names known that day" in told
    assert "45%" not in told


def test_a_round_total_is_called_an_approximation():
    told = sentences.headline(table(NAMES | {"point": 225_000.0}), release(), "2025-01-01")
    assert told.startswith("**About 225,000")


def test_before_any_list_the_headline_says_so():
    assert "no total of a list" in sentences.headline(table(CLAIM), release(), "2022-03-14")


def test_people_declared_dead_or_missing_are_named():
    spans = release(method="probate registry and missing").pipe(lambda t: t[t["series"] == "probate"])
    assert sentences.registry(spans) == (
        "the estimate from the probate registry (men 18-59, with people declared dead or missing)"
    )


def test_the_ministry_beside_names_and_registry():
    row = comparison.beside(table(NAMES, MINISTRY), "russia", release(), "2025-01-01").iloc[0]
    told = sentences.ministry(row)
    assert told.startswith("To 13 March 2022 the claim is 6; 9 names were known that day (list of 1 March 2022); 12 of")
    # 6 of 12
    assert told.endswith("the registry gives 30 (15–60) for men 18-59. The claim is 50% of those who are named now.")


def test_where_the_series_cannot_tell_the_day_the_ministrys_sentence_gives_both_ends():
    rows = table(NAMES, MINISTRY | {"until": "2022-03-16"})
    row = comparison.beside(rows, "russia", release(), "2025-01-01").iloc[0]
    told = sentences.ministry(row)
    # three weeks of four names, and three days of the fourth: 13.7; 6/16, 6/13.7, 6/12
    assert "14 (12–16) of the dead to that day are known by name now: a week or month is known as one sum" in told
    assert told.endswith("The claim is 44% (38%–50%) of those who are named now.")
    headline = sentences.headline(rows, release(), "2025-01-01")
    assert "times the registry's dead to that day (the range allows for the days of its week or month)." in headline


def test_where_names_are_provisional_it_is_said_and_why():
    rows = table(NAMES, CLAIM, CLAIM | {"until": "2022-03-20"})
    compared = comparison.beside(rows, "russia", release(), "2025-01-01")
    told = sentences.marked(compared, Provisional(pd.Timestamp("2022-03-14"), "many are missing"))
    assert told.startswith("Names by now are *provisional* beside 1 of these claims, those about days from 14 March")
    assert "many are missing" in told
    assert sentences.marked(compared, Provisional(pd.NaT, "nothing was public")) == ""


def test_the_ministry_before_counts_by_day_of_death():
    row = comparison.beside(table(NAMES, MINISTRY), "russia", release(), "2023-01-01").iloc[0]
    assert sentences.ministry(row).endswith("no count by day of death that was public by then.")


def test_a_registry_below_the_names_is_said_and_explained():
    less = release().pipe(lambda t: t.assign(point=t["point"].mask(t["series"] == "probate", 2.0), low=1.0))
    told = sentences.below_the_names(comparison.beside(table(CLAIM), "russia", less, "2025-01-01"))
    assert told.startswith(
        "On the days of 1 of 1 claims, the last of them 13 March 2022, the registry's estimate is *below*"
    )
    more = sentences.below_the_names(comparison.beside(table(CLAIM), "russia", release(), "2025-01-01"))
    assert more.startswith("On none of the days")


def test_the_releases_that_were_public():
    assert sentences.releases(release(), "2023-12-31").startswith("no series of the dead by day of death")
    assert "named and probate of 1 January 2024." in sentences.releases(release(), "2024-01-01")


def test_two_claims_imply_wounded_per_killed():
    ledger = table(BOTH | {"who": "a minister"}, CLAIM | {"low": 50.0, "point": 60.0, "high": 75.0})
    # 150 / 60 - 1 = 1.5; 150 / 75 - 1 = 1; 150 / 50 - 1 = 2
    told = sentences.implied_by(ledger, "f0", "f1")
    assert "**1.5 (1.0–2.0) wounded for each killed**, with 0 days between the two" in told


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
    days = pd.to_datetime(["2022-03-01", "2022-04-01", "2023-01-01", "2023-02-01", "2023-02-01"])
    kinds = ["analyst", "analyst", "analyst", "academic", "analyst"]
    rows = pd.DataFrame({"until": days, "point": [0.5, 2.0, 4.0, 9.0, None], "who_kind": kinds})
    assert sentences.multiples(rows.iloc[[0, 1, 2, 4]], "it") == (
        "3 claims as multiples of it: 1 below one, half of them between 1.25 and 3.00, the least 0.50, the most 4.0. "
        "1 more are bounds, marked by arrows."
    )
    told = sentences.by_year(rows, "it")
    assert "2022: 1.25 (0.50–2.00, 2 claims); 2023: 4.00 (4.00–4.00, 1 claims)" in told
    assert told.endswith("Left out: 1 claims made from the list or the registry itself, and 1 that are only a bound.")
