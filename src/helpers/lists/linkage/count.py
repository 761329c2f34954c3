"""How many people the records are about: an estimate with an interval.

The draws tell how many people there are if all that is one person was compared, and spread too little. Two errors are
added. Pairs that no blocking rule brought together are missed, which makes people too many: how many are missed is
estimated by capture and recapture between the rules, and the interval runs from "none of them parts a person" to "each
of them does". That needs rules that could meet a pair apart from each other: with few fields all of them hang on the
same names, and nothing is estimated (`independent_rules`). And the probabilities of unclear links may be off together,
in one direction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from helpers.lists.linkage import rules
from helpers.lists.linkage.blocking import Candidates
from helpers.lists.linkage.partitions import Partitions

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

LEVEL, DEVIATIONS = 0.95, 1.96
# of the missed pairs, how many part a person (the others are linked through a third record): as invented lists show
PARTING = 0.25
OFF_TOGETHER = 0.06  # by so much of themselves the doubts of all unclear pairs may be off in one direction
INDEPENDENT = 3  # rules that share no field: with fewer, what one rule misses the others miss for the same reason
NOT_ESTIMATED = 0.05  # of the linked pairs: so many may be missed, as a judgement, where it cannot be estimated
# rules that catch pairs of which little else is known
BROAD = ("surname given", "surname patronymic", "given patronymic")


class Count(NamedTuple):
    """The number of people: `point` between `low` and `high`, an interval of probability `level`."""

    low: float
    point: float
    high: float
    level: float


class Bounds(NamedTuple):
    """What the number of people cannot leave: the records of the longest list, each another person, and all records."""

    fewest: float
    most: float


def bounds(lists: np.ndarray, *, once_per_list: bool) -> Bounds:
    """The least and the most people that so many records can be about; `lists`: the list of each, as a number."""
    longest = np.bincount(lists).max() if once_per_list else 1
    return Bounds(float(longest), float(len(lists)))


def count(found: Partitions, pairs: Candidates, within: Bounds, independent: int) -> Count:
    """The number of people behind the records, from the draws, the doubts and the pairs that were missed.

    `within`: see `bounds`; the interval ends there. `independent`: see `independent_rules`; with too few nothing is
    taken off the mean of the draws, and the low end allows for NOT_ESTIMATED missed. Where more people would be taken
    off than there can be pairs, nothing is either: that estimate of the missed contradicts itself.
    """
    mean, linked = float(found.counts.mean()), found.together > 0.5
    missed = missed_pairs(pairs.caught[linked], independent)
    if missed is None or mean - PARTING * missed < within.fewest:
        point, lost = mean, NOT_ESTIMATED * linked.sum()
    else:
        point, lost = mean - PARTING * missed, missed
    doubts = np.minimum(found.together, 1 - found.together).sum()
    spread = DEVIATIONS * np.hypot(found.counts.std(), OFF_TOGETHER * doubts)
    low, high = max(mean - lost - spread, within.fewest), min(mean + spread, within.most)
    return Count(min(low, point), point, max(high, point), LEVEL)


def independent_rules(fields: Collection[str]) -> int:
    """How many rules there are at most of which no two use the same field, where records hold `fields`.

    A part of a name (`surname_begins`) is that name, and a part of a date (`birth_year`) that date.
    """
    of_rules = {frozenset(one.split("_")[0] for one in rule.fields) for rule in rules.BLOCKS}
    return _most_disjoint([rule for rule in of_rules if rule <= set(fields)], frozenset())


def _most_disjoint(rules_left: list[frozenset[str]], used: frozenset[str]) -> int:
    fit = [rule for rule in rules_left if not rule & used]
    return max((1 + _most_disjoint(fit[place + 1 :], used | rule) for place, rule in enumerate(fit)), default=0)


def missed_pairs(caught: np.ndarray, independent: int) -> float | None:
    """How many pairs of one person no rule has brought together, from the rules (as bits) that caught each linked pair.

    None where it cannot be told: fewer than INDEPENDENT rules share no field (`independent_rules`).

    The sum of two estimates for two ways of being missed. Chao's lower bound, from the pairs that one rule and that two
    rules caught (Chao 1987, Biometrics 43, 783-791): too little is known. Chapman's, from rules that need the surname
    and rules that do without (Chapman 1951): the surname is written otherwise and something else is as well.
    """
    if independent < INDEPENDENT:
        return None
    narrow = caught & ~_bits(lambda fields: " ".join(fields) in BROAD)
    by = np.bitwise_count(narrow)
    once, twice = int((by == 1).sum()), int((by == 2).sum())
    with_surname = (caught & _bits(lambda fields: "surname" in fields)) != 0
    without = (caught & _bits(lambda fields: not any(f.startswith(("surname", "content")) for f in fields))) != 0
    both = (with_surname & without).sum()
    chapman = (with_surname & ~without).sum() * (~with_surname & without).sum() / (both + 1)
    return float(once * (once - 1) / (2 * (twice + 1)) + chapman)


def _bits(wanted: Callable[[tuple[str, ...]], bool]) -> np.int64:
    """The rules whose fields are wanted, as bits."""
    return np.int64(sum(1 << place for place, rule in enumerate(rules.BLOCKS) if wanted(rule.fields)))
