"""Coverage: the share of the dead on the list by day and by time of death, and the totals that rules make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.plots.style import COLOURS, figure, thousands, years

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# colour and line of the releases, oldest first
RELEASES = (("green", ":"), ("vermilion", "--"), ("blue", "-"))


def share_by_day(
    shares: pd.DataFrame, back: Mapping[str, pd.DataFrame], *, rule: tuple[float, float] | None, title: str
) -> Figure:
    """The share of the dead on the list, as it was implied at the time and as it looks by each release.

    `shares`: `coverage_in_time.implied`, drawn as points with bars; `back`: `looking_back` by name of the release,
    drawn as lines, the newest with a band and the others with thin lines for their bounds; `rule`: least and greatest
    share of the stated rule, shaded; None before there was one.
    """
    drawn, axes = figure(height=5.2)
    if rule:
        _stated(axes, rule)
    for name, table, looks in _by_release(back):
        _line(axes, table["until"], table, looks, f"by the release of {name}", band=name == list(back)[-1])
    if len(shares):
        down, up = shares["point"] - shares["low"].fillna(shares["point"]), shares["high"].fillna(0) - shares["point"]
        axes.errorbar(shares["until"], 100 * shares["point"], yerr=[100 * down, 100 * up.clip(lower=0)], fmt="D",
                      color="black", ms=5, capsize=2.5, lw=1, label="as implied when it was published")  # fmt: skip
    _finish(axes, title)
    return drawn


def _by_release(tables: Mapping[str, pd.DataFrame]) -> list[tuple[str, pd.DataFrame, tuple[str, str]]]:
    """Name, table, and colour with line of each release, oldest first."""
    looks = RELEASES[-len(tables) :] if tables else ()
    return [(name, table, look) for (name, table), look in zip(tables.items(), looks, strict=True)]


def _line(
    axes: Axes,
    days: pd.Series,
    table: pd.DataFrame,
    looks: tuple[str, str],
    label: str,
    *,
    band: bool,
    marker: str = "",
) -> None:
    """Draw shares in percent with bounds: as a band, or as thin lines, for bands on bands cannot be told apart."""
    colour, line = COLOURS[looks[0]], looks[1]
    ends = [100 * table[end] for end in ("low", "high")]
    if band:
        axes.fill_between(days, *ends, color=colour, alpha=0.18, lw=0)
    else:
        for end in ends:
            axes.plot(days, end, line, color=colour, lw=0.7)
    axes.plot(days, 100 * table["point"], line, color=colour, lw=1.8, marker=marker, ms=4, label=label)


def _stated(axes: Axes, rule: tuple[float, float]) -> None:
    """Shade the stated least and greatest share; its words stand in the legend, where they hide no line."""
    low, high = (100 * share for share in rule)
    axes.axhspan(low, high, facecolor="#eeeeee", hatch="..", edgecolor="#cccccc", lw=0, zorder=0,
                 label=f"stated: {low:.0f} to {high:.0f} %")  # fmt: skip


def _finish(axes: Axes, title: str) -> None:
    axes.set(title=title, ylabel="on the list, % of the dead to that day", xlabel="day of the list")
    axes.set_ylim(0, max(100, axes.get_ylim()[1]))
    if axes.get_legend_handles_labels()[0]:
        axes.legend(loc="lower left", fontsize=9.5, ncols=2)
    years(axes)


def share_by_death(
    quarters: Mapping[str, pd.DataFrame], *, rule: tuple[float, float], title: str, later: str = ""
) -> Figure:
    """The share of the dead of each quarter who are named, one line with bounds per release (`by_death`), named by key.

    `rule`: the stated least and greatest share, shaded. `later`: words for the share foretold a year on, drawn dotted
    where the last table has it (`with_foretold`).
    """
    drawn, axes = figure(height=4.9)
    _stated(axes, rule)
    axes.axhline(100, color="black", lw=1)
    for name, table, looks in _by_release(quarters):
        middle = table["since"] + (table["until"] - table["since"]) / 2
        _line(axes, middle, table, looks, name, band=name == list(quarters)[-1], marker="o")
    if later:
        axes.plot(middle, 100 * table["later"], ":", color="black", marker="^", ms=4, label=later)
    axes.text(0.99, 101, "as many names as dead", ha="right", va="bottom", transform=axes.get_yaxis_transform())
    axes.set(title=title, ylabel="named, % of the dead of the quarter", xlabel="time of death")
    axes.set_ylim(0, None)
    axes.legend(loc="lower left", fontsize=9.5)
    years(axes)
    return drawn


def totals_by_rule(
    stated: pd.DataFrame, carried: pd.DataFrame, registry: pd.DataFrame, totals: pd.DataFrame, *, title: str
) -> Figure:
    """The total as it could be stated on each day: by the wording in force, by the share carried on, by the registry.

    `stated`: `coverage.in_force`; `carried`: `coverage_in_time.carried`; `registry`: its totals at their publication
    (`implied`); `totals`: the list itself.
    """
    drawn, axes = figure(height=5.2)
    axes.plot(totals["published"], totals["point"], color="black", lw=1.8, label="names")
    _worded(axes, stated)
    if len(carried):
        days = carried["published"]
        axes.fill_between(days, carried["low"], carried["high"], color=COLOURS["blue"], alpha=0.18, lw=0)
        axes.plot(days, carried["point"], "--", color=COLOURS["blue"], label="the share carried on, 95 %")
    if len(registry):
        down = registry["dead"] - registry["dead_low"].fillna(registry["dead"])
        up = registry["dead_high"].fillna(registry["dead"]) - registry["dead"]
        axes.errorbar(registry["published"], registry["dead"], yerr=[down, up], fmt="D", color=COLOURS["vermilion"],
                      mec="black", ms=6, capsize=3, label="the registry's totals")  # fmt: skip
    axes.set(title=title, ylabel="people", xlabel="day on which it could be known")
    axes.set_ylim(0, None)
    axes.legend(loc="upper left", fontsize=9)
    thousands(axes.yaxis)
    years(axes)
    return drawn


def _worded(axes: Axes, stated: pd.DataFrame) -> None:
    """The total by the wording in force: a hatched band where that is a range, a line where a number or a bound."""
    spread = stated["high"] > stated["low"]
    # every stretch on its own, or a band would run through the days of another wording
    for number, (_, stretch) in enumerate(stated.groupby(spread.ne(spread.shift()).cumsum())):
        days, low, high = stretch["published"], stretch["low"], stretch["high"]
        if spread[stretch.index[0]]:
            if len(stretch) == 1:  # which has no area to shade
                axes.vlines(days, low, high, color="#9a8f6a", lw=2)
            axes.fill_between(days, low, high, facecolor="#e9e1c8", hatch="//", edgecolor="#9a8f6a", lw=0.6,
                              label="the wording in force, a range" if number < 2 else None)  # fmt: skip
        else:
            axes.plot(days, low.fillna(high), color=COLOURS["orange"], lw=2.4, marker="|", ms=7,
                      label="the wording in force, a number or a bound" if number < 2 else None)  # fmt: skip
