"""Equipment claimed and photographed: both modes, kinds, the snapshot without a day, and bad files."""

import json

import pandas as pd
import pytest

from helpers import equipment, sources
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


def test_one_ratio_per_kind_from_the_one_snapshot():
    table = equipment.side_by_side(equipment.claimed(), equipment.photographed(), "2026-08-22").set_index("kind")
    assert set(table.index) == set(equipment.KINDS)
    assert table["photographed"].sum() == 9_022
    assert table.loc["tanks", "ratio"] == pytest.approx(12_251 / 1_673)
    assert (table["reached"] < table["day"]).all()


def test_before_the_snapshot_was_public_only_claims_are_there():
    table = equipment.side_by_side(equipment.claimed(), equipment.photographed(), "2024-02-24")
    assert table["day"].eq(pd.Timestamp("2024-01-31")).all()
    assert table[["photographed", "ratio", "reached"]].isna().all(axis=None)


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
