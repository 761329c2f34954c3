"""Dots with intervals."""

import pandas as pd

from helpers.plots.intervals import ranking

TABLE = pd.DataFrame(
    {"region": list("abcde"), "low": [1, 2, 3, 4, 5], "point": [2, 4, 6, 8, 9], "high": [3, 6, 9, 12, 15]}
)


def drawn(highest, lowest):
    return ranking(TABLE, highest=highest, lowest=lowest, names="region", title="A ranking", unit="dead").axes[0]


def test_the_highest_stand_on_top_and_the_gap_is_counted():
    axes = drawn(2, 1)
    assert [label.get_text() for label in axes.get_yticklabels()] == ["e", "d", "a"]
    assert [text.get_text() for text in axes.texts] == ["… 2 more between …"]


def test_every_interval_is_drawn_from_low_to_high():
    bars = [line.get_segments() for line in drawn(2, 1).collections]
    spans = [(segment[0][0], segment[1][0]) for segments in bars for segment in segments]
    assert spans == [(5, 15), (4, 12), (1, 3)]


def test_nothing_is_left_out_when_all_fit():
    axes = drawn(3, 2)
    assert [label.get_text() for label in axes.get_yticklabels()] == list("edcba")
    assert not axes.texts
