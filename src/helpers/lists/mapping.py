"""The mapping of a list of one's own: a small TOML file that says which column of which file means what.

One section for each list; data/lists/my_list.toml is an example, and data/README.md explains every key.
"""

from __future__ import annotations

import datetime
import difflib
import tomllib
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from helpers.lists import dates, formats
from helpers.lists.formats import Layout, ListError
from helpers.lists.formats.text import DELIMITERS, ENCODINGS
from helpers.lists.quarantine import LIFETIME
from helpers.lists.records import TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

FIELDS = ("list", *TEXT)
NAMES = ("name", "surname")
Table = MappingProxyType


@dataclass(frozen=True)
class ListMapping:
    """What a section says of one list; the keys of the file are the fields, and what has a default may be left out.

    `name` is that of the section. `file` lies relative to the mapping. `columns` and `constants` go by field, `codes`
    by field and then by the word of the file. `since` is the day on which the war began, `until` the last day that the
    list can know of. data/README.md says what each of them means.
    """

    name: str
    file: Path
    since: pd.Timestamp
    until: pd.Timestamp
    columns: Mapping[str, str]
    format: str = ""
    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str = ""
    header: int = 1
    dates: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=lambda: Table({}))
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: Table({}))
    ages: tuple[int, int] = LIFETIME
    once_per_list: bool = True
    set_aside_at_most: float = 0.2

    @property
    def layout(self) -> Layout:
        """How the file is laid out."""
        return Layout(self.encoding, self.delimiter, self.sheet, self.header)


KEYS = tuple(one.name for one in fields(ListMapping) if one.name != "name")
NEEDED = ("file", "since", "until", "columns")


