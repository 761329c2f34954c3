"""The people of an invented war: who they were, where from, how they served, and when they died."""

from __future__ import annotations

import datetime
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers import own_tables
from helpers.paths import DATA
from helpers.simulate.draws import SEED, choose, happens, pick, stream, taken

if TYPE_CHECKING:
    from collections.abc import Mapping

BEGAN = datetime.date(2010, 3, 1)  # in years without such a war, so that no picture can be mistaken for a real one
OFFENSIVES = {
    (0, 45): 30, (45, 120): 14, (165, 60): 24, (225, 90): 8, (315, 70): 24,
    (385, 180): 20, (565, 90): 40, (655, 300): 34, (955, 80): 36, (1035, 365): 40,
}  # (first day, days): weight  # fmt: skip
WORLDS = {"cyrillic": 0.0, "arabic": 0.3}  # the script of the names: share of women among the dead
COMPOSED = 0.35  # of people whose surname is put together of parts: most surnames are rare
BRANCHES = {"infantry": 52, "airborne": 16, "armour": 12, "artillery": 9, "engineers": 6, "navy": 5}
UNITS = 40  # units of a branch, numbered
AT_HOME = 0.6  # serve in one of the few units that recruit in their region
STATUSES = {"professional": 70, "volunteer": 30}
LATER_STATUSES = {"professional": 24, "volunteer": 26, "mobilised": 28, "prisoner": 22}
MOBILISED = 150  # day of the war from which men are mobilised and prisoners recruited
RANKS = ("private", "corporal", "sergeant", "warrant officer", "lieutenant", "captain", "major")
CAREER = (36, 18, 22, 7, 10, 5, 2)  # weights of the ranks among professionals
DRAFTED = (78, 12, 8, 1, 1, 0, 0)  # and among all others
YOUNGEST, AGES = 19, 44  # years: the dead are 19 to 62
BROTHERS_APART = (1, 8)  # years between their births
COLUMNS = (
    "person_id surname given patronymic sex birth_date region settlement branch unit rank status death_date"
).split()


def people(
    n: int,
    *,
    seed: int = SEED,
    world: str = "cyrillic",
    began: datetime.date = BEGAN,
    offensives: Mapping[tuple[int, int], int] = OFFENSIVES,
    brothers: float = 0.01,
    namesakes: float = 0.004,
    women: float | None = None,
) -> pd.DataFrame:
    """`n` invented people who died in an invented war, one row per person.

    Columns: `person_id`; `surname`, `given`, `patronymic` (in the arabic world the family's name, one's own and the
    father's); `sex` (male, female); `birth_date`; `region`, `settlement` (home); `branch`, `unit`, `rank`, `status`
    (how they came into the army; mobilised men and prisoners only die later in the war); `death_date`. Nothing is
    missing.

    `world`: cyrillic or arabic, the script of the names; `began`: first day of the war; `offensives`: weight of each
    (first day, number of days) in which people die; `brothers`: share of people who have surname, patronymic and home
    of another, and were born within eight years of him; `namesakes`: share who have the whole name of another;
    `women`: share of women (by default none in the cyrillic world, 0.3 in the arabic). ValueError for another `world`,
    for a cyrillic world with women (its names are those of men) and for shares that do not fit.
    """
    women = _checked(n, world, brothers, namesakes, women)
    died = _days_of_death(n, stream(seed, "deaths"), offensives)
    table = pd.concat([_homes(n, world, stream(seed, "homes")), _service(died, stream(seed, "service"))], axis=1)
    table["sex"] = np.where(happens(stream(seed, "sex"), women, n), "female", "male")
    table = table.assign(**_names(table, stream(seed, "names")))
    table["born"] = died - 365 * _ages(n, stream(seed, "ages")) - stream(seed, "birthdays").integers(0, 365, n)
    table = _with_kin(table.assign(died=died), stream(seed, "kin"), brothers, namesakes)
    dates = {f"{name}_date": _dates(table[day], began) for name, day in (("birth", "born"), ("death", "died"))}
    table = table.assign(**dates, unit=_units(table, stream(seed, "units")))
    return table.assign(person_id=numbered("P", n))[COLUMNS]


def numbered(letter: str, n: int) -> pd.Series:
    """`n` identifiers, P-0000001 and so on."""
    return pd.Series([f"{letter}-{number:07d}" for number in range(1, n + 1)], dtype="str")


@cache
def codebook(name: str) -> pd.DataFrame:
    """The table data/codebooks/invented_`name`.csv (columns: data/README.md); a cell left empty is ""."""
    return own_tables.read(DATA / "codebooks" / f"invented_{name}.csv", keep_default_na=False)


def _checked(n: int, world: str, brothers: float, namesakes: float, women: float | None) -> float:
    if world not in WORLDS:
        raise ValueError(f"world is '{world}': allowed are {', '.join(WORLDS)}")
    women = WORLDS[world] if women is None else women
    if world == "cyrillic" and women:
        raise ValueError(f"women is {women}: the names of the cyrillic world are those of men; allowed is 0")
    if min(brothers, namesakes) < 0 or brothers + namesakes > 0.5:
        raise ValueError(
            f"brothers {brothers} and namesakes {namesakes}: each needs someone to be like, so both together "
            "are at most 0.5, and neither below 0"
        )
    if n < 1:
        raise ValueError(f"n is {n}: at least one person is needed")
    return women


def _days_of_death(n: int, rng: np.random.Generator, offensives: Mapping[tuple[int, int], int]) -> np.ndarray:
    first, days = np.array(list(offensives)).T
    drawn = pick(rng, list(offensives.values()), n)
    return first[drawn] + np.floor(days[drawn] * rng.random(n)).astype(int)


