"""Excess male mortality: on paper, as published, where the truth is known, and what is refused."""

import numpy as np
import pandas as pd
import pytest

from helpers import deaths, sources
from helpers import figures as schema
from helpers.estimate import excess
from helpers.estimate.excess import Recipe

SHORT = Recipe(years=3, last=2019, hiv=False)


def table(**bands):
    """Deaths of made-up bands: for each the men of 2017, 2018 ... and the women of each of these years."""
    parts = []
    for age, (men, women) in bands.items():
        years = range(2017, 2017 + len(men))
        parts.append(pd.DataFrame({"year": years, "age": age, "men": men, "women": float(women)}))
    return pd.concat(parts, ignore_index=True).assign(men_hiv=0.0, women_hiv=0.0)


# ratios of band a: 3, 2, 4, 5, 6; of band b: 2, 2, 2, 2.25, 2.25
PAPER = table(a=([30.0, 20, 40, 50, 60], 10), b=([40.0, 40, 40, 45, 45], 20))


@pytest.fixture(scope="module")
def russia():
    return deaths.read()


def fetched():
    if deaths.SOURCE not in sources.available():
        pytest.skip("kobak-2025 is not on this disk: `make data SOURCE=kobak-2025` fetches it")
    return deaths.read("fetched")


def test_two_bands_and_three_years_on_paper():
    # a: mean ratio 3, slope (-1*3 + 0*2 + 1*4) / 2 = 0.5, so 4 in 2020; 4 * 10 women = 40 expected, 50 died: +10
    #    residuals 0.5, -1, 0.5: sigma2 = 1.5 / (3 - 2); variance 1.5 * (1 + 1/3 + 2*2/2) = 5; its root * 10 = 22.36
    # b: 2 in every year, so 2 * 20 = 40 expected, 45 died: +5, without scatter
    a, b = excess.by_band(PAPER, (2020,), SHORT).to_dict("records")
    assert (a["ratio"], a["expected"], a["point"]) == pytest.approx((4, 40, 10))
    assert a["deviation"] == pytest.approx(22.3607, abs=1e-4)
    assert (b["ratio"], b["expected"], b["point"], b["deviation"]) == pytest.approx((2, 40, 5, 0), abs=1e-6)
    assert excess.excess(PAPER, (2020,), SHORT) == pytest.approx((2020, 2020, 80, 15, 22.3607), abs=1e-4)


def test_errors_of_two_years_of_one_line_go_together():
    # a, 2021: ratio 4.5, 45 expected, 60 died: +15; b: +5. Variance factors 10/3 (2020), 1 + 1/3 + 3*3/2 = 35/6 (2021),
    # between them 1/3 + 2*3/2 = 10/3: 1.5 * (10/3 + 35/6 + 2 * 10/3) = 23.75, its root 4.8734 times 10 women
    both = excess.excess(PAPER, (2020, 2021), SHORT)
    assert both == pytest.approx((2020, 2021, 165, 35, 48.7340), abs=1e-4)


def test_a_constant_on_paper():
    # a: mean 3, squares 2 over 3 - 1: sigma2 = 1; variance 1 + 1/3; sqrt(4/3) * 10 women = 11.547; 30 expected, 50 died
    total = excess.excess(PAPER[PAPER["age"] == "a"], (2020,), Recipe(3, "constant", False))
    assert total == pytest.approx((2020, 2020, 30, 20, 11.5470), abs=1e-4)


def test_one_year_has_a_point_but_no_deviation():
    total = excess.excess(PAPER, (2020,), Recipe(1, "constant", False))
    assert (total.expected, total.point) == pytest.approx((80, 15))
    assert np.isnan(total.deviation)


def test_a_decay_on_paper():
    # ratios 5, 3, 2: the distance to 1 is 4, 2, 1, so 1/2 in 2020: 1.5 * 10 women = 15 expected, 25 died
    total = excess.excess(table(a=([50.0, 30, 20, 25], 10)), (2020,), Recipe(3, "decay", False))
    assert total == pytest.approx((2020, 2020, 15, 10, 0), abs=1e-6)


