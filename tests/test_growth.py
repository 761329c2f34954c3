"""The growth of a total."""

import pandas as pd

from helpers.plots.growth import growth

TOTALS = pd.DataFrame(
    {
        "until": pd.to_datetime(["2024-01-10", "2024-02-29", "2024-03-10"]),
        "until_precision": ["day", "month", "day"],
        "point": [10.0, 20.0, 30.0],
    }
)
NONE = pd.DataFrame(columns=["since", "until", "names", "says", "point", "label"])
MARK = pd.DataFrame(
    {"since": [pd.Timestamp("2024-03-01")], "until": [pd.Timestamp("2024-03-31")], "names": [40], "says": ["set aside"]}
)


def drawn(breaks=NONE, set_aside=NONE):
    labelled = TOTALS.iloc[[0, 2]].assign(label=["ten", "thirty"])
    return growth(TOTALS, labelled=labelled, breaks=breaks, set_aside=set_aside, title="Growth", unit="names").axes[0]


def test_a_total_of_a_month_is_a_bar_beside_the_line():
    axes = drawn()
    assert axes.lines[0].get_ydata().tolist() == [10, 30]
    (bar,) = axes.collections[0].get_segments()
    from matplotlib.dates import date2num

    assert bar[:, 0].tolist() == date2num(pd.to_datetime(["2024-02-01", "2024-02-29"])).tolist()
    assert bar[:, 1].tolist() == [20, 20]


def test_milestones_are_written_out():
    assert [text.get_text() for text in drawn().texts] == ["thirty", "ten"]


def test_a_break_is_shaded_and_told_only_when_there_is_one():
    assert not drawn().patches
    axes = drawn(breaks=MARK)
    assert len(axes.patches) == 1
    assert axes.texts[-1].get_text() == "set aside"


def test_what_is_set_aside_is_hollow_and_on_no_line():
    axes = drawn(set_aside=MARK)
    mark = axes.lines[-1]
    assert (mark.get_markerfacecolor(), len(mark.get_ydata())) == ("white", 1)
    assert axes.lines[0].get_ydata().max() == 30
    assert axes.texts[-1].get_text() == "40 set aside"
