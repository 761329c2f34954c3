"""What a list tells of a person besides name and dates: home, unit, rank, status; missing, reworded, or wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.simulate.draws import changed, happens, pick, taken, ways
from helpers.simulate.people import LATER_STATUSES, RANKS, codebook

if TYPE_CHECKING:
    from helpers.simulate.damage import Damage

NEXT_RANK = dict(zip(RANKS, [*RANKS[1:], "lieutenant colonel"], strict=True))
HOSTS = {"social.example": 55, "news.example": 22, "memorial.example": 13, "cemetery.example": 7, "court.example": 3}
PLACES = (62, 28, 10)  # weights of one, two and three addresses as evidence


def told(facts: pd.DataFrame, damage: Damage, rng: np.random.Generator) -> pd.DataFrame:
    """Home and service as a list has them, one row per entry, in the order of `facts`; "" where it does not say.

    Columns: `region`, `settlement`, `branch`, `unit`, `rank`, `status`, and `hosts`: the sites of its evidence, one
    word for each address, never of anyone's (names that end in .example belong to nobody, RFC 2606).
    """
    facts = facts.reset_index(drop=True)
    n = len(facts)
    drifted = happens(rng, damage.rank_drift, n), happens(rng, damage.status_drift, n)
    columns = {
        "region": _region(facts["region"], damage, rng),
        "settlement": facts["settlement"],
        "branch": facts["branch"],
        "unit": _unit(facts["unit"], happens(rng, damage.unit_reworded, n), rng),
        "rank": facts["rank"].mask(drifted[0], facts["rank"].map(NEXT_RANK)),
        "status": facts["status"].mask(drifted[1], _another(facts["status"], list(LATER_STATUSES), rng)),
    }
    for name in ("settlement", "branch", "unit", "rank", "status"):
        columns[name] = columns[name].mask(happens(rng, getattr(damage, f"{name}_missing"), n), "")
    return pd.DataFrame(columns | {"hosts": _hosts(n, rng)})


def _region(regions: pd.Series, damage: Damage, rng: np.random.Generator) -> pd.Series:
    book = codebook("regions").set_index("region")["other"]
    missing, renamed, wrong = ways(rng, damage.of("region"), len(regions))
    another = _another(regions, list(book.index), rng)
    return regions.mask(renamed, regions.map(book)).mask(wrong, another).mask(missing, "")


def _another(words: pd.Series, known: list[str], rng: np.random.Generator) -> pd.Series:
    """For each of `words` one of the others that are `known`."""
    step = rng.integers(1, len(known), len(words))
    return taken(known, (pd.Index(known).get_indexer(words) + step) % len(known))


def _unit(units: pd.Series, reworded: np.ndarray, rng: np.random.Generator) -> pd.Series:
    """Units, of which some are worded otherwise."""
    which = rng.integers(0, len(WORDINGS), len(units))
    for place, wording in enumerate(WORDINGS):
        units = changed(units, reworded & (which == place), wording)
    return units


def _in_front(unit: str) -> str:
    branch, _, number = unit.split()
    return f"{number} {branch} bde"


def _with_number(unit: str) -> str:
    branch, _, number = unit.split()
    return f"{branch} brigade no. {number}"


def _without_branch(unit: str) -> str:
    return unit.split(maxsplit=1)[1]


WORDINGS = (_in_front, _with_number, _without_branch)  # of "infantry brigade 7"


def _hosts(n: int, rng: np.random.Generator) -> pd.Series:
    """One to three sites for each entry, of the 155 ways in which they can stand in a row."""
    names, most = list(HOSTS), len(PLACES)
    drawn = [pick(rng, list(HOSTS.values()), n) for _ in range(most)]
    count = pick(rng, PLACES, n)
    code = sum(place * len(names) ** i for i, place in enumerate(drawn))
    rows = [
        " ".join(names[code // len(names) ** i % len(names)] for i in range(count + 1))
        for count in range(most)
        for code in range(len(names) ** most)
    ]
    return taken(rows, count * len(names) ** most + code)
