import pandas as pd

from helpers.plots.missing import missing_bars

TABLE = pd.DataFrame(
    {"column": ["name", "birth_date", "rank", "age"], "filled": [1000, 250, 0, 997], "missing": [0, 750, 1000, 3]}
).assign(missing_share=[0.0, 75.0, 100.0, 0.3])


def drawn():
    return missing_bars(TABLE, title="A list").axes[0]


def test_the_largest_gap_is_on_top_and_each_bar_is_its_share():
    axes = drawn()
    widths = {round(bar.get_y() + bar.get_height() / 2): bar.get_width() for bar in axes.patches}
    assert [label.get_text() for label in axes.get_yticklabels()] == ["name", "age", "birth date", "rank"]
    assert widths == {0: 0.0, 1: 0.3, 2: 75.0, 3: 100.0}


def test_each_bar_has_its_count_in_words():
    words = [text.get_text() for text in drawn().texts]
    assert words == ["none", "3 (under 1%)", "750 (75%)", "not on this list"]


def test_a_column_that_the_list_never_had_is_hatched_and_not_coloured():
    hatched = [bar for bar in drawn().patches if bar.get_hatch()]
    assert [bar.get_width() for bar in hatched] == [100.0]
