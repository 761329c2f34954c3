"""Verdicts of the audit: one row a report, one mark a figure, by what became of it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple

from helpers.plots.style import COLOURS, SMALL, legend_below

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


class Look(NamedTuple):
    """How a verdict is drawn: mark, colour, and whether the mark is filled."""

    mark: str
    colour: str
    filled: bool


# shape and filling tell the verdicts apart without colour
LOOKS = {
    "reproduced": Look("o", "blue", True),
    "consistent": Look("o", "blue", False),
    "not reproduced": Look("s", "orange", False),
    "contradicted": Look("X", "vermilion", True),
    "not checkable": Look("D", "grey", False),
}


def draw_verdicts(axes: Axes, judged: pd.DataFrame, *, width: int = 34) -> None:
    """Draw the rows of `audit.seeds`: reports from above in the order of their day, their figures in the order of rows.

    Each mark has the number of its row in the input below it, by which the text names it, with an asterisk where the
    verdict rests on a premise. Titles are broken after `width` letters.
    """
    titles = sorted(judged["title"].unique(), reverse=True)
    rows = {title: place for place, title in enumerate(titles)}
    along = judged.groupby("title").cumcount() + 1
    for verdict, look in LOOKS.items():
        some = judged[judged["verdict"] == verdict]
        if some.empty:
            continue
        face = COLOURS[look.colour] if look.filled else "white"
        axes.scatter(along[some.index], some["title"].map(rows), marker=look.mark, s=95, facecolors=face,
                     edgecolors=COLOURS[look.colour], lw=1.8, zorder=3, label=f"{verdict} ({len(some)})")  # fmt: skip
    for place, (_, row) in zip(along, judged.iterrows(), strict=True):
        number = f"{row['row']}{'*' if row['premise'] else ''}"
        axes.text(place, rows[row["title"]] - 0.3, number, ha="center", va="center", fontsize=SMALL)
    axes.set_yticks(range(len(titles)), [textwrap.fill(title, width) for title in titles], fontsize=SMALL)
    axes.set_ylim(-0.6, len(titles) - 0.5)
    axes.set_xlim(0.3, max(along, default=1) + 0.7)
    axes.set_xticks([])
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)
    if (judged["premise"] != "").any():
        axes.plot([], [], ls="", marker=(6, 2, 0), color="black", label="rests on a premise")
    if len(judged):
        legend_below(axes.figure, columns=3)
