"""From pairs to people: partitions of the records, drawn in proportion to their probability.

A draw goes through the records of a group in turn and puts each with one of the people that it may belong to, or by
itself, in proportion to how probable that makes the whole (Gibbs sampling); each third joins or splits whole people
instead (Metropolis and Hastings). How many people are expected on each set
of lists is estimated from the draws and governs the next ones.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from helpers.lists.linkage.blocking import THREADS, Candidates
from helpers.lists.linkage.compiled import chosen
from helpers.lists.linkage.draws import draw
from helpers.lists.linkage.evidence import Evidence
from helpers.lists.linkage.groups import Groups, grouped

ROUNDS, FIRST_SWEEPS, SWEEPS = 5, 4, 32
AT_LEAST = 0.1  # people expected on any set of lists


class Partitions(NamedTuple):
    """`counts`: number of people in each draw; `people`: the cluster of each record; `together`: of each candidate
    pair, the share of draws in which it was one person; `sets`: expected number of people by set of lists; `left_out`:
    candidate pairs that were too improbable in the end, or given up to keep groups small."""

    counts: np.ndarray
    people: np.ndarray
    together: np.ndarray
    sets: np.ndarray
    left_out: np.ndarray


class _Drawn(NamedTuple):
    counts: np.ndarray
    sets: np.ndarray
    together: np.ndarray
    label: np.ndarray
    best: np.ndarray


def partition(
    e: Evidence, pairs: Candidates, log_odds: np.ndarray, *, once_per_list: bool, seed: int, fast: bool
) -> Partitions:
    """Draws from all partitions of the records, and the one that agrees best with them."""
    rng = np.random.default_rng(seed)
    groups = grouped(e.list, pairs, log_odds)
    sets = _first_guess(groups, log_odds)
    memory = np.zeros(groups.room[-1], np.int64), np.zeros(groups.room[-1])
    label = np.arange(len(groups.member)) - np.repeat(groups.first[:-1], np.diff(groups.first))
    for sweeps in [*[FIRST_SWEEPS] * ROUNDS, SWEEPS]:
        drawn = _drawn(e, groups, memory, sets, label, once_per_list, sweeps, rng, fast)
        sets, label = drawn.sets, drawn.label
    together = np.zeros(len(pairs.a))
    together[groups.pair] = drawn.together / SWEEPS
    left_out = np.ones(len(pairs.a), bool)
    left_out[groups.pair] = False
    return Partitions(drawn.counts, _numbered(len(e.list), groups, drawn.best), together, drawn.sets, left_out)


def _first_guess(groups: Groups, log_odds: np.ndarray) -> np.ndarray:
    """People by set of lists as if every probable pair were a person of two records and the rest were alone."""
    bits = np.r_[groups.list, groups.alone]
    size = int(bits.max()) * 2
    begins = np.repeat(groups.first[:-1], np.diff(groups.first_pair))
    x, y = groups.list[groups.a + begins], groups.list[groups.b + begins]
    likely = log_odds[groups.pair] > 0
    sets = 0.5 * np.bincount(bits, minlength=size) + 0.5 * np.bincount((x | y)[likely], minlength=size)
    return sets + 0.02 * len(bits) / size


def _drawn(
    e: Evidence, groups: Groups, memory: tuple, sets: np.ndarray, label: np.ndarray, once_per_list: bool,
    sweeps: int, rng: np.random.Generator, fast: bool,
) -> _Drawn:  # fmt: skip
    """`sweeps` draws for all groups, begun at the partition `label`."""
    uniform = rng.random((sweeps, len(groups.member)))
    log_sets = np.log(sets)
    edges = np.linspace(0, len(groups.first) - 1, (8 * THREADS if fast else 1) + 1).astype(int)
    one_part = chosen(draw, fast=fast)

    def part(k: int) -> tuple:
        return one_part(e, groups, *memory, log_sets, label, once_per_list, uniform, edges[k], edges[k + 1])

    with ThreadPoolExecutor(THREADS if fast else 1) as pool:
        counts, drawn_sets, *by_member = zip(*pool.map(part, range(len(edges) - 1)), strict=True)
    expected = sum(drawn_sets) / sweeps + np.bincount(groups.alone, minlength=len(sets)) + AT_LEAST
    return _Drawn(sum(counts) + len(groups.alone), expected, *map(np.concatenate, by_member))


def _numbered(n: int, groups: Groups, best: np.ndarray) -> np.ndarray:
    """The number of the person of each record: people are numbered by their first record."""
    first_record = np.arange(n)
    begins = np.repeat(groups.first[:-1], np.diff(groups.first))
    first_record[groups.member] = groups.member[begins + best]
    return np.unique(first_record, return_inverse=True)[1]
