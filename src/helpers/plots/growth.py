"""A total that grows: what was printed on which day, with labelled milestones, breaks and what is set aside."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from helpers.plots.style import COLOURS, SMALL, figure, thousands, years

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# room above the totals for the words of one number set aside, as a share of their height
WORDS = 0.15
TWO_YEARS = 730  # days; shorter spans are marked by month
WHITE = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}


def growth(
    totals: pd.DataFrame,
    *,
    labelled: pd.DataFrame,
    breaks: pd.DataFrame,
    set_aside: pd.DataFrame,
    title: str,
    unit: str,
) -> Figure:
    """The printed `totals` over time (columns `until`, `until_precision`, `point`): dots joined by a line.

    A total of which only the month or the year is known is a bar as wide as that, beside the line.
    Rows of `labelled` (`until`, `point`, `label`) are diamonds with their label; rows of `breaks` (`since`, `until`,
    `says`) are shaded spans in which the source changed; rows of `set_aside` (`since`, `until`, `names`, `says`) are
    hollow, in the middle of their span, and joined to nothing; their words stand above all totals, the newest highest.
    Any of the three may have no rows.
    """
    drawn, axes = figure(title=title, height=5)
    on_a_day = totals[totals["until_precision"] == "day"]
    axes.plot(on_a_day["until"], on_a_day["point"], "-o", color=COLOURS["blue"], ms=3.5, lw=1.4, zorder=3)
    rough = totals[totals["until_precision"] != "day"]
    axes.hlines(rough["point"], _first_day(rough), rough["until"], color=COLOURS["blue"], lw=2.5, zorder=3)
    _milestones(axes, labelled)
    for place, row in enumerate(breaks.itertuples()):
        axes.axvspan(row.since, row.until, facecolor=COLOURS["orange"], alpha=0.6, lw=0)
        _note(axes, row.says, row.since, 0.56 - 0.15 * place)
    _set_aside(axes, set_aside)
    axes.set_ylabel(unit)
    axes.set_ylim(0, axes.get_ylim()[1] * (1.05 + WORDS * len(set_aside)))
    thousands(axes.yaxis)
    left, right = axes.get_xlim()
    if right - left > TWO_YEARS:
        years(axes)
    return drawn


def _set_aside(axes: Axes, rows: pd.DataFrame) -> None:
    """Hollow marks, and above them their words: each ends over its mark, with a line down to it."""
    for place, row in enumerate(rows.sort_values("since", ascending=False).itertuples()):
        middle, height = row.since + (row.until - row.since) / 2, 0.985 - place * WORDS / (1.05 + WORDS * len(rows))
        axes.plot(middle, row.names, "o", mfc="white", mec=COLOURS["vermilion"], mew=1.8, ms=9)
        line = {"arrowstyle": "-", "color": COLOURS["vermilion"], "relpos": (1, 0), "shrinkB": 5}
        axes.annotate(fill(f"{row.names:,} {row.says}", 58), (middle, row.names), xytext=(middle, height),
                      textcoords=("data", "axes fraction"), ha="right", va="top", fontsize=SMALL, bbox=WHITE,
                      arrowprops=line)  # fmt: skip


def _first_day(rough: pd.DataFrame) -> list[pd.Timestamp]:
    spans = zip(rough["until"], rough["until_precision"], strict=True)
    return [until.replace(day=1, month=until.month if precision == "month" else 1) for until, precision in spans]


def _milestones(axes: Axes, labelled: pd.DataFrame) -> None:
    """Diamonds with labels, from the last back by turns above and below the line, so that neighbours keep apart."""
    rows = list(labelled.sort_values("until").itertuples())
    for left, row in enumerate(reversed(rows)):
        is_first, above = left == len(rows) - 1, left % 2 == 0
        place = {"xytext": (-2, 12), "ha": "left"} if is_first else {"xytext": (-5, 7), "ha": "right"}
        if not (is_first or above):
            place = {"xytext": (9, -4), "ha": "left", "va": "top"}
        axes.plot(row.until, row.point, "D", color="black", ms=6, zorder=4)
        axes.annotate(row.label, (row.until, row.point), textcoords="offset points", fontsize=SMALL, **place)


def _note(axes: Axes, words: str, day: pd.Timestamp, height: float) -> None:
    """Words at the left, where a growing total leaves room, with a line to the span that they tell of."""
    line = {"arrowstyle": "-", "color": COLOURS["orange"], "relpos": (1, 0.5)}
    axes.annotate(fill(words, 27), (day, height), xycoords=("data", "axes fraction"), xytext=(0.03, height),
                  textcoords="axes fraction", va="center", fontsize=SMALL, bbox=WHITE, arrowprops=line)  # fmt: skip
