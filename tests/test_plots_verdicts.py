"""The picture of the verdicts: a row a report, a mark a figure, each verdict with a shape of its own."""

import pandas as pd

from helpers import audit, plots
from helpers.plots.verdicts import LOOKS, draw_verdicts

JUDGED = pd.DataFrame(
    {
        "title": ["2025-05-05: B", "2025-05-05: B", "2024-02-24: A"],
        "row": [5, 6, 1],
        "verdict": ["reproduced", "contradicted", "reproduced"],
        "premise": ["", "the list is right", ""],
    }
)


def drawn():
    _, axes = plots.figure()
    draw_verdicts(axes, JUDGED)
    return axes


def test_every_verdict_has_a_look_that_needs_no_colour():
    assert tuple(LOOKS) == audit.VERDICTS
    assert len({(look.mark, look.filled) for look in LOOKS.values()}) == len(LOOKS)


def test_reports_stand_from_above_by_day_and_figures_along_them():
    axes = drawn()
    assert [label.get_text() for label in axes.get_yticklabels()] == ["2025-05-05: B", "2024-02-24: A"]
    marks = {c.get_label(): sorted(map(tuple, c.get_offsets().tolist())) for c in axes.collections}
    assert marks == {"reproduced (2)": [(1, 0), (1, 1)], "contradicted (1)": [(2, 0)]}


def test_every_mark_has_the_number_of_its_row():
    assert sorted(note.get_text() for note in drawn().texts) == ["1", "5", "6*"]


def test_nothing_known_draws_nothing():
    _, axes = plots.figure()
    draw_verdicts(axes, JUDGED.iloc[:0])
    assert (len(axes.collections), axes.get_legend()) == (0, None)
