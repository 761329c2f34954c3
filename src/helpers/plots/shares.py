"""Shares of a whole: stacked day by day with what is not stated, and one share through time with its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.plots.layers import Look, draw_points
from helpers.plots.style import COLOURS, SMALL, figure, legend_below, years

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# colour, that of the number inside, and hatch, in the order of the parts: no two look alike in grey
LOOKS = (("blue", "white", ""), ("orange", "black", ""), ("vermilion", "white", ""), ("sky", "black", ".."),
         ("grey", "white", "\\\\"))  # fmt: skip
LAST = {"facecolor": "white", "hatch": "/", "edgecolor": COLOURS["grey"]}
FLOOR = "printed as 'over': at least so many"


def stacked(parts: pd.DataFrame, *, order: Sequence[str], rest: str, title: str) -> Figure:
    """Each day of `parts` (columns `label`, `group`, `low`, `point`, `high`) as a bar of 100 percent, newest last.

    The parts stand in `order`, hatched at the end the `rest`. A thin bar at the end of each part runs over its bounds,
    where it was printed only roughly.
    """
    labels = list(dict.fromkeys(parts["label"]))
    drawn, axes = figure(title=title, height=0.3 * len(labels) + 1.7)
    left = dict.fromkeys(labels, 0.0)
    for group, look in [*zip(order, LOOKS, strict=False), (rest, None)]:
        some = parts[parts["group"] == group]
        if some.empty:
            continue
        kwargs = LAST if look is None else {"facecolor": COLOURS[look[0]], "edgecolor": "white", "hatch": look[2]}
        starts = [left[label] for label in some["label"]]
        places = [labels.index(label) for label in some["label"]]
        axes.barh(places, some["point"].astype(float), left=starts, height=0.78, label=group, linewidth=0.6, **kwargs)
        _inside(axes, some, starts, places, look)
        left |= {label: start + value for label, start, value in zip(some["label"], starts, some["point"], strict=True)}
    axes.set_yticks(range(len(labels)), labels)
    axes.set(xlabel="percent of the names on the list", xlim=(0, 100), ylim=(len(labels) - 0.4, -0.6))
    axes.grid(axis="y", visible=False)
    legend_below(drawn)
    return drawn


def _inside(axes: Axes, some: pd.DataFrame, starts: list[float], places: list[int], look: tuple | None) -> None:
    for start, place, row in zip(starts, places, some.itertuples(), strict=True):
        ink = "black" if look is None else look[1]
        face = "white" if look is None else COLOURS[look[0]]
        box = {"facecolor": face, "edgecolor": "none", "pad": 1} if look is None or look[2] else None
        middle = start + row.point / 2
        axes.text(middle, place, f"{row.point:.0f}", ha="center", va="center", color=ink, fontsize=SMALL, bbox=box)
        if look is not None and row.high > row.low:
            ends = [[start + row.low], [start + row.high]]
            axes.hlines(place, *ends, color="black", lw=1.4, zorder=4)


def through_time(series: Mapping[str, pd.DataFrame], *, title: str, unit: str) -> Figure:
    """Shares through time (name: rows with `until`, `low`, `point`, `high`), each with its interval.

    A row with only a low end ("over", "at least") is a hollow triangle upwards. Names stand at the newest mark.
    """
    drawn, axes = figure(title=title, height=4.4)
    looks = dict(zip(series, (Look("black"), Look("blue", "s"), Look("vermilion", "D")), strict=False))
    rows = pd.concat([table.sort_values("until").assign(series=name) for name, table in series.items()])
    floors = rows["point"].isna()
    rows = rows.assign(point=rows["point"].fillna(rows["low"]), series=rows["series"].mask(floors, FLOOR), floor=floors)
    draw_points(axes, rows, looks | {FLOOR: Look("black", "^")}, at="until", group="series", hollow="floor")
    for name, known in rows[~floors].groupby("series"):
        for row in (known.iloc[0], known.iloc[-1]):
            axes.annotate(f"{row['point']:.1f}%", (row["until"], row["high"]), xytext=(0, 6),
                          textcoords="offset points", ha="center", color=COLOURS[looks[name].colour])  # fmt: skip
    axes.set(ylabel=unit, ylim=(0, 1.12 * axes.get_ylim()[1]))
    axes.margins(x=0.06)
    years(axes)
    legend_below(drawn)
    return drawn
