"""Who speaks when: one line a claimant, one mark a claim, on the day on which it became known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.plots.style import COLOURS, legend_below, years

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MARKS = {
    "named": ("o", "blue", "names"),
    "killed": ("v", "vermilion", "killed"),
    "killed_and_wounded": ("s", "purple", "killed and wounded"),
}
OTHER = ("|", "grey", "anything else")


def draw_timeline(axes: Axes, told: pd.DataFrame, *, claimants: int = 14) -> list[str]:
    """Draw the claims of the `claimants` who made most, the first of them on top; returns their names."""
    first = told.groupby("who")["published"].agg(["size", "min"]).nlargest(claimants, "size").sort_values("min")
    rows = {who: row for row, who in enumerate(reversed(first.index))}
    drawn = told[told["who"].isin(rows)]
    kinds = drawn["quantity"].where(drawn["quantity"].isin(MARKS))
    for quantity, (mark, colour, name) in {**MARKS, None: OTHER}.items():
        some = drawn[kinds.isna() if quantity is None else kinds.eq(quantity)]
        axes.scatter(some["published"], some["who"].map(rows), marker=mark, s=30, color=COLOURS[colour], label=name,
                     alpha=0.85, lw=0.8)  # fmt: skip
    axes.set_yticks(list(rows.values()), [who.split(" (")[0] for who in rows])
    years(axes)
    axes.set_xlabel("day on which the claim became known")
    legend_below(axes.figure)
    return list(first.index)
