"""Land and lives in words: what the sentences and tables of the notebook say, on tables worked out on paper."""

import pandas as pd

from helpers import lives_in_words as lives
from helpers.estimate import land

NAN = float("nan")
YEARS = pd.DataFrame(
    [[2023, 6, 487.0, 487.0, NAN, NAN], [2024, 8, 3_735.0, 4_168.0, 21.37, 38.02]],
    columns=["year", "counts", "least", "most", "low", "high"],
)
SPANS = pd.DataFrame(
    {
        "since": pd.to_datetime(["2024-11-01", "2024-12-01"]),
        "until": pd.to_datetime(["2024-11-30", "2024-12-20"]),
        "taken": [650.0, -39.0],
        "whole": [True, False],
    }
)


def pairs(*rows):
    dead = pd.DataFrame(rows, columns=land.DEAD)
    return dead, land.per_km2(dead, pd.DataFrame({"by": ["A"], "km2": [1_000.0]}))


TOLD = [
    ("wrong names", "names", True, 1_000.0, 1_000.0, 1_000.0), ("names", "names", False, 2_000.0, 2_000.0, 2_000.0),
    ("registry", "registry", False, 3_000.0, 4_000.0, 5_000.0), ("claim", "claim", False, 9_000.0, 9_000.0, 9_000.0),
]  # fmt: skip


def test_the_answer_gives_the_years_that_have_a_range():
    told = lives.answer(YEARS, "2026-08-22")
    assert "in 2024 21.4–38.0.**" in told
    assert "2023" not in told
    assert lives.answer(YEARS.iloc[:1], "2024-01-31").startswith("**By 2024-01-31 no year of the war")


def test_months_name_the_newest_whole_one_and_say_that_bars_are_cut():
    title, alt = lives.months(SPANS)
    assert title == "The front moved in 2022; in November 2024 the net was +650 km²"
    assert "bars cut at 1,000" in alt
    assert alt.endswith("most lost in December 2024, -39.")


def test_spans_and_extremes_by_day_and_month():
    assert lives.spans(SPANS).iloc[1].tolist() == ["2024-12-20", "-39", "part of a year"]
    assert lives.extremes(SPANS, "M").startswith("The most gained in one month was +650 km² (November 2024), the most")
    assert "in one day was +650 km² (1 November 2024)" in lives.extremes(SPANS, "D")


def test_totals_beside_the_maps_in_words():
    days = pd.to_datetime(["2024-01-01", "2025-01-01"])
    beside = pd.DataFrame({"who": ["A", "B"], "since": days, "until": days, "printed": [4_168.0, 100.0],
                           "measured": [3_735.0, NAN], "ratio": [4_168 / 3_735, NAN]})  # fmt: skip
    assert lives.totals(beside).loc["B"].tolist()[2:] == ["100", "", ""]
    assert "1.12 to 1.12 times" in lives.agreement(beside, "2026-08-22")
    assert lives.agreement(beside.iloc[1:], "2025-02-25").startswith("By 2025-02-25 no total")


def test_the_title_is_the_range_that_can_be_held_and_no_bare_claim_nor_contradicted_count_is_in_it():
    dead, table = pairs(*TOLD)
    title, alt = lives.quotients(2024, table)
    # 2,000 / 1,000 to 5,000 / 1,000; not 1 and not 9
    assert title == "2024: 2 to 5 lives per km², by what one divides"
    assert "wrong names (contradicted) over A 1.0" in alt
    assert lives.crossed(table, dead).index.tolist() == ["wrong names (contradicted)", "names", "registry", "claim"]


def test_the_reading_says_where_the_printed_number_lies_and_what_comes_near():
    _, table = pairs(*TOLD)
    told = lives.reading(table, 9.0, 2024, "2026-08-22")
    assert "The 9 that was printed is outside that range. Within half a life of it come: claim over A." in told
    assert "Left out of that range are bare claims" in told
    assert "printed" not in lives.reading(table, None, 2024, "2026-08-22")
    assert lives.reading(table.iloc[:0], 9.0, 2024, "2022-03-31").startswith("By 2022-03-31 there is no number")


def test_year_by_year_says_where_there_is_none():
    table = lives.year_by_year(YEARS)
    assert table["lives per km²"].to_dict() == {2023: "none", 2024: "21.4–38.0"}
    assert table["km²"].to_dict() == {2023: "487", 2024: "3,735–4,168"}
