"""The reporting triangle: names by year of death, as they were known on one day after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.plots.style import COLOURS, figure, thousands, years

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LINES = ("-", "--", "-.", ":")
HUES = ("black", "blue", "vermilion", "green")


def triangle(by_year: pd.DataFrame, *, title: str, release: str = "release") -> Figure:
    """One line per year of death over the days of the vintages; `by_year`: `vintages.by_year`.

    Diamonds are vintages of kind `release`; the line joins the rebuilt ones (hollow) and the last release, for an
    older release counts otherwise than what was rebuilt later. Each line has its year and number beside its end.
    """
    drawn, axes = figure(title=title, height=4.6)
    table = by_year.reset_index("kind")
    published = table["kind"] == release
    joined = table[~published | (table.index == table.index.max())]
    for year, line, hue in zip(by_year.columns, LINES, HUES, strict=False):
        born = joined[joined.index.year >= year][year]
        colour = COLOURS[hue]
        axes.plot(born.index, born, line, color=colour, marker="o", mfc="white", ms=6)
        dumps = table.loc[published & (table.index.year >= year), year]
        axes.plot(dumps.index, dumps, "D", color=colour, ms=6)
    axes.set(ylabel="people named, by year of death", xlabel="known on")
    axes.margins(x=0.04)
    left, right = axes.get_xlim()
    axes.set_xlim(left, right + 0.16 * (right - left))
    axes.set_ylim(bottom=0)
    years(axes)
    _names(axes, joined)
    thousands(axes.yaxis)
    return drawn


def _names(axes: Axes, joined: pd.DataFrame) -> None:
    """Year and last number beside the end of each line, moved up where two would stand on each other."""
    ends, day = joined.drop(columns="kind").iloc[-1].sort_values(), joined.index[-1]
    apart, place = 0.06 * axes.get_ylim()[1], float("-inf")
    hues = dict(zip(joined.columns.drop("kind"), HUES, strict=False))
    for year, names in ends.items():
        place = max(names, place + apart)
        axes.annotate(f"{year}: {names:,.0f}", (day, place), xytext=(8, 0), textcoords="offset points", va="center",
                      color=COLOURS[hues[year]])  # fmt: skip
