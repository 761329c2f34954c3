"""How many people there are by threshold, on paper and as drawn."""

import pandas as pd

from helpers.lists.thresholds import people_by_threshold
from helpers.plots.thresholds import thresholds

IDS = pd.Series(list("abcde"))
LINKS = pd.DataFrame({"record_id": ["a", "b", "d"], "record_id_b": ["b", "c", "e"], "probability": [0.9, 0.5, 0.1]})
COUNTS = people_by_threshold(IDS, LINKS, [0.1, 0.5, 0.9, 0.95])


def test_joining_reaches_through_records_in_between():
    # 0.1: abc de; 0.5: abc d e; 0.9: ab c d e; 0.95: all alone
    assert COUNTS["people"].tolist() == [2, 3, 4, 5]
    assert COUNTS["largest"].tolist() == [3, 3, 2, 1]


def test_without_links_everybody_is_alone():
    assert people_by_threshold(IDS, LINKS.iloc[:0], [0.5])["people"].tolist() == [5]


def test_line_band_and_truth_are_drawn_where_they_are():
    axes = thresholds(COUNTS, {"low": 2.5, "point": 3.0, "high": 3.5}, title="t", scale="s", truth=4).axes[0]
    estimate, counts, truth = axes.lines
    assert estimate.get_ydata()[0] == 3
    assert counts.get_ydata().tolist() == [2, 3, 4, 5]
    assert truth.get_ydata()[0] == 4
    band = axes.patches[0].get_bbox()
    assert (band.y0, band.y1) == (2.5, 3.5)


def test_where_the_truth_is_not_known_none_is_drawn():
    drawn = thresholds(COUNTS, {"low": 2.5, "point": 3.0, "high": 3.5}, title="t", scale="s")
    told = [text.get_text() for text in drawn.legends[0].get_texts()]
    assert told == ["its interval", "estimate", "pairs above the threshold joined"]
