"""How every picture looks, and how it enters a notebook: with words for those who cannot see it.

One theme holds for all. `figure` sets it for matplotlib, `seaborn` hands the same settings to seaborn, which is
imported when the first picture needs it (it costs a second). Which of the two draws what:

- `layers` (seaborn): groups of points with given intervals, and lines with bands, on linear axes;
- matplotlib: logarithmic axes, where seaborn 0.13.2 misdraws given intervals (tests/test_plots_layers.py shows it), and
  what is no statistical plot: maps, arrows, steps, bars that start where another ends.
"""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

    import numpy as np
    import PIL.Image
    from IPython.display import Image
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

# the palette of Okabe and Ito (2008), made for colour-blind readers; the order also falls from dark to light
COLOURS = {
    "black": "#000000",
    "blue": "#0072b2",
    "vermilion": "#d55e00",
    "green": "#009e73",
    "purple": "#cc79a7",
    "orange": "#e69f00",
    "sky": "#56b4e9",
    "grey": "#767676",
}
DPI = 100
MOST = 20  # colours of a picture, the most frequent ones, that it keeps beside those of the palette
# its warnings about caches would write the folders of this machine into a notebook
logging.getLogger("matplotlib").setLevel(logging.ERROR)
# how a number that is missing looks when it is written out
MISSING = re.compile(r"(?<![\w.])[-−+]?(?:nan|NaN|None(?! of\b)|NaT|inf|<NA>)(?!\w)")
STYLE = {
    "font.family": ["DejaVu Sans"],
    "font.size": 11.5,
    "axes.titlesize": 12.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "figure.titlesize": 13,
    "figure.titleweight": "bold",
    "legend.fontsize": 10.5,
    "legend.frameon": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#e3e3e3",
    "grid.linewidth": 0.7,
    "axes.axisbelow": True,
    # a dollar sign in the name of a claimant begins no formula
    "text.parse_math": False,
    "svg.hashsalt": "by-name",
}
SMALL = 10  # points: the least size of a text, 7 pixels high where a telephone shows the picture 390 pixels wide


def figure(
    rows: int = 1, *, title: str = "", width: float = 6.8, height: float = 4.6, **options: object
) -> tuple[Figure, Axes]:
    """A new figure and its axes, `rows` one below the other, `width` by `height` inches, in the theme of the book.

    `title`: what is found, at the left above all axes; folded where it is wider than the figure.
    """
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    # what is drawn later takes its looks from these settings, too
    mpl.rcParams.update(_theme())
    drawn = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(drawn)
    if title:
        headline(drawn, title)
    return drawn, drawn.subplots(rows, **options)


def headline(drawn: Figure, title: str) -> None:
    """Write `title` at the left above all axes of `drawn`, folded where it is wider than the figure."""
    drawn.suptitle(title, x=0.01, ha="left", wrap=True)


def _theme() -> dict[str, object]:
    from matplotlib import cycler

    return STYLE | {"axes.prop_cycle": cycler(color=list(COLOURS.values()))}


def seaborn() -> ModuleType:
    """seaborn in the theme of the book, imported when the first picture needs it."""
    import seaborn as sns

    sns.set_theme(context=None, style=None, palette=list(COLOURS.values()), font=STYLE["font.family"], rc=STYLE)
    return sns


def thousands(axis: Axis) -> None:
    """Write the numbers of `axis` (such as `axes.yaxis`) with thousands separators, marked at whole numbers."""
    from matplotlib.ticker import AutoLocator, FuncFormatter, MaxNLocator

    if isinstance(axis.get_major_locator(), AutoLocator):
        axis.set_major_locator(MaxNLocator(nbins="auto", steps=[1, 2, 2.5, 5, 10], integer=True))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}".replace("-", "−")))


def years(axes: Axes) -> None:
    """Mark the years below `axes`, at their first day."""
    from matplotlib.dates import DateFormatter, YearLocator

    axes.xaxis.set_major_locator(YearLocator())
    axes.xaxis.set_major_formatter(DateFormatter("%Y"))


def legend_below(drawn: Figure, *, columns: int = 2) -> None:
    """Name every mark and line of `drawn` once, below all axes, where the legend hides nothing."""
    named: dict[str, Artist] = {}
    for axes in drawn.axes:
        named |= {name: mark for mark, name in zip(*axes.get_legend_handles_labels(), strict=True) if name not in named}
    if named:
        drawn.legend(named.values(), named, loc="outside lower left", ncols=columns)


def picture(drawn: Figure, *, alt: str) -> Image:
    """The drawn figure as a PNG picture with `alt`, the words that stand for it.

    ValueError if they are missing, and where a text of the picture, or `alt`, shows a number that does not exist (nan).
    """
    import numpy as np
    from IPython.display import Image

    if not alt.strip():
        raise ValueError("a picture needs alt=: a sentence that says what is seen, with its figures")
    canvas = drawn.canvas
    drawn.set_dpi(DPI)
    for axes in drawn.axes:
        axes.xaxis.label.set_wrap(True)
    canvas.draw()
    _refuse_missing_numbers([alt, *texts_of(drawn)])
    small = io.BytesIO()
    _in_few_colours(np.asarray(canvas.buffer_rgba())[..., :3]).save(small, "png", optimize=True)
    return Image(small.getvalue(), format="png", alt=alt)


def _in_few_colours(pixels: np.ndarray) -> PIL.Image.Image:
    """The palette and the most frequent colours as they are, any other as the nearest: a fifth of the bytes."""
    import numpy as np
    import pandas as pd
    import PIL.Image

    places, seen = pd.factorize((pixels.astype(int) << [16, 8, 0]).sum(axis=-1).ravel())
    frequent = seen[np.argsort(-np.bincount(places), kind="stable")[:MOST]]
    ours = [int(colour[1:], 16) for colour in COLOURS.values()]
    kept = np.union1d(frequent, np.intersect1d(ours, seen))
    parts = [np.stack([colours >> 16 & 255, colours >> 8 & 255, colours & 255], axis=-1) for colours in (seen, kept)]
    nearest = ((parts[0][:, None] - parts[1]) ** 2).sum(axis=-1).argmin(axis=1)
    picture = PIL.Image.fromarray(nearest[places].reshape(pixels.shape[:2]).astype(np.uint8))
    picture.putpalette(parts[1].astype(np.uint8).tobytes())
    return picture


def texts_of(drawn: Figure) -> list[str]:
    """Every text that a picture shows: titles, labels, numbers of axes, annotations, legends."""
    from matplotlib.text import Text

    return [artist.get_text() for artist in drawn.findobj(Text) if artist.get_visible() and artist.get_text().strip()]


def _refuse_missing_numbers(texts: list[str]) -> None:
    if wrong := next((text for text in texts if MISSING.search(text)), ""):
        raise ValueError(f"the picture says {wrong!r}: a number that does not exist gets no mark and no label")
