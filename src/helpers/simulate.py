"""An invented war with known truth: people who never lived, and the list on which others find them."""

from __future__ import annotations

import datetime
import sys
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers.paths import DATA

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAMES = DATA / "codebooks" / "invented_names.csv"
INVENTED = DATA / "lists" / "invented.csv"
SEED = 20220224
BEGAN = datetime.date(2010, 3, 1)  # in years without such a war, so that no picture can be mistaken for a real one
OFFENSIVES = {(0, 45): 30, (45, 120): 14, (165, 60): 24, (225, 90): 8, (315, 70): 24}  # (first day, days): weight
REGIONS = {
    "Northshore": 21, "Lakeland": 18, "Highmoor": 15, "Eastmarch": 12, "Riverbend": 10, "Saltcoast": 8,
    "Pinewood": 6, "Stonefield": 5, "Westhaven": 3, "Capital": 2,
}  # fmt: skip
BRANCHES = {"infantry": 52, "airborne": 16, "armour": 12, "artillery": 9, "engineers": 6, "navy": 5}
RANKS = {"private": 52, "corporal": 17, "sergeant": 16, "warrant officer": 5, "lieutenant": 6, "captain": 3, "major": 1}
STATUSES = {"professional": 38, "mobilised": 24, "volunteer": 22, "prisoner": 16}
HOSTS = {"social.example": 55, "news.example": 22, "memorial.example": 13, "cemetery.example": 7, "court.example": 3}
FILLED = {"age": 0.72, "confirmed": 0.97, "region": 0.94, "branch": 0.58, "unit": 0.42, "rank": 0.66, "status": 0.71}
BORN = {"day": 42, "year": 33, "": 25}  # how much of a date is written
DIED = {"day": 63, "month": 17, "year": 5, "": 15}
SECOND, THIRD = 0.13, 0.02  # people who are on the list again under another spelling
MISSPELT, AGE_OFF, DAMAGED = 0.05, 0.04, 0.012
YO_AS_YE = 0.7  # most sources write е where the name has ё
COLUMNS = "list record_id name born age died confirmed region branch unit rank status source".split()

FORMS = {
    "{surname} {given} {patronymic}": 52, "{given} {patronymic} {surname}": 8, "{surname} {given}": 15,
    "{given} {surname}": 12, "{surname} {given:.1}. {patronymic:.1}.": 8, "{SURNAME} {given} {patronymic}": 5,
}  # fmt: skip
SCRIPTS = {"Cyrillic": 95, "Latin": 3, "other Latin": 2}
SLIPS = (
    ("died", "20103-05-12"), ("died", "2010-13-05"), ("died", "2012-06-30"),
    ("age", "344"), ("age", "young"), ("born", "1890"),
)  # fmt: skip
LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya".replace("_", "").split(" "),
        strict=True,
    )
)
OTHER_LATIN = LATIN | {"ё": "e", "й": "i", "х": "h", "ц": "c", "ю": "iu", "я": "ia"}


class InventedList(NamedTuple):
    """The rows of an invented list as its authors wrote them, and which person each row is about."""

    rows: pd.DataFrame
    truth: pd.DataFrame


def invented_list(n: int = 2000, *, seed: int = SEED) -> InventedList:
    """A raw list of `n` rows about people who never lived, and the truth behind it.

    `rows` has one row per record, all text as in data/lists/invented.csv (columns: data/README.md), in the order in
    which the deaths were confirmed. `truth` has one row per record: record_id and person_id (two records with one
    person_id are one person). Only uniform draws and whole numbers are used: a seed gives the same list anywhere.
    """
    rng = np.random.default_rng(seed)
    people = _people(n, rng)
    person = np.repeat(np.arange(n), 1 + (rng.random(n) < SECOND) + (rng.random(n) < THIRD))[:n]
    facts = people.iloc[person].reset_index(drop=True).assign(person=person)
    delay = np.floor(240 * rng.random(n) * rng.random(n) * rng.random(n)).astype(int)
    facts = facts.assign(confirmed=facts["died"] + 2 + delay).sort_values("confirmed", kind="stable")
    ids = pd.Series([f"I-{number:05d}" for number in range(1, n + 1)], name="record_id")
    rows = _written(facts.reset_index(drop=True), rng).assign(list="invented", record_id=ids)
    truth = pd.DataFrame({"record_id": ids, "person_id": [f"P-{p + 1:05d}" for p in facts["person"]]})
    return InventedList(_damaged(rows[COLUMNS], rng), truth)


def latin(text: str, *, other: bool = False) -> str:
    """Russian `text` in Latin letters, by the usual English spelling or by `other`, a spelling found in passports."""
    letters = OTHER_LATIN if other else LATIN
    return "".join(_like(letters.get(letter.lower(), letter), letter) for letter in text)


def write(path: Path = INVENTED) -> Path:
    """The path of data/lists/invented.csv, written anew: 2,000 invented records of the default seed."""
    invented_list().rows.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
    return path


def _like(written: str, letter: str) -> str:
    return written.capitalize() if letter.isupper() else written


