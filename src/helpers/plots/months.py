"""Records by calendar month: one line a kind of day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.plots.style import COLOURS, figure, thousands

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LOOKS = (
    {"color": COLOURS["black"], "linestyle": "-", "marker": "o"},
    {"color": COLOURS["vermilion"], "linestyle": "--", "marker": "s"},
)


def months(series: Mapping[str, pd.DataFrame], *, title: str) -> Figure:
    """One line for each of `series` (name: columns `month`, YYYY-MM, and `records`), its name beside its highest month.

    A month whose count is hidden (missing) has no mark; rows that are not months, such as "not stated", are left to
    the text around the picture.
    """
    drawn, axes = figure(title=title, height=4.2)
    spans: list[str] = []
    for (name, table), look in zip(series.items(), LOOKS[: len(series)], strict=True):
        dated = table[table["month"].str.fullmatch(r"\d{4}-\d{2}")]
        spans += [*dated["month"]]
        days = pd.to_datetime(dated["month"], format="%Y-%m")
        counts = dated["records"].astype("Float64").to_numpy(float, na_value=float("nan"))
        axes.plot(days, counts, markersize=5, **look)
        _name(axes, name, days.iloc[int(pd.Series(counts).idxmax())], pd.Series(counts).max(), look["color"])
    axes.set_ylim(0, 1.18 * axes.get_ylim()[1])
    first, last = (month.strftime("%B %Y") for month in pd.to_datetime([min(spans), max(spans)], format="%Y-%m"))
    axes.set(ylabel="records a month", xlabel=f"{first} to {last}")
    thousands(axes.yaxis)
    _ticks(axes)
    return drawn


def _name(axes: Axes, name: str, day: pd.Timestamp, count: float, colour: str) -> None:
    left, right = axes.get_xlim()
    late = axes.convert_xunits(day) > (left + right) / 2
    axes.annotate(f"{name}: {count:,.0f} in {day:%B %Y}", (day, count), xytext=(0, 9), textcoords="offset points",
                  ha="right" if late else "left", color=colour)  # fmt: skip


def _ticks(axes: Axes) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    place = AutoDateLocator(minticks=4, maxticks=12)
    axes.xaxis.set_major_locator(place)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(place))
