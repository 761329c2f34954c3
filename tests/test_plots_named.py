"""Pictures of the named list: what is drawn is what was given, and unlike numbers never share an axis."""

import drawn
import pandas as pd

from helpers.plots.deadliest import single_days
from helpers.plots.deaths import deaths_by_time
from helpers.plots.shares import stacked, through_time


def test_deaths_are_drawn_a_week_and_their_end_is_marked():
    spans = pd.DataFrame({"since": pd.to_datetime(["2024-01-01", "2024-01-08"]),
                          "until": pd.to_datetime(["2024-01-07", "2024-01-21"]), "point": [30.0, 50.0]})  # fmt: skip
    axes = deaths_by_time(spans, provisional=pd.Timestamp("2024-01-08"), title="Deaths").axes[0]
    # 30 in one week, 50 in two
    assert axes.patches[0].get_data().values.tolist() == [30, 25]
    assert [text.get_text() for text in axes.texts] == ["30 a week from 2024-01-01", "provisional"]
    assert axes.get_ylim()[0] == 0


def claimed(kind, low, point):
    return {"label": "a day", "kind": kind, "low": low, "point": point, "high": float("nan")}


def test_each_kind_of_number_has_its_own_axis_from_zero():
    nothing = float("nan")
    panels = {"killed": pd.DataFrame([claimed("named", nothing, 92), claimed("said to be killed", 400, nothing)]),
              "killed and wounded": pd.DataFrame([claimed("both", nothing, 2200)])}  # fmt: skip
    first, second = single_days(panels, title="Days").axes
    assert [text.get_text() for text in first.texts] == ["92", "over 400"]
    assert [text.get_text() for text in second.texts] == ["2,200"]
    assert [line.get_marker() for line in first.lines] == ["o", "s"]
    assert first.get_xlim()[0] == second.get_xlim()[0] == 0
    assert (first.get_xlabel(), second.get_xlabel()) == ("killed", "killed and wounded")


def part(label, group, low, point, high):
    return {"label": label, "group": group, "low": low, "point": point, "high": high}


def test_the_rest_is_drawn_hatched_and_a_day_is_whole():
    parts = pd.DataFrame(
        [part("d", "a", 20, 20, 20), part("d", "b", 29.5, 30, 30.5), part("d", "rest", 49.5, 50, 50.5)]
    )
    axes = stacked(parts, order=["a", "b"], rest="rest", title="Parts").axes[0]
    bars = [bar for group in axes.containers for bar in group]
    assert [(bar.get_x(), bar.get_width()) for bar in bars] == [(0, 20), (20, 30), (50, 50)]
    assert bars[-1].get_hatch() == "/"
    assert [text.get_text() for text in axes.texts] == ["20", "30", "50"]
    # only the rounded part has bounds, at its end: 20 + 29.5 to 20 + 30.5
    (bounds,) = axes.collections
    assert bounds.get_segments()[0][:, 0].tolist() == [49.5, 50.5]


def test_shares_have_their_intervals_and_floors_are_hollow():
    rows = pd.DataFrame({"until": pd.to_datetime(["2022-04-05", "2023-02-24", "2026-01-30"]), "low": [17.0, 12.0, 3.5],
                         "point": [20.0, None, 4.0], "high": [23.0, None, 4.5]})  # fmt: skip
    axes = through_time({"officers": rows}, title="Officers", unit="percent").axes[0]
    assert drawn.ranges(axes) == [(drawn.day("2022-04-05"), 17, 23), (drawn.day("2026-01-30"), 3.5, 4.5)]
    assert drawn.marks(axes, hollow=True) == [(drawn.day("2023-02-24"), 12)]
    assert [y for _, y in drawn.marks(axes, hollow=False)] == [20, 4]
    assert drawn.texts(axes) == ["20.0%", "4.0%"]
