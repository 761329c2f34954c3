"""The published series by week and quarter, and their sums to a day."""

import pandas as pd
import pytest

from helpers import series, sources


def weeks(*points, since="2022-02-21", name="named", published="2025-01-01"):
    """A made-up release: one week after the other, with bounds of one half and twice the point."""
    mondays = pd.date_range(since, periods=len(points), freq="7D")
    values = pd.Series(points, dtype=float)
    return pd.DataFrame(
        {
            "series": name,
            "method": series.NAMED,
            "published": pd.Timestamp(published),
            "since": mondays,
            "until": mondays + pd.Timedelta(days=6),
            "low": values / 2,
            "point": values,
            "high": values * 2,
            "source": "made-up",
        }
    )


def fetched():
    if series.SOURCE not in sources.available():
        pytest.skip("economist-2026 is not on this disk: `make data SOURCE=economist-2026` fetches it")
    return series.read("fetched")


def test_totals_of_the_two_releases():
    # published: 121,188 names in August 2025; 219,000 by probate with the flash estimate;
    # 205,470 names in the file of May 2026; 351,817 by probate (301,826 to 401,808)
    totals = series.read().groupby(["published", "series"])[series.VALUES].sum(min_count=1).round()
    assert totals.loc[(series.PUBLISHED_2025, "named"), "point"] == 121_188
    assert totals.loc[(series.PUBLISHED_2026, "named"), "point"] == 205_470
    assert totals.loc[(series.PUBLISHED_2025, "probate"), "point"] == pytest.approx(219_000, abs=500)
    assert totals.loc[(series.PUBLISHED_2026, "probate")].tolist() == [301_826, 351_817, 401_808]


def test_named_dead_by_year_in_the_newest_release():
    named = series.vintage(series.read(), "named", "2026-08-22")
    year = (named["since"] + pd.Timedelta(days=3)).dt.year
    assert named.groupby(year)["point"].sum().tolist() == [20_389, 48_522, 89_054, 47_505]


def test_spans_follow_each_other_from_monday_to_sunday():
    for _, spans in series.read().groupby(["published", "series"]):
        assert spans["since"].iloc[0] == pd.Timestamp("2022-02-21")
        assert (spans["since"].dt.day_of_week == 0).all()
        assert (spans["until"].dt.day_of_week == 6).all()
        assert (spans["since"].iloc[1:].values - spans["until"].iloc[:-1].values == pd.Timedelta(days=1)).all()


def test_a_count_has_no_interval_and_an_estimate_has_one():
    table = series.read()
    named = table["series"] == "named"
    assert table.loc[named, ["low", "high"]].isna().all().all()
    assert (table.loc[~named, "low"] < table.loc[~named, "point"]).all()
    assert (table.loc[~named, "point"] < table.loc[~named, "high"]).all()


def test_embedded_quarters_are_the_fetched_weeks_summed():
    quarters = series.by_quarter(fetched())
    rounded = quarters.assign(**{value: quarters[value].round(3) for value in series.VALUES})
    pd.testing.assert_frame_equal(series.read(), rounded, check_dtype=False, rtol=0, atol=1e-9)


def test_to_the_day_of_the_ministrys_last_figure_by_week():
    # 9,560 names and 8,083 by probate to Sunday 18 September 2022; 484 and 477.4 in the next week, of which 3 days
    table = fetched()
    named = series.to_day(series.vintage(table, "named", "2026-08-22"), "2022-09-21")
    probate = series.to_day(series.vintage(table, "probate", "2026-08-22"), "2022-09-21")
    assert named.whole_until == probate.whole_until == pd.Timestamp("2022-09-18")
    assert (named.whole, round(probate.whole)) == (9560, 8083)
    assert named.point == pytest.approx(9560 + 3 / 7 * 484)
    assert (round(named.point), round(probate.point)) == (9767, 8288)


def test_by_quarter_the_same_day_is_told_less_exactly():
    # 2,788 + 3,797 to 3 July; 80 of the 91 days to 2 October of 4,078
    named = series.to_day(series.vintage(series.read(), "named", "2026-08-22"), "2022-09-21")
    assert named.whole == 2788 + 3797
    assert named.point == pytest.approx(6585 + 80 / 91 * 4078)


def test_a_vintage_is_the_newest_release_of_the_day():
    table = series.read()
    assert series.vintage(table, "named", "2025-08-28").empty
    assert series.vintage(table, "named", "2025-08-29")["published"].unique() == [series.PUBLISHED_2025]
    assert series.vintage(table, "named", "2026-05-08")["published"].unique() == [series.PUBLISHED_2025]
    assert series.vintage(table, "named", "2026-05-09")["published"].unique() == [series.PUBLISHED_2026]


def test_sum_to_a_day_on_paper():
    # weeks of 4, 14 and 70 dead; to Wednesday of the third week: 4 + 14 + 3/7 of 70 = 48
    sums = series.to_day(weeks(4, 14, 70), "2022-03-09")
    assert (sums.low, sums.point, sums.high) == pytest.approx((24, 48, 96))
    assert (sums.whole_low, sums.whole, sums.whole_high) == (9, 18, 36)
    assert sums.whole_until == pd.Timestamp("2022-03-06")


