"""Invented lists written down: as text, as their authors wrote them, or as records ready for linkage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.lists import records as list_records
from helpers.simulate.damage import DAMAGE, Damage
from helpers.simulate.draws import SEED, stream
from helpers.simulate.entries import entries
from helpers.simulate.finding import LISTS, RawList, found
from helpers.simulate.people import numbered, people
from helpers.simulate.spelling import PARTS

# columns of a list as its authors write it; all of them are text
COLUMNS = ["list", *(column for column in list_records.TEXT if column != "unit_type")]
UNITS = {"day": "D", "month": "M", "year": "Y"}
# what a hurried hand does to a cell, by column
SLIPS = (
    ("died", "20103-05-12"), ("died", "2010-13-05"), ("died", "2030-06-30"),
    ("age", "344"), ("age", "young"), ("born", "1890"),
)  # fmt: skip
PILOT = 2000  # people from whom the number of entries a person is judged
SPARE = (1.05, 1.3, 2.0)  # so many times as many people as should do


class InventedList(NamedTuple):
    """The rows of invented lists as their authors wrote them, and which person each row is about."""

    rows: pd.DataFrame
    truth: pd.DataFrame


class InventedRecords(NamedTuple):
    """Records of invented lists, ready for linkage, and which person each record is about."""

    records: pd.DataFrame
    truth: pd.DataFrame


def written(
    people: pd.DataFrame, found: pd.DataFrame, *, seed: int = SEED, damage: Damage | Mapping[str, Damage] = DAMAGE
) -> InventedList:
    """The lists that `found` some of the `people`, as their authors wrote them, and the truth behind each row.

    `rows`: one row per record, all text ("" is missing), by list and day of confirmation; columns as in
    data/lists/invented.csv (data/README.md), and `sex` after the name where some of the people are women. `truth`: one
    row per record, `record_id` and `person_id` (two records of one person_id are one person, F-... is a planted fake
    and nobody). `damage` as in `entries`; `Damage.none()` writes nothing but the truth.
    """
    return _as_text(entries(people, found, damage=damage, seed=seed), seed)


def invented_list(
    n: int = 2000,
    *,
    seed: int = SEED,
    damage: Damage | Mapping[str, Damage] = DAMAGE,
    lists: Sequence[RawList] = LISTS,
    world: str = "cyrillic",
) -> InventedList:
    """`n` rows of invented lists as `written` gives them, by default those of data/lists/invented.csv."""
    return _as_text(_first(n, seed, damage, lists, world), seed)


def records(
    n: int,
    *,
    seed: int = SEED,
    damage: Damage | Mapping[str, Damage] = DAMAGE,
    lists: Sequence[RawList] = LISTS,
    world: str = "cyrillic",
) -> InventedRecords:
    """`n` records of an invented war in the schema of `helpers.lists.records`, and the truth behind each.

    `records`: one row per record, by list and day of confirmation; columns as in data/README.md, every part of a name
    in its own column, `sex` in the arabic world only. Missing is missing. `truth` as in `written`. Nothing is set
    aside: a shifted or swapped date may lie where a reader of the list would refuse it.
    """
    said = _first(n, seed, damage, lists, world)
    hosts = {sites: " ".join(sorted(set(sites.split()))) for sites in said["hosts"].unique()}
    typed = {
        "birth_date": said["birth"].where(said["birth_precision"] == "day"),
        "birth_year": said["birth"].dt.year.where(said["birth_precision"] != "").astype("Int64"),
        "death_date": said["death"].where(said["death_precision"] != ""),
        "evidence": (said["hosts"].str.count(" ") + 1).astype("Int64"),
        "hosts": said["hosts"].map(hosts),
        "unit_type": pd.Series("", said.index, dtype="str"),
    }
    table = said.assign(**typed)[list_records.COLUMNS]
    texts = table.select_dtypes("str").columns
    table = table.assign(**{name: table[name].mask(table[name] == "") for name in texts})
    return InventedRecords(table, said[["record_id", "person_id"]])


def _first(
    n: int, seed: int, damage: Damage | Mapping[str, Damage], lists: Sequence[RawList], world: str
) -> pd.DataFrame:
    """`n` entries: all fakes, and the first people of a war as many as it takes, the last of them perhaps cut short."""
    if n < 1:
        raise ValueError(f"n is {n}: at least one record is needed")
    pilot = found(people(PILOT, seed=seed, world=world), lists, seed=seed)
    each = pilot.loc[pilot["confirmed"].notna(), "copies"].sum() / PILOT
    for spare in SPARE:
        war = people(int(spare * n / each) + 50, seed=seed, world=world)
        said = entries(war, found(war, lists, seed=seed), damage=damage, seed=seed)
        if len(said) >= n:
            break
    first = np.argsort(said["person_id"].array, kind="stable")[:n]  # F-... before P-...
    return said.iloc[np.sort(first)].reset_index(drop=True).assign(record_id=numbered("I", n))


def _as_text(said: pd.DataFrame, seed: int) -> InventedList:
    confirmed = pd.Series(said["confirmed"].dt.strftime("%Y-%m-%d").fillna(""), dtype="str")
    rows = said.assign(
        born=_text(said["birth"], said["birth_precision"]),
        died=_text(said["death"], said["death_precision"]),
        age=said["age"].astype("str").fillna(""),
        confirmed=confirmed,
        source=_addresses(said["hosts"]),
        **{part: said[part].mask(said["whole_name_only"], "") for part in PARTS},
    )
    columns = COLUMNS if (said["sex"] != "").any() else [column for column in COLUMNS if column != "sex"]
    rows = _spoilt(rows[columns], np.flatnonzero(said["slip"]), stream(seed, "slips"))
    return InventedList(rows, said[["record_id", "person_id"]])


def _text(days: pd.Series, precisions: pd.Series) -> pd.Series:
    """Days as YYYY-MM-DD, YYYY-MM or YYYY, as far as they are told."""
    text = pd.Series("", days.index, dtype="str")
    for precision, unit in UNITS.items():
        here = precisions == precision
        text[here] = np.datetime_as_string(days[here].to_numpy(), unit=unit)
    return text


def _addresses(hosts: pd.Series) -> pd.Series:
    """An address for every site of evidence; none of them leads anywhere."""
    rows = [" ".join(f"https://{host}/{row}" for host in sites.split()) for row, sites in enumerate(hosts, start=1)]
    return pd.Series(rows, hosts.index, dtype="str")


def _spoilt(rows: pd.DataFrame, hit: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """The same rows with a cell that cannot be right in each of those at `hit`."""
    drawn = rng.integers(0, len(SLIPS), len(hit))
    rows = rows.copy()
    for place, (column, value) in enumerate(SLIPS):
        rows.loc[hit[drawn == place], column] = value
    return rows
