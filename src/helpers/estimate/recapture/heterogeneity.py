"""Lists that meet some people more easily than others: heterogeneity models, and Chao's lower bound."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers.estimate.recapture import loglinear, poisson
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
SAME = 0.05  # a smaller p says that the counts speak against it
BOUND = "a lower bound, if each list meets a person whatever other lists do; nothing sets an upper end"


class Contrast(NamedTuple):
    """Whether people differ: the model in which they are alike, and the one in which they differ by one term.

    `coefficient`: of that term, above 0 where people differ; `p`: how probable counts are that lie as far from 0.
    """

    alike: loglinear.Fit
    differ: loglinear.Fit
    coefficient: float
    p: float

    @property
    def opposed(self) -> bool:
        """Whether the counts ask for the opposite of people who differ, more than chance would have it."""
        return self.coefficient < 0 and self.p < SAME


def fit(overlap: Overlap, family: str) -> loglinear.Fit:
    """What a model of `FAMILIES` says of `overlap`.

    M0: every list meets everyone alike; Mt: lists differ; Mh: people differ; Mth: both. Shapes of how people differ:
    `Poisson2`, `Darroch`, `Gamma3.5`, from the mildest to the one that supposes most people hardly ever met. The data
    hardly tell them apart, though their totals differ. ValueError for another family, OverlapError if the counts do
    not determine it, if there are fewer than three lists, or if the counts ask for the opposite of people who differ:
    these can only raise the total above that of people who are alike, so it is lists that depend on each other.
    Sources: Rivest and Baillargeon (2007), Biometrics 63, 999-1006; Baillargeon and Rivest (2007), Journal of
    Statistical Software 19(5).
    """
    if family not in FAMILIES:
        raise ValueError(f"family is '{family}': allowed are {', '.join(FAMILIES)}")
    if " " not in family:
        return _fitted(overlap, family)
    found = contrast(overlap, family)
    if found.opposed:
        raise OverlapError(
            f"{overlap.name}: {family} is set aside: people who differ are met often by more, and never by fewer, than "
            f"chance, and here they are fewer (coefficient {found.coefficient:.2g}, {said(found.p)}); some lists shun "
            "each other, or share out the work: use models of dependence"
        )
    return found.differ


def contrast(overlap: Overlap, family: str = "Mth Poisson2") -> Contrast:
    """Whether people differ in the way of `family` (an Mh or Mth), beside the same model of people who are alike.

    OverlapError if the counts determine one of them not, or there are fewer than three lists.
    """
    from scipy.special import chdtrc

    same = "Mt" if family.startswith("Mth") else "M0"
    alike, differ = _fitted(overlap, same, interval="wald"), _fitted(overlap, family)
    regression = poisson.fit(_design(family, len(overlap.lists))[1:], poisson.of_cells(overlap.counts[1:]))
    p = float(chdtrc(1, max(alike.deviance - differ.deviance, 0)))
    return Contrast(alike, differ, float(regression.coefficients[0, -1]), p)


def said(p: float) -> str:
    """A probability as it is printed."""
    return "p < 0.001" if p < 1e-3 else f"p = {p:.2g}"


def _fitted(overlap: Overlap, family: str, *, interval: str = "profile") -> loglinear.Fit:
    _refuse_few(overlap)
    design = _design(family, len(overlap.lists))
    if not loglinear.determined(design, overlap.counts):
        raise OverlapError(f"{overlap.name}: {family} cannot be fitted, for nobody was met as often as it needs")
    return loglinear.fitted(family, design, overlap.counts, interval=interval)


def _refuse_few(overlap: Overlap) -> None:
    lists = len(overlap.lists)
    if lists < 3:
        raise OverlapError(f"{overlap.name}: {lists} lists: at least 3 are needed to see that people differ")


def _design(family: str, lists: int) -> np.ndarray:
    on = histories(lists)
    met = on.sum(axis=1)
    kind, _, shape = family.partition(" ")
    columns = [np.ones(len(on)), *(on.T if "t" in kind else [met])]
    return np.column_stack([*columns, SHAPES[shape](met)] if shape else columns).astype(float)


def table(overlap: Overlap) -> pd.DataFrame:
    """What each of `FAMILIES` says, one row each, least AIC first; columns are those of `loglinear.Fit`.

    A family that `fit` refuses is left out; OverlapError if that leaves none.
    """
    rows, refusals = [], []
    for family in FAMILIES:
        try:
            rows.append(fit(overlap, family))
        except OverlapError as refusal:
            refusals.append(refusal)
    if not rows:
        raise refusals[0]
    return pd.DataFrame(rows, columns=loglinear.Fit._fields).sort_values("AIC", ignore_index=True)


def met(overlap: Overlap) -> pd.Series:
    """How many people are on exactly 1, 2, ... of the lists (persons)."""
    on = histories(len(overlap.lists)).sum(axis=1)
    counted = np.bincount(on, weights=overlap.counts, minlength=len(overlap.lists) + 1)[1:]
    return pd.Series(counted.astype(int), range(1, len(counted) + 1), name="people")


def lower_bound(overlap: Overlap, *, level: float = 0.95) -> Estimate:
    """Chao's lower bound: at least so many people there are, however they differ, on lists of any reach.

    The model has a term for each list and a free one for each number of lists from three on, so that only people on
    one list and on two speak of those on none: Rcapture's Mth Chao (LB), there with negative steps set to 0. It is a
    bound where what sets people apart raises or lowers their odds on all lists, and nothing else ties lists. The
    interval (profile likelihood) is that of the bound, not of the total: that has no upper end here.
    Sources: Chao (1987), Biometrics 43, 783-791; Rivest and Baillargeon (2007), Biometrics 63, 999-1006. OverlapError
    for fewer than three lists, or if nobody is on exactly two of them, or hardly anybody on one alone.
    """
    _refuse_few(overlap)
    if not met(overlap)[2]:
        raise OverlapError(f"{overlap.name}: 0 people are on exactly two lists; at least 1 is needed for a lower bound")
    design, counts = _below(overlap)
    if not loglinear.determined(design, counts):
        raise OverlapError(f"{overlap.name}: a lower bound cannot be fitted, for too few people are on one list alone; "
                           "leave out a list of whom all are on others, too")  # fmt: skip
    found = loglinear.fitted("Mth Chao", design, counts, level=level)
    return Estimate(found.low, found.point, found.high, "Chao's lower bound", BOUND)


def _below(overlap: Overlap) -> tuple[np.ndarray, np.ndarray]:
    """The design of Chao's bound and the counts, without the histories of numbers of lists that nobody was on."""
    times = histories(len(overlap.lists)).sum(axis=1)
    people = np.append(0, met(overlap))
    often = [number for number in range(3, len(people)) if people[number]]
    kept = (times <= 2) | np.isin(times, often)
    design = np.column_stack([_design("Mt", len(overlap.lists)), *(times == number for number in often)])
    return design[kept].astype(float), overlap.counts[kept]


