"""Errors in peace beside the excess in war."""

import pandas as pd
import pytest

from helpers.estimate.excess import Excess, Interval
from helpers.plots.placebo import placebo_errors

WINDOWS = pd.DataFrame(
    {"since": [2013, 2014], "until": [2014, 2015], "share": [0.05, -0.02], "deviation": [10.0, 20.0], "expected": 1e3}
)
TOTAL, INTERVAL = Excess(2022, 2023, 1000.0, 200.0, 15.0), Interval(50.0, 200.0, 350.0, 0.05, 2)


def drawn(total=TOTAL, interval=INTERVAL):
    return placebo_errors(WINDOWS, WINDOWS.iloc[:1], total=total, interval=interval, title="Placebo").axes[0]


def marks(axes):
    return [(list(bars[0].get_xdata()), list(bars[0].get_ydata())) for bars in axes.containers]


def test_errors_stand_at_the_middle_of_their_years_in_per_cent():
    older, windows, war = marks(drawn())
    assert older == ([2013.5], [5.0])
    assert windows == ([2013.5, 2014.5], [5.0, -2.0])
    assert war == ([2022.5], [20.0])


def test_every_mark_has_its_interval():
    # the line's own: 1.96 * 10 of 1,000 is 1.96 %; that of the war from 50 to 350 of 1,000
    bars = [segment[:, 1].tolist() for c in drawn().containers for segment in c[2][0].get_segments()]
    assert bars[1] == pytest.approx([5 - 1.96, 5 + 1.96])
    assert bars[-1] == pytest.approx([5, 35])


def test_before_the_war_is_in_the_data_only_peace_is_drawn():
    axes = drawn(None, None)
    assert len(axes.containers) == 2
    assert not axes.texts
