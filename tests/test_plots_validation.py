"""The picture of coverage and bias."""

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


def marks(axes):
    return {(line.get_marker(), line.get_markerfacecolor() == "white"): list(line.get_xdata())
            for line in axes.lines if line.get_marker() not in ("None", "") and len(line.get_xdata())}  # fmt: skip


def test_every_share_is_a_mark_hollow_where_an_assumption_is_broken(panels):
    assert marks(panels[0]) == {("o", False): [94], ("o", True): [20], ("s", False): [80], ("s", True): [10]}


def test_a_bias_beyond_the_edge_is_an_arrow(panels):
    assert marks(panels[1]) == {("o", False): [1], ("s", False): [-10], ("s", True): [30]}
    assert len(panels[1].texts) == 1


def test_bars_are_three_monte_carlo_errors(panels):
    bars = [path.vertices[:, 0] for one in panels[0].collections for path in one.get_paths()]
    assert [91, 97] in [[round(float(x)) for x in bar] for bar in bars]


def test_the_first_setting_is_on_top(panels):
    low, high = panels[0].get_ylim()
    assert low > high
    assert [text.get_text() for text in panels[0].get_yticklabels()] == ["fair", "unfair"]
