"""Wounded per killed as pairs of claims imply it, by the day that they are about, one panel a side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.plots.style import COLOURS, figure, years

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

KINDS = ((True, "D", "vermilion", "one voice said both"), (False, "o", "blue", "two voices"))
TICKS = [0.2, 0.5, 1, 2, 5, 10, 20]


def wounded_per_killed(pairs: pd.DataFrame, *, title: str) -> Figure:
    """The `pairs` of `ratio.wounded_per_killed` that have a value, on a logarithmic axis.

    A mark at the point with a line from low to high; where only one end is known, an arrow from it.
    """
    sides = sorted(pairs["side"].unique())
    drawn, grid = figure(len(sides), height=1.2 + 2.5 * len(sides), sharex=True, sharey=True, squeeze=False)
    for axes, side in zip(grid.flat, sides, strict=True):
        for own, mark, colour, name in KINDS:
            some = pairs[(pairs["side"] == side) & (pairs["one_voice"] == own)]
            _draw(axes, some, mark, COLOURS[colour], name)
        axes.set_title(side.title(), fontsize=10.5)
        _logarithmic(axes)
    years(axes)
    handles, names = grid.flat[0].get_legend_handles_labels()
    drawn.legend(handles, names, loc="outside lower left", ncols=2, fontsize=9.5)
    drawn.suptitle(title, x=0.01, ha="left", fontsize=12, fontweight="bold")
    drawn.supylabel("wounded per killed", fontsize=10.5)
    return drawn


def _draw(axes: Axes, some: pd.DataFrame, mark: str, paint: str, name: str) -> None:
    whole = some.dropna(subset=["low", "high"])
    axes.vlines(whole["until"], whole["low"].clip(lower=TICKS[0] / 2), whole["high"], color=paint, lw=1, alpha=0.6)
    axes.plot(some["until"], some["point"], mark, color=paint, mec="black", mew=0.4, ms=4.5, label=name)
    for end, arrow in (("low", "^"), ("high", "v")):
        alone = some[some[end].notna() & some[["low", "point", "high"]].notna().sum(axis=1).eq(1)]
        axes.plot(alone["until"], alone[end], arrow, mfc="white", mec=paint, ms=5)


def _logarithmic(axes: Axes) -> None:
    from matplotlib.ticker import FixedLocator, FuncFormatter, NullFormatter

    axes.set_yscale("log")
    axes.yaxis.set_major_locator(FixedLocator(TICKS))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.yaxis.set_minor_formatter(NullFormatter())
