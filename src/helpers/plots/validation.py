"""How often intervals held a known truth, and how far estimates lay from it, by setting and method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.plots.style import COLOURS, figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LOOKS = (("o", "blue"), ("s", "vermilion"), ("^", "green"), ("D", "black"), ("v", "purple"))
SURE = 3  # Monte Carlo errors either way
FARTHEST = 0.6  # a bias beyond is drawn at the edge, as an arrow


def coverage_and_bias(table: pd.DataFrame, *, methods: Sequence[str], title: str) -> Figure:
    """Coverage of the nominal 95 % on the left, bias on the right; one line per row of `setting`, one mark per method.

    `table`: rows of `validation.summary`, of one family or several; `methods`: at most five of them, drawn in this
    order. Bars are three Monte Carlo errors either way. Hollow marks: the setting breaks what the method assumes. A
    bias beyond 60 % is an arrow at the edge.
    """
    rows = table[table["method"].isin(methods)]
    names = list(dict.fromkeys(rows["setting"]))
    height = 1.6 + len(names) * (0.16 + 0.16 * len(methods))
    drawn, (left, right) = figure(1, width=8, height=height, ncols=2, sharey=True, width_ratios=(3, 2))
    for place, method in enumerate(methods):
        shift = (place - (len(methods) - 1) / 2) * 0.8 / max(len(methods), 1)
        some = rows[rows["method"] == method]
        at = [names.index(name) + shift for name in some["setting"]]
        _marks(left, some, at, LOOKS[place], "coverage", method)
        _marks(right, some, at, LOOKS[place], "bias", method)
    left.axvline(95, color="black", lw=1.2, ls="--")
    right.axvline(0, color="black", lw=1.2, ls="--")
    left.set(xlim=(-3, 103), xlabel="intervals that hold the truth, %\n(dashed: promised)")
    right.set(xlim=(-100 * FARTHEST - 4, 100 * FARTHEST + 4), xlabel="mean error of the estimate,\n% of the truth")
    left.set_yticks(range(len(names)), [_folded(name) for name in names])
    left.set_ylim(len(names) - 0.4, -0.6)
    for axes in (left, right):
        axes.hlines([n + 0.5 for n in range(len(names) - 1)], *axes.get_xlim(), color=COLOURS["grey"], lw=0.4)
        axes.grid(axis="y", visible=False)
    drawn.legend(
        *left.get_legend_handles_labels(), loc="outside lower center", ncols=min(len(methods), 3), fontsize=9.5
    )
    drawn.suptitle(title, fontweight="bold", fontsize=12, x=0.01, ha="left")
    return drawn


def _marks(axes: Axes, rows: pd.DataFrame, at: Sequence[float], look: tuple[str, str], column: str, label: str) -> None:
    mark, colour = look[0], COLOURS[look[1]]
    axes.plot([], [], mark, color=colour, ls="none", label=label)
    value, error = 100 * rows[column], 100 * SURE * rows[f"{column}_error"]
    edge = 100 * FARTHEST
    near = value.abs() <= edge if column == "bias" else value.notna()
    axes.hlines(at, (value - error).clip(-edge, None), value + error, color=colour, lw=1.3)
    for kept in ("yes", "no"):
        some = (near & rows["keeps"].eq(kept)).to_numpy()
        axes.plot(value[some], [y for y, on in zip(at, some, strict=True) if on], mark, color=colour, ms=6, mew=1.3,
                  mfc=colour if kept == "yes" else "white", ls="none")  # fmt: skip
    for y, x, on in zip(at, value, near, strict=True):
        if not on:
            axes.annotate("", (edge + 3 if x > 0 else -edge - 3, y), (0.85 * edge * (1 if x > 0 else -1), y),
                          arrowprops={"arrowstyle": "-|>", "color": colour})  # fmt: skip


def _folded(name: str, width: int = 34) -> str:
    import textwrap

    return textwrap.fill(name, width)
