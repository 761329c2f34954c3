"""A pooled curve amid the claims that made it, and what replays foretold beside what was then claimed."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.plots.layers import Look, draw_lines, draw_points
from helpers.plots.style import COLOURS, figure, legend_below, thousands, years

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MARKS, HUES = "os^Dvp*XP<>", ("blue", "vermilion", "green", "purple", "orange", "grey")


def amid_claims(
    curve: pd.DataFrame, claims: pd.DataFrame, *, other: pd.DataFrame, label: str, title: str, unit: str
) -> Figure:
    """The pooled `curve` (`day`, `low`, `point`, `high`) with its interval, and the `claims` in it (`until`, `value`,
    `group`), each group with a mark of its own. `other`: another curve with its interval, called `label`, or no rows.
    """
    drawn, axes = figure(title=title, height=5.8)
    pooled = "pooled, 95% for a further claim"
    looks = {pooled: Look("blue", ""), label: Look("vermilion", "", "--")}
    rows = pd.concat([curve.assign(curve=pooled), other.assign(curve=label)])
    draw_lines(axes, rows, looks, at="day", group="curve", banded=[pooled])
    groups = zip(sorted(claims["group"].unique()), MARKS, cycle(HUES), strict=False)
    marks = {group: Look(hue, mark) for group, mark, hue in groups}
    nothing = float("nan")
    points = claims.assign(point=claims["value"], low=nothing, high=nothing, hollow=True)
    draw_points(axes, points, marks, at="until", group="group", hollow="hollow")
    axes.set_ylabel(unit)
    axes.set_ylim(0, 1.04 * max(curve["high"].max(), claims["value"].max()))
    thousands(axes.yaxis)
    years(axes)
    legend_below(drawn)
    return drawn


def foretold(rows: pd.DataFrame, *, labels: tuple[str, str], title: str) -> Figure:
    """What was claimed over what a replay had foretold, with the replay's 95 % interval: one panel per quantity.

    `rows`: `quantity`, `origin`, `until`, `error` and `deviation` (logs), `covered`, `own` (hollow where not: the claim
    repeats or continues another); sorted by origin. `labels`: the names of the panels, of killed and of killed and
    wounded.
    """
    drawn, panels = figure(2, title=title, height=6.8, sharex=True)
    for axes, quantity, label in zip(panels, ("killed", "killed_and_wounded"), labels, strict=True):
        _panel(axes, rows[rows["quantity"] == quantity])
        axes.set_title(label, fontweight="normal")
        axes.set_ylabel("claimed, as multiple\nof the forecast")
    years(panels[-1])
    panels[-1].set_xlabel("day that the claim is about")
    legend_below(drawn)
    return drawn


def _panel(axes: Axes, rows: pd.DataFrame) -> None:
    from matplotlib.ticker import FixedLocator, NullLocator

    axes.axhline(1, color="black", lw=1)
    width = np.exp(1.96 * rows["deviation"])
    axes.vlines(rows["until"], 1 / width, width, color=COLOURS["sky"], lw=3, alpha=0.7, label="95% interval")
    repeats = ~rows["own"].astype(bool)
    looks = (
        (~repeats & rows["covered"], "o", "blue", "blue", "inside"),
        (~repeats & ~rows["covered"], "X", "vermilion", "vermilion", "outside"),
        (repeats & rows["covered"], "o", "blue", None, "repeats or continues another claim"),
        (repeats & ~rows["covered"], "X", "vermilion", None, None),
    )
    for which, mark, hue, inner, label in looks:
        some, face = rows[which], COLOURS[inner] if inner else "white"
        axes.plot(
            some["until"], np.exp(some["error"]), mark, color=COLOURS[hue], mfc=face, ms=6, ls="none", label=label
        )
    axes.set_yscale("log")
    # room for the legend above, and for the ends of intervals
    reach = 1.45 * max([1.3, width.max(), np.exp(rows["error"].abs().max())])
    axes.set_ylim(1 / reach, reach)
    axes.yaxis.set_major_locator(FixedLocator([0.4, 0.6, 0.8, 1, 1.25, 1.6, 2.2]))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter("{x:g}×")
