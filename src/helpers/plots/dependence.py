"""What dependence between lists does to an estimate, on invented lists whose truth is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.plots.style import COLOURS, figure, legend_below

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

LOOKS = (("o", "-", "vermilion"), ("s", "--", "blue"), ("^", "-.", "green"), ("D", ":", "black"))


def dependence(table: pd.DataFrame, *, title: str) -> Figure:
    """Estimates as a share of the truth, by the odds ratio that ties two lists; one line per `method`.

    `table`: one row per method and odds ratio, with `method`, `odds_ratio`, and `low`, `point`, `high` (shares of the
    truth, between which 95 % of the invented wars lie).
    """
    drawn, axes = figure(title=title, height=5)
    axes.axhline(100, color="black", lw=1.2)
    for place, ((mark, line, colour), (method, rows)) in enumerate(
        zip(LOOKS, table.groupby("method", sort=False), strict=False)
    ):
        # side by side, so that no interval hides another
        at = rows["odds_ratio"] * 1.05 ** (place - 1)
        error = [100 * (rows["point"] - rows["low"]), 100 * (rows["high"] - rows["point"])]
        axes.errorbar(at, 100 * rows["point"], yerr=error, fmt=mark + line, color=COLOURS[colour], ms=5.5,
                      lw=1.4, label=method)  # fmt: skip
    axes.set_xscale("log", base=2)
    axes.set_xticks(sorted(table["odds_ratio"].unique()), minor=False)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}" if value >= 1 else f"1/{1 / value:g}")
    axes.set(ylabel="estimate, % of the truth",
             xlabel="odds ratio of two lists\n(1: independent; above: they meet the same people)")  # fmt: skip
    legend_below(drawn)
    return drawn
