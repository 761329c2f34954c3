"""Figures by what they count: a heading per group, a bar per interval, a stroke per floor, three marks."""

import pytest
from made_up import CLAIM, table

from helpers.plots import grouped

OURS = CLAIM | {"who": "By Name", "who_kind": "by_name", "low": 20.0, "point": 40.0, "high": 80.0}


@pytest.fixture
def axes():
    rows = table(CLAIM, CLAIM | {"low": 50.0, "point": None}, OURS, OURS | {"scope": "men 18-59"})
    told = rows.assign(how=["names", "CSIS", "pooled", "registry"], group=["a", "b", "b", "c"])
    return grouped.by_group(told.assign(floor=[None, 10.0, 12.0, None]), title="t", unit="people").axes[0]


def test_each_group_has_its_heading_and_each_line_its_day_and_value(axes):
    words = [text.get_text() for text in axes.texts]
    assert words[:3] == ["a", "b", "c"]
    assert "13 Mar 2022: 40 (20–80)" in words
    assert "13 Mar 2022: over 50" in words
    assert [label.get_text() for label in axes.get_yticklabels()] == ["names", "CSIS", "pooled", "registry, men 18-59"]


def test_a_bar_runs_from_end_to_end(axes):
    bars = [
        (float(segment[0][0]), float(segment[1][0]))
        for drawn in axes.collections if hasattr(drawn, "get_segments")
        for segment in drawn.get_segments() if len(segment)
    ]  # fmt: skip
    assert bars.count((20.0, 80.0)) == 2


def test_names_claims_and_estimates_have_marks_of_their_own_and_the_floor_a_stroke(axes):
    assert axes.get_legend_handles_labels()[1] == ["names", "claim", "our estimate", grouped.FLOOR]
    floor = next(drawn for drawn in axes.collections if drawn.get_label() == grouped.FLOOR)
    assert sorted(float(x) for x, _ in floor.get_offsets().compressed().reshape(-1, 2)) == [10, 12]


def test_where_nothing_was_known_an_empty_picture_is_drawn():
    told = table(CLAIM).assign(how="", group="", floor=None).iloc[:0]
    assert grouped.by_group(told, title="t", unit="people").axes[0].texts[:] == []
