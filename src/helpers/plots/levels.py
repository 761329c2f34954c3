"""Ratios through time, one panel each, with the span in which a wording changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.plots.style import COLOURS, figure, legend_below, years

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.figure import Figure


def ratio_levels(
    panels: Mapping[str, pd.DataFrame], *, changed: tuple[pd.Timestamp, pd.Timestamp] | None, title: str
) -> Figure:
    """Each of `panels` (its label: spans with `since`, `until`, `ratio`): a step per span, from zero up.

    `changed`: the days between which a wording changed, shaded; None where that is not known. Spans of a panel with a
    true value in the column `provisional` are dashed.
    """
    drawn, grid = figure(len(panels), title=title, height=1.3 + 2.1 * len(panels), sharex=True, squeeze=False)
    for axes, (label, spans) in zip(grid.flat, panels.items(), strict=True):
        if changed:
            axes.axvspan(
                *changed, facecolor=COLOURS["orange"], alpha=0.3, lw=0, label="somewhere here the wording changed"
            )
        late = spans["provisional"] if "provisional" in spans else spans["ratio"].isna()
        for some, line, name in ((~late, "-", ""), (late, ":", "provisional: names still to come")):
            if some.any():
                axes.hlines(spans["ratio"][some], spans["since"][some], spans["until"][some], color=COLOURS["blue"],
                            lw=3, ls=line, label=name)  # fmt: skip
        axes.set_ylim(0, 1.25 * spans["ratio"].max())
        axes.set_ylabel(label)
    years(axes)
    legend_below(drawn, columns=1)
    return drawn
