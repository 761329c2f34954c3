"""How many people the records are about: an estimate with an interval.

The draws tell how many people there are if all that is one person was compared, and spread too little. Two errors are
added. Pairs that no blocking rule brought together are missed, which makes people too many: how many are missed is
estimated by capture and recapture between the rules, and the interval runs from "none of them parts a person" to "each
of them does". And the probabilities of unclear links may be off together, in one direction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from helpers.lists.linkage import rules
from helpers.lists.linkage.blocking import Candidates
from helpers.lists.linkage.partitions import Partitions

if TYPE_CHECKING:
    from collections.abc import Callable

LEVEL, DEVIATIONS = 0.95, 1.96
# of the missed pairs, how many part a person (the others are linked through a third record): as invented lists show
PARTING = 0.25
OFF_TOGETHER = 0.06  # by so much of themselves the doubts of all unclear pairs may be off in one direction
# rules that catch pairs of which little else is known
BROAD = ("surname given", "surname patronymic", "given patronymic")


class Count(NamedTuple):
    """The number of people: `point` between `low` and `high`, an interval of probability `level`."""

    low: float
    point: float
    high: float
    level: float


def count(found: Partitions, pairs: Candidates) -> Count:
    """The number of people behind the records, from the draws, the doubts and the pairs that were missed."""
    mean, missed = found.counts.mean(), missed_pairs(pairs.caught[found.together > 0.5])
    doubts = np.minimum(found.together, 1 - found.together).sum()
    spread = DEVIATIONS * np.hypot(found.counts.std(), OFF_TOGETHER * doubts)
    most = float(len(found.people))
    point = mean - PARTING * missed
    low, high = max(mean - missed - spread, 1.0), min(mean + spread, most)
    return Count(float(min(low, point)), float(point), float(max(high, point)), LEVEL)


def missed_pairs(caught: np.ndarray) -> float:
    """How many pairs of one person no rule has brought together, from the rules (as bits) that caught each linked pair.

    The sum of two estimates for two ways of being missed. Chao's lower bound, from the pairs that one rule and that two
    rules caught (Chao 1987, Biometrics 43, 783-791): too little is known. Chapman's, from rules that need the surname
    and rules that do without (Chapman 1951): the surname is written otherwise and something else is as well.
    """
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
