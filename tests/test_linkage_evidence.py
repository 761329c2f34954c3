"""The parts of the linkage, each worked out on paper."""

import math

import numpy as np
import pandas as pd
import pytest

from helpers.lists.linkage import rules
from helpers.lists.linkage.blocking import Candidates
from helpers.lists.linkage.count import missed_pairs
from helpers.lists.linkage.draws import average_linkage, bits_of, nth_bit, picked, some_bits
from helpers.lists.linkage.encoded import FIRST_DAY, MISSING, encode
from helpers.lists.linkage.evidence import (
    evidence_of,
    field_evidence,
    level_of_spans,
    lexicons,
    pair_evidence,
    shared_value,
    strangers_at,
)
from helpers.lists.linkage.groups import grouped
from helpers.lists.linkage.lexicon import categories, lexicon
from helpers.lists.linkage.origins import coming_together, origins
from helpers.lists.linkage.repeated import repeated_rows


def records(**columns):
    n = len(next(iter(columns.values())))
    return pd.DataFrame({"list": ["a", "b"] * (n // 2) + ["a"] * (n % 2), "record_id": range(n), **columns})


def days(text):
    return (pd.Timestamp(text) - FIRST_DAY).days


def test_a_date_without_its_day_is_a_span_and_an_age_a_year():
    table = records(
        surname=["A"] * 4,
        birth_date=pd.to_datetime(["1980-05-02", None, None, None]),
        birth_year=[1980, 1980, None, None],
        age=[None, None, 30, None],
        death_date=pd.to_datetime(["2010-06-15", "2010-06-01", "2010-06-15", None]),
        death_precision=["day", "month", "day", None],
    )
    dates = encode(table).dates
    rows = np.argsort(encode(table).row)
    birth, death = (np.stack([dates[date].low, dates[date].high], axis=1)[rows] for date in ("birth", "death"))
    assert birth[0].tolist() == [days("1980-05-02")] * 2
    assert birth[1].tolist() == [days("1980-01-01"), days("1980-12-31")]
    assert birth[2].tolist() == [days("2010-06-15") - math.floor(30 * 365.25) - 365, days("2010-06-15") - 10957]
    assert birth[3].tolist() == [MISSING, MISSING]
    assert death[1].tolist() == [days("2010-06-01"), days("2010-06-30")]
    assert dates["birth"].exchanged[rows].tolist() == [days("1980-02-05"), MISSING, MISSING, MISSING]


def test_first_days_that_are_far_too_many_are_read_as_the_month():
    spread = pd.date_range("2010-01-02", periods=120, freq="3D")
    table = records(surname=["A"] * 240, death_date=[*spread, *[pd.Timestamp("2010-03-01")] * 120])
    death = encode(table).dates["death"]
    march = (death.low == days("2010-03-01")) & (death.high == days("2010-03-31"))
    assert march.sum() >= 120
    assert (death.precision[march] == rules.PRECISIONS.index("month")).all()


def test_exchanged_surnames_and_given_names_are_put_back():
    table = records(surname=["Соколов"] * 40 + ["Пётр"], given=["Пётр"] * 40 + ["Соколов"])
    coded = encode(table)
    assert set(coded.names["surname"]) == {"sokolov"}
    assert set(coded.names["given"]) == {"petr"}


def test_a_spelling_once_beside_a_frequent_name_is_a_slip_and_one_that_is_frequent_is_a_name():
    folded = np.array(
        ["ivanov"] * 600 + ["ivonov"] + ["petrov"] * 500 + ["petrova"] * 300 + ["zubar"] * 30, dtype=object
    )
    lex = lexicon(folded)
    place = {name: i for i, name in enumerate(lex.spellings)}

    def stands_for(spelling, name):
        here = (lex.of == place[spelling]) & (lex.name == place[name])
        return lex.probability[here].sum()

    assert stands_for("ivonov", "ivanov") > 0.95
    assert stands_for("petrova", "petrova") > 0.95
    assert stands_for("zubar", "zubar") == 1
    assert np.allclose(pd.Series(lex.probability).groupby(lex.of).sum(), 1)


def test_a_diminutive_stands_for_its_names_where_they_occur():
    variants = pd.DataFrame({"variant": ["slava", "slava"], "name": ["stanislav", "viaʧeslav"]})
    folded = np.array(["slava"] * 2 + ["stanislav"] * 300 + ["viaʧeslav"] * 100, dtype=object)
    lex = lexicon(folded, variants=variants)
    slava = lex.of == list(lex.spellings).index("slava")
    told = dict(zip(lex.spellings[lex.name[slava]], lex.probability[slava], strict=True))
    assert told["stanislav"] == pytest.approx(3 * told["viaʧeslav"], rel=0.05)
    assert told["stanislav"] + told["viaʧeslav"] > 0.5


def test_shares_of_a_narrower_category_are_those_within_the_wider_one():
    region = np.array([0] * 8 + [1] * 2)
    town = np.array([0] * 2 + [1] * 6 + [2] * 2)
    assert categories(town, within=region).share.tolist() == [0.25, 0.75, 1.0]
    assert categories(town).share.tolist() == [0.2, 0.6, 0.2]


@pytest.fixture(scope="module")
def plain():
    """A hundred records: region r0 of 10, r1 of 90; no names but one surname each, and no dates."""
    table = records(surname=[f"{c}{d}ov" for c in "bvgdkzlmnp" for d in "aeiuoaeiuo"], region=["r0"] * 10 + ["r1"] * 90)
    coded = encode(table)
    words = lexicons(coded)
    return coded, words, evidence_of(coded, words)


def test_two_records_of_a_region_of_a_tenth_agree_ten_times_more_often_than_strangers(plain):
    coded, words, e = plain
    region = coded.categories["region"]
    rare = np.flatnonzero(region == 0)[:2]
    f = list(words).index("region")
    assert shared_value(e, e.spelling[rare[0], f], e.spelling[rare[1], f]) == pytest.approx(10)
    wrong = e.wrong[f]
    on_paper = math.log((1 - wrong) ** 2 * 10 + 1 - (1 - wrong) ** 2)
    assert field_evidence(e, f, rare, 2) == pytest.approx(on_paper)


def test_three_records_of_one_region_by_the_sum_over_true_values(plain):
    coded, words, e = plain
    f, three = list(words).index("region"), np.flatnonzero(coded.categories["region"] == 0)[:3]
    wrong = e.wrong[f]
    on_paper = math.log(0.1 * ((1 - wrong) * 10 + wrong) ** 3 + 0.9 * wrong**3)
    assert field_evidence(e, f, three, 3) == pytest.approx(on_paper)


def test_the_evidence_of_a_pair_is_that_of_a_cluster_of_two(plain):
    from helpers.lists.linkage.draws import cluster_evidence

    _, _, e = plain
    member = np.arange(100)
    pairs = [(0, 1), (3, 70), (20, 21)]
    for i, j in pairs:
        cluster = cluster_evidence(e, member, 0, (1 << 0) | (1 << 1)) if (i, j) == (0, 1) else None
        if cluster is not None:
            assert cluster == pytest.approx(pair_evidence(e, 0, 1))
        assert cluster_evidence(e, member[[i, j]], 0, 3) == pytest.approx(pair_evidence(e, i, j))


def test_an_initial_agrees_with_the_names_that_it_begins():
    given = ["Пётр"] * 20 + ["Павел"] * 20 + ["Иван"] * 58 + ["П."] * 2
    coded = encode(records(surname=["A"] * 100, given=given))
    words = lexicons(coded)
    e = evidence_of(coded, words)
    lex, f = words["given"], list(words).index("given")
    at = {name: e.spelling[np.flatnonzero(coded.names["given"] == name)[0], f] for name in ("p", "petr", "ivan")}
    assert lex.initial.sum() == 1
    assert shared_value(e, at["p"], at["petr"]) == pytest.approx(98 / 40, rel=0.02)
    assert shared_value(e, at["p"], at["p"]) == pytest.approx(98 / 40, rel=0.02)
    assert shared_value(e, at["p"], at["ivan"]) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("2010-05-04 2010-05-04", "2010-05-04 2010-05-04", "overlap"),
        ("2010-05-04 2010-05-04", "2010-05-01 2010-05-31", "overlap"),
        ("2010-05-04 2010-05-04", "2010-04-05 2010-04-05", "day and month exchanged"),
        ("2010-05-04 2010-05-04", "2010-05-06 2010-05-06", "3 days apart"),
        ("2010-05-04 2010-05-04", "2010-05-18 2010-05-18", "14 days apart"),
        ("2010-05-04 2010-05-04", "2010-06-01 2010-06-30", "45 days apart"),
        ("2010-05-04 2010-05-04", "2015-06-01 2015-06-30", "further apart"),
    ],
)
def test_how_two_spans_of_days_lie_to_each_other(one, other, level):
    (low, high), (other_low, other_high) = ([days(day) for day in span.split()] for span in (one, other))
    precision = 0 if other_low == other_high else 1
    found = level_of_spans(low, high, days("2010-04-05"), other_low, other_high, precision)
    assert rules.LEVELS[found] == level


def test_a_missing_date_has_no_level():
    assert level_of_spans(MISSING, MISSING, MISSING, 5, 5, 0) == MISSING


def test_strangers_at_all_levels_but_the_exchanged_one_are_all_strangers():
    rng = np.random.default_rng(1)
    table = records(
        surname=["A"] * 500, birth_date=pd.Timestamp("1970-01-02") + pd.to_timedelta(rng.integers(0, 9000, 500), "D")
    )
    coded = encode(table)
    e = evidence_of(coded, lexicons(coded))
    first = int(e.low[0, 0] - e.zero)
    levels = [level for level in range(len(rules.LEVELS)) if level != 1]
    shares = [strangers_at(e.ending, e.beginning, 0, 0, level, first, first, MISSING) for level in levels]
    assert sum(shares) == pytest.approx(1)
    apart = np.abs(e.low[:, 0] - e.low[0, 0])
    assert shares[1] == pytest.approx(((apart > 0) & (apart <= 3)).mean())


def test_names_of_one_origin_are_found_to_come_together():
    rng = np.random.default_rng(2)
    origin = rng.random(20000) < 0.2
    values = np.stack(
        [np.where(origin, 10 + rng.integers(0, 5, 20000), rng.integers(0, 5, 20000)) + 20 * f for f in range(3)], 1
    )
    share, lift = origins(values, 60, seed=0)
    together = coming_together(values, share, lift)
    # of the rare origin all three fields follow from one: 1 / 0.2 ** 2 = 25 times as often as by chance
    assert np.exp(together[origin]).mean() == pytest.approx(25, rel=0.1)
    assert np.exp(together[~origin]).mean() == pytest.approx(1 / 0.8**2, rel=0.1)


def test_missed_pairs_by_two_estimates_on_paper():
    by_name = {" ".join(rule.fields): 1 << place for place, rule in enumerate(rules.BLOCKS)}
    one, two, dates = by_name["surname birth_date"], by_name["surname death_date"], by_name["birth_date death_date"]
    caught = np.array([one] * 6 + [one | two] * 4 + [dates] * 3 + [one | two | dates] * 20)
    # Chao: 9 pairs by one rule, 4 by two; Chapman: 10 by rules with the surname only, 3 without only, 20 by both
    assert missed_pairs(caught, 3) == pytest.approx(9 * 8 / (2 * 5) + 10 * 3 / 21)
    assert missed_pairs(np.array([one | two | dates] * 50), 3) == 0
    assert missed_pairs(np.array([], np.int64), 3) == 0


def test_a_rule_that_catches_pairs_of_which_little_is_known_does_not_count_as_catching_once():
    broad = next(1 << place for place, rule in enumerate(rules.BLOCKS) if rule.fields == ("surname", "given"))
    assert missed_pairs(np.array([broad] * 100), 3) == 0


def candidates(*pairs):
    a, b = np.array(pairs).T
    return Candidates(a, b, np.zeros(len(pairs)), np.ones(len(pairs), np.int64))


def test_groups_are_the_records_joined_by_pairs_and_too_large_ones_are_cut_at_the_weakest():
    lists = np.arange(70) % 5
    chain = [(i, i + 1) for i in range(68)]
    log_odds = np.full(68, 5.0)
    log_odds[33] = -3.0
    groups = grouped(lists, candidates(*chain), log_odds)
    assert np.diff(groups.first).tolist() == [34, 35]  # 69 records in a chain, cut where it is weakest
    assert len(groups.pair) == 67
    assert len(groups.alone) == 1
    assert bits_of(int(groups.near[1])) == 2


def test_pairs_as_good_as_impossible_make_no_group():
    groups = grouped(np.array([0, 1, 0, 1]), candidates((0, 1), (2, 3)), np.array([2.0, -9.0]))
    assert groups.member.tolist() == [0, 1]


def test_average_linkage_joins_what_was_together_in_more_than_half_of_the_draws():
    together = np.array([[0, 9, 4, 0], [9, 0, 8, 0], [4, 8, 0, 1], [0, 0, 1, 0]])
    # 0 and 1 are joined first; then 2 with them: (4 + 8) / 2 = 6 of 10 draws; 3 with nobody
    assert average_linkage(together, 4, 10).tolist() == [0, 0, 0, 3]
    assert average_linkage(
        together - np.array([[0, 0, 3, 0], [0, 0, 0, 0], [3, 0, 0, 0], [0] * 4]), 4, 10
    ).tolist() == [0, 0, 2, 3]


def test_options_are_picked_in_proportion_to_their_weights():
    weights = np.log([1.0, 2.0, 1.0])
    uniform = (np.arange(400) + 0.5) / 400
    counts = np.bincount([picked(weights.copy(), 3, u) for u in uniform])
    assert counts.tolist() == [100, 200, 100]


def test_bits_are_counted_found_and_drawn():
    assert bits_of(0b10110) == 3
    assert [nth_bit(0b10110, n) for n in range(3)] == [1, 2, 4]
    drawn = {some_bits(0b110, u) for u in (0.1, 0.3, 0.6, 0.9)}
    assert drawn == {0b000, 0b010, 0b100, 0b110}


def test_a_list_that_repeats_another_row_for_row_is_found_and_one_that_does_not_is_not():
    names = [f"Name{k}" for k in range(40)]
    first = pd.DataFrame({"list": "a", "record_id": range(40), "surname": names})
    copy = first.assign(list="b")
    other = first.assign(list="c", surname=[*names[:30], *(f"Else{k}" for k in range(10))])
    twin = repeated_rows(pd.concat([first, copy, other], ignore_index=True))
    assert twin.tolist() == [MISSING] * 40 + list(range(40)) + [MISSING] * 40
