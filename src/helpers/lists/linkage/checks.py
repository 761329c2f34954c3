"""What a linkage assumes, and whether the records bear it out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.lists.linkage import rules
from helpers.lists.linkage.blocking import Candidates
from helpers.lists.linkage.count import INDEPENDENT, NOT_ESTIMATED, Bounds, Count, missed_pairs
from helpers.lists.linkage.lexicon import Lexicon
from helpers.lists.linkage.partitions import Partitions

RELIABLE = 0.25  # a field that is wrong more often says little
MISSED = 0.02  # of the pairs: more that are never compared part too many people
WIDE = 0.02  # of the count: the widest interval that still tells the number
APART = 0.05  # of the count: people put together that lie further outside the interval contradict it


def checks(
    words: dict[str, Lexicon],
    wrong: np.ndarray,
    pairs: Candidates,
    found: Partitions,
    counted: Count,
    repeated: pd.Series,
    within: Bounds,
    independent: int,
) -> pd.DataFrame:
    """One row per assumption: `assumption`, `result` (`held`, `failed` or `informational`), `says`.

    `wrong`: by field of `words`; `repeated`: the list of each row that repeats another; `within` and `independent`: see
    `count.bounds` and `count.independent_rules`.
    """
    rows = [
        _possible(counted, within), _as_put_together(counted, found), _own_rows(repeated),
        _reliable(pd.Series(wrong, list(words))), _slips(words), _caught(pairs, found, independent), _sure(found),
        _width(counted),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["assumption", "result", "says"])


def _possible(counted: Count, within: Bounds) -> tuple[str, str, str]:
    ends = (within.fewest, counted.low, counted.point, counted.high, within.most)
    possible = bool(np.isfinite(ends).all()) and list(ends) == sorted(ends)
    says = f"At least {within.fewest:,.0f} people (the longest list), at most {within.most:,.0f} (all records)."
    if not possible:
        says += f" The estimate of {counted.point:,.0f} ({counted.low:,.0f} to {counted.high:,.0f}) is impossible."
    return "the number of people is possible", "held" if possible else "failed", says


def _as_put_together(counted: Count, found: Partitions) -> tuple[str, str, str]:
    together = len(np.unique(found.people))
    apart = max(counted.low - together, together - counted.high, 0) / counted.point
    says = f"As the records are put together most often, they make {together:,} people"
    if not apart:
        return "the people put together are as many as estimated", "held", f"{says}, inside the interval."
    doubtful = int(((found.together > 0.05) & (found.together <= 0.5)).sum())
    says += (
        ", outside the interval: two records are put together where that is more probable than not, so that "
        f"{doubtful:,} doubtful pairs count as two people each there, and in part as one in the estimate."
    )
    return "the people put together are as many as estimated", "failed" if apart > APART else "informational", says


def _own_rows(repeated: pd.Series) -> tuple[str, str, str]:
    name = "lists were made independently"
    if repeated.empty:
        return name, "informational", "No list repeats another row for row; that they copied less cannot be seen."
    told = ", ".join(f"{count:,} of {one}" for one, count in repeated.value_counts(sort=False).sort_index().items())
    return name, "failed", f"Rows that repeat another list were given to its people and count for nothing: {told}."


def _reliable(wrong: pd.Series) -> tuple[str, str, str]:
    worst = wrong.idxmax()
    says = f"Of all fields {worst} is the least reliable: {wrong.max():.1%} of what is written there is wrong."
    return "fields are mostly right", "held" if wrong.max() < RELIABLE else "failed", says


def _slips(words: dict[str, Lexicon]) -> tuple[str, str, str]:
    shares = {part: words[part].slips.sum() for part in rules.NAMES if part in words}
    told = ", ".join(f"{part} {share:.1%}" for part, share in shares.items())
    return "names are sometimes misspelt", "informational", f"Estimated share of records with one slip: {told}."


def _width(counted: Count) -> tuple[str, str, str]:
    width = (counted.high - counted.low) / counted.point
    held = 0 <= width <= WIDE
    says = f"The interval of the number of people is {width:.1%} of it wide."
    return "the records tell the number of people", "held" if held else "failed", says


def _caught(pairs: Candidates, found: Partitions, independent: int) -> tuple[str, str, str]:
    name, linked = "blocking finds the pairs", found.together > 0.5
    missed, many = missed_pairs(pairs.caught[linked], independent), max(int(linked.sum()), 1)
    if missed is None:
        says = (
            f"How many pairs were never compared cannot be estimated: {independent} of the blocking rules for these "
            f"fields share no field, {INDEPENDENT} are needed. The low end allows for {NOT_ESTIMATED:.0%} of the "
            f"{many:,} linked pairs; the count may be too high."
        )
        return name, "informational", says
    says = f"Beside {many:,} linked pairs some {missed:,.0f} were probably never compared ({missed / many:.1%})."
    return name, "held" if missed < MISSED * many else "failed", says


def _sure(found: Partitions) -> tuple[str, str, str]:
    unsure = int(((found.together > 0.1) & (found.together < 0.9)).sum())
    return (
        "most links are clear",
        "informational",
        f"{unsure:,} pairs are between 10 % and 90 % probable: look at them.",
    )
