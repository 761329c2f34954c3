"""What was printed about the named list, and what marks its growth."""

import pandas as pd
import pytest

from helpers import claims, comparison, figures
from helpers.lists import named


@pytest.fixture(scope="module")
def ledger():
    return claims.ledger()


@pytest.mark.parametrize(
    ("day", "total"),
    [
        ("2022-03-31", 557),
        ("2024-02-24", 45_123),
        ("2024-04-21", 50_471),
        ("2025-02-25", 95_300),
        ("2025-05-05", 106_745),
        ("2026-05-31", 217_808),
        ("2026-08-22", 217_808),
    ],
)
def test_milestones_of_the_list(ledger, day, total):
    newest = comparison.milestones(figures.known_by(ledger, day), "russia").iloc[-1]
    assert newest["point"] == total


def test_a_total_worked_back_from_a_range_is_set_aside_and_no_total(ledger):
    # 225,000 / 0.65 + 21,000 = 367,154, near the 369,000 that the BBC printed with the republics on that day
    aside = named.set_aside(figures.known_by(ledger, "2026-06-30"), "2026-06-30")
    assert aside["names"].tolist() == [225_000]
    assert aside["says"].tolist() == ["inferred from the BBC's range of that day"]


@pytest.mark.parametrize(("precision", "words"), [("day", "2024-03-31"), ("month", "March 2024"), ("year", "2024")])
def test_a_day_is_told_as_exactly_as_it_is_known(precision, words):
    figure = pd.Series({"until": pd.Timestamp("2024-03-31"), "until_precision": precision})
    assert named.day(figure) == words


def test_the_leaked_registry_is_a_break_once_it_was_known():
    assert named.breaks("2026-02-23").empty
    row = named.breaks("2026-02-24").iloc[0]
    assert (row["since"], row["until"]) == (pd.Timestamp("2026-02-14"), pd.Timestamp("2026-02-24"))


def test_the_break_explains_the_step_in_the_ledger(ledger):
    # 200,186 of 24 February less 177,433 of 13 February 2026 = 22,753 names in eleven days
    totals = comparison.milestones(ledger, "russia").set_index("until")["point"]
    step = totals["2026-02-24"] - totals["2026-02-13"]
    assert step == 22_753
    assert named.breaks("2026-08-22")["names"].item() == pytest.approx(step, rel=0.02)


def test_the_total_set_aside_is_the_one_that_the_ledger_sets_aside(ledger):
    account = claims.inputs()
    ledger_says = account.loc[account["fate"] == "set_aside", "value"].tolist()
    names = named.set_aside(ledger, "2026-08-22")["names"].tolist()
    assert [f"{value:,}" for value in names] == ["225,000", *ledger_says] == ["225,000", "259,000"]
    assert "259,000" not in [f"{value:,}" for value in named.set_aside(ledger, "2026-07-31")["names"]]
