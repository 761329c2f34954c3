"""Land taken and lost, month by month: bars up and down, on a scale that the quiet months need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.plots.style import COLOURS, SMALL, figure, legend_below, thousands, years

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HALF_A_MONTH = pd.Timedelta(days=14)
NEXT_MONTH = pd.Timedelta(days=45)


def land_by_month(spans: pd.DataFrame, *, title: str, limit: float = 1_000) -> Figure:
    """The net gain of each of `spans` (`territory.by_span`) as a bar, losses hatched, in square kilometres.

    A bar beyond `limit` ends there, which the axis says, and its value is written at its end: the first months were a
    hundred times larger.
    """
    drawn, axes = figure(title=title, height=5.4)
    months = spans["since"].dt.to_period("M").dt.start_time
    heights = spans["taken"].clip(-limit, limit)
    for gain, colour, hatch, name in ((True, "blue", "", "taken"), (False, "orange", "///", "lost")):
        some = spans["taken"].ge(0) == gain
        axes.bar(months[some], heights[some], width=27, align="edge", color=COLOURS[colour], hatch=hatch,
                 edgecolor="black", linewidth=0.5, label=name)  # fmt: skip
    beyond = spans.assign(middle=months + HALF_A_MONTH)[spans["taken"].abs() > limit]
    _write_values(axes, beyond, limit)
    for edge in (limit, -limit) if len(beyond) else ():
        axes.axhline(edge, color=COLOURS["grey"], lw=1, ls=":")
    axes.axhline(0, color="black", lw=0.8)
    cut = f"\n(bars cut at ±{limit:,.0f}, their values written)" if len(beyond) else ""
    axes.set(ylabel=f"square kilometres a month, net{cut}", ylim=(-2.65 * limit, 2.65 * limit))
    legend_below(drawn)
    thousands(axes.yaxis)
    years(axes)
    return drawn


def _write_values(axes: Axes, beyond: pd.DataFrame, limit: float) -> None:
    """Write the value of each bar that is cut at its end, every second of months in a row one step farther out."""
    last, raised = {}, False
    for row in beyond.itertuples():
        sign, foot = (1, "bottom") if row.taken > 0 else (-1, "top")
        raised = not raised and sign in last and row.middle - last[sign] < NEXT_MONTH
        last[sign] = row.middle
        place = {"xytext": (0, (4 + 46 * raised) * sign), "textcoords": "offset points", "ha": "center", "va": foot}
        value = f"{row.taken:+,.0f}".replace("-", "−")
        axes.annotate(value, (row.middle, sign * limit), fontsize=SMALL, rotation=90, **place)
