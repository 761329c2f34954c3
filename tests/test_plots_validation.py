"""The picture of coverage and bias."""

import drawn
import pandas as pd
import pytest

from helpers.plots.validation import coverage_and_bias

COLUMNS = ["setting", "method", "keeps", "coverage", "coverage_error", "bias", "bias_error"]
ROWS = [
    ["fair", "one", "yes", 0.94, 0.01, 0.01, 0.002], ["fair", "two", "yes", 0.8, 0.01, -0.1, 0.002],
    ["unfair", "one", "no", 0.2, 0.01, -1.4, 0.002], ["unfair", "two", "no", 0.1, 0.01, 0.3, 0.002],
]  # fmt: skip


@pytest.fixture(scope="module")
def panels():
    return coverage_and_bias(pd.DataFrame(ROWS, columns=COLUMNS), methods=["one", "two"], title="A title").axes


def test_every_share_is_a_mark_hollow_where_an_assumption_is_broken(panels):
    assert drawn.marks(panels[0], hollow=False) == [(80, 0.2), (94, -0.2)]
    assert drawn.marks(panels[0], hollow=True) == [(10, 1.2), (20, 0.8)]


def test_a_bias_beyond_the_edge_is_an_arrow_at_its_place(panels):
    left = panels[1].get_xlim()[0]
    assert drawn.marks(panels[1], hollow=False) == [(left + 4, 0.8), (-10, 0.2), (1, -0.2)]
    assert drawn.marks(panels[1], hollow=True) == [(30, 1.2)]


def test_bars_are_three_monte_carlo_errors(panels):
    bars = [ends for place, *ends in drawn.ranges(panels[0], sideways=True) if place != 0.5]
    assert bars == [[91, 97], [77, 83], [17, 23], [7, 13]]


def test_the_first_setting_is_on_top(panels):
    low, high = panels[0].get_ylim()
    assert low > high
    assert [text.get_text() for text in panels[0].get_yticklabels()] == ["fair", "unfair"]
