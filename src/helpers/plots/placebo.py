"""The errors that a recipe makes where the truth is zero, beside what it finds in the war."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.plots.style import COLOURS, figure

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from helpers.estimate.excess import Excess, Interval

NORMAL = 1.96


def placebo_errors(
    windows: pd.DataFrame, older: pd.DataFrame, *, total: Excess | None, interval: Interval | None, title: str
) -> Figure:
    """The errors of the peace `windows` and of the `older` ones (`excess.placebo`), as shares of the deaths expected.

    Each window stands at its middle, with the 95 % interval that its own curve claims. `total` and `interval`: what the
    recipe finds in the war, with its calibrated interval; None where that was not yet known.
    """
    drawn, axes = figure(width=7.6, height=4.6)
    axes.axhline(0, color="black", lw=1)
    for table, mark, colour, name in (
        (older, "s", "grey", "peace, HIV deaths left in"),
        (windows, "o", "blue", "peace, the same recipe as the estimate"),
    ):
        spread = 100 * NORMAL * table["deviation"] / table["expected"]
        axes.errorbar(_middle(table), 100 * table["share"], yerr=spread, fmt=mark, color=COLOURS[colour], ms=5.5,
                      capsize=2.5, lw=1.2, mfc="white" if mark == "s" else None, label=name)  # fmt: skip
    if total is not None and interval is not None:
        middle, share = (total.since + total.until) / 2, 100 * total.point / total.expected
        down, up = (100 * (end - total.point) / total.expected for end in (interval.low, interval.high))
        axes.errorbar([middle], [share], yerr=[[-down], [up]], fmt="D", color=COLOURS["vermilion"], mec="black", ms=8,
                      capsize=4, lw=2, label="the war, interval from peace years")  # fmt: skip
        axes.annotate(f"{total.point:,.0f} men", (middle, share), xytext=(-9, 6), textcoords="offset points",
                      ha="right")  # fmt: skip
    axes.set(title=title, xlabel="middle of the years that were foretold",
             ylabel="more men dead than foretold,\nin % of those foretold")  # fmt: skip
    axes.legend(loc="upper left", fontsize=9.5)
    axes.set_ylim(top=axes.get_ylim()[1] * 1.12)
    return drawn


def _middle(table: pd.DataFrame) -> pd.Series:
    return (table["since"] + table["until"]) / 2
