"""The published estimate in its parts: months are the weeks summed, and parts add up to what was printed."""

import pandas as pd
import pytest

from helpers import probate_parts, series, sources
from helpers.lists import records
from helpers.probate_parts import COURTS, FLASH, FLOOR, MISSING, REGISTRY


def fetched():
    if series.SOURCE not in sources.available():
        pytest.skip("economist-2026 is not on this disk: `make data SOURCE=economist-2026` fetches it")
    return probate_parts.read("fetched")


def test_embedded_months_are_the_fetched_weeks_summed():
    told = probate_parts.by_month(fetched())
    embedded = probate_parts.read()
    pd.testing.assert_frame_equal(told, embedded, check_dtype=False, rtol=1e-6, atol=1e-3)


def test_parts_add_up_to_the_printed_totals():
    # 261,368 + 90,448 = 351,817 (rounded); the floor and the count by courts stand beside the 90,448
    sums = probate_parts.read().groupby(["published", "part"])["point"].sum().round()
    assert sums[series.PUBLISHED_2024].sum() == 120_145
    assert sums[series.PUBLISHED_2025].sum() == 219_312
    newest = sums[series.PUBLISHED_2026]
    assert (newest[REGISTRY] + newest[FLASH], newest[MISSING]) == (202_761 + 58_608, 90_448)
    assert (newest[FLOOR], newest[COURTS]) == (52_305, 61_900)


def test_parts_are_the_series_taken_apart():
    parts = probate_parts.read().query("part in ['registry', 'flash', 'missing']")
    whole = series.read().query("series == 'probate'")
    assert parts.groupby("published")["point"].sum().tolist() == pytest.approx(
        whole.groupby("published")["point"].sum().tolist(), abs=0.1
    )


def test_every_cut_ends_a_span_of_every_release_that_reaches_it():
    for _, release in probate_parts.read().groupby("published"):
        reached = [day for day in probate_parts.CUTS if day <= release["until"].max()]
        assert set(reached) <= set(release["until"])


def test_the_weeks_of_2024_have_no_bounds_of_their_own_and_the_missing_none_at_all():
    table = probate_parts.read()
    assert table.loc[table["published"] == series.PUBLISHED_2024, "squares_below"].isna().all()
    missing = table["part"].isin((MISSING, FLOOR, COURTS))
    assert table.loc[missing, ["low", "high"]].isna().all(axis=None)
    assert table.loc[~missing, ["low", "high"]].notna().all(axis=None)


def test_ages_of_the_named_are_those_of_the_records():
    assert probate_parts.named_ages("2023-04-29").empty
    told = probate_parts.named_ages("2023-04-30")
    assert told.sum() == 20_253
    if "bessudnov-2023" not in sources.available():
        pytest.skip("bessudnov-2023 is not on this disk: `make data SOURCE=bessudnov-2023` fetches it")
    rows = records.read_bessudnov(sources.path("bessudnov-2023", records.BESSUDNOV_FILE).parent).records
    groups = pd.cut(rows["age"].astype(float), [17, 49, 55, 59, 120]).value_counts(sort=False, dropna=True)
    assert groups.tolist() == told.tolist()[:-1]


def test_other_data_is_refused():
    with pytest.raises(ValueError, match="data is 'weekly': allowed are embedded and fetched"):
        probate_parts.read("weekly")