def test_deaths_from_hiv_are_taken_from_both_sexes():
    sick = PAPER.assign(men=PAPER["men"] + 7, men_hiv=7.0, women=PAPER["women"] + 3, women_hiv=3.0)
    assert excess.excess(sick, (2020,), Recipe(3)) == pytest.approx(excess.excess(PAPER, (2020,), SHORT))
    assert excess.excess(sick, (2020,), SHORT).expected != pytest.approx(80)


# Kobak et al. (2025), repository dkobak/excess-mortality-war, demography2025/models.ipynb, rows "15--49"
PUBLISHED = {
    ("constant", 1, False): (15_723, 30_907), ("constant", 1, True): (15_375, 31_439),
    ("line", 5, False): (23_594, 40_542), ("line", 5, True): (20_618, 37_864),
    ("line", 10, False): (24_296, 41_417), ("line", 10, True): (21_788, 39_281),
    ("decay", 5, False): (22_957, 39_657), ("decay", 5, True): (20_297, 37_413),
    ("decay", 10, False): (23_177, 39_977), ("decay", 10, True): (21_140, 38_438),
}  # fmt: skip
DEVIATIONS = {
    ("line", 5, False): (1_568, 1_738), ("line", 10, False): (1_568, 1_585),
    ("line", 5, True): (1_374, 1_533), ("line", 10, True): (1_322, 1_339),
}  # fmt: skip


@pytest.mark.parametrize(("shape", "years", "hiv"), PUBLISHED)
def test_every_published_choice_to_the_digit(russia, shape, years, hiv):
    found = [excess.excess(russia, (year,), Recipe(years, shape, hiv)) for year in excess.WAR]
    assert tuple(round(total.point) for total in found) == PUBLISHED[shape, years, hiv]


@pytest.mark.parametrize(("shape", "years", "hiv"), DEVIATIONS)
def test_the_published_deviations_of_a_line_to_the_digit(russia, shape, years, hiv):
    found = [excess.excess(russia, (year,), Recipe(years, shape, hiv)) for year in excess.WAR]
    assert tuple(round(total.deviation) for total in found) == DEVIATIONS[shape, years, hiv]


# the same notebook, band by band, straight line of five years, HIV subtracted: (excess, deviation) of 2022 and of 2023
BANDS = {
    "15-19": ((337, 173), (-78, 205)), "20-24": ((2868, 465), (3057, 533)), "25-29": ((3438, 193), (5385, 199)),
    "30-34": ((3395, 246), (5750, 255)), "35-39": ((4466, 566), (9068, 606)), "40-44": ((3064, 722), (6995, 817)),
    "45-49": ((3049, 838), (7687, 941)),
}  # fmt: skip


def test_every_published_band_to_the_digit(russia):
    rows = excess.by_band(russia)[["point", "deviation"]].round().astype(int).itertuples(index=False)
    assert [tuple(row) for row in rows] == [pair for pairs in BANDS.values() for pair in pairs]


def test_both_years_and_the_pandemic(russia):
    assert round(excess.excess(russia).point) == 58_482
    assert round(excess.excess(russia, recipe=Recipe(hiv=False)).point) == 64_136
    assert [round(excess.excess(russia, (year,)).point) for year in (2020, 2021)] == [-3_683, -8_499]


def test_the_fetched_files_give_the_same(russia):
    assert excess.excess(fetched()) == excess.excess(russia)
    pd.testing.assert_frame_equal(excess.figures("2026-08-22", "fetched"), excess.figures("2026-08-22"))


