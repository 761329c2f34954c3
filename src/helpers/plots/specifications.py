"""A specification curve: one estimate under every choice that could have been made, and the choices below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.plots.style import COLOURS, figure, legend_below, thousands

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SHAPES = ("line", "decay", "constant")
HIV = {True: "HIV deaths removed", False: "HIV deaths left in"}


def specification_curve(
    table: pd.DataFrame, *, chosen: pd.Series, stated: tuple[float, float] | None, title: str, unit: str
) -> Figure:
    """Every row of `table` (`excess.specifications`) by size: point, its curve's 95 % interval, and that from peace.

    `chosen` (true or false per row): the estimate that is marked; `stated`: low and high of a range that the authors
    printed, shaded. Below, a mark per row says which choices it is made of; the lowest panel has the baseline years.
    """
    ranked = table.assign(chosen=chosen).sort_values(["point", "years"], ignore_index=True)
    drawn, (above, below, years) = figure(
        3, title=title, height=7.8, sharex=True, gridspec_kw={"height_ratios": [3.2, 1.25, 1.1]}
    )
    _draw_estimates(above, ranked, stated)
    _draw_choices(below, ranked)
    years.plot(ranked.index, ranked["years"], "o", color="black", ms=3.5)
    years.set(ylabel="years of\nbaseline", ylim=(0, ranked["years"].max() + 1), xticks=[])
    years.set_xlabel(f"{len(ranked)} specifications, from the lowest estimate to the highest")
    above.set_ylabel(unit)
    thousands(above.yaxis)
    legend_below(drawn, columns=1)
    for axes in (above, below, years):
        axes.grid(axis="x", visible=False)
        axes.axvline(ranked.index[ranked["chosen"]][0], color=COLOURS["vermilion"], lw=7, alpha=0.2, zorder=0)
    return drawn


def _draw_estimates(axes: Axes, ranked: pd.DataFrame, stated: tuple[float, float] | None) -> None:
    if stated:
        axes.axhspan(*stated, color=COLOURS["orange"], alpha=0.35, lw=0,
                     label=f"the authors' range, {stated[0]:,.0f} to {stated[1]:,.0f}")  # fmt: skip
    axes.axhline(0, color="black", lw=0.8)
    axes.vlines(ranked.index, ranked["placebo_low"], ranked["placebo_high"], color=COLOURS["grey"], lw=1.1,
                label="95% interval from peace years")  # fmt: skip
    axes.vlines(ranked.index, ranked["low"], ranked["high"], color=COLOURS["blue"], lw=3.2,
                label="95% interval that the curve itself claims")  # fmt: skip
    axes.plot(ranked.index, ranked["point"], "o", color="black", ms=3.8, zorder=3)
    marked = ranked[ranked["chosen"]].iloc[0]
    axes.plot(marked.name, marked["point"], "D", color=COLOURS["vermilion"], mec="black", ms=8, zorder=4,
              label=f"the recipe above: {marked['point']:,.0f}")  # fmt: skip


def _draw_choices(axes: Axes, ranked: pd.DataFrame) -> None:
    rows = [(shape, ranked["shape"] == shape) for shape in SHAPES]
    rows += [(name, ranked["hiv"] == taken) for taken, name in HIV.items()]
    for place, (_, has) in enumerate(rows):
        axes.plot(ranked.index[has], [place] * has.sum(), "s", color="black", ms=3.6)
    axes.set_yticks(range(len(rows)), [name for name, _ in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
