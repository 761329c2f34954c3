"""How invented lists are written: every kind of damage at its rate, and none where none is asked for."""

from dataclasses import fields

import numpy as np
import pandas as pd
import pytest

from helpers import simulate
from helpers.lists import records as list_records
from helpers.simulate import Damage, RawList
from helpers.simulate.dating import day_and_month_swapped, full_years
from helpers.simulate.entries import entries
from helpers.simulate.people import codebook

N = 6000
RATE = 0.2


@pytest.fixture(scope="module")
def war():
    people = simulate.people(N, seed=13)
    return people, simulate.found(people, [RawList("invented", 0.9)], seed=13)


@pytest.fixture(scope="module")
def arabic():
    people = simulate.people(N, seed=13, world="arabic")
    return people, simulate.found(people, [RawList("invented", 0.9)], seed=13)


@pytest.fixture(scope="module")
def undamaged(war):
    return entries(*war, damage=Damage.none(), seed=13)


def day(table, name):
    return table[name].dt.day


SWAPPABLE = {
    name: lambda t, name=name: (day(t, name) <= 12) & (day(t, name) != t[name].dt.month) for name in ("birth", "death")
}
SHORT = set(codebook("diminutives")["given"])
# rate: the columns that it changes, and which entries it can befall (all, where nothing is said)
BEFALLS = {
    "latin": (["name", "surname", "given", "patronymic"], None),
    "given_first": (["name"], None),
    "capitals": (["name"], None),
    "swapped": (["name", "surname", "given"], None),
    "initials": (["name", "given", "patronymic"], None),
    "whole_name_only": (["whole_name_only"], None),
    "surname_misspelt": (["name", "surname"], lambda t: t["surname"].str.len() >= 3),
    "given_misspelt": (["name", "given"], lambda t: t["given"].str.len() >= 3),
    "patronymic_misspelt": (["name", "patronymic"], None),
    "given_missing": (["name", "given"], None),
    "patronymic_missing": (["name", "patronymic"], None),
    "diminutive": (["name", "given"], lambda t: t["given"].isin(SHORT)),
    "plain_letters": (["name", "surname"], lambda t: t["surname"].str.contains("ё")),
    "birth_missing": (["birth_precision"], None),
    "birth_year_only": (["birth", "birth_precision"], None),
    "birth_first_of_year": (["birth"], lambda t: t["birth"].dt.day_of_year != 1),
    "birth_shifted": (["birth"], None),
    "birth_swapped": (["birth"], SWAPPABLE["birth"]),
    "age_missing": (["age"], None),
    "age_off": (["age"], None),
    "death_missing": (["death_precision"], None),
    "death_month_only": (["death", "death_precision"], None),
    "death_year_only": (["death", "death_precision"], None),
    "death_first_of_month": (["death"], lambda t: day(t, "death") != 1),
    "death_shifted": (["death"], None),
    "death_swapped": (["death"], SWAPPABLE["death"]),
    "confirmed_missing": (["confirmed"], None),
    "region_missing": (["region"], None),
    "region_renamed": (["region"], None),
    "region_wrong": (["region"], None),
    "settlement_missing": (["settlement"], None),
    "branch_missing": (["branch"], None),
    "unit_missing": (["unit"], None),
    "unit_reworded": (["unit"], None),
    "rank_missing": (["rank"], None),
    "rank_drift": (["rank"], None),
    "status_missing": (["status"], None),
    "status_drift": (["status"], None),
    "slips": (["slip"], None),
}
ARABIC = {
    "plain_letters": lambda t: t["surname"].str.contains("[أإآٱىة]"),
    "spaced": lambda t: t["surname"].str.match("أبو."),
    "article_missing": lambda t: t["surname"].str.startswith("ال"),
}


def changed(one, other, columns):
    return (one[columns].astype("object").fillna("") != other[columns].astype("object").fillna("")).any(axis=1)


def assert_rate(hit, rate):
    assert hit.mean() == pytest.approx(rate, abs=4 * (rate * (1 - rate) / len(hit)) ** 0.5)


