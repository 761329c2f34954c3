"""Dots with their intervals, one line per group, largest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.plots.style import COLOURS, figure

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


def ranking(table: pd.DataFrame, *, highest: int, lowest: int, names: str, title: str, unit: str) -> Figure:
    """The `highest` and the `lowest` rows of `table` (columns `names`, `low`, `point`, `high`) as dots with intervals.

    Rows run from the highest point down; where rows are left out between the two, a line says how many.
    """
    ranked = table.sort_values("point", ascending=False)
    between = len(ranked) - highest - lowest
    head, tail = (ranked, ranked.iloc[:0]) if between <= 0 else (ranked.iloc[:highest], ranked.iloc[-lowest:])
    gap = 2 if between > 0 else 0
    drawn, axes = figure(width=7.2, height=1.1 + 0.235 * (len(head) + gap + len(tail)))
    places = [*range(len(head)), *range(len(head) + gap, len(head) + gap + len(tail))]
    labels = [*head[names], *tail[names]]
    for rows, at in ((head, places[: len(head)]), (tail, places[len(head) :])):
        spread = [rows["point"] - rows["low"], rows["high"] - rows["point"]]
        axes.errorbar(rows["point"], at, xerr=spread, fmt="o", color=COLOURS["blue"], ecolor="black", capsize=3, ms=5)
    if gap:
        axes.text(0.5, len(head) + 0.5, f"… {between} more between …", transform=axes.get_yaxis_transform(),
                  ha="center", va="center", style="italic")  # fmt: skip
    axes.set_yticks(places, labels)
    axes.set(ylim=(places[-1] + 0.7, -0.7), xlabel=unit, title=title)
    axes.set_xlim(left=0)
    axes.grid(axis="y", visible=False)
    return drawn
