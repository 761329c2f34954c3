"""Lists that meet some people more easily than others: heterogeneity models, and Chao's lower bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.estimate.recapture import loglinear
from helpers.estimate.recapture.averaging import Estimate, lognormal
from helpers.estimate.recapture.table import OverlapError, histories

if TYPE_CHECKING:
    from helpers.estimate.recapture.table import Overlap

# how much oftener people are met who were met j times: a column of the design, 0 for those met by none
SHAPES = {
    "Poisson2": lambda j: 2.0**j - 1,
    "Darroch": lambda j: j**2 / 2,
    "Gamma3.5": lambda j: np.log(3.5) - np.log(3.5 + j),
}
FAMILIES = ("M0", "Mt", *(f"{kind} {shape}" for kind in ("Mh", "Mth") for shape in SHAPES))


def fit(overlap: Overlap, family: str) -> loglinear.Fit:
    """What a model of `FAMILIES` says of `overlap`.

    M0: every list meets everyone alike; Mt: lists differ; Mh: people differ; Mth: both. Shapes of how people differ:
    `Poisson2`, `Darroch`, `Gamma3.5`, from the mildest to the one that supposes most people hardly ever met. The data
    hardly tell them apart, though their totals differ. ValueError for another family, OverlapError if the counts do
    not determine it or there are fewer than three lists.
    Sources: Rivest and Baillargeon (2007), Biometrics 63, 999-1006; Baillargeon and Rivest (2007), Journal of
    Statistical Software 19(5).
    """
    if family not in FAMILIES:
        raise ValueError(f"family is '{family}': allowed are {', '.join(FAMILIES)}")
    lists = len(overlap.lists)
    if lists < 3:
        raise OverlapError(f"{overlap.name}: {lists} lists: at least 3 are needed to see that people differ")
    design = _design(family, lists)
    if not loglinear.determined(design, overlap.counts):
        raise OverlapError(f"{overlap.name}: {family} cannot be fitted, for nobody was met as often as it needs")
    return loglinear.fitted(family, design, overlap.counts)


def _design(family: str, lists: int) -> np.ndarray:
    on = histories(lists)
    met = on.sum(axis=1)
    kind, _, shape = family.partition(" ")
    columns = [np.ones(len(on)), *(on.T if "t" in kind else [met])]
    return np.column_stack([*columns, SHAPES[shape](met)] if shape else columns).astype(float)


def table(overlap: Overlap) -> pd.DataFrame:
    """What each of `FAMILIES` says, one row each, least AIC first; columns are those of `loglinear.Fit`."""
    rows = [fit(overlap, family) for family in FAMILIES]
    return pd.DataFrame(rows, columns=loglinear.Fit._fields).sort_values("AIC", ignore_index=True)


def met(overlap: Overlap) -> pd.Series:
    """How many people are on exactly 1, 2, ... of the lists (persons)."""
    on = histories(len(overlap.lists)).sum(axis=1)
    counted = np.bincount(on, weights=overlap.counts, minlength=len(overlap.lists) + 1)[1:]
    return pd.Series(counted.astype(int), range(1, len(counted) + 1), name="people")


def lower_bound(overlap: Overlap, *, level: float = 0.95) -> Estimate:
    """Chao's lower bound: at least so many people there are, however they differ, if the lists are independent.

    n + (t - 1) / t times f1 squared over 2 f2, with f1 and f2 people on exactly one and two of t lists. The interval
    (log-normal) is that of the bound, not of the total: that has no upper end here.
    Source: Chao (1987), Biometrics 43, 783-791; the variance is that of f1 and f2 as Poisson counts, by the delta
    method, and of the people on no list. OverlapError if nobody is on exactly two lists.
    """
    lists, counted = len(overlap.lists), met(overlap)
    once, twice = counted[1], counted[2]
    if not twice:
        raise OverlapError(f"{overlap.name}: 0 people are on exactly two lists; at least 1 is needed for a lower bound")
    share, ratio = (lists - 1) / lists, once / twice
    unlisted = share * once * ratio / 2
    variance = twice * (share / 2 * ratio**2 + share**2 * ratio**3 + share**2 / 4 * ratio**4)
    low, high = lognormal(unlisted, variance**0.5, level=level)
    return Estimate(*(overlap.people + part for part in (low, unlisted, high)), "Chao's lower bound")
