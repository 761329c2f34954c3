"""Pictures: one module a kind of chart; `figure` and `picture` begin and end each."""

from helpers.plots.style import COLOURS, figure, headline, picture, thousands, years

__all__ = ["COLOURS", "figure", "headline", "picture", "thousands", "years"]
