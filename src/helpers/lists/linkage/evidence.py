"""What two or more records say for being one person: how many times more probable they are so than as strangers.

Names and categories: the sum over all true values of their frequency times what each record says for that value.
Dates: how two spans lie to each other, beside how often strangers' spans lie so. The functions that are marked as
jitable run as plain Python on a short list and as machine code on a long one, with the same result. Those on numbers
alone (spans, shares) may branch; those that read the evidence do so before any branch, which makes them twenty times
faster as machine code.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba.extending import register_jitable

from helpers.lists import names
from helpers.lists.linkage import rules
from helpers.lists.linkage.encoded import MISSING, Encoded
from helpers.lists.linkage.lexicon import Lexicon, categories, lexicon
from helpers.lists.linkage.origins import coming_together, origins

GAPS = np.array(rules.GAPS)
CAP = 60.0  # log of what a single date can say, at most


class Evidence(NamedTuple):
    """Everything that the comparison of records reads, as arrays.

    `list`, and `spelling` (record, field): places in one long lexicon of all fields, MISSING where nothing is written.
    Lexicon: entries `first[s]` to `first[s + 1]` belong to spelling s: `name` (ascending), and `gain`, the probability
    of the name over its share. `share` of each name; `group` of each name: its field and first letter; `initial`: the
    group of a spelling that is one letter only, else MISSING; `group_share` of the names of a group.
    `wrong`: by field, how often what is written says nothing. `low`, `high`, `precision`, `exchanged` (record, date).
    `log_agree` (date, precision, precision, level): of two records of one person. `ending`, `beginning` (date,
    precision, day): the share of strangers' spans that end before, or begin on or before, a day counted from `zero`.
    `value` (record, field of `rules.ORIGIN`): the most probable name or the region, MISSING where there is none;
    `origin_share`, `lift` (value, origin): see `origins`; `come_together`: what they say of each record. `log_again`:
    by list, log of twice the share of people who are on it again.
    """

    list: np.ndarray
    spelling: np.ndarray
    first: np.ndarray
    name: np.ndarray
    gain: np.ndarray
    share: np.ndarray
    group: np.ndarray
    initial: np.ndarray
    group_share: np.ndarray
    wrong: np.ndarray
    low: np.ndarray
    high: np.ndarray
    precision: np.ndarray
    exchanged: np.ndarray
    log_agree: np.ndarray
    ending: np.ndarray
    beginning: np.ndarray
    zero: int
    value: np.ndarray
    origin_share: np.ndarray
    lift: np.ndarray
    come_together: np.ndarray
    log_again: np.ndarray


def lexicons(records: Encoded) -> dict[str, Lexicon]:
    """The lexicon of every field that is compared by value, names before categories."""
    variants = names.variants()
    named = {
        part: lexicon(records.names[part], variants=variants if part == "given" else None)
        for part in rules.NAMES
        if (records.names[part] != "").any()
    }
    regions = records.categories.get("region")
    return named | {
        field: categories(places, within=regions if field == "settlement" else None)
        for field, places in records.categories.items()
    }


def evidence_of(records: Encoded, words: dict[str, Lexicon]) -> Evidence:
    """The evidence before any rate is estimated: starting rates of `rules`."""
    low, high, precision, exchanged = (
        np.stack([getattr(records.dates[date], part) for date in rules.DATES], axis=1).astype(np.int64)
        for part in ("low", "high", "precision", "exchanged")
    )
    value = most_probable(words)
    share, lift = origins(value, sum(len(lex.spellings) for lex in words.values()), seed=0)
    agree = np.log(np.array(rules.AGREEMENT))
    kinds = len(rules.PRECISIONS)
    return Evidence(
        records.list.astype(np.int64),
        *_joined(list(words.values())),
        np.array([rules.WRONG[field] for field in words]),
        low, high, precision, exchanged,
        np.broadcast_to(agree, (len(rules.DATES), kinds, kinds, len(agree))).copy(),
        *_strangers(low, high, precision),
        value, share, lift, coming_together(value, share, lift), np.zeros(len(records.lists)),
    )  # fmt: skip


def most_probable(words: dict[str, Lexicon]) -> np.ndarray:
    """The values of the fields that go by origin, as places in the long lexicon (record, field)."""
    begins = np.cumsum([0, *(len(lex.spellings) for lex in words.values())])
    places = {field: (lex.best(), begin) for (field, lex), begin in zip(words.items(), begins, strict=False)}
    chosen = [places[field] for field in rules.ORIGIN if field in places]
    return np.stack([np.where(best >= 0, best + begin, MISSING) for best, begin in chosen], axis=1)


def _joined(lexicons: list[Lexicon]) -> tuple:
    """The lexicons of all fields as one."""
    sizes = np.array([len(lex.spellings) for lex in lexicons])
    begins = np.r_[0, np.cumsum(sizes)]
    letters = np.r_[0, np.cumsum([len(lex.letters) for lex in lexicons])]
    spelling = np.stack(
        [np.where(lex.spelling >= 0, lex.spelling + at, MISSING) for lex, at in zip(lexicons, begins, strict=False)],
        axis=1,
    )
    of = np.concatenate([lex.of + at for lex, at in zip(lexicons, begins, strict=False)])
    name = np.concatenate([lex.name + at for lex, at in zip(lexicons, begins, strict=False)])
    share = np.concatenate([lex.share for lex in lexicons])
    group = np.concatenate([lex.letter + at for lex, at in zip(lexicons, letters, strict=False)])
    initial = np.concatenate([lex.initial for lex in lexicons])
    full = np.where(initial, 0.0, share)
    group_share = np.bincount(group, full, minlength=letters[-1])
    field = np.repeat(np.arange(len(lexicons)), sizes)
    group_share /= np.maximum(np.bincount(field, full), 1e-300)[np.repeat(np.arange(len(lexicons)), np.diff(letters))]
    gain = np.concatenate([lex.probability for lex in lexicons]) / np.maximum(share[name], 1e-300)
    first = np.searchsorted(of, np.arange(begins[-1] + 1))
    unit = np.maximum(group_share, 1e-9)
    return spelling.astype(np.int64), first, name, gain, share, group, np.where(initial, group, MISSING), unit


def _strangers(low: np.ndarray, high: np.ndarray, precision: np.ndarray) -> tuple[np.ndarray, np.ndarray, int]:
    """Shares of spans that end before, and that begin on or before, each day; by date and precision."""
    known = low[low >= 0]
    reach = max(rules.GAPS) + 400
    zero = int(known.min()) - reach if known.size else 0
    days = int(high.max()) - zero + reach + 1 if known.size else 1
    ending, beginning = (np.zeros((low.shape[1], len(rules.PRECISIONS), days + 1)) for _ in range(2))
    for date in range(low.shape[1]):
        for kind in range(len(rules.PRECISIONS)):
            here = precision[:, date] == kind
            n = max(here.sum(), 1)
            ending[date, kind, 1:] = np.cumsum(np.bincount(high[here, date] - zero, minlength=days)) / n
            beginning[date, kind, :-1] = np.cumsum(np.bincount(low[here, date] - zero, minlength=days)) / n
    return ending, beginning, zero


@register_jitable(forceinline=True)
def shared_value(e: Evidence, s: int, t: int) -> float:
    """How many times more often one person has the spellings `s` and `t` of a field than two strangers have."""
    if e.initial[s] >= 0 or e.initial[t] >= 0:
        return shared_initial(e, s, t)
    total = 0.0
    i, j = e.first[s], e.first[t]
    while i < e.first[s + 1] and j < e.first[t + 1]:
        if e.name[i] < e.name[j]:
            i += 1
        elif e.name[i] > e.name[j]:
            j += 1
        else:
            total += e.gain[i] * e.gain[j] * e.share[e.name[i]]
            i += 1
            j += 1
    return total


@register_jitable(forceinline=True)
def shared_initial(e: Evidence, s: int, t: int) -> float:
    """The same where one spelling, or both, is an initial."""
    if e.initial[s] >= 0 and e.initial[t] >= 0:
        return 1.0 / e.group_share[e.initial[s]] if e.initial[s] == e.initial[t] else 0.0
    if e.initial[t] >= 0:
        s, t = t, s
    total = 0.0
    for j in range(e.first[t], e.first[t + 1]):
        if e.group[e.name[j]] == e.initial[s]:
            total += e.gain[j] * e.share[e.name[j]]
    return total / e.group_share[e.initial[s]]


@register_jitable(forceinline=True)
def level_of_spans(low: int, high: int, exchanged: int, other_low: int, other_high: int, other_precision: int) -> int:
    """How two spans of days lie to each other: a place in `rules.LEVELS`; MISSING where one is."""
    gap = max(low, other_low) - min(high, other_high)
    if min(low, other_low) < 0:
        return MISSING
    if gap <= 0:
        return 0
    if exchanged == other_low and other_precision == 0:
        return 1
    level = 2
    while level < 2 + len(GAPS) and gap > GAPS[level - 2]:
        level += 1
    return level


@register_jitable(forceinline=True)
def level_of_dates(e: Evidence, d: int, i: int, j: int) -> int:
    """How the spans of date `d` of two records lie to each other: a place in `rules.LEVELS`; MISSING: one lacks it."""
    return level_of_spans(e.low[i, d], e.high[i, d], e.exchanged[i, d], e.low[j, d], e.high[j, d], e.precision[j, d])


@register_jitable(forceinline=True)
def within(ending: np.ndarray, beginning: np.ndarray, d: int, kind: int, first: int, last: int) -> float:
    """The share of strangers' spans of precision `kind` that touch the days from `first` to `last`."""
    most = ending.shape[2] - 1
    return beginning[d, kind, min(max(last, 0), most)] - ending[d, kind, min(max(first, 0), most)]


