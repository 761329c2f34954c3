"""How well records were linked, where the truth is known: precision, recall, and the pairs that were got wrong."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

PAIR = ["record_id", "record_id_b"]


class Scores(NamedTuple):
    """Shares (0 to 1) of pairs of records and of whole people, and the counts behind them.

    `precision`: of the pairs joined, those that are one person; `recall`: of the pairs that are one person, those
    joined; `f1`: their harmonic mean. `cluster_...`: the same of people, of whom exactly all records must be together.
    Where there is nothing of which it could be a share, a share is 1.
    """

    precision: float
    recall: float
    f1: float
    cluster_precision: float
    cluster_recall: float
    cluster_f1: float
    joined: int
    true: int
    right: int
    people: int
    true_people: int


def scores(person: pd.Series, truth: pd.Series) -> Scores:
    """The scores of `person` (of each record, by record_id) against `truth`; ValueError if they are of other records.

    Source of the cluster measures: Menestrina, Whang and Garcia-Molina, Evaluating entity resolution results (2010).
    """
    both = _both(person, truth)
    together = both.value_counts(["person", "truth"]).reset_index(name="n")
    found, real = both["person"].value_counts(), both["truth"].value_counts()
    joined, true, right = (_pairs(sizes) for sizes in (found, real, together["n"]))
    whole = int((together["n"].eq(together["person"].map(found)) & together["n"].eq(together["truth"].map(real))).sum())
    pairs = _measures(right, joined, true)
    clusters = _measures(whole, len(found), len(real))
    return Scores(*pairs, *clusters, joined, true, right, len(found), len(real))


def wrong_pairs(person: pd.Series, truth: pd.Series, links: pd.DataFrame) -> pd.DataFrame:
    """The pairs of records that were got wrong, one row each, the most confident errors first.

    Columns: `record_id`, `record_id_b`, `error` ("merged": two people taken for one, "split": one taken for two),
    `probability` of being one person (0 to 1; missing where the pair is not in `links`).
    """
    both = _both(person, truth)
    merged, split = (_within(both, by, other) for by, other in (("person", "truth"), ("truth", "person")))
    wrong = pd.concat([merged.assign(error="merged"), split.assign(error="split")], ignore_index=True)
    known = links.assign(**dict(zip(PAIR, np.sort(links[PAIR].astype(object), axis=1).T, strict=True)))
    wrong = wrong.merge(known[[*PAIR, "probability"]], on=PAIR, how="left", validate="1:1")
    sure = wrong["probability"].where(wrong["error"] == "merged", 1 - wrong["probability"].fillna(0.0))
    order = wrong.assign(sure=sure).sort_values(["sure", *PAIR], ascending=[False, True, True], kind="stable").index
    return wrong.loc[order, [*PAIR, "error", "probability"]].reset_index(drop=True)


def _both(person: pd.Series, truth: pd.Series) -> pd.DataFrame:
    if lacking := sorted(set(person.index) ^ set(truth.index)):
        raise ValueError(f"{len(lacking)} records are in one of result and truth only, such as {lacking[0]}")
    return pd.DataFrame({"person": person, "truth": truth.reindex(person.index)}).rename_axis("record_id")


def _pairs(sizes: pd.Series) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


def _measures(right: int, found: int, real: int) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean, of `right` among those `found` and those that are `real`."""
    precision, recall = (right / of if of else 1.0 for of in (found, real))
    return precision, recall, 2 * right / (found + real) if found + real else 1.0


def _within(both: pd.DataFrame, by: str, other: str) -> pd.DataFrame:
    """The pairs of records with one value of `by` and two of `other`, the ids of a pair in order."""
    table = both.reset_index()
    several = table[table[by].duplicated(keep=False)]
    pairs = several.merge(several, on=by, suffixes=("", "_b"))
    return pairs.loc[(pairs["record_id"] < pairs["record_id_b"]) & (pairs[other] != pairs[f"{other}_b"]), PAIR]
