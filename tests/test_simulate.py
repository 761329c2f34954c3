"""The people of an invented war, its default list, and its files."""

import datetime
import hashlib

import numpy as np
import pandas as pd
import pytest

from helpers import simulate
from helpers.simulate import draws
from helpers.simulate.people import codebook

N = 20_000


@pytest.fixture(scope="module")
def people():
    return simulate.people(N, seed=7)


def share(hits):
    """A share, and four standard deviations of one counted on as many rows."""
    p = hits.mean()
    return p, 4 * (p * (1 - p) / len(hits)) ** 0.5 + 1e-9


def test_a_row_is_a_person_of_whom_nothing_is_missing(people):
    assert len(people) == N
    assert people["person_id"].is_unique
    assert people.notna().all(axis=None)
    assert not (people.select_dtypes("str") == "").any(axis=None)


def test_one_seed_gives_the_same_people_and_another_gives_others(people):
    pd.testing.assert_frame_equal(people, simulate.people(N, seed=7))
    assert (simulate.people(N, seed=8)["surname"] != people["surname"]).mean() > 0.95


def test_people_die_in_offensives(people):
    day = (people["death_date"] - pd.Timestamp(simulate.BEGAN)).dt.days
    # of 270 in all, 30 fall to the days 0-44 and 14 to the days 45-164
    for days, expected in (((0, 44), 30 / 270), ((45, 164), 14 / 270)):
        seen, error = share(day.between(*days))
        assert seen == pytest.approx(expected, abs=error)


def test_the_war_can_be_moved_and_have_one_day():
    one = simulate.people(50, began=datetime.date(1912, 2, 1), offensives={(3, 1): 1})
    assert set(one["death_date"]) == {pd.Timestamp("1912-02-04")}


def test_nobody_dies_before_nineteen_and_mobilised_men_and_prisoners_only_later(people):
    lived = (people["death_date"] - people["birth_date"]).dt.days / 365.25
    assert lived.min() > 18.9
    assert lived.max() < 80
    day = (people["death_date"] - pd.Timestamp(simulate.BEGAN)).dt.days
    assert set(people["status"][day < 150]) == {"professional", "volunteer"}
    later, error = share(people["status"][day >= 150] == "mobilised")
    assert later == pytest.approx(0.28, abs=error)


def test_regions_follow_their_weights_and_names_their_regions(people):
    weights = codebook("regions").set_index("region")["weight"]
    for region, weight in weights.items():
        seen, error = share(people["region"] == region)
        assert seen == pytest.approx(weight / weights.sum(), abs=error + 0.002)  # brothers move to one home
    book = codebook("names")
    turkic = set(book.loc[(book["people"] == "turkic") & (book["part"] == "surname"), "name"])
    here = people["surname"].isin(turkic)
    assert here[people["region"] == "Highmoor"].mean() > 10 * here[people["region"] == "Northshore"].mean()


def test_settlements_lie_in_their_region(people):
    known = set(codebook("settlements")[["region", "settlement"]].itertuples(index=False, name=None))
    assert set(people[["region", "settlement"]].itertuples(index=False, name=None)) <= known


@pytest.mark.parametrize("world", simulate.WORLDS)
def test_every_name_is_put_together_from_our_own_parts(world):
    people, book = simulate.people(4000, world=world), codebook("names")
    book = book[(book["people"] == "arabic") == (world == "arabic")]
    parts = {part: set(rows["name"]) for part, rows in book.groupby("part")}
    assert set(people["given"]) <= parts["given"]
    assert set(people["patronymic"]) <= parts["patronymic"]
    rare = set(people["surname"]) - parts["surname"]
    made = {(p + s.lower() if p else s) for p in parts["prefix"] for s in parts["stem"]}
    assert rare <= {one + ending for one in made for ending in parts.get("ending", {""})}
    assert rare


def test_the_weights_of_given_names_are_kept():
    people = simulate.people(N, world="arabic", brothers=0, namesakes=0)
    book = codebook("names").query("people == 'arabic' and part == 'given' and sex == 'female'")
    women = people[people["sex"] == "female"]
    seen, error = share(people["sex"] == "female")
    assert seen == pytest.approx(0.3, abs=error)
    for name, weight in book[["name", "weight"]].head(3).itertuples(index=False):
        seen, error = share(women["given"] == name)
        assert seen == pytest.approx(weight / book["weight"].sum(), abs=error)


def test_brothers_have_surname_patronymic_and_home_of_another_and_are_born_years_apart():
    alone, kin = (simulate.people(2000, seed=3, brothers=rate, namesakes=0) for rate in (0, 0.1))
    changed = (alone != kin).any(axis=1)
    assert changed.sum() == 200  # exactly a tenth of 2,000
    family = ["surname", "patronymic", "region", "settlement"]
    pairs = kin[changed].merge(kin[~changed], on=family, suffixes=("", "_other"))
    apart = (pairs["birth_date"] - pairs["birth_date_other"]).dt.days.abs()
    assert pairs[apart >= 365]["person_id"].nunique() == 200


