"""How many people a list holds by the threshold above which pairs are joined, beside an estimate with its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.plots.style import COLOURS, figure, legend_below, thousands

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.figure import Figure


def thresholds(
    counts: pd.DataFrame, estimate: Mapping[str, float], *, title: str, scale: str, truth: float | None = None
) -> Figure:
    """The count of people at each threshold as a line, the `estimate` as a band, and the `truth` where it is known.

    `counts`: columns `threshold` and `people`; `estimate`: low, point, high (people); `scale`: what a threshold is.
    """
    drawn, axes = figure(title=title, height=4.8)
    band = {"color": COLOURS["sky"], "alpha": 0.45, "lw": 0}
    axes.axhspan(estimate["low"], estimate["high"], label="its interval", **band)
    axes.axhline(estimate["point"], color=COLOURS["blue"], lw=1.6, ls="--", label="estimate")
    line = {"color": COLOURS["vermilion"], "ms": 4, "lw": 1.6}
    axes.plot(counts["threshold"], counts["people"], "o-", label="pairs above the threshold joined", **line)
    if truth is not None:
        axes.axhline(truth, color="black", lw=1.8, label="truth")
    axes.set(xlabel=scale, ylabel="people")
    thousands(axes.yaxis)
    legend_below(drawn)
    return drawn