@register_jitable(forceinline=True)
def strangers_at(
    ending: np.ndarray, beginning: np.ndarray, d: int, kind: int, level: int, first: int, last: int, exchanged: int
) -> float:
    """The share of strangers' spans of precision `kind` that lie at `level` to the span from `first` to `last`."""
    if level == 0:
        return within(ending, beginning, d, kind, first, last)
    if level == 1:
        return within(ending, beginning, d, 0, exchanged, exchanged)
    before = 0 if level == 2 else GAPS[level - 3]
    nearer = within(ending, beginning, d, kind, first - before, last + before)
    if level == 2 + len(GAPS):
        return 1.0 - nearer
    days = GAPS[level - 2]
    return within(ending, beginning, d, kind, first - days, last + days) - nearer


@register_jitable(forceinline=True)
def chance_of_dates(e: Evidence, d: int, i: int, j: int, level: int) -> float:
    """How often a stranger's date lies at `level` to that of either record: the mean of both."""
    ending, beginning, zero = e.ending, e.beginning, e.zero
    first, last, exchanged = e.low[i, d] - zero, e.high[i, d] - zero, e.exchanged[i, d] - zero
    to_i = strangers_at(ending, beginning, d, e.precision[j, d], level, first, last, exchanged)
    first, last, exchanged = e.low[j, d] - zero, e.high[j, d] - zero, e.exchanged[j, d] - zero
    to_j = strangers_at(ending, beginning, d, e.precision[i, d], level, first, last, exchanged)
    return max(0.5 * (to_i + to_j), 1e-12)


