"""Wounded per killed: a panel a side, a mark a pair."""

import numpy as np
import pandas as pd

from helpers.plots.wounded import wounded_per_killed

NAN = float("nan")
PAIRS = pd.DataFrame({
    "side": ["russia", "russia", "ukraine"], "kind": ["own", "mixed", "cases"],
    "until": pd.to_datetime(["2023-01-01", "2023-02-01", "2023-03-01"]),
    "low": [1.0, NAN, 2.0], "point": [2.0, NAN, 4.0], "high": [3.0, 5.0, 6.0],
})  # fmt: skip


def test_pairs_stand_in_the_panel_of_their_side_by_kind():
    russia, ukraine = wounded_per_killed(PAIRS, title="Pairs").axes
    assert (russia.get_title("left"), ukraine.get_title("left")) == ("Russia", "Ukraine")
    own, other, cases = (line for line in russia.lines if not str(line.get_label()).startswith(("_", "only")))
    assert (len(cases.get_ydata()), cases.get_label()) == (0, "cases of wounds, not persons")
    assert list(own.get_ydata()) == [2]
    assert np.isnan(other.get_ydata()).all()
    # an upper end alone is a hollow triangle that points down
    down = [line for line in russia.lines if line.get_marker() == "v" and len(line.get_ydata())]
    assert [list(line.get_ydata()) for line in down] == [[5]]
    assert russia.get_yscale() == "log"
