"""Ratios through time: steps, the newest provisional, and the days of a change."""

import pandas as pd
import pytest

from helpers.plots.levels import ratio_levels

LEVEL = pd.DataFrame({
    "since": pd.to_datetime(["2023-01-01", "2023-02-01"]), "until": pd.to_datetime(["2023-01-31", "2023-02-28"]),
    "ratio": [2.0, 3.0], "provisional": [False, True],
})  # fmt: skip


@pytest.mark.parametrize("changed", [None, (pd.Timestamp("2023-01-10"), pd.Timestamp("2023-02-10"))])
def test_levels_are_steps_and_the_provisional_ones_dotted(changed):
    axes = ratio_levels({"one": LEVEL, "two": LEVEL}, changed=changed, title="Levels").axes
    lines = {
        c.get_label(): c.get_segments()[0][:, 1].tolist() for c in axes[0].collections if hasattr(c, "get_segments")
    }
    assert [2, 2] in lines.values()
    assert lines["provisional: names still to come"] == [3, 3]
    assert len(axes) == 2
    assert bool(axes[0].patches) == (changed is not None)
