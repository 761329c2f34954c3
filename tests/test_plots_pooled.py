"""Pictures of the pooled estimate: what is drawn is what was given."""

import drawn
import numpy as np
import pandas as pd

from helpers.plots.pooled import amid_claims, foretold

DAYS = pd.date_range("2024-01-01", periods=3)
CURVE = pd.DataFrame({"day": DAYS, "low": [1.0, 2, 3], "point": [2.0, 3, 4], "high": [4.0, 6, 8]})
CLAIMS = pd.DataFrame({"until": DAYS, "value": [2.0, 9, 4], "group": ["UK", "US", "UK"]})


def test_each_group_has_a_mark_and_the_highest_claim_is_inside():
    figure = amid_claims(CURVE, CLAIMS, other=CURVE.iloc[:0], label="", title="A", unit="killed")
    axes = figure.axes[0]
    assert [y for _, y in drawn.marks(axes, hollow=True)] == [2, 9, 4]
    assert drawn.bands(axes)[0][-1][1:] == (3, 8)
    assert drawn.named(figure) == ["pooled, 95% for a further claim", "UK", "US"]
    uk, us = (line.get_marker() for line in axes.lines if line.get_label() in ("UK", "US"))
    assert uk != us
    assert axes.get_ylim()[1] > 9


def test_the_other_curve_is_drawn_with_its_interval():
    axes = amid_claims(CURVE, CLAIMS, other=CURVE, label="Theirs", title="A", unit="killed").axes[0]
    # the bounds as thin lines, then both curves
    assert drawn.lines(axes) == [[1, 2, 3], [4, 6, 8], [2, 3, 4], [2, 3, 4]]
    assert len(drawn.bands(axes)) == 1


def test_claims_stand_as_multiples_of_the_forecast_and_repeats_are_hollow():
    days = pd.date_range("2024-01-01", periods=4)
    rows = pd.DataFrame({"quantity": ["killed", "killed", "killed", "killed_and_wounded"], "until": days,
                         "error": np.log([2.0, 1.1, 1.2, 0.9]), "covered": [False, True, True, True],
                         "own": [True, True, False, True], "deviation": 0.1})  # fmt: skip
    panels = foretold(rows, labels=("killed", "both"), title="A").axes
    lines = {line.get_label(): line for line in panels[0].lines}
    np.testing.assert_allclose(lines["outside"].get_ydata(), [2])
    np.testing.assert_allclose(lines["inside"].get_ydata(), [1.1])
    np.testing.assert_allclose(lines["repeats or continues another claim"].get_ydata(), [1.2])
    assert lines["repeats or continues another claim"].get_markerfacecolor() == "white"
    assert panels[0].get_ylim()[1] > 2
