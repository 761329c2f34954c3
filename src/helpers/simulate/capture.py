"""Overlap of lists drawn as counts, without people: what capture-recapture is tested on, thousands of wars at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
import pandas as pd

from helpers.simulate.draws import SEED, stream

ROUNDS = 1000  # of fitting the chances to the reach of every list; a few dozen are enough
CLOSE = 1e-12


def counts(
    total: int,
    reach: Sequence[float],
    *,
    odds_ratios: Mapping[tuple[int, int], float] | None = None,
    visibility: Sequence[tuple[float, float]] = ((1.0, 1.0),),
    size: int = 1,
    seed: int = SEED,
) -> pd.DataFrame:
    """How many of `total` dead are on which of the lists, in each of `size` wars: one row per war.

    One column per capture history, a 1 or 0 for each list in order ("101": on the first and third of three), the
    history of zeros, whom no list has, first: it is the truth that an estimator looks for, and never given to it.
    A row sums to `total`. `reach`, `odds_ratios` and `visibility` as in `chances`.
    """
    if total < 1 or size < 1:
        raise ValueError(f"total is {total} and size {size}: both are at least 1")
    of_each = chances(reach, odds_ratios=odds_ratios, visibility=visibility)
    edges = np.cumsum(of_each.to_numpy())
    edges[-1] = 1.0
    rng = stream(seed, "overlap counts")
    drawn = [np.bincount(np.searchsorted(edges, rng.random(total), "right"), minlength=len(edges)) for _ in range(size)]
    return pd.DataFrame(np.array(drawn), columns=of_each.index).rename_axis(index="war", columns=None)


def chances(
    reach: Sequence[float],
    *,
    odds_ratios: Mapping[tuple[int, int], float] | None = None,
    visibility: Sequence[tuple[float, float]] = ((1.0, 1.0),),
) -> pd.Series:
    """The chance of each capture history of one of the dead; the index is the history, as in `counts`.

    `reach`: share of the dead that each list finds, between 0 and 1; `odds_ratios`: pair of lists (from 0): how many
    times higher the odds of being on one are for those on the other, whatever other lists have them; `visibility`:
    kinds of people, each as a share of all and the factor on their odds of being on every list. The reach of every
    list is kept whatever the rest (with several kinds: that of people of factor 1). ValueError for what is no chance.
    """
    odds_ratios = odds_ratios or {}
    _check(reach, odds_ratios, visibility)
    histories = np.array(list(product((0, 1), repeat=len(reach))))
    mixed = np.zeros(len(histories))
    for share, factor in visibility:
        odds = factor * np.array(reach) / (1 - np.array(reach))
        mixed += share * _one_kind(histories, odds / (1 + odds), odds_ratios)
    return pd.Series(mixed, index=["".join(map(str, history)) for history in histories])


def overlaps(war: pd.Series, names: Sequence[str] = ()) -> pd.DataFrame:
    """The overlap table of one row of `counts`: one row per history of someone found, the unseen left out.

    One 0/1 column per list (`names`, or list_1, list_2 ...), and `count` (persons).
    """
    seen = war[[history for history in war.index if "1" in history]]
    names = list(names) or [f"list_{number}" for number in range(1, len(seen.index[0]) + 1)]
    table = pd.DataFrame([[int(one) for one in history] for history in seen.index], columns=names)
    return table.assign(count=seen.to_numpy())


def _check(reach: Sequence[float], odds_ratios: Mapping, visibility: Sequence[tuple[float, float]]) -> None:
    if len(reach) < 2 or not all(0 < one < 1 for one in reach):
        raise ValueError(f"reach is {list(reach)}: two lists at least are needed, each with a share between 0 and 1")
    for (one, other), ratio in odds_ratios.items():
        if not (0 <= one < len(reach) and 0 <= other < len(reach) and one != other and ratio > 0):
            raise ValueError(
                f"odds ratio {ratio} of lists {one} and {other}: allowed are two lists from 0 to {len(reach) - 1} "
                "and a ratio above 0"
            )
    shares, factors = zip(*visibility, strict=True)
    if abs(sum(shares) - 1) > 1e-9 or min(shares) < 0 or min(factors) <= 0:
        raise ValueError(f"visibility is {list(visibility)}: the shares must sum to 1 and the factors be above 0")


def _one_kind(histories: np.ndarray, reach: np.ndarray, odds_ratios: Mapping[tuple[int, int], float]) -> np.ndarray:
    """Chances of the histories with these odds ratios and margins: iterative proportional fitting keeps the ratios.

    Source: Deming and Stephan (1940), Annals of Mathematical Statistics 11, 427-444.
    """
    chance = np.ones(len(histories))
    for (one, other), ratio in odds_ratios.items():
        chance *= np.where(histories[:, one] & histories[:, other], ratio, 1.0)
    for _ in range(ROUNDS):
        before = chance.copy()
        for place, share in enumerate(reach):
            on = histories[:, place] == 1
            chance = np.where(on, chance * share / chance[on].sum(), chance * (1 - share) / chance[~on].sum())
        if np.abs(chance - before).max() < CLOSE:
            break
    return chance
