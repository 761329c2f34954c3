"""Names and regions of one origin come together: how much more often than by chance.

A Buryat surname, given name and patronymic are each rare, and together they are not as rare as the product says. The
records are taken for a mixture of a few origins, unknown beforehand, within each of which the fields are independent
(latent classes, fitted by expectation and maximisation). Without this, namesakes would be taken for one person.
"""

from __future__ import annotations

import numpy as np

from helpers.lists.linkage.encoded import MISSING

ORIGINS = 6
ROUNDS = 15
SAMPLE = 50_000  # records are enough for the fit
BELIEF = 20.0  # a name is taken to be of all origins alike, as strongly as so many records would say


def origins(values: np.ndarray, many: int, *, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The share of each origin, and how many times more often than at random each value is of it (value, origin).

    `values` (record, field): places of values in one lexicon of `many`, MISSING where a record has none.
    """
    some = values[:: max(1, -(-len(values) // SAMPLE))]
    known = some >= 0
    rng = np.random.default_rng(seed)
    belongs = rng.dirichlet(np.ones(ORIGINS), len(some))
    for _ in range(ROUNDS):
        share, lift = _lifts(some, known, belongs, many)
        log = np.log(share) + sum(np.where(known[:, [f]], np.log(lift)[some[:, f]], 0.0) for f in range(some.shape[1]))
        belongs = np.exp(log - log.max(axis=1, keepdims=True))
        belongs /= belongs.sum(axis=1, keepdims=True)
    return _lifts(some, known, belongs, many)


def _lifts(values: np.ndarray, known: np.ndarray, belongs: np.ndarray, many: int) -> tuple[np.ndarray, np.ndarray]:
    share = belongs.mean(axis=0)
    counts = np.zeros((many, ORIGINS))
    for f in range(values.shape[1]):
        here = known[:, f]
        for origin in range(ORIGINS):
            counts[:, origin] += np.bincount(values[here, f], belongs[here, origin], minlength=many)
    of_origin = (counts + BELIEF * share) / (counts.sum(axis=1, keepdims=True) + BELIEF)
    return share, of_origin / share


def coming_together(values: np.ndarray, share: np.ndarray, lift: np.ndarray) -> np.ndarray:
    """Log of how many times more often than by chance the values of each record come together."""
    product = np.broadcast_to(share, (len(values), len(share))).copy()
    for f in range(values.shape[1]):
        known = values[:, f] != MISSING
        product[known] *= lift[values[known, f]]
    return np.log(product.sum(axis=1))