def _ages(n: int, rng: np.random.Generator) -> np.ndarray:
    return YOUNGEST + np.floor(AGES * rng.random(n) * rng.random(n)).astype(int)


def _dates(days: pd.Series, began: datetime.date) -> pd.Series:
    """Days of the war, those before it negative, as dates."""
    return (np.datetime64(began, "D") + days.to_numpy().astype("timedelta64[D]")).astype("datetime64[ns]")


def _homes(n: int, world: str, rng: np.random.Generator) -> pd.DataFrame:
    """Region, settlement, and `names`: whose names are given there."""
    regions, settlements = codebook("regions"), codebook("settlements").groupby("region", sort=False)
    region = pick(rng, regions["weight"], n)
    settlement, names = pd.Series("", range(n), dtype="str"), pd.Series(world, range(n), dtype="str")
    for place, row in enumerate(regions.itertuples()):
        here = np.flatnonzero(region == place)
        towns = settlements.get_group(row.region)
        settlement.iloc[here] = taken(towns["settlement"], pick(rng, towns["weight"], len(here)))
        if world == "cyrillic":
            shares = {name: getattr(row, name) for name in regions.columns[3:]}
            names.iloc[here] = choose(rng, shares, len(here))
    return pd.DataFrame({"region": taken(regions["region"], region), "settlement": settlement, "names": names})


def _service(died: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    n = len(died)
    early, later = choose(rng, STATUSES, n), choose(rng, LATER_STATUSES, n)
    status = early.where(died < MOBILISED, later)
    career, drafted = pick(rng, CAREER, n), pick(rng, DRAFTED, n)
    rank = taken(RANKS, np.where(status == "professional", career, drafted))
    return pd.DataFrame({"branch": choose(rng, BRANCHES, n), "rank": rank, "status": status})


def _units(table: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    """Numbered units of a branch; most people are in one of the few that recruit in their region."""
    n = len(table)
    regions = codebook("regions")["region"]
    few = UNITS // len(regions)
    home = few * pd.Index(regions).get_indexer(table["region"]) + np.floor(few * rng.random(n)).astype(int)
    away = np.floor(UNITS * rng.random(n)).astype(int)
    number = np.where(happens(rng, AT_HOME, n), home, away)
    return table["branch"] + " brigade " + taken([str(i + 1) for i in range(UNITS)], number)


def _names(table: pd.DataFrame, rng: np.random.Generator) -> dict[str, pd.Series]:
    """Surname, given name and patronymic of each row, by whose names are given there and by sex."""
    parts = codebook("names")
    written = {part: pd.Series("", table.index, dtype="str") for part in ("surname", "given", "patronymic")}
    for names, rows in table.groupby("names"):
        of_these = parts[parts["people"] == names]
        written["surname"].loc[rows.index] = _surnames(of_these, rng, len(rows)).to_numpy()
        written["patronymic"].loc[rows.index] = _drawn(of_these, "patronymic", rng, len(rows)).to_numpy()
        for sex, same in rows.groupby("sex"):
            own = of_these[of_these["sex"] == sex]
            written["given"].loc[same.index] = _drawn(own, "given", rng, len(same)).to_numpy()
    return written


def _drawn(parts: pd.DataFrame, part: str, rng: np.random.Generator, n: int) -> pd.Series:
    rows = parts[parts["part"] == part]
    return taken(rows["name"], pick(rng, rows["weight"], n))


def _surnames(parts: pd.DataFrame, rng: np.random.Generator, n: int) -> pd.Series:
    """Common surnames, and, where there are parts to put together, rare ones: prefix, stem, ending."""
    common = _drawn(parts, "surname", rng, n)
    if not (parts["part"] == "stem").any():
        return common
    prefix, stem = _drawn(parts, "prefix", rng, n), _drawn(parts, "stem", rng, n)
    rare = (prefix + stem.str.lower()).where(prefix != "", stem)
    if (parts["part"] == "ending").any():
        rare += _drawn(parts, "ending", rng, n)
    return common.mask(happens(rng, COMPOSED, n), rare)


def _with_kin(table: pd.DataFrame, rng: np.random.Generator, brothers: float, namesakes: float) -> pd.DataFrame:
    """The same people, of whom some are brothers of another and some bear another's name; nobody is in two pairs."""
    n = len(table)
    order = np.argsort(rng.random(n), kind="stable")
    kin, alike = (int(share * n) for share in (brothers, namesakes))
    some, others, these, those = np.split(order[: 2 * (kin + alike)], [kin, 2 * kin, 2 * kin + alike])
    table = table.copy()
    _copy(table, some, others, ["surname", "patronymic", "region", "settlement", "names"])
    _copy(table, these, those, ["surname", "given", "patronymic", "sex", "names"])
    low, high = BROTHERS_APART
    apart = 365 * low + np.floor(365 * (high - low) * rng.random(kin)).astype(int)
    birth, oldest = table["born"].to_numpy()[others], table["died"].to_numpy()[some] - 365 * YOUNGEST
    younger = happens(rng, 0.5, kin) & (birth + apart <= oldest)
    # an elder brother who would have died too young to serve is older still
    born = np.where(younger, birth + apart, np.minimum(birth - apart, oldest))
    table.iloc[some, table.columns.get_loc("born")] = born
    return table


def _copy(table: pd.DataFrame, into: np.ndarray, origin: np.ndarray, columns: list[str]) -> None:
    for column in columns:
        values = table[column].array.copy()
        values[into] = values[origin]
        table[column] = values
