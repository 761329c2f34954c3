"""People who differ: the hares to the printed digit, Chao's bound on paper, and what is refused."""

import pytest

from helpers import simulate
from helpers.estimate import recapture
from helpers.estimate.recapture import heterogeneity, table

HARES = recapture.example("hares")


def drawn(total, reach, **how):
    """Overlap tables of invented wars."""
    wars = simulate.counts(total, reach, seed=5, **how)
    return [
        table.from_histories({name: int(n) for name, n in war.items() if "1" in name}) for _, war in wars.iterrows()
    ]


def test_the_hares_to_the_printed_digit():
    # Rcapture: Mh Poisson2 81.5 (72-94.6), Mt 75.1, Chao's lower bound 79.8
    poisson2, lists_differ = (heterogeneity.fit(HARES, family) for family in ("Mh Poisson2", "Mt"))
    assert [round(value, 1) for value in (poisson2.low, poisson2.point, poisson2.high)] == [72.0, 81.5, 94.6]
    assert round(lists_differ.point, 1) == 75.1
    assert round(heterogeneity.lower_bound_alike(HARES).point, 1) == 79.8
    # its manual, of the data set hare: Mth Poisson2, N = 81.1, s.e. = 5.7, AIC of 146
    both = heterogeneity.fit(HARES, "Mth Poisson2")
    assert (round(both.point, 1), round(both.AIC)) == (81.1, 146)


def test_the_hares_were_met_as_often_as_published():
    assert heterogeneity.met(HARES).tolist() == [25, 22, 13, 5, 1, 2]


def test_chaos_bound_on_paper():
    # three lists, 30 people on one, 12 on two, 4 on three: 46 + 2/3 x 30^2 / (2 x 12) = 71
    made = table.from_histories({"100": 10, "010": 10, "001": 10, "110": 4, "101": 4, "011": 4, "111": 4})
    # lists of equal reach, so both forms agree: on no list 10 x 10 / 4 = 25
    for bound in (heterogeneity.lower_bound, heterogeneity.lower_bound_alike):
        found = bound(made)
        assert found.point == pytest.approx(71)
        assert 46 < found.low < 71 < found.high


def test_the_bound_of_lists_of_unequal_reach_on_paper():
    # 40 x 20 / 8 = 40 x 5 / 2 = 20 x 5 / 1 = 100 on no list, whatever number is on all three
    counts = {"100": 40, "010": 20, "001": 5, "110": 8, "101": 2, "011": 1}
    for on_all in (0, 1, 30):
        made = table.from_histories(counts | {"111": on_all})
        assert heterogeneity.lower_bound(made).point == pytest.approx(76 + on_all + 100)
    # the form for equal effort asks the same of all lists: 2/3 x 65^2 / (2 x 11) = 128 on no list
    assert heterogeneity.lower_bound_alike(made).point == pytest.approx(106 + 2 / 3 * 65**2 / 22)


@pytest.mark.parametrize("reach", [(0.3, 0.05, 0.02), (0.5, 0.1, 0.05), (0.4, 0.1, 0.1)])
def test_lists_of_unequal_reach_do_not_lift_the_bound_above_the_truth(reach):
    found = [heterogeneity.lower_bound(one) for one in drawn(10_000, reach, size=60)]
    # one side of 95 %: not above in 97.5 of 100 wars
    assert sum(one.low <= 10_000 for one in found) >= 60 * 0.975 - 3 * (60 * 0.025 * 0.975) ** 0.5
    assert sorted(one.point for one in found)[30] == pytest.approx(10_000, rel=0.05)
    # equal effort is not so, and its form is above the truth in every war
    assert min(heterogeneity.lower_bound_alike(one).low for one in drawn(10_000, reach, size=60)) > 10_000


