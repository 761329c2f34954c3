"""The probate estimate: an invented war beside its truth, the releases, what lies between them, and their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.plots.coverage import RELEASES
from helpers.plots.layers import Look, draw_lines, draw_points
from helpers.plots.style import COLOURS, figure, legend_below, thousands, years

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

UNBOUNDED = {"low": float("nan"), "high": float("nan")}
ENDS = ["low", "point", "high"]
SUMS = (Look("blue", "", "--"), Look("vermilion", "", ":"), Look("black", ""))


def weeks_and_truth(weeks: pd.DataFrame, truth: pd.DataFrame, *, title: str) -> Figure:
    """The invented dead by week (`probate.Estimate.weeks`) with bounds beside the truth; the flash weeks are shaded."""
    drawn, axes = figure(title=title, height=4.8)
    looks = {"by the registry, with 95% of each week": Look("blue", "", "--"), "truth (invented)": Look("black", "")}
    by, true = looks
    real = truth.rename(columns={"found": "point"}).assign(curve=true, **UNBOUNDED)
    draw_lines(axes, pd.concat([weeks.assign(curve=by), real]), looks, at="week", group="curve")
    flash = weeks.loc[weeks["part"] == "flash", "week"]
    if len(flash):
        axes.axvspan(flash.iloc[0], weeks["week"].iloc[-1], facecolor="#eeeeee", hatch="//", edgecolor="#d5d5d5",
                     lw=0, zorder=0)  # fmt: skip
        axes.text(0.99, 0.98, "flash", transform=axes.transAxes, ha="right", va="top", style="italic")
    axes.axhline(0, color="black", lw=0.8)
    axes.set(ylabel="people a week (invented)", xlabel="week of death")
    years(axes)
    legend_below(drawn)
    return drawn


def many_worlds(worlds: pd.DataFrame, *, title: str) -> Figure:
    """Estimates of one invented war drawn anew, over its truth (`low`, `point`, `high`, shares): one bar per world."""
    drawn, axes = figure(title=title, height=4.2)
    holds = (worlds["low"] <= 1) & (worlds["high"] >= 1)
    rows = (100 * worlds[ENDS]).assign(found=np.where(holds, "holds the truth", "misses it"))
    rows = rows.sort_values("point", ignore_index=True).rename_axis("place").reset_index()
    looks = {"holds the truth": Look("blue"), "misses it": Look("vermilion", "D")}
    draw_points(axes, rows, looks, at="place", group="found")
    axes.axhline(100, color="black", lw=1.2)
    axes.set(ylabel="estimate, % of the truth", xlabel="invented worlds, by estimate", xticks=[])
    legend_below(drawn)
    return drawn


def releases(spans: Mapping[str, pd.DataFrame], *, title: str) -> Figure:
    """The dead a week by time of death in each release (spans with `weeks`); thin: bounds; hollow: flash."""
    drawn, axes = figure(title=title, height=5.2)
    looks = dict(zip(spans, RELEASES[-len(spans) :], strict=True))
    rows = pd.concat([_by_week(table).assign(release=name) for name, table in spans.items()])
    draw_lines(axes, rows, looks, at="middle", group="release", banded=[list(spans)[-1]])
    flash = rows[rows["part"].eq("flash") & rows["few"]].assign(hollow=True, **UNBOUNDED)
    marks = {name: look._replace(mark="o", name="_") for name, look in looks.items()}
    draw_points(axes, flash, marks, at="middle", group="release", hollow="hollow")
    axes.set(ylabel="people a week", xlabel="time of death (hollow: flash estimate)")
    axes.set_ylim(0, None)
    thousands(axes.yaxis)
    years(axes)
    legend_below(drawn)
    return drawn


def _by_week(spans: pd.DataFrame) -> pd.DataFrame:
    """`spans` at their middle, as people a week; `few`: so few that each can have a mark of its own."""
    middle = spans["since"] + (spans["until"] - spans["since"]) / 2
    return spans.assign(**{end: spans[end] / spans["weeks"] for end in ENDS}, middle=middle, few=len(spans) < 60)


def waterfall(steps: pd.DataFrame, *, labels: list[str], title: str) -> Figure:
    """The rows of `probate_totals.waterfall` as bars: totals from zero with bounds, changes from where they begin."""
    drawn, axes = figure(title=title, height=0.5 * len(steps) + 1.3)
    place, level = np.arange(len(steps))[::-1], 0.0
    for y, row in zip(place, steps.itertuples(), strict=True):
        is_total = row.step == "total"
        start = 0.0 if is_total else level
        colour = COLOURS["blue"] if is_total else COLOURS["green" if row.value >= 0 else "vermilion"]
        axes.barh(y, row.value, left=start, color=colour, height=0.6, hatch="" if is_total else "//", ec="black")
        level = start + row.value
        if pd.notna(row.low):
            axes.errorbar(row.value, y, xerr=[[row.value - row.low], [row.high - row.value]], color="black")
        text = (f"{row.value:,.0f}" if is_total else f"{row.value:+,.0f}").replace("-", "−")
        end = max(start, level, row.high if pd.notna(row.high) else 0)
        axes.annotate(text, (end, y), xytext=(5, 0), textcoords="offset points", va="center")
    axes.set_yticks(place, labels)
    axes.set_xlabel("people")
    axes.set_xlim(0, axes.get_xlim()[1] * 1.12)
    thousands(axes.xaxis)
    return drawn


def crossing(named: pd.DataFrame, dead: pd.DataFrame, missing: pd.DataFrame | None, *, title: str) -> Figure:
    """Names, and the dead by registry and flash with bounds, added up by time of death; `missing`: spans on top."""
    drawn, axes = figure(title=title, height=5)
    sums = dead.groupby("until")[ENDS].sum().cumsum()
    curves = {"registry and flash, bounds added up": sums}
    if missing is not None:
        whole = sums["point"].add(missing.groupby("until")["point"].sum().cumsum(), fill_value=0)
        curves["with late and court-declared"] = whole.to_frame("point").assign(**UNBOUNDED)
    curves["names"] = named.set_index("until")[["point"]].cumsum().assign(**UNBOUNDED)
    looks = dict(zip(curves, SUMS if len(curves) == len(SUMS) else SUMS[::2], strict=True))
    rows = pd.concat([table.rename_axis("until").reset_index().assign(curve=name) for name, table in curves.items()])
    draw_lines(axes, rows, looks, at="until", group="curve")
    axes.set(ylabel="people, added up", xlabel="time of death")
    axes.set_ylim(0, None)
    thousands(axes.yaxis)
    years(axes)
    legend_below(drawn)
    return drawn


def by_correlation(table: pd.DataFrame, *, title: str) -> Figure:
    """The interval of the total by the correlation of the weeks' errors (`probate_totals.by_correlation`)."""
    drawn, axes = figure(title=title, height=4.2)
    draw_lines(axes, table.assign(curve=""), {"": Look("blue", "")}, at="correlation", group="curve")
    _ends(axes, table.iloc[0], "each week errs alone", "left")
    _ends(axes, table.iloc[-1], "all weeks err together", "right")
    axes.set(ylabel="people", xlabel="correlation of the errors of two weeks")
    axes.set_ylim(0.9 * table["low"].min(), 1.08 * table["high"].max())
    thousands(axes.yaxis)
    return drawn


def _ends(axes: Axes, row: pd.Series, words: str, side: str) -> None:
    """The words at the upper end of the interval: left far above the band, which widens, right close above it."""
    text = f"{words}:\n{row['low']:,.0f} to {row['high']:,.0f}"
    up = 60 if side == "left" else 6
    axes.annotate(text, (row["correlation"], row["high"]), xytext=(0, up), textcoords="offset points", ha=side)
