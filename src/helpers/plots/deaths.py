"""The named dead by the time of their death: one step per week or month, the unfinished end marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.plots.delay import mark_provisional
from helpers.plots.style import COLOURS, figure, thousands, years

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


def deaths_by_time(spans: pd.DataFrame, *, provisional: pd.Timestamp, title: str) -> Figure:
    """Names a week by time of death (`spans`: `since`, `until`, `point`), so that weeks and months read alike.

    Deaths from day `provisional` on are shaded: many of their names are still to come. The highest step is labelled.
    """
    drawn, axes = figure(title=title, height=4.4)
    weeks = ((spans["until"] - spans["since"]).dt.days + 1) / 7
    a_week = spans["point"] / weeks
    edges = [*spans["since"], spans["until"].iloc[-1]]
    axes.stairs(a_week, edges, color=COLOURS["sky"], fill=True, alpha=0.5)
    axes.stairs(a_week, edges, color=COLOURS["black"], lw=1.2, baseline=None)
    top = spans.loc[a_week.idxmax()]
    words = f"{a_week.max():,.0f} a week from {top['since']:%Y-%m-%d}"
    axes.annotate(words, (top["since"], a_week.max()), xytext=(0, 5), textcoords="offset points", ha="right")
    axes.set_ylim(0, 1.15 * a_week.max())
    axes.set(ylabel="named dead a week", xlabel="time of death")
    years(axes)
    mark_provisional(axes, provisional)
    thousands(axes.yaxis)
    return drawn