def test_the_placebo_test_to_the_digit(russia):
    # first made for this project's methods guide, before this code: errors of the two years, their root mean square
    windows = excess.placebo(russia)
    assert windows["last"].tolist() == [2010, 2011, 2012, 2013, 2014, 2015]
    assert windows["since"].tolist() == [2013, 2014, 2015, 2016, 2017, 2018]
    assert windows["point"].round().tolist() == [25_132, 20_030, 6_661, -6_766, -13_980, -7_314]
    assert (windows["point"] ** 2).mean() ** 0.5 == pytest.approx(15_121, abs=0.5)
    assert (windows["share"] ** 2).mean() ** 0.5 == pytest.approx(0.043, abs=0.0005)
    assert excess.independent(windows) == 3


def test_the_calibrated_intervals(russia):
    total, windows = excess.excess(russia), excess.placebo(russia)
    normal, student = (excess.calibrated(total, windows, times=times) for times in (excess.NORMAL, excess.STUDENT))
    assert (round(normal.low, -2), round(normal.high, -2)) == (34_000, 83_000)
    assert (round(student.low, -2), round(student.high, -2)) == (18_700, 98_300)


def test_a_calibrated_interval_on_paper():
    # shares 0.3, 0.4, 0: root of (0.09 + 0.16 + 0) / 3 = 0.288675; times 2 and 1,000 expected: 577.35 on either side
    total = excess.Excess(2022, 2022, 1000.0, 100.0, 1.0)
    found = excess.calibrated(total, pd.DataFrame({"share": [0.3, -0.4, 0.0]}), times=2)
    assert found == pytest.approx((-477.35, 100, 677.35, 0.288675, 3), abs=0.01)


def test_leaving_one_out_on_paper():
    # each |share| beside the root mean square of the other two: 0.3 : 0.283, 0.4 : 0.212, 0 : 0.354
    windows = pd.DataFrame({"share": [0.3, -0.4, 0.0]})
    assert [excess.covered(windows, times=times) for times in (1, 1.5, 2)] == [1, 2, 3]


def test_student_is_the_quantile_that_it_says():
    from scipy import stats

    assert pytest.approx(stats.t.ppf(0.975, 3), abs=1e-7) == excess.STUDENT
    assert pytest.approx(stats.norm.ppf(0.975)) == excess.NORMAL


def invented(rng, *, drifts):
    """Seven bands, 5,000 women dead a year: a falling ratio, noise or drift of 0.03, 500 men more in each war year."""
    years = np.arange(2006, 2024)
    parts = []
    for age in deaths.BANDS:
        noise = rng.normal(0, 0.03, len(years))
        ratio = 3 - 0.02 * (years - 2006) + (noise.cumsum() if drifts else noise)
        men = ratio * 5000 + np.where(years >= 2022, 500, 0)
        parts.append(pd.DataFrame({"year": years, "age": age, "men": men, "women": 5000.0}))
    return pd.concat(parts).assign(men_hiv=0.0, women_hiv=0.0)


@pytest.mark.parametrize("drifts", [False, True])
def test_where_the_truth_is_known_the_point_is_unbiased_and_the_interval_holds_it(drifts):
    rng, truth, runs = np.random.default_rng(20220224), 7 * 2 * 500, 80
    points, held, claimed = [], 0, 0
    for _ in range(runs):
        made = invented(rng, drifts=drifts)
        total = excess.excess(made)
        student = excess.calibrated(total, excess.placebo(made))
        points.append(total.point)
        held += student.low <= truth <= student.high
        claimed += abs(total.point - truth) <= excess.NORMAL * total.deviation
    assert abs(np.mean(points) - truth) < 3 * np.std(points) / runs**0.5
    assert held / runs >= 0.90
    # a line believes in scatter alone: where the ratio drifts, its own interval is far too narrow
    assert claimed / runs < 0.80 if drifts else claimed / runs > 0.85


def test_every_choice_has_an_interval_and_the_published_one_is_among_them(russia):
    choices = excess.specifications(russia)
    assert len(choices) == 2 * (8 + 8 + 10)
    assert choices[["low", "placebo_low"]].notna().any(axis=1).all()
    preferred = choices.query("hiv and shape == 'line' and years == 5").iloc[0]
    assert (round(preferred["point"]), round(preferred["placebo_low"], -2)) == (58_482, 18_700)


