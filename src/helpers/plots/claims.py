"""Claims by the day that they are about, each with its interval, with curves beside them and labels at the margin."""

from __future__ import annotations

import math
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers import figures
from helpers.plots.style import COLOURS, SMALL, headline, legend_below, thousands, years

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes

NEAR, FOE, THIRD, COUNT = "own side", "other side", "third parties", "lists and studies"
GROUPS = {
    "own_government": NEAR, "own_commander": NEAR, "proxy_authority": NEAR, "adversary_government": FOE,
    "media_list": COUNT, "media_statistical": COUNT, "volunteer_list": COUNT, "academic": COUNT, "by_name": COUNT,
}  # fmt: skip
MARKS = {NEAR: ("v", "vermilion"), FOE: ("^", "green"), THIRD: ("s", "purple"), COUNT: ("o", "blue")}


class Curve(NamedTuple):
    """A line beside the claims: days and values, a band if it has one, how it is drawn and what it is called."""

    table: pd.DataFrame
    name: str
    colour: str = "black"
    line: str = "-"
    step: bool = False


def draw_claims(
    axes: Axes,
    told: pd.DataFrame,
    *,
    label: list[str] | None = None,
    words: Callable[[dict], str] = figures.amount,
    ceiling: float = math.inf,
    legend: str = "",
) -> None:
    """Draw each claim of `told` at its `until`: a mark by kind of claimant, a bar from low to high, arrows for bounds.

    `label`: ids of the claims that are named at the right margin, their value in `words`. `ceiling`: claims above it
    are drawn there as crosses and always named. `legend`: one name for all, drawn as hollow diamonds: another quantity.
    """
    groups = told["who_kind"].map(GROUPS).fillna(THIRD)
    told = told.assign(at=figures.middle(told).clip(upper=ceiling), above=figures.middle(told) > ceiling)
    for group, (mark, colour) in MARKS.items():
        some, paint = told[groups == group], COLOURS[colour]
        ranged = some[some["low"].notna() & some["high"].notna()]
        axes.vlines(ranged["until"], ranged["low"], ranged["high"].clip(upper=ceiling), color=paint, lw=1.1, zorder=2.5)
        shape = (
            {"marker": "D", "facecolor": "white", "color": COLOURS["grey"]}
            if legend
            else {"marker": mark, "color": paint}
        )
        within, beyond = some[~some["above"]], some[some["above"]]
        axes.scatter(within["until"], within["at"], s=26, lw=0.9, zorder=3, label=legend or group, **shape)
        axes.scatter(beyond["until"], beyond["at"], s=34, lw=1.6, zorder=3, marker="x", color=paint, clip_on=False)
        _draw_open_ends(axes, some[~some["above"]], paint)
    _name_at_the_margin(axes, told[told["id"].isin(label or []) | told["above"]], words)


def _draw_open_ends(axes: Axes, some: pd.DataFrame, paint: str) -> None:
    """A short arrow up from 'more than', down from 'up to'."""
    for end, sign in (("low", 1), ("high", -1)):
        alone = some[[n for n in ("low", "point", "high") if n != end]].isna().all(axis=1)
        for day, value in some.loc[alone, ["until", end]].itertuples(index=False):
            axes.annotate("", (day, value), (0, 11 * sign), textcoords="offset points", zorder=2.5,
                arrowprops={"arrowstyle": "<-", "color": paint, "lw": 0.9, "shrinkA": 0, "shrinkB": 1})  # fmt: skip


def draw_curves(axes: Axes, curves: list[Curve]) -> None:
    """Draw each curve with its band; curves without rows are left out."""
    for curve in curves:
        table = curve.table
        if table.empty:
            continue
        how = {"drawstyle": "steps-post"} if curve.step else {}
        paint = COLOURS[curve.colour]
        axes.plot(table["until"], table["point"], color=paint, ls=curve.line, lw=1.6, label=curve.name, zorder=2, **how)
        if table["low"].notna().any():
            axes.fill_between(table["until"], table["low"], table["high"], color=paint, alpha=0.18, lw=0)


def _name_at_the_margin(axes: Axes, told: pd.DataFrame, words: Callable[[dict], str]) -> None:
    """Write who, when and how many right of the axes, from the top down, each with a thin line to its mark."""
    order = told.sort_values("at", ascending=False)
    line = {"arrowstyle": "-", "color": COLOURS["grey"], "lw": 0.6, "shrinkA": 1, "shrinkB": 3, "relpos": (0, 0.5)}
    # two lines of small letters, as a share of axes that fill three quarters of the figure
    gap = 2.4 * SMALL / (0.75 * 72 * axes.figure.get_figheight())
    places = _spread([_share(axes, value) for value in order["at"]], gap=gap)
    for place, claim in zip(places, order.itertuples(), strict=True):
        name = f"{claim.who.split(' (')[0]}{_whom(claim.scope)}{', off the scale' if claim.above else ''}"
        axes.annotate(
            f"{name}\n{claim.until.day} {claim.until:%b %Y}: {words(claim._asdict())}", xy=(claim.until, claim.at),
            xytext=(1.04, place), textcoords="axes fraction", fontsize=SMALL, va="center", linespacing=1.05,
            annotation_clip=False, arrowprops=line,
        )  # fmt: skip


def _whom(scope: str) -> str:
    return f", {scope}" if scope.startswith("men ") else " with republics" if "republics" in scope else ""


def _share(axes: Axes, value: float) -> float:
    """How far up the axes `value` stands, 0 to 1."""
    bottom, top, at = axes.transData.transform([(0, y) for y in (*axes.get_ylim(), value)])[:, 1]
    return float((at - bottom) / (top - bottom))


def _spread(places: list[float], *, gap: float) -> list[float]:
    """`places`, falling, moved as little as needed to stand `gap` apart between the foot and the head of the axes."""
    if not places:
        return []
    down = list(accumulate([min(places[0], 1), *places[1:]], lambda above, place: min(place, above - gap)))
    up = accumulate([max(down[-1], 0), *down[-2::-1]], lambda below, place: max(place, below + gap))
    return list(up)[::-1]


def finish(axes: Axes, title: str, *, unit: str) -> None:
    """Title, unit and years; to be called before claims are labelled, for the labels keep to the final scale."""
    headline(axes.figure, title)
    axes.set_ylabel(unit)
    thousands(axes.yaxis)
    years(axes)


def multiples_axis(axes: Axes, told: pd.DataFrame) -> None:
    """A logarithmic axis of multiples with plain numbers, a line at one, and room for all of `told`."""
    from matplotlib.ticker import FixedLocator, FuncFormatter, NullFormatter

    axes.set_yscale("log")
    if told.empty:
        return
    axes.set_ylim(min(told["low"].min(), told["point"].min()) / 1.2, max(told["high"].max(), told["point"].max()) * 1.2)
    axes.yaxis.set_major_locator(FixedLocator([0.1, 0.2, 0.5, 1, 2, 5, 10, 20]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.axhline(1, color="black", lw=1)


def explain(axes: Axes) -> None:
    """Name marks and curves once each, below the axes, where the names hide nothing."""
    legend_below(axes.figure)
