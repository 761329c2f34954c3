"""Which models are tried: all of three or four lists, and for five those that a stated search passes."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from helpers.estimate.recapture import loglinear, models
from helpers.estimate.recapture.averaging import CRITERIA
from helpers.estimate.recapture.table import OverlapError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from helpers.estimate.recapture.models import Model
    from helpers.estimate.recapture.table import Overlap

ALL_UP_TO = 4


def every(overlap: Overlap) -> pd.DataFrame:
    """What every hierarchical model of two to four lists says, one row each (`loglinear.table`).

    OverlapError for more lists: five have 6,893 models, for which there is `stepwise`.
    """
    lists = len(overlap.lists)
    if lists > ALL_UP_TO:
        raise OverlapError(
            f"{overlap.name}: {lists} lists: all models are fitted for at most {ALL_UP_TO}; use stepwise"
        )
    return loglinear.table(overlap, models.enumerated(lists))


def stepwise(overlap: Overlap, *, criterion: str = "AIC") -> pd.DataFrame:
    """What the models that a search passes say, one row each (`loglinear.table`): the least `criterion` is its find.

    From independence, and from the model of all pairs of lists, it goes on to that neighbour (one interaction more or
    less) whose criterion is least, as long as it falls. It need not find the best of all models. ValueError for a
    criterion other than AIC and BIC, OverlapError for more than five lists.
    """
    lists = len(overlap.lists)
    if criterion not in CRITERIA:
        raise ValueError(f"criterion is '{criterion}': allowed are {', '.join(CRITERIA)}")
    if lists > models.MOST:
        raise OverlapError(f"{overlap.name}: {lists} lists: the search takes at most {models.MOST}; use heterogeneity")
    scores: dict[Model, float] = {}
    pairs = models.largest(frozenset(combinations(range(1, lists + 1), 2)), lists)
    passed = {one for start in (models.independence(lists), pairs) for one in _walk(overlap, start, criterion, scores)}
    return loglinear.table(overlap, passed, own=True)


def _walk(overlap: Overlap, start: Model, criterion: str, scores: dict[Model, float]) -> list[Model]:
    """The models on the way from `start` to one that no neighbour betters; `scores` keeps what was computed."""
    way = [start] if _score(overlap, start, criterion, scores) < float("inf") else []
    at = start
    while True:
        around = models.neighbours(at, len(overlap.lists))
        best = min(around, key=lambda model: (_score(overlap, model, criterion, scores), model))
        if scores[best] >= scores[at]:
            return way
        at = best
        way.append(at)


def _score(overlap: Overlap, model: Model, criterion: str, scores: dict[Model, float]) -> float:
    if model not in scores:
        design = models.design(model, len(overlap.lists))
        scores[model] = _criterion(design, overlap.counts, criterion)
    return scores[model]


def _criterion(design: np.ndarray, counts: np.ndarray, criterion: str) -> float:
    if not loglinear.determined(design, counts):
        return float("inf")
    return loglinear.criteria(design, counts)[CRITERIA.index(criterion)]