def test_the_first_week_counts_from_the_invasion():
    # the week from 21 February 2022 has four days of war: half of its dead to the 25th
    assert series.to_day(weeks(4, 14), "2022-02-25").point == pytest.approx(2)
    assert series.to_day(weeks(4, 14), "2022-02-27").point == pytest.approx(4)


def test_before_the_invasion_and_after_the_last_day_nothing_is_known():
    before, after = (series.to_day(weeks(4, 14), day) for day in ("2022-02-23", "2022-03-07"))
    assert pd.isna([before.low, before.point, before.high, before.whole]).all()
    assert before.whole_until is pd.NaT
    assert pd.isna([after.low, after.point, after.high]).all()
    assert (after.whole, after.whole_until) == (18, pd.Timestamp("2022-03-06"))


def test_after_2025_the_newest_release_does_not_know():
    probate = series.vintage(series.read(), "probate", "2026-08-22")
    assert round(series.to_day(probate, "2025-12-28").point) == 351_817
    sums = series.to_day(probate, "2025-12-29")
    assert pd.isna(sums.point)
    assert round(sums.whole) == 351_817


def test_without_a_release_the_sum_is_missing():
    sums = series.to_day(series.vintage(series.read(), "named", "2024-02-24"), "2022-09-21")
    assert pd.isna([sums.low, sums.point, sums.high, sums.whole]).all()


def test_two_releases_are_not_added_up():
    both = pd.concat([weeks(4, published="2025-01-01"), weeks(5, published="2026-01-01")])
    with pytest.raises(ValueError, match="named of 2025-01-01, named of 2026-01-01: use vintage"):
        series.to_day(both, "2022-03-01")


def test_a_quarter_in_which_the_method_changes_has_two_rows():
    table = weeks(1, 2, 4).assign(method=["probate registry", "flash estimate", "flash estimate"])
    quarters = series.by_quarter(table)
    assert quarters["point"].tolist() == [1, 6]
    assert quarters["since"].tolist() == [pd.Timestamp("2022-02-21"), pd.Timestamp("2022-02-28")]


def test_a_week_belongs_to_the_quarter_of_its_thursday():
    # the week from Monday 28 March 2022 has its Thursday on 31 March
    quarters = series.by_quarter(weeks(10, 20, since="2022-03-28"))
    assert quarters["point"].tolist() == [10, 20]


HEADER_2026 = "Year,Week,BmzNow,ED,EDAssembledLow,EDAssembled,EDAssembledHigh\n"


def test_a_week_that_does_not_exist_is_refused(tmp_path):
    file = tmp_path / "meduza_2026_weekly.csv"
    file.write_text(HEADER_2026 + "2022,52,1,1,1,1,1\n2022,53,1,1,1,1,1\n")
    with pytest.raises(ValueError, match="line 3, column Week: 2022-W53 does not exist: 2022 has the weeks 1 to 52"):
        series.read_2026(file)


def test_a_missing_or_doubled_week_is_refused(tmp_path):
    file = tmp_path / "meduza_2026_weekly.csv"
    file.write_text(HEADER_2026 + "2022,8,1,1,1,1,1\n2022,10,1,1,1,1,1\n")
    with pytest.raises(ValueError, match="line 3: the week of 2022-03-07 does not follow the one before it"):
        series.read_2026(file)


def test_the_newest_weeks_are_marked_as_flash_estimate(tmp_path):
    file = tmp_path / "meduza_2026_weekly.csv"
    file.write_text(HEADER_2026 + "2022,8,9,2,1,2,3\n2022,9,9,,1,2,3\n")
    probate = series.read_2026(file).query("series == 'probate'")
    assert probate["method"].tolist() == ["probate registry and missing", "flash estimate and missing"]


@pytest.mark.parametrize("date", ["22/02/2022", "2022-02-21", "31/02/2022", "21/2/22x"])
def test_a_date_that_is_no_monday_is_refused(tmp_path, date):
    file = tmp_path / "meduza_2025_weekly.csv"
    header = ["Date", *(c for columns in series.IN_2025 for c in (columns.low, columns.point, columns.high) if c)]
    file.write_text(",".join(header) + f"\n{date}" + ",1" * (len(header) - 1) + "\n")
    with pytest.raises(ValueError, match=rf"line 2, column Date: '{date}' is not a Monday written day/month/year"):
        series.read_2025(file)


def test_another_mode_is_refused():
    with pytest.raises(ValueError, match="data is 'weekly': allowed are embedded and fetched"):
        series.read("weekly")


def test_many_days_at_once_are_the_same_sums():
    for release in (weeks(10, 20, 30), weeks(10).iloc[:0]):
        days = pd.Series(pd.date_range("2022-02-22", "2022-03-15"))
        one_by_one = [series.to_day(release, day)[1:4] for day in days]
        expected = pd.DataFrame(one_by_one, columns=series.VALUES)
        pd.testing.assert_frame_equal(series.to_days(release, days), expected, check_dtype=False)
