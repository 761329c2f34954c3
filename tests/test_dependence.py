"""Who repeats whom, to the root of each chain, and the picture of it."""

import pandas as pd

from helpers import claims, dependence

TABLE = pd.DataFrame(
    [("a", "A", ""), ("b", "B", "a"), ("c", "C", "b"), ("d", "A", "a"), ("e", "C", "a"), ("f", "F", "")],
    columns=["id", "who", "copies"],
)


def test_a_copy_of_a_copy_counts_for_the_first_voice():
    pairs = dependence.copied(TABLE)
    # c repeats b, which repeats a: with e, C repeats A twice
    assert list(pairs.itertuples(index=False, name=None)) == [("A", "C", 2), ("A", "A", 1), ("A", "B", 1)]


def test_claims_and_the_roots_behind_them():
    assert dependence.independent(TABLE) == (6, 2)
    assert dependence.independent(TABLE, ["b", "c", "f"]) == (3, 2)


def test_every_copy_of_the_ledger_is_in_a_pair_and_none_that_was_not_known():
    ledger = claims.ledger()
    assert dependence.copied(ledger)["claims"].sum() == (ledger["copies"] != "").sum()
    early = dependence.copied(claims.known_by("2024-02-24"))
    assert set(early["source"]).isdisjoint({"UK Ministry of Defence", "BBC Russian Service"})


def test_no_copies_no_pairs():
    assert dependence.copied(TABLE.assign(copies="")).empty
