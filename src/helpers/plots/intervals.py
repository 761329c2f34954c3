"""Dots with their intervals, one line per group, largest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.plots.layers import Look, draw_points
from helpers.plots.style import figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def ranking(table: pd.DataFrame, *, highest: int, lowest: int, names: str, title: str, unit: str) -> Figure:
    """The `highest` and the `lowest` rows of `table` (columns `names`, `low`, `point`, `high`) as dots with intervals.

    Rows run from the highest point down; where rows are left out between the two, a line says how many.
    """
    ranked = table.sort_values("point", ascending=False)
    between = len(ranked) - highest - lowest
    head, tail = (ranked, ranked.iloc[:0]) if between <= 0 else (ranked.iloc[:highest], ranked.iloc[-lowest:])
    order = [*head[names], *([f"… {between} more between …"] if between > 0 else []), *tail[names]]
    drawn, axes = figure(title=title, height=1.1 + 0.25 * len(order))
    rows = pd.concat([head, tail]).assign(group="")
    draw_points(axes, rows, {"": Look("blue")}, at=names, group="group", order=order, sideways=True)
    axes.set_xlim(left=0)
    axes.set_xlabel(unit)
    return drawn
