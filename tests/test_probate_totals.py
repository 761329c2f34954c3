"""The published estimate added up: intervals on paper, releases on one footing, the waterfall, and the crossing."""

import pandas as pd
import pytest

from helpers import figures, probate_parts, series
from helpers.estimate import probate_totals as pt


def spans(*halves, point=100.0):
    """Weeks of a made-up registry, each with this half-width."""
    since = pd.date_range("2024-01-01", periods=len(halves), freq="7D")
    half = pd.Series(halves, dtype=float)
    table = pd.DataFrame({"since": since, "until": since + pd.Timedelta(days=6), "low": point - half, "point": point})
    table = table.assign(high=point + half, squares_below=half**2, squares_above=half**2, weeks=1, part="registry")
    return table.assign(published=pd.Timestamp("2025-01-01"), scope="men 18-55", source="made-up")


@pytest.fixture(scope="module")
def parts():
    return probate_parts.read()


def newest(parts, *which):
    return probate_parts.release(parts, "2026-05-09").query("part in @which")


def test_the_interval_of_a_total_on_paper():
    # half-widths 3 and 4: alone 5 (the root of 9 + 16), together 7; half way the root of (49 + 25) / 2 = 6.08
    alone, between, together = (pt.total(spans(3, 4), correlation=r) for r in (0, 0.5, 1))
    assert (alone.low, alone.point, alone.high) == (195, 200, 205)
    assert (together.low, together.high) == (193, 207)
    assert between.high - 200 == pytest.approx(37**0.5)


def test_the_wider_the_closer_the_weeks_err_together():
    widths = pt.by_correlation(spans(3, 4, 12))
    assert (widths["high"] - widths["low"]).is_monotonic_increasing
    assert widths["correlation"].iloc[[0, -1]].tolist() == [0, 1]


def test_bounds_published_for_the_whole_are_those_of_weeks_added_up(parts):
    # printed for the end of 2025: 301,826 to 401,808 around 351,817, which holds the 90,448 as if known exactly
    killed = pt.total(newest(parts, "registry", "flash"), correlation=1)
    assert (round(killed.low + 90_448.332), round(killed.high + 90_448.332)) == (301_826, 401_808)
    alone = pt.total(newest(parts, "registry", "flash"), correlation=0)
    assert (round(alone.low), round(alone.high)) == (257_115, 265_622)


@pytest.mark.parametrize("correlation", [-0.1, 1.1])
def test_a_correlation_that_is_none_is_refused(correlation):
    with pytest.raises(ValueError, match="allowed are 0"):
        pt.total(spans(1, 2), correlation=correlation)


def test_what_has_no_bounds_is_refused(parts):
    with pytest.raises(ValueError, match=r"the part 'missing' has no published bounds: .* leave it out"):
        pt.total(newest(parts, "registry", "flash", "missing"), correlation=1)
    with pytest.raises(ValueError, match="bounds of 2024-07-05 are those of a running total"):
        pt.total(probate_parts.release(parts, "2024-07-05"), correlation=0.5)


def test_releases_on_one_footing(parts):
    told = pt.one_footing(parts, [pd.Timestamp("2024-06-23")]).set_index("published")
    # published in July 2024: 120,145 (105,894 to 139,877)
    assert told.loc[series.PUBLISHED_2024, series.VALUES].astype(float).round().tolist() == [105_894, 120_145, 139_877]
    assert told["point"].round().tolist() == [120_145, 110_035, 88_422]
    assert told["missing"].round().tolist()[-1] == 31_282
    with pytest.raises(ValueError, match="2024-06-22 is no last day of a span"):
        pt.one_footing(parts, [pd.Timestamp("2024-06-22")])


def test_a_release_is_not_asked_beyond_its_end(parts):
    told = pt.one_footing(parts, [pd.Timestamp("2025-08-17")])
    assert told["published"].tolist() == [series.PUBLISHED_2025, series.PUBLISHED_2026]


def test_revisions_say_whether_the_earlier_bounds_held(parts):
    told = pt.revisions(pt.one_footing(parts, [pd.Timestamp("2024-11-24"), pd.Timestamp("2025-08-17")]))
    assert told["change"].round(3).tolist() == [-0.161, -0.007]
    assert told["inside"].tolist() == [False, True]


