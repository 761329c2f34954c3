"""Who copies whom: claimants at the left, those who repeat them at the right, an arrow for each pair."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from helpers.plots.style import COLOURS, SMALL, figure, legend_below

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LEFT, RIGHT = 0.36, 0.64
LOOKS = {
    "copy": ("-", "blue", "copies, or computes from"), "own": ("--", "grey", "from an own earlier claim"),
    "stream": (":", "vermilion", "one stream by its numbers, no copy known"),
}  # fmt: skip


def copies(pairs: pd.DataFrame, *, title: str) -> Figure:
    """The `pairs` of `dependence.copied` as arrows from source to copy, with the number of claims where above one.

    Lines widen with that number. One's own later sums are dashed; where the two are one stream, but none is known to
    copy the other, the arrow is dotted.
    """
    sources, others = (list(dict.fromkeys(pairs.sort_values("source")[name])) for name in ("source", "who"))
    rows = max(len(sources), len(others))
    drawn, axes = figure(title=title, width=8, height=1.2 + 0.5 * rows)
    left, right = (_places(names, rows) for names in (sources, others))
    for names, x, side in ((left, LEFT, "right"), (right, RIGHT, "left")):
        for name, y in names.items():
            axes.text(x, y, fill(name, 38), ha=side, va="center", fontsize=SMALL, linespacing=1.0)
    for pair in pairs.itertuples():
        kind = "stream" if pair.by == "stream" else "own" if pair.source == pair.who else "copy"
        _arrow(axes, left[pair.source], right[pair.who], pair.claims, kind)
    for style, name, words in LOOKS.values():
        axes.plot([], [], ls=style, color=COLOURS[name], lw=2, label=words)
    legend_below(drawn, columns=1)
    axes.text(LEFT, -0.8, "said first by", ha="right", fontweight="bold")
    axes.text(RIGHT, -0.8, "repeated, or computed from it, by", ha="left", fontweight="bold")
    axes.set(xlim=(0, 1), ylim=(rows - 0.4, -1.2))
    axes.set_axis_off()
    return drawn


def _places(names: list[str], rows: int) -> dict[str, float]:
    return {name: (number + 0.5) * rows / len(names) - 0.5 for number, name in enumerate(names)}


def _arrow(axes: Axes, start: float, end: float, count: int, kind: str) -> None:
    style, name = LOOKS[kind][:2]
    look = {"arrowstyle": "->", "lw": min(1 + 0.25 * count, 4), "ls": style}
    colour = COLOURS[name]
    begin, finish = (LEFT + 0.01, start), (RIGHT - 0.01, end)
    axes.annotate("", finish, begin, arrowprops=look | {"color": colour, "shrinkA": 0, "shrinkB": 0})
    if count > 1:
        # near the tip, where arrows stand apart
        place = (begin[0] + 0.8 * (finish[0] - begin[0]), start + 0.8 * (end - start))
        axes.annotate(str(count), place, fontsize=SMALL, ha="center", va="center",
                      bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})  # fmt: skip
