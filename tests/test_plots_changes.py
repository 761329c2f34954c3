"""Bars of new figures: every figure is in one bar, and the rest is added up."""

import pandas as pd

from helpers import plots
from helpers.plots import changes

TALLY = pd.DataFrame(
    [("russia", "named", 5, 1), ("russia", "killed", 2, 0), ("ukraine", "killed", 3, 0), ("both", "ratio", 1, 0),
     ("ukraine", "missing", 2, 0), ("russia", "wounded", 0, 0)],
    columns=["side", "counts", "appeared", "changed"],
)  # fmt: skip


def test_new_figures_by_quantity_and_side_most_first():
    table = changes.by_quantity(TALLY, most=2)
    assert table.index.tolist() == ["named", "killed", changes.REST]
    assert table[["russia", "ukraine", "both"]].to_numpy().tolist() == [[6, 0, 0], [2, 3, 0], [0, 2, 1]]
    assert changes.by_quantity(TALLY).index.tolist() == ["named", "killed", "missing", "ratio"]


def test_every_bar_is_drawn_with_its_number():
    _, axes = plots.figure()
    changes.draw_changes(axes, changes.by_quantity(TALLY, most=2))
    assert sorted(bar.get_width() for bar in axes.patches) == [0, 0, 0, 0, 1, 2, 2, 3, 6]
    assert sorted(text.get_text() for text in axes.texts if text.get_text()) == ["1", "2", "2", "3", "6"]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["named", "killed", changes.REST]


def test_the_words_hold_every_number():
    assert changes.words(changes.by_quantity(TALLY, most=1)) == (
        "Bars of new figures by quantity and side: named 6 about Russia; "
        "everything else 1 about both, 2 about Russia, 5 about Ukraine."
    )


def test_where_nothing_is_new_nothing_is_drawn():
    nothing = changes.by_quantity(TALLY.iloc[-1:])
    _, axes = plots.figure()
    changes.draw_changes(axes, nothing)
    assert not axes.patches
    assert changes.words(nothing) == "Bars of new figures by quantity and side: none."