def test_the_waterfall_leads_from_total_to_total(parts):
    told = pt.waterfall(parts)
    value = told.set_index("step")["value"]
    assert told.loc[told["step"] == pt.TOTAL, "value"].round().tolist() == [120_145, 219_311, 261_368, 351_817]
    # like for like 219,311 becomes 261,368 by 43,682 later deaths; age limit and revision take 1,625 away
    assert value[pt.LATER].round().tolist() == [109_276, 43_682]
    assert value[pt.MIXED].round().tolist() == [-10_110, -1_625]
    assert round(value[pt.ADDED]) == 90_448
    assert value.iloc[0] + value[[pt.LATER, pt.MIXED, pt.ADDED]].sum() == pytest.approx(351_817, abs=1)


def test_the_waterfall_of_what_was_known(parts):
    assert pt.waterfall(probate_parts.known_by(parts, "2024-02-24")).empty
    assert len(pt.waterfall(probate_parts.known_by(parts, "2025-05-05"))) == 1


def test_where_more_are_named_than_were_estimated_dead(parts):
    named = series.vintage(series.read(), "named", "2026-08-22")
    killed = pt.crossing(named, newest(parts, "registry", "flash"))
    whole = pt.crossing(named, newest(parts, "registry", "flash", "missing"))
    assert killed.loc[killed["above"], "until"].max() == pd.Timestamp("2025-04-27")
    assert pt.crossing_in_words(killed) == "More named than estimated dead, until some time in 2025-05"
    assert pt.crossing_in_words(whole) == "More named than estimated dead, until some time in 2023-09"
    # for 2024 89,054 are named; without the missing 79,959 were estimated, with them 128,270
    year = pt.by_year(named, probate_parts.release(parts, "2026-05-09")).loc[2024].round()
    assert year[["named", "killed", "both"]].tolist() == [89_054, 79_959, 128_270]


def test_by_week_the_names_are_above_for_76_weeks():
    from test_probate_parts import fetched

    weekly = fetched()
    named = series.vintage(series.read("fetched"), "named", "2026-08-22")
    whole = pt.crossing(named, newest(weekly, "registry", "flash", "missing"))
    assert whole["above"].sum() == 76
    assert whole.loc[whole["above"], "until"].max() == pd.Timestamp("2023-09-10")


def test_the_crossing_in_words():
    # 3 and 3 names beside 2 and 4 dead: above after the first week, equal after the second, which is not above
    named = spans(0, 0, 0, point=3.0)
    dead = named.assign(point=[2.0, 4, 9])
    assert pt.crossing_in_words(pt.crossing(named, dead)).endswith("dead, until some time in 2024-01")
    assert pt.crossing_in_words(pt.crossing(dead, named.assign(point=9.0))).startswith("Never")
    assert pt.crossing_in_words(pt.crossing(named, dead.assign(point=1.0))).endswith("to the end on 2024-01-21")


def test_our_totals_are_figures_that_say_whom_they_count(parts):
    told = pt.figures(parts, "2026-08-22").set_index("id")
    assert told["scope"].tolist() == ["russian forces", "men 18-55", "men 18-59", "men 18-59"]
    assert told["status"].tolist() == ["superseded", "superseded", "standing", "standing"]
    whole = told.loc["russia-killed-probate-and-missing"]
    # low: 211,378 by the registry and the bare 52,305 late cases; high: 311,359 and 90,448
    assert whole[["low", "point", "high"]].tolist() == [263_682, 351_817, 401_808]
    figures.validate(told.reset_index())


def test_nothing_is_known_before_it_was_published(parts):
    assert pt.figures(parts, "2024-07-04").empty
    assert pt.figures(probate_parts.known_by(parts, "2024-02-24"), "2024-02-24").empty
    then = pt.figures(parts, "2025-05-05")
    assert then["status"].tolist() == ["standing"]


def test_three_answers_for_the_missing(parts):
    told = pt.answers_for_missing(newest(parts, *probate_parts.PARTS))
    assert told["point"].round().tolist() == [52_305, 61_900, 90_448]
