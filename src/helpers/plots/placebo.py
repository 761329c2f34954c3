"""The errors that a recipe makes where the truth is zero, beside what it finds in the war."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.plots.layers import Look, draw_points
from helpers.plots.style import figure, legend_below

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from helpers.estimate.excess import Excess, Interval

NORMAL = 1.96
ASIDE = 0.25  # years by which the older windows stand beside those of the same years
LOOKS = {
    "older": Look("grey", "s", name="peace, HIV deaths left in"),
    "windows": Look("blue", "o", name="peace, the same recipe as the estimate"),
    "war": Look("vermilion", "D", name="the war, interval from peace years"),
}


def placebo_errors(
    windows: pd.DataFrame, older: pd.DataFrame, *, total: Excess | None, interval: Interval | None, title: str
) -> Figure:
    """The errors of the peace `windows` and of the `older` ones (`excess.placebo`), as shares of the deaths expected.

    Each window stands at its middle (the older ones, hollow, a little later), with the 95% interval that its own curve
    claims. `total` and `interval`: what the recipe finds in the war, with its calibrated interval; None where that was
    not yet known.
    """
    drawn, axes = figure(title=title, height=4.8)
    axes.axhline(0, color="black", lw=1)
    rows = [_errors(older, "older").assign(at=lambda rows: rows["at"] + ASIDE), _errors(windows, "windows")]
    if total is not None and interval is not None:
        rows.append(_war(total, interval))
        axes.annotate(f"{total.point:,.0f} men", (rows[-1]["at"][0], rows[-1]["point"][0]), xytext=(-9, 6),
                      textcoords="offset points", ha="right")  # fmt: skip
    table = pd.concat(rows).assign(older=lambda rows: rows["kind"] == "older")
    draw_points(axes, table, LOOKS, at="at", group="kind", hollow="older")
    axes.set(xlabel="middle of the years that were foretold",
             ylabel="more men dead than foretold,\nin % of those foretold")  # fmt: skip
    legend_below(drawn, columns=1)
    return drawn


def _errors(windows: pd.DataFrame, kind: str) -> pd.DataFrame:
    share, spread = 100 * windows["share"], 100 * NORMAL * windows["deviation"] / windows["expected"]
    middle = (windows["since"] + windows["until"]) / 2
    return pd.DataFrame({"at": middle, "point": share, "low": share - spread, "high": share + spread, "kind": kind})


def _war(total: Excess, interval: Interval) -> pd.DataFrame:
    ends = {"low": interval.low, "point": total.point, "high": interval.high}
    shares = {name: 100 * value / total.expected for name, value in ends.items()}
    return pd.DataFrame([shares | {"at": (total.since + total.until) / 2, "kind": "war"}])
