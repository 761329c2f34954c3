"""Who repeats whom, to the root of each chain, and what runs in one stream though no copy is known."""

import pandas as pd
import pytest

from helpers import claims, dependence, figures, general_staff

STAFF, UK = general_staff.WHO, "UK Ministry of Defence"
DAY = pd.Timestamp("2024-12-31")
LINKS = [("a", "A", ""), ("b", "B", "a"), ("c", "C", "b"), ("d", "A", "a"), ("e", "C", "a"), ("f", "F", "")]


def claim(name, who, copies="", **more):
    """A claim of killed and wounded in December 2024: 31,000, of whom the General Staff counts 1,000 a day."""
    return {
        "id": name, "side": "russia", "quantity": "killed_and_wounded", "scope": "russian forces", "window": "period",
        "since": pd.Timestamp("2024-12-01"), "until": DAY, "low": float("nan"), "point": 31_000.0, "high": float("nan"),
        "who": who, "copies": copies,
    } | more  # fmt: skip


TABLE = pd.DataFrame([claim(*link) for link in LINKS])
STREAM = pd.DataFrame(
    [claim("staff", STAFF), claim("uk", UK, point=30_690.0), claim("sum", "X", "uk"), claim("g", "G")]
)


def test_a_copy_of_a_copy_counts_for_the_first_voice():
    pairs = dependence.copied(TABLE)
    # c repeats b, which repeats a: with e, C repeats A twice
    assert list(pairs.itertuples(index=False, name=None)) == [
        ("A", "C", "copy", 2), ("A", "A", "copy", 1), ("A", "B", "copy", 1)
    ]  # fmt: skip


def test_claims_and_the_roots_behind_them():
    assert dependence.independent(TABLE) == (6, 2, 2)
    assert dependence.independent(TABLE, ["b", "c", "f"]) == (3, 2, 2)


def test_one_stream_is_one_voice_though_no_copy_is_known():
    # four claims; the sum repeats the UK; the UK runs in one stream with the General Staff; G stands alone
    assert dependence.independent(STREAM) == (4, 3, 2)
    pairs = dependence.copied(STREAM)
    assert set(pairs.itertuples(index=False, name=None)) == {(STAFF, UK, "stream", 1), (UK, "X", "copy", 1)}


@pytest.mark.parametrize("other", [{"scope": "north korean troops"}, {"side": "ukraine", "scope": "soldiers"}])
def test_other_people_are_not_in_the_stream(other):
    table = pd.DataFrame([claim("staff", STAFF), claim("uk", UK, **other)])
    assert dependence.independent(table) == (2, 2, 2)


def test_round_totals_of_the_uk_are_in_the_stream_only_from_a_day_on():
    total = {"window": "cumulative", "since": figures.WAR_BEGAN}
    early, late = (claim(str(day), UK, **total, until=pd.Timestamp(day)) for day in ("2023-02-17", "2025-06-12"))
    table = pd.DataFrame([claim("staff", STAFF), early, late])
    assert dependence.independent(table) == (3, 3, 2)


def test_closeness_is_measured_against_the_general_staff():
    days = pd.to_datetime(["2024-11-30", "2024-12-31"])
    staff = pd.DataFrame({"day": days, "personnel": [700_000, 731_000]})
    row = dependence.closeness(STREAM, staff).iloc[0]
    # 30,690 / 31,000 - 1 = -1 %
    assert (row["who"], row["claims"]) == (UK, 1)
    assert (row["apart"], row["farthest"]) == (pytest.approx(0.01), pytest.approx(0.01))


def test_the_months_of_the_uk_are_the_general_staffs():
    measured = dependence.closeness(claims.ledger(), general_staff.read()).set_index(["who", "window"])
    months = measured.loc[(UK, "rate")]
    # methods: the UK's monthly series and the General Staff are one stream
    assert (months["claims"], months["apart"] < 0.003) == (47, True)
    assert (measured["apart"] < 0.02).all()


def test_every_row_of_the_streams_has_claims_and_a_reason():
    rows, ledger = dependence.streams(), claims.ledger()
    known = set(ledger[dependence.SAME].itertuples(index=False, name=None))
    assert set(rows[dependence.SAME].itertuples(index=False, name=None)) <= known
    assert rows["reason"].str.len().gt(10).all()
    assert not rows.duplicated(dependence.SAME).any()


def test_every_copy_of_the_ledger_is_in_a_pair_and_none_that_was_not_known():
    ledger = claims.ledger()
    pairs = dependence.copied(ledger)
    assert pairs.loc[pairs["by"] == "copy", "claims"].sum() == (ledger["copies"] != "").sum()
    early = dependence.copied(claims.known_by("2024-02-24"))
    assert set(early["source"]).isdisjoint({UK, STAFF, "BBC Russian Service"})


def test_no_copies_no_pairs():
    assert dependence.copied(TABLE.assign(copies="")).empty
