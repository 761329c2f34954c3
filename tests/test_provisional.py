"""The provisional end of the named list: learned where it can be, a custom before."""

import pandas as pd
import pytest

from helpers.estimate import delay, provisional
from helpers.lists import vintages


def test_it_is_the_end_that_the_forecast_calls_unfinished():
    told = delay.next_year(vintages.read())
    start = provisional.start("embedded", "2026-08-22")
    later = told["since"] >= start.since
    assert start.since == pd.Timestamp("2024-09-02")
    assert (told["provisional"] == later).all()
    # the last span before it has nine tenths of the names foretold, the first of it has not
    assert told.loc[~later, "names"].iloc[-1] >= 0.9 * told.loc[~later, "point"].iloc[-1]
    assert told.loc[later, "names"].iloc[0] < 0.9 * told.loc[later, "point"].iloc[0]


def test_with_one_release_it_is_the_last_year():
    start = provisional.start("embedded", "2025-10-01")
    assert start.since == vintages.AS_OF_2025 - pd.Timedelta(days=365)
    assert "could not be learned yet" in start.why


@pytest.mark.parametrize("day", ["2022-03-31", "2025-08-28"])
def test_before_any_count_by_time_of_death_there_is_none(day):
    start = provisional.start("embedded", day)
    assert pd.isna(start.since)
    assert start.why == "no count by time of death was public"
