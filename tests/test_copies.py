"""Who copies whom, drawn: names once a side, numbers on the arrows."""

import pandas as pd

from helpers.plots.copies import copies

PAIRS = pd.DataFrame(
    [("A", "C", "copy", 2), ("A", "A", "copy", 1), ("A", "B", "stream", 1)], columns=["source", "who", "by", "claims"]
)


def test_each_voice_is_written_once_a_side_and_each_number_above_one():
    texts = [text.get_text() for text in copies(PAIRS, title="Copies").axes[0].texts]
    assert sorted(text for text in texts if text) == sorted(
        ["A", "A", "B", "C", "2", "said first by", "repeated, or computed from it, by"]
    )


def test_ones_own_sums_are_dashed_and_streams_dotted():
    arrows = [
        text.arrow_patch for text in copies(PAIRS, title="Copies").axes[0].texts if getattr(text, "arrow_patch", None)
    ]
    assert sorted(arrow.get_linestyle() for arrow in arrows) == ["-", "--", ":"]
