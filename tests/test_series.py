"""The published series by week and month, and the dead between two days."""

import pandas as pd
import pytest

from helpers import figures, series, sources


def weeks(*points, since="2022-02-21", name="named", published="2025-01-01"):
    """A made-up release: one week after the other, with bounds of one half and twice the point."""
    mondays = pd.date_range(since, periods=len(points), freq="7D")
    values = pd.Series(points, dtype=float)
    return pd.DataFrame(
        {
            "series": name,
            "side": "russia",
            "scope": series.EVERYONE,
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


def test_totals_of_the_three_releases():
    # published: 120,000 (106,000 to 140,000) dead in June 2024; 121,188 names in August 2025;
    # 219,000 by probate with the flash estimate; 205,470 names in the file of May 2026;
    # 351,817 by probate, to 401,808; printed from 301,826, with the 90,448 missing as if known: here with the 52,305
    # of the bare excess of late cases in their place
    totals = series.read().groupby(["published", "series"])[series.VALUES].sum(min_count=1).round()
    assert totals.loc[(series.PUBLISHED_2024, "probate")].tolist() == [105_894, 120_145, 139_877]
    assert totals.loc[(series.PUBLISHED_2025, "named"), "point"] == 121_188
    assert totals.loc[(series.PUBLISHED_2026, "named"), "point"] == 205_470
    assert totals.loc[(series.PUBLISHED_2025, "probate"), "point"] == pytest.approx(219_000, abs=500)
    assert totals.loc[(series.PUBLISHED_2026, "probate")].tolist() == [263_682, 351_817, 401_808]
    assert abs(263_682 + 90_448 - 52_305 - 301_826) <= 1


def test_every_release_says_of_whom_it_is_and_how_it_was_made():
    table = series.read()
    assert (table["side"] == "russia").all()
    assert set(table["scope"]) <= set(figures.codebook("scopes").query("side == 'russia'").index)
    made = table.groupby(["published", "series", "scope"])["method"].unique().map(list)
    assert made.to_dict() == {
        (series.PUBLISHED_2024, "probate", "russian forces"): ["probate registry", "flash estimate"],
        (series.PUBLISHED_2025, "named", "russian forces"): ["count of names"],
        (series.PUBLISHED_2025, "probate", "men 18-55"): ["probate registry", "flash estimate"],
        (series.PUBLISHED_2026, "named", "russian forces"): ["count of names"],
        (series.PUBLISHED_2026, "probate", "men 18-59"): ["probate registry and missing", "flash estimate and missing"],
    }


def totals_of_2024():
    """The running totals that the release of July 2024 prints, by Monday; its columns in the file's order."""
    fetched()  # skips where the source is not on this disk
    file = sources.path(series.SOURCE, f"{series.FOLDER}/meduza_2024.csv")
    columns = "date names registry high low training training_high training_low flash flash_high flash_low".split()
    return pd.read_csv(file, header=0, names=columns, parse_dates=["date"], encoding="utf-8-sig", index_col="date")


def test_the_steps_of_2024_add_up_to_the_published_totals_and_bounds():
    weekly = series.vintage(fetched(), "probate", "2024-07-05").set_index("since")
    printed = totals_of_2024()
    published = pd.DataFrame(
        {
            "low": printed["low"].fillna(printed["flash_low"]),
            "point": printed["registry"].fillna(printed["flash"]),
            "high": printed["high"].fillna(printed["flash_high"]),
        }
    )
    pd.testing.assert_frame_equal(weekly[series.VALUES].cumsum(), published, check_names=False, check_freq=False)
    assert (weekly[series.VALUES] > 0).all().all()
    # published for 4 February 2024: 85,600 (75,600 to 99,600); the total of the last week of the registry
    assert published.loc["2024-01-29"].round(-2).tolist() == [75_600, 85_700, 99_600]
    assert weekly.loc["2024-02-05", "method"] == series.FLASH


def test_where_flash_takes_over_in_2024_the_two_totals_do_not_meet():
    # flash 89,397 - registry 85,671 = 3,726; flash a week before 88,049, so 1,349 its own and 2,378 between the two
    weekly, printed = series.vintage(fetched(), "probate", "2024-07-05").set_index("since"), totals_of_2024()
    between = printed.loc["2024-01-29", "training"] - printed.loc["2024-01-29", "registry"]
    own = printed.loc["2024-02-05", "flash"] - printed.loc["2024-01-29", "training"]
    assert (round(own), round(between)) == (1349, 2378)
    assert weekly.loc["2024-02-05", "point"] == pytest.approx(own + between)


def test_the_registry_of_2024_goes_by_week_of_death_and_its_flash_estimate_by_week_of_discovery():
    printed = totals_of_2024()
    by_death = series.vintage(fetched(), "named", "2025-08-29").set_index("since")["point"]
    found, registry = printed["names"].diff(), printed["registry"].diff()
    flash = printed["training"].fillna(printed["flash"]).diff()
    assert registry.corr(by_death) == pytest.approx(0.95, abs=0.005)
    assert registry.corr(found) == pytest.approx(0.56, abs=0.005)
    assert flash.corr(found) == pytest.approx(0.99, abs=0.005)
    assert flash.corr(by_death) < 0.7


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


def test_embedded_months_are_the_fetched_weeks_summed():
    months = series.by_month(fetched(), series.CUTS)
    rounded = months.assign(**{value: months[value].round(4) for value in series.VALUES})
    pd.testing.assert_frame_equal(series.read(), rounded, check_dtype=False, rtol=0, atol=1e-9)


def dead(release, day):
    """The one row of `to_days` for one day."""
    return series.to_days(release, pd.Series([pd.Timestamp(day)])).iloc[0]


@pytest.mark.parametrize("data", ["embedded", "fetched"])
def test_to_the_day_of_the_ministrys_last_figure(data):
    # 9,560 names and 8,083 by probate to Sunday 18 September 2022; 484 and 477.4 in the next week, of which 3 days
    table = series.read() if data == "embedded" else fetched()
    named = dead(series.vintage(table, "named", "2026-08-22"), "2022-09-21")
    assert named.tolist() == pytest.approx([9560, 9560 + 3 / 7 * 484, 9560 + 484])
    probate = series.vintage(table, "probate", "2026-08-22")
    assert round(dead(probate, "2022-09-18")["point"]) == 8083
    assert dead(probate, "2022-09-21")["point"] == pytest.approx(8083.3 + 3 / 7 * 477.4, abs=0.1)


def test_every_day_by_week_lies_within_its_bounds_by_month():
    days, weekly = pd.Series(pd.date_range("2022-02-24", "2025-12-28")), fetched()
    for name, published in (("named", "2025-08-29"), ("named", "2026-05-09"), ("probate", "2026-05-09")):
        by_week, by_month = (series.to_days(series.vintage(t, name, published), days) for t in (weekly, series.read()))
        known = by_week["point"].notna()
        assert known.sum() > 1200
        slack = 0.1  # the embedded sums are rounded
        assert (by_month["low"] <= by_week["low"] + slack)[known].all()
        assert (by_week["high"] <= by_month["high"] + slack)[known].all()
        # the end of a month is an end of a week
        ends = days.isin(series.vintage(series.read(), name, published)["until"])
        pd.testing.assert_frame_equal(by_month[ends], by_week[ends], rtol=0, atol=slack)


def test_a_vintage_is_the_newest_release_of_the_day():
    table = series.read()
    assert series.vintage(table, "probate", "2024-07-04").empty
    assert series.vintage(table, "probate", "2025-08-28")["published"].unique() == [series.PUBLISHED_2024]
    assert series.vintage(table, "named", "2025-08-28").empty
    assert series.vintage(table, "named", "2025-08-29")["published"].unique() == [series.PUBLISHED_2025]
    assert series.vintage(table, "named", "2026-05-08")["published"].unique() == [series.PUBLISHED_2025]
    assert series.vintage(table, "named", "2026-05-09")["published"].unique() == [series.PUBLISHED_2026]


def test_sum_to_a_day_on_paper():
    # weeks of 4, 14 and 70 dead; to Wednesday of the third week: 4 + 14 + 3/7 of 70 = 48; at least the low bounds of
    # the first two, 2 + 7; at most the high bounds of all three, 8 + 28 + 140
    assert dead(weeks(4, 14, 70), "2022-03-09").tolist() == pytest.approx([9, 48, 176])
    assert dead(weeks(4, 14, 70), "2022-03-06").tolist() == pytest.approx([9, 18, 36])


def test_a_count_to_a_day_lies_between_its_sums_to_the_start_and_the_end_of_the_span():
    names = weeks(4, 14, 70).assign(low=float("nan"), high=float("nan"))
    assert dead(names, "2022-03-09").tolist() == pytest.approx([18, 48, 88])
    assert dead(names, "2022-03-06").tolist() == [18, 18, 18]


def test_between_two_days_only_whole_spans_are_certain():
    names = weeks(4, 14, 70).assign(low=float("nan"), high=float("nan"))
    since = ["2022-02-28", "2022-03-03", "2022-03-08", "2022-02-01"]
    until = ["2022-03-13", "2022-03-13", "2022-03-09", "2022-02-27"]
    told = series.between(names, *(pd.Series(pd.to_datetime(days)) for days in (since, until)))
    # two whole weeks; from Thursday of the second: 4 of its 7 days and the third; two days inside the third; and from
    # before the invasion: the first week
    assert told.loc[0].tolist() == [84, 84, 84]
    assert told.loc[1].tolist() == pytest.approx([70, 78, 84])
    assert told.loc[2].tolist() == pytest.approx([0, 20, 70])
    assert told.loc[3].tolist() == [4, 4, 4]


def test_the_first_week_counts_from_the_invasion():
    # the week from 21 February 2022 has four days of war: half of its dead to the 25th
    assert dead(weeks(4, 14), "2022-02-25")["point"] == pytest.approx(2)
    assert dead(weeks(4, 14), "2022-02-27")["point"] == pytest.approx(4)


def test_before_the_invasion_and_after_the_last_day_nothing_is_known():
    days = pd.Series(pd.to_datetime(["2022-02-23", "2022-03-07"]))
    assert series.to_days(weeks(4, 14), days).isna().all(axis=None)
    assert series.between(weeks(4, 14), days, days + pd.Timedelta(days=1)).loc[1].isna().all()


def test_after_2025_the_newest_release_does_not_know():
    probate = series.vintage(series.read(), "probate", "2026-08-22")
    assert round(dead(probate, "2025-12-28")["point"]) == 351_817
    assert dead(probate, "2025-12-29").isna().all()


def test_in_2024_the_estimate_to_a_day_is_that_of_its_release():
    # 10,186.2 to Sunday 18 September 2022, 10,706.4 a week later; 3 of those 7 days: 10,186.2 + 3/7 of 520.2
    probate = series.vintage(fetched(), "probate", "2025-05-05")
    assert dead(probate, "2022-09-21")["point"] == pytest.approx(10_186.2 + 3 / 7 * 520.2, abs=0.1)
    assert round(dead(probate, "2024-06-23")["point"]) == 120_145
    assert dead(probate, "2024-06-24").isna().all()


def test_without_a_release_the_sum_is_missing():
    assert dead(series.vintage(series.read(), "named", "2024-02-24"), "2022-09-21").isna().all()


def test_two_releases_are_not_added_up():
    both = pd.concat([weeks(4, published="2025-01-01"), weeks(5, published="2026-01-01")])
    with pytest.raises(ValueError, match="named of 2025-01-01, named of 2026-01-01: use vintage"):
        dead(both, "2022-03-01")


def test_a_month_in_which_the_method_changes_has_two_rows():
    table = weeks(1, 2, 4, since="2022-03-07")
    table = table.assign(method=["probate registry", "flash estimate", "flash estimate"])
    months = series.by_month(table)
    assert months["point"].tolist() == [1, 6]
    assert months["since"].tolist() == [pd.Timestamp("2022-03-07"), pd.Timestamp("2022-03-14")]


def test_a_week_belongs_to_the_month_of_its_thursday():
    # the week from Monday 28 March 2022 has its Thursday on 31 March
    months = series.by_month(weeks(10, 20, 30, since="2022-03-28"))
    assert months["point"].tolist() == [10, 50]
    assert months["until"].tolist() == [pd.Timestamp("2022-04-03"), pd.Timestamp("2022-04-17")]


def test_a_month_is_cut_where_it_is_asked_for():
    cut = series.by_month(weeks(1, 2, 4, since="2022-03-07"), [pd.Timestamp("2022-03-20")])
    assert cut["point"].tolist() == [3, 4]
    assert series.by_month(cut)["point"].tolist() == [7]


HEADER_2024 = "Date," + ",".join(f'{c.low},"{c.point}",{c.high}' for c in series.IN_2024) + "\n"


def test_running_totals_become_steps(tmp_path):
    # totals of 10, 30 by the registry, then 100 by flash: steps of 10, 20, 70; a total that falls has a negative step
    file = tmp_path / "meduza_2024.csv"
    rows = "2022-02-21,5,10,20,,,\n2022-02-28,15,30,60,,,\n2022-03-07,,,,50,100,200\n2022-03-14,,,,50,90,210\n"
    file.write_text(HEADER_2024 + rows, encoding="utf-8-sig")
    table = series.read_2024(file)
    assert table[series.VALUES].to_numpy().tolist() == [[5, 10, 20], [10, 20, 40], [35, 70, 140], [0, -10, 10]]
    assert table["method"].tolist() == [series.PROBATE] * 2 + [series.FLASH] * 2
    assert table.loc[0, ["since", "until"]].tolist() == [pd.Timestamp("2022-02-21"), pd.Timestamp("2022-02-27")]


@pytest.mark.parametrize("second", ["15,30,60,15,30,60", ",,,,,"])
def test_a_week_with_two_values_or_none_is_refused(tmp_path, second):
    file = tmp_path / "meduza_2024.csv"
    file.write_text(f"{HEADER_2024}2022-02-21,5,10,20,,,\n2022-02-28,{second}\n2022-03-07,,,,50,100,200\n")
    with pytest.raises(ValueError, match="each week of the probate series needs a value by one method, and by one"):
        series.read_2024(file)


def test_a_date_of_2024_that_is_no_monday_is_refused(tmp_path):
    file = tmp_path / "meduza_2024.csv"
    file.write_text(HEADER_2024 + "22/02/2022,5,10,20,,,\n")
    with pytest.raises(ValueError, match="line 2, column Date: '22/02/2022' is not a Monday written year-month-day"):
        series.read_2024(file)


HEADER_2026 = "Year,Week,BmzNow,ED,EDAssembledLow,EDAssembled,EDAssembledHigh,EDSuperlatesFromCoeffs,ECSuperlates\n"


def test_a_week_that_does_not_exist_is_refused(tmp_path):
    file = tmp_path / "meduza_2026_weekly.csv"
    file.write_text(HEADER_2026 + "2022,52,1,1,1,1,1,0,0\n2022,53,1,1,1,1,1,0,0\n")
    with pytest.raises(ValueError, match="line 3, column Week: 2022-W53 does not exist: 2022 has the weeks 1 to 52"):
        series.read_2026(file)


def test_a_missing_or_doubled_week_is_refused(tmp_path):
    file = tmp_path / "meduza_2026_weekly.csv"
    file.write_text(HEADER_2026 + "2022,8,1,1,1,1,1,0,0\n2022,10,1,1,1,1,1,0,0\n")
    with pytest.raises(ValueError, match="line 3: the week of 2022-03-07 does not follow the one before it"):
        series.read_2026(file)


def test_the_newest_weeks_are_marked_as_flash_estimate(tmp_path):
    file = tmp_path / "meduza_2026_weekly.csv"
    file.write_text(HEADER_2026 + "2022,8,9,2,8,9,9,5,2\n2022,9,9,,1,2,3,,\n")
    probate = series.read_2026(file).query("series == 'probate'")
    # 8 printed, with 5 missing as if known; 2 of them is the least
    assert probate["low"].tolist() == [5, 1]
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