@register_jitable(forceinline=True)
def date_evidence(e: Evidence, d: int, i: int, j: int) -> float:
    """Log of how many times more often one person has these two dates than two strangers have; 0: one is missing."""
    level = level_of_dates(e, d, i, j)
    known = min(level, 0) + 1  # 0 where a date is missing; its level is then read as another and not counted
    agree = e.log_agree[d, e.precision[i, d], e.precision[j, d], level]
    return known * min(agree - math.log(chance_of_dates(e, d, i, j, max(level, 0))), CAP)


@register_jitable(forceinline=True)
def dates_evidence(e: Evidence, i: int, j: int) -> float:
    """The same for all dates together."""
    total = 0.0
    for d in range(e.low.shape[1]):
        total += date_evidence(e, d, i, j)
    return total


@register_jitable(forceinline=True)
def origin_evidence(e: Evidence, members: np.ndarray, size: int) -> float:
    """Log of what the evidence of names and region has to be multiplied by, since they are not independent."""
    total = 0.0
    for a in range(size):
        total -= e.come_together[members[a]]
    together = 0.0
    for origin in range(len(e.origin_share)):
        product = e.origin_share[origin]
        for f in range(e.value.shape[1]):
            value = MISSING
            for a in range(size):  # of several values the one that comes last: the same in whatever order
                value = max(value, e.value[members[a], f])
            if value >= 0:
                product *= e.lift[value, origin]
        together += product
    return total + math.log(together)


