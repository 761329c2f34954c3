"""Records that may be one person form groups; only within a group is anything to be decided."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from helpers.lists.linkage import rules
from helpers.lists.linkage.blocking import Candidates

MOST_LISTS = 12  # sets of lists are told apart for so many; the smallest of more lists count as one
# of how many clusters of a group the evidence is remembered: of all for groups of up to 9; primes spread the others
MEMORY = {9: 0, 14: 1021, rules.LARGEST_GROUP: 4093}


class Groups(NamedTuple):
    """Groups of records, in arrays.

    `member`: records by group, those of group g from `first[g]` to `first[g + 1]`. Of each member: its list as a bit
    (`list`, the same in all groups, and `local`, exact within the group), and `near`, the members of its group that it
    is compared with, as bits. Pairs of group g from `first_pair[g]`: `a` and `b`, places within the group, and `pair`,
    the place among the candidates. `room`: where the memory of each group begins. `alone`: the lists, as bits, of
    records that are in no group.
    """

    member: np.ndarray
    first: np.ndarray
    list: np.ndarray
    local: np.ndarray
    near: np.ndarray
    pair: np.ndarray
    a: np.ndarray
    b: np.ndarray
    first_pair: np.ndarray
    room: np.ndarray
    alone: np.ndarray


def grouped(lists: np.ndarray, pairs: Candidates, log_odds: np.ndarray) -> Groups:
    """The groups that the candidate pairs form; where one is too large, its weakest pairs are given up."""
    likely = np.flatnonzero(log_odds > np.log(rules.GROUPED))
    kept, component = _small(len(lists), pairs, log_odds, likely)
    sizes = np.bincount(component)
    member = np.argsort(component, kind="stable")
    member = member[sizes[component[member]] > 1]
    first = np.flatnonzero(np.r_[True, np.diff(component[member]) != 0, True]) if len(member) else np.zeros(1, int)
    place = np.zeros(len(lists), np.int64)
    place[member] = np.arange(len(member))
    begin = np.zeros(len(sizes), np.int64)
    begin[component[member[first[:-1]]]] = first[:-1]
    kept = kept[np.argsort(begin[component[pairs.a[kept]]], kind="stable")]
    begins = begin[component[pairs.a[kept]]]
    x, y = place[pairs.a[kept]], place[pairs.b[kept]]
    near = np.zeros(len(member), np.int64)
    np.bitwise_or.at(near, x, np.int64(1) << (y - begins))
    np.bitwise_or.at(near, y, np.int64(1) << (x - begins))
    bits = np.int64(1) << _places_of_lists(lists)[lists]
    return Groups(
        member, first, bits[member], _local(lists[member], first), near, kept, x - begins, y - begins,
        np.searchsorted(begins, first), np.r_[0, np.cumsum(_rooms(np.diff(first)))], bits[sizes[component] == 1],
    )  # fmt: skip


def _small(n: int, pairs: Candidates, log_odds: np.ndarray, kept: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The pairs that are kept, and the group of each record, none larger than `rules.LARGEST_GROUP`."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    least = np.log(rules.GROUPED)
    while True:
        graph = coo_array((np.ones(len(kept), np.int8), (pairs.a[kept], pairs.b[kept])), shape=(n, n))
        component = connected_components(graph, directed=False)[1]
        too_large = np.bincount(component)[component] > rules.LARGEST_GROUP
        if not too_large.any():
            return kept, component
        least += 0.5
        kept = kept[~too_large[pairs.a[kept]] | (log_odds[kept] > least)]


def _rooms(sizes: np.ndarray) -> np.ndarray:
    few, middle, many = MEMORY
    return np.where(sizes <= few, 1 << np.minimum(sizes, few), np.where(sizes <= middle, MEMORY[middle], MEMORY[many]))


def _local(lists: np.ndarray, first: np.ndarray) -> np.ndarray:
    """The list of each member as a bit of its own within the group."""
    group = np.repeat(np.arange(len(first) - 1), np.diff(first))
    many = int(lists.max(initial=0)) + 1
    both, place = np.unique(group * many + lists, return_inverse=True)
    begins = np.searchsorted(both, np.arange(len(first) - 1) * many)
    return np.int64(1) << (place - begins[group])


def _places_of_lists(lists: np.ndarray) -> np.ndarray:
    """The place of each list in a set of lists: its own for the largest, a common one for the rest."""
    order = np.argsort(-np.bincount(lists), kind="stable")
    places = np.empty(len(order), np.int64)
    places[order] = np.minimum(np.arange(len(order)), MOST_LISTS - 1)
    return places
