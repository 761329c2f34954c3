"""Log-linear models of an overlap table: how many people are on no list, by one model, with its interval."""

from __future__ import annotations

import math
import warnings
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers.estimate.recapture import models, poisson
from helpers.estimate.recapture.table import OverlapError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from helpers.estimate.recapture.models import Model
    from helpers.estimate.recapture.table import Overlap

LEVEL = 0.95
INTERVALS = ("profile", "wald")
UNBOUNDED = 1e6  # an upper end beyond so many times the unlisted is none


class Fit(NamedTuple):
    """What a model says: `point` people in all, with its interval and one standard `deviation` (persons).

    `high` is infinite where the data set no upper end. `unlisted`:
    people on no list; `deviance` on `df` degrees of freedom: how far the model is from the counts; `AIC`, `BIC`: that
    weighed against how many terms it has, less is better.
    """

    model: str
    low: float
    point: float
    high: float
    deviation: float
    unlisted: float
    deviance: float
    df: int
    AIC: float
    BIC: float


def fit(overlap: Overlap, model: Model, *, interval: str = "profile", level: float = LEVEL, own: bool = False) -> Fit:
    """What `model` says of `overlap`, fitted by Poisson regression in statsmodels, as R's glm would.

    `interval`: `profile`, by Cormack (1992), Biometrics 48, 567-576, with the multinomial likelihood, or `wald`, plus
    and minus so many errors of the logarithm of those on no list, which is quicker and trusts that one error.
    `own`: with the regression of `poisson` instead, which gives the same faster (a test compares them).
    Source: Fienberg (1972), Biometrika 59, 591-603. ValueError for another interval, OverlapError if the counts do not
    determine the model, or the lists are of another number.
    """
    if {one for term in model for one in term} != set(range(1, len(overlap.lists) + 1)):
        raise OverlapError(f"{models.name(model)} is no model of {len(overlap.lists)} lists: each stands in it")
    design = models.design(model, len(overlap.lists))
    if not determined(design, overlap.counts):
        raise OverlapError(
            f"{overlap.name}: {models.name(model)} cannot be fitted, for nobody has a history that it needs; "
            "take a model with fewer terms"
        )
    return fitted(models.name(model), design, overlap.counts, interval=interval, level=level, own=own)


def fitted(
    name: str, design: np.ndarray, counts: np.ndarray, *, interval: str = "profile", level: float = LEVEL,
    own: bool = True,
) -> Fit:  # fmt: skip
    """What a `design` says of the `counts`; rows are capture histories, of which the first (on no list) is not known.

    The first column is 1 and the only one that is not 0 in the first row, so that its coefficient is the logarithm of
    the people on no list. The other choices are those of `fit`.
    """
    if interval not in INTERVALS:
        raise ValueError(f"interval is '{interval}': allowed are {', '.join(INTERVALS)}")
    found = (_with_poisson if own else _with_statsmodels)(design[1:], counts[1:])
    intercept, variance, deviance = found
    n, unlisted = counts.sum(), math.exp(intercept)
    if interval == "profile":
        low, high = profile(design, counts, unlisted=unlisted, level=level)
    else:
        times = math.exp(NormalDist().inv_cdf(0.5 + level / 2) * math.sqrt(variance))
        low, high = n + unlisted / times, n + unlisted * times
    aic, bic = _criteria(counts, deviance, design.shape[1])
    return Fit(
        model=name, low=low, point=n + unlisted, high=high, deviation=math.sqrt(unlisted + unlisted**2 * variance),
        unlisted=unlisted, deviance=deviance, df=len(counts) - 1 - design.shape[1], AIC=aic, BIC=bic,
    )  # fmt: skip


def criteria(design: np.ndarray, counts: np.ndarray) -> tuple[float, float]:
    """The AIC and the BIC of a `design` (see `fitted`), without the rest of a fit."""
    return _criteria(counts, _with_poisson(design[1:], counts[1:])[2], design.shape[1])


def _criteria(counts: np.ndarray, deviance: float, terms: int) -> tuple[float, float]:
    misfit = deviance - 2 * sum(map(likelihood, counts[1:]))
    return misfit + 2 * terms, misfit + math.log(counts.sum()) * terms


def _with_poisson(design: np.ndarray, counts: np.ndarray) -> tuple[float, float, float]:
    found = poisson.fit(design, poisson.of_cells(counts))
    return found.coefficients[0, 0], found.covariance[0, 0, 0], found.deviance[0]


