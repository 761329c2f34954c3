"""How every picture looks, and how it enters a notebook: with words for those who cannot see it."""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from IPython.display import Image
    from matplotlib.axes import Axes
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
DPI = 120
SHADE = 255 / 6  # of 255 steps between none of a colour and all of it
# its warnings about caches would write the folders of this machine into a notebook
logging.getLogger("matplotlib").setLevel(logging.ERROR)
# how a number that is missing looks when it is written out
MISSING = re.compile(r"(?<![\w.])[-−+]?(?:nan|NaN|None(?! of\b)|NaT|inf|<NA>)(?!\w)")
STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 10.5,
    "axes.titlesize": 12,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#e3e3e3",
    "grid.linewidth": 0.7,
    "axes.axisbelow": True,
    "legend.frameon": False,
    "svg.hashsalt": "by-name",
}


def figure(rows: int = 1, *, width: float = 7.5, height: float = 4.6, **options: object) -> tuple[Figure, Axes]:
    """A new figure and its axes, `rows` one below the other, `width` by `height` inches, in the style of the book."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    # what is drawn later takes its looks from these settings, too
    mpl.rcParams.update(STYLE)
    drawn = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(drawn)
    return drawn, drawn.subplots(rows, **options)


def thousands(axis: object) -> None:
    """Write the numbers of `axis` (such as `axes.yaxis`) with thousands separators."""
    from matplotlib.ticker import FuncFormatter

    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))


def years(axes: Axes) -> None:
    """Mark the years below `axes`, at their first day."""
    from matplotlib.dates import DateFormatter, YearLocator

    axes.xaxis.set_major_locator(YearLocator())
    axes.xaxis.set_major_formatter(DateFormatter("%Y"))


def picture(drawn: Figure, *, alt: str) -> Image:
    """The drawn figure as a PNG picture with `alt`, the words that stand for it.

    ValueError if they are missing, and where a text of the picture, or `alt`, shows a number that does not exist (nan).
    """
    import numpy as np
    import PIL.Image
    from IPython.display import Image

    if not alt.strip():
        raise ValueError("a picture needs alt=: a sentence that says what is seen, with its figures")
    canvas = drawn.canvas
    drawn.set_dpi(DPI)
    canvas.draw()
    _refuse_missing_numbers([alt, *texts_of(drawn)])
    small = io.BytesIO()
    # few shades at the edges of letters, and 64 colours, are enough for a chart and make the file five times smaller
    exact = PIL.Image.fromarray(_with_few_shades(np.asarray(canvas.buffer_rgba())[..., :3]))
    exact.quantize(64, PIL.Image.Quantize.MAXCOVERAGE).save(small, "png", optimize=True)
    return Image(small.getvalue(), format="png", alt=alt)


def _with_few_shades(pixels: np.ndarray) -> np.ndarray:
    """The same pixels, those of our palette as they are, all others in seven steps of red, green and blue."""
    import numpy as np

    number = (pixels.astype(int) << [16, 8, 0]).sum(axis=-1)
    ours = np.isin(number, [int(colour[1:], 16) for colour in COLOURS.values()])
    return np.where(ours[..., None], pixels, np.round(np.round(pixels / SHADE) * SHADE)).astype(np.uint8)


def texts_of(drawn: Figure) -> list[str]:
    """Every text that a picture shows: titles, labels, numbers of axes, annotations, legends."""
    from matplotlib.text import Text

    return [artist.get_text() for artist in drawn.findobj(Text) if artist.get_visible() and artist.get_text().strip()]


def _refuse_missing_numbers(texts: list[str]) -> None:
    if wrong := next((text for text in texts if MISSING.search(text)), ""):
        raise ValueError(f"the picture says {wrong!r}: a number that does not exist gets no mark and no label")
