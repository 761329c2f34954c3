"""Equipment claimed and photographed: both modes, kinds, the snapshot without a day, and bad files."""

import json

import pandas as pd
import pytest

from helpers import equipment, figures, sources
from helpers.monthly import month_ends


@pytest.fixture
def at_hand():
    if equipment.SOURCE not in sources.available():
        pytest.skip("general-staff-2026 is not on this disk: `make data SOURCE=general-staff-2026` fetches it")


@pytest.mark.usefixtures("at_hand")
def test_embedded_is_what_is_fetched():
    pd.testing.assert_frame_equal(equipment.claimed(), month_ends(equipment.claimed("fetched"), first=False))
    pd.testing.assert_frame_equal(equipment.photographed(), equipment.photographed("fetched"))


def test_every_kind_is_claimed_once_a_day():
    table = equipment.claimed()
    assert not table.duplicated(["day", "kind"]).any()
    assert set(table["kind"]) == set(equipment.KINDS)


def test_trucks_and_tankers_go_on_where_the_general_staff_began_to_count_them_together():
    # 1,701 cars and 76 tankers at the end of April 2022; counted as one from May on
    trucks = equipment.claimed().query("kind == 'trucks and tankers'").set_index("day")["claimed"]
    assert trucks["2022-04-30"] == 1_701 + 76
    assert trucks["2022-05-31"] > trucks["2022-04-30"]


def test_the_snapshot_is_dated_by_its_own_tanks():
    # 1,673 tanks: after 1,000 on 3 September 2022, before 1,688 on 9 February 2023; 673 of 688 in 159 days
    taken = equipment.snapshot_taken(equipment.photographed())
    assert (taken.earliest, taken.latest) == (pd.Timestamp("2022-09-03"), pd.Timestamp("2023-02-09"))
    assert taken.day == pd.Timestamp("2022-09-03") + pd.Timedelta(days=int(159 * 673 / 688))


def test_a_snapshot_that_no_printed_totals_enclose_is_refused():
    with pytest.raises(ValueError, match=r"oryx_tanks\.csv: no printed totals enclose the 5,000 tanks"):
        equipment.snapshot_taken(pd.DataFrame({"kind": ["tanks"], "photographed": [5_000]}))


def test_photographs_are_divided_by_the_claims_of_their_own_days():
    table = equipment.side_by_side(equipment.claimed(), equipment.photographed(), "2026-08-22").set_index("kind")
    assert set(table.index) == set(equipment.KINDS)
    assert table["photographed"].sum() == 9_022
    # 3,201 tanks claimed to 31 January 2023, not the 12,251 of 2026
    assert table.loc["tanks", "day"] == pd.Timestamp("2023-01-31")
    assert table.loc["tanks", "ratio"] == pytest.approx(3_201 / 1_673)
    assert (table["ratio"] <= table["ratio_high"]).all()
    assert figures.days_within(table["day"], table["snapshot"]).all()


def test_no_ratio_of_days_more_than_a_month_apart():
    claims = equipment.claimed()
    late = claims[claims["day"] >= "2023-04-01"]
    table = equipment.side_by_side(late, equipment.photographed(), "2026-08-22")
    assert table["ratio"].isna().all()
    assert table[["day", "snapshot"]].notna().all(axis=None)


def test_before_the_snapshot_was_public_only_claims_are_there():
    table = equipment.side_by_side(equipment.claimed(), equipment.photographed(), "2024-02-24")
    assert table["day"].eq(pd.Timestamp("2024-01-31")).all()
    assert table[["photographed", "snapshot", "ratio", "ratio_high"]].isna().all(axis=None)


def test_missiles_of_the_air_defence_are_counted_with_it():
    missiles = equipment.photographed().set_index("category").loc["Surface-To-Air Missile Systems"]
    assert (missiles["kind"], missiles["filed"], missiles["photographed"]) == ("air defence", "rocket launchers", 92)


def test_an_unknown_kind_is_refused(tmp_path):
    path = tmp_path / "oryx.json"
    row = {"equipment_oryx": "Trains", "equipment_ua": "Railway", "losses_total": 1, "model": "x"}
    path.write_text(json.dumps([row]), "utf-8")
    with pytest.raises(ValueError, match=r"oryx\.json: equipment_ua holds Railway; allowed are Tanks"):
        equipment.read_snapshot(path)


def test_a_file_without_a_kind_is_refused(tmp_path):
    path = tmp_path / "equipment.json"
    path.write_text(json.dumps([{"date": "2022-02-25", "tank": 1}]), "utf-8")
    with pytest.raises(ValueError, match=r"equipment\.json: no row has APC, MRL"):
        equipment.read_days(path)


@pytest.mark.parametrize("read", [equipment.claimed, equipment.photographed])
def test_another_mode_is_refused(read):
    with pytest.raises(ValueError, match="data is 'daily': allowed are embedded and fetched"):
        read("daily")
