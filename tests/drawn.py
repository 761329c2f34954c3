"""What a picture shows, read back from its artists, whether seaborn or matplotlib drew them."""

from __future__ import annotations

import datetime

import numpy as np
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.dates import date2num
from matplotlib.patches import Polygon, Rectangle, StepPatch


def day(text):
    """A day as axes count it."""
    return float(date2num(datetime.datetime.fromisoformat(text)))


def numbers(axis, values):
    return np.asarray(axis.convert_units(values), float)


def number(value):
    return round(float(value), 6)


def _marked_lines(axes):
    return [line for line in axes.lines if line.get_marker() not in ("None", "", " ", None) and len(line.get_xdata())]


def marks(axes, *, hollow=None):
    """Every mark as (x, y), from left to right; `hollow`: only those that are white inside, or only the others."""
    found = []
    for line in _marked_lines(axes):
        white = line.get_markerfacecolor() in ("white", "w", (1, 1, 1), (1, 1, 1, 1))
        places = zip(numbers(axes.xaxis, line.get_xdata()), numbers(axes.yaxis, line.get_ydata()), strict=True)
        found += [(x, y, white) for x, y in places]
    for dots in axes.collections:
        if isinstance(dots, PathCollection):
            faces = np.broadcast_to(dots.get_facecolor(), (len(dots.get_offsets()), 4))
            found += [(x, y, bool((face == 1).all())) for (x, y), face in zip(dots.get_offsets(), faces, strict=True)]
    return sorted((number(x), number(y)) for x, y, white in found if x == x and y == y and hollow in (None, white))


def ranges(axes, *, sideways=False):
    """Every bar between two ends as (place, low, high), from left to right or from above."""
    found = [one for lines in axes.collections if isinstance(lines, LineCollection) for one in lines.get_segments()]
    along, across = (0, 1) if sideways else (1, 0)
    bars = [one for one in found if len(one) == 2 and one[0][across] == one[1][across]]
    ends = [(one[0][across], *sorted((one[0][along], one[1][along]))) for one in bars if not np.isnan(one).any()]
    return sorted(tuple(number(value) for value in bar) for bar in ends)


def lines(axes):
    """The heights of every line of two points or more; gaps are None."""
    drawn = [numbers(axes.yaxis, line.get_ydata()) for line in axes.lines if line.get_linestyle() not in ("None", "")]
    seen = [heights for heights in drawn if len(heights) > 1 and not np.isnan(heights).all()]
    return [[None if np.isnan(y) else number(y) for y in heights] for heights in seen]


def bands(axes):
    """Every shaded band as its lowest and highest end at each place, from left to right."""
    found = [
        path.vertices for shade in axes.collections if isinstance(shade, PolyCollection) for path in shade.get_paths()
    ]
    found += [shade.get_xy() for shade in axes.patches if type(shade) is Polygon]
    return [[(number(x), *(number(end(corners[corners[:, 0] == x, 1])) for end in (min, max)))
             for x in np.unique(corners[:, 0])] for corners in found]  # fmt: skip


def boxes(axes):
    """Every bar, span and tile as (x, y, width, height)."""
    found = [(box.get_x(), box.get_y(), box.get_width(), box.get_height())
             for box in axes.patches if isinstance(box, Rectangle)]  # fmt: skip
    return [tuple(number(value) for value in box) for box in found]


def steps(axes):
    """The heights of every stepped line."""
    return [patch.get_data().values.tolist() for patch in axes.patches if isinstance(patch, StepPatch)]


def texts(axes):
    """The words on `axes`: notes and names of marks."""
    return [text.get_text() for text in axes.texts if text.get_text()]


def named(figure):
    """The names in the legends of `figure`."""
    inside = [axes.get_legend() for axes in figure.axes if axes.get_legend()]
    return [text.get_text() for legend in [*figure.legends, *inside] for text in legend.get_texts()]
