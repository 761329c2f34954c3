"""Lists whose reach depends on who a person is: log-linear models with covariates of each person."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers.estimate.recapture import models, poisson
from helpers.estimate.recapture.averaging import Estimate, lognormal, weights
from helpers.estimate.recapture.table import LEAST_PEOPLE, N, OverlapError, refuse_labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from helpers.estimate.recapture.models import Model
    from helpers.estimate.recapture.table import Overlap

WALD = 1.96  # as the study writes it
LIKELY = 0.6  # a model this near to the richest one is left out as over-fitted
IMPLAUSIBLE = 100  # and one that finds more people on no list than so many times those listed
MOST_VALUES = 10
BATCH = 50
VALUES = ["low", "point", "high"]


class _Kinds(NamedTuple):
    """People of one kind each: `values` (a row per kind, the first column 1), and `cells` (a column per history).

    `cells` counts those of whom all is known, `all_cells` (one row) everybody.
    """

    values: np.ndarray
    cells: np.ndarray
    all_cells: np.ndarray


class _Unlisted(NamedTuple):
    """People on no list by one model in each of several tables: with bounds, fit, and one deviation of the sum."""

    low: np.ndarray
    point: np.ndarray
    high: np.ndarray
    everyone: np.ndarray
    deviation: np.ndarray
    deviance: np.ndarray
    terms: int


def unknown(overlap: Overlap, covariates: Sequence[str]) -> int:
    """How many people lack a value of one of `covariates`; they cannot enter a model of it."""
    missing = overlap.cells[list(covariates)].isna().any(axis=1)
    return int(overlap.cells.loc[missing, N].sum())


def described(overlap: Overlap) -> str:
    """In words, which covariates `overlap` has and how a model takes them."""
    said = []
    for name in overlap.covariates:
        known = overlap.cells[name].dropna()
        if pd.api.types.is_numeric_dtype(known):
            said.append(f"{name} is a number ({known.min():g} to {known.max():g}) and enters as a straight line")
        else:
            said.append(f"{name} is text, each of its {known.nunique()} values with a term of its own")
    return "; ".join(said)


def table(overlap: Overlap, covariates: Sequence[str]) -> pd.DataFrame:
    """People on no list by every hierarchical model of up to four lists with `covariates`; one row per model.

    Each person is an observation in every capture history: 1 in their own, 0 in the others; the model has its terms,
    each covariate, and each covariate times every term (a text with k values counts as k - 1 covariates). Whoever lacks
    a value is left out of the fit and of `point`. Columns: `model`; `low`, `point`, `high` (people on no list; the
    bounds add up those of single people, as if all erred together); `everyone` (`point` with those who lack a value,
    each history carried by its members of whom all is known); `deviation` (of `point`, persons); `AIC`; `p` (how
    probable a fit this bad is beside the richest model); `plausible` (finite, at most 100 times those listed); `kept`
    (whether the study uses it: plausible, and a `p` of at most 0.6, which leaves out the models that fit best).
    Source: the program of Dahab and others (2024), whose digits come out. OverlapError for covariates that are not
    there, that only tell rows or histories apart (`table.refuse_labels`), text with more than 10 values, or fewer than
    10 people of whom all is known.
    """
    kinds = _kinds(overlap, covariates)
    chosen = models.enumerated(len(overlap.lists))
    found = [_unlisted(model, kinds, kinds.cells[None], kinds.all_cells) for model in chosen]
    return _judged([models.name(model) for model in chosen], found, np.array([kinds.cells.sum()]), overlap.people)[0]


def _kinds(overlap: Overlap, covariates: Sequence[str]) -> _Kinds:
    if not covariates or any(name not in overlap.covariates for name in covariates):
        there = ", ".join(overlap.covariates) or "none"
        raise OverlapError(f"{overlap.name}: no covariates {', '.join(covariates)}: there are {there}")
    names, lists = list(covariates), len(overlap.lists)
    known = overlap.cells.dropna(subset=names)
    if known[N].sum() < LEAST_PEOPLE:
        raise OverlapError(f"{overlap.name}: {known[N].sum()} people with all of {', '.join(names)} known: at least "
                           f"{LEAST_PEOPLE} are needed; use fewer covariates")  # fmt: skip
    refuse_labels(overlap, names)
    for name in names:
        if not pd.api.types.is_numeric_dtype(known[name]) and known[name].nunique() > MOST_VALUES:
            raise OverlapError(f"{overlap.name}: {name} is text with {known[name].nunique()} values: at most "
                               f"{MOST_VALUES} are allowed; put them into groups")  # fmt: skip
    place = known[list(overlap.lists)].to_numpy() @ (1 << np.arange(lists)[::-1])
    wide = known.assign(place=place).pivot_table(index=names, columns="place", values=N, aggfunc="sum", fill_value=0)
    cells = wide.reindex(columns=range(1, 2**lists), fill_value=0).to_numpy(float)
    # text becomes one column of 0 and 1 for each value but the first
    values = pd.get_dummies(wide.index.to_frame(index=False), drop_first=True).to_numpy(float)
    return _Kinds(np.column_stack([np.ones(len(values)), values]), cells, overlap.counts[None, 1:])


def _unlisted(model: Model, kinds: _Kinds, cells: np.ndarray, all_cells: np.ndarray) -> _Unlisted:
    """People on no list by `model` in each table of `cells` (tables by kinds by histories)."""
    lists = int(math.log2(cells.shape[2] + 1))
    terms = models.design(model, lists)[1:]
    design = np.kron(terms, kinds.values)
    people = cells.sum(axis=2)
    # rows of the design: history by history, kinds within
    counts = cells.transpose(0, 2, 1).reshape(len(cells), -1)
    exposed = np.tile(people, cells.shape[2])
    fits = poisson.fit(design, poisson.of_people(counts, exposed), poisson.crossed(terms, kinds.values))
    own = kinds.values.shape[1]
    eta = fits.coefficients[:, :own] @ kinds.values.T
    covariance = fits.covariance[:, :own, :own]
    error = np.sqrt(np.einsum("ki,tij,kj->tk", kinds.values, covariance, kinds.values))
    with np.errstate(over="ignore"):
        single, up = np.exp(eta), np.exp(WALD * error)
        sums = [(people * part).sum(axis=1) for part in (single / up, single, single * up)]
    slope = (people * single) @ kinds.values
    variance = np.einsum("ti,tij,tj->t", slope, covariance, slope)
    known = cells.sum(axis=1)
    stands_for = np.divide(all_cells, known, out=np.zeros_like(known), where=known > 0)
    carried = (stands_for * known).sum(axis=1)
    # a history of which nobody is known whole is carried by all others
    everyone = np.einsum("tkh,th,tk->t", cells, stands_for, single) * all_cells.sum(axis=1) / carried
    return _Unlisted(*sums, everyone, np.sqrt(variance + sums[1]), fits.deviance, design.shape[1])


def _judged(names: list[str], found: list[_Unlisted], known: np.ndarray, people: int) -> list[pd.DataFrame]:
    """A table of the models for each of the tables that were fitted; `known`: people of whom all is known in each.

    A person's log-likelihood is at most -1, that of a fitted value of 1 in their own cell: the deviance starts there.
    """
    from scipy.special import chdtrc

    richest = max(found, key=lambda one: one.terms)
    columns = {name: np.array([getattr(one, name) for one in found]).T for name in (*VALUES, "everyone", "deviation")}
    terms = np.array([one.terms for one in found])
    deviance = np.array([one.deviance for one in found]).T
    columns["AIC"] = deviance + 2 * known[:, None] + 2 * terms
    worse = np.maximum(deviance - richest.deviance[:, None], 0)
    columns["p"] = np.where(richest.terms > terms, chdtrc(np.maximum(richest.terms - terms, 1), worse), 1.0)
    # of two lists there is one model, and none to hold it against
    likely = (columns["p"] <= LIKELY) | (len(found) == 1)
    columns["plausible"] = columns["point"] <= IMPLAUSIBLE * people
    columns["kept"] = likely & columns["plausible"]
    return [
        pd.DataFrame({"model": names} | {name: values[row] for name, values in columns.items()})
        for row in range(len(deviance))
    ]


def average(found: pd.DataFrame, *, people: int, rounded: bool = True) -> Estimate:
    """The total by the kept models of `table`, averaged as the study does: points and bounds by the weights of AIC.

    `people`: those listed; `rounded`: average whole people and AIC to two digits, as printed. The bounds hold no word
    of how far the models are apart; `better` and `resampled` do. OverlapError if no model is kept.
    """
    kept = _used(found, every=False)
    parts, aic = (kept[VALUES].round(), kept["AIC"].round(2)) if rounded else (kept[VALUES], kept["AIC"])
    low, point, high = people + parts.mul(weights(aic), axis=0).sum()
    return Estimate(low, point, high, f"average of {len(kept)} models with covariates by AIC")


def _used(found: pd.DataFrame, *, every: bool) -> pd.DataFrame:
    used = found[found["plausible" if every else "kept"]]
    if used.empty:
        raise OverlapError("0 models are left to average, at least 1 is needed: use fewer covariates, or counts alone")
    return used


def better(found: pd.DataFrame, *, people: int, every: bool = False, level: float = 0.95) -> Estimate:
    """The same average with those in it who lack a value, and an interval that knows that the models differ.

    `every`: average all plausible models, also those that the study leaves out. Buckland's deviation of an average, in
    which errors of the same fit are added up as they go together; log-normal. OverlapError if no model is left.
    """
    kept = _used(found, every=every)
    weight = weights(kept["AIC"])
    unlisted = float((weight * kept["everyone"]).sum())
    own = kept["deviation"] * kept["everyone"] / kept["point"]
    deviation = float((weight * np.hypot(own, kept["everyone"] - unlisted)).sum())
    low, high = lognormal(unlisted, deviation, level=level)
    return Estimate(people + low, people + unlisted, people + high, f"average of {len(kept)} models, everyone counted")


def resampled(
    overlap: Overlap,
    covariates: Sequence[str],
    *,
    runs: int = 1000,
    seed: int = 2024,
    jobs: int = 1,
    every: bool = False,
) -> pd.DataFrame:
    """The whole analysis again on `runs` tables drawn anew from the people, one row each: what chance could have made.

    Columns: `run`, `point` and `everyone` (total of the average, persons, as in `average` and `better`), `best` (the
    model with the least AIC of those kept). A run in which no model is left has no values. `every`: as in `better`;
    `jobs`: processes; the numbers do not depend on it.
    """
    from joblib import Parallel, delayed

    kinds = _kinds(overlap, covariates)
    sizes = [min(BATCH, runs - done) for done in range(0, runs, BATCH)]
    streams = np.random.default_rng(seed).spawn(len(sizes))
    parts = Parallel(n_jobs=jobs)(delayed(_batch)(kinds, n, rng, every) for n, rng in zip(sizes, streams, strict=True))
    rows = pd.DataFrame([row for part in parts for row in part], columns=["point", "everyone", "best"])
    return rows.rename_axis("run").reset_index()


def _batch(kinds: _Kinds, runs: int, rng: np.random.Generator, every: bool) -> list[tuple[float, float, str]]:
    known, total = kinds.cells.ravel(), kinds.all_cells[0]
    # the last cells are those, by history, of whom something is not known
    drawn_from = np.append(known, total - kinds.cells.sum(axis=0))
    people = int(drawn_from.sum())
    drawn = rng.multinomial(people, drawn_from / people, size=runs).astype(float)
    cells = drawn[:, : len(known)].reshape(runs, *kinds.cells.shape)
    all_cells = cells.sum(axis=1) + drawn[:, len(known) :]
    chosen = models.enumerated(int(math.log2(len(total) + 1)))
    found = [_unlisted(model, kinds, cells, all_cells) for model in chosen]
    judged = _judged([models.name(model) for model in chosen], found, cells.sum(axis=(1, 2)), people)
    return [_summed(one[one["plausible" if every else "kept"]], people) for one in judged]


def _summed(kept: pd.DataFrame, people: int) -> tuple[float, float, str]:
    if kept.empty:
        return math.nan, math.nan, ""
    weight = weights(kept["AIC"])
    point, everyone = (people + float((weight * kept[name]).sum()) for name in ("point", "everyone"))
    return point, everyone, str(kept.loc[kept["AIC"].idxmin(), "model"])
