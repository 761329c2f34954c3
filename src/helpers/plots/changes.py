"""How many figures became known: one line a quantity, one bar a side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.plots.style import COLOURS

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
    thick = 0.8 / max(len(sides), 1)
    for place, side in enumerate(sides):
        name, colour, hatch = LOOKS[side]
        rows = [row + (place - (len(sides) - 1) / 2) * thick for row in range(len(table))]
        drawn = axes.barh(rows, table[side], thick * 0.9, color=COLOURS[colour], hatch=hatch, ec="black", lw=0.6,
                          label=name)  # fmt: skip
        axes.bar_label(drawn, labels=[f"{n:,}" if n else "" for n in table[side]], padding=3, fontsize=9.5)
    axes.set_yticks(range(len(table)), table.index)
    axes.set_ylim(len(table) - 0.4, -0.6)
    axes.set_xlabel("figures")
    axes.margins(x=0.08)
    axes.grid(axis="y", visible=False)
    if sides:
        axes.legend(loc="lower right")


def words(table: pd.DataFrame) -> str:
    """The words for the picture of `by_quantity`: every quantity with its figures by side."""
    told = [
        f"{name} {', '.join(f'{n:,} {LOOKS[side][0]}' for side, n in row.items() if n)}"
        for name, row in table.iterrows()
    ]
    return f"Bars of new figures by quantity and side: {'; '.join(told) or 'none'}."
