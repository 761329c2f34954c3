"""The tile map."""

from itertools import pairwise

import pandas as pd
import pytest

from helpers.plots.tiles import SHADES, tile_map

TABLE = pd.DataFrame(
    {"iso": ["TY", "MOW", "BU"], "row": [1, 1, 2], "column": [1, 2, 2], "point": [248.7, 3.05, 60.0]},
)


def drawn(classes=(25, 60, 140)):
    return tile_map(TABLE, classes=list(classes), title="A map", unit="dead per 100,000 men").axes[0]


def test_each_tile_has_its_code_its_value_and_the_shade_of_its_class():
    axes = drawn()
    assert [text.get_text() for text in axes.texts] == ["TY", "249", "MOW", "3.05", "BU", "60"]
    from matplotlib.colors import to_hex

    # a value on a bound belongs to the class above it
    assert [to_hex(tile.get_facecolor()) for tile in axes.patches] == [SHADES[3], SHADES[0], SHADES[2]]


def test_the_legend_tells_every_class_in_words():
    told = [text.get_text() for text in drawn().get_legend().get_texts()]
    assert told == ["under 25", "25 to 60", "60 to 140", "140 and more"]


def test_shades_fall_evenly_enough_to_be_read_in_grey():
    from matplotlib.colors import to_rgb

    grey = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in map(to_rgb, SHADES)]
    assert all(light - dark > 0.07 for light, dark in pairwise(grey))


def test_a_region_without_a_value_is_refused():
    with pytest.raises(ValueError, match="no value in column point for MOW: a tile map shows regions that have one"):
        tile_map(TABLE.assign(point=[1, None, 2]), classes=[1], title="", unit="")


@pytest.mark.parametrize("classes", [(60, 25), (25, 25), (1, 2, 3, 4, 5, 6)])
def test_classes_that_do_not_rise_or_are_too_many_are_refused(classes):
    with pytest.raises(ValueError, match="allowed are at most 5 bounds, each above the last"):
        drawn(classes)
