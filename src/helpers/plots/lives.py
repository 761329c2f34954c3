"""Lives per square kilometre: one line per count of the dead, one mark per measure of the area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.plots.style import COLOURS, figure

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

MARKS = (("o", "blue"), ("s", "vermilion"), ("^", "green"))


def lives_per_area(pairs: pd.DataFrame, *, stated: float | None, title: str) -> Figure:
    """The rows of `pairs` (`land.per_km2`): a mark at the published point, a line from low to high, one below another.

    A range without a published point is a line with a bar at each end. Of a floor only the low end is drawn, with an
    arrow to the right. Counts that the audit finds contradicted are drawn hollow and named so. `stated`: a printed
    value, as a dashed line.
    """
    counts = list(dict.fromkeys(pairs["counts"]))
    areas = list(dict.fromkeys(pairs["by"]))
    drawn, axes = figure(width=7.8, height=1.5 + 0.42 * len(counts))
    for number, (area, (mark, colour)) in enumerate(zip(areas, MARKS, strict=False)):
        some = pairs[pairs["by"] == area]
        at = some["counts"].map(counts.index) + 0.26 * (number - (len(areas) - 1) / 2)
        paint = COLOURS[colour]
        axes.hlines(at, some["low"], some["high"], color=paint, lw=1.8)
        floor = some["point"].isna() & some["high"].isna()
        value = some["point"].where(~floor, some["low"])
        for doubted, face in ((False, paint), (True, "white")):
            shown = some["contradicted"] == doubted
            axes.plot(value[shown], at[shown], mark, color=face, mec="black" if not doubted else paint, mew=0.8, ms=6.5,
                      label=None if doubted else f"{area}: {some['km2'].iloc[0]:,.0f} km²")  # fmt: skip
        ranged = some["point"].isna() & ~floor
        for end in ("low", "high"):
            axes.plot(some[end][ranged], at[ranged], "|", color=paint, ms=9, mew=1.8)
        axes.plot(some["low"][floor] + 0.9, at[floor], marker=5, ls="", color=paint, ms=7)
    if stated is not None:
        axes.axvline(stated, color="black", ls="--", lw=1.4, label=f"as printed: {stated:g}")
    doubted = set(pairs.loc[pairs["contradicted"], "counts"])
    axes.set_yticks(range(len(counts)), [f"{c}\n(contradicted)" if c in doubted else c for c in counts])
    axes.set(ylim=(len(counts) - 0.4, -0.6), xlabel="lives per square kilometre")
    axes.set_xlim(left=0)
    axes.grid(axis="y", visible=False)
    drawn.suptitle(title, x=0.01, ha="left", fontsize=12, fontweight="bold")
    drawn.legend(*axes.get_legend_handles_labels(), loc="outside lower left", ncols=2, fontsize=9.5)
    return drawn
