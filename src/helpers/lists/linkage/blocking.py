"""Which pairs of records are looked at, and which of them may be one person.

Records that agree on the fields of a rule (`rules.BLOCKS`) meet in a block and are compared; pairs whose odds of being
one person are not below `rules.CANDIDATE` are kept. A pair that several rules bring together is compared once.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import pandas as pd
from numba.extending import register_jitable

from helpers.lists.linkage import rules
from helpers.lists.linkage.compiled import chosen
from helpers.lists.linkage.encoded import FIRST_DAY, MISSING, Encoded
from helpers.lists.linkage.evidence import Evidence, pair_evidence
from helpers.lists.linkage.lexicon import Lexicon

PRIME = np.int64(1_000_003)
THREADS = 2


class Candidates(NamedTuple):
    """Pairs that may be one person.

    Places `a` < `b` of the two records; `evidence`, the log of how many times more probable they are as one person than
    as two; `caught`, the rules of `rules.BLOCKS` that bring the pair together, as bits.
    """

    a: np.ndarray
    b: np.ndarray
    evidence: np.ndarray
    caught: np.ndarray


def candidates(
    records: Encoded, words: dict[str, Lexicon], e: Evidence, log_prior: np.ndarray, *, once_per_list: bool, fast: bool
) -> Candidates:
    """All pairs of a block whose odds are large enough; `log_prior` (list, list): the odds before any comparison."""
    keys = agreed_fields(records, words)
    blocks, active, needs = _blocks(keys)
    columns = np.stack(list(keys.values()), axis=1).astype(np.int32)
    least = np.log(rules.CANDIDATE) - log_prior
    compare = chosen(_compared, fast=fast)

    def of(rule: int) -> tuple:
        return compare(e, columns, needs, active, rule, *blocks[rule], least, once_per_list)

    with ThreadPoolExecutor(THREADS if fast else 1) as pool:
        found = list(pool.map(of, range(len(rules.BLOCKS))))
    places, evidence = (np.concatenate(parts) for parts in zip(*found, strict=True))
    a, b, caught = places.T
    order = np.lexsort((b, a))
    return Candidates(a[order], b[order], evidence[order], caught[order])


def agreed_fields(records: Encoded, words: dict[str, Lexicon]) -> dict[str, np.ndarray]:
    """What records may agree on, by the names used in `rules.BLOCKS`; MISSING where a record lacks it."""
    keys = {field: lexicon.best() for field, lexicon in words.items()}
    for part in rules.NAMES:
        if part in words:
            keys[f"{part}_begins"] = _part(words[part], keys[part], slice(3))
            keys[f"{part}_ends"] = _part(words[part], keys[part], slice(-3, None))
            keys[f"{part}_letter"] = np.where(
                words[part].spelling >= 0, words[part].letter[words[part].spelling], MISSING
            )
    for date in rules.DATES:
        spans = records.dates[date]
        day = FIRST_DAY + pd.to_timedelta(np.maximum(spans.high, 0), unit="D")
        known = spans.low >= 0
        keys[f"{date}_year"] = np.where(known, day.year, MISSING)
        keys[f"{date}_month"] = np.where(known & (spans.precision <= 1), day.year * 12 + day.month, MISSING)
        keys[f"{date}_date"] = np.where(known & (spans.precision == 0), spans.low, MISSING)
    keys["content"] = _content(records, words)
    asked = {field for rule in rules.BLOCKS for field in rule.fields}
    return {field: key for field, key in keys.items() if field in asked}


def _content(records: Encoded, words: dict[str, Lexicon]) -> np.ndarray:
    """All that a record says, as one number; MISSING for records without any name."""
    parts = [lexicon.spelling for lexicon in words.values()]
    parts += [part for date in rules.DATES for part in (records.dates[date].low, records.dates[date].high)]
    named = np.any([words[part].spelling >= 0 for part in rules.NAMES if part in words], axis=0)
    return np.where(named, pd.factorize(_mixed(parts))[0], MISSING)


def _mixed(columns: list[np.ndarray]) -> np.ndarray:
    """One number for each combination; two combinations may share a number, which costs time only."""
    total = np.ones(len(columns[0]), np.int64)
    for column in columns:
        total = (total ^ (total >> 29)) * PRIME + column + 2
    return total


def _part(lexicon: Lexicon, names: np.ndarray, which: slice) -> np.ndarray:
    """A part of each record's name, as a number."""
    parts = pd.factorize(np.array([str(spelling)[which] for spelling in lexicon.spellings], dtype=object), sort=True)[0]
    return np.where(names >= 0, parts[names], MISSING)


