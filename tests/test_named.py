"""What was printed about the named list, and what marks its growth."""

import pandas as pd
import pytest

from helpers import claims, comparison, figures
from helpers.lists import named


@pytest.fixture(scope="module")
def ledger():
    return claims.ledger()


def printed(scope, quantity, until, **values):
    """A made-up claim about a group on the list."""
    claim = {"side": "russia", "window": "cumulative", "status": "standing", "scope": scope, "quantity": quantity}
    numbers = {name: values.get(name, float("nan")) for name in ("low", "point", "high")}
    return claim | numbers | {"until": pd.Timestamp(until)}


TOTALS = pd.DataFrame({"until": pd.to_datetime(["2024-01-01", "2024-02-01"]), "point": [1000.0, 2000.0]})


def test_composition_takes_the_newest_of_each_group():
    known = pd.DataFrame(
        [
            printed("officers", "named", "2024-01-01", point=90),
            printed("officers", "named", "2024-02-01", low=150),
            printed("prisoners", "share_of_named", "2024-02-01", point=0.26),
            printed("strike on makiivka", "named", "2024-02-01", point=92),
            printed("russian forces", "named", "2024-02-01", point=2000),
        ]
    )
    table = named.composition(known, TOTALS).set_index("group")
    assert list(table.index) == ["prisoners", "officers"]
    # officers: at least 150 of the 2,000 of that day = 7.5 %; prisoners: 26 % as printed, no number
    assert table.loc["officers", ["names", "at_least", "total", "share"]].tolist() == [150, True, 2000, 7.5]
    assert table.loc["prisoners", "share"] == pytest.approx(26)
    assert table.loc["prisoners", ["names", "total"]].isna().all()
    assert not table.loc["prisoners", "at_least"]


def test_a_number_is_kept_when_a_share_was_printed_on_the_same_day():
    known = pd.DataFrame(
        [
            printed("prisoners", "share_of_named", "2024-01-01", point=0.3),
            printed("prisoners", "named", "2024-01-01", point=299),
        ]
    )
    assert named.composition(known, TOTALS)["names"].tolist() == [299]


def test_without_a_total_of_that_day_there_is_no_share():
    known = pd.DataFrame([printed("officers", "named", "2024-01-15", point=90)])
    assert named.composition(known, TOTALS)["share"].isna().all()
    assert named.in_words(named.composition(known, TOTALS)).loc["officers"].tolist() == [
        "2024-01-15", "90", "not printed", "not printed",
    ]  # fmt: skip


def test_words_say_at_least():
    known = pd.DataFrame([printed("officers", "named", "2024-02-01", low=1150)])
    words = named.in_words(named.composition(known, TOTALS)).loc["officers"]
    assert words.tolist() == ["2024-02-01", "at least 1,150", "2,000", "at least 57.5 %"]


@pytest.mark.parametrize(
    ("group", "day", "names", "at_least"),
    # 2024-04-19: over 3,300 officers, 390 of them lieutenant colonels or higher; 2024-02-02: 8,099 prisoners
    [
        ("officers", "2024-04-21", 3300, True),
        ("lieutenant colonels and higher", "2024-04-21", 390, False),
        ("prisoners", "2024-02-24", 8099, False),
    ],
)
def test_composition_in_the_ledger(ledger, group, day, names, at_least):
    known = figures.known_by(ledger, day)
    row = named.composition(known, comparison.milestones(known, "russia")).set_index("group").loc[group]
    assert (row["names"], row["at_least"]) == (names, at_least)


def test_two_thirds_had_no_link_to_the_army_in_february_2024(ledger):
    known = figures.known_by(ledger, "2024-02-24")
    row = named.composition(known, comparison.milestones(known, "russia")).set_index("group")
    assert row.loc["no link to the army before the invasion", "share"] == pytest.approx(200 / 3, abs=0.05)


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
