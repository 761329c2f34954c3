"""Pictures of coverage and of the probate estimate: what is drawn is what was given, with its interval."""

import drawn
import pandas as pd

from helpers.plots import coverage, probate

DAYS = pd.date_range("2024-01-01", periods=3, freq="7D")


def words(axes):
    return " ".join(text.get_text() for text in axes.texts)


def test_the_invented_weeks_stand_beside_the_truth_and_the_flash_is_marked():
    weeks = pd.DataFrame({"week": DAYS, "low": [1, 2, 3], "point": [2, 3, 4], "high": [5, 6, 7],
                          "part": ["registry", "registry", "flash"]})  # fmt: skip
    axes = probate.weeks_and_truth(weeks, pd.DataFrame({"week": DAYS, "found": [2, 2, 5]}), title="War").axes[0]
    assert drawn.named(axes.figure) == ["by the registry, with 95% of each week", "truth (invented)"]
    assert [heights for heights in drawn.lines(axes) if len(heights) == 3] == [[2, 3, 4], [2, 2, 5]]
    assert [ends for _, *ends in drawn.bands(axes)[0]] == [[1, 5], [2, 6], [3, 7]]
    assert "flash" in words(axes)


def test_worlds_that_miss_the_truth_look_otherwise():
    worlds = pd.DataFrame({"low": [0.9, 1.1], "point": [1.0, 1.2], "high": [1.1, 1.3]})
    axes = probate.many_worlds(worlds, title="Worlds").axes[0]
    assert drawn.named(axes.figure) == ["holds the truth", "misses it"]
    assert drawn.marks(axes) == [(0, 100), (1, 120)]
    assert drawn.ranges(axes) == [(0, 90, 110), (1, 110, 130)]


def test_every_release_is_drawn_a_week():
    table = pd.DataFrame({"since": DAYS, "until": DAYS + pd.Timedelta(days=13), "weeks": 2, "low": [2.0, 4, 6],
                          "point": [4.0, 6, 8], "high": [6.0, 8, 10]})  # fmt: skip
    table["part"] = ["registry", "registry", "flash"]
    axes = probate.releases({"2024": table, "2025": table}, title="Releases").axes[0]
    assert drawn.named(axes.figure) == ["2024", "2025"]
    # half of two weeks: bounds of the older release as lines, of the newer as a band; the flash is hollow
    assert drawn.lines(axes) == [[1, 2, 3], [3, 4, 5], [2, 3, 4], [2, 3, 4]]
    assert [ends for _, *ends in drawn.bands(axes)[0]] == [[1, 3], [2, 4], [3, 5]]
    assert [y for _, y in drawn.marks(axes, hollow=True)] == [4, 4]


def test_a_change_begins_where_the_total_before_it_ends():
    steps = pd.DataFrame({"step": ["total", "later deaths", "total"], "low": [8.0, None, 20.0],
                          "value": [10.0, 15.0, 25.0], "high": [12.0, None, 30.0]})  # fmt: skip
    axes = probate.waterfall(steps, labels=["a", "b", "c"], title="Steps").axes[0]
    assert [(bar.get_x(), bar.get_width()) for bar in axes.patches] == [(0, 10), (10, 15), (0, 25)]
    assert words(axes) == "10 +15 25"


def test_names_and_dead_are_added_up():
    dead = pd.DataFrame({"until": DAYS, "low": [1.0, 1, 1], "point": [2.0, 2, 2], "high": [3.0, 3, 3]})
    named = pd.DataFrame({"until": DAYS, "point": [5.0, 5, 5]})
    axes = probate.crossing(named, dead, dead, title="Crossing").axes[0]
    assert drawn.named(axes.figure) == ["registry and flash, bounds added up", "with late and court-declared", "names"]
    assert drawn.lines(axes) == [[2, 4, 6], [4, 8, 12], [5, 10, 15]]
    assert [ends for _, *ends in drawn.bands(axes)[0]] == [[1, 3], [2, 6], [3, 9]]


