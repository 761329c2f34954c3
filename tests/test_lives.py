"""Lives per square kilometre: a line for each count, a mark for each area."""

import drawn
import pandas as pd

from helpers.plots.lives import BESIDE, lives_per_area

NAN = float("nan")
LIVES = pd.DataFrame(
    [
        ("floor", "A", 1_000.0, 10.0, NAN, NAN),
        ("floor", "B", 2_000.0, 5.0, NAN, NAN),
        ("estimate", "A", 1_000.0, 20.0, NAN, 30.0),
        ("estimate", "B", 2_000.0, 10.0, 12.0, 15.0),
    ],
    columns=["counts", "by", "km2", "low", "point", "high"],
).assign(contradicted=False)


def test_every_count_has_a_line_and_every_area_a_mark():
    figure = lives_per_area(LIVES, stated=27, title="Lives")
    axes = figure.axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["floor", "estimate"]
    # a range without a published point has no mark, only its ends; a floor has an arrow beside its mark
    arrows = [(5 + BESIDE, 0.2), (10 + BESIDE, -0.2)]
    assert drawn.marks(axes) == sorted([(5, 0.2), (10, -0.2), (12, 1.2), *arrows])
    assert drawn.ranges(axes, sideways=True) == [(0.8, 20, 30), (1.2, 10, 15)]
    assert drawn.named(figure) == ["A: 1,000 km²", "B: 2,000 km²", "as printed: 27"]


def test_without_a_printed_value_no_line_of_it():
    assert drawn.named(lives_per_area(LIVES, stated=None, title="Lives")) == ["A: 1,000 km²", "B: 2,000 km²"]


def test_a_contradicted_count_is_hollow_and_named_so():
    axes = lives_per_area(LIVES.assign(contradicted=LIVES["counts"] == "floor"), stated=None, title="Lives").axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["floor\n(contradicted)", "estimate"]
    assert drawn.marks(axes, hollow=True) == [(5, 0.2), (10, -0.2)]
