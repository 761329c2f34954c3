"""A tile map: one square per region, each with its code and its value."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from helpers.plots.style import SMALL, figure

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

SHADES = ("#f0f0ec", "#d3dbe0", "#a9c0d2", "#7398b8", "#3f6a94", "#143a63")
EDGE = "#8a8a8a"


def tile_map(table: pd.DataFrame, *, classes: list[float], title: str, unit: str, value: str = "point") -> Figure:
    """A map of `table` (one row per region: `iso`, `row`, `column` and `value`), a tile each, darker for more.

    `classes` are the lower bounds of the shades after the lightest, at most five, rising; `unit` says what a value
    counts. Shades of one hue that fall evenly in lightness, so that the map reads the same printed in grey.
    ValueError for a region without a value or for classes that do not rise.
    """
    _check(table, classes, value)
    drawn, axes = figure(title=title, width=7.4, height=5.6)
    for tile in table.to_dict("records"):
        _tile(
            axes, tile["column"], tile["row"], SHADES[sum(tile[value] >= c for c in classes)], tile["iso"], tile[value]
        )
    _legend(axes, classes, unit)
    axes.set(xlim=(0.5, table["column"].max() + 0.5), ylim=(table["row"].max() + 0.6, 0.4), aspect="equal")
    axes.axis("off")
    return drawn


def _check(table: pd.DataFrame, classes: list[float], value: str) -> None:
    if table[value].isna().any():
        missing = ", ".join(table.loc[table[value].isna(), "iso"])
        raise ValueError(f"no value in column {value} for {missing}: a tile map shows regions that have one")
    if len(classes) >= len(SHADES) or sorted(set(classes)) != list(classes):
        raise ValueError(f"classes are {classes}: allowed are at most {len(SHADES) - 1} bounds, each above the last")


def _tile(axes: object, x: float, y: float, shade: str, code: str, value: float) -> None:
    from matplotlib.patches import Rectangle

    ink = "white" if shade in SHADES[4:] else "black"
    axes.add_patch(Rectangle((x - 0.48, y - 0.48), 0.96, 0.96, facecolor=shade, edgecolor=EDGE, linewidth=0.4))
    axes.text(x, y - 0.2, code, ha="center", va="center", color=ink, fontsize=8 if len(code) > 3 else SMALL)
    axes.text(x, y + 0.21, _short(value), ha="center", va="center", color=ink, fontsize=SMALL, fontweight="bold")


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.2f}"


def _legend(axes: object, classes: list[float], unit: str) -> None:
    from matplotlib.patches import Patch

    bounds = [f"under {classes[0]:g}"]
    bounds += [f"{a:g} to {b:g}" for a, b in pairwise(classes)]
    bounds += [f"{classes[-1]:g} and more"]
    shades = SHADES[: len(bounds)]
    keys = [Patch(facecolor=s, edgecolor=EDGE, linewidth=0.4, label=b) for s, b in zip(shades, bounds, strict=True)]
    axes.legend(handles=keys, title=unit, loc="lower right", ncols=2, alignment="left", handlelength=1.4)
