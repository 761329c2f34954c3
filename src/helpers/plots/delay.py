"""How late the dead are named: months to a share, the provisional end, and forecasts beside what came."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.plots.layers import Look, draw_points
from helpers.plots.style import COLOURS, figure, legend_below, thousands, years

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LOOKS = (Look("blue", "o", "-"), Look("vermilion", "s", "--"))
ASIDE = pd.Timedelta(days=5)  # by which the bars of two shares stand to either side of the middle


def months_to(found: Mapping[str, pd.DataFrame], *, open_from: pd.Period, title: str) -> Figure:
    """Months until a share was named, by period of death: one line per table of `delay.time_to`, named by its key.

    The bar of each mark runs between the two vintages that enclose it. Periods from `open_from` on are hollow: their
    lists are too young to tell.
    """
    drawn, axes = figure(title=title, height=4.8)
    looks = dict(zip(found, LOOKS, strict=False))
    for (name, table), side in zip(found.items(), (-1, 1), strict=False):
        first, last = table["period"].dt.start_time, table["period"].dt.end_time
        day = first + (last - first) / 2 + side * ASIDE
        rows = table.assign(day=day, share=name, young=table["period"] >= open_from)
        axes.plot(rows["day"], rows["point"], looks[name].line, color=COLOURS[looks[name].colour], lw=1)
        draw_points(axes, rows, looks, at="day", group="share", hollow="young")
    axes.set(ylabel="months from death to the name", xlabel="time of death")
    mark_provisional(axes, open_from.start_time)
    axes.set_ylim(bottom=0)
    years(axes)
    legend_below(drawn)
    return drawn


def mark_provisional(axes: Axes, since: pd.Timestamp) -> None:
    """Shade `axes` from day `since` to their end, and say there that these counts are provisional."""
    left, right = axes.get_xlim()
    axes.axvspan(
        axes.convert_xunits(since), right, facecolor="#eeeeee", hatch="//", edgecolor="#d5d5d5", lw=0, zorder=0
    )
    axes.set_xlim(left, right)
    axes.text(0.99, 0.98, "provisional", transform=axes.transAxes, ha="right", va="top", style="italic",
              bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})  # fmt: skip


def expected_names(told: pd.DataFrame, *, labels: tuple[str, str], title: str) -> Figure:
    """Names a week by time of death, now and as foretold with their interval; `told`: `delay.next_year`.

    `labels` name the two lines. Spans are drawn as steps of names a week, so weeks and months read alike; the
    interval is cut at 1.9 times the highest point, and said to be.
    """
    drawn, axes = figure(title=title, height=5)
    weeks = ((told["until"] - told["since"]).dt.days + 1) / 7
    edges = [*told["since"], told["until"].iloc[-1]]
    a_week = {name: (told[name] / weeks) for name in ("names", "low", "point", "high")}
    high = np.append(a_week["high"], a_week["high"].iloc[-1])
    low = np.append(a_week["low"], a_week["low"].iloc[-1])
    axes.fill_between(edges, low, high, step="post", color=COLOURS["sky"], alpha=0.45, lw=0,
                      label="95% interval")  # fmt: skip
    axes.stairs(a_week["point"], edges, color=COLOURS["blue"], ls="--", lw=1.5, baseline=None, label=labels[1])
    axes.stairs(a_week["names"], edges, color=COLOURS["black"], lw=1.6, baseline=None, label=labels[0])
    top = 1.9 * a_week["point"].max()
    axes.set_ylim(0, top)
    if (a_week["high"] > top).any():
        axes.text(0.01, 0.72, f"95% interval shaded; above {top:,.0f} it is cut,\nup to {a_week['high'].max():,.0f}",
                  transform=axes.transAxes, va="top")  # fmt: skip
    axes.set(ylabel="people a week", xlabel="time of death")
    if told["provisional"].any():
        mark_provisional(axes, told.loc[told["provisional"], "since"].iloc[0])
    thousands(axes.yaxis)
    years(axes)
    legend_below(drawn)
    return drawn


def replays(sums: pd.DataFrame, *, title: str) -> Figure:
    """Forecasts beside what came: a row per `case` and `year` of death (`delay_replays.years_of_cases`).

    All are shown as multiples of the names at the day of the forecast, on a log scale.
    """
    drawn, axes = figure(title=title, height=0.32 * len(sums) + 1.6)
    place = np.arange(len(sums))[::-1] - sums["case"].ne(sums["case"].shift()).cumsum().to_numpy() * 0.6
    times = {name: (sums[name] / sums["names"]).to_numpy() for name in ("low", "point", "high", "known")}
    axes.hlines(place, times["low"], times["high"], color=COLOURS["sky"], lw=5)
    axes.plot(times["point"], place, "|", color=COLOURS["blue"], ms=13, mew=2.2, label="foretold, 95% interval")
    axes.plot(times["known"], place, "D", color=COLOURS["black"], ms=5, label="what came")
    axes.set_yticks(place, [f"{row.case}: {row.year}" for row in sums.itertuples()])
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    ticks = [tick for tick in (1, 2, 5, 10, 20, 50) if tick <= max(times["high"]) * 1.1]
    axes.set_xticks(ticks, minor=False)
    axes.set_xticks([], minor=True)
    axes.set_xlabel("times the names at the day of the forecast (log scale)")
    legend_below(drawn)
    return drawn
