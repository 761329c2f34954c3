"""Numbers of single days, one panel for each kind of number, so that unlike ones never share an axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers import figures
from helpers.plots.style import COLOURS, SMALL, figure, thousands

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COUNTED = "named"


def single_days(panels: Mapping[str, pd.DataFrame], *, title: str) -> Figure:
    """Each of `panels` (its heading: rows with `label`, `kind`, `low`, `point`, `high`) on an axis of its own.

    Counts of names are filled circles, claims hollow squares; a number given as "more than" has an arrow. The value
    stands beside each mark.
    """
    rows = [len(table) for table in panels.values()]
    drawn, grid = figure(len(panels), title=title, height=0.28 * sum(rows) + 0.8 * len(rows) + 0.5, squeeze=False,
                         gridspec_kw={"height_ratios": [n + 0.6 for n in rows]})  # fmt: skip
    for axes, (heading, table) in zip(grid.flat, panels.items(), strict=True):
        _panel(axes, table)
        axes.set_xlabel(heading)
    return drawn


def _panel(axes: Axes, table: pd.DataFrame) -> None:
    at = figures.middle(table)
    for place, (row, value) in enumerate(zip(table.to_dict("records"), at, strict=True)):
        named = row["kind"] == COUNTED
        look = {"marker": "o", "mfc": COLOURS["black"]} if named else {"marker": "s", "mfc": "white"}
        axes.hlines(
            place, 0, value, color=COLOURS["black" if named else "vermilion"], lw=1.2, ls="-" if named else "--"
        )
        axes.plot(value, place, mec=COLOURS["black" if named else "vermilion"], mew=1.6, ms=7, **look)
        axes.annotate(figures.amount(row), (value, place), xytext=(8, 0), textcoords="offset points", va="center")
    axes.set_yticks(range(len(table)), table["label"], fontsize=SMALL)
    axes.set_ylim(len(table) - 0.4, -0.6)
    axes.set_xlim(0, 1.22 * at.max())
    axes.grid(axis="y", visible=False)
    thousands(axes.xaxis)
