"""Every model of an overlap table: how many people it finds, beside how well it is judged to fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from helpers.plots.style import COLOURS, figure, legend_below, thousands

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MARKS = {"AIC": ("D", "vermilion"), "BIC": ("s", "blue")}
FAR = 10  # beyond this distance a model has hardly any weight


def models_by_criterion(
    table: pd.DataFrame, *, people: int, title: str, unit: str, criteria: tuple[str, ...] = ("AIC", "BIC"),
    printed: float | None = None,
) -> Figure:  # fmt: skip
    """Every row of `table` (`loglinear.table`) with its 95 % interval, by how far it lies from the least `criteria`.

    One panel per criterion; `people`: those on a list, drawn as the floor; `printed`: the total that the makers
    printed, a dotted line. Distances are on a scale that is even up to 10 and then goes in powers of ten; the axis of
    people is logarithmic.
    """
    drawn, panels = figure(len(criteria), title=title, height=1.2 + 3.1 * len(criteria), squeeze=False)
    top = 2.4 * table.loc[np.isfinite(table["high"]), "high"].quantile(0.95)
    for axes, criterion in zip(panels[:, 0], criteria, strict=True):
        _draw(axes, table, criterion, people=people, top=top)
        if printed:
            axes.axhline(printed, color="black", ls=":", lw=1.2, label=f"printed: {printed:,.0f}")
        axes.set(ylabel=unit, xlabel=f"{criterion} above the least (less fits better)", ylim=(0.9 * people, top))
    legend_below(drawn)
    return drawn


def _draw(axes: Axes, table: pd.DataFrame, criterion: str, *, people: int, top: float) -> None:
    mark, colour = MARKS[criterion]
    ranked = table.sort_values(criterion, ascending=False)
    distance = ranked[criterion] - ranked[criterion].min()
    axes.set_xscale("symlog", linthresh=FAR, linscale=2)
    axes.set_yscale("log")
    axes.vlines(distance, ranked["low"], ranked["high"].clip(upper=2 * top), color=COLOURS["grey"], lw=0.8, alpha=0.6)
    axes.plot(distance, ranked["point"], "o", color="black", ms=3.2, label=f"{len(table)} models, 95% intervals")
    best = ranked.iloc[-1]
    axes.vlines(0, best["low"], min(best["high"], 2 * top), color=COLOURS[colour], lw=2.6)
    label = f"least {criterion}: {best['model']}, {best['point']:,.0f}"
    axes.plot(0, best["point"], mark, color=COLOURS[colour], mec="black", ms=8, zorder=4, label=label)
    axes.axhline(people, color=COLOURS["green"], ls="--", lw=1.2, label=f"on a list: {people:,}")
    axes.set_xlim(-0.6, distance.max() * 1.5 + 1)
    _readable(axes)


def _readable(axes: Axes) -> None:
    from matplotlib.ticker import FixedLocator, LogLocator, NullFormatter, NullLocator

    axes.yaxis.set_major_locator(LogLocator(base=10, subs=(1, 2, 5)))
    axes.yaxis.set_minor_formatter(NullFormatter())
    thousands(axes.yaxis)
    axes.xaxis.set_major_locator(FixedLocator([0, 2, 4, 6, 8, 10, 30, 100, 300, 1000]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
