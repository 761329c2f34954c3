"""Bayesian averaging over decomposable models: how many there are, dga's printed results, and the sum on paper."""

import math
from itertools import permutations

import numpy as np
import pytest

from helpers.estimate import recapture
from helpers.estimate.recapture import decomposable, table


def test_there_are_8_61_and_822():
    for lists, number in ((3, 8), (4, 61), (5, 822)):
        found = decomposable.enumerated(lists)
        assert len(found) == len({frozenset(graph.cliques) for graph in found}) == number


def test_a_ring_of_four_is_not_decomposable():
    ring = {frozenset(pair) for pair in ((1, 2), (2, 3), (3, 4), (1, 4))}
    assert ring not in [set(graph.cliques) for graph in decomposable.enumerated(4)]


def test_five_lists_to_the_printed_digit():
    # dga, example of bma.cr: 537 people, missing 1 to 300, delta 0.5, prior 1/N
    found = decomposable.posterior(recapture.example("five-lists"), missing=range(1, 301), prior_cell=0.5)
    assert round(found.mean, 3) == 617.816
    assert found.estimate()[:3] == (588, 616, 655)
    assert found.cut < 1e-6
    assert found.complete < 1e-6


def test_three_lists_to_the_printed_digit():
    found = decomposable.posterior(recapture.example("spina-bifida"), missing=range(1, 301), prior_cell=1)
    assert round(found.mean, 3) == 733.722
    assert found.estimate()[:3] == (682, 732, 798)
    assert len(found.graphs) == 8
    assert found.graphs["probability"].sum() == pytest.approx(1)


def test_which_list_is_called_first_does_not_matter():
    counts = {"100": 30, "010": 40, "001": 20, "110": 9, "101": 5, "011": 12, "111": 6}
    found = [
        decomposable.posterior(table.from_histories({"".join(h[i] for i in order): n for h, n in counts.items()}))
        for order in permutations(range(3))
    ]
    assert {one.estimate()[:3] for one in found} == {found[0].estimate()[:3]}
    assert [one.complete for one in found] == pytest.approx([found[0].complete] * 6)


FEW_SHARED = table.from_histories({"100": 300, "010": 300, "001": 300, "110": 2, "101": 2, "011": 2})


def test_a_total_far_beyond_those_listed_is_not_cut_off():
    # independence of the three lists: 46,106 people, 50 times those listed
    found = decomposable.posterior(FEW_SHARED)
    low, point, high = found.estimate()[:3]
    assert low < 20_000 < 30_000 < point < 46_106 < 80_000 < high
    assert found.cut < 1e-6
    finer = decomposable.posterior(FEW_SHARED, missing=range(1, 400_000)).estimate()
    assert finer[:3] == pytest.approx((low, point, high), rel=0.01)


def test_totals_that_are_cut_off_are_refused():
    short = decomposable.posterior(FEW_SHARED, missing=range(1, 18_121))
    assert short.cut > 0.5
    with pytest.raises(
        recapture.OverlapError, match=r"lies beyond the greatest total allowed, 19,026; at most 0\.01 may"
    ):
        short.estimate()
    # with a flat prior the model that ties all lists has no end at all
    endless = decomposable.posterior(recapture.example("khartoum"), prior="flat")
    assert endless.cut == 1
    with pytest.raises(recapture.OverlapError, match="take the prior 1/N"):
        endless.estimate()


def test_what_is_cut_off_falls_as_a_power():
    # density 1 / N^3 from 1 on: beyond 100 lies 1 / (2 x 100^2), of 1/2 in all
    total = np.arange(1.0, 101)
    assert decomposable._beyond(total**-3, total, 0.5 - 0.5e-4) == pytest.approx(1e-4, rel=1e-3)
    assert decomposable._beyond(total**-0.9, total, 1.0) == 1


def test_the_model_that_ties_all_lists_says_nothing_of_those_on_none():
    # counts drawn from no other model: it has nearly all the belief, and the answer does not follow the counts
    found = decomposable.posterior(
        table.from_histories({"100": 200, "010": 200, "001": 200, "110": 20, "101": 20, "011": 20, "111": 200})
    )
    assert found.complete > 0.95
    assert found.estimate().says.startswith(f"{found.complete:.1%} of the belief is in the model that ties all lists")
    assert found.estimate().high > 3 * found.total["total"].iloc[0]


def test_the_closed_form_on_paper():
    # three lists, one person missing or two, a flat prior, one prior person a history: the ratio for the empty graph
    made = table.from_histories({"100": 4, "010": 3, "001": 3, "110": 2, "111": 2})
    found = decomposable.posterior(made, missing=[1, 2], prior_cell=1, prior="flat")
    n = made.people

    def log_joint(graph, missing):
        """Dirichlet-multinomials of the groups over those of the rests, times the ways to miss so many."""
        total, on = 0.0, {h: int(c) + (missing if h == (0, 0, 0) else 0) for h, c in cells.items()}
        for group, rest in graph.steps:
            for part, sign in ((group, 1), (rest, -1)):
                sums = {}
                for h, c in on.items():
                    key = tuple(h[i - 1] for i in sorted(part))
                    sums[key] = sums.get(key, 0) + c
                prior = 8 / len(sums)
                logs = [math.lgamma(c + prior) - math.lgamma(prior) for c in sums.values()]
                total += sign * (sum(logs) + math.lgamma(8) - math.lgamma(n + missing + 8))
        return total + math.lgamma(n + missing + 1) - math.lgamma(missing + 1)

    cells = {tuple(map(int, f"{i:03b}")): c for i, c in enumerate(made.counts)}
    weight = [sum(math.exp(log_joint(graph, m)) for graph in decomposable.enumerated(3)) for m in (1, 2)]
    assert found.total["probability"].tolist() == pytest.approx([one / sum(weight) for one in weight])


def test_what_it_cannot_be_asked_is_refused():
    with pytest.raises(recapture.OverlapError, match="6 lists: decomposable models are averaged for 3 to 5"):
        decomposable.posterior(recapture.example("hares"))
    with pytest.raises(ValueError, match="prior is 'N': allowed are 1/N and flat"):
        decomposable.posterior(recapture.example("kosovo"), prior="N")
