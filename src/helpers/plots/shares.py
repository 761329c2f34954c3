"""Shares of a whole: stacked day by day with what is not stated, and one share through time with its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.plots.style import COLOURS, figure, years

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# colour and that of the number inside, in the order of the parts: neighbours differ in grey, too
LOOKS = (("blue", "white"), ("orange", "black"), ("vermilion", "white"), ("sky", "black"), ("grey", "white"))
LAST = {"facecolor": "white", "hatch": "/", "edgecolor": COLOURS["grey"]}


def stacked(parts: pd.DataFrame, *, order: Sequence[str], rest: str, title: str) -> Figure:
    """Each day of `parts` (columns `label`, `group`, `low`, `point`, `high`) as a bar of 100 percent, newest last.

    The parts stand in `order`, hatched at the end the `rest`. A thin bar at the end of each part runs over its bounds,
    where it was printed only roughly.
    """
    labels = list(dict.fromkeys(parts["label"]))
    drawn, axes = figure(height=0.3 * len(labels) + 1.7)
    left = dict.fromkeys(labels, 0.0)
    for group, look in [*zip(order, LOOKS, strict=False), (rest, None)]:
        some = parts[parts["group"] == group]
        if some.empty:
            continue
        kwargs = LAST if look is None else {"facecolor": COLOURS[look[0]], "edgecolor": "white"}
        starts = [left[label] for label in some["label"]]
        places = [labels.index(label) for label in some["label"]]
        axes.barh(places, some["point"].astype(float), left=starts, height=0.78, label=group, linewidth=0.6, **kwargs)
        _inside(axes, some, starts, places, look)
        left |= {label: start + value for label, start, value in zip(some["label"], starts, some["point"], strict=True)}
    axes.set_yticks(range(len(labels)), labels, fontsize=9.5)
    axes.set(title=title, xlabel="percent of the names on the list", xlim=(0, 100), ylim=(len(labels) - 0.4, -0.6))
    axes.grid(axis="y", visible=False)
    drawn.legend(loc="outside lower left", ncols=3, fontsize=9.5)
    return drawn


def _inside(axes: Axes, some: pd.DataFrame, starts: list[float], places: list[int], look: tuple | None) -> None:
    for start, place, row in zip(starts, places, some.itertuples(), strict=True):
        ink = "black" if look is None else look[1]
        box = {"facecolor": "white", "edgecolor": "none", "pad": 1} if look is None else None
        middle = start + row.point / 2
        axes.text(middle, place, f"{row.point:.0f}", ha="center", va="center", color=ink, fontsize=9, bbox=box)
        if look is not None and row.high > row.low:
            ends = [[start + row.low], [start + row.high]]
            axes.hlines(place, *ends, color="black", lw=1.4, zorder=4)


def through_time(series: Mapping[str, pd.DataFrame], *, title: str, unit: str) -> Figure:
    """Shares through time (name: rows with `until`, `low`, `point`, `high`), each with its interval.

    A row with only a low end ("over", "at least") is a hollow triangle upwards. Names stand at the newest mark.
    """
    drawn, axes = figure(height=4.2)
    looks = (("black", "o"), ("blue", "s"), ("vermilion", "D"))
    for (name, rows), (hue, marker) in zip(series.items(), looks, strict=False):
        known, floors = rows[rows["point"].notna()].sort_values("until"), rows[rows["point"].isna()]
        spread = [known["point"] - known["low"], known["high"] - known["point"]]
        axes.errorbar(known["until"], known["point"], yerr=spread, fmt=marker, color=COLOURS[hue], capsize=3,
                      ms=5, lw=1, ls="none", label=name)  # fmt: skip
        axes.plot(floors["until"], floors["low"], "^", mec=COLOURS[hue], mfc="white", ms=7, ls="none",
                  label="printed as 'over': at least so many" if len(floors) else None)  # fmt: skip
        for row in [known.iloc[0], known.iloc[-1]] if len(known) else ():
            axes.annotate(f"{row['point']:.1f} %", (row["until"], row["high"]), xytext=(0, 6),
                          textcoords="offset points", ha="center", color=COLOURS[hue])  # fmt: skip
    axes.set(title=title, ylabel=unit)
    axes.set_ylim(0, 1.12 * axes.get_ylim()[1])
    axes.margins(x=0.06)
    axes.legend(loc="upper right", fontsize=9.5)
    years(axes)
    return drawn
