"""Coverage that changes: shares that the registry implies, carried on, looked back upon, and by time of death."""

import numpy as np
import pandas as pd
import pytest
from made_up import release, table

from helpers import claims, comparison, figures, probate_parts, series
from helpers.estimate import coverage_in_time as ct
from helpers.estimate import probate_totals
from helpers.lists import named

NO_BREAKS = pd.DataFrame({"since": pd.to_datetime([]), "until": pd.to_datetime([]), "names": []})


def shares(*points, since="2023-03-31"):
    """A share a quarter, each published on its day."""
    days = pd.date_range(since, periods=len(points), freq="QE")
    rows = pd.DataFrame({"until": days, "published": days, "point": points, "scope": "men"})
    return rows.assign(names=100.0, dead=100 / rows["point"])


def total(day, names):
    return table({"until": day, "point": float(names)})


def of_the_ledger(day):
    known = claims.known_by(day)
    compared = comparison.beside(known, "russia", series.read(), day)
    return comparison.milestones(known, "russia"), ct.implied(compared)


def test_a_share_is_names_over_dead_and_its_ends_the_other_way_round():
    # 39,424 names of 2023-12-15 beside 75,000 (66,000 to 88,000) dead to the end of 2023
    _, told = of_the_ledger("2024-02-24")
    last = told.iloc[-1]
    assert (last["names"], last["dead"]) == (39_424, 75_000)
    assert last[["low", "point", "high"]].tolist() == pytest.approx([39_424 / 88_000, 39_424 / 75_000, 39_424 / 66_000])


def test_a_total_that_was_only_carried_on_implies_no_share():
    _, told = of_the_ledger("2024-02-24")
    assert told["dead"].tolist() == [47_000, 75_000]


def test_of_each_quarter_the_widest_count_is_taken():
    _, told = of_the_ledger("2026-08-22")
    course = ct.chain(told)
    assert len(told) == 10
    assert course["dead"].iloc[-1] == 352_000
    assert course["until"].dt.to_period("Q").is_unique


def test_the_interval_on_paper():
    # shares 0.5, 0.4, 0.5, 0.4: three changes of log(0.8); t with 3 degrees 3.182; a quarter later one step has gone by
    told = ct.carried(total("2024-02-29", 1000), shares(0.5, 0.4, 0.5, 0.4), NO_BREAKS).iloc[0]
    times = np.exp(3.182 * abs(np.log(0.8)))
    assert told["point"] == 2500
    assert told["high"] == pytest.approx(2500 * times)
    assert told["low"] == pytest.approx(2500 / times)


def test_the_farther_from_the_last_share_the_wider():
    totals = pd.concat([total("2024-02-29", 1000), total("2025-02-28", 1000)], ignore_index=True)
    told = ct.carried(totals.assign(id=["a", "b"]), shares(0.5, 0.4, 0.5, 0.4), NO_BREAKS)
    # 425 days after 2023-12-31, in mean steps of 275/3 days
    assert np.log(told["times"]).iloc[1] / np.log(told["times"]).iloc[0] == pytest.approx((425 / (275 / 3)) ** 0.5)


def test_names_of_a_new_kind_of_source_are_left_out_once():
    leak = pd.DataFrame({"since": [pd.Timestamp("2024-02-01")], "until": [pd.Timestamp("2024-02-10")], "names": [200]})
    told = ct.carried(total("2024-02-29", 1000), shares(0.5, 0.4, 0.5, 0.4), leak).iloc[0]
    assert (told["left_out"], told["point"]) == (200, 2000)
    # a share that is later than the leak already holds its names
    later = ct.carried(total("2024-05-31", 1000), shares(0.5, 0.4, 0.5, 0.4, 0.5), leak).iloc[0]
    assert (later["left_out"], later["point"]) == (0, 2000)


def test_a_share_published_later_is_not_used():
    late = shares(0.5, 0.4, 0.5, 0.4)
    late.loc[3, "published"] = pd.Timestamp("2024-03-31")
    assert ct.carried(total("2024-02-29", 1000), late, NO_BREAKS).empty


