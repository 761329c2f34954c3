"""The named list as known on different days: golden sums, the question of a period by a day, refusals and verdicts."""

import pandas as pd
import pytest

from helpers import claims, comparison, series, sources
from helpers.lists import vintages


def fetched():
    if series.SOURCE not in sources.available():
        pytest.skip("economist-2026 is not on this disk: `make data SOURCE=economist-2026` fetches it")
    return vintages.read("fetched")


def made_up(counts, kind=vintages.REBUILT):
    """Three weeks from 2022-12-19 in vintages of the days that `counts` names."""
    since = pd.date_range("2022-12-19", periods=3, freq="7D")
    parts = [
        pd.DataFrame({"kind": kind, "as_of": pd.Timestamp(day), "published": pd.Timestamp("2025-01-01"),
                      "since": since, "until": since + pd.Timedelta(days=6), "names": names, "source": "made-up"})
        for day, names in counts.items()
    ]  # fmt: skip
    return pd.concat(parts, ignore_index=True)


GOLDEN = {
    "2022-12-31": [12_492, 3, 4, 1],
    "2023-12-31": [16_737, 25_404, 40, 15],
    "2024-12-31": [19_236, 39_023, 37_593, 81],
    "2025-12-31": [19_928, 44_763, 69_706, 36_598],
    "2026-05-09": [20_389, 48_522, 89_054, 47_505],
}


@pytest.mark.parametrize("day", GOLDEN)
def test_names_by_year_of_death(day):
    assert vintages.by_year(vintages.read()).xs(day, level="as_of").iloc[0].tolist() == GOLDEN[day]


def test_the_release_of_2025_is_as_published_and_below_what_was_printed_before_it():
    release = vintages.read().query("as_of == @vintages.AS_OF_2025")
    assert release["names"].sum() == 121_188 < 121_507
    assert set(release["kind"]) == {vintages.RELEASE}
    assert set(release["published"]) == {series.PUBLISHED_2025}


def test_only_releases_are_called_so_and_what_was_rebuilt_was_published_in_2026():
    table = vintages.read()
    rebuilt = table[table["kind"] == vintages.REBUILT]
    assert set(rebuilt["as_of"]) == set(vintages.REBUILT_IN_2026.values())
    assert set(rebuilt["published"]) == {series.PUBLISHED_2026}


def test_the_embedded_table_is_the_weeks_summed():
    pd.testing.assert_frame_equal(vintages.by_month(fetched()), vintages.read())


def test_all_vintages_have_the_same_spans_but_for_the_end_of_the_older_release():
    holes = vintages.wide(vintages.read()).isna().sum()
    assert holes[holes > 0].to_dict() == {vintages.AS_OF_2025: 5}


def test_nothing_is_known_before_it_was_published():
    table = vintages.read()
    assert vintages.known_by(table, "2025-08-28").empty
    assert set(vintages.known_by(table, "2026-05-08")["as_of"]) == {vintages.AS_OF_2025}


def test_deaths_of_a_period_named_by_a_day():
    table = made_up({"2022-12-31": [5, 1, 0], "2023-12-31": [7, 4, 9]})
    # the weeks from 19 and 26 December have their Thursday in 2022, that from 2 January in 2023
    assert vintages.named_by(table, "2022", "2023-06-30") == (6, pd.Timestamp("2022-12-31"), vintages.REBUILT)
    assert vintages.named_by(table, "2022-12", "2023-12-31").names == 7 + 4
    assert vintages.named_by(table, "2023-01", "2024-12-31").names == 9
    assert vintages.named_by(table, "2022", "2022-12-30").names is None


def test_a_vintage_older_than_the_period_tells_nothing_of_it():
    table = made_up({"2022-12-31": [5, 1, 3], "2023-12-31": [7, 4, 9]})
    assert vintages.named_by(table, "2023", "2023-06-30").names is None
    assert vintages.after_its_day(table).to_dict("records") == [{"as_of": pd.Timestamp("2022-12-31"), "names": 3}]


def test_golden_answers():
    table = vintages.read()
    assert vintages.named_by(table, "2024", "2025-02-25").names == 37_593
    assert vintages.named_by(table, "2024", "2025-10-01") == (49_137, vintages.AS_OF_2025, vintages.RELEASE)


@pytest.mark.parametrize("period", ["2024-08-05", "2021", "2027Q1"])
def test_a_period_that_the_table_cannot_tell_is_refused(period):
    with pytest.raises(ValueError, match=f"hold no whole spans of {period}: they run from 2022-02-21 to 2025-12-28"):
        vintages.named_by(vintages.read(), period, "2026-05-09")


