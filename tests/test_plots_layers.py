"""Statistical layers: values and intervals stand where they were given, nothing is left out, and never on log axes."""

import sys

import drawn
import matplotlib as mpl
import pandas as pd
import pytest

from helpers import plots
from helpers.plots import style
from helpers.plots.layers import Look, draw_lines, draw_points

NAN = float("nan")
LOOKS = {"a": Look("black"), "b": Look("blue", "s", "--", name="Bee"), "c": Look("green", "^")}
ROWS = pd.DataFrame(
    [("x", "a", 1.0, 2.0, 3.0), ("y", "a", NAN, 4.0, NAN), ("y", "b", 5.0, NAN, 7.0)],
    columns=["place", "group", "low", "point", "high"],
)


def points(rows=ROWS, **options):
    _, axes = plots.figure()
    draw_points(axes, rows, LOOKS, at="place", group="group", order=["x", "y"], **options)
    return axes


def test_a_point_without_an_interval_and_an_interval_without_a_point_are_both_drawn():
    assert drawn.marks(points()) == [(0, 2), (1, 4)]
    assert drawn.ranges(points()) == [(0, 1, 3), (1, 5, 7)]


def test_bars_lie_where_they_are_asked_to():
    assert drawn.marks(points(sideways=True)) == [(2, 0), (4, 1)]
    assert drawn.ranges(points(sideways=True), sideways=True) == [(0, 1, 3), (1, 5, 7)]


def test_groups_stand_apart_at_places_that_do_not_depend_on_who_is_there():
    # a third of four fifths of a place for each of three groups
    third = round(0.8 / 3, 6)
    assert drawn.marks(points(apart=True)) == [(-third, 2), (round(1 - 0.8 / 3, 6), 4)]
    assert drawn.ranges(points(apart=True)) == [(-third, 1, 3), (1, 5, 7)]


def test_hollow_marks_are_white_inside():
    axes = points(ROWS.assign(late=ROWS["place"] == "y"), hollow="late")
    assert drawn.marks(axes, hollow=False) == [(0, 2)]
    assert drawn.marks(axes, hollow=True) == [(1, 4)]


def test_only_groups_that_occur_are_named():
    axes = points()
    style.legend_below(axes.figure)
    assert drawn.named(axes.figure) == ["a", "Bee"]


def test_labels_of_axes_stay():
    _, axes = plots.figure()
    axes.set(xlabel="day", ylabel="people")
    draw_points(axes, ROWS, LOOKS, at="place", group="group")
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("day", "people")


CURVES = pd.DataFrame({"day": [1, 2, 3, 4] * 2, "group": ["a"] * 4 + ["b"] * 4, "low": [1.0, NAN, 3, 4] * 2,
                       "point": [2.0, 3, 4, 5] * 2, "high": [3.0, NAN, 5, 6] * 2})  # fmt: skip


def test_lines_and_bands_break_where_a_value_is_missing():
    _, axes = plots.figure()
    draw_lines(axes, CURVES, LOOKS, at="day", group="group", banded=["a"])
    assert drawn.bands(axes)[-1] == [(3, 3, 5), (4, 4, 6)]
    assert drawn.lines(axes) == [[1, None, 3, 4], [3, None, 5, 6], [2, 3, 4, 5], [2, 3, 4, 5]]


def test_where_there_is_nothing_to_draw_nothing_is_drawn():
    _, axes = plots.figure()
    draw_points(axes, ROWS.iloc[:0], LOOKS, at="place", group="group")
    draw_lines(axes, CURVES.iloc[:0], LOOKS, at="day", group="group")
    assert (drawn.marks(axes), drawn.lines(axes), drawn.bands(axes)) == ([], [], [])


@pytest.mark.parametrize("draw", [draw_points, draw_lines])
def test_columns_that_came_without_a_type_are_drawn_as_their_numbers_and_days(draw):
    """A table joined to one without rows, as on an early day, has columns of objects, with None or NA for nothing."""
    days = pd.DataFrame({"day": pd.to_datetime(["2024-01-01", "2024-01-08"]), "group": "a", "low": [None, pd.NA],
                         "point": [1.0, 2.0], "high": None}, dtype=object)  # fmt: skip
    _, axes = plots.figure()
    draw(axes, days, LOOKS, at="day", group="group")
    shown = drawn.marks(axes)
    assert shown == [(drawn.day("2024-01-01"), 1), (drawn.day("2024-01-08"), 2)]
    assert not drawn.ranges(axes)


@pytest.mark.parametrize("axis", ["x", "y"])
@pytest.mark.parametrize("draw", [draw_points, draw_lines])
def test_a_logarithmic_axis_is_refused(draw, axis):
    _, axes = plots.figure()
    getattr(axes, f"set_{axis}scale")("log")
    with pytest.raises(ValueError, match="the axis is logarithmic"):
        draw(axes, CURVES, LOOKS, at="day", group="group")


def test_why_given_intervals_on_logarithmic_axes_are_left_to_matplotlib():
    """seaborn 0.13.2 draws 1 to 3 as 10 to 1,000. When this fails it has been mended: let `layers` draw those axes."""
    from seaborn import objects

    given = pd.DataFrame({"place": [1, 2], "low": [1.0, 1.0], "point": [2.0, 2.0], "high": [3.0, 3.0]})
    ends = {}
    for scale in ("linear", "log"):
        _, axes = plots.figure()
        plot = objects.Plot(given, x="place", y="point").add(objects.Range(), ymin="low", ymax="high")
        (plot.scale(y="log") if scale == "log" else plot).on(axes).plot()
        ends[scale] = drawn.ranges(axes)
    assert ends == {"linear": [(1, 1, 3), (2, 1, 3)], "log": [(1, 10, 1000), (2, 10, 1000)]}


def test_one_theme_holds_whether_or_not_seaborn_draws():
    plots.figure()
    before = dict(mpl.rcParams)
    style.seaborn()
    after = dict(mpl.rcParams)
    colours = [[mpl.colors.to_hex(one["color"]) for one in told.pop("axes.prop_cycle")] for told in (before, after)]
    assert colours[0] == colours[1] == list(plots.COLOURS.values())
    assert before == after
    assert {name: after[name] for name in style.STYLE} == style.STYLE


def test_seaborn_waits_until_a_picture_needs_it():
    import subprocess

    code = """if True:
        import importlib, pkgutil, sys
        import helpers.plots as plots
        for module in pkgutil.iter_modules(plots.__path__):
            importlib.import_module(f"helpers.plots.{module.name}")
        assert "matplotlib" not in sys.modules
        plots.picture(plots.figure(title="A title")[0], alt="nothing")
        assert not {"seaborn", "scipy", "statsmodels"} & set(sys.modules)
    """
    subprocess.run([sys.executable, "-c", code], check=True)
