"""Deaths of men per death of a woman by band of age: what was counted, beside the baseline of the years before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.plots.style import COLOURS, figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLUMNS = 2


def ratio_panels(course: pd.DataFrame, *, last: int, war: Sequence[int], title: str) -> Figure:
    """The ratios of `course` (`excess.course`), one panel per band; years in `war` are marked apart.

    The baseline is a line, solid where it was fitted (up to `last`), dashed where it is carried on, with the band of
    its 95 % interval; years after it that are not of the war are hollow.
    """
    bands = list(course.groupby("age"))
    rows = -(-(len(bands) + 1) // COLUMNS)
    drawn, grid = figure(rows, title=title, ncols=COLUMNS, height=2.2 * rows, sharex=True)
    places = list(grid.flat)
    for axes, (age, rows_of_band) in zip(places, bands, strict=False):
        _draw_band(axes, rows_of_band, last, war)
        axes.set_title(f"aged {age}", fontsize=11.5)
    for axes in places[len(bands) :]:
        axes.set_axis_off()
    handles, names = places[0].get_legend_handles_labels()
    places[-1].legend(handles, names, loc="center left")
    places[0].set_xticks(range(-(-course["year"].min() // 5) * 5, course["year"].max() + 1, 5))
    # the panels above those that are switched off show the years, too
    places[len(bands) - COLUMNS].tick_params(labelbottom=True)
    drawn.supylabel("deaths of men per death\nof a woman (scales differ)", fontsize=11.5)
    return drawn


def _draw_band(axes: Axes, band: pd.DataFrame, last: int, war: Sequence[int]) -> None:
    before, after = band[band["year"] <= last], band[band["year"] >= last]
    fitted = before.dropna(subset="baseline")
    between = band[(band["year"] > last) & ~band["year"].isin(war)]
    in_war = band[band["year"].isin(war)]
    axes.plot(fitted["year"], fitted["baseline"], "-", color=COLOURS["blue"], lw=2.2, label="baseline, fitted")
    axes.plot(after["year"], after["baseline"], "--", color=COLOURS["blue"], lw=1.8, label="baseline, carried on")
    axes.fill_between(after["year"], after["low"], after["high"], color=COLOURS["sky"], alpha=0.4, lw=0,
                      label="95% interval it claims")  # fmt: skip
    axes.plot(before["year"], before["ratio"], "o", color="black", ms=4, label="years of peace")
    axes.plot(between["year"], between["ratio"], "o", color="black", mfc="white", ms=5, label="years of the pandemic")
    if len(in_war):
        axes.plot(in_war["year"], in_war["ratio"], "D", color=COLOURS["vermilion"], mec="black", mew=0.6, ms=6,
                  label="years of the war")  # fmt: skip
