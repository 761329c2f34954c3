"""What a linkage found, as tables: members, links and people."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.lists.linkage import rules
from helpers.lists.linkage.blocking import Candidates
from helpers.lists.linkage.encoded import PARTS, Encoded
from helpers.lists.linkage.partitions import Partitions


def member_table(records: pd.DataFrame, coded: Encoded, pairs: Candidates, found: Partitions) -> pd.DataFrame:
    """One row per record, in the order given: list, record_id, person, probability that it belongs where it is.

    Of a record with others: how often it was drawn together with each of them, on average. Of a record alone: how
    often it was with none of its candidates, at least.
    """
    n = len(coded.row)
    same = found.people[pairs.a] == found.people[pairs.b]
    sizes = np.bincount(found.people)[found.people]
    within, elsewhere = np.zeros(n), np.zeros(n)
    for end in (pairs.a, pairs.b):
        within += np.bincount(end[same], found.together[same], minlength=n)
        np.maximum.at(elsewhere, end[~same], found.together[~same])
    probability = np.where(sizes > 1, within / np.maximum(sizes - 1, 1), 1 - elsewhere)
    order = np.argsort(coded.row)
    ids = records[list(PARTS)].reset_index(drop=True)
    return ids.assign(person=found.people[order], probability=probability[order])


def with_repeated(members: pd.DataFrame, records: pd.DataFrame, twin: np.ndarray) -> pd.DataFrame:
    """The members, and the rows that repeat others (`twin`: their places) with the people of these."""
    place = np.cumsum(twin < 0) - 1
    source = place[np.where(twin >= 0, twin, np.arange(len(twin)))]
    told = members[["person", "probability"]].iloc[source].reset_index(drop=True)
    return records[list(PARTS)].reset_index(drop=True).join(told)


def link_table(
    records: pd.DataFrame, twin: np.ndarray, coded: Encoded, pairs: Candidates, found: Partitions
) -> pd.DataFrame:
    """One row per pair that was decided on: both records, probability, whether they are one person now, first rule."""
    decided = ~found.left_out
    a, b, caught = pairs.a[decided], pairs.b[decided], pairs.caught[decided]
    names = np.array([*(" ".join(rule.fields) for rule in rules.BLOCKS), "repeated list"], dtype=object)
    places, copies = np.flatnonzero(twin < 0)[coded.row], np.flatnonzero(twin >= 0)
    ends = [np.r_[places[a], twin[copies]], np.r_[places[b], copies]]
    left, right = (records[list(PARTS)].iloc[end].reset_index(drop=True) for end in ends)
    first_rule = np.r_[np.bitwise_count((caught & -caught) - 1), np.full(len(copies), len(rules.BLOCKS))].astype(int)
    sure = np.ones(len(copies))
    return pd.concat([left, right.add_suffix("_b")], axis=1).assign(
        probability=np.r_[found.together[decided], sure],
        same_person=np.r_[found.people[a] == found.people[b], sure.astype(bool)],
        rule=names[first_rule],
    )


def people_table(members: pd.DataFrame) -> pd.DataFrame:
    """One row per person: person, records, lists, and the probability of the least sure of its records."""
    by_person = members.groupby("person", sort=True)
    people = pd.DataFrame(
        {
            "records": by_person.size(),
            "lists": by_person["list"].nunique(),
            "probability": by_person["probability"].min(),
        }
    )
    return people.reset_index()
