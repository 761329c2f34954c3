"""Land taken and lost, month by month: bars up and down, on a scale that the quiet months need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.plots.style import COLOURS, figure, thousands, years

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HALF_A_MONTH = pd.Timedelta(days=14)


def land_by_month(spans: pd.DataFrame, *, title: str, limit: float = 1_000) -> Figure:
    """The net gain of each of `spans` (`territory.by_span`) as a bar, losses hatched, in square kilometres.

    A bar beyond `limit` ends there, and its value is written at its end: the first months were a hundred times larger.
    """
    drawn, axes = figure(height=4.2)
    months = spans["since"].dt.to_period("M").dt.start_time
    heights = spans["taken"].clip(-limit, limit)
    for gain, colour, hatch, name in ((True, "blue", "", "taken"), (False, "orange", "///", "lost")):
        some = spans["taken"].ge(0) == gain
        axes.bar(months[some], heights[some], width=27, align="edge", color=COLOURS[colour], hatch=hatch,
                 edgecolor="black", linewidth=0.5, label=name)  # fmt: skip
    beyond = spans.assign(middle=months + HALF_A_MONTH)[spans["taken"].abs() > limit]
    for row in beyond.itertuples():
        sign, foot = (1, "bottom") if row.taken > 0 else (-1, "top")
        axes.annotate(f"{row.taken:+,.0f}", (row.middle, sign * limit), xytext=(0, 4 * sign), fontsize=9,
                      textcoords="offset points", rotation=90, ha="center", va=foot)  # fmt: skip
    axes.axhline(0, color="black", lw=0.8)
    axes.set(title=title, ylabel="square kilometres a month, net", ylim=(-1.55 * limit, 1.55 * limit))
    axes.legend(loc="upper right")
    thousands(axes.yaxis)
    years(axes)
    return drawn