def test_what_was_known_on_the_day(russia):
    then = {day: deaths.known_by(russia, day) for day in ("2022-12-31", "2023-07-10", "2025-02-25", "2025-03-25")}
    assert [excess.war_years(known) for known in then.values()] == [(), (2022,), (2022, 2023), (2022, 2023)]
    assert [excess.best_known(known).hiv for known in then.values()] == [False, False, False, True]
    assert excess.estimates(then["2022-12-31"], Recipe(hiv=False)).empty
    only = excess.specifications(then["2023-07-10"], (2022,))
    assert not only["hiv"].any()


@pytest.mark.parametrize(
    ("day", "points"),
    [
        ("2023-07-09", []),
        ("2023-07-10", [23_594]),
        ("2024-06-26", [23_594]),
        ("2024-06-28", [23_594, 40_542, 64_136]),
        ("2025-03-25", [20_618, 23_594, 37_864, 40_542, 58_482, 64_136]),
    ],
)
def test_our_figures_are_known_when_deaths_and_method_are(day, points):
    known = excess.figures(day)
    assert known["point"].tolist() == points
    assert list(known.columns) == schema.COLUMNS
    raw = known["id"].str.contains("-raw")
    assert (known.loc[raw, "status"] == ("superseded" if day >= "2025-03-25" else "standing")).all()
    assert (known.loc[~raw, "status"] == "standing").all()


def test_our_figure_holds_the_wider_interval_and_says_why():
    known = excess.figures("2026-08-22").query("id == 'russia-killed-excess'").sort_values("until")
    figure = known.iloc[-1]
    assert (figure["low"], figure["point"], figure["high"]) == (18_669, 58_482, 98_295)
    assert (figure["scope"], figure["window"], figure["until"].year) == ("men 15-49", "cumulative", 2023)
    assert "33,962 to 83,002" in figure["note"]
    from helpers import claims

    assert set(excess.figures("2026-08-22")["copies"]) - {""} <= set(claims.ledger()["id"])


def test_too_few_baseline_years_are_refused():
    with pytest.raises(ValueError, match="a line through 2 baseline years: 3 or more are needed"):
        Recipe(years=2)
    with pytest.raises(ValueError, match="a constant through 0 baseline years: 1 or more"):
        Recipe(years=0, shape="constant")


def test_another_shape_is_refused():
    with pytest.raises(ValueError, match="shape is 'spline': allowed are line, decay, constant"):
        Recipe(shape="spline")


def test_a_year_without_data_is_refused(russia):
    with pytest.raises(ValueError, match=r"2024 has no deaths by band and sex without HIV .*: there are 2006 to 2023"):
        excess.excess(russia, (2024,))
    with pytest.raises(ValueError, match="2005 has no deaths by band and sex without HIV deaths"):
        excess.excess(russia, recipe=Recipe(years=15))


def test_a_missing_band_is_refused(russia):
    hole = russia[(russia["year"] != 2017) | (russia["age"] != "30-34")]
    with pytest.raises(ValueError, match="2017 has no deaths for the band 30-34: every band is needed in every year"):
        excess.excess(hole)


def test_two_countries_in_one_table_are_refused(russia):
    with pytest.raises(ValueError, match="1990 has two rows for the band 15-19: one is allowed, of the whole country"):
        excess.excess(pd.concat([russia, russia]))


def test_a_decay_needs_more_men_than_women():
    with pytest.raises(ValueError, match="a decay needs more deaths of men than of women"):
        excess.excess(table(a=([9.0, 8, 7, 6], 10)), (2020,), Recipe(3, "decay", False))


def test_too_few_peace_windows_are_refused(russia):
    windows = excess.placebo(russia, recipe=Recipe(years=9))
    with pytest.raises(ValueError, match="2 windows of peace: 3 or more are needed"):
        excess.calibrated(excess.excess(russia), windows)
