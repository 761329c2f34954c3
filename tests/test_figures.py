"""The schema, the two dates and the gate, on paper and on the twenty pairs that define it."""

import re

import pandas as pd
import pytest
from pandera.errors import SchemaErrors

from helpers import figures

BLANK = {
    "kind": "claim", "side": "russia", "quantity": "killed", "scope": "russian forces", "window": "cumulative",
    "since": "2022-02-24", "until": "2024-12-31", "until_precision": "day", "low": None, "point": 1.0, "high": None,
    "who": "somebody", "who_kind": "media", "method": "", "published": "2025-01-02", "published_precision": "day",
    "status": "standing", "status_from": None, "copies": "", "reports": "", "note": "",
}  # fmt: skip


def table(*rows: dict) -> pd.DataFrame:
    made = pd.DataFrame([{"id": f"f{i}", **BLANK, **row} for i, row in enumerate(rows)])
    dates = {name: pd.to_datetime(made[name]) for name in figures.DATES}
    return figures.validate(made.assign(**dates).astype(dict.fromkeys(["low", "point", "high"], float)))


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2024-02-29", "2024-02-29", "2024-02-29", "day"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2023", "2023-01-01", "2023-12-31", "year"),
    ],
)
def test_partial_date_covers_the_days_that_it_may_mean(text, first, last, precision):
    assert figures.partial_date(text) == (pd.Timestamp(first), pd.Timestamp(last), precision)


NO_DATES = ["", "24", "2023-02-29", "2022-13", "01/02/2023", "20223-01-01", "2022-W53", "2022-W53-1", "20230101"]


@pytest.mark.parametrize("text", NO_DATES)
def test_partial_date_refuses_other_forms(text):
    with pytest.raises(ValueError, match="allowed are YYYY-MM-DD, YYYY-MM and YYYY"):
        figures.partial_date(text)


def test_known_by_leaves_out_what_was_published_later():
    known = figures.known_by(table({"published": "2025-02-25"}, {"published": "2025-02-26"}), "2025-02-25")
    assert list(known["id"]) == ["f0"]


def test_known_by_lets_a_figure_stand_until_the_day_it_was_withdrawn():
    withdrawn = table({"status": "retracted", "status_from": "2025-02-01", "published": "2025-01-02"})
    before, after = figures.known_by(withdrawn, "2025-01-31"), figures.known_by(withdrawn, "2025-02-01")
    assert list(before["status"]) == ["standing"]
    assert before["status_from"].isna().all()
    assert list(after["status"]) == ["retracted"]


def test_known_by_hides_a_hoax_from_its_first_day():
    hoax = table({"status": "hoax", "published": "2025-01-02"})
    assert list(figures.known_by(hoax, "2025-01-02")["status"]) == ["hoax"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"low": 3.0, "point": 2.0}, "low <= point <= high"),
        ({"low": 3.0, "point": None, "high": 2.0}, "low <= point <= high"),
        ({"until": "2025-01-03"}, "until is not after published"),
        ({"quantity": "dead"}, "isin"),
        ({"side": "russland"}, "isin"),
        ({"scope": "everybody"}, "isin"),
    ],
)
def test_schema_refuses(row, told):
    with pytest.raises(SchemaErrors, match=re.escape(told)):
        table(row)


def test_middle_is_the_point_or_the_middle_of_the_range_or_the_one_bound():
    rows = table(
        {"low": 1.0, "point": 5.0, "high": 6.0},
        {"low": 10.0, "point": None, "high": 20.0},
        {"low": 7.0, "point": None},
    )
    assert list(figures.middle(rows)) == [5, 15, 7]


NAN = float("nan")


@pytest.mark.parametrize(
    ("low", "point", "high", "text"),
    [
        (NAN, 5937, NAN, "5,937"),
        (40e3, 47e3, 55e3, "47,000 (40,000–55,000)"),
        (160e3, NAN, 165e3, "160,000–165,000"),
        (46e3, NAN, NAN, "over 46,000"),
        (NAN, NAN, 250e3, "up to 250,000"),
    ],
)
def test_amount_says_what_is_known(low, point, high, text):
    assert figures.amount({"low": low, "point": point, "high": high}) == text


def test_ends_keep_only_the_end_that_was_told():
    rows = table({"point": 5.0}, {"low": 2.0, "point": None, "high": 4.0}, {"low": 7.0, "point": None})
    assert figures.ends(rows).values.tolist()[:2] == [[5, 5, 5], [2, 3, 4]]
    assert figures.ends(rows).iloc[2].isna().tolist() == [False, True, True]


@pytest.mark.parametrize(("total", "text"), [(225_000, "about 225,000"), (50_471, "50,471")])
def test_a_round_total_is_about(total, text):
    assert figures.about(total) == text


def test_a_day_is_said_as_far_as_it_is_known():
    day = pd.Timestamp("2026-05-31")
    told = [figures.when({"until": day, "until_precision": p}) for p in figures.PRECISIONS]
    assert told == ["31 May 2026", "May 2026", "2026"]


def test_wider_scopes_go_outwards():
    chain = figures.wider_scopes("men 15-49")
    assert chain[:3] == ["men 15-49", "men under 50", "russian forces"]
    assert "officers" not in chain


WAR, Y24 = "2022-02-24", "2024-01-01"
RF, RR = "russian forces", "russian forces and republics"
WHOLE = "cumulative"


