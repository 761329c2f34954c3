import numpy as np
import pandas as pd
import pytest

from helpers.plots.months import months


def monthly(*counts):
    names = [*pd.period_range("2010-03", periods=len(counts), freq="M").astype(str), "not stated"]
    return pd.DataFrame({"month": names, "records": pd.array([*counts, 99], dtype="Int64")})


def test_a_line_has_the_months_and_no_mark_where_a_count_is_hidden():
    line = months({"died": monthly(7, None, 12)}, title="A list").axes[0].lines[0]
    np.testing.assert_array_equal(line.get_ydata(), [7, np.nan, 12])


def test_each_line_is_named_beside_its_highest_month():
    axes = months({"died": monthly(7, 12), "confirmed": monthly(1200, 9)}, title="A list").axes[0]
    assert [text.get_text() for text in axes.texts] == ["died: 12 in April 2010", "confirmed: 1,200 in March 2010"]


def test_two_lines_differ_in_more_than_colour():
    first, second = months({"died": monthly(7), "confirmed": monthly(8)}, title="A list").axes[0].lines
    assert first.get_linestyle() != second.get_linestyle()
    assert first.get_marker() != second.get_marker()


def test_a_third_line_is_refused():
    with pytest.raises(ValueError, match="zip"):
        months(dict.fromkeys("abc", monthly(7)), title="A list")
