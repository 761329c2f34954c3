"""Pictures of the reporting delay: what is drawn is what was given."""

import drawn
import numpy as np
import pandas as pd

from helpers.plots.delay import expected_names, months_to, replays

SINCE = pd.date_range("2024-01-01", periods=3, freq="7D")


def foretold():
    return pd.DataFrame({"since": SINCE, "until": SINCE + pd.Timedelta(days=6), "names": [10, 20, 5],
                         "low": [11, 22, 8], "point": [12, 25, 20], "high": [15, 40, 90],
                         "provisional": [False, False, True]})  # fmt: skip


def test_the_forecast_is_drawn_with_its_interval_and_provisional_end():
    axes = expected_names(foretold(), labels=("now", "then"), title="Names").axes[0]
    lines = {p.get_label(): p.get_data().values.tolist() for p in axes.patches if p.get_label() in ("now", "then")}
    assert lines == {"now": [10, 20, 5], "then": [12, 25, 20]}
    words = " ".join(text.get_text() for text in axes.texts)
    assert "provisional" in words
    assert "up to 90" in words
    assert axes.get_ylim() == (0, 1.9 * 25)


def test_counts_are_drawn_a_week():
    told = foretold().assign(until=SINCE + pd.Timedelta(days=13)).iloc[:1]
    axes = expected_names(told, labels=("now", "then"), title="Names").axes[0]
    assert [patch.get_data().values.tolist() for patch in axes.patches if patch.get_label() == "now"] == [[5]]


def test_nothing_is_called_provisional_that_is_not():
    told = foretold().assign(provisional=False)
    axes = expected_names(told, labels=("now", "then"), title="Names").axes[0]
    assert "provisional" not in [text.get_text() for text in axes.texts]


def test_months_are_drawn_hollow_where_they_are_too_young():
    table = pd.DataFrame({"period": pd.period_range("2023-01", periods=3, freq="M"), "low": [1.0, 2, 3],
                          "point": [2.0, 3, 4], "high": [3.0, 4, 5]})  # fmt: skip
    figure = months_to({"50%": table}, open_from=pd.Period("2023-03", "M"), title="Months")
    axes = figure.axes[0]
    assert [y for _, y in drawn.marks(axes, hollow=False)] == [2, 3]
    assert [y for _, y in drawn.marks(axes, hollow=True)] == [4]
    assert [ends for _, *ends in drawn.ranges(axes)] == [[1, 3], [2, 4], [3, 5]]
    assert drawn.named(figure) == ["50%"]


def test_forecasts_stand_beside_what_came_as_multiples():
    sums = pd.DataFrame({"case": ["a", "a", "b"], "year": [2022, 2023, 2022], "names": [10, 20, 10],
                         "low": [11, 21, 11], "point": [15, 30, 12], "high": [30, 90, 20],
                         "known": [12, 50, 13]})  # fmt: skip
    axes = replays(sums, title="Replays").axes[0]
    np.testing.assert_allclose(axes.lines[0].get_xdata(), [1.5, 1.5, 1.2])
    np.testing.assert_allclose(axes.lines[1].get_xdata(), [1.2, 2.5, 1.3])
    assert [label.get_text() for label in axes.get_yticklabels()] == ["a: 2022", "a: 2023", "b: 2022"]
