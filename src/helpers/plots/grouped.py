"""Figures by what they count: one line each, a heading per group, the names that are certain beside each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers import figures
from helpers.plots.style import COLOURS, SMALL, figure, legend_below, thousands

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# shape tells names, claims and estimates apart without colour
NAMES, CLAIMS, OURS = ("names", "s", "black"), ("claim", "o", "vermilion"), ("our estimate", "D", "blue")
OF_A_LIST, FLOOR = "names", "names to its day, at least"


def by_group(table: pd.DataFrame, *, title: str, unit: str) -> Figure:
    """The rows of `table` (`estimates.grouped`) from above, under their group, on a logarithmic axis.

    A bar runs from low to high, an arrow marks "more than" or "up to"; a black stroke is the `floor`: a claim or an
    estimate that ends left of it is below the names. Day and value stand beside each line.
    """
    heads = table["group"].ne(table["group"].shift())
    places = pd.Series(range(len(table)), table.index) + heads.cumsum() * 1.1
    drawn, axes = figure(title=title, width=8, height=1.9 + 0.26 * (places.max() if len(table) else 0))
    axes.set_xscale("log")
    for place, name in zip(places[heads], table.loc[heads, "group"], strict=True):
        axes.text(0, place - 0.95, name, transform=axes.get_yaxis_transform(), weight="bold", va="center")
    for name, mark, colour in (NAMES, CLAIMS, OURS):
        some = table[_kind(table) == name]
        if len(some):
            _draw(axes, some, places[some.index], name, mark, COLOURS[colour])
    if table["floor"].notna().any():
        axes.scatter(table["floor"], places, marker="|", s=130, lw=1.6, color="black", label=FLOOR)
    _finish(axes, table, places)
    axes.set_xlabel(unit)
    return drawn


def _kind(table: pd.DataFrame) -> pd.Series:
    kind = table["who_kind"].eq("by_name").map({True: OURS[0], False: CLAIMS[0]})
    return kind.mask(table["how"] == OF_A_LIST, NAMES[0])


def _draw(axes: Axes, some: pd.DataFrame, places: pd.Series, name: str, mark: str, paint: str) -> None:
    axes.scatter(figures.middle(some), places, marker=mark, s=28, color=paint, zorder=3, label=name)
    axes.hlines(places, some["low"], some["high"], color=paint, lw=1.4, zorder=2)
    for end, sign in (("low", 1), ("high", -1)):
        alone = some["point"].isna() & some[{"low": "high", "high": "low"}[end]].isna()
        for value, place in zip(some.loc[alone, end], places[alone], strict=True):
            axes.annotate("", (value, place), (14 * sign, 0), textcoords="offset points",
                          arrowprops={"arrowstyle": "<-", "color": paint, "shrinkA": 0, "shrinkB": 1})  # fmt: skip


def _finish(axes: Axes, table: pd.DataFrame, places: pd.Series) -> None:
    """Who and whom at the left, day and value at the right, and a legend below."""
    from matplotlib.ticker import FixedLocator, NullFormatter

    whom = (", " + table["scope"]).where(table["scope"].str.startswith("men "), "")
    axes.set_yticks(places, table["how"] + whom, fontsize=SMALL)
    axes.set_ylim(places.max() + 0.7 if len(table) else 1, -0.4)
    for place, row in zip(places, table.to_dict("records"), strict=True):
        day = f"{row['until'].day} " if row["until_precision"] == "day" else ""
        text = f"{day}{row['until']:%b %Y}: {figures.amount(row)}"
        axes.text(1.02, place, text, transform=axes.get_yaxis_transform(), va="center", fontsize=SMALL)
    # numbers stand at powers of ten, where there is room for them, and lines at twice and five times as many, too
    axes.xaxis.set_major_locator(FixedLocator([10**power for power in range(2, 8)]))
    axes.xaxis.set_minor_locator(FixedLocator([first * 10**power for power in range(2, 7) for first in (2, 5)]))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.grid(axis="x", which="minor")
    thousands(axes.xaxis)
    axes.tick_params(axis="x", labelsize=SMALL)
    axes.grid(axis="y", visible=False)
    if len(table):
        ends = table[["low", "point", "high", "floor"]]
        axes.set_xlim(ends.min(axis=None) / 1.5, ends.max(axis=None) * 1.5)
        legend_below(axes.figure)
