"""Bayesian average over all decomposable graphical models: chains of lists that depend on each other only directly."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers.estimate.recapture.averaging import Estimate
from helpers.estimate.recapture.table import OverlapError, histories

if TYPE_CHECKING:
    from collections.abc import Sequence

    from helpers.estimate.recapture.models import Model
    from helpers.estimate.recapture.table import Overlap

Lists = frozenset[int]
FEWEST, MOST = 3, 5
NEAR, STEPS = 2000, 2000
FARTHEST = 100_000  # times the people listed
NOTHING = 0.0005  # printed as 0.0 %
MOST_CUT = 0.01  # of the 2.5 % that lie above an interval
TIED = "is in the model that ties all lists: of it the counts say nothing, and the total is that of the prior"


class Graph(NamedTuple):
    """A decomposable model: `cliques`, the largest groups of lists that all depend on each other, and `steps`.

    Each step takes one list off: its group (itself and all it depends on) and the rest of that group. The probability
    of the whole is the product of those of the groups over those of the rests; what is no clique cancels.
    """

    cliques: tuple[Lists, ...]
    steps: tuple[tuple[Lists, Lists], ...]


class Posterior(NamedTuple):
    """What is believed after the data: `total`, a row per possible total, and `graphs`, a row per model.

    `total`: `total` (persons) and the `probability` of it and of all totals nearer to it than to the other rows;
    `graphs`: `model` (by its cliques, as in `models.name`) and `probability`. `cut`: the probability of totals beyond
    the greatest allowed, from how fast the last two fall; 1 where they fall too slowly to have a sum.
    """

    total: pd.DataFrame
    graphs: pd.DataFrame
    cut: float

    def estimate(self, *, level: float = 0.95) -> Estimate:
        """The median and the interval that leaves as much probability below as above (persons).

        OverlapError if more than a hundredth of the probability is `cut` off: the interval would end where the totals
        allowed do.
        """
        if self.cut > MOST_CUT:
            raise OverlapError(
                f"Bayesian average: a share of {self.cut:.2g} of the probability lies beyond the greatest total "
                f"allowed, {self.total['total'].iloc[-1]:,}; at most {MOST_CUT:g} may: allow more people on no list, "
                "or take the prior 1/N"
            )
        ends = ((1 - level) / 2, 0.5, (1 + level) / 2)
        below = self.total["probability"].cumsum()
        low, point, high = (float(self.total["total"][below.ge(end).idxmax()]) for end in ends)
        method = f"Bayesian average of {len(self.graphs)} decomposable models"
        says = f"{self.complete:.1%} of the belief {TIED}" if self.complete > NOTHING else ""
        return Estimate(low, point, high, method, says)

    @property
    def complete(self) -> float:
        """The probability of the model that ties all lists to each other.

        It has a chance of its own for each history, and so learns nothing of those on no list from the others: what it
        adds to the total is what the prior says, which reaches very far.
        """
        one_clique = ~self.graphs["model"].str.contains(",")
        return float(self.graphs.loc[one_clique, "probability"].sum())

    @property
    def mean(self) -> float:
        """The expected total (persons), of those allowed: where `complete` is not near 0 it grows with how many are."""
        return float((self.total["total"] * self.total["probability"]).sum())


def enumerated(lists: int) -> list[Graph]:
    """Every decomposable model of so many lists: 8, 61 and 822 for 3, 4 and 5, and one for all of them together.

    A model is a graph that joins lists; it is decomposable if lists can be taken off one by one, each time one whose
    neighbours are all joined with each other. OverlapError for other than three to five lists.
    """
    if not FEWEST <= lists <= MOST:
        raise OverlapError(f"{lists} lists: decomposable models are averaged for {FEWEST} to {MOST}")
    pairs = list(combinations(range(1, lists + 1), 2))
    graphs = (_taken_apart(lists, {p for p, on in zip(pairs, edges, strict=True) if on})
              for edges in histories(len(pairs)))  # fmt: skip
    return [graph for graph in graphs if graph]


def _taken_apart(lists: int, edges: set[tuple[int, int]]) -> Graph | None:
    """The graph with `edges`, its lists taken off one after the other; None if that cannot be done."""
    near = {one: {other for pair in edges if one in pair for other in pair} - {one} for one in range(1, lists + 1)}
    found: list[tuple[Lists, Lists]] = []
    while near:
        one = next((v for v in sorted(near) if all(b in near[a] for a, b in combinations(sorted(near[v]), 2))), None)
        if one is None:
            return None
        found.append((frozenset({one, *near[one]}), frozenset(near[one])))
        for other in near.pop(one):
            near[other] -= {one}
    groups = [group for group, _ in found]
    return Graph(tuple(one for one in groups if not any(one < other for other in groups)), tuple(found))


def posterior(
    overlap: Overlap, *, missing: Sequence[int] | None = None, prior_cell: float | None = None, prior: str = "1/N"
) -> Posterior:
    """What is believed of the total, averaged over all decomposable models by how probable each makes the data.

    `missing`: the numbers of people on no list that are allowed, rising; each stands for those nearest to it. Default:
    each up to 2,000, then 2,000 in even steps of the logarithm, up to 100,000 times the people listed. `prior_cell`:
    prior people in each capture history; default 1 over their number. `prior`: of the total, `1/N` or `flat`; all
    models are equally probable before. The closed form of the hyper-Dirichlet prior: no sampling, the same numbers
    every time.
    Source: Madigan and York (1997), Biometrika 84, 19-31; the package dga of the Human Rights Data Analysis Group.
    ValueError for another prior, OverlapError for other than three to five lists.
    """
    if prior not in ("1/N", "flat"):
        raise ValueError(f"prior is '{prior}': allowed are 1/N and flat")
    lists = len(overlap.lists)
    missing = np.asarray(_spaced(overlap.people) if missing is None else missing, float)
    graphs, cell = enumerated(lists), prior_cell or 2.0**-lists
    total = overlap.people + missing
    # how probable the marginal tables are, a row per set of lists
    groups = [frozenset(one) for size in range(1, lists + 1) for one in combinations(range(1, lists + 1), size)]
    evidence = np.array([_evidence(overlap, group, missing, cell) for group in groups])
    signed = np.array([_signed(graph, groups) for graph in graphs])
    chance = signed @ evidence + _log_gamma(total + 1) - _log_gamma(missing + 1)
    chance = chance - (np.log(total) if prior == "1/N" else 0)
    density = np.exp(chance - chance.max())
    joint = density * _widths(missing)
    cut = _beyond(density.sum(axis=0), total, joint.sum())
    joint /= joint.sum()
    by_total = pd.DataFrame({"total": total.astype(int), "probability": joint.sum(axis=0)})
    by_graph = pd.DataFrame({"model": map(_name, graphs), "probability": joint.sum(axis=1)})
    ranked = by_graph.sort_values("probability", ascending=False, ignore_index=True)
    return Posterior(by_total, ranked, cut)


def _spaced(people: int) -> np.ndarray:
    far = np.geomspace(NEAR, max(FARTHEST * people, 2 * NEAR), STEPS).round()
    return np.concatenate([np.arange(1, NEAR), far])


def _widths(missing: np.ndarray) -> np.ndarray:
    """How many numbers each of `missing` stands for: those nearest to it."""
    edges = np.concatenate([[missing[0] - 0.5], (missing[1:] + missing[:-1]) / 2, [missing[-1] + 0.5]])
    return np.diff(edges)


def _beyond(density: np.ndarray, total: np.ndarray, within: float) -> float:
    """The probability beyond the last `total`, if `density` goes on falling as a power of it.

    Where it falls faster than that, this is more than there is.
    """
    if len(total) < 2 or not density[-1]:
        return float(len(total) < 2)
    power = -np.log(density[-1] / density[-2]) / np.log(total[-1] / total[-2])
    if power <= 1:
        return 1.0
    beyond = density[-1] * total[-1] / (power - 1)
    return float(beyond / (within + beyond))


def _evidence(overlap: Overlap, group: Lists, missing: np.ndarray, cell: float) -> np.ndarray:
    """The log-probability of the table of the lists of `group` alone, for each number of `missing` people."""
    lists = len(overlap.lists)
    own = histories(lists)[:, [one - 1 for one in sorted(group)]] @ (1 << np.arange(len(group)))
    counts = np.bincount(own, weights=overlap.counts, minlength=2 ** len(group))
    prior = cell * 2 ** (lists - len(group))
    cells = np.repeat(counts[None, :], len(missing), axis=0)
    cells[:, 0] += missing
    whole = cell * 2**lists
    parts = (_log_gamma(cells + prior) - _log_gamma(np.array(prior))).sum(axis=1)
    return parts + _log_gamma(np.array(whole)) - _log_gamma(overlap.people + missing + whole)


def _signed(graph: Graph, groups: list[Lists]) -> list[int]:
    """How often each of `groups` stands above the line, less how often below it, in the probability of `graph`."""
    above, below = ([step[side] for step in graph.steps] for side in (0, 1))
    return [above.count(group) - below.count(group) for group in groups]


def _log_gamma(values: np.ndarray) -> np.ndarray:
    from scipy.special import gammaln

    return gammaln(values)


def _name(graph: Graph) -> str:
    from helpers.estimate.recapture import models

    groups: Model = tuple(sorted((tuple(sorted(c)) for c in graph.cliques), key=lambda term: (-len(term), term)))
    return models.name(groups)