def test_namesakes_have_the_whole_name_of_another_and_a_day_of_birth_of_their_own():
    alone, alike = (simulate.people(2000, seed=3, brothers=0, namesakes=rate) for rate in (0, 0.05))
    name = ["surname", "given", "patronymic"]
    changed = (alone[name] != alike[name]).any(axis=1)
    assert changed.sum() == 100
    pairs = alike[changed].merge(alike[~changed], on=name, suffixes=("", "_other"))
    assert pairs["person_id"].nunique() == 100
    assert (alone["birth_date"] == alike["birth_date"]).all()


def test_no_brother_is_so_much_younger_that_he_could_not_have_served():
    kin = simulate.people(4000, seed=3, brothers=0.5, namesakes=0)
    assert ((kin["death_date"] - kin["birth_date"]).dt.days / 365.25).min() > 18.9


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"world": "greek"}, "world is 'greek': allowed are cyrillic, arabic"),
        ({"women": 0.1}, "women is 0.1: the names of the cyrillic world are those of men"),
        ({"brothers": 0.4, "namesakes": 0.2}, "both together are at most 0.5"),
        ({"brothers": -0.1}, "neither below 0"),
    ],
)
def test_what_cannot_be_is_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        simulate.people(10, **wrong)


def test_no_people_are_refused():
    with pytest.raises(ValueError, match="n is 0: at least one person is needed"):
        simulate.people(0)


def test_streams_of_one_seed_are_apart_and_stay_the_same():
    assert draws.stream(1, "a").random() != draws.stream(1, "b").random()
    assert draws.stream(1, "a").random() != draws.stream(2, "a").random()
    assert draws.stream(20220224, "deaths").integers(0, 10**6, 3).tolist() == [409918, 18301, 745278]


def test_picks_follow_the_weights():
    drawn = draws.choose(draws.stream(5, "test"), {"a": 3, "b": 1, "never": 0}, 4000)
    # three quarters of 4,000 are 3,000; the standard deviation is sqrt(4000 * 0.75 * 0.25) = 27
    assert drawn.value_counts()["a"] == pytest.approx(3000, abs=110)
    assert set(drawn) == {"a", "b"}


def test_of_ways_that_exclude_each_other_a_row_meets_at_most_one():
    hit = np.array(draws.ways(draws.stream(5, "ways"), [0.2, 0.0, 0.5], 10_000))
    assert hit.sum(axis=0).max() == 1
    assert hit.mean(axis=1) == pytest.approx([0.2, 0, 0.5], abs=0.02)


@pytest.fixture(scope="module")
def invented():
    return simulate.invented_list()


def test_the_committed_list_is_written_again_byte_for_byte(tmp_path):
    again = simulate.write_default(tmp_path / "invented.csv").read_bytes()
    assert hashlib.sha256(again).hexdigest() == hashlib.sha256(simulate.INVENTED.read_bytes()).hexdigest()


def test_every_row_is_marked_as_invented_and_has_a_truth(invented):
    assert len(invented.rows) == len(invented.truth) == 2000
    assert list(invented.rows.columns) == [column for column in simulate.COLUMNS if column != "sex"]
    assert set(invented.rows["list"]) == {one.name for one in simulate.LISTS}
    assert invented.rows["list"].str.startswith("invented ").all()
    assert invented.rows["record_id"].tolist() == invented.truth["record_id"].tolist()
    assert invented.rows["record_id"].is_unique
    assert "person_id" not in invented.rows


def test_the_hosts_belong_to_nobody(invented):
    hosts = invented.rows["source"].str.findall(r"https?://([^/ ]+)").explode()
    assert hosts.str.endswith(".example").all()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return simulate.write(tmp_path_factory.mktemp("school") / "war", 300, seed=5)


def test_pupils_and_teachers_have_the_same_lists_and_only_teachers_the_truth(folder):
    pupils, teachers = ({p.name: p.read_bytes() for p in (folder / who).iterdir()} for who in ("pupils", "teachers"))
    lists = {f"{one.name.replace(' ', '_')}.csv" for one in simulate.LISTS}
    assert set(pupils) == lists | {"README.txt"}
    assert set(teachers) == lists | {"README.txt", "truth.csv", "people.csv"}
    assert all(pupils[name] == teachers[name] for name in lists)
    assert not any(b"person_id" in content or b"P-00" in content for content in pupils.values())


def test_the_truth_of_the_files_covers_every_row_and_every_readme_says_that_all_is_invented(folder):
    truth = pd.read_csv(folder / "teachers" / "truth.csv", index_col="record_id")["person_id"]
    rows = pd.concat([pd.read_csv(path) for path in (folder / "pupils").glob("*.csv")])
    people = pd.read_csv(folder / "teachers" / "people.csv")
    assert sorted(truth.index) == sorted(rows["record_id"])
    assert set(truth[truth.str.startswith("P")]) <= set(people["person_id"])
    assert len(people) == 300
    for who in ("pupils", "teachers"):
        assert (folder / who / "README.txt").read_text("utf-8").startswith("Everyone in these files is invented.")


def test_the_same_seed_writes_the_same_files_and_nothing_is_written_over(folder, tmp_path):
    again = simulate.write(tmp_path / "again", 300, seed=5)
    files = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    assert all((folder / name).read_bytes() == (again / name).read_bytes() for name in files)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(FileExistsError, match="is there and not empty: name a new folder"):
        simulate.write(again, 300, seed=6)
    assert sorted(tmp_path.iterdir()) == before