def read(toml: Path) -> tuple[ListMapping, ...]:
    """Every list that the mapping at `toml` describes, in its order.

    ListError names file, section and key: for a key that is not known (with the allowed ones and the nearest), one that
    is missing, and a value that cannot be right.
    """
    formats.refuse_no_file(toml)
    try:
        content = tomllib.loads(toml.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ListError(f"{toml.name}: cannot be read ({error.strerror}); check its name and place") from error
    except (ValueError, RecursionError) as error:
        raise ListError(f"{toml.name}: no TOML in UTF-8 ({error}); see the example data/lists/my_list.toml") from error
    if loose := [key for key, value in content.items() if not isinstance(value, dict)]:
        raise ListError(f"{toml.name}, key {', '.join(loose)}: in no section; begin one with [name_of_the_list]")
    if not content:
        raise ListError(f"{toml.name}: no section; begin one with [name_of_the_list]")
    return tuple(_mapping(name, section, toml) for name, section in content.items())


def _mapping(name: str, section: dict[str, object], toml: Path) -> ListMapping:
    where = f"{toml.name}, [{name}]"
    _known(section, KEYS, f"{where}, key")
    if missing := [key for key in NEEDED if key not in section]:
        raise ListError(f"{where}: no key {', '.join(missing)}; see the example data/lists/my_list.toml")
    made = {key: CHECKS[key](value, f"{where}, key {key}") for key, value in section.items()}
    made["file"] = toml.parent / made["file"]
    mapping = ListMapping(name=name, **made)
    _consistent(mapping, where)
    return mapping


def _consistent(mapping: ListMapping, where: str) -> None:
    """Refuse values that are right one by one and wrong together."""
    if not any(name in mapping.columns for name in NAMES):
        raise ListError(f"{where}, key columns: no name; say which column holds {' or '.join(NAMES)}")
    if both := [one for one in mapping.constants if one in mapping.columns]:
        raise ListError(f"{where}, key constants: {', '.join(both)} is a column already; leave out one of the two")
    if without := [one for one in mapping.codes if one not in mapping.columns]:
        raise ListError(f"{where}, key codes: {', '.join(without)} is no column; add it to columns")
    if mapping.since > mapping.until:
        raise ListError(f"{where}, key until: before since; give the last day that the list can know of")
    if not mapping.format:
        formats.kind_of(mapping.file)


def _known(given: Collection[str], allowed: Collection[str], where: str) -> None:
    for key in given:
        if key not in allowed:
            near = difflib.get_close_matches(key, allowed, n=1, cutoff=0.5)
            hint = f" (perhaps {near[0]}?)" if near else ""
            raise ListError(f"{where} {key}: not known{hint}; allowed are {', '.join(allowed)}")


def _text(value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip(" "):
        raise ListError(f"{where}: text in quotation marks is needed")
    return value


def _sheet(value: object, where: str) -> str:
    return "" if value == "" else _text(value, where)


def _one_of(allowed: Collection[str]) -> Callable[[object, str], str]:
    def check(value: object, where: str) -> str:
        _known([_text(value, where)], allowed, f"{where}:")
        return str(value)

    return check


def _day(value: object, where: str) -> pd.Timestamp:
    day = value.isoformat() if type(value) is datetime.date else value
    if not isinstance(day, str) or dates.spans(pd.Series([day]))["precision"].item() != "day":
        raise ListError(f"{where}: a day is needed, written YYYY-MM-DD")
    return pd.Timestamp(day)


def _row(value: object, where: str) -> int:
    if type(value) is not int or value < 1:
        raise ListError(f"{where}: the number of the row with the headings is needed, 1 for the first")
    return value


def _share(value: object, where: str) -> float:
    if type(value) not in (int, float) or not 0 <= value <= 1:
        raise ListError(f"{where}: a share from 0 to 1 is needed")
    return float(value)


def _ages(value: object, where: str) -> tuple[int, int]:
    low, high = LIFETIME
    whole = isinstance(value, list) and len(value) == 2 and all(type(one) is int for one in value)
    if not whole or not low <= value[0] < value[1] <= high:
        wanted = f"the youngest and the oldest in years, from {low} to {high}"
        raise ListError(f"{where}: {wanted}, are needed, such as [14, 90]")
    return value[0], value[1]


def _yes_or_no(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise ListError(f"{where}: true or false is needed")
    return value


def _texts(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ListError(f'{where}: a list of texts is needed, such as ["DD.MM.YYYY"]')
    return tuple(_text(one, where) for one in value)


def _forms(value: object, where: str) -> tuple[str, ...]:
    forms = _texts(value, where)
    for form in forms:
        try:
            dates.pattern(form)
        except ValueError as error:
            raise ListError(f"{where}: {error}") from None
    return forms


def _by_field(value: object, where: str) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise ListError(f'{where}: a table is needed, with a line such as surname = "Family name"')
    _known(value, FIELDS, f"{where}, field")
    return Table({one: _text(text, f"{where}, field {one}").strip() for one, text in value.items()})


def _codes(value: object, where: str) -> Mapping[str, Mapping[str, str]]:
    if not isinstance(value, dict) or not all(isinstance(words, dict) for words in value.values()):
        raise ListError(f"{where}: a table for each field is needed, such as [name_of_the_list.codes.status]")
    _known(value, FIELDS, f"{where}, field")
    checked = {
        one: {word.strip(): _text(text, f"{where}, field {one}, word {word}") for word, text in words.items()}
        for one, words in value.items()
    }
    return Table({one: Table(words) for one, words in checked.items()})


CHECKS: dict[str, Callable[[object, str], object]] = {
    "file": _text, "format": _one_of(tuple(formats.READERS)), "encoding": _one_of(ENCODINGS),
    "delimiter": _one_of(DELIMITERS), "sheet": _sheet, "header": _row, "since": _day, "until": _day, "dates": _forms,
    "ages": _ages, "empty": _texts, "columns": _by_field, "constants": _by_field, "codes": _codes,
    "once_per_list": _yes_or_no, "set_aside_at_most": _share,
}  # fmt: skip
