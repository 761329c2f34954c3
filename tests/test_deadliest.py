"""Single days and months: which claims are about one, of what kind, and the periods with the most names."""

import pandas as pd
import pytest

from helpers import claims, series
from helpers.lists import deadliest


@pytest.fixture(scope="module")
def ledger():
    return claims.ledger()


def test_days_in_the_ledger(ledger):
    days = deadliest.days(ledger)
    told = days[["where", "kind", "point"]].values.tolist()
    for row in (
        ["strike on Makiivka", "named", 92],
        ["strike on Makiivka", "said to be killed", 89],
        ["strike on Makiivka", "said to be killed", 400],
        ["strike near Volnovakha", "named", 65],
        ["all forces", "named", 201],
        ["all forces", "said to be killed and wounded", 2030],
        ["all forces", "said to be killed and wounded", 2200],
    ):
        assert row in told
    # the General Staff's record days count the wounded too: never of one kind with the dead
    assert set(days.loc[days["until"] >= "2024-11-01", "kind"]) == {"said to be killed and wounded"}


def test_the_day_taken_for_the_strike_and_the_first_figure_are_left_out_with_their_reason(ledger):
    aside = deadliest.left_out(ledger)
    assert aside["point"].tolist() == [63, 201, 201]
    assert aside["reason"].tolist() == ["superseded"] + ["repeats or misreads russia-named-2024-02-20-list"] * 2


def test_an_average_per_day_is_no_day(ledger):
    # NATO's "about 1,000 a day", said on one day, is in the ledger as a rate of that day
    said = ledger[ledger["id"].str.contains("per-day-2024-10-01-rutte")]
    assert len(said) == 1
    assert deadliest.days(said).empty


def test_months_in_the_ledger(ledger):
    months = deadliest.months(ledger).set_index(["until", "who", "kind"])
    january = months.xs(pd.Timestamp("2023-01-30"))
    assert january["low"].dropna().tolist() == [20_000]
    assert len(months.xs(pd.Timestamp("2024-12-31"))) == 1
    assert (months.index.get_level_values("until") - months["since"]).dt.days.between(26, 30).all()


def test_a_claim_that_no_longer_stands_is_no_month(ledger):
    # 35,000 killed in December 2025 became 35,000 killed and badly wounded four days later
    months = deadliest.months(ledger)
    told = months["until"].eq(pd.Timestamp("2025-12-31")) & months["who"].eq("Volodymyr Zelensky")
    assert months.loc[told, "kind"].tolist() == ["said to be killed and badly wounded"]


def test_weeks_belong_to_the_month_of_their_thursday():
    since = pd.to_datetime(["2024-01-22", "2024-01-29", "2024-02-05"])
    weeks = pd.DataFrame({"since": since, "until": since + pd.Timedelta(days=6), "point": [10.0, 40.0, 20.0]})
    most = deadliest.most_named(weeks, provisional=pd.Timestamp("2024-02-05"))
    # Thursdays: 25 January, 1 and 8 February, so January 10 in one week, February 60 in two
    assert most["month"].astype(str).tolist() == ["2024-02", "2024-01"]
    assert most[["names", "weeks", "a_week"]].values.tolist() == [[60, 2, 30], [10, 1, 10]]
    assert most["provisional"].tolist() == [True, False]


def test_the_month_with_the_most_names():
    spans = series.vintage(series.read(), "named", "2026-08-22")
    most = deadliest.most_named(spans, provisional=pd.Timestamp("2024-09-02"))
    assert most["names"].sum() == 205_470
    # the embedded month that is cut is whole again
    assert len(most) == 47
    first = most.iloc[0]
    assert (str(first["month"]), first["names"], first["weeks"], first["provisional"]) == ("2024-11", 9_037, 4, True)
