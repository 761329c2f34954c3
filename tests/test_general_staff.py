"""The daily claims of the General Staff: totals between days, their ratio to others, and the wording in print."""

import json

import pandas as pd
import pytest

from helpers import claims, comparison, general_staff, series, sources
from helpers.monthly import month_ends

DAYS = pd.DataFrame(
    {"day": pd.to_datetime(["2022-02-25", "2022-02-28", "2022-03-10"]), "personnel": [200, 500, 1_500]}
).assign(prefix="about", published=lambda t: t["day"] + pd.Timedelta(days=1), source="made-up")


def span(since, until, point=1.0):
    return pd.DataFrame({"since": [pd.Timestamp(since)], "until": [pd.Timestamp(until)], "point": [point]})


def fetched():
    if general_staff.SOURCE not in sources.available():
        pytest.skip("general-staff-2026 is not on this disk: `make data SOURCE=general-staff-2026` fetches it")
    return general_staff.read("fetched")


def written(tmp_path, *rows):
    path = tmp_path / "personnel.json"
    path.write_text(json.dumps([{"date": d, "personnel": n, "personnel*": "about"} for d, n in rows]), "utf-8")
    return path


def test_embedded_is_what_is_fetched():
    milestones = comparison.milestones(claims.ledger(), "russia")
    pd.testing.assert_frame_equal(general_staff.read(), general_staff.kept(fetched(), milestones))


def test_month_ends_and_the_mornings_of_the_list_are_kept():
    days = pd.DataFrame({"day": pd.date_range("2024-01-30", periods=5)}).assign(
        published=lambda t: t["day"] + pd.Timedelta(days=1)
    )
    milestones = pd.DataFrame({"published": [pd.Timestamp("2024-02-02")]})
    # first, month end, the eve of 2 February, last
    assert general_staff.kept(days, milestones)["day"].dt.day.tolist() == [30, 31, 1, 3]
    assert general_staff.kept(days, milestones.iloc[:0])["day"].tolist() == month_ends(days)["day"].tolist()


def test_the_totals_of_the_years_are_those_that_were_printed():
    # printed on 2025-06-12: 106,720 to the end of 2022, 253,290 in 2023, 430,790 in 2024
    years = pd.concat([span("2022-02-24", "2022-12-31"), span("2023-01-01", "2023-12-31"),
                       span("2024-01-01", "2024-12-31")], ignore_index=True)  # fmt: skip
    assert general_staff.between(general_staff.read(), years).tolist() == [106_720, 253_290, 430_790]


def test_between_two_known_days_the_total_runs_straight():
    # from 500 on 28 February to 1,500 on 10 March: 100 a day
    assert general_staff.between(DAYS, span("2022-03-01", "2022-03-05")).tolist() == [500]
    assert general_staff.between(DAYS, span("2022-02-20", "2022-02-25")).tolist() == [200]


def test_after_the_last_claim_nothing_is_known():
    assert general_staff.between(DAYS, span("2022-03-01", "2022-03-11")).isna().all()
    assert general_staff.over_rates(DAYS, span("2022-03-01", "2022-03-11")).empty


def test_a_claim_counts_to_the_eve_of_its_publication():
    assert general_staff.known_by(DAYS, "2022-02-28")["personnel"].tolist() == [200]
    assert general_staff.known_by(DAYS, "2022-03-01")["personnel"].tolist() == [200, 500]


def test_the_ratio_to_a_rate_is_per_day():
    rows = general_staff.over_rates(DAYS, span("2022-03-01", "2022-03-10", point=50.0))
    assert (rows["staff"].tolist(), rows["ratio"].tolist()) == ([100], [2])


def test_the_uk_prints_what_the_general_staff_claims():
    rates = claims.find(claims.ledger(), quantity="killed_and_wounded_per_day", who="UK Ministry of Defence")
    ratios = general_staff.over_rates(general_staff.read(), rates)["ratio"]
    assert len(ratios) == 47
    assert ratios.between(0.94, 1.07).all()
    # half of them agree to a fifth of a percent: one stream, not two witnesses
    assert (ratios - 1).abs().median() < 0.002
    # March 2022: from 5,710 on 1 March to 17,700 on 1 April = 11,990 over 31 days, 386.8 a day beside 386
    assert ratios.iloc[0] == pytest.approx(11_990 / 31 / 386)


