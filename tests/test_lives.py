"""Lives per square kilometre: a line for each count, a mark for each area."""

import pandas as pd

from helpers.plots.lives import lives_per_area

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
    drawn = lives_per_area(LIVES, stated=27, title="Lives")
    axes = drawn.axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["floor", "estimate"]
    marks = {line.get_label(): list(line.get_xdata()) for line in axes.lines if "km²" in str(line.get_label())}
    # a range without a published point has no mark, only its ends
    assert marks["B: 2,000 km²"] == [5, 12]
    assert marks["A: 1,000 km²"][0] == 10
    assert pd.isna(marks["A: 1,000 km²"][1])
    ends = [list(line.get_xdata()) for line in axes.lines if line.get_marker() == "|" and len(line.get_xdata())]
    assert ends == [[20], [30]]
    assert next(line for line in axes.lines if line.get_label() == "as printed: 27").get_xdata()[0] == 27


def test_without_a_printed_value_no_line_of_it():
    labels = [str(line.get_label()) for line in lives_per_area(LIVES, stated=None, title="Lives").axes[0].lines]
    assert not any(label.startswith("as printed") for label in labels)


def test_a_contradicted_count_is_hollow_and_named_so():
    axes = lives_per_area(LIVES.assign(contradicted=LIVES["counts"] == "floor"), stated=None, title="Lives").axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["floor\n(contradicted)", "estimate"]
    hollow = [line for line in axes.lines if line.get_markerfacecolor() == "white" and len(line.get_xdata())]
    assert [list(line.get_xdata()) for line in hollow] == [[10], [5]]
