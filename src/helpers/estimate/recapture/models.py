"""Hierarchical log-linear models of lists: which there are, what they are called, and their design."""

from __future__ import annotations

from itertools import chain, combinations

import numpy as np

from helpers.estimate.recapture.table import OverlapError, histories

Term = tuple[int, ...]
Model = tuple[Term, ...]
MOST = 5  # six lists have over seven million hierarchical models


def independence(lists: int) -> Model:
    """The model in which no two of `lists` lists have anything to do with each other."""
    return tuple((one,) for one in range(1, lists + 1))


def enumerated(lists: int) -> list[Model]:
    """Every hierarchical model of so many lists but the saturated one, simplest first: 1, 8, 113, 6,893 for 2 to 5.

    A model is given by its largest terms, such as ((1, 2, 3), (1, 4), (3, 4)); each holds all terms within them, and
    every list. OverlapError for more than five lists.
    """
    if lists > MOST:
        raise OverlapError(f"{lists} lists: at most {MOST}, more have millions of models; use `heterogeneity` instead")
    known: set[frozenset[Term]] = {frozenset()}
    for size in range(2, lists):
        terms = list(combinations(range(1, lists + 1), size))
        known = {chosen | more for chosen in known for more in _subsets([t for t in terms if _allowed(t, chosen)])}
    return [largest(chosen, lists) for chosen in sorted(known, key=lambda chosen: (len(chosen), sorted(chosen)))]


def _subsets(terms: list[Term]) -> list[frozenset[Term]]:
    return [frozenset(one) for size in range(len(terms) + 1) for one in combinations(terms, size)]


def _allowed(term: Term, chosen: frozenset[Term]) -> bool:
    """Whether a model may hold `term`: all that lie within it must be there (single lists always are)."""
    return len(term) == 2 or all(part in chosen for part in combinations(term, len(term) - 1))


def largest(chosen: frozenset[Term], lists: int) -> Model:
    """The model with the interactions `chosen`, by its largest terms; lists that are in none stand alone."""
    everything = {*chosen, *independence(lists)}
    kept = [term for term in everything if not any(set(term) < set(other) for other in everything)]
    return tuple(sorted(kept, key=lambda term: (-len(term), term)))


def terms(model: Model) -> list[Term]:
    """Every term of `model`, single lists first."""
    within = {part for term in model for size in range(1, len(term) + 1) for part in combinations(term, size)}
    return sorted(within, key=lambda term: (len(term), term))


def interactions(model: Model) -> frozenset[Term]:
    """The terms of `model` that join lists."""
    return frozenset(term for term in terms(model) if len(term) > 1)


def neighbours(model: Model, lists: int) -> list[Model]:
    """The models that have one interaction more or one less than `model`."""
    chosen = interactions(model)
    every = chain.from_iterable(combinations(range(1, lists + 1), size) for size in range(2, lists))
    more = [chosen | {term} for term in every if term not in chosen and _allowed(term, chosen)]
    less = [chosen - {term} for term in model if len(term) > 1]
    return [largest(frozenset(one), lists) for one in (*more, *less)]


def name(model: Model) -> str:
    """What a model is called, by its largest terms: [123,14,34]."""
    return f"[{','.join(''.join(map(str, term)) for term in model)}]"


def parsed(text: str) -> Model:
    """The model that `name` calls so; OverlapError for anything else."""
    words = text.strip("[]").split(",")
    if not all(word.isdigit() and len(set(word)) == len(word) for word in words):
        raise OverlapError(f"'{text}' is no model: write its largest terms as [123,14,34]")
    return tuple(sorted((tuple(sorted(map(int, word))) for word in words), key=lambda term: (-len(term), term)))


def design(model: Model, lists: int) -> np.ndarray:
    """The design of `model`: a row per capture history (`table.histories`), a column of ones, and one per term."""
    on = histories(lists)
    columns = [on[:, [one - 1 for one in term]].prod(axis=1) for term in terms(model)]
    return np.column_stack([np.ones(len(on)), *columns])
