"""The project's own TOML files, read strictly: UTF-8, well formed, every text one line without hidden characters."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from helpers import own_files, texts
from helpers.refusals import Refusal, short

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike


class SettingsError(Refusal, ValueError):
    """A TOML file that cannot be read; the message names file and key."""


def read(file: str | PathLike[str], *, error: type[Refusal] = SettingsError) -> dict[str, object]:
    """The content of a TOML file; `error`, with file and key, where it cannot be right."""
    path = Path(file)
    try:
        content = tomllib.loads(own_files.decoded(path, error))
    except (ValueError, RecursionError) as problem:
        if isinstance(problem, Refusal):
            raise
        says = "is nested too deep" if isinstance(problem, RecursionError) else f"is not TOML: {problem}"
        raise error(f"{path.name}: {says}; correct it, or {own_files.AGAIN}") from None
    for key, text in _texts(content):
        if mark := texts.hidden(text):
            raise error(f"{path.name}, key {short(key)}: holds {own_files.name_of(mark)}; take it out")
    return content


def _texts(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a value, and every name in it, with the key under which it stands."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, inside in value.items():
            below = f"{key}.{name}".lstrip(".")
            yield below, name
            yield from _texts(inside, below)
    elif isinstance(value, list):
        for place, inside in enumerate(value, 1):
            yield from _texts(inside, f"{key}[{place}]")
