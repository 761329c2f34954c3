"""The lexicon: for each spelling of a name, the names that it may stand for, with their probabilities.

A spelling that occurs once beside a frequent name one letter away is probably a slip; one that occurs more often than
slips of that name should is a name itself. Which it is, how frequent each name is and how frequent each kind of slip
are estimated together from the counts of spellings alone.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.lists import names
from helpers.lists.linkage.encoded import MISSING

KINDS = (
    "letter left out",
    "letter added",
    "letter for one alike",
    "letter for another",
    "letters exchanged",
    "variant",
)
START = (0.01, 0.01, 0.01, 0.01, 0.005, 0.01)  # share of records with each kind of slip: where the estimation begins
ALIKE = ("ao", "ei", "td", "bp", "vf", "gk", "zs", "ʃʒ", "ʃʧ", "iu", "oe", "gχ")
LETTERS = 32  # from which a wrong letter is drawn
SCATTER = 0.5  # size of the negative binomial: slips of one kind come in clusters, being copied
ROUNDS = 5
LEAST, MOST = 1e-4, 12  # smallest probability of a name that is kept, and names kept for a spelling
LEAST_CHANCE = 1e-9  # that a spelling one slip from a name is a name itself
VARIANT_A_NAME = 0.5  # chance beforehand that a diminutive or national form is a name in its own right


class Lexicon(NamedTuple):
    """Spellings of one field and what they may stand for.

    `spelling`: of each record, its place among the sorted spellings (MISSING: none). Names are spellings too. One entry
    per spelling and possible name: `of` and `name` (places), `probability`. `share`: of each name among the records.
    `letter`: of each spelling, the place of its first letter in `letters`; `initial`: whether it is one letter only.
    `slips`: the estimated share of records by kind.
    """

    spellings: np.ndarray
    spelling: np.ndarray
    of: np.ndarray
    name: np.ndarray
    probability: np.ndarray
    share: np.ndarray
    letter: np.ndarray
    letters: np.ndarray
    initial: np.ndarray
    slips: pd.Series

    def best(self) -> np.ndarray:
        """The most probable name behind the spelling of each record; MISSING for an initial, or where none is."""
        order = np.lexsort((-self.probability, self.of))
        best = self.name[order][np.searchsorted(self.of[order], np.arange(len(self.spellings)))]
        best = np.where(self.initial, MISSING, best)
        return np.where(self.spelling >= 0, best[self.spelling], MISSING)


def lexicon(folded: np.ndarray, *, variants: pd.DataFrame | None = None) -> Lexicon:
    """The lexicon of the folded names of one field ("": missing); `variants`: names that stand for others."""
    codes, spellings = pd.factorize(folded, sort=True)
    missing = len(spellings) and spellings[0] == ""
    codes, spellings = (codes - 1, spellings[1:]) if missing else (codes, spellings)
    spellings = np.asarray(spellings, dtype=object)
    counts = np.bincount(codes[codes >= 0], minlength=len(spellings)).astype(float)
    lengths = np.array([len(s) for s in spellings], dtype=np.int64)
    edges = pd.concat([_slips(spellings, counts, lengths), _variants(spellings, variants)], ignore_index=True)
    of, name, probability, share, slips = _estimated(edges, counts, lengths)
    letters, letter = np.unique(np.array([s[0] for s in spellings], dtype="U1"), return_inverse=True)
    return Lexicon(
        spellings, codes, of, name, probability, share, letter.astype(np.int64), letters,
        lengths <= names.INITIAL, pd.Series(slips, KINDS),
    )  # fmt: skip


def categories(places: np.ndarray, *, within: np.ndarray | None = None) -> Lexicon:
    """A lexicon in which every value stands for itself alone; `places` as in `encoded` (MISSING: none).

    `within`: a wider category that follows from this one and is compared too; shares are then those within it.
    """
    known = places >= 0
    counts = np.bincount(places[known]).astype(float)
    whole = np.full(len(counts), counts.sum())
    if within is not None:
        whole[places[known]] = np.bincount(within[known])[within[known]]
    same = np.arange(len(counts))
    return Lexicon(
        same, places, same, same, np.ones(len(counts)), counts / np.maximum(whole, 1.0),
        np.zeros(len(counts), np.int64), np.array([""]), np.zeros(len(counts), bool), pd.Series(0.0, KINDS),
    )  # fmt: skip


def _variants(spellings: np.ndarray, variants: pd.DataFrame | None) -> pd.DataFrame:
    """Edges from each variant to the names that it may stand for, where both occur."""
    if variants is None:
        variants = pd.DataFrame({"variant": [], "name": []}, dtype=object)
    place = pd.Series(np.arange(len(spellings)), spellings)
    edges = (
        pd.DataFrame({"of": variants["variant"].map(place), "name": variants["name"].map(place)}).dropna().astype(int)
    )
    each = 1 / edges.groupby("name")["of"].transform("size")
    return edges.assign(kind=KINDS.index("variant"), weight=each)


def _slips(spellings: np.ndarray, counts: np.ndarray, lengths: np.ndarray) -> pd.DataFrame:
    """Pairs of spellings one slip apart: `of` the rarer, `name` the other (both ways if equal), `kind`, `weight`.

    `weight`: the chance of just this slip among those of its kind. Found by their equal rests: two spellings one slip
    apart are equal after one letter is left out of one of them or of both.
    """
    rests = _rests(spellings, lengths)
    pairs = _meeting(rests)
    a, b = (pairs[side].to_numpy() for side in ("spelling_a", "spelling_b"))
    at_a, at_b = (pairs[side].to_numpy() for side in ("at_a", "at_b"))
    kind = _kinds(spellings, a, b, at_a, at_b)
    both = pd.concat(
        [pd.DataFrame({"of": a, "name": b, "kind": kind}), pd.DataFrame({"of": b, "name": a, "kind": _mirrored(kind)})]
    )
    both = both[(both["kind"] >= 0) & (lengths[both["of"]] > 2) & (lengths[both["name"]] > 2)]
    both = both[counts[both["of"]] <= counts[both["name"]]]
    both = both.drop_duplicates(["of", "name"])
    length = lengths[both["name"]]
    choices = np.select(
        [both["kind"] == k for k in range(5)],
        [length, (length + 1) * LETTERS, length, length * LETTERS, np.maximum(length - 1, 1)],
        1,
    )
    return both.assign(weight=1 / choices)


def _rests(spellings: np.ndarray, lengths: np.ndarray) -> pd.DataFrame:
    """Each spelling whole (`at` -1) and with the letter `at` left out, as hashes; spellings of 3 to 40 letters."""
    width = int(min(lengths.max(initial=0), 40))
    chosen = np.flatnonzero((lengths > 2) & (lengths <= width))
    letters = np.array(spellings[chosen], dtype=f"U{max(width, 1)}").view(np.uint32).reshape(len(chosen), max(width, 1))
    letters = letters.astype(np.int64)
    base = np.int64(1_000_003)
    length = lengths[chosen]

    def hashed(left_out: int) -> np.ndarray:
        total = np.zeros(len(chosen), np.int64)
        for place in range(width):
            if place != left_out:
                total = np.where(place < length, total * base + letters[:, place] * 7919 + 1, total)
        return total

    whole = pd.DataFrame({"spelling": chosen, "at": -1, "rest": hashed(-1)})
    cut = [pd.DataFrame({"spelling": chosen, "at": at, "rest": hashed(at)})[length > at] for at in range(width)]
    return pd.concat([whole, *cut], ignore_index=True)


def _meeting(rests: pd.DataFrame) -> pd.DataFrame:
    """Pairs of spellings with an equal rest."""
    shared = rests[rests["rest"].duplicated(keep=False)]
    pairs = shared.merge(shared, on="rest", suffixes=("_a", "_b"))
    return pairs[pairs["spelling_a"] < pairs["spelling_b"]]


def _kinds(spellings: np.ndarray, a: np.ndarray, b: np.ndarray, at_a: np.ndarray, at_b: np.ndarray) -> np.ndarray:
    """The kind of slip that makes spelling `a` of name `b`, by the places that were left out; -1: none."""
    kind = np.full(len(a), -1)
    kind[(at_a == -1) & (at_b >= 0)] = KINDS.index("letter left out")
    kind[(at_a >= 0) & (at_b == -1)] = KINDS.index("letter added")
    for i in np.flatnonzero((at_a >= 0) & (at_b >= 0) & (abs(at_a - at_b) <= 1)):
        x, y, p, q = spellings[a[i]], spellings[b[i]], at_a[i], at_b[i]
        if p == q and x[p] != y[p]:
            alike = x[p] + y[p] in ALIKE or y[p] + x[p] in ALIKE
            kind[i] = KINDS.index("letter for one alike" if alike else "letter for another")
        elif p != q and x[p] == y[q] and len(x) == len(y) and x[q] == y[p]:
            kind[i] = KINDS.index("letters exchanged")
    return kind


def _mirrored(kind: np.ndarray) -> np.ndarray:
    left_out, added = KINDS.index("letter left out"), KINDS.index("letter added")
    return np.select([kind == left_out, kind == added], [added, left_out], kind)


def _estimated(edges: pd.DataFrame, counts: np.ndarray, lengths: np.ndarray) -> tuple:
    """Expectation and maximisation: which spellings are names, how frequent names and kinds of slips are."""
    n, many = max(counts.sum(), 1.0), len(counts)
    of, name, kind = (edges[column].to_numpy(np.int64) for column in ("of", "name", "kind"))
    weight = edges["weight"].to_numpy(float)
    has = np.bincount(of, minlength=many) > 0
    variant = np.bincount(of[kind == KINDS.index("variant")], minlength=many) > 0
    places = (2 * LETTERS + 2) * lengths.sum()  # how many spellings lie one slip from a name
    rates, share, chance = np.array(START), counts / n, max(has.sum() / 2 / max(places, 1), LEAST_CHANCE)
    for _ in range(ROUNDS):
        each = n * share[name] * rates[kind] * weight
        slips = np.bincount(of, each, minlength=many)
        itself = np.where(has, _a_name(counts, slips, np.where(variant, VARIANT_A_NAME, chance)), 1.0)
        own = np.maximum(counts - slips, 0.1 * counts)
        own = itself * np.where(has, own / (own + slips), 1.0)
        probability = np.divide(each, slips[of], out=np.zeros(len(of)), where=slips[of] > 0) * (1 - own)[of]
        share = (own * counts + np.bincount(name, probability * counts[of], minlength=many)) / n
        rates = np.maximum(np.bincount(kind, probability * counts[of], minlength=len(KINDS)) / n, 1e-6)
        chance = np.clip(itself[has & ~variant].sum() / max(places, 1), LEAST_CHANCE, 0.5)
    return *_kept(of, name, probability, own), share, rates


def _a_name(counts: np.ndarray, slips: np.ndarray, chance: np.ndarray) -> np.ndarray:
    """How probably a spelling is a name, given how often it occurs and how many slips are expected to look like it.

    The count of a name is taken to be c with probability 1 / c(c + 1), that of slips to be negative binomial.
    """
    from scipy.special import gammaln

    slips = np.maximum(slips, 1e-12)
    log_slips = (
        gammaln(counts + SCATTER) - gammaln(SCATTER) - gammaln(counts + 1)
        + SCATTER * np.log(SCATTER / (SCATTER + slips)) + counts * np.log(slips / (SCATTER + slips))
    )  # fmt: skip
    log_name = np.log(chance) - np.log(counts * (counts + 1))
    return 1 / (1 + np.exp(np.clip(log_slips - log_name, -700, 700)))


def _kept(of: np.ndarray, name: np.ndarray, probability: np.ndarray, own: np.ndarray) -> tuple:
    """All entries of the lexicon that matter, by spelling and name, their probabilities summing to one per spelling."""
    itself = np.arange(len(own))
    table = pd.DataFrame({"of": np.r_[itself, of], "name": np.r_[itself, name], "probability": np.r_[own, probability]})
    table = table.groupby(["of", "name"], sort=True, as_index=False)["probability"].sum()
    rank = table.groupby("of")["probability"].rank(ascending=False, method="first")
    table = table[((table["probability"] >= LEAST) & (rank <= MOST)) | (rank == 1)]
    total = table.groupby("of")["probability"].transform("sum")
    return table["of"].to_numpy(), table["name"].to_numpy(), (table["probability"] / total).to_numpy()
