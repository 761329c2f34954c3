"""The same models on thousands of overlap tables at once, for invented wars whose truth is known."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.estimate.recapture import loglinear, models, poisson

if TYPE_CHECKING:
    from helpers.estimate.recapture.models import Model

VALUES = ["low", "point", "high"]


def chapman(counts: np.ndarray, *, level: float = 0.95) -> pd.DataFrame:
    """Chapman's estimate of each table of two lists, one row per row of `counts` (see `fit`): `low`, `point`, `high`.

    A table without overlap, which `chapman.chapman` refuses, has no values.
    """
    counts = np.asarray(counts, float)
    b_only, a_only, both = counts[:, 1:].T
    a, b, seen = a_only + both, b_only + both, counts[:, 1:].sum(axis=1)
    point = (a + 1) * (b + 1) / (both + 1) - 1
    variance = (a + 1) * (b + 1) * a_only * b_only / ((both + 1) ** 2 * (both + 2))
    unlisted = point - seen
    spread = np.log1p(variance / np.where(unlisted > 0, unlisted, np.inf) ** 2)
    times = np.exp(NormalDist().inv_cdf(0.5 + level / 2) * np.sqrt(spread))
    table = pd.DataFrame({"low": seen + unlisted / times, "point": point, "high": seen + unlisted * times})
    return table.where(pd.Series(both > 0), np.nan)


def fit(counts: np.ndarray, model: Model, *, interval: str = "wald", level: float = 0.95) -> pd.DataFrame:
    """What `model` says of each table, one row per row of `counts`.

    `counts`: a column per capture history, as `table.histories` orders them (also `simulate.counts`); the first, people
    on no list, is not looked at. `interval`: as in `loglinear.fit`; `profile` takes some milliseconds a table. Columns:
    `low`, `point`, `high` (persons), `AIC`, `BIC`; all missing where the counts do not determine the model.
    """
    counts = np.asarray(counts, float)
    seen, lists = counts[:, 1:], int(math.log2(counts.shape[1]))
    design = models.design(model, lists)
    found = poisson.fit(design[1:], poisson.of_cells(seen))
    with np.errstate(over="ignore", invalid="ignore"):
        unlisted = np.exp(found.coefficients[:, 0])
        times = np.exp(NormalDist().inv_cdf(0.5 + level / 2) * np.sqrt(found.covariance[:, 0, 0]))
        parts = (unlisted / times, unlisted, unlisted * times)
        values = {name: seen.sum(axis=1) + part for name, part in zip(VALUES, parts, strict=True)}
    at_best = np.array([sum(map(loglinear.likelihood, row)) for row in seen])
    misfit = found.deviance - 2 * at_best
    values |= {"AIC": misfit + 2 * design.shape[1], "BIC": misfit + np.log(seen.sum(axis=1)) * design.shape[1]}
    table = pd.DataFrame(values).where(pd.Series(_determined(design, counts) & found.converged), np.nan)
    return _profiled(table, counts, [model] * len(table), level) if interval == "profile" else table


def _profiled(found: pd.DataFrame, counts: np.ndarray, chosen: list[Model], level: float) -> pd.DataFrame:
    """`found` with the profile interval of each table by the model `chosen` for it."""
    ends = found[["low", "high"]].to_numpy(copy=True)
    for row in np.flatnonzero(found["point"].notna()):
        table = np.append(0, counts[row, 1:]).astype(float)
        design = models.design(chosen[row], int(math.log2(len(table))))
        ends[row] = loglinear.profile(design, table, unlisted=found["point"][row] - table.sum(), level=level)
    return found.assign(low=ends[:, 0], high=ends[:, 1])


def first(counts: np.ndarray, lists: int) -> np.ndarray:
    """The same people as the first `lists` lists alone would show them (columns as in `fit`)."""
    counts = np.asarray(counts)
    return counts.reshape(len(counts), 2**lists, -1).sum(axis=2)


def scored(found: pd.DataFrame, truth: float) -> pd.Series:
    """How estimates of invented wars lie to their `truth`: one entry per measure.

    `low`, `point`, `high`: where the lowest 2.5 %, the middle and the highest 2.5 % of the estimates lie (shares of the
    truth); `held`: share of the wars whose own interval holds it (no value counts as not); `error`: the Monte Carlo
    error of `held`, one standard deviation; `refused`: share of the wars without a value.
    """
    ends = dict(zip(VALUES, found["point"].quantile([0.025, 0.5, 0.975]) / truth, strict=True))
    held = float((found["low"].le(truth) & found["high"].ge(truth)).mean())
    error = math.sqrt(held * (1 - held) / len(found))
    return pd.Series(ends | {"held": held, "error": error, "refused": float(found["point"].isna().mean())})


def _determined(design: np.ndarray, counts: np.ndarray) -> np.ndarray:
    met = (counts[:, 1:] > 0).all(axis=1)
    return np.array([full or loglinear.determined(design, row) for full, row in zip(met, counts, strict=True)])


def least(counts: np.ndarray, *, criterion: str = "AIC", interval: str = "wald", level: float = 0.95) -> pd.DataFrame:
    """What the model with the least `criterion` of all says of each table; columns of `fit`, and `model`, its name."""
    counts = np.asarray(counts, float)
    chosen = models.enumerated(int(math.log2(counts.shape[1])))
    found = [fit(counts, model, level=level) for model in chosen]
    scores = np.array([one[criterion].fillna(np.inf) for one in found])
    best = scores.argmin(axis=0)
    table = pd.DataFrame([found[which].iloc[row] for row, which in enumerate(best)]).reset_index(drop=True)
    if interval == "profile":
        table = _profiled(table, counts, [chosen[which] for which in best], level)
    return table.assign(model=[models.name(chosen[which]) for which in best])