def test_too_few_changes_are_refused():
    with pytest.raises(ValueError, match=r"over 2 changes: 3 or more are needed .* use the range of a stated rule"):
        ct.newest(total("2024-02-29", 1000), shares(0.5, 0.4, 0.5), NO_BREAKS)
    totals, told = of_the_ledger("2024-02-24")
    with pytest.raises(ValueError, match="over 1 changes"):
        ct.newest(totals, told, named.breaks("2024-02-24"))


@pytest.mark.parametrize("day", ["2025-02-25", "2026-08-22"])
def test_twice_the_names_are_twice_the_dead(day):
    totals, told = of_the_ledger(day)
    once = ct.newest(totals, told, NO_BREAKS)
    twice = ct.newest(totals.assign(point=2 * totals["point"]), told, NO_BREAKS)
    assert twice["point"] == pytest.approx(2 * once["point"])
    assert twice["high"] == pytest.approx(2 * once["high"])


def test_the_leak_of_the_ledger_is_left_out_of_the_newest_total():
    totals, told = of_the_ledger("2026-08-22")
    last = ct.newest(totals, told, named.breaks("2026-08-22"))
    assert last["point"] == pytest.approx((217_808 - 23_000) / (160_000 / 352_000))
    made = figures.validate(ct.figures(pd.DataFrame([last]), totals)).iloc[0]
    assert (made["quantity"], made["copies"], made["point"]) == ("killed", last["id"], 428_578)
    assert made["low"] < made["point"] < made["high"]


def test_what_the_share_before_would_have_foretold():
    # 100 names and shares 0.5, 0.4: foretold 200, came 250, an error of -20 %
    told = ct.foretold(shares(0.5, 0.4)).iloc[0]
    assert (told["told"], told["dead"]) == (200, 250)
    assert told["error"] == pytest.approx(-0.2)


def test_looking_back_takes_the_dead_to_the_day_of_the_list():
    # the first week counts from Thursday, so to Sunday 27 February 2022 all its ten dead are in; a week later twenty
    probate = release().query("series == 'probate'")
    told = ct.looking_back(total("2022-03-06", 8), probate).iloc[0]
    assert told[["low", "point", "high"]].tolist() == pytest.approx([8 / 40, 8 / 20, 8 / 10])
    assert ct.looking_back(total("2023-03-06", 8), probate).empty


def test_by_quarter_of_death_on_paper():
    # ten weeks from 2022-02-21: the Thursdays of six lie in the first quarter, of four in the second
    both = release()
    told = ct.by_death(both.query("series == 'named'"), both.query("series == 'probate'"))
    assert told["quarter"].astype(str).tolist() == ["2022Q1", "2022Q2"]
    assert told["names"].tolist() == [24, 16]
    assert told["dead"].tolist() == [60, 40]
    assert told.loc[0, ["low", "point", "high"]].tolist() == pytest.approx([0.2, 0.4, 0.8])


def test_releases_of_other_days_are_refused():
    both = release()
    with pytest.raises(ValueError, match="a share needs two releases of the same spans"):
        ct.by_death(both.query("series == 'named'").iloc[:-1], both.query("series == 'probate'"))


def test_by_age_the_newest_stand_apart():
    both = release()
    quarters = ct.by_death(both.query("series == 'named'"), both.query("series == 'probate'"))
    told = ct.by_age(quarters)
    assert told.index.tolist() == ["under 3 months"]
    assert told["point"].tolist() == pytest.approx([0.4])


def test_coverage_by_release_falls_with_the_newness_of_the_deaths():
    # 2026: 5,280 names for 31,036 dead of the last quarter, 68,911 for 74,471 of the deaths older than two years
    known = [series.vintage(series.read(), name, "2026-08-22") for name in ("named", "probate")]
    ages = ct.by_age(ct.by_death(*known))
    assert ages["point"].round(2).tolist() == [0.17, 0.26, 0.39, 0.69, 0.93]
    assert ages["names"].sum() == 205_470


