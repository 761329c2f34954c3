"""Trials of linkage: small lists with names, linked by the program, and a total from the lists as it linked them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from helpers.estimate.recapture import decomposable
from helpers.estimate.recapture.table import overlap
from helpers.simulate.damage import Damage
from helpers.simulate.finding import RawList
from helpers.simulate.writing import records
from helpers.validation.trial import Family, Method, Outcome, attempt, refused

if TYPE_CHECKING:
    from helpers.estimate.recapture.averaging import Estimate

DAMAGED = "names and dates hardly legible"
PEOPLE, AS_LINKED, IN_TRUTH = "people on the lists", "total, as linked", "total, linked without error"


@dataclass(frozen=True)
class Named:
    """Lists of names, independent of each other, with so many `entries` together; `damage`: how they are written."""

    entries: int = 400
    reach: tuple[float, ...] = (0.4, 0.35, 0.3)
    damage: Damage = field(default_factory=Damage)


def linked(world: Named, seed: int) -> list[Outcome]:
    """How many people the lists of one war hold, and how many died, by the Bayesian average over the lists as linked.

    Beside it the same from the true links. The dead are those up to the last one who is on a list.
    """
    lists = [RawList(f"list {number}", reach) for number, reach in enumerate(world.reach, 1)]
    made = records(world.entries, seed=seed, damage=world.damage, lists=lists)
    true = made.truth["person_id"]
    dead = int(true[true.str.startswith("P")].str.removeprefix("P-").astype(int).max())
    totals = {IN_TRUTH: lambda: _total(made.records["list"], true)}
    # its machine code is slow to load, and few readers need it
    from helpers.lists import linkage

    try:
        found = linkage.link(made.records, seed=seed)
    except ValueError as refusal:
        return [*refused([PEOPLE], true.nunique(), refusal), *refused([AS_LINKED], dead, refusal)]
    totals[AS_LINKED] = lambda: _total(found.members["list"], found.members["person"])
    outcomes = [attempt(name, dead, total) for name, total in totals.items()]
    return [attempt(PEOPLE, true.nunique(), lambda: found.count), *outcomes]


def _total(lists: pd.Series, person: pd.Series) -> Estimate:
    """The total from who is on which list; whoever stands on a list twice is on it."""
    on = pd.crosstab(person.to_numpy(), lists.to_numpy()).clip(upper=1)
    counts = on.value_counts().rename("n").reset_index()
    return decomposable.posterior(overlap(counts, name="linked lists")).estimate()


FAMILIES = {
    "linked lists": Family(
        linked,
        {
            PEOPLE: Method(frozenset({DAMAGED})),
            AS_LINKED: Method(frozenset({DAMAGED})),
            IN_TRUTH: Method(),
        },
        "people on the lists; or all dead up to the last one listed",
        5,
    ),
}
