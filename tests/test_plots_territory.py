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


def test_losses_are_hatched_and_named():
    axes = land_by_month(MONTHS, title="Land").axes[0]
    taken, lost = axes.containers
    assert (taken.get_label(), lost.get_label()) == ("taken", "lost")
    assert (taken[0].get_hatch() or "", lost[0].get_hatch()) == ("", "///")
