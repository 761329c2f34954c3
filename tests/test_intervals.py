"""Dots with intervals."""

import drawn
import pandas as pd

from helpers.plots.intervals import ranking

TABLE = pd.DataFrame(
    {"region": list("abcde"), "low": [1, 2, 3, 4, 5], "point": [2, 4, 6, 8, 9], "high": [3, 6, 9, 12, 15]}
)


def picture(highest, lowest):
    return ranking(TABLE, highest=highest, lowest=lowest, names="region", title="A ranking", unit="dead").axes[0]


def test_the_highest_stand_on_top_and_the_gap_is_counted():
    axes = picture(2, 1)
    assert [label.get_text() for label in axes.get_yticklabels()] == ["e", "d", "… 2 more between …", "a"]
    assert drawn.marks(axes) == [(2, 3), (8, 1), (9, 0)]
    assert axes.get_ylim()[0] > axes.get_ylim()[1]


def test_every_interval_is_drawn_from_low_to_high():
    assert drawn.ranges(picture(2, 1), sideways=True) == [(0, 5, 15), (1, 4, 12), (3, 1, 3)]


def test_nothing_is_left_out_when_all_fit():
    assert [label.get_text() for label in picture(3, 2).get_yticklabels()] == list("edcba")