def test_every_rate_is_tested():
    assert set(BEFALLS) | set(ARABIC) | {"fakes"} == {one.name for one in fields(Damage)}


@pytest.mark.parametrize("rate", BEFALLS)
def test_damage_befalls_the_share_that_it_should_and_changes_nothing_else(war, undamaged, rate):
    columns, can = BEFALLS[rate]
    damaged = entries(*war, damage=Damage.none(**{rate: RATE}), seed=13)
    hit = changed(damaged, undamaged, columns)
    exposed = can(undamaged) if can else pd.Series(True, undamaged.index)
    assert_rate(changed(damaged, undamaged, columns[-1:])[exposed], RATE)
    kept = [column for column in undamaged if column not in columns]
    touched = {"plain_letters": {"given", "patronymic"}, "diminutive": set()}.get(rate, set())
    assert not changed(damaged, undamaged, [column for column in kept if column not in touched]).any()
    assert touched or not hit[~exposed].any()


@pytest.mark.parametrize("rate", ARABIC)
def test_damage_of_arabic_names(arabic, rate):
    truth = entries(*arabic, damage=Damage.none(), seed=13)
    damaged = entries(*arabic, damage=Damage.none(**{rate: RATE}), seed=13)
    exposed = ARABIC[rate](truth)
    assert_rate(changed(damaged, truth, ["surname"])[exposed], RATE)
    assert not changed(damaged, truth, ["surname"])[~exposed].any()


def test_without_damage_what_is_written_is_the_truth(war):
    people, found = war
    rows, truth = simulate.written(people, found, damage=Damage.none())
    facts = truth.merge(people, on="person_id", how="left", validate="1:1")
    assert len(rows) == len(found)
    for column in ("surname", "given", "patronymic", "region", "settlement", "branch", "unit", "rank", "status"):
        assert rows[column].tolist() == facts[column].tolist(), column
    assert rows["name"].tolist() == (facts["surname"] + " " + facts["given"] + " " + facts["patronymic"]).tolist()
    assert rows["born"].tolist() == facts["birth_date"].dt.strftime("%Y-%m-%d").tolist()
    assert rows["died"].tolist() == facts["death_date"].dt.strftime("%Y-%m-%d").tolist()
    confirmed = truth.merge(found, on="person_id")["confirmed"].dt.strftime("%Y-%m-%d")
    assert rows["confirmed"].tolist() == confirmed.tolist()


def test_one_seed_writes_the_same_and_another_writes_otherwise(war):
    one, again, other = (simulate.written(*war, seed=seed).rows for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, again)
    assert (one["name"] != other["name"]).mean() > 0.1


def test_lists_may_be_written_each_in_its_own_way():
    people = simulate.people(500)
    found = simulate.found(people, [RawList("invented here", 0.9), RawList("invented abroad", 0.9)])
    rows = simulate.written(people, found, damage={"invented abroad": Damage.none(latin=1)}).rows
    latin = rows["surname"].str.contains("[a-z]", case=False).groupby(rows["list"]).mean()
    assert latin["invented abroad"] == 1
    assert latin["invented here"] < 0.1  # written with the rates of Damage()


def test_a_fake_is_nobody_though_each_of_its_pieces_is_true_of_someone(war):
    people, found = war
    rows, truth = simulate.written(people, found, damage=Damage.none(fakes=0.1))
    fake = truth["person_id"].str.startswith("F")
    assert fake.sum() == round(0.1 * len(found))
    assert truth.loc[fake, "person_id"].is_unique
    assert len(truth) == len(found) + fake.sum()
    for column in ("surname", "given", "patronymic", "unit"):
        assert set(rows.loc[fake, column]) <= set(people[column])
    names = ["surname", "given", "patronymic"]
    pieces = rows.loc[fake, [*names, "born"]].merge(people.assign(born=people["birth_date"].astype(str)))
    assert len(pieces) == 0


