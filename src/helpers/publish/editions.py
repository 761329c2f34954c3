"""Editions: the report as it would have been on one day."""

from __future__ import annotations

import argparse
import datetime
import sys
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from helpers.figures import day_in_words
from helpers.paths import BUILD, EDITIONS

if TYPE_CHECKING:
    from pathlib import Path

# the end of the month of the first total that the ledger holds
FIRST = datetime.date(2022, 3, 31)
ALLOWED = {"title", "known_on", "parameters"}


class EditionError(ValueError):
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


def read(name: str, folder: Path = EDITIONS) -> Edition:
    """The edition of `<name>.toml` in `folder`, or, where `name` is a day (YYYY-MM-DD), the edition of that day."""
    file = folder / f"{name}.toml"
    if not file.is_file():
        return _of_day(name, folder)
    content = tomllib.loads(file.read_text("utf-8"))
    if unknown := set(content) - ALLOWED:
        raise EditionError(f"{file.name}, key {', '.join(sorted(unknown))}: allowed are {', '.join(sorted(ALLOWED))}")
    if type(content.get("known_on")) is not datetime.date:
        raise EditionError(f"{file.name}, key known_on: a day is needed, written as known_on = 2026-08-22")
    return Edition(name, content.get("title", name), content["known_on"], content.get("parameters", {}))


def _of_day(name: str, folder: Path) -> Edition:
    try:
        day = datetime.date.fromisoformat(name)
    except ValueError:
        known = ", ".join(sorted(file.stem for file in folder.glob("*.toml")))
        raise EditionError(f"no edition '{name}': allowed are {known}, or a day written YYYY-MM-DD") from None
    if not FIRST <= day <= read("latest", folder).known_on:
        last = read("latest", folder).known_on
        raise EditionError(f"no edition '{name}': allowed are days from {FIRST}, when the first total of a list of "
                           f"the dead was known, to {last}, the day of the newest data")  # fmt: skip
    return Edition(name, f"What was known on {day_in_words(day)}", day)


def main(arguments: list[str] | None = None) -> int:
    """Say which edition a name or a day means; the exit code: 1, after one clear line, when it means none."""
    parser = argparse.ArgumentParser(prog="python -m helpers.publish.editions", description=main.__doc__)
    parser.add_argument("edition")
    try:
        edition = read(parser.parse_args(arguments).edition)
    except EditionError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"edition {edition.name}: what was known on {day_in_words(edition.known_on)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
