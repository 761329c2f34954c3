"""Who is found: the lists of an invented war, whom each of them reaches, when, and how they depend on each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers.simulate.draws import SEED, happens, stream
from helpers.simulate.people import BEGAN

if TYPE_CHECKING:
    import datetime

PROMPT = 2  # days from a death to the first day on which it can be on a list
REPORTED_AGAIN = 240  # days: the longest time from a person's first entry on a list to the second


@dataclass(frozen=True)
class RawList:
    """Whom one list finds. Chances are odds, p / (1 - p), so that a factor never makes more than everybody.

    `reach`: share that it finds of people whom no factor below concerns; `odds`: column of the people (region, rank,
    status ...) and value: factor on those odds; `by_day`: day of the war: factor on the odds of all who die from then
    on; `after`: an earlier list on which it depends, by `odds_ratio`: how many times higher the odds of being found
    are for those on that list, its own reach being kept; `delay`: the longest wait in days from death to entry, most
    wait far less (a mean of an eighth); `held`: share of entries put on review, which are published on the next day
    of `reviews` (days of the war), and never if there is none; `twice`: share of entries that stand there twice.
    """

    name: str
    reach: float = 0.4
    odds: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    by_day: Mapping[int, float] = field(default_factory=dict)
    after: str = ""
    odds_ratio: float = 1.0
    delay: int = 240
    held: float = 0.0
    reviews: Sequence[int] = ()
    twice: float = 0.0

    def __post_init__(self) -> None:
        if not 0 < self.reach < 1:
            raise ValueError(f"{self.name}: reach is {self.reach}; allowed is a share between 0 and 1, both excluded")
        for name in ("held", "twice"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{self.name}: {name} is {getattr(self, name)}; allowed is a share from 0 to 1")
        factors = [*self.by_day.values(), *(f for values in self.odds.values() for f in values.values())]
        if min([*factors, self.odds_ratio]) <= 0:
            raise ValueError(f"{self.name}: a factor on odds is not above 0; leave it out, or make reach smaller")


# five lists as unlike each other as those of a real war
LISTS = (
    RawList(
        "invented memorial", 0.5, delay=300, held=0.08, reviews=(200, 420, 700, 1100, 1460), by_day={420: 1.5},
        odds={"rank": {"lieutenant": 2, "captain": 2.5, "major": 3}, "status": {"prisoner": 0.4}},
    ),
    RawList("invented press", 0.35, delay=120, odds={"region": {"Capital": 0.3, "Stonefield": 0.5},
            "status": {"prisoner": 0.3}}),
    RawList("invented relatives", 0.25, after="invented press", odds_ratio=1.6, delay=330),
    RawList("invented graves", 0.2, delay=360, odds={"region": {"Saltcoast": 4, "Westhaven": 3}}),
    RawList("invented abroad", 0.15, after="invented memorial", odds_ratio=3, delay=180),
)  # fmt: skip


class _OnAList(NamedTuple):
    """Of each person: the chance of being on a list, and whether he or she is."""

    chance: np.ndarray
    on: np.ndarray


def found(
    people: pd.DataFrame, lists: Sequence[RawList] = LISTS, *, seed: int = SEED, began: datetime.date = BEGAN
) -> pd.DataFrame:
    """Which of the `people` are on which of the `lists`: one row per person and list that found them, by list.

    Columns: `person_id`; `list`; `confirmed` (day on which the list published them; missing where they are still on
    review after its last one); `copies` (how many entries they have on that list). ValueError for two lists of one
    name, for a list that depends on none before it, and for a column that `people` do not have.
    """
    day = (people["death_date"] - pd.Timestamp(began)).dt.days.to_numpy()
    known: dict[str, _OnAList] = {}
    tables = []
    for one in lists:
        _check(one, known, people)
        rng = stream(seed, f"found by {one.name}")
        known[one.name] = _drawn(one, _chance(one, people, day), known.get(one.after), rng)
        here = np.flatnonzero(known[one.name].on)
        rows = {"person_id": people["person_id"].iloc[here].array, "list": one.name}
        rows |= {"confirmed": _entered(one, day[here], began, rng), "copies": 1 + happens(rng, one.twice, len(here))}
        tables.append(pd.DataFrame(rows))
    return pd.concat(tables, ignore_index=True).astype({"list": "str"})


def given_another(here: np.ndarray, there: np.ndarray, odds_ratio: float) -> tuple[np.ndarray, np.ndarray]:
    """The chances of being on a list for those on another and for those not, where two lists have an odds ratio.

    `here`, `there`: the chances of being on the one and on the other, both kept. Source: Plackett (1965), Journal of
    the American Statistical Association 60, 516-522: the chance of both solves a quadratic equation.
    """
    if odds_ratio == 1:
        return here, here
    s, more = 1 + (here + there) * (odds_ratio - 1), odds_ratio - 1
    both = (s - np.sqrt(s * s - 4 * odds_ratio * more * here * there)) / (2 * more)
    return both / there, (here - both) / (1 - there)


def _check(one: RawList, known: Mapping[str, _OnAList], people: pd.DataFrame) -> None:
    if one.name in known:
        raise ValueError(f"two lists are named '{one.name}': each needs a name of its own")
    if one.after and one.after not in known:
        raise ValueError(
            f"{one.name} depends on '{one.after}', which is no list before it; allowed are {', '.join(known) or 'none'}"
        )
    if missing := [column for column in one.odds if column not in people]:
        raise ValueError(f"{one.name}: people have no column {', '.join(missing)}; they have {', '.join(people)}")


def _chance(one: RawList, people: pd.DataFrame, day: np.ndarray) -> np.ndarray:
    odds = np.full(len(people), one.reach / (1 - one.reach))
    for column, factors in one.odds.items():
        odds *= people[column].map(factors).fillna(1.0).to_numpy(dtype=float)
    for first, factor in one.by_day.items():
        odds *= np.where(day >= first, factor, 1.0)
    return odds / (1 + odds)


def _drawn(one: RawList, chance: np.ndarray, other: _OnAList | None, rng: np.random.Generator) -> _OnAList:
    if other is None:
        return _OnAList(chance, happens(rng, chance, len(chance)))
    if_there, if_not = given_another(chance, other.chance, one.odds_ratio)
    return _OnAList(chance, happens(rng, np.where(other.on, if_there, if_not), len(chance)))


def _entered(one: RawList, died: np.ndarray, began: datetime.date, rng: np.random.Generator) -> np.ndarray:
    """The day on which each entry was published; not a time where it is on review for good."""
    n = len(died)
    day = died + PROMPT + np.floor(one.delay * rng.random(n) * rng.random(n) * rng.random(n)).astype(int)
    held = happens(rng, one.held, n)
    reviews = np.array([*sorted(one.reviews), -1])
    review = reviews[np.searchsorted(reviews[:-1], day)]
    dates = np.datetime64(began, "D") + np.where(held, review, day).astype("timedelta64[D]")
    return np.where(held & (review < 0), np.datetime64("NaT"), dates).astype("datetime64[ns]")
