"""Statistical layers on linear axes, drawn by seaborn: groups of points with given intervals, lines with bands.

A value and its interval are layers of their own: seaborn leaves out every row that lacks something its layer asks for,
and would drop a point without an interval, or a range without a point, in silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from helpers.plots.style import COLOURS, seaborn

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from types import ModuleType

    import pandas as pd
    from matplotlib.axes import Axes
    from seaborn.objects import Nominal, Plot

VALUES = ["low", "point", "high"]
LINEAR = {"linear", "function"}  # what seaborn makes of a linear axis is called by the second name


class Look(NamedTuple):
    """How a group is drawn: colour (a key of `COLOURS`), mark, line; and its name, where that is not its key.

    Without a mark (""), bars are thick and lines plain.
    """

    colour: str
    mark: str = "o"
    line: str = "-"
    name: str = ""


def draw_points(
    axes: Axes,
    rows: pd.DataFrame,
    looks: Mapping[str, Look],
    *,
    at: str,
    group: str,
    order: Sequence[str] | None = None,
    sideways: bool = False,
    apart: bool = False,
    hollow: str = "",
) -> None:
    """Draw each of `rows` as a mark at `point` and a bar from `low` to `high`, at its place `at`; any may be missing.

    `looks`: how each group is drawn, and its name for a legend. `order`: places that are names, from the left or from
    above. `sideways`: the bars lie. `apart`: groups at one place stand side by side. `hollow`: a column that is true
    where marks are hollow. ValueError where an axis is logarithmic.
    """
    if rows.empty:
        return
    objects = _objects(axes)
    place, value = ("y", "x") if sideways else ("x", "y")
    move = [objects.Dodge(by=["color"])] if apart else []
    how = {"orient": place, "legend": False}
    bar = objects.Range(artist_kws={"zorder": 2.5})
    mark = objects.Dot(pointsize=6.5, stroke=1.5, artist_kws={"zorder": 3})
    rows = _typed(rows).assign(filled=~rows[hollow].astype(bool).array if hollow else True)
    plot = objects.Plot(rows, **{place: at}, color=group)
    plot = plot.add(bar, *move, **{f"{value}min": "low", f"{value}max": "high"}, linewidth=group, **how)
    plot = plot.add(mark, *move, **{value: "point"}, marker=group, fill="filled", **how)
    if order is not None:
        plot = plot.scale(**{place: objects.Nominal(order=list(order))})
    _plot(axes, plot.scale(fill=objects.Boolean({True: True, False: False})), looks)
    _whiten(axes)
    for key, look in looks.items():
        mark = {"marker": look.mark, "ms": 6.5} if look.mark else {"marker": "|", "ms": 12, "mew": _width(look)}
        is_hollow = bool(hollow) and rows.loc[rows[group] == key, hollow].all()
        _name(axes, look, key, rows[group], ls="", **mark, **({"mfc": "white", "mew": 1.5} if is_hollow else {}))


def draw_lines(
    axes: Axes,
    rows: pd.DataFrame,
    looks: Mapping[str, Look],
    *,
    at: str,
    group: str,
    banded: Collection[str] | None = None,
) -> None:
    """Draw a line through `point` of each group of `rows` along `at`, with a band from `low` to `high`.

    Line and band are broken where a value is missing. Groups that are not `banded` (None: all are) have thin lines for
    their bounds: bands on bands cannot be told apart.
    ValueError where an axis is logarithmic.
    """
    if rows.empty:
        return
    objects = _objects(axes)
    rows = _typed(rows).sort_values([group, at], ignore_index=True)
    has_band = rows[group].isin(looks if banded is None else banded)
    # seaborn's band would bridge what is missing: each stretch between gaps is one of its own
    band = {"ymin": rows["low"].where(has_band), "ymax": rows["high"].where(has_band), "stretch": rows["low"].isna()}
    rows = rows.assign(**band, low=rows["low"].mask(has_band), high=rows["high"].mask(has_band))
    rows["stretch"] = rows["stretch"].cumsum()
    plot = objects.Plot(rows, x=at, color=group, linestyle=group)
    plot = plot.add(objects.Band(alpha=0.2), ymin="ymin", ymax="ymax", group="stretch", legend=False)
    for bound in ("low", "high"):
        plot = plot.add(objects.Path(linewidth=0.7), y=bound, legend=False)
    plot = plot.add(objects.Path(linewidth=1.8, pointsize=4.5), y="point", marker=group, legend=False)
    _plot(axes, plot, looks)
    for key, look in looks.items():
        _name(axes, look, key, rows[group], lw=1.8, ls=look.line, marker=look.mark, ms=4.5)


def _objects(axes: Axes) -> ModuleType:
    """seaborn's objects, for `axes` that they draw rightly."""
    if not {axes.get_xscale(), axes.get_yscale()} <= LINEAR:
        raise ValueError("the axis is logarithmic: there seaborn misdraws intervals, draw them with matplotlib")
    seaborn()
    import seaborn.objects as objects

    return objects


def _typed(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with the types that seaborn asks for, which a table joined to one without rows has lost."""
    numbers = rows[VALUES].astype("Float64").astype(float)
    return rows.assign(**numbers).infer_objects().reset_index(drop=True)


def _plot(axes: Axes, plot: Plot, looks: Mapping[str, Look]) -> None:
    """Draw `plot` on `axes`, whose labels stay, with the `looks` of its groups."""
    labels = {"xlabel": axes.get_xlabel(), "ylabel": axes.get_ylabel()}
    plot.scale(
        color=_scale({group: COLOURS[look.colour] for group, look in looks.items()}),
        marker=_scale({group: look.mark for group, look in looks.items()}),
        linestyle=_scale({group: look.line for group, look in looks.items()}),
        linewidth=_scale({group: _width(look) for group, look in looks.items()}),
    ).on(axes).plot()
    axes.set(**labels)


def _scale(values: dict[str, object]) -> Nominal:
    from seaborn.objects import Nominal

    return Nominal(values, order=list(values))


def _whiten(axes: Axes) -> None:
    """Fill hollow marks with white, or the bar behind them would show through."""
    for marks in axes.collections:
        faces = marks.get_facecolor()
        faces[faces[:, 3] == 0] = 1
        marks.set_facecolor(faces)


def _width(look: Look) -> float:
    return 1.6 if look.mark else 6


def _name(axes: Axes, look: Look, key: str, groups: pd.Series, **style: object) -> None:
    """Let a legend of `axes` name the group `key`, if it is one of `groups`."""
    from matplotlib.lines import Line2D

    if groups.eq(key).any():
        axes.add_line(Line2D([], [], color=COLOURS[look.colour], label=look.name or key, **style))