def test_names_foretold_are_put_over_the_same_dead():
    both = release()
    quarters = ct.by_death(both.query("series == 'named'"), both.query("series == 'probate'"))
    spans = both.query("series == 'named'")[["since", "until"]].assign(low=4.0, point=5.0, high=10.0)
    told = ct.with_foretold(quarters, spans)
    assert told.loc[0, ["later_low", "later", "later_high"]].tolist() == pytest.approx([0.4, 0.5, 1.0])


def test_shares_in_words_and_outside_a_range():
    found = shares(0.5, 0.4, 0.7)
    assert ct.spread(found["point"]) == "40 to 70 %"
    assert ct.outside(found, 0.45, 0.65)["point"].tolist() == [0.4, 0.7]


def bounded(low, high):
    """Four totals of a registry of which only the third, 200 dead of 100 names, has bounds."""
    rows = shares(0.5, 0.4, 0.5, 0.4)
    return rows.assign(dead_low=[np.nan, np.nan, low, np.nan], dead_high=[np.nan, np.nan, high, np.nan])


def test_the_registrys_own_error_is_added_as_the_root_of_squares():
    # 200 (100 to 400): a factor of 2 either way; beside it the change, a factor of 0.8 to the power -3.182
    told = ct.carried(total("2024-02-29", 1000), bounded(100.0, 400.0), NO_BREAKS).iloc[0]
    width = np.hypot(3.182 * np.log(1 / 0.8), np.log(2))
    assert told[["own_down", "own_up"]].tolist() == [2, 2]
    assert np.log(told["high"] / 2500) == pytest.approx(width)
    assert np.log(2500 / told["low"]) == pytest.approx(width)


def test_each_side_has_its_own_error():
    told = ct.carried(total("2024-02-29", 1000), bounded(100.0, 200.0), NO_BREAKS).iloc[0]
    assert told["high"] == pytest.approx(2500 * 0.8**-3.182)
    assert told["low"] < 2500 / (told["high"] / 2500)


def test_a_total_without_a_range_takes_that_of_its_weeks_and_no_other_changes():
    _, told = of_the_ledger("2026-08-22")
    parts = probate_parts.read()
    whole = ct.with_bounds(told, probate_totals.figures(parts, "2026-08-22")).set_index("claim")
    # 352,000 was printed bare; its weeks add up to 263,682 with the bare late cases, and to 401,808
    newest = whole.loc["russia-killed-2025-12-31-meduza-mediazona-men-18-59"]
    assert newest[["dead_low", "dead_high"]].tolist() == [263_682, 401_808]
    assert newest[["low", "high"]].tolist() == pytest.approx([160_000 / 401_808, 160_000 / 263_682])
    printed = told["dead_low"].notna().to_numpy()
    assert (whole["dead_low"][printed].to_numpy() == told["dead_low"][printed].to_numpy()).all()
    assert whole["dead_low"].notna().all()


def test_before_any_total_there_are_no_bounds():
    _, told = of_the_ledger("2022-03-31")
    whole = ct.with_bounds(told, probate_totals.figures(probate_parts.read(), "2022-03-31"))
    assert whole.empty
    assert list(whole.columns) == ct.IMPLIED


def test_with_the_registrys_own_error_the_newest_total_is_this_wide():
    # the change alone is a factor of 1.424; the registry's own 352,000 / 263,682 = 1.335 down, 311,359 / 261,000 up
    totals, told = of_the_ledger("2026-08-22")
    whole = ct.with_bounds(told, probate_totals.figures(probate_parts.read(), "2026-08-22"))
    last = ct.newest(totals, whole, named.breaks("2026-08-22"))
    assert last[["times", "own_down", "own_up"]].round(3).tolist() == [1.424, 1.335, 1.193]
    assert last[["low", "high"]].round(-3).tolist() == [271_000, 636_000]
    assert last["scopes"] == 4
