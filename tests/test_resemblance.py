"""What a new claim resembles, on claims whose likeness is known."""

import pandas as pd
import pytest

from helpers import claims, resemblance


def claim(one, who, value, until, **more):
    values = {"low": float("nan"), "point": value, "high": float("nan")}
    counted = {"side": "russia", "quantity": "killed", "scope": "russian forces", "window": "cumulative"}
    return {"id": one, "who": who, "until": pd.Timestamp(until)} | counted | values | more


@pytest.fixture
def table():
    rows = [
        claim("new", "A", 45860, "2024-11-30"),
        claim("turned", "A", 45680, "2024-12-05"),
        claim("again", "A", 45860, "2025-01-15"),
        claim("other", "B", 46000, "2024-12-20"),
        claim("late", "B", 46000, "2025-01-20"),
        claim("far", "B", 47000, "2024-11-30"),
        claim("wounded", "A", 45860, "2024-11-30", quantity="wounded"),
        claim("theirs", "A", 45860, "2024-11-30", side="ukraine"),
        claim("bound", "A", float("nan"), "2024-11-30", low=20000.0),
    ]
    return pd.DataFrame(rows)


def test_a_slip_a_second_report_and_a_copy_are_told_apart(table):
    like = resemblance.resembling(table, "new").set_index("id")["why"]
    assert dict(like) == {
        "turned": resemblance.SLIP, "again": resemblance.SAME, "other": resemblance.COPY, "bound": resemblance.NEAR
    }  # fmt: skip


def test_nearest_day_first(table):
    like = resemblance.resembling(table, "new")
    assert list(like["days_apart"]) == [0, 5, 20, 46]
    assert list(like.columns) == resemblance.COLUMNS


@pytest.mark.parametrize(
    ("a", "b", "slip"),
    [
        (45860, 45680, True),
        (5937, 59370, True),
        (59370, 5937, True),
        (5937, 5937, False),
        (5937, 6937, False),
        (123, 321, False),
        (1000, 10001, False),
    ],
)
def test_one_slip_of_the_hand(a, b, slip):
    assert resemblance.is_slip(a, b) is slip


def test_in_the_ledger_few_claims_resemble_many():
    table = claims.ledger()
    counts = [len(resemblance.resembling(table, one)) for one in table["id"].iloc[::20]]
    assert max(counts) < 12
