"""How reliable each field is, and how many people two lists share: estimated from the pairs, without any label.

Expectation and maximisation: how probably each pair is one person follows from the rates, the rates follow from
these probabilities, and so on until nothing moves.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from helpers.lists.linkage import rules
from helpers.lists.linkage.blocking import Candidates
from helpers.lists.linkage.compiled import chosen
from helpers.lists.linkage.encoded import MISSING
from helpers.lists.linkage.evidence import Evidence, chance_of_dates, level_of_dates, pair_origin, shared_value

ROUNDS = 8
LEAST_WRONG = 1e-4
EXPECTED = 0.3  # of the smaller of two lists on the other: the start
IMPOSSIBLE = 1e-3  # chance of being one person, after two rounds
BELIEF = 20.0  # the starting rates of `rules` weigh as much as so many pairs


class Compared(NamedTuple):
    """Of each pair: by field, how many times more often one person has both spellings (missing: NaN); by date, the
    level (MISSING) and the log of how often strangers' dates lie at it; and what the origin of their names says."""

    shared: np.ndarray
    level: np.ndarray
    log_chance: np.ndarray
    origin: np.ndarray


def compared(e: Evidence, pairs: Candidates, *, fast: bool) -> Compared:
    """What the fields of each pair say, apart."""
    return Compared(*chosen(_compare, fast=fast)(e, pairs.a, pairs.b))


def estimated(
    e: Evidence, pairs: Candidates, apart: Compared, *, once_per_list: bool
) -> tuple[Evidence, np.ndarray, np.ndarray]:
    """The evidence with rates that fit the pairs; the log of prior odds by list and list; evidence of each pair."""
    log_prior = first_prior(e.list)
    some, of_some = pairs, apart
    for number in range(ROUNDS):
        log_odds = pair_evidence(e, some, of_some) + log_prior[e.list[some.a], e.list[some.b]]
        one = chances(e.list, some, log_odds, once_per_list=once_per_list)
        e = refitted(e, some, of_some, one)
        log_prior = prior(e.list, some, one, once_per_list=once_per_list)
        if number == 1:  # pairs that are as good as impossible only cost time from here on
            likely = one > IMPOSSIBLE
            some, of_some = (type(table)(*(column[likely] for column in table)) for table in (some, of_some))
    e = e._replace(log_again=np.diag(log_prior) + np.log(np.bincount(e.list)))
    return e, log_prior, pair_evidence(e, pairs, apart)


def chances(lists: np.ndarray, pairs: Candidates, log_odds: np.ndarray, *, once_per_list: bool) -> np.ndarray:
    """How probably each pair is one person; on a list that has each person once, candidates exclude each other."""
    odds = np.exp(np.clip(log_odds, -700, 100))
    if not once_per_list:
        return odds / (1 + odds)
    many = int(lists.max()) + 1
    rivals = np.zeros(len(odds))
    for own, other in ((pairs.a, pairs.b), (pairs.b, pairs.a)):
        place = own * many + lists[other]
        total = np.bincount(place, odds, minlength=len(lists) * many)
        rivals = np.maximum(rivals, total[place])
    return odds / (1 + rivals)


def first_prior(lists: np.ndarray) -> np.ndarray:
    """Log of prior odds by list and list at the start: as if a third of the smaller list were on the other."""
    n = np.bincount(lists).astype(float)
    return np.log(EXPECTED * np.minimum.outer(n, n) / np.outer(n, n))


def prior(lists: np.ndarray, pairs: Candidates, one: np.ndarray, *, once_per_list: bool) -> np.ndarray:
    """Log of the odds that two records of two lists are one person, before they are compared."""
    n = np.bincount(lists)
    many = len(n)
    matches = np.bincount(lists[pairs.a] * many + lists[pairs.b], one, minlength=many * many).reshape(many, many)
    matches = matches + matches.T * (1 - np.eye(many)) + 0.5
    possible = np.outer(n, n) - np.diag(n * (n + 1) / 2)
    odds = matches / np.maximum(possible, 1)
    return np.log(np.where(np.eye(many, dtype=bool) & once_per_list, 1e-300, odds))


def pair_evidence(e: Evidence, pairs: Candidates, apart: Compared) -> np.ndarray:
    """Log of how many times more probable each pair is as one person than as two."""
    right = (1 - e.wrong) ** 2
    known = ~np.isnan(apart.shared)
    by_name = np.log(np.where(known, right * np.nan_to_num(apart.shared) + 1 - right, 1.0)).sum(axis=1)
    by_date = np.where(apart.level >= 0, _agreement(e, pairs, apart) - apart.log_chance, 0.0).sum(axis=1)
    return by_name + by_date + apart.origin


def refitted(e: Evidence, pairs: Candidates, apart: Compared, one: np.ndarray) -> Evidence:
    """The evidence with the rates that fit best if each pair is one person with probability `one`."""
    right = (1 - e.wrong) ** 2
    known = ~np.isnan(apart.shared)
    agree = right * np.nan_to_num(apart.shared)
    share = ((one[:, None] * agree / (agree + 1 - right) * known).sum(axis=0) + BELIEF * right) / (
        (one[:, None] * known).sum(axis=0) + BELIEF
    )
    wrong = np.clip(1 - np.sqrt(share), LEAST_WRONG, 0.5)
    kinds, levels = len(rules.PRECISIONS), len(rules.LEVELS)
    counts = np.zeros_like(e.log_agree)
    for date in range(len(rules.DATES)):
        has = apart.level[:, date] >= 0
        x, y = e.precision[pairs.a[has], date], e.precision[pairs.b[has], date]
        for p, q in ((x, y), (y, x)):
            place = (p * kinds + q) * levels + apart.level[has, date]
            counts[date] += 0.5 * np.bincount(place, one[has], minlength=kinds * kinds * levels).reshape(
                kinds, kinds, levels
            )
    counts += BELIEF * np.array(rules.AGREEMENT)
    return e._replace(wrong=wrong, log_agree=np.log(counts / counts.sum(axis=-1, keepdims=True)))


def _agreement(e: Evidence, pairs: Candidates, apart: Compared) -> np.ndarray:
    dates = np.arange(len(rules.DATES))
    return e.log_agree[dates, e.precision[pairs.a], e.precision[pairs.b], apart.level]


def _compare(e: Evidence, a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    fields, dates = e.spelling.shape[1], e.low.shape[1]
    shared = np.full((len(a), fields), np.nan)
    level, log_chance, origin = np.full((len(a), dates), MISSING), np.zeros((len(a), dates)), np.zeros(len(a))
    for k in range(len(a)):
        i, j = a[k], b[k]
        origin[k] = pair_origin(e, i, j)
        for f in range(fields):
            if e.spelling[i, f] >= 0 and e.spelling[j, f] >= 0:
                shared[k, f] = shared_value(e, e.spelling[i, f], e.spelling[j, f])
        for d in range(dates):
            at = level_of_dates(e, d, i, j)
            level[k, d] = at
            if at >= 0:
                log_chance[k, d] = np.log(chance_of_dates(e, d, i, j, at))
    return shared, level, log_chance, origin
