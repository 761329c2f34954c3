"""Answers by day: a mark for each value, a bar from end to end, nothing where nothing was known."""

import drawn
import pandas as pd

from helpers import plots
from helpers.plots.answers import Look, draw_answers

DAYS = pd.to_datetime(["2024-02-24", "2025-05-05"])
LOOKS = {"names": Look("names on the list", "o", "black"), "range": Look("range", "_", "orange")}


def told(*rows):
    table = pd.DataFrame(rows, columns=["question", "day", "low", "point", "high", "until"])
    return table.astype(dict.fromkeys(["low", "point", "high"], float)).astype({"until": "datetime64[us]"})


def test_a_bar_runs_from_low_to_high_at_its_day():
    _, axes = plots.figure()
    rows = told(("range", DAYS[0], None, None, None, None), ("range", DAYS[1], 10, None, 30, DAYS[0]),
                ("names", DAYS[0], None, 7, None, DAYS[0]))  # fmt: skip
    draw_answers(axes, rows, LOOKS)
    # two questions share a day: each stands a fifth of a day's room to its side
    assert drawn.ranges(axes) == [(1.2, 10, 30)]
    assert drawn.marks(axes) == [(-0.2, 7)]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["24 Feb\n2024", "5 May\n2025"]


def test_a_value_without_an_interval_is_a_mark_alone():
    figure, axes = plots.figure()
    draw_answers(axes, told(("names", DAYS[0], None, 7, None, DAYS[0])), LOOKS)
    assert drawn.ranges(axes) == []
    assert [y for _, y in drawn.marks(axes)] == [7]
    assert drawn.named(figure) == ["names on the list"]


def test_marks_with_and_without_an_interval_stand_together():
    _, axes = plots.figure()
    rows = told(("names", DAYS[0], None, 7, None, DAYS[0]), ("names", DAYS[1], 8, 9, 12, DAYS[0]))
    draw_answers(axes, rows, LOOKS)
    assert [ends for _, *ends in drawn.ranges(axes)] == [[8, 12]]
    assert [y for _, y in drawn.marks(axes)] == [7, 9]


def test_where_nothing_was_known_nothing_is_drawn():
    figure, axes = plots.figure()
    draw_answers(axes, told(("names", DAYS[0], None, None, None, None)), LOOKS)
    assert (drawn.marks(axes), drawn.named(figure)) == ([], [])