def test_people_who_differ_on_lists_of_unequal_reach_are_more_than_the_bound():
    wars = drawn(20_000, (0.4, 0.1, 0.2), visibility=((0.5, 1.0), (0.5, 0.25)), size=20)
    found = [heterogeneity.lower_bound(one) for one in wars]
    assert max(one.high for one in found) < 20_000
    # and it tells of more people than independence, which only holds where all are alike
    alike = [heterogeneity.fit(one, "Mt").point for one in wars]
    assert sum(one.point > plain for one, plain in zip(found, alike, strict=True)) > 15


def test_lists_that_shun_each_other_are_not_people_who_differ():
    spina = recapture.example("spina-bifida")
    found = heterogeneity.contrast(spina)
    assert (round(found.alike.point), round(found.differ.point)) == (764, 675)
    assert found.coefficient < 0
    assert found.opposed
    for family in ("Mth Poisson2", "Mth Gamma3.5"):
        with pytest.raises(recapture.OverlapError, match=f"{family} is set aside: people who differ are met often by"):
            heterogeneity.fit(spina, family)


def test_people_who_are_alike_are_set_aside_no_oftener_than_chance_has_it():
    contrasts = [heterogeneity.contrast(one) for one in drawn(3_000, (0.3, 0.25, 0.2), size=100)]
    below = sum(one.coefficient < 0 for one in contrasts)
    assert abs(below - 50) < 3 * 5
    # half of the 5 %
    assert sum(one.opposed for one in contrasts) <= 2.5 + 3 * (100 * 0.025 * 0.975) ** 0.5


def test_families_that_are_refused_are_left_out_of_the_table():
    told = heterogeneity.table(recapture.example("spina-bifida"))["model"]
    assert set(told) == {"M0", "Mt"} | {name for name in told if name.startswith("Mh ")}


def test_doubling_every_count_doubles_bound_and_models():
    bounds = (heterogeneity.lower_bound, heterogeneity.lower_bound_alike)
    for estimate in (*bounds, lambda one: heterogeneity.fit(one, "Mth Darroch")):
        assert estimate(HARES.times(2)).point == pytest.approx(2 * estimate(HARES).point, rel=1e-5)


def test_independence_of_lists_is_the_family_mt():
    kosovo = recapture.example("kosovo")
    assert heterogeneity.fit(kosovo, "Mt").point == pytest.approx(7_394.6, abs=0.05)


def test_every_family_is_told():
    assert set(heterogeneity.table(HARES)["model"]) == set(heterogeneity.FAMILIES)


def test_people_who_differ_are_seen_where_they_do():
    wars = simulate.counts(20_000, (0.3, 0.25, 0.2, 0.2), visibility=((0.7, 1.0), (0.3, 0.15)), seed=3)
    made = table.from_histories({name: int(wars[name].iloc[0]) for name in wars.columns if "1" in name})
    alike, differ = (heterogeneity.fit(made, family) for family in ("Mt", "Mth Poisson2"))
    assert differ.AIC < alike.AIC
    assert alike.point < heterogeneity.lower_bound(made).point < 20_000


def test_what_it_cannot_be_asked_is_refused():
    with pytest.raises(ValueError, match="family is 'Mb': allowed are M0, Mt"):
        heterogeneity.fit(HARES, "Mb")
    two = table.from_histories({"10": 30, "01": 20, "11": 10})
    with pytest.raises(recapture.OverlapError, match="2 lists: at least 3 are needed to see"):
        heterogeneity.fit(two, "Mt")
    alone = table.from_histories({"100": 30, "010": 20, "001": 10, "111": 3})
    for bound in (heterogeneity.lower_bound, heterogeneity.lower_bound_alike):
        with pytest.raises(recapture.OverlapError, match="0 people are on exactly two lists; at least 1 is needed"):
            bound(alone)
    with pytest.raises(recapture.OverlapError, match="2 lists: at least 3 are needed to see"):
        heterogeneity.lower_bound(two)
    with pytest.raises(recapture.OverlapError, match="too few people are on one list alone; leave out a list"):
        heterogeneity.lower_bound(table.from_histories({"110": 10, "101": 8, "011": 9, "111": 5}))
