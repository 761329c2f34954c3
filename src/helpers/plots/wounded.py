"""Wounded per killed as pairs of claims imply it, by the day that they are about, one panel a side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.plots.style import COLOURS, figure, legend_below, years

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LOOKS = {
    "own": ("D", "vermilion", "one claimant said both"), "mixed": ("o", "blue", "two claimants"),
    "cases": ("s", "purple", "cases of wounds, not persons"),
    "circular": ("X", "grey", "over the General Staff's killed"),
}  # fmt: skip
ENDS = (("low", "^", "only a low end"), ("high", "v", "only a high end"))
TICKS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20]


def wounded_per_killed(pairs: pd.DataFrame, *, title: str) -> Figure:
    """The `pairs` of `ratio.wounded_per_killed` that have a value, on a logarithmic axis, a mark for each kind.

    A mark at the point with a line from low to high; where only one end is known, a hollow triangle that points on.
    """
    sides = sorted(pairs["side"].unique())
    height = 1.5 + 2.5 * len(sides)
    drawn, grid = figure(len(sides), title=title, height=height, sharex=True, sharey=True, squeeze=False)
    for axes, side in zip(grid.flat, sides, strict=True):
        for kind, (mark, colour, name) in LOOKS.items():
            some = pairs[(pairs["side"] == side) & (pairs["kind"] == kind)]
            _draw(axes, some, mark, COLOURS[colour], name if kind in set(pairs["kind"]) else None)
        axes.set_title(side.title())
        _logarithmic(axes)
    years(axes)
    for _, mark, name in ENDS:
        grid.flat[0].plot([], [], mark, mfc="white", mec="black", ms=5, ls="", label=name)
    legend_below(drawn)
    drawn.supylabel("wounded per killed", fontsize=11.5)
    return drawn


def _draw(axes: Axes, some: pd.DataFrame, mark: str, paint: str, name: str | None) -> None:
    whole = some.dropna(subset=["low", "high"])
    axes.vlines(whole["until"], whole["low"].clip(lower=TICKS[0] / 2), whole["high"], color=paint, lw=1, alpha=0.6)
    axes.plot(some["until"], some["point"], mark, color=paint, mec="black", mew=0.4, ms=4.5, label=name)
    for end, arrow, _ in ENDS:
        alone = some[some[end].notna() & some[["low", "point", "high"]].notna().sum(axis=1).eq(1)]
        axes.plot(alone["until"], alone[end], arrow, mfc="white", mec=paint, ms=5)


def _logarithmic(axes: Axes) -> None:
    from matplotlib.ticker import FixedLocator, FuncFormatter, NullFormatter

    axes.set_yscale("log")
    axes.yaxis.set_major_locator(FixedLocator(TICKS))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.yaxis.set_minor_formatter(NullFormatter())
