"""How many figures became known: one line a quantity, one bar a side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.plots.style import COLOURS, legend_below, seaborn

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LOOKS = {"russia": ("about Russia", "vermilion", ""), "ukraine": ("about Ukraine", "sky", "///"),
         "both": ("about both", "grey", "...")}  # fmt: skip
REST = "everything else"


def by_quantity(told: pd.DataFrame, *, most: int = 8) -> pd.DataFrame:
    """The new figures of a tally (columns `side`, `counts`, `appeared`, `changed`) by quantity and side, most first.

    One row per quantity, one column per side; quantities after the `most` greatest are added up in a last row.
    """
    new = told.assign(new=told["appeared"] + told["changed"]).query("new > 0")
    table = new.pivot_table(index="counts", columns="side", values="new", aggfunc="sum", fill_value=0)
    table = table.reindex(table.sum(axis=1).sort_values(ascending=False, kind="stable").index)
    head, rest = table.iloc[:most], table.iloc[most:]
    return head if rest.empty else pd.concat([head, rest.sum().to_frame(REST).T])


def draw_changes(axes: Axes, table: pd.DataFrame) -> None:
    """Draw the table of `by_quantity` as bars, each with its number; the greatest quantity on top."""
    sides = [side for side in LOOKS if side in table]
    bars = table[sides].rename_axis(index="counts", columns="side").stack().rename("figures").reset_index()
    colours = {side: COLOURS[LOOKS[side][1]] for side in sides}
    seaborn().barplot(bars, y="counts", x="figures", hue="side", palette=colours, saturation=1, edgecolor="black",
                      linewidth=0.6, legend=False, ax=axes)  # fmt: skip
    for drawn, side in zip(axes.containers, sides, strict=True):
        drawn.set_label(LOOKS[side][0])
        for bar in drawn:
            bar.set_hatch(LOOKS[side][2])
        axes.bar_label(drawn, labels=[f"{bar.get_width():,.0f}" if bar.get_width() else "" for bar in drawn], padding=3)
    axes.set_ylabel("")
    axes.margins(x=0.08)
    legend_below(axes.figure)


def words(table: pd.DataFrame) -> str:
    """The words for the picture of `by_quantity`: every quantity with its figures by side."""
    told = [
        f"{name} {', '.join(f'{n:,} {LOOKS[side][0]}' for side, n in row.items() if n)}"
        for name, row in table.iterrows()
    ]
    return f"Bars of new figures by quantity and side: {'; '.join(told) or 'none'}."
