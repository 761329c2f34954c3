"""Land taken and lost by month: what is drawn is what the table holds."""

import pandas as pd

from helpers.plots.territory import land_by_month

MONTHS = pd.DataFrame(
    {"since": pd.to_datetime(["2022-02-24", "2022-03-01", "2022-04-01"]), "taken": [5_000.0, 300, -200]}
)


def test_a_bar_beyond_the_limit_ends_there_and_says_its_value():
    axes = land_by_month(MONTHS, title="Land", limit=1_000).axes[0]
    heights = [bar.get_height() for group in axes.containers for bar in group]
    assert sorted(heights) == [-200, 300, 1_000]
    assert [text.get_text() for text in axes.texts] == ["+5,000"]
    assert "bars cut at ±1,000" in axes.get_ylabel()


def test_labels_of_months_side_by_side_stand_on_two_levels():
    axes = land_by_month(MONTHS.assign(taken=[78_205.0, 40_338, 1_685]), title="Land").axes[0]
    first, second, third = (text.xyann[1] for text in axes.texts)
    assert first == third < second


def test_where_no_bar_is_cut_the_axis_says_nothing_of_it():
    assert "cut" not in land_by_month(MONTHS.assign(taken=1.0), title="Land").axes[0].get_ylabel()


def test_losses_are_hatched_and_named():
    axes = land_by_month(MONTHS, title="Land").axes[0]
    taken, lost = axes.containers
    assert (taken.get_label(), lost.get_label()) == ("taken", "lost")
    assert (taken[0].get_hatch() or "", lost[0].get_hatch()) == ("", "///")
