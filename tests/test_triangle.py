"""The reporting triangle: one line per year of death, releases apart."""

import pandas as pd

from helpers.lists import vintages
from helpers.plots.triangle import triangle


def drawn():
    return triangle(vintages.by_year(vintages.read()), title="Triangle").axes[0]


def test_a_line_joins_the_rebuilt_vintages_and_the_newest_release():
    lines = [line for line in drawn().lines if line.get_marker() == "o"]
    assert [line.get_ydata().tolist() for line in lines[1:3]] == [
        [25_404, 39_023, 44_763, 48_522],
        [37_593, 69_706, 89_054],
    ]


def test_a_release_is_a_diamond_of_its_own():
    diamonds = [line.get_ydata().tolist() for line in drawn().lines if line.get_marker() == "D"]
    assert diamonds[0] == [18_578, 20_389]


def test_the_names_of_the_lines_keep_apart():
    axes = drawn()
    places = sorted(text.xy[1] for text in axes.texts)
    assert pd.Series(places).diff().min() >= 0.06 * axes.get_ylim()[1] - 1
    assert "2024: 89,054" in [text.get_text() for text in axes.texts]
