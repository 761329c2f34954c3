"""The answers to one question on each of some days: dots and bars side by side, one place a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from helpers import figures
from helpers.plots import layers
from helpers.plots.style import legend_below, thousands

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


class Look(NamedTuple):
    """How the answers to one question are drawn: its name in the legend, mark and colour."""

    name: str
    mark: str
    colour: str


def draw_answers(axes: Axes, told: pd.DataFrame, looks: dict[str, Look]) -> None:
    """Draw the answers (rows of `answers.answers`) to the questions of `looks`: a mark, and a bar from low to high.

    A range without a point is a bar alone. On a day when nothing was known, the place of the question stays empty.
    """
    days = {day: f"{day.day} {day:%b\n%Y}" for day in sorted(told["day"].unique())}
    known = told[told["until"].notna() & told["question"].isin(looks)].assign(place=lambda rows: rows["day"].map(days))
    bare = known["point"].isna().groupby(known["question"]).all()
    known["point"] = figures.middle(known).mask(known["question"].map(bare))
    drawn = {key: layers.Look(look.colour, "" if bare.get(key) else look.mark, name=look.name)
             for key, look in looks.items()}  # fmt: skip
    layers.draw_points(axes, known, drawn, at="place", group="question", order=[*days.values()], apart=True)
    axes.set_ylim(bottom=0)
    thousands(axes.yaxis)
    legend_below(axes.figure)