@pytest.mark.parametrize("period", ["2024Q9", "2024-13", "autumn"])
def test_what_is_no_period_is_refused_in_plain_words(period):
    with pytest.raises(ValueError, match=rf"'{period}' is not a period: allowed are a year \(2024\), a quarter"):
        vintages.named_by(vintages.read(), period, "2026-05-09")


def test_names_below_zero_are_refused():
    with pytest.raises(ValueError, match=r"the vintage of 2023-02-01 has -4 names in the span from .*: allowed are"):
        vintages.check(made_up({"2023-02-01": [5, -4, 3]}))


def test_net_change_between_two_releases():
    table = made_up({"2023-02-01": [5, 4, 3], "2024-02-01": [9, 4, 1]}, vintages.RELEASE)
    assert vintages.net_change(table)["change"].tolist() == [4, 0, -2]
    assert vintages.net_change(table[table["as_of"] == "2023-02-01"]).empty


def test_net_change_of_the_real_releases():
    assert vintages.net_change(vintages.read())["change"].sum() == 196_761 - 121_188


def test_a_release_that_shrinks_is_shown():
    fewer = vintages.shrunk(made_up({"2023-02-01": [5, 4, 3], "2024-02-01": [9, 4, 1]}, vintages.RELEASE))
    assert fewer[["names", "before"]].to_numpy().tolist() == [[1, 3]]
    weeks = vintages.shrunk(fetched())
    assert weeks[["before", "names"]].to_numpy().tolist() == [[382, 377], [254, 249]]


def test_the_embedded_weeks_that_lost_names_are_those_fetched():
    told = vintages.weeks_that_lost_names()
    assert told[["before", "names"]].to_numpy().tolist() == [[382, 377], [254, 249]]
    assert told["published"].tolist() == [series.PUBLISHED_2026] * 2
    fetched()
    pd.testing.assert_frame_equal(told, vintages.weeks_that_lost_names("fetched"))


def test_in_months_what_weeks_lost_cannot_be_seen():
    assert vintages.shrunk(vintages.read()).empty


def test_discovery_dates_that_shrink_are_refused():
    with pytest.raises(ValueError, match="2024-02-01 shrinks: 1 names of the span from 2023-01-02, 3 by 2023-02-01"):
        vintages.check(made_up({"2023-02-01": [5, 4, 3], "2024-02-01": [9, 4, 1]}))


def test_two_counts_of_one_span_are_refused():
    table = made_up({"2023-02-01": [5, 4, 3]})
    with pytest.raises(ValueError, match=r"2023-02-01 has two counts of the span from 2022-12-19: .* averaged"):
        vintages.check(pd.concat([table, table.head(1)]))


def test_a_week_that_does_not_exist_is_refused(tmp_path):
    fetched()
    good = [sources.path(series.SOURCE, f"{series.FOLDER}/meduza_{year}_weekly.csv") for year in (2025, 2026)]
    bad = tmp_path / "weeks.csv"
    bad.write_text(good[1].read_text("utf-8").replace("2022,52,", "2022,53,", 1), "utf-8")
    with pytest.raises(ValueError, match=r"weeks.csv, line \d+, column Week: 2022-W53 does not exist"):
        vintages.weekly(good[0], bad)


def test_another_kind_of_data_is_refused():
    with pytest.raises(ValueError, match="data is 'mine': allowed are embedded and fetched"):
        vintages.read("mine")


def test_two_totals_for_one_day_and_one_that_shrinks_each_have_their_verdict():
    days = pd.to_datetime(["2023-01-01", "2023-02-01", "2023-02-01", "2023-03-01"])
    totals = pd.DataFrame({"until": days, "published": days, "until_precision": "day", "who": "A",
                           "point": [10.0, 20, 21, 15]})  # fmt: skip
    told = vintages.doubtful(totals)
    assert told["verdict"].tolist() == ["two totals for one day", "below an earlier total: the list shrank"]
    assert told["point"].tolist() == [21, 15]


def test_the_totals_of_the_ledger():
    told = vintages.doubtful(comparison.milestones(claims.ledger(), "russia")).set_index("until")
    assert told.loc["2025-05-30", ["before", "point"]].tolist() == [109_625, 110_608]
    assert told.loc["2025-05-30", "verdict"] == "two totals for one day"
    assert told.loc["2023-09-30", "verdict"] == "two totals of one month, days unknown"
