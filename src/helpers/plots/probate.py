"""The probate estimate: an invented war beside its truth, the releases, what lies between them, and their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.plots.style import COLOURS, figure, thousands, years

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# colour and line of the releases, oldest first
RELEASES = (("green", ":"), ("vermilion", "--"), ("blue", "-"))


def weeks_and_truth(weeks: pd.DataFrame, truth: pd.DataFrame, *, title: str) -> Figure:
    """The invented dead by week (`probate.Estimate.weeks`) with bounds beside the truth; the flash weeks are shaded."""
    drawn, axes = figure(height=4.6)
    axes.fill_between(weeks["week"], weeks["low"], weeks["high"], color=COLOURS["sky"], alpha=0.45, lw=0,
                      label="95 % of each week")  # fmt: skip
    axes.plot(weeks["week"], weeks["point"], "--", color=COLOURS["blue"], lw=1.1, label="by the registry")
    axes.plot(truth["week"], truth["found"], color="black", lw=1.6, label="truth (invented)")
    flash = weeks.loc[weeks["part"] == "flash", "week"]
    if len(flash):
        axes.axvspan(flash.iloc[0], weeks["week"].iloc[-1], facecolor="#eeeeee", hatch="//", edgecolor="#d5d5d5",
                     lw=0, zorder=0)  # fmt: skip
        axes.text(0.99, 0.98, "flash", transform=axes.transAxes, ha="right", va="top", style="italic")
    axes.axhline(0, color="black", lw=0.8)
    axes.set(title=title, ylabel="people a week (invented)", xlabel="week of death")
    axes.legend(loc="upper left")
    years(axes)
    return drawn


def many_worlds(worlds: pd.DataFrame, *, title: str) -> Figure:
    """Estimates of one invented war drawn anew, over its truth (`low`, `point`, `high`, shares): one bar per world."""
    drawn, axes = figure(height=3.8)
    ordered = worlds.sort_values("point", ignore_index=True)
    place = np.arange(len(ordered))
    inside = (ordered["low"] <= 1) & (ordered["high"] >= 1)
    for holds, colour, mark, name in ((True, "blue", "o", "holds the truth"), (False, "vermilion", "D", "misses it")):
        rows = ordered[inside == holds]
        if len(rows):
            spread = 100 * np.array([rows["point"] - rows["low"], rows["high"] - rows["point"]])
            axes.errorbar(place[inside == holds], 100 * rows["point"], yerr=spread, fmt=mark, color=COLOURS[colour],
                          ms=5, capsize=2, lw=1.2, label=name)  # fmt: skip
    axes.axhline(100, color="black", lw=1.2)
    axes.set(title=title, ylabel="estimate, % of the truth", xlabel="invented worlds, by estimate")
    axes.set_xticks([])
    axes.legend(loc="upper left")
    return drawn


def releases(spans: Mapping[str, pd.DataFrame], *, title: str) -> Figure:
    """The dead a week by time of death in each release (spans with `weeks`); thin: bounds; hollow: flash."""
    drawn, axes = figure(height=4.9)
    for (name, table), (hue, line) in zip(spans.items(), RELEASES[-len(spans) :], strict=True):
        colour = COLOURS[hue]
        a_week = {end: table[end] / table["weeks"] for end in ("low", "point", "high")}
        middle = table["since"] + (table["until"] - table["since"]) / 2
        if name == list(spans)[-1]:
            axes.fill_between(middle, a_week["low"], a_week["high"], color=COLOURS["sky"], alpha=0.35, lw=0)
        for end in ("low", "high"):
            axes.plot(middle, a_week[end], line, color=colour, lw=0.6)
        axes.plot(middle, a_week["point"], line, color=colour, lw=1.8, label=name)
        if len(table) < 60:
            flash = table["part"].eq("flash")
            axes.plot(middle[flash], a_week["point"][flash], "o", mec=colour, mfc="white", ms=5, ls="none")
    axes.set(title=title, ylabel="people a week", xlabel="time of death (hollow: flash estimate)")
    axes.set_ylim(0, None)
    axes.legend(loc="upper left")
    thousands(axes.yaxis)
    years(axes)
    return drawn


def waterfall(steps: pd.DataFrame, *, labels: list[str], title: str) -> Figure:
    """The rows of `probate_totals.waterfall` as bars: totals from zero with bounds, changes from where they begin."""
    drawn, axes = figure(height=0.55 * len(steps) + 1.2)
    place, level = np.arange(len(steps))[::-1], 0.0
    for y, row in zip(place, steps.itertuples(), strict=True):
        is_total = row.step == "total"
        start = 0.0 if is_total else level
        colour = COLOURS["blue"] if is_total else COLOURS["green" if row.value >= 0 else "vermilion"]
        axes.barh(y, row.value, left=start, color=colour, height=0.6, hatch="" if is_total else "//", ec="white")
        level = start + row.value
        if pd.notna(row.low):
            axes.errorbar(row.value, y, xerr=[[row.value - row.low], [row.high - row.value]], color="black", capsize=4)
        text = f"{row.value:,.0f}" if is_total else f"{row.value:+,.0f}"
        end = max(start, level, row.high if pd.notna(row.high) else 0)
        axes.annotate(text, (end, y), xytext=(5, 0), textcoords="offset points", va="center")
    axes.set_yticks(place, labels)
    axes.set(title=title, xlabel="people")
    axes.set_xlim(0, axes.get_xlim()[1] * 1.12)
    thousands(axes.xaxis)
    return drawn


def crossing(named: pd.DataFrame, dead: pd.DataFrame, missing: pd.DataFrame | None, *, title: str) -> Figure:
    """Names, and the dead by registry and flash with bounds, added up by time of death; `missing`: spans on top."""
    drawn, axes = figure(height=4.9)
    sums = dead.groupby("until")[["low", "point", "high"]].sum().cumsum()
    axes.fill_between(sums.index, sums["low"], sums["high"], color=COLOURS["blue"], alpha=0.2, lw=0)
    axes.plot(sums.index, sums["point"], "--", color=COLOURS["blue"], label="registry and flash, bounds added up")
    if missing is not None:
        whole = sums["point"].add(missing.groupby("until")["point"].sum().cumsum(), fill_value=0)
        axes.plot(whole.index, whole, ":", color=COLOURS["vermilion"], lw=2, label="with late and court-declared")
    axes.plot(named["until"], named["point"].cumsum(), color="black", lw=1.8, label="names")
    axes.set(title=title, ylabel="people, added up", xlabel="time of death")
    axes.set_ylim(0, None)
    axes.legend(loc="upper left")
    thousands(axes.yaxis)
    years(axes)
    return drawn


def by_correlation(table: pd.DataFrame, *, title: str) -> Figure:
    """The interval of the total by the correlation of the weeks' errors (`probate_totals.by_correlation`)."""
    drawn, axes = figure(height=4)
    axes.fill_between(table["correlation"], table["low"], table["high"], color=COLOURS["sky"], alpha=0.5, lw=0)
    axes.plot(table["correlation"], table["point"], color=COLOURS["blue"])
    _ends(axes, table.iloc[0], "each week errs alone", "left")
    _ends(axes, table.iloc[-1], "all weeks err together", "right")
    axes.set(title=title, ylabel="people", xlabel="correlation of the errors of two weeks")
    axes.set_ylim(0.9 * table["low"].min(), 1.08 * table["high"].max())
    thousands(axes.yaxis)
    return drawn


def _ends(axes: Axes, row: pd.Series, words: str, side: str) -> None:
    text = f"{words}:\n{row['low']:,.0f} to {row['high']:,.0f}"
    where, up = (("low", -34), ("high", 6))[side == "right"]
    axes.annotate(text, (row["correlation"], row[where]), xytext=(0, up), textcoords="offset points", ha=side)