def _blocks(keys: dict[str, np.ndarray]) -> tuple[list, np.ndarray, np.ndarray]:
    """Of each rule its records by block, with where the blocks begin; of each record the rules in which its block is
    not too large, as bits; and of each rule its fields, as bits."""
    place = {field: bit for bit, field in enumerate(keys)}
    active = np.zeros(len(next(iter(keys.values()))), np.int64)
    blocks, needs = [], []
    for number, rule in enumerate(rules.BLOCKS):
        there = all(field in keys for field in rule.fields)
        needs.append(sum(1 << place[field] for field in rule.fields) if there else 0)
        order, begins = (
            _one_rule([keys[field] for field in rule.fields]) if there else (np.array([], int), np.array([0]))
        )
        active[order] |= 1 << number
        blocks.append((order, begins))
    return blocks, active, np.array(needs, np.int64)


def _one_rule(columns: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Records in blocks of two to `rules.LARGEST_BLOCK`, and where each block begins (and the last ends)."""
    known = np.flatnonzero(np.all([column >= 0 for column in columns], axis=0))
    mixed = _mixed([column[known] for column in columns])
    order = np.argsort(mixed, kind="stable")
    ordered = mixed[order]
    begins = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(ordered) else np.array([], int)
    sizes = np.diff(np.r_[begins, len(ordered)])
    kept = (sizes > 1) & (sizes <= rules.LARGEST_BLOCK)
    return known[order][np.repeat(kept, sizes)], np.r_[0, np.cumsum(sizes[kept])]


@register_jitable
def agreeing(columns: np.ndarray, i: int, j: int) -> int:
    """The fields in which two records agree, as bits."""
    agree = 0
    for column in range(columns.shape[1]):
        if columns[i, column] == columns[j, column] and columns[i, column] >= 0:
            agree |= 1 << column
    return agree


@register_jitable
def rules_met(agree: int, active: int, needs: np.ndarray) -> int:
    """The rules that bring two records together which agree in the fields `agree`, as bits."""
    met = 0
    for rule in range(len(needs)):
        if (active >> rule) & 1 and (agree & needs[rule]) == needs[rule]:
            met |= 1 << rule
    return met


@register_jitable
def longer(array: np.ndarray) -> np.ndarray:
    """`array` with room for twice as many rows."""
    more = np.empty((2 * array.shape[0], array.shape[1]), array.dtype)
    more[: array.shape[0]] = array
    return more


def _compared(
    e: Evidence, columns: np.ndarray, needs: np.ndarray, active: np.ndarray, rule: int, order: np.ndarray,
    begins: np.ndarray, least: np.ndarray, once_per_list: bool,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """The pairs of one rule that are kept: two places and the rules that bring them together; and their evidence."""
    found, lists = 0, e.list
    pairs, says = np.empty((1024, 3), np.int64), np.empty((1024, 1))
    up_to_this, this = (1 << (rule + 1)) - 1, 1 << rule
    for block in range(len(begins) - 1):
        for x in range(begins[block], begins[block + 1]):
            for y in range(x + 1, begins[block + 1]):
                i, j = min(order[x], order[y]), max(order[x], order[y])
                if once_per_list and lists[i] == lists[j]:
                    continue
                met = rules_met(agreeing(columns, i, j), active[i], needs)
                if (met & up_to_this) != this:  # an earlier rule has the pair, or two blocks shared a number
                    continue
                evidence = pair_evidence(e, i, j)
                if evidence < least[lists[i], lists[j]]:
                    continue
                if found == len(pairs):
                    pairs, says = longer(pairs), longer(says)
                pairs[found, 0], pairs[found, 1], pairs[found, 2], says[found, 0] = i, j, met, evidence
                found += 1
    return pairs[:found], says[:found, 0]
