"""What a list leaves out: one bar a column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.plots.style import COLOURS, figure

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


def missing_bars(table: pd.DataFrame, *, title: str) -> Figure:
    """The share missing of each row of `table` (columns: `lists.profile.missing`), largest first, counts beside."""
    ranked = table.sort_values("missing_share", kind="stable")
    drawn, axes = figure(title=title, height=1.1 + 0.34 * len(ranked))
    whole = ranked["filled"] == 0
    labels = ranked["column"].str.replace("_", " ")
    axes.barh(labels[~whole], ranked["missing_share"][~whole], color=COLOURS["blue"])
    axes.barh(labels[whole], ranked["missing_share"][whole], color="white", edgecolor=COLOURS["grey"], hatch="//")
    for place, (_, row) in enumerate(ranked.iterrows()):
        words = _words(row["filled"], row["missing"], row["missing_share"])
        inside = row["missing_share"] > 80
        box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5} if inside else None
        axes.text(row["missing_share"] + (-1 if inside else 1), place, words, va="center", bbox=box,
                  ha="right" if inside else "left")  # fmt: skip
    axes.set(xlim=(0, 100), xlabel="records without it, per cent of all records")
    axes.set_ylim(-0.6, len(ranked) - 0.4)
    axes.grid(axis="y", visible=False)
    return drawn


def _words(filled: int, missing: int, share: float) -> str:
    if filled == 0:
        return "not on this list"
    return "none" if missing == 0 else f"{missing:,} ({'under 1' if share < 0.5 else f'{share:.0f}'}%)"