def lower_bound_alike(overlap: Overlap, *, level: float = 0.95) -> Estimate:
    """Chao's lower bound for occasions of equal effort, such as nights of the same traps: all reach people alike.

    n + (t - 1) / t times f1 squared over 2 f2, with f1 and f2 people on exactly one and two of t occasions. On lists of
    unequal reach it is far too high, and no bound: `lower_bound` is for those. The interval (log-normal) is that of the
    bound.
    Source: Chao (1987), Biometrics 43, 783-791; the variance is that of f1 and f2 as Poisson counts, by the delta
    method, and of the people on no list. OverlapError if nobody is on exactly two.
    """
    lists, counted = len(overlap.lists), met(overlap)
    once, twice = counted[1], counted[2]
    if not twice:
        raise OverlapError(f"{overlap.name}: 0 people are on exactly two lists; at least 1 is needed for a lower bound")
    share, ratio = (lists - 1) / lists, once / twice
    unlisted = share * once * ratio / 2
    variance = twice * (share / 2 * ratio**2 + share**2 * ratio**3 + share**2 / 4 * ratio**4)
    low, high = lognormal(unlisted, variance**0.5, level=level)
    return Estimate(
        *(overlap.people + part for part in (low, unlisted, high)), "Chao's lower bound, equal effort", BOUND
    )