def test_a_person_twice_on_a_list_has_two_entries_one_later(war):
    people, _ = war
    found = simulate.found(people, [RawList("invented", 0.5, twice=0.3)])
    rows, truth = simulate.written(people, found, damage=Damage.none())
    assert len(rows) == found["copies"].sum()
    days = pd.to_datetime(rows["confirmed"]).groupby(truth["person_id"])
    twice = days.size() == 2
    assert twice.sum() == (found["copies"] == 2).sum()
    assert (days.max() > days.min())[twice].all()


def test_entries_on_review_are_not_on_the_list(war):
    people, _ = war
    found = simulate.found(people, [RawList("invented", 0.5, held=1.0, reviews=(300,))])
    assert found["confirmed"].isna().any()
    assert len(simulate.written(people, found, damage=Damage.none()).rows) == found["confirmed"].notna().sum()


def test_day_and_month_are_swapped_only_where_that_is_a_date():
    days = np.array(["2010-03-04", "2010-03-12", "2010-12-01", "2012-02-13", "2011-05-31", "2010-07-07"], "M8[D]")
    swapped = ["2010-04-03", "2010-12-03", "2010-01-12", "2012-02-13", "2011-05-31", "2010-07-07"]
    assert day_and_month_swapped(days).astype(str).tolist() == swapped
    back = day_and_month_swapped(day_and_month_swapped(days))
    assert (back == days).all()


def test_full_years():
    born = np.array(["1990-05-10", "1990-05-10", "1990-05-10", "1992-02-29", "1992-02-29"], "M8[D]")
    died = np.array(["2010-05-09", "2010-05-10", "2010-12-31", "2011-02-28", "2011-03-01"], "M8[D]")
    assert full_years(born, died).tolist() == [19, 20, 20, 18, 19]


def test_a_death_is_never_shifted_past_the_day_on_which_it_was_confirmed(war):
    said = entries(*war, damage=Damage.none(death_shifted=1))
    assert (said["death"] <= said["confirmed"]).all()


def test_what_is_read_from_the_text_is_what_the_records_say():
    whole = Damage(whole_name_only=0, slips=0)
    typed = simulate.records(3000, damage=whole)
    text = simulate.invented_list(3000, damage=whole)
    reading = list_records.from_text(text.rows, since=list_records.INVENTED_WAR_BEGAN)
    kept = typed.records["record_id"].isin(reading.records["record_id"])
    assert kept.mean() > 0.98  # the others have a date that cannot be
    pd.testing.assert_frame_equal(typed.records[kept].reset_index(drop=True), reading.records)
    pd.testing.assert_frame_equal(typed.truth, text.truth)


def test_records_are_as_many_as_asked_and_of_the_first_people():
    records, truth = simulate.records(5000, seed=2)
    assert len(records) == len(truth) == 5000
    assert records["record_id"].is_unique
    assert list(records.columns) == list_records.COLUMNS
    assert not truth.assign(list=records["list"])[["person_id", "list"]].duplicated().any()
    number = truth["person_id"][truth["person_id"].str.startswith("P")].str[2:].astype(int)
    assert number.max() < 1.3 * number.nunique()  # about one in six of them is on no list
    # the reach of the five lists adds up to 1.45 before factors, and 0.17 are on none: 1.7 records a person
    assert 1.55 < 5000 / truth["person_id"].nunique() < 1.9


def test_no_records_are_refused():
    with pytest.raises(ValueError, match="n is 0: at least one record is needed"):
        simulate.records(0)


def test_an_arabic_list_has_arabic_names_and_tells_the_sex():
    records, _ = simulate.records(1000, world="arabic")
    assert records["surname"].str.fullmatch("[\u0600-\u06ff ]+").mean() > 0.99
    assert set(records["sex"]) == {"male", "female"}
    assert records["name"].iloc[0].startswith(records["given"].iloc[0])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"latin": 1.5}, "latin is 1.5: allowed is a share from 0 to 1"),
        ({"birth_missing": 0.9, "birth_year_only": 0.3}, "birth_missing, .* are .* together: allowed is at most 1"),
    ],
)
def test_rates_that_cannot_be_are_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        Damage(**wrong)


def test_a_rate_that_does_not_exist_is_refused():
    with pytest.raises(TypeError, match="tpyos"):
        Damage.none(tpyos=0.1)
