"""Errors in peace beside the excess in war."""

import drawn
import pandas as pd

from helpers.estimate.excess import Excess, Interval
from helpers.plots.placebo import placebo_errors

WINDOWS = pd.DataFrame(
    {"since": [2013, 2014], "until": [2014, 2015], "share": [0.05, -0.02], "deviation": [10.0, 20.0], "expected": 1e3}
)
TOTAL, INTERVAL = Excess(2022, 2023, 1000.0, 200.0, 15.0), Interval(50.0, 200.0, 350.0, 0.05, 2)


def picture(total=TOTAL, interval=INTERVAL):
    return placebo_errors(WINDOWS, WINDOWS.iloc[:1], total=total, interval=interval, title="Placebo").axes[0]


def test_errors_stand_at_the_middle_of_their_years_in_per_cent():
    assert drawn.marks(picture(), hollow=False) == [(2013.5, 5), (2014.5, -2), (2022.5, 20)]
    # the older ones are hollow and stand a quarter of a year later, or they would hide behind the others
    assert drawn.marks(picture(), hollow=True) == [(2013.75, 5)]


def test_every_mark_has_its_interval():
    # the line's own: 1.96 * 10 of 1,000 is 1.96%, twice that where it is 20; that of the war from 50 to 350 of 1,000
    assert drawn.ranges(picture()) == [
        (2013.5, 3.04, 6.96), (2013.75, 3.04, 6.96), (2014.5, -5.92, 1.92), (2022.5, 5, 35),
    ]  # fmt: skip


def test_before_the_war_is_in_the_data_only_peace_is_drawn():
    axes = picture(None, None)
    assert len(drawn.marks(axes)) == 3
    assert not axes.texts
