"""Replays of the reporting delay: golden values by week, scores on paper, and nothing known of later vintages."""

import pandas as pd
import pytest

from helpers import series, sources
from helpers.estimate import delay_replays
from helpers.lists import vintages


@pytest.fixture(scope="module")
def weekly():
    if series.SOURCE not in sources.available():
        pytest.skip("economist-2026 is not on this disk: `make data SOURCE=economist-2026` fetches it")
    return vintages.read("fetched")


@pytest.fixture(scope="module")
def monthly():
    return vintages.read()


def test_carrying_forward_has_the_published_errors(weekly, monthly):
    # methods of the project, recomputed from the weekly files: 34.9, 28.7, 39.3, 16.8 and 38.4 %
    for table in (weekly, monthly):
        carried = delay_replays.scores(table)["carried"]
        assert (100 * carried).round(1).tolist() == [34.9, 28.7, 39.3, 16.8, 38.4]


def test_the_forecast_by_week_as_measured(weekly):
    told = delay_replays.scores(weekly)
    assert (100 * told["error"]).round(1).tolist() == pytest.approx([21.3, 6.2, 8.6, 11.0, 24.8], abs=0.11)
    assert (told["spans"]).tolist() == [97, 149, 149, 201, 182]
    # by case at least 80 % of weeks lie in their 95 % interval, 90 % over all, and 14 of 16 sums by year
    assert (told["covered"] / told["spans"]).min() >= 0.8
    assert told["covered"].sum() / told["spans"].sum() >= 0.9
    assert (told["years_covered"].sum(), told["years"].sum()) == (16, 16)


def test_names_at_the_start_and_known_at_the_end(weekly):
    told = delay_replays.scores(weekly)
    assert told["names"].tolist() == [42_141, 95_852, 95_852, 170_995, 121_188]
    assert told["known"].tolist() == [64_691, 134_397, 157_965, 205_470, 196_761]


@pytest.mark.parametrize("origin", [origin for origin, _ in delay_replays.CASES])
def test_a_replay_knows_nothing_of_later_vintages(monthly, origin):
    told = delay_replays.replay(monthly, origin)
    later = monthly["as_of"] > origin
    changed = monthly.assign(names=monthly["names"].mask(later, monthly["names"] * 7))
    pd.testing.assert_frame_equal(
        told.drop(columns="known"), delay_replays.replay(changed, origin).drop(columns="known")
    )


def test_score_on_paper():
    told = pd.DataFrame({"since": pd.to_datetime(["2022-12-19", "2023-01-02"]), "names": [10, 20], "low": [11, 21],
                         "point": [14, 30], "high": [20, 39], "known": [16, 40]})  # fmt: skip
    found = delay_replays.score(told)
    # carried (6 + 20) / 56, foretold (2 + 10) / 56; 16 lies within 11 to 20, 40 not within 21 to 39
    assert (found["carried"], found["error"]) == (26 / 56, 12 / 56)
    assert (found["spans"], found["covered"], found["years"], found["years_covered"]) == (2, 1, 2, 1)


def test_the_sums_of_the_cases_by_year(monthly):
    sums = delay_replays.years_of_cases(monthly)
    assert len(sums) == 16
    assert sums["known"].iloc[:2].tolist() == [19_928, 44_763]


def test_the_embedded_scores_are_those_of_the_weeks(weekly):
    assert set(weekly["published"]) == {series.PUBLISHED_2025, series.PUBLISHED_2026}
    pd.testing.assert_frame_equal(delay_replays.by_week(), delay_replays.by_week("fetched"), check_dtype=False)


def test_by_week_three_of_the_five_aims_are_reached_in_both_modes():
    # 21.3 over 21, 6.2 under 7, 8.6 under 13, 11.0 over 10.5, 24.8 under 27 percent
    scores = delay_replays.by_week().query("recipe == 'as above'")
    assert (scores["error"] <= scores["aim"]).tolist() == [False, True, True, False, True]
    assert (scores["covered"] / scores["spans"]).min() >= 0.8
    assert scores[["years_covered", "years"]].sum().tolist() == [16, 16]
    assert (delay_replays.by_week()["published"] == series.PUBLISHED_2026).all()


def test_by_month_the_intervals_hold_too(monthly):
    told = delay_replays.scores(monthly)
    assert (told["covered"] / told["spans"]).min() >= 0.9
    assert told[["years_covered", "years"]].sum().tolist() == [16, 16]


def test_every_recipe_is_scored_on_every_case(monthly):
    found = delay_replays.tried(monthly)
    assert found["recipe"].tolist() == [name for name in delay_replays.TRIED for _ in delay_replays.CASES]
    assert found["aim"].tolist() == [*delay_replays.AIMS] * len(delay_replays.TRIED)