def figure(side, quantity, scope, since, until, window=WHOLE, status="standing", published="2026-08-22"):
    return {
        "side": side, "quantity": quantity, "scope": scope, "since": pd.Timestamp(since),
        "until": pd.Timestamp(until), "window": window, "status": status, "published": pd.Timestamp(published),
    }  # fmt: skip


def ru(quantity, until, scope=RF, since=WAR, **more):
    return figure("russia", quantity, scope, since, until, **more)


def ua(quantity, until, **more):
    return figure("ukraine", quantity, "soldiers", WAR, until, **more)


MEDUZA = ru("killed", "2024-12-31")
IN_2024 = {"since": Y24, "window": "period"}
PAIRS = [
    ("Meduza, IISS", MEDUZA, ru("killed", "2025-01-01"), "yes", "1 day apart"),
    ("ministry, Meduza", ru("killed", "2022-09-21"), MEDUZA, "no", "832 days apart"),
    ("Austin, UK", ru("killed_and_wounded", "2024-12-07"), ru("killed_and_wounded", "2024-12-01"), "yes", "6 days"),
    ("Austin, Meduza", ru("killed_and_wounded", "2024-12-07"), MEDUZA, "no", "only through a stated ratio"),
    ("list in January, Meduza", ru("named", "2025-01-24"), MEDUZA, "floor", "named is a floor of killed"),
    ("list in February, Meduza", ru("named", "2025-02-25"), MEDUZA, "no", "56 days apart"),
    (
        "named dead of 2024, two vintages",
        ru("named", "2024-12-31", published="2025-05-05", **IN_2024),
        ru("named", "2024-12-31", published="2026-05-09", **IN_2024),
        "yes",
        "one window, two vintages",
    ),
    ("260,000 in 2024, Meduza", ru("killed", "2024-12-31", RR, **IN_2024), MEDUZA, "no", "since 676 days apart"),
    ("Zelensky, Butusov", ua("killed", "2024-12-08"), ua("killed", "2024-12-04"), "yes", "4 days apart"),
    ("Zelensky later, Butusov", ua("killed", "2025-02-16"), ua("killed", "2024-12-04"), "no", "74 days apart"),
    ("31,000, 180,000", ua("killed", "2024-02-25"), ru("killed", "2024-02-25"), "no", "two sides"),
    (
        "Kobak, Meduza under 50",
        ru("killed", "2023-12-31", "men 15-49"),
        ru("killed", "2023-12-31", "men under 50"),
        "part",
        "men 15-49 lie within men under 50",
    ),
    ("BBC with, without", ru("killed", "2025-05-05"), ru("killed", "2025-05-05", RR), "part", "lie within"),
    (
        "officers, list",
        ru("named", "2024-04-19", "officers"),
        ru("named", "2024-04-19"),
        "part",
        "officers lie within russian forces",
    ),
    ("Butusov twice", ua("missing", "2024-12-04"), ua("killed", "2024-12-04"), "no", "missing beside killed"),
    ("persons, cases", ua("wounded", "2025-02-16"), ua("wounded_cases", "2025-02-04"), "no", "persons beside cases"),
    ("ministry, NATO", ru("killed", "2022-03-25"), ru("killed", "2022-03-24"), "yes", "1 day apart"),
    (
        "withdrawn, NATO",
        ru("killed", "2022-03-21", status="retracted"),
        ru("killed", "2022-03-24"),
        "no",
        "retracted: only when asked for, and marked",
    ),
    (
        "27 and 102 per km2",
        ru("killed_per_km2", "2024-12-31", "captured", **IN_2024),
        ru("casualties_per_km2", "2024-12-31", "captured", **IN_2024),
        "no",
        "killed per km2 beside casualties per km2",
    ),
    (
        "one day, one autumn",
        ru("named", "2024-02-20", since="2024-02-20", window="event"),
        ru("named", "2024-11-30", since="2024-09-01", window="period"),
        "no",
        "an event beside a period",
    ),
]


def test_there_are_twenty_pairs():
    assert len(PAIRS) == 20


@pytest.mark.parametrize(("name", "a", "b", "answer", "reason"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_comparable_answers_as_the_truth_table(name, a, b, answer, reason):
    given = figures.comparable(a, b)
    assert given.answer == answer
    assert reason in given.reason


@pytest.mark.parametrize(("name", "a", "b", "answer", "reason"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_comparable_does_not_depend_on_the_order(name, a, b, answer, reason):
    assert figures.comparable(b, a).answer == answer


def test_a_withdrawn_figure_is_compared_when_asked_for():
    withdrawn, nato = PAIRS[17][1:3]
    assert figures.comparable(withdrawn, nato, with_withdrawn=True).answer == "yes"


def test_names_of_more_people_are_no_floor_of_the_dead_among_fewer():
    assert figures.comparable(ru("named", "2023-12-31"), ru("killed", "2023-12-31", "men under 50")).answer == "part"


def test_names_of_fewer_people_are_a_floor_of_the_dead_among_more():
    assert figures.comparable(ru("named", "2025-05-05"), ru("killed", "2025-05-05", RR)).answer == "floor"


def test_figures_31_days_apart_are_compared_and_32_are_not():
    assert figures.comparable(MEDUZA, ru("killed", "2024-11-30")).answer == "yes"
    assert figures.comparable(MEDUZA, ru("killed", "2024-11-29")).reason.startswith("32 days apart")


def test_unrelated_scopes_are_not_compared():
    answer = figures.comparable(ru("named", "2024-12-31", "officers"), ru("named", "2024-12-31", "prisoners"))
    assert answer == ("no", "neither of officers and prisoners contains the other")
