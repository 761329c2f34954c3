"""The numbers this project began with: one panel for each quantity of each side, a claim a line, the rest below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers import comparison, figures
from helpers.plots.style import COLOURS, SMALL, figure, legend_below, thousands

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROW = 0.7  # inches for a claim
CLAIM, BELOW, OTHERS = -0.2, 0.12, 0.36  # where in its line a claim stands, what counts the dead, and what others said
VALUES = ["low", "point", "high"]
# where an axis is marked that spans more than these many times
FIRSTS = {100: (1,), 10: (1, 3), 1: (1, 2, 5)}


def by_panel(table: pd.DataFrame, known: pd.DataFrame, *, title: str) -> Figure:
    """The claims of `table` (`side_by_side.beside`), each group in a panel of its own, on logarithmic axes.

    Below a claim about the dead: the names then and to date, the registry's dead (or, while there were none, the range
    by stated coverage) with their bounds; below any claim what others said of the same within 31 days, from `known`.
    """
    groups = [some.reset_index(drop=True) for _, some in table.groupby("group", sort=False)]
    # only the dead have something between the claim and the others
    tall = [len(some) * (1 if some["quantity"].eq("killed").all() else 0.65) + 0.85 for some in groups]
    options = {"squeeze": False, "gridspec_kw": {"height_ratios": tall}}
    drawn, axes = figure(len(groups), title=title, width=5.8, height=1.3 + ROW * sum(tall), **options)
    for panel, some in zip(axes[:, 0], groups, strict=True):
        _panel(panel, some, known)
    axes[-1, 0].set_xlabel("people (logarithmic)")
    legend_below(drawn)
    return drawn


def _panel(axes: Axes, some: pd.DataFrame, known: pd.DataFrame) -> None:
    from matplotlib.ticker import FixedLocator, NullFormatter

    axes.set_xscale("log")
    others = _others(some, known)
    _span(axes, some, CLAIM, "o", "vermilion", "the claim")
    if some["quantity"].eq("killed").all():
        _dead(axes, some)
    _span(axes, others, OTHERS, "o", "grey", "others, within a month", size=18, row=others["row"])
    axes.set_title(some["group"].iloc[0])
    days = [figures.when(row) for row in some.to_dict("records")]
    who = some["who"].str.split(" (", regex=False).str[0]
    axes.set_yticks(some.index, who + "\n" + pd.Series(days), fontsize=SMALL)
    axes.set_ylim(len(some) - 0.4, -0.6)
    drawn = pd.concat([some[VALUES].stack(), others[VALUES].stack(), _beside(some)])
    room = 1.5 if drawn.max() > 1.5 * drawn.min() else 2.2
    axes.set_xlim(drawn.min() / room, drawn.max() * room)
    firsts = next(firsts for times, firsts in FIRSTS.items() if drawn.max() >= times * drawn.min())
    axes.xaxis.set_major_locator(FixedLocator([first * 10**power for power in range(2, 7) for first in firsts]))
    _say(axes, some)
    axes.xaxis.set_minor_formatter(NullFormatter())
    thousands(axes.xaxis)
    axes.tick_params(axis="x", labelsize=SMALL)
    axes.grid(axis="y", visible=False)


def _say(axes: Axes, some: pd.DataFrame) -> None:
    """The value of each claim, without a range that is drawn, on the side of its mark where there is more room."""
    left, right = axes.get_xlim()
    for row in some.itertuples():
        ends = [value for value in (row.low, row.point, row.high) if pd.notna(value)]
        # an arrow needs the room on its own side
        is_left = max(ends) > (left * right) ** 0.5 or ends == [row.low]
        at = (min(ends) if is_left else max(ends), row.Index + CLAIM)
        side = {"xytext": (-8, 0), "ha": "right"} if is_left else {"xytext": (8, 0), "ha": "left"}
        words = figures.amount(row._asdict()).split(" (")[0]
        axes.annotate(words, at, textcoords="offset points", va="center", fontsize=SMALL, weight="bold", **side)


def _others(some: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """What others said beside each claim of a panel: figures, with the `row` of the claim."""
    rows = some[["near"]].explode("near").dropna().rename_axis("row").reset_index()
    return rows.merge(known, left_on="near", right_on="id")


def _beside(some: pd.DataFrame) -> pd.Series:
    """Every number of the dead that is drawn below the claims of a panel."""
    if not some["quantity"].eq("killed").all():
        return pd.Series(dtype=float)
    columns = [
        "named_then",
        "listed",
        *comparison.NAMED_NOW.values(),
        *comparison.PROBATE.values(),
        *comparison.COVERAGE,
    ]
    return some[columns].astype(float).stack()


def _dead(axes: Axes, some: pd.DataFrame) -> None:
    now = some[list(comparison.NAMED_NOW.values())].set_axis(VALUES, axis=1)
    listed = pd.DataFrame({"low": float("nan"), "point": some["listed"], "high": float("nan")})
    registry = some[list(comparison.PROBATE.values())].set_axis(VALUES, axis=1)
    rule = some[comparison.COVERAGE].set_axis(["low", "high"], axis=1).assign(point=float("nan"))
    black = {"marker": "|", "s": 110, "lw": 1.8, "color": "black", "zorder": 4}
    axes.scatter(some["named_then"], some.index + BELOW, label="names published by that day", **black)
    _span(axes, now.where(now.notna().any(axis=1), listed), BELOW, "s", "black", "names to date", hollow=True)
    _span(axes, registry, BELOW, "D", "blue", "probate registry")
    _span(axes, rule.where(registry["point"].isna()), BELOW, "", "sky", "range by stated coverage")


def _span(
    axes: Axes, some: pd.DataFrame, place: float, mark: str, colour: str, name: str, *, size: float = 34,
    hollow: bool = False, row: pd.Series | None = None,
) -> None:  # fmt: skip
    """Marks with a bar from low to high, and an arrow for "more than" or "up to"; nothing where there is no number."""
    some = some[some[VALUES].notna().any(axis=1)]
    rows = (some.index.to_series() if row is None else row[some.index]) + place
    paint = COLOURS[colour]
    if some.empty:
        return
    if mark:
        face = {"facecolor": "white", "edgecolor": paint} if hollow else {"color": paint}
        axes.scatter(figures.middle(some), rows, marker=mark, s=size, zorder=3, label=name, **face)
    axes.hlines(
        rows, some["low"], some["high"], color=paint, lw=1.4 if mark else 4, zorder=2, label=None if mark else name
    )
    for end, other, sign in (("low", "high", 1), ("high", "low", -1)):
        alone = some["point"].isna() & some[other].isna()
        for value, at in zip(some.loc[alone, end], rows[alone], strict=True):
            axes.annotate("", (value, at), (14 * sign, 0), textcoords="offset points",
                          arrowprops={"arrowstyle": "<-", "color": paint, "shrinkA": 0, "shrinkB": 1})  # fmt: skip
