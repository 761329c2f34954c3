"""The specification curve."""

import pandas as pd

from helpers.plots.specifications import specification_curve

TABLE = pd.DataFrame(
    {
        "hiv": [True, False, True],
        "shape": ["line", "decay", "constant"],
        "years": [5, 10, 1],
        "point": [50.0, 70.0, 30.0],
        "low": [40.0, 60.0, None],
        "high": [60.0, 80.0, None],
        "placebo_low": [10.0, None, 0.0],
        "placebo_high": [90.0, None, 60.0],
    }
)


def panels(stated=(35.0, 65.0)):
    chosen = TABLE["years"] == 5
    return specification_curve(TABLE, chosen=chosen, stated=stated, title="Choices", unit="men").axes


def spans(axes, name):
    (lines,) = [c for c in axes.collections if c.get_label() == name]
    return [segment[:, 1].tolist() for segment in lines.get_segments() if len(segment)]


def test_points_run_from_the_lowest_to_the_highest():
    dots = next(line for line in panels()[0].lines if line.get_marker() == "o")
    assert list(dots.get_ydata()) == [30, 50, 70]


def test_the_chosen_one_is_marked_with_its_value():
    mark = next(line for line in panels()[0].lines if line.get_marker() == "D")
    assert (list(mark.get_xdata()), list(mark.get_ydata()), mark.get_label()) == ([1], [50], "the recipe above: 50")


def test_both_intervals_are_drawn_where_they_are_known():
    above = panels()[0]
    assert spans(above, "95% interval from peace years") == [[0, 60], [10, 90]]
    assert spans(above, "95% interval that the curve itself claims") == [[40, 60], [60, 80]]


def test_the_choices_below_say_what_each_is_made_of():
    _, below, years = panels()
    rows = dict(zip([label.get_text() for label in below.get_yticklabels()], below.lines, strict=False))
    assert {name: list(line.get_xdata()) for name, line in rows.items()} == {
        "line": [1], "decay": [2], "constant": [0], "HIV deaths removed": [0, 1], "HIV deaths left in": [2],
    }  # fmt: skip
    assert list(years.lines[0].get_ydata()) == [1, 5, 10]


def test_a_stated_range_is_shaded_only_when_there_is_one():
    assert len(panels()[0].patches) == len(panels(stated=None)[0].patches) + 1
