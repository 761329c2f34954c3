"""Coverage: the share of the dead on the list by day and by time of death, and the totals that rules make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.plots.layers import Look, draw_lines, draw_points
from helpers.plots.style import COLOURS, figure, legend_below, thousands, years

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# the releases, oldest first
RELEASES = (Look("green", "", ":"), Look("vermilion", "", "--"), Look("blue", "", "-"))
SHARE = ["low", "point", "high"]


def share_by_day(
    shares: pd.DataFrame, back: Mapping[str, pd.DataFrame], *, rule: tuple[float, float] | None, title: str
) -> Figure:
    """The share of the dead on the list, as it was implied at the time and as it looks by each release.

    `shares`: `coverage_in_time.implied`, drawn as points with bars; `back`: `looking_back` by name of the release,
    drawn as lines, the newest with a band and the others with thin lines for their bounds; `rule`: least and greatest
    share of the stated rule, shaded; None before there was one.
    """
    drawn, axes = figure(title=title, height=5.4)
    if rule:
        _stated(axes, rule)
    _releases(axes, {f"by the release of {name}": table for name, table in back.items()}, at="until")
    look = Look("black", "D", name="as implied when it was published")
    draw_points(axes, _one_sided(_percent(shares)), {"": look}, at="until", group="group")
    axes.set(ylabel="on the list, % of the dead to that day", xlabel="day of the list")
    axes.set_ylim(0, max(100, axes.get_ylim()[1]))
    years(axes)
    legend_below(drawn)
    return drawn


def _percent(shares: pd.DataFrame) -> pd.DataFrame:
    return shares.assign(**{name: 100 * shares[name].astype(float) for name in SHARE})


def _one_sided(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` as one group, whose bars end at the point where only the other end is known."""
    ends = {end: rows[end].fillna(rows["point"]) for end in ("low", "high")}
    return rows.assign(group="", **ends)


def _releases(axes: Axes, tables: Mapping[str, pd.DataFrame], *, at: str, mark: str = "") -> None:
    """A line for each release, oldest first, in percent; the newest with a band."""
    if tables:
        looks = dict(zip(tables, (look._replace(mark=mark) for look in RELEASES[-len(tables) :]), strict=True))
        rows = pd.concat([_percent(table).assign(release=name) for name, table in tables.items()])
        draw_lines(axes, rows, looks, at=at, group="release", banded=[list(tables)[-1]])


def _stated(axes: Axes, rule: tuple[float, float]) -> None:
    """Shade the stated least and greatest share; its words stand in the legend, where they hide no line."""
    low, high = (100 * share for share in rule)
    axes.axhspan(low, high, facecolor="#eeeeee", hatch="..", edgecolor="#cccccc", lw=0, zorder=0,
                 label=f"stated: {low:.0f} to {high:.0f}%")  # fmt: skip


def share_by_death(
    quarters: Mapping[str, pd.DataFrame], *, rule: tuple[float, float], title: str, later: str = ""
) -> Figure:
    """The share of the dead of each quarter who are named, one line with bounds per release (`by_death`), named by key.

    `rule`: the stated least and greatest share, shaded. `later`: words for the share foretold a year on, drawn dotted
    where the last table has it (`with_foretold`).
    """
    drawn, axes = figure(title=title, height=5.2)
    _stated(axes, rule)
    axes.axhline(100, color="black", lw=1)
    at_middle = {name: table.assign(middle=table["since"] + (table["until"] - table["since"]) / 2)
                 for name, table in quarters.items()}  # fmt: skip
    _releases(axes, at_middle, at="middle", mark="o")
    if later:
        newest = list(at_middle.values())[-1]
        axes.plot(newest["middle"], 100 * newest["later"], ":", color="black", marker="^", ms=4, label=later)
    axes.text(0.99, 101, "as many names as dead", ha="right", va="bottom", transform=axes.get_yaxis_transform())
    axes.set(ylabel="named, % of the dead of the quarter", xlabel="time of death")
    axes.set_ylim(0, None)
    years(axes)
    legend_below(drawn)
    return drawn


def totals_by_rule(
    stated: pd.DataFrame, carried: pd.DataFrame, registry: pd.DataFrame, totals: pd.DataFrame, *, title: str
) -> Figure:
    """The total as it could be stated on each day: by the wording in force, by the share carried on, by the registry.

    `stated`: `coverage.in_force`; `carried`: `coverage_in_time.carried`; `registry`: its totals at their publication
    (`implied`); `totals`: the list itself.
    """
    drawn, axes = figure(title=title, height=5.6)
    curves = {"the share carried on, 95%": carried, "names": totals.assign(low=float("nan"), high=float("nan"))}
    looks = dict(zip(curves, (Look("blue", "", "--"), Look("black", "")), strict=True))
    rows = pd.concat([table[["published", *SHARE]].assign(curve=name) for name, table in curves.items()])
    draw_lines(axes, rows, looks, at="published", group="curve")
    _worded(axes, stated)
    dead = registry[["published", "dead_low", "dead", "dead_high"]].set_axis(["published", *SHARE], axis="columns")
    look = Look("vermilion", "D", name="the registry's totals")
    draw_points(axes, _one_sided(dead), {"": look}, at="published", group="group")
    axes.set(ylabel="people", xlabel="day on which it could be known")
    axes.set_ylim(0, None)
    thousands(axes.yaxis)
    years(axes)
    legend_below(drawn)
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
