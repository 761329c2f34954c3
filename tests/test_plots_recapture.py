"""The pictures of capture-recapture: every model with its interval, and estimates as shares of the truth."""

import numpy as np
import pandas as pd
from drawn import named

from helpers.plots.dependence import LOOKS, dependence
from helpers.plots.models import models_by_criterion

MODELS = pd.DataFrame(
    {
        "model": ["[12,3]", "[1,2,3]"], "low": [150.0, 140.0], "point": [200.0, 160.0], "high": [np.inf, 190.0],
        "AIC": [50.0, 53.0], "BIC": [60.0, 59.0],
    }
)  # fmt: skip


def test_every_model_stands_at_its_distance_from_the_least_criterion():
    drawn = models_by_criterion(MODELS, people=100, title="t", unit="people")
    for axes, distances, best in zip(drawn.axes, ({0: 200, 3: 160}, {0: 160, 1: 200}), (200, 160), strict=True):
        points = axes.lines[0]
        assert dict(zip(points.get_xdata(), points.get_ydata(), strict=True)) == distances
        assert axes.lines[1].get_ydata() == [best]
        assert len(axes.collections[0].get_segments()) == 2


def test_an_interval_without_end_reaches_the_top():
    axes = models_by_criterion(MODELS, people=100, title="t", unit="people").axes[0]
    tallest = max(segment[:, 1].max() for segment in axes.collections[0].get_segments())
    assert np.isfinite(tallest)
    assert tallest >= axes.get_ylim()[1]


def test_one_criterion_is_one_panel_and_a_printed_total_is_a_line():
    drawn = models_by_criterion(MODELS, people=100, title="t", unit="people", criteria=("AIC",), printed=180)
    assert len(drawn.axes) == 1
    assert "printed: 180" in named(drawn)


def test_every_method_is_a_line_of_its_own_look_with_its_range():
    scores = pd.DataFrame(
        {"method": ["2 lists"] * 2 + ["3 lists"] * 2, "odds_ratio": [0.5, 2] * 2, "low": [1.2, 0.7, 0.9, 0.9],
         "point": [1.4, 0.8, 1.0, 1.0], "high": [1.6, 0.9, 1.1, 1.1]}
    )  # fmt: skip
    axes = dependence(scores, title="t").axes[0]
    assert named(axes.figure) == ["2 lists", "3 lists"]
    assert len({(mark, line) for mark, line, _ in LOOKS}) == len(LOOKS)
    assert axes.containers[0].lines[0].get_ydata().tolist() == [140, 80]
