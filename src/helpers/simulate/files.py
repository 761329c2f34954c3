"""Invented lists as files: with the truth for the teacher, without it for the pupil."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from helpers.paths import DATA
from helpers.simulate.damage import DAMAGE, Damage
from helpers.simulate.draws import SEED
from helpers.simulate.finding import LISTS, RawList, found
from helpers.simulate.people import people
from helpers.simulate.writing import InventedList, invented_list, written

INVENTED = DATA / "lists" / "invented.csv"
MARK = "Everyone in these files is invented. The war is invented too. No row is about a real person.\n"
FOR_PUPILS = MARK + "One file for each list. How many people are behind all these rows?\n"
FOR_TEACHERS = MARK + (
    "The lists are those that the pupils have. truth.csv says which person each row is about: rows with one person_id\n"
    "are one person, and F-... is nobody: a fake. people.csv has all {dead:,} dead, {seen:,} of whom are on a list.\n"
)


def write(
    folder: Path | str,
    dead: int = 1500,
    *,
    seed: int = SEED,
    damage: Damage | Mapping[str, Damage] = DAMAGE,
    lists: Sequence[RawList] = LISTS,
    world: str = "cyrillic",
) -> Path:
    """The `folder` in which the lists of an invented war now stand as files, those of teacher and pupils apart.

    `pupils` has one CSV file per list; `teachers` the same files, truth.csv (`record_id`, `person_id`) and people.csv
    (all `dead` people of the war, also those on no list; columns as in `people`). A README.txt in each says that all
    is invented. Columns of the lists: `written`. FileExistsError for a folder that is there and not empty: nothing is
    ever written over.
    """
    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder} is there and not empty: name a new folder, or empty it first")
    war = people(dead, seed=seed, world=world)
    told = written(war, found(war, lists, seed=seed), seed=seed, damage=damage)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent) as unfinished:
        _write_all(Path(unfinished) / "war", told, war)
        if folder.exists():
            folder.rmdir()
        shutil.move(Path(unfinished) / "war", folder)
    return folder


def write_default(path: Path = INVENTED) -> Path:
    """The path of data/lists/invented.csv, written anew: 2,000 invented records of the default seed."""
    return _csv(invented_list().rows, path)


def _write_all(folder: Path, told: InventedList, war: pd.DataFrame) -> None:
    seen = war["person_id"].isin(told.truth["person_id"]).sum()
    readmes = {"pupils": FOR_PUPILS, "teachers": FOR_TEACHERS.format(dead=len(war), seen=seen)}
    for reader, readme in readmes.items():
        (folder / reader).mkdir(parents=True)
        (folder / reader / "README.txt").write_text(readme, encoding="utf-8", newline="\n")
        for name, rows in told.rows.groupby("list", sort=False):
            _csv(rows, folder / reader / f"{name.replace(' ', '_')}.csv")
    _csv(told.truth, folder / "teachers" / "truth.csv")
    _csv(war, folder / "teachers" / "people.csv")


def _csv(table: pd.DataFrame, path: Path) -> Path:
    table.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
    return path