def _pick(rng: np.random.Generator, weights: Mapping[object, int], size: int) -> list:
    """`size` keys of `weights`, each drawn in proportion to its whole-number weight."""
    edges = np.cumsum(list(weights.values()))
    keys = list(weights)
    return [keys[i] for i in np.searchsorted(edges, rng.random(size) * edges[-1], side="right")]


def _people(n: int, rng: np.random.Generator) -> pd.DataFrame:
    """`n` invented people: name parts, days of birth and death (as ordinals), region, branch, unit, rank, status."""
    names = pd.read_csv(NAMES, encoding="utf-8").groupby("part")
    parts = {part: _pick(rng, dict(zip(t["name"], t["weight"], strict=True)), n) for part, t in names}
    first, days = np.array(_pick(rng, OFFENSIVES, n)).T
    died = BEGAN.toordinal() + first + np.floor(days * rng.random(n)).astype(int)
    age = 19 + np.floor(44 * rng.random(n) * rng.random(n)).astype(int)
    born = died - 365 * age - np.floor(365 * rng.random(n)).astype(int)
    chosen = {"region": REGIONS, "branch": BRANCHES, "rank": RANKS, "status": STATUSES}
    columns = {column: _pick(rng, weights, n) for column, weights in chosen.items()}
    unit = [f"brigade {1 + int(12 * u)}" for u in rng.random(n)]
    return pd.DataFrame({**parts, "born": born, "died": died, "age": age, **columns, "unit": unit})


def _written(facts: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """What a source writes of the facts: a spelling of the name, part of the dates, and some of the rest."""
    n = len(facts)
    age = facts["age"] + (rng.random(n) < AGE_OFF)
    told = {"confirmed": _dates(facts["confirmed"], ["day"] * n), "age": age.astype(str)}
    told |= {column: facts[column] for column in ("region", "branch", "unit", "rank", "status")}
    filled = {c: told[c].where(pd.Series(rng.random(n) < share), "") for c, share in FILLED.items()}
    return pd.DataFrame(
        {
            "name": _spelled(facts, rng),
            "born": _dates(facts["born"], _pick(rng, BORN, n)),
            "died": _dates(facts["died"], _pick(rng, DIED, n)),
            **filled,
            "source": _addresses(n, rng),
        }
    )


def _spelled(facts: pd.DataFrame, rng: np.random.Generator) -> list[str]:
    n = len(facts)
    forms, scripts, slips = _pick(rng, FORMS, n), _pick(rng, SCRIPTS, n), rng.random(n) < MISSPELT
    names = facts[["surname", "given", "patronymic"]].assign(place=rng.random(n), plain=rng.random(n) < YO_AS_YE)
    choices = zip(names.itertuples(index=False), forms, scripts, slips, strict=True)
    return [_name(*choice) for choice in choices]


def _name(person: NamedTuple, form: str, script: str, slip: bool) -> str:
    surname = _misspelt(person.surname, person.place) if slip else person.surname
    parts = {"surname": surname, "given": person.given, "patronymic": person.patronymic}
    name = form.format(**parts, SURNAME=surname.upper())
    if script != "Cyrillic":
        return latin(name, other=script == "other Latin")
    return name.replace("ё", "е").replace("Ё", "Е") if person.plain else name


def _misspelt(word: str, place: float) -> str:
    """`word` with one letter lost, doubled, or changed with its neighbour; `place` (0 to 1) says where and how."""
    slot = int(place * 3 * (len(word) - 2))
    at = 1 + slot // 3
    middle = ("", 2 * word[at], word[at + 1] + word[at])[slot % 3]
    return word[:at] + middle + word[at + (2 if slot % 3 == 2 else 1) :]


def _dates(ordinals: pd.Series, precisions: list[str]) -> pd.Series:
    length = {"day": 10, "month": 7, "year": 4, "": 0}
    days = map(datetime.date.fromordinal, ordinals)
    return pd.Series([day.isoformat()[: length[p]] for day, p in zip(days, precisions, strict=True)], dtype=str)


def _addresses(n: int, rng: np.random.Generator) -> list[str]:
    """One to three invented addresses a record; names that end in .example belong to nobody (RFC 2606)."""
    counts = _pick(rng, {1: 62, 2: 28, 3: 10}, n)
    found = [f"https://{host}/{number}" for number, host in enumerate(_pick(rng, HOSTS, 3 * n))]
    return [" ".join(found[3 * i : 3 * i + count]) for i, count in enumerate(counts)]


def _damaged(rows: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """The same rows with slips of the keyboard in a few: what a reader of the list has to set aside."""
    hit = np.flatnonzero(rng.random(len(rows)) < DAMAGED)
    damaged = rows.copy()
    for row, (column, value) in zip(hit, _pick(rng, dict.fromkeys(SLIPS, 1), len(hit)), strict=True):
        damaged.loc[row, column] = value
    return damaged


if __name__ == "__main__":
    print(write().relative_to(DATA.parent))
    sys.exit(0)
