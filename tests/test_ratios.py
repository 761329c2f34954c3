"""Ratios by band beside their baseline."""

import pandas as pd

from helpers.plots.ratios import ratio_panels

YEARS = [2018, 2019, 2020, 2022]
BAND = pd.DataFrame(
    {
        "year": YEARS,
        "ratio": [3.0, 2.9, 2.7, 3.5],
        "baseline": [3.0, 2.9, 2.8, 2.6],
        "low": [None, None, 2.7, 2.5],
        "high": [None, None, 2.9, 2.7],
    }
).astype(float)
COURSE = pd.concat([BAND.assign(age=age) for age in ("20-24", "25-29", "30-34")]).astype({"year": int})


def panels(war=(2022,)):
    return ratio_panels(COURSE, last=2019, war=war, title="Ratios").axes


def drawn(axes):
    return {line.get_label(): (list(line.get_xdata()), list(line.get_ydata())) for line in axes.lines}


def test_every_band_has_its_panel_and_the_legend_one_of_its_own():
    assert [axes.get_title("left") for axes in panels()] == ["aged 20-24", "aged 25-29", "aged 30-34", ""]
    assert panels()[-1].get_legend() is not None


def test_peace_pandemic_and_war_are_told_apart():
    lines = drawn(panels()[0])
    assert lines["years of peace"] == ([2018, 2019], [3.0, 2.9])
    assert lines["years of the pandemic"] == ([2020], [2.7])
    assert lines["years of the war"] == ([2022], [3.5])


def test_the_baseline_is_fitted_first_and_then_carried_on_with_its_interval():
    axes = panels()[0]
    assert drawn(axes)["baseline, fitted"][0] == [2018, 2019]
    assert drawn(axes)["baseline, carried on"][0] == [2019, 2020, 2022]
    corners = axes.collections[0].get_paths()[0].vertices
    assert (corners[:, 1].min(), corners[:, 1].max()) == (2.5, 2.9)


def test_without_a_year_of_the_war_none_is_drawn_or_named():
    assert "years of the war" not in drawn(panels(war=())[0])
