"""Editions: the report as it would have been on one day."""

from __future__ import annotations

import argparse
import datetime
import re
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from helpers import texts, toml_files
from helpers.paths import BUILD, EDITIONS
from helpers.refusals import Refusal, quoted, short

if TYPE_CHECKING:
    from pathlib import Path

# the end of the month of the first total that the ledger holds
FIRST = datetime.date(2022, 3, 31)
ALLOWED = {"title", "known_on", "parameters"}
LATEST = "latest"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")  # it names folders, and make reads it
TAKEN = ("compare", "sources")  # other things in build/ have these names
DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


class EditionError(Refusal, ValueError):
    """An edition that cannot be read; the message names file, key and what is allowed."""


@dataclass(frozen=True)
class Edition:
    """One edition: its name, its title, the day up to which it knows, and the notebooks' parameters that differ."""

    name: str
    title: str
    known_on: datetime.date
    parameters: dict[str, dict[str, object]] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """The folder under build/ that holds everything made for this edition."""
        return BUILD / self.name


def names(folder: Path = EDITIONS) -> list[str]:
    """The names of the editions in `folder`, sorted; any day is an edition besides."""
    return sorted(file.stem for file in folder.glob("*.toml"))


def read(name: str, folder: Path = EDITIONS) -> Edition:
    """The edition of `<name>.toml` in `folder`, or, where `name` is a day (YYYY-MM-DD), the edition of that day.

    EditionError for a name that is neither, a file that cannot be read, and a day of which the data cannot tell.
    """
    day, content = _found(name, folder)
    return Edition(name, content.get("title") or _title(day), day, content.get("parameters", {}))


def day_of(name: str, folder: Path = EDITIONS) -> datetime.date:
    """The day up to which the edition `name` knows; EditionError as in `read`. Needs no package besides Python."""
    return _found(name, folder)[0]


def _found(name: str, folder: Path) -> tuple[datetime.date, dict]:
    """The day of an edition, and what its file holds; nothing for a day that has no file."""
    if name not in names(folder):
        return _within(name, _day(name, folder), folder), {}
    if not NAME.fullmatch(name) or name in TAKEN:
        shown, taken = texts.in_terminal(name), " and ".join(TAKEN)
        raise EditionError(f"{shown}.toml: the name of an edition has letters, digits, - and _, and is not {taken}")
    content = _content(folder / f"{name}.toml")
    day = content["known_on"]
    return day if name == LATEST else _within(name, day, folder), content


def _content(file: Path) -> dict:
    content = toml_files.read(file, error=EditionError)
    if unknown := set(content) - ALLOWED:
        said = ", ".join(sorted(map(short, unknown)))
        raise EditionError(f"{file.name}, key {said}: allowed are {', '.join(sorted(ALLOWED))}")
    if type(content.get("known_on")) is not datetime.date:
        raise EditionError(f"{file.name}, key known_on: a day is needed, written as known_on = 2026-08-22")
    if not isinstance(content.get("title", ""), str):
        raise EditionError(f"{file.name}, key title: {quoted(content['title'])} is no text; put it between quotes")
    given = content.get("parameters", {})
    if not (isinstance(given, dict) and all(isinstance(values, dict) for values in given.values())):
        raise EditionError(f"{file.name}, key parameters: a table for each notebook is needed: [parameters.NOTEBOOK]")
    return content


def _day(name: str, folder: Path) -> datetime.date:
    """The day that `name` writes as YYYY-MM-DD."""
    shown = texts.in_terminal(name)
    if not (parts := DAY.fullmatch(name)):
        known = ", ".join(names(folder))
        raise EditionError(f"no edition '{shown}': allowed are {known}, or a day written YYYY-MM-DD")
    try:
        return datetime.date(*map(int, parts.groups()))
    except ValueError:
        raise EditionError(f"no edition '{shown}': no such day; write a day of the calendar as YYYY-MM-DD") from None


def _within(name: str, day: datetime.date, folder: Path) -> datetime.date:
    """The same day, if there is data for it."""
    last = day_of(LATEST, folder)
    if not FIRST <= day <= last:
        raise EditionError(
            f"no edition '{texts.in_terminal(name)}': allowed are days from {FIRST}, when the first total of a list of "
            f"the dead was known, to {last}, the day of the newest data"
        )
    return day


def _title(day: datetime.date) -> str:
    from helpers.figures import day_in_words

    return f"What was known on {day_in_words(day)}"


def main(arguments: list[str] | None = None) -> int:
    """Say which edition a name or a day means, or name all; the exit code: 1, after one clear line, when it cannot."""
    parser = argparse.ArgumentParser(prog="python -m helpers.publish.editions", description=main.__doc__)
    parser.add_argument("edition", nargs="?", help="a file of editions/, or a day (YYYY-MM-DD); default: name all")
    asked = parser.parse_args(arguments).edition
    try:
        told = [_in_words(asked)] if asked is not None else [read(name).name for name in names()]
    except EditionError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(told), flush=True)
    return 0


def _in_words(name: str) -> str:
    from helpers.figures import day_in_words

    return f"edition {name}: what was known on {day_in_words(read(name).known_on)}"


if __name__ == "__main__":
    sys.exit(main())
