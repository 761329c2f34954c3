"""Record linkage without labels: which records of which lists are about one person, and how many people there are.

How it goes: names are folded (`helpers.lists.names`); a lexicon tells which name a spelling may stand for; pairs that
agree on the fields of a rule are compared; how reliable each field is follows from the pairs; partitions of the records
into people are drawn in proportion to their probability; the draws give the people, the probability of every link
and the number of people with its interval. The choices are in `rules`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.lists.linkage import rules
from helpers.lists.linkage.blocking import candidates
from helpers.lists.linkage.checks import checks
from helpers.lists.linkage.count import Count, bounds, count, independent_rules
from helpers.lists.linkage.encoded import PARTS, Encoded, encode
from helpers.lists.linkage.evidence import evidence_of, lexicons
from helpers.lists.linkage.lexicon import Lexicon
from helpers.lists.linkage.partitions import partition
from helpers.lists.linkage.rates import compared, estimated, first_prior
from helpers.lists.linkage.repeated import repeated_rows
from helpers.lists.linkage.tables import link_table, member_table, people_table, with_repeated

__all__ = ["Count", "Linkage", "LinkageError", "link"]

SEED = 20220224
PLAIN = 3000  # records; so few are linked faster by plain Python than the machine code is made


class LinkageError(ValueError):
    """Records that cannot be linked; the message says what is missing and what to do."""


class Linkage(NamedTuple):
    """People made of records.

    `people`: one row per person: `person` (a number), `records`, `lists` (how many of each), and `probability` (of the
    least sure of the records).
    `links`: one row per pair of records with odds of 1 in 100 or more: `list`, `record_id`, `list_b`, `record_id_b`,
    `probability` (that they are one person), `same_person` (whether they were put together), `rule` (the first that
    brought them together, by its fields).
    `members`: one row per record, in the order of the table given: `list`, `record_id`, `person`, `probability` (that
    it belongs where it was put).
    `count`: the number of people. `checks`: what was assumed and whether it holds (`assumption`, `result`, `says`).
    """

    people: pd.DataFrame
    links: pd.DataFrame
    members: pd.DataFrame
    count: Count
    checks: pd.DataFrame


def link(records: pd.DataFrame, *, once_per_list: bool = True, seed: int = SEED) -> Linkage:
    """The people behind `records` of one or several lists.

    `records` needs `list` and `record_id`, together unique, and at least one of `surname`, `given`, `patronymic`; it
    may have `birth_date`, `birth_year`, `age`, `death_date`, `death_precision`, `region`, `settlement`, `unit`, `sex`.
    `once_per_list`: whether two records of one list are two people for certain; turn it off where a list may repeat
    people. A list that repeats another one row for row adds nothing to the count. The answer does not depend on the
    order of the rows. Raises LinkageError for records that cannot be linked.
    """
    _demand(records, once_per_list=once_per_list)
    twin = repeated_rows(records)
    kept = records[twin < 0]
    fast = len(kept) > PLAIN
    coded = encode(kept)
    _demand_names(coded)
    words = lexicons(coded)
    e = evidence_of(coded, words)
    pairs = candidates(coded, words, e, first_prior(e.list), once_per_list=once_per_list, fast=fast)
    e, log_prior, strength = estimated(e, pairs, compared(e, pairs, fast=fast), once_per_list=once_per_list)
    log_odds = strength + log_prior[e.list[pairs.a], e.list[pairs.b]]
    found = partition(e, pairs, log_odds, once_per_list=once_per_list, seed=seed, fast=fast)
    members = with_repeated(member_table(kept, coded, pairs, found), records, twin)
    links = link_table(records, twin, coded, pairs, found)
    within, independent = bounds(e.list, once_per_list=once_per_list), independent_rules(_held(coded, words))
    counted = count(found, pairs, within, independent)
    checked = checks(words, e.wrong, pairs, found, counted, records["list"][twin >= 0], within, independent)
    return Linkage(people_table(members), links, members, counted, checked)


def _held(coded: Encoded, words: dict[str, Lexicon]) -> list[str]:
    """The fields of which at least two records hold something."""
    named = [field for field, lexicon in words.items() if (lexicon.spelling >= 0).sum() > 1]
    return named + [date for date, spans in coded.dates.items() if (spans.low >= 0).sum() > 1]


def _demand(records: pd.DataFrame, *, once_per_list: bool) -> None:
    """Refuse what cannot be linked, with the count, what is needed and what to do."""
    if missing := [column for column in PARTS if column not in records]:
        raise LinkageError(f"no column {' and '.join(missing)}: linkage needs {' and '.join(PARTS)} of every record")
    if len(records) < 2:
        raise LinkageError(f"{len(records)} record: linkage needs at least 2; bring a second list, or more of this one")
    if repeated := int(records.duplicated(list(PARTS)).sum()):
        raise LinkageError(f"{repeated} records have a list and record id used before: give each record its own id")
    if once_per_list and records["list"].nunique() < 2:
        raise LinkageError(
            f"{len(records)} records of one list, on which each is another person: bring a second list, or say "
            "once_per_list=False if people may be on this one twice"
        )


def _demand_names(coded: Encoded) -> None:
    named = int(np.any([coded.names[part] != "" for part in rules.NAMES], axis=0).sum())
    if named < 2:
        wanted = ", ".join(rules.NAMES)
        raise LinkageError(
            f"{named} of {len(coded.row)} records have a name ({wanted}): at least 2 are needed; a list without names "
            "cannot be linked, so name the columns that hold them"
        )
