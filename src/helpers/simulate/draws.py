"""Draws that come out the same on every machine: named streams of one seed, and picks by whole-number weights."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SEED = 20220224


def stream(seed: int, purpose: str) -> np.random.Generator:
    """The stream of random numbers that `seed` gives for `purpose`, independent of the stream of any other purpose.

    A draw more for one purpose leaves what is drawn for all the others as it was. Only `random` and `integers` are
    asked of it: they give the same numbers anywhere, which logarithms and exponentials do not.
    """
    return np.random.default_rng([seed, zlib.crc32(purpose.encode())])


def pick(rng: np.random.Generator, weights: Sequence[int], size: int) -> np.ndarray:
    """`size` positions in `weights`, each drawn in proportion to its whole-number weight."""
    edges = np.cumsum(np.asarray(weights, dtype=np.int64))
    return np.searchsorted(edges, rng.random(size) * edges[-1], side="right")


def choose(rng: np.random.Generator, weights: dict[str, int], size: int) -> pd.Series:
    """`size` keys of `weights`, each drawn in proportion to its whole-number weight, as text."""
    return taken(list(weights), pick(rng, list(weights.values()), size))


def taken(texts: Sequence[str], places: np.ndarray) -> pd.Series:
    """The texts at `places`, as a column."""
    return pd.Series(pd.array(list(texts), dtype="str").take(places))


def happens(rng: np.random.Generator, rate: float | np.ndarray, size: int) -> np.ndarray:
    """For each of `size` rows whether something that happens at `rate` (0 to 1) happens to it."""
    return rng.random(size) < rate


def ways(rng: np.random.Generator, rates: Sequence[float], size: int) -> list[np.ndarray]:
    """For each of `rates` the rows that it befalls, at most one of them a row; together they are at most 1."""
    way = np.searchsorted(np.cumsum(rates), rng.random(size), side="right")
    return [way == place for place in range(len(rates))]


def changed(words: pd.Series, which: np.ndarray, change: Callable[[str], str]) -> pd.Series:
    """Words, of which those at `which` are changed; every spelling is changed once, however often it stands there."""
    codes, spellings = pd.factorize(words[which])
    changed = taken([change(word) for word in spellings], codes) if len(codes) else pd.Series([], dtype="str")
    return words.mask(which, pd.Series(changed.array, words.index[which]))