def _with_statsmodels(design: np.ndarray, counts: np.ndarray) -> tuple[float, float, float]:
    from statsmodels.genmod.families import Poisson
    from statsmodels.genmod.generalized_linear_model import GLM

    class AsInR(Poisson):
        """The Poisson family with R's starting values."""

        def starting_mu(self, y: np.ndarray) -> np.ndarray:
            return y + poisson.START

    with warnings.catch_warnings():
        # a model that fits every count exactly is no fault here
        warnings.simplefilter("ignore")
        # |change| < 1e-8 (|deviance| + 0.1) is R's rule
        found = GLM(counts, design, AsInR()).fit(tol=poisson.START * poisson.STOP, rtol=poisson.STOP)
    return found.params[0], found.normalized_cov_params[0, 0], found.deviance


def likelihood(y: float) -> float:
    """The Poisson log-likelihood of a count at its own value: also how far Stirling's formula for y! is off."""
    return y * math.log(y) - y - math.lgamma(y + 1) if y > 0 else 0.0


def profile(design: np.ndarray, counts: np.ndarray, *, unlisted: float, level: float = LEVEL) -> tuple[float, float]:
    """The least and greatest total (persons) whose profile likelihood is within the limit of `level`.

    For every possible number on no list the model is fitted to the table that this number completes; totals under which
    it fits not much worse than under the best are in. `unlisted`: the estimate, where the search begins.
    """
    n, limit = counts.sum(), NormalDist().inv_cdf(0.5 + level / 2) ** 2

    def distance(log_unlisted: float) -> float:
        table = counts.copy()
        table[0] = math.exp(log_unlisted)
        deviance = poisson.fit(design, poisson.of_cells(table)).deviance[0]
        return deviance - 2 * likelihood(table[0]) + 2 * likelihood(n + table[0])

    middle, best = _least(distance, math.log(unlisted))
    low = _crossing(lambda x: distance(x) - best - limit, middle, -0.25, math.log(1e-3))
    high = _crossing(lambda x: distance(x) - best - limit, middle, 0.25, middle + math.log(UNBOUNDED))
    return n + (0.0 if low is None else math.exp(low)), math.inf if high is None else n + math.exp(high)


def _least(distance: Callable[[float], float], start: float) -> tuple[float, float]:
    """Where `distance` is least near `start`, and how small: the vertex of the parabola through three points."""
    step = 0.02
    for _ in range(20):
        left, at, right = (distance(start + shift) for shift in (-step, 0, step))
        bend = left - 2 * at + right
        if bend <= 0:
            break
        move = step * (left - right) / (2 * bend)
        start += max(-0.5, min(0.5, move))
        if abs(move) < step:
            return start, distance(start)
    return start, distance(start)


def _crossing(above: Callable[[float], float], start: float, step: float, end: float) -> float | None:
    """Where `above` turns positive on the way from `start` to `end`; None if it does not."""
    from scipy.optimize import brentq

    inside, outside = start, start + step
    while above(outside) < 0:
        inside, step = outside, 2 * step
        outside = inside + step
        if (outside > end) == (step > 0):
            return None
    return brentq(above, inside, outside, xtol=1e-7)


def determined(design: np.ndarray, counts: np.ndarray) -> bool:
    """Whether the counts determine every coefficient of `design`: finite values fit them best.

    They always do where every history was met. Where some were not, the sums that the fit must match have to be
    reached by fitted values above 0 in every history, which a linear program decides.
    Source: Fienberg and Rinaldo (2012), Annals of Statistics 40, 996-1023.
    """
    seen, rows = counts[1:], design[1:]
    if (seen > 0).all():
        return True
    if (rows.T @ seen == 0).any():
        return False
    from scipy.optimize import linprog

    # fitted values x = s + slack: the largest s that all can have
    sums = np.column_stack([rows.T, rows.sum(axis=0)])
    cost = np.zeros(len(seen) + 1)
    cost[-1] = -1
    best = linprog(cost, A_eq=sums, b_eq=rows.T @ seen, method="highs")
    return best.status == 0 and -best.fun > 1e-9


def table(overlap: Overlap, chosen: Iterable[Model], *, own: bool = False) -> pd.DataFrame:
    """What each of the `chosen` models says, one row per model that the counts determine, least AIC first.

    Columns: those of `Fit`. The models that are left out are `undetermined`.
    """
    chosen = list(chosen)
    left_out = set(undetermined(overlap, chosen))
    rows = [fit(overlap, model, own=own) for model in chosen if models.name(model) not in left_out]
    return pd.DataFrame(rows, columns=Fit._fields).sort_values(["AIC", "model"], ignore_index=True)


def undetermined(overlap: Overlap, chosen: Iterable[Model]) -> list[str]:
    """The names of those of `chosen` that cannot be fitted, because nobody has a history that they need."""
    lists = len(overlap.lists)
    return [models.name(model) for model in chosen if not determined(models.design(model, lists), overlap.counts)]
