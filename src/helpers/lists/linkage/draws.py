"""Drawing partitions: the inner loops, which run as plain Python on a short list and as machine code on a long one.

Members of a group are written as the bits of one number, the mask of a cluster.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba.extending import register_jitable

from helpers.lists.linkage.evidence import Evidence, dates_evidence, names_evidence
from helpers.lists.linkage.groups import Groups

CLUSTERS_EVERY = 3  # each third time whole clusters move instead of records


@register_jitable
def cluster_evidence(e: Evidence, member: np.ndarray, begin: int, mask: int) -> float:
    """Log of how many times more probable the members of `mask` are as one person than as strangers."""
    members = np.empty(64, np.int64)
    size, rest, k = 0, mask, begin
    while rest:
        if rest & 1:
            members[size] = member[k]
            size += 1
        rest, k = rest >> 1, k + 1
    best = -1e300
    for a in range(size):  # as if the dates of one member were the true ones, whichever fits best
        total = 0.0
        for b in range(size):
            if b != a:
                total += dates_evidence(e, members[a], members[b])
        best = max(best, total)
    return best + names_evidence(e, members, size) + again_evidence(e, members, size)


@register_jitable
def again_evidence(e: Evidence, members: np.ndarray, size: int) -> float:
    """Log of how often someone is on a list again, for each record that is not the first on its list."""
    total = 0.0
    for a in range(size):
        for b in range(a):
            if e.list[members[a]] == e.list[members[b]]:
                total += e.log_again[e.list[members[a]]]
                break
    return total


@register_jitable
def lists_of(lists: np.ndarray, begin: int, mask: int) -> int:
    """The lists that the members of `mask` are on, as bits."""
    total, rest, k = 0, mask, begin
    while rest:
        if rest & 1:
            total |= lists[k]
        rest, k = rest >> 1, k + 1
    return total


@register_jitable
def cluster_value(
    e: Evidence, groups: Groups, g: int, mask: int, log_sets: np.ndarray, keys: np.ndarray, values: np.ndarray
) -> float:
    """Log of the weight of a cluster: people expected on its lists, times its evidence, which is remembered."""
    begin, room = groups.first[g], groups.room[g]
    value = log_sets[lists_of(groups.list, begin, mask)]
    if mask & (mask - 1):  # more than one record
        slot = room + mask % (groups.room[g + 1] - room)
        if keys[slot] != mask:
            keys[slot] = mask
            values[slot] = cluster_evidence(e, groups.member, begin, mask)
        value += values[slot]
    return value


@register_jitable
def some_bits(mask: int, uniform: float) -> int:
    """Each bit of `mask` kept or left out with equal chance."""
    kept, rest, bit = 0, mask, 1
    while rest:
        if rest & 1:
            uniform *= 2.0
            if uniform >= 1.0:
                uniform -= 1.0
                kept |= bit
        rest, bit = rest >> 1, bit << 1
    return kept


@register_jitable
def bits_of(mask: int) -> int:
    """How many bits `mask` has."""
    total = 0
    while mask:
        mask &= mask - 1
        total += 1
    return total


@register_jitable
def nth_bit(mask: int, n: int) -> int:
    """The place of the bit of `mask` that has `n` bits below it."""
    while n:
        mask &= mask - 1
        n -= 1
    place = 0
    while not (mask >> place) & 1:
        place += 1
    return place


@register_jitable
def merged_or_split(
    e: Evidence, groups: Groups, g: int, x: int, y: int, i: int, j: int, uniform: float, log_sets: np.ndarray,
    keys: np.ndarray, values: np.ndarray,
) -> int:  # fmt: skip
    """The cluster of member i after a proposal to join its cluster `x` with `y`, or to split `x` if both are the same.

    Metropolis and Hastings, for one record at a time cannot join two people with two records each. A split of m records
    parts members i and j and puts each other one to either by chance: its probability is 2 to the power of 2 - m.
    """
    own = x if x != y else (1 << i) | some_bits(x & ~(1 << i) & ~(1 << j), uniform)
    whole = x | y
    gain = cluster_value(e, groups, g, whole, log_sets, keys, values)
    gain -= cluster_value(e, groups, g, own, log_sets, keys, values)
    gain -= cluster_value(e, groups, g, whole & ~own, log_sets, keys, values)
    gain -= (bits_of(whole) - 2) * math.log(2.0)
    again = (uniform * 1048573.0) % 1.0  # digits that the split did not use
    accepted = math.log(max(again, 1e-12)) < (gain if x != y else -gain)
    return (whole if x != y else own) if accepted else x


@register_jitable
def picked(weight: np.ndarray, options: int, uniform: float) -> int:
    """One of the first `options` places, in proportion to the exponential of its weight."""
    most, total = weight[0], 0.0
    for c in range(1, options):
        most = max(most, weight[c])
    for c in range(options):
        weight[c] = math.exp(weight[c] - most)
        total += weight[c]
    left, c = uniform * total, 0
    while c < options - 1 and left >= weight[c]:
        left -= weight[c]
        c += 1
    return c


@register_jitable
def average_linkage(together: np.ndarray, size: int, most: int) -> np.ndarray:
    """Labels: the two clusters that are most often together are joined while that is over half of `most` draws."""
    label, count = np.arange(size), np.ones(size)
    total = together[:size, :size].astype(np.float64)
    while True:
        best, x, y = 0.5 * most, -1, -1
        for a in range(size):
            for b in range(a + 1, size):
                if count[a] > 0 and count[b] > 0 and total[a, b] > best * count[a] * count[b]:
                    best, x, y = total[a, b] / (count[a] * count[b]), a, b
        if x < 0:
            return label
        for k in range(size):
            total[x, k] += total[y, k]
            total[k, x] = total[x, k]
            if label[k] == y:
                label[k] = x
        count[x], count[y] = count[x] + count[y], 0.0


class State(NamedTuple):
    """The partition of one group while it is drawn: by cluster its members, its lists (for the group and for all) as
    bits; work space for the options of a record; how often two members were together."""

    masks: np.ndarray
    on: np.ndarray
    taken: np.ndarray
    option: np.ndarray
    weight: np.ndarray
    together: np.ndarray


@register_jitable
def told_anew(groups: Groups, g: int, state: State, c: int, mask: int) -> None:
    """Give cluster `c` the members of `mask`."""
    state.masks[c] = mask
    state.on[c] = lists_of(groups.list, groups.first[g], mask)
    state.taken[c] = lists_of(groups.local, groups.first[g], mask)


@register_jitable
def begin_group(groups: Groups, g: int, state: State, label: np.ndarray) -> None:
    """The partition that the labels tell."""
    size = len(label)
    state.together[:size, :size] = 0
    for c in range(size):
        mask = 0
        for i in range(size):
            if label[i] == c:
                mask |= 1 << i
        told_anew(groups, g, state, c, mask)


@register_jitable
def move_records(
    e: Evidence, groups: Groups, g: int, state: State, label: np.ndarray, once_per_list: bool, uniform: np.ndarray,
    log_sets: np.ndarray, keys: np.ndarray, values: np.ndarray,
) -> None:  # fmt: skip
    """Put each record in turn with one of its clusters, or by itself, in proportion to probability."""
    masks, on, taken, option, weight = state.masks, state.on, state.taken, state.option, state.weight
    lists, local, near, member = groups.list, groups.local, groups.near, groups.member
    begin, first, rooms = groups.first[g], groups.room[g], groups.room[g + 1] - groups.room[g]
    for i in range(len(label)):
        record, c = begin + i, label[i]
        masks[c] &= ~(1 << i)
        on[c], taken[c] = lists_of(lists, begin, masks[c]), lists_of(local, begin, masks[c])
        option[0], weight[0], options = -1, log_sets[lists[record]], 1
        for c in range(len(label)):
            if masks[c] == 0:
                option[0] = c
            elif masks[c] & near[record] and not (once_per_list and taken[c] & local[record]):
                gain = log_sets[on[c] | lists[record]] - log_sets[on[c]]
                for mask, sign in ((masks[c] | (1 << i), 1), (masks[c], -1)):
                    if mask & (mask - 1):  # more than one record
                        slot = first + mask % rooms
                        if keys[slot] != mask:  # the call is dear: not made for what is remembered
                            keys[slot] = mask
                            values[slot] = cluster_evidence(e, member, begin, mask)
                        gain += sign * values[slot]
                option[options], weight[options] = c, gain
                options += 1
        c = option[picked(weight, options, uniform[record])]
        label[i] = c
        masks[c] |= 1 << i
        on[c], taken[c] = on[c] | lists[record], taken[c] | local[record]


@register_jitable
def relabel(state: State, label: np.ndarray, changed: int, c: int, d: int) -> None:
    """Label the members of `changed`, which are in cluster c or d now."""
    for k in range(len(label)):
        if (changed >> k) & 1:
            label[k] = c if (state.masks[c] >> k) & 1 else d


@register_jitable
def move_clusters(
    e: Evidence, groups: Groups, g: int, state: State, label: np.ndarray, once_per_list: bool, uniform: np.ndarray,
    log_sets: np.ndarray, keys: np.ndarray, values: np.ndarray,
) -> None:  # fmt: skip
    """For each record and one near it, propose to join their clusters, or to split the one that both are in."""
    begin = groups.first[g]
    for i in range(len(label)):
        near = groups.near[begin + i]
        many = bits_of(near)
        if many == 0:
            continue
        place = uniform[begin + i] * many
        j = nth_bit(near, int(place))
        c, d = label[i], label[j]
        x, y = state.masks[c], state.masks[d]
        if c != d and once_per_list and state.taken[c] & state.taken[d]:
            continue
        own = merged_or_split(e, groups, g, x, y, i, j, place % 1.0, log_sets, keys, values)
        if own == x:
            continue
        if c == d:
            while state.masks[d]:  # a place that is empty
                d = (d + 1) % len(label)
        told_anew(groups, g, state, c, own)
        told_anew(groups, g, state, d, (x | y) & ~own)
        relabel(state, label, x | y, c, d)


@register_jitable
def tally(state: State, label: np.ndarray, sets: np.ndarray) -> int:
    """Count the partition: people by set of lists, members together; the number of people."""
    people = 0
    for c in range(len(label)):
        if state.masks[c]:
            people += 1
            sets[state.on[c]] += 1
    for i in range(len(label)):
        for j in range(i):
            if label[i] == label[j]:
                state.together[i, j] += 1
                state.together[j, i] += 1
    return people


def draw(
    e: Evidence, groups: Groups, keys: np.ndarray, values: np.ndarray, log_sets: np.ndarray, begun: np.ndarray,
    once_per_list: bool, uniform: np.ndarray, start: int, stop: int,
) -> tuple:  # fmt: skip
    """Draws for the groups from `start` to `stop`: people by draw and by set of lists, pairs together, two partitions.

    The partitions, as labels of the members: the last one drawn, and the one that agrees best with all.
    """
    low, high, sweeps = groups.first[start], groups.first[stop], len(uniform)
    counts, sets = np.zeros(sweeps), np.zeros(len(log_sets))
    labels, best = begun[low:high].copy(), np.empty(high - low, np.int64)
    pairs = np.zeros(groups.first_pair[stop] - groups.first_pair[start])
    bits = np.zeros((3, 65), np.int64)
    state = State(bits[0], bits[1], bits[2], np.zeros(65, np.int64), np.zeros(65), np.zeros((64, 64), np.int64))
    for g in range(start, stop):
        label = labels[groups.first[g] - low : groups.first[g + 1] - low]
        begin_group(groups, g, state, label)
        for sweep in range(sweeps):
            if sweep % CLUSTERS_EVERY == CLUSTERS_EVERY - 1 and len(label) > 2:
                move_clusters(e, groups, g, state, label, once_per_list, uniform[sweep], log_sets, keys, values)
            else:
                move_records(e, groups, g, state, label, once_per_list, uniform[sweep], log_sets, keys, values)
            counts[sweep] += tally(state, label, sets)
        for k in range(groups.first_pair[g], groups.first_pair[g + 1]):
            pairs[k - groups.first_pair[start]] = state.together[groups.a[k], groups.b[k]]
        best[groups.first[g] - low : groups.first[g + 1] - low] = average_linkage(state.together, len(label), sweeps)
    return counts, sets, pairs, labels, best
