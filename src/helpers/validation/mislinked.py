"""Overlap counts as they come out of a linkage that errs: links that are missed, and people wrongly joined."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd


def mislinked(war: pd.Series, *, missed: float, false: float, rng: np.random.Generator) -> pd.Series:
    """The counts of `war` (persons by capture history, a row of `simulate.counts`) after a linkage with errors.

    `missed`: share of the people on several lists of whom one entry, any of them alike, is not linked with the rest, so
    that one person is counted as two; `false`: share of the people on one list only who are taken for somebody who is
    on one other list only, so that two people are counted as one. First links are missed, then wrong ones made.
    """
    after = war.astype(int).copy()
    for history, people in war.items():
        on = [place for place, one in enumerate(history) if one == "1"]
        if len(on) > 1:
            split = rng.multinomial(rng.binomial(people, missed), np.full(len(on), 1 / len(on)))
            after[history] -= split.sum()
            for place, parted in zip(on, split, strict=True):
                alone = _only(place, len(history))
                after[alone] += parted
                after[_without(history, place)] += parted
    return _joined(after, false, rng)


def _joined(war: pd.Series, false: float, rng: np.random.Generator) -> pd.Series:
    after, lists = war.copy(), len(war.index[0])
    for one, other in combinations(range(lists), 2):
        first, second = _only(one, lists), _only(other, lists)
        # each list meets all the others, and from each of them its part of the false links
        pairs = rng.binomial(min(war[first], war[second]), false / (lists - 1))
        pairs = min(pairs, after[first], after[second])
        after[[first, second]] -= pairs
        after["".join("1" if place in (one, other) else "0" for place in range(lists))] += pairs
    return after


def _only(place: int, lists: int) -> str:
    return "".join("1" if at == place else "0" for at in range(lists))


def _without(history: str, place: int) -> str:
    return history[:place] + "0" + history[place + 1 :]
