import hashlib

import numpy as np
import pandas as pd
import pytest

from helpers import simulate


@pytest.fixture(scope="module")
def invented():
    return simulate.invented_list()


def test_the_committed_list_is_written_again_byte_for_byte(tmp_path):
    again = simulate.write(tmp_path / "invented.csv").read_bytes()
    assert hashlib.sha256(again).hexdigest() == hashlib.sha256(simulate.INVENTED.read_bytes()).hexdigest()


def test_another_seed_gives_another_list(invented):
    other = simulate.invented_list(seed=1).rows
    assert other.shape == invented.rows.shape
    assert (other["name"] != invented.rows["name"]).mean() > 0.9


def test_every_row_is_marked_as_invented_and_has_a_truth(invented):
    assert list(invented.rows.columns) == simulate.COLUMNS
    assert set(invented.rows["list"]) == {"invented"}
    assert invented.rows["record_id"].tolist() == invented.truth["record_id"].tolist()
    assert invented.rows["record_id"].is_unique
    assert "person_id" not in invented.rows


def test_there_are_more_records_than_people(invented):
    # 1 + 0.13 + 0.02 records a person are expected: 2000 / 1.15 = 1739 people; four standard deviations are about 54
    assert invented.truth["person_id"].nunique() == pytest.approx(1739, abs=54)


def test_records_of_one_person_agree_on_the_region_where_both_have_it(invented):
    rows = invented.rows.assign(person=invented.truth["person_id"])
    regions = rows[rows["region"] != ""].groupby("person")["region"].nunique()
    assert (regions == 1).all()


def test_people_die_in_offensives_and_are_confirmed_later():
    rows = simulate.invented_list(5000, seed=3).rows
    told = rows[rows["died"].str.fullmatch(r"201[01]-\d\d-\d\d") & (rows["confirmed"] != "")]
    died, confirmed = pd.to_datetime(told["died"], errors="coerce"), pd.to_datetime(told["confirmed"])
    assert (confirmed > died)[died.notna()].all()
    # days 0-44 are drawn by 30 of 100, days 45-164 by 14: deaths a day fall to (14/120) / (30/45) = 0.175
    day = (died - pd.Timestamp(simulate.BEGAN)).dt.days
    per_day = [(day.between(*span).sum()) / (span[1] - span[0] + 1) for span in ((0, 44), (45, 164))]
    assert per_day[1] / per_day[0] == pytest.approx(0.175, abs=0.03)


def test_the_hosts_belong_to_nobody(invented):
    hosts = invented.rows["source"].str.findall(r"https?://([^/ ]+)").explode()
    assert hosts.str.endswith(".example").all()


def test_transliteration():
    assert simulate.latin("Щербаков Юрий") == "Shcherbakov Yuriy"
    assert simulate.latin("Щербаков Юрий", other=True) == "Shcherbakov Iurii"
    assert simulate.latin("Кузьмин") == "Kuzmin"


def test_a_misspelling_loses_doubles_or_swaps_one_letter():
    # "Орлов" has three inner places (р, л, о) with three slips each: nine equal parts of 0 to 1
    slips = [simulate._misspelt("Орлов", place) for place in np.arange(0.05, 1, 1 / 9)]
    assert slips == [
        "Олов", "Оррлов", "Олров",
        "Оров", "Орллов", "Оролв",
        "Орлв", "Орлоов", "Орлво",
    ]  # fmt: skip


def test_picks_follow_the_weights():
    drawn = pd.Series(simulate._pick(np.random.default_rng(5), {"a": 3, "b": 1, "never": 0}, 4000))
    # three quarters of 4,000 are 3,000; the standard deviation is sqrt(4000 * 0.75 * 0.25) = 27
    assert drawn.value_counts()["a"] == pytest.approx(3000, abs=110)
    assert set(drawn) == {"a", "b"}
