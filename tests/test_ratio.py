"""Wounded per killed by hand and from the ledger, what is refused, and steps in the level of a ratio."""

import numpy as np
import pandas as pd
import pytest

from helpers import claims, figures
from helpers.estimate import ratio

CLAIM = {
    "id": "a", "kind": "claim", "side": "russia", "quantity": "killed", "scope": "russian forces",
    "window": "cumulative", "since": pd.Timestamp("2022-02-24"), "until": pd.Timestamp("2024-12-31"),
    "until_precision": "day", "low": np.nan, "point": 100.0, "high": np.nan, "who": "A", "who_kind": "analyst",
    "method": "", "published": pd.Timestamp("2025-01-01"), "published_precision": "day", "status": "standing",
    "status_from": pd.NaT, "copies": "", "reports": "r", "note": "",
}  # fmt: skip


def implied(hurt, dead=None):
    rows = [
        CLAIM | {"id": "hurt", "quantity": "killed_and_wounded", "point": 400.0} | hurt,
        CLAIM | {"id": "dead"} | (dead or {}),
    ]
    return ratio.wounded_per_killed(figures.validate(pd.DataFrame(rows)))


def only(hurt, dead=None):
    pairs = implied(hurt, dead)
    assert len(pairs) == 1
    return pairs.iloc[0]


@pytest.fixture(scope="module")
def ledger():
    return ratio.wounded_per_killed(claims.ledger()).set_index(["hurt", "dead"])


def test_killed_and_wounded_over_killed_less_the_killed():
    # (400 - 100) / 100 = 3
    row = only({})
    assert tuple(row[ratio.VALUES]) == (3, 3, 3)
    assert (row["answer"], row["kind"], row["counted"]) == ("yes", "own", "persons")


def test_wounded_over_killed_takes_nothing_off_and_cases_are_told():
    assert only({"quantity": "wounded"})["point"] == 4
    cases = only({"quantity": "wounded_cases", "who": "B"})
    assert (cases["counted"], cases["kind"]) == ("cases", "cases")


def test_two_claimants_are_mixed_and_over_the_general_staffs_killed_it_is_circular():
    assert only({"who": "B"})["kind"] == "mixed"
    assert only({"who": "B"}, {"who": "General Staff of Ukraine"})["kind"] == "circular"


def test_the_middle_is_that_of_each_kind_by_itself():
    rows = [
        CLAIM | {"id": "dead"}, CLAIM | {"id": "staff", "who": "General Staff of Ukraine", "point": 350.0},
        *[CLAIM | {"id": str(n), "quantity": "killed_and_wounded", "point": n} for n in (200.0, 400.0, 700.0)],
        CLAIM | {"id": "more", "quantity": "killed_and_wounded", "point": np.nan, "low": 500.0, "who": "B"},
    ]  # fmt: skip
    table = ratio.middles(ratio.wounded_per_killed(figures.validate(pd.DataFrame(rows)))).set_index("kind")
    # (200, 400, 700 - 100) / 100 = 1, 3, 6; over 350: 400 / 350 - 1 = 1/7 and 700 / 350 - 1 = 1, 200 is fewer
    assert table.loc["own", ["pairs", "ends", "low", "point", "high"]].tolist() == [3, 0, 2, 3, 4.5]
    assert table.loc["circular", "point"] == pytest.approx((1 / 7 + 1) / 2)
    assert table.loc["circular", ["pairs", "ends"]].tolist() == [2, 1]
    assert table.loc["mixed", ["pairs", "ends"]].tolist() == [0, 1]


def test_the_span_holds_all_that_both_spans_allow():
    # 300 / 150 - 1 = 1, 400 / 100 - 1 = 3, 500 / 50 - 1 = 9
    row = only({"low": 300.0, "high": 500.0}, {"low": 50.0, "high": 150.0})
    assert tuple(row[ratio.VALUES]) == (1, 3, 9)


def test_more_than_so_many_dead_leaves_an_upper_end_only():
    row = only({}, {"low": 100.0, "point": np.nan})
    assert row["high"] == 3
    assert pd.isna(row["low"])
    assert pd.isna(row["point"])


