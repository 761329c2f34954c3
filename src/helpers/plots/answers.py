"""The answers to one question on each of some days: dots and bars side by side, one place a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from helpers import figures
from helpers.plots.style import COLOURS, thousands

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

WIDTH = 0.15  # of the room of one day


class Look(NamedTuple):
    """How the answers to one question are drawn: its name in the legend, mark and colour."""

    name: str
    mark: str
    colour: str


def draw_answers(axes: Axes, told: pd.DataFrame, looks: dict[str, Look]) -> None:
    """Draw the answers (rows of `answers.answers`) to the questions of `looks`: a mark, and a bar from low to high.

    A range without a point is a bar alone. On a day when nothing was known, the place of the question stays empty.
    """
    days = sorted(told["day"].unique())
    known = told[told["until"].notna()]
    for place, (question, look) in enumerate(looks.items()):
        rows = known[known["question"] == question]
        if len(rows):
            shift = (place - (len(looks) - 1) / 2) * WIDTH
            _draw(axes, rows, [days.index(day) + shift for day in rows["day"]], look)
    axes.set_xticks(range(len(days)), [f"{day.day} {day:%b\n%Y}" for day in days])
    axes.set_xlim(-0.6, len(days) - 0.4)
    axes.set_ylim(bottom=0)
    thousands(axes.yaxis)
    axes.grid(axis="x", visible=False)
    if len(known):
        axes.legend(loc="upper left", fontsize=9)


def _draw(axes: Axes, rows: pd.DataFrame, places: list[float], look: Look) -> None:
    """One question: bars from end to end, thick where there is never a point; marks at the values."""
    value, colour = figures.middle(rows), COLOURS[look.colour]
    ends = [value - rows["low"], rows["high"] - value]
    ranged = (rows["low"] + rows["high"]).notna()
    if ranged.all() and rows["point"].isna().all():
        axes.errorbar(places, value, ends, fmt="none", elinewidth=6, ecolor=colour, label=look.name)
        return
    # a value without an interval gets no bar, not one of length zero
    spread = {"yerr": ends, "elinewidth": 2, "capsize": 4} if ranged.any() else {}
    axes.errorbar(places, value, fmt=look.mark, ms=6, color=colour, label=look.name, **spread)
