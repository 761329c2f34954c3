"""Poisson regression with a log link for many tables of counts at once, as R's glm does it.

statsmodels fits one table in some milliseconds; resampling, profiles and searches need thousands. A test holds every
coefficient, error and deviance against statsmodels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

START = 0.1  # R starts each fitted value at its count plus this
STOP = 1e-8  # and ends when the deviance changes by less than this share of itself
ROUNDING = 2e-15  # or by no more than the rounding of the likelihood, which of millions of people is larger
MOST_STEPS = 60


class Data(NamedTuple):
    """Tables to fit, one per row, a column per cell: `counts`, and how often each cell is met (`exposure`).

    `weight` and `working`: the sums of the fitted values, and of them times the working response, at the start;
    `saturated`: the likelihood that no model can exceed, of each table.
    """

    counts: np.ndarray
    exposure: np.ndarray
    weight: np.ndarray
    working: np.ndarray
    saturated: np.ndarray


class Fits(NamedTuple):
    """Fits of one design, one per table: coefficients, their covariance, the deviance, and whether it converged."""

    coefficients: np.ndarray
    covariance: np.ndarray
    deviance: np.ndarray
    converged: np.ndarray


def of_cells(counts: np.ndarray) -> Data:
    """Tables of counts: each cell is one observation."""
    counts = np.atleast_2d(np.asarray(counts, float))
    start = counts + START
    saturated = (counts * np.log(np.where(counts > 0, counts, 1)) - counts).sum(axis=1)
    return Data(counts, np.ones_like(counts), start, start * np.log(start) + counts - start, saturated)


def of_people(counts: np.ndarray, exposure: np.ndarray) -> Data:
    """People who are each an observation per cell, 1 in their own and 0 elsewhere; those alike are added up.

    `exposure`: how many people could have been in a cell; `counts`: how many were.
    """
    counts, exposure = np.atleast_2d(counts).astype(float), np.atleast_2d(exposure).astype(float)
    others = exposure - counts
    weight, working = np.zeros_like(counts), np.zeros_like(counts)
    for people, y in ((counts, 1.0), (others, 0.0)):
        start = y + START
        weight = weight + people * start
        working = working + people * (start * np.log(start) + y - start)
    return Data(counts, exposure, weight, working, -counts.sum(axis=1))


def fit(design: np.ndarray, data: Data, information_of: Callable[[np.ndarray], np.ndarray] | None = None) -> Fits:
    """The fits of `design` (a row per cell, a column per coefficient) to every table of `data`.

    Iteratively reweighted least squares from R's starting values to R's stopping rule; the covariance is that of the
    last weights. A table that has not converged after 60 steps is marked. `information_of`: a quicker way from the
    weights of the cells (a row per table) to the information matrices, where the design has a form that allows one.
    """
    tables, width = len(data.counts), design.shape[1]
    information_of = information_of or _plainly(design)
    found = Fits(np.full((tables, width), np.nan), np.full((tables, width, width), np.nan),
                 np.full(tables, np.nan), np.zeros(tables, bool))  # fmt: skip
    at, weight, working = np.arange(tables), data.weight, data.working
    before = np.full(tables, np.inf)
    for _ in range(MOST_STEPS):
        information = information_of(weight)
        coefficients = _solved(information, working @ design)
        eta = coefficients @ design.T
        fitted, deviance = _fitted(data, at, eta)
        with np.errstate(invalid="ignore"):
            close = np.maximum(STOP * (np.abs(deviance) + START), ROUNDING * np.abs(data.saturated[at]))
            done = np.abs(deviance - before) < close
        if done.any():
            found.coefficients[at[done]], found.deviance[at[done]] = coefficients[done], deviance[done]
            found.covariance[at[done]], found.converged[at[done]] = _inverse(information[done]), True
        left = ~done & np.isfinite(deviance)
        if not left.any():
            break
        at, before = at[left], deviance[left]
        weight = fitted[left]
        working = weight * eta[left] + data.counts[at] - weight
    return found


def _fitted(data: Data, at: np.ndarray, eta: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The fitted values and the deviance of the tables `at`, given the logarithms `eta`."""
    with np.errstate(over="ignore", invalid="ignore"):
        fitted = data.exposure[at] * np.exp(eta)
        likelihood = (data.counts[at] * eta).sum(axis=1) - fitted.sum(axis=1)
        return fitted, 2 * (data.saturated[at] - likelihood)


def _plainly(design: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    width = design.shape[1]
    products = (design[:, :, None] * design[:, None, :]).reshape(len(design), -1)
    return lambda weight: (weight @ products).reshape(-1, width, width)


def crossed(outer: np.ndarray, inner: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    """The information of a design that is the Kronecker product of two small ones, without ever forming the large."""
    a, b = outer.shape[1], inner.shape[1]
    outer_products = (outer[:, :, None] * outer[:, None, :]).reshape(len(outer), -1)
    inner_products = (inner[:, :, None] * inner[:, None, :]).reshape(len(inner), -1)

    def information_of(weight: np.ndarray) -> np.ndarray:
        within = weight.reshape(len(weight), len(outer), len(inner)) @ inner_products
        whole = within.transpose(0, 2, 1) @ outer_products
        return whole.reshape(-1, b, b, a, a).transpose(0, 3, 1, 4, 2).reshape(-1, a * b, a * b)

    return information_of


def _solved(information: np.ndarray, right: np.ndarray) -> np.ndarray:
    try:
        return np.linalg.solve(information, right[:, :, None])[:, :, 0]
    except np.linalg.LinAlgError:
        return (_inverse(information) @ right[:, :, None])[:, :, 0]


def _inverse(information: np.ndarray) -> np.ndarray:
    try:
        return np.linalg.inv(information)
    except np.linalg.LinAlgError:
        return np.linalg.pinv(information, hermitian=True)