@register_jitable(forceinline=True)
def pair_origin(e: Evidence, i: int, j: int) -> float:
    """`origin_evidence` of two records."""
    together = 0.0
    for origin in range(len(e.origin_share)):
        product = e.origin_share[origin]
        for f in range(e.value.shape[1]):
            value = max(e.value[i, f], e.value[j, f])
            if value >= 0:
                product *= e.lift[value, origin]
        together += product
    return math.log(together) - e.come_together[i] - e.come_together[j]


@register_jitable(forceinline=True)
def pair_evidence(e: Evidence, i: int, j: int) -> float:
    """Log of how many times more probable records `i` and `j` are as one person than as two."""
    total = dates_evidence(e, i, j) + pair_origin(e, i, j)
    for f in range(e.spelling.shape[1]):
        s, t = e.spelling[i, f], e.spelling[j, f]
        if s >= 0 and t >= 0:
            right = (1.0 - e.wrong[f]) ** 2
            total += math.log(right * shared_value(e, s, t) + 1.0 - right)
    return total


@register_jitable(forceinline=True)
def says_for(e: Evidence, s: int, value: int) -> float:
    """How many times more often spelling `s` is written of someone of true name `value` than of anyone."""
    if e.initial[s] >= 0:
        return 1.0 / e.group_share[e.initial[s]] if e.group[value] == e.initial[s] else 0.0
    for k in range(e.first[s], e.first[s + 1]):
        if e.name[k] == value:
            return e.gain[k]
    return 0.0


@register_jitable(forceinline=True)
def field_evidence(e: Evidence, f: int, members: np.ndarray, size: int) -> float:
    """Log of how many times more probable the values of field `f` are of one person than of as many strangers."""
    total, seen, told = 0.0, 0.0, 0
    for a in range(size):
        s = e.spelling[members[a], f]
        if s < 0:
            continue
        told += 1
        if e.initial[s] >= 0:
            continue
        for k in range(e.first[s], e.first[s + 1]):
            value = e.name[k]
            if named_before(e, f, members, a, value):
                continue
            product = e.share[value]
            for b in range(size):
                t = e.spelling[members[b], f]
                if t >= 0:
                    product *= (1.0 - e.wrong[f]) * says_for(e, t, value) + e.wrong[f]
            total += product
            seen += e.share[value]
    return 0.0 if told < 2 else math.log(total + unseen_values(e, f, members, size, max(1.0 - seen, 0.0)))


@register_jitable(forceinline=True)
def named_before(e: Evidence, f: int, members: np.ndarray, a: int, value: int) -> bool:
    """Whether one of the first `a` members, written in full, may have the true name `value` in field `f`."""
    for b in range(a):
        t = e.spelling[members[b], f]
        if t >= 0 and e.initial[t] < 0 and says_for(e, t, value) > 0.0:
            return True
    return False


@register_jitable(forceinline=True)
def unseen_values(e: Evidence, f: int, members: np.ndarray, size: int, rest: float) -> float:
    """What all true values add that no member names in full and that have the share `rest` together."""
    product, alone, group, initials = rest, 1.0, MISSING, 0
    for a in range(size):
        s = e.spelling[members[a], f]
        if s < 0:
            continue
        if e.initial[s] < 0:
            product *= e.wrong[f]
            alone *= e.wrong[f]
            continue
        initials += 1
        group = e.initial[s] if initials == 1 or group == e.initial[s] else -2
    if initials < 2 or group < 0:
        return product * e.wrong[f] ** max(initials - 1, 0)
    share = e.group_share[group]
    inside = min(share, rest) * ((1.0 - e.wrong[f]) / share + e.wrong[f]) ** initials
    return alone * (inside + max(rest - share, 0.0) * e.wrong[f] ** initials)


@register_jitable(forceinline=True)
def names_evidence(e: Evidence, members: np.ndarray, size: int) -> float:
    """The same for all fields that are compared by value."""
    total = origin_evidence(e, members, size)
    for f in range(e.spelling.shape[1]):
        total += field_evidence(e, f, members, size)
    return total
