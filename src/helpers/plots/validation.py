"""How often intervals held a known truth, and how far estimates lay from it, by setting and method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.plots.layers import Look, draw_points
from helpers.plots.style import COLOURS, figure, legend_below

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LOOKS = (Look("blue"), Look("vermilion", "s"), Look("green", "^"), Look("black", "D"), Look("purple", "v"))
SURE = 3  # Monte Carlo errors either way
FARTHEST = 0.6  # a bias beyond is drawn at the edge, as an arrow


def coverage_and_bias(table: pd.DataFrame, *, methods: Sequence[str], title: str) -> Figure:
    """Coverage of the nominal 95 % on the left, bias on the right; one line per row of `setting`, one mark per method.

    `table`: rows of `validation.summary`, of one family or several; `methods`: at most five of them, drawn in this
    order. Bars are three Monte Carlo errors either way. Hollow marks: the setting breaks what the method assumes. A
    bias beyond 60 % is an arrow at the edge.
    """
    rows = table[table["method"].isin(methods)].assign(place=lambda rows: rows["setting"].map(_folded))
    order = list(dict.fromkeys(rows["place"]))
    height = 1.8 + len(order) * (0.16 + 0.16 * len(methods))
    drawn, panels = figure(1, title=title, width=7.2, height=height, ncols=2, width_ratios=(3, 2))
    looks = dict(zip(methods, LOOKS, strict=False))
    for axes, column in zip(panels, ("coverage", "bias"), strict=True):
        _draw(axes, rows, column, looks, order)
        lines = [number + 0.5 for number in range(len(order) - 1)]
        axes.hlines(lines, *axes.get_xlim(), color=COLOURS["grey"], lw=0.4)
    panels[0].axvline(95, color="black", lw=1.2, ls="--")
    panels[1].axvline(0, color="black", lw=1.2, ls="--")
    panels[0].set_xlabel("intervals that hold the truth, %\n(dashed: promised)")
    panels[1].set_xlabel("mean error,\n% of the truth")
    panels[1].tick_params(axis="y", labelleft=False)
    legend_below(drawn)
    return drawn


def _draw(axes: Axes, rows: pd.DataFrame, column: str, looks: dict[str, Look], order: list[str]) -> None:
    """One panel: a mark per row, in percent, and arrows at the edge for what lies beyond it."""
    left, right = (-3, 103) if column == "coverage" else (-100 * FARTHEST - 4, 100 * FARTHEST + 4)
    value, error = 100 * rows[column], 100 * SURE * rows[f"{column}_error"]
    near = value.between(left, right)
    table = rows.assign(point=value, low=value - error, high=value + error, broken=rows["keeps"] == "no")
    where = {"at": "place", "group": "method", "order": order, "sideways": True, "apart": True}
    draw_points(axes, table[near], looks, hollow="broken", **where)
    for mark, far, edge in (("<", value < left, left + 4), (">", value > right, right - 4)):
        arrows = {method: look._replace(mark=mark, name="_") for method, look in looks.items()}
        draw_points(axes, table[far].assign(point=edge, low=float("nan")), arrows, **where)
    axes.set_xlim(left, right)


def _folded(name: str, width: int = 30) -> str:
    import textwrap

    return textwrap.fill(name, width)
