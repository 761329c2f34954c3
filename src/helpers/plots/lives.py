"""Lives per square kilometre: one line per count of the dead, one mark per measure of the area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.plots.layers import Look, draw_points
from helpers.plots.style import figure, legend_below

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

LOOKS = (Look("blue"), Look("vermilion", "s"), Look("green", "^"))
BESIDE = 0.9  # lives per square kilometre by which the arrow of a floor stands right of it


def lives_per_area(pairs: pd.DataFrame, *, stated: float | None, title: str) -> Figure:
    """The rows of `pairs` (`land.per_km2`): a mark at the published point, a bar from low to high, one below another.

    A range without a published point is a bar alone. Of a floor only the low end is drawn, with an arrow to the right.
    Counts that the audit finds contradicted are drawn hollow and named so. `stated`: a printed value, as a dashed line.
    """
    counts = list(dict.fromkeys(pairs["counts"]))
    names = {count: count for count in counts}
    names |= {count: f"{count}\n(contradicted)" for count in pairs.loc[pairs["contradicted"], "counts"]}
    areas = zip(pairs.groupby("by", sort=False)["km2"].first().items(), LOOKS, strict=False)
    looks = {area: look._replace(name=f"{area}: {km2:,.0f} km²") for (area, km2), look in areas}
    floor = pairs["point"].isna() & pairs["high"].isna()
    rows = pairs.assign(count=pairs["counts"].map(names), point=pairs["point"].where(~floor, pairs["low"]))
    drawn, axes = figure(title=title, width=7, height=1.7 + 0.45 * len(counts))
    where = {"at": "count", "group": "by", "order": list(names.values()), "sideways": True, "apart": True}
    draw_points(axes, rows, looks, hollow="contradicted", **where)
    arrows = {area: look._replace(mark=">", name="_") for area, look in looks.items()}
    draw_points(axes, rows[floor].assign(point=rows["low"] + BESIDE), arrows, **where)
    if stated is not None:
        axes.axvline(stated, color="black", ls="--", lw=1.4, label=f"as printed: {stated:g}")
    axes.set_xlabel("lives per square kilometre")
    axes.set_xlim(left=0)
    legend_below(drawn)
    return drawn