@pytest.mark.parametrize(
    ("hurt", "dead"),
    [
        ({"until": pd.Timestamp("2024-11-29")}, {}),
        ({"since": pd.Timestamp("2022-03-28")}, {}),
        ({"window": "period"}, {}),
        ({"side": "ukraine", "scope": "soldiers"}, {}),
        ({}, {"copies": "x"}),
        ({}, {"status": "retracted"}),
        ({}, {"scope": "officers"}),
        ({"quantity": "losses"}, {}),
    ],
)
def test_other_days_sides_windows_copies_and_what_no_longer_stands_make_no_pair(hurt, dead):
    assert implied(hurt, dead).empty


def test_thirty_one_days_are_still_near_enough():
    assert only({"until": pd.Timestamp("2024-11-30")})["answer"] == "yes"


def test_a_part_of_the_people_is_marked_and_strangers_are_refused():
    assert only({}, {"scope": "men 18-59"})["answer"] == "part"
    strangers = only({"scope": "men 15-49"}, {"scope": "men 18-59"})
    assert (strangers["answer"], strangers["reason"]) == ("no", "neither of men 15-49 and men 18-59 contains the other")
    assert strangers[ratio.VALUES].isna().all()


def test_more_dead_than_dead_and_wounded_is_refused():
    row = only({"point": 90.0})
    assert (row["answer"], row["reason"]) == ("no", "more dead than dead and wounded")
    assert row[ratio.VALUES].isna().all()


def test_austin_and_meduza_imply_three_point_two(ledger):
    # 700,000 / 165,000 - 1 = 3.242
    row = ledger.loc[("russia-killed-and-wounded-2024-12-07-austin", "russia-killed-2024-12-31-meduza-mediazona")]
    assert row["point"] == pytest.approx(3.242, abs=5e-4)


def test_zelensky_implies_up_to_eight_point_three(ledger):
    # 380,000 / 46,000 = 8.261; he said over 46,000, so it is an upper end
    row = ledger.loc[("ukraine-wounded-2025-02-16-zelensky", "ukraine-killed-2025-02-16-zelensky")]
    assert row["high"] == pytest.approx(8.261, abs=5e-4)
    assert pd.isna(row["point"])


def test_pairs_become_figures_known_from_the_later_of_the_two(ledger):
    table = ratio.as_figures(ledger.reset_index())
    assert len(table) == ledger[ratio.VALUES].notna().any(axis=1).sum()
    assert set(table["scope"]) == {"wounded per killed, russia", "wounded per killed, ukraine"}
    early = ratio.wounded_per_killed(claims.known_by("2024-02-24"))
    assert (early["published"] <= "2024-02-24").all()


def ratios(*values):
    days = pd.date_range("2024-01-01", periods=len(values), freq="MS")
    return pd.DataFrame({"since": days, "until": days + pd.offsets.MonthEnd(), "ratio": values})


def test_a_step_is_found_where_it_is_and_as_large_as_it_is():
    places = ratio.steps(ratios(2.0, 2.0, 2.0, 6.0, 6.0, 6.0), width=2)
    assert places["times"].max() == pytest.approx(3)
    assert places.loc[places["times"].idxmax(), "until"] == pd.Timestamp("2024-03-31")


def test_the_largest_step_within_some_days_is_ranked_among_the_others():
    places = ratio.steps(ratios(1.0, 1.0, 4.0, 4.0, 8.0, 8.0), width=1)
    # × 4 in March, × 2 in May, × 1 elsewhere
    found = ratio.largest_within(places, pd.Timestamp("2024-05-01"), pd.Timestamp("2024-05-31"))
    assert found == (pytest.approx(2), 1, 4)


def test_no_place_between_the_days_gives_nothing():
    places = ratio.steps(ratios(1.0, 1.0), width=1)
    times, as_large, others = ratio.largest_within(places, pd.Timestamp("2020-01-01"), pd.Timestamp("2020-12-31"))
    assert (pd.isna(times), as_large, others) == (True, 0, 1)


def test_too_few_ratios_are_refused():
    with pytest.raises(ValueError, match="3 ratios: steps of width 2 need at least 4"):
        ratio.steps(ratios(1.0, 1.0, 1.0), width=2)