def test_the_months_of_the_names_agree_in_both_modes_and_the_newest_are_provisional():
    named = series.vintage(series.read(), "named", "2026-08-22")
    months = general_staff.over_names(general_staff.read(), named)
    # the release of 9 May 2026 ends with 2025: May to December are younger than a year
    assert months["provisional"].sum() == 8
    assert months["ratio"].iloc[0] > 1
    daily = general_staff.over_names(fetched(), series.vintage(series.read("fetched"), "named", "2026-08-22"))
    # embedded, the claims are known at the ends of months, which are not those of weeks
    assert (months["ratio"] / daily["ratio"]).between(0.9, 1.1).all()
    assert general_staff.over_names(DAYS, named.iloc[:0]).empty


@pytest.mark.parametrize("day", ["2024-02-24", "2025-05-05", "2026-08-22"])
def test_the_ratio_to_a_printed_total_is_that_of_its_morning_and_none_is_missing(day):
    milestones = comparison.milestones(claims.known_by(day), "russia")
    totals = general_staff.over_totals(general_staff.known_by(general_staff.read(), day), milestones)
    assert totals["ratio"].gt(1).all()
    assert totals["until"].iloc[:-1].tolist() == totals["since"].iloc[1:].tolist()
    assert len(totals) == milestones["until_precision"].eq("day").sum()


def test_on_the_24th_of_february_2024_nine_times_as_many_were_claimed_as_named():
    totals = general_staff.over_totals(general_staff.read(), comparison.milestones(claims.ledger(), "russia"))
    row = totals.set_index("since").loc["2024-02-24"]
    # 409,010 over 45,123 names, both printed on that day
    assert (row["staff"], round(row["ratio"], 2)) == (409_010, 9.06)


def test_a_total_of_a_day_without_a_claim_has_no_ratio():
    milestones = pd.DataFrame({"published": [pd.Timestamp("2022-03-02")], "until_precision": "day", "point": [100.0]})
    assert general_staff.over_totals(DAYS, milestones)["ratio"].isna().tolist() == [True]


def test_the_wording_is_what_pages_printed_not_what_the_ledger_calls_it():
    printed = general_staff.wording("2026-08-22").set_index("day")["word"]
    # the ledger reads both as killed and wounded
    assert printed["2024-12-20"] == "killed"
    assert printed["2026-08-08"] == "killed"
    assert set(printed) == {"killed", "killed and wounded", "losses"}


def test_the_word_changed_in_one_newspaper_between_two_days():
    assert general_staff.changed("2026-08-22") == (pd.Timestamp("2023-10-15"), pd.Timestamp("2024-04-24"))
    assert general_staff.changed("2024-04-21") is None
    assert general_staff.wording("2025-01-01")["read_by"].max() == pd.Timestamp("2024-11-29")


def test_every_total_with_a_wording_is_that_of_the_daily_file_but_for_one_slip():
    rows, file = general_staff.wording("2026-08-22"), fetched().set_index("published")["personnel"]
    off = rows[rows["day"].map(file) != rows["total"]]
    assert off["total"].tolist() == [772_620]
    assert set(rows["report"]) <= set(claims.reports().index)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([("2022-02-25", 1), ("2022-02-27", 2)], "2022-02-27 does not follow the day before it"),
        ([("2022-02-25", 2), ("2022-02-26", 1)], "the total of 2022-02-26 is below that of the day before"),
    ],
)
def test_a_file_that_cannot_be_right_is_refused(tmp_path, rows, says):
    with pytest.raises(ValueError, match=f"personnel.json: {says}"):
        general_staff.read_days(written(tmp_path, *rows))


def test_another_mode_is_refused():
    with pytest.raises(ValueError, match="data is 'daily': allowed are embedded and fetched"):
        general_staff.read("daily")