def test_without_the_missing_the_names_keep_their_look():
    dead = pd.DataFrame({"until": DAYS, "low": [1.0, 1, 1], "point": [2.0, 2, 2], "high": [3.0, 3, 3]})
    figure = probate.crossing(dead, dead, None, title="Crossing")
    assert drawn.named(figure) == ["registry and flash, bounds added up", "names"]
    assert [line.get_color() for line in figure.axes[0].lines if line.get_label() == "names"] == ["#000000"]


def test_both_ends_of_the_correlation_are_told():
    table = pd.DataFrame({"correlation": [0.0, 1], "low": [9.0, 5], "point": [10.0, 10], "high": [11.0, 15]})
    axes = probate.by_correlation(table, title="Widths").axes[0]
    assert "9 to 11" in words(axes)
    assert "5 to 15" in words(axes)


SHARES = pd.DataFrame({"until": DAYS, "low": [0.4, 0.5, None], "point": [0.5, 0.6, 0.7], "high": [0.6, 0.7, None]})


def test_shares_are_drawn_in_percent_beside_the_stated_rule():
    axes = coverage.share_by_day(SHARES, {"2024": SHARES}, rule=(0.45, 0.65), title="Shares").axes[0]
    names = {"stated: 45 to 65%", "by the release of 2024", "as implied when it was published"}
    assert set(drawn.named(axes.figure)) == names
    assert [y for _, y in drawn.marks(axes)] == [50, 60, 70]
    assert [ends for _, *ends in drawn.ranges(axes)][:2] == [[40, 60], [50, 70]]
    assert [box[1::2] for box in drawn.boxes(axes)] == [(45, 20)]
    # words on the picture would hide a line
    assert words(axes) == ""


def test_only_the_newest_release_has_a_band_and_the_others_lines_for_their_bounds():
    axes = coverage.share_by_day(SHARES.iloc[:0], {"2024": SHARES, "2025": SHARES}, rule=None, title="Shares").axes[0]
    assert [[ends for _, *ends in band] for band in drawn.bands(axes)] == [[[40, 60], [50, 70]]]
    # where a bound is not known, neither band nor line runs on
    assert drawn.lines(axes) == [[40, 50, None], [60, 70, None], [50, 60, 70], [50, 60, 70]]


def test_before_there_was_a_rule_none_is_drawn():
    axes = coverage.share_by_day(SHARES.iloc[:0], {}, rule=None, title="Shares").axes[0]
    assert words(axes) == ""


def test_the_share_by_time_of_death_has_the_line_at_one():
    quarters = SHARES.assign(since=DAYS, later=0.9)
    axes = coverage.share_by_death({"new": quarters}, rule=(0.45, 0.65), title="Shares", later="later").axes[0]
    assert sorted(drawn.named(axes.figure)) == ["later", "new", "stated: 45 to 65%"]
    assert [50, 60, 70] in drawn.lines(axes)
    assert [90, 90, 90] in drawn.lines(axes)
    assert "as many names as dead" in words(axes)


def test_wordings_are_two_looks_however_many_they_are():
    days = pd.date_range("2024-01-01", periods=5, freq="7D")
    totals = pd.DataFrame({"published": days, "point": [1.0, 2, 3, 4, 5]})
    stated = pd.DataFrame({"published": days, "says": ["a share", "twice", "about twice", "may exceed", "new"],
                           "low": [2.0, 4, 6, 8, 9], "high": [3.0, 4, 6, None, 12]})  # fmt: skip
    carried = pd.DataFrame({"published": days, "low": 1.0, "point": 2.0, "high": 3.0})
    registry = pd.DataFrame({"published": days[:3], "dead_low": [1.0, None, 3], "dead": [2.0, 3, 4],
                             "dead_high": [3.0, None, 5]})  # fmt: skip
    axes = coverage.totals_by_rule(stated, carried, registry, totals, title="Totals").axes[0]
    assert set(drawn.named(axes.figure)) == {
        "names", "the wording in force, a range", "the wording in force, a number or a bound",
        "the share carried on, 95%", "the registry's totals",
    }  # fmt: skip
    assert [4, 6, 8] in drawn.lines(axes)
    assert [ends for _, *ends in drawn.ranges(axes) if ends[0] < ends[1]] == [[1, 3], [2, 3], [3, 5], [9, 12]]
