"""How the name of a person is written on a list: script, spelling, order, and what is left out."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from helpers.simulate import slips
from helpers.simulate.draws import changed, happens, pick
from helpers.simulate.people import codebook

if TYPE_CHECKING:
    import numpy as np

    from helpers.simulate.damage import Damage

PARTS = ["surname", "given", "patronymic"]
# schemes of transliteration as iuliia names them, with the weight of each: passports, encyclopedias, maps, libraries
SCHEMES = {
    "wikipedia": 28, "icao_doc_9303": 26, "bgn_pcgn": 14, "mvd_782": 10, "yandex_maps": 8, "gost_7034": 6,
    "telegram": 4, "gost_779": 2, "ala_lc": 2,
}  # fmt: skip
FIRST_ARABIC = "\u0600"  # Latin and Cyrillic letters come before it
PLAIN = str.maketrans({"ё": "е", "Ё": "Е", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه"})
ARTICLE = "ال"
FIRST_HALVES = ("عبد", "أبو", "ابو")  # of Arabic names that some write in two words


def latin(text: str, scheme: str = "wikipedia") -> str:
    """Russian `text` in Latin letters by one of `SCHEMES`; ValueError for another scheme."""
    if scheme not in SCHEMES:
        raise ValueError(f"scheme is '{scheme}': allowed are {', '.join(SCHEMES)}")
    import iuliia

    return getattr(iuliia, scheme.upper()).translate(text)


def spelled(names: pd.DataFrame, damage: Damage, rng: np.random.Generator) -> pd.DataFrame:
    """The names as they are written on a list: one row per entry, in the order of `names`; "" where a part is missing.

    `names` has `surname`, `given`, `patronymic`. Columns: `name` (the whole name as printed), and its three parts.
    """
    n = len(names)
    parts = {part: names[part].reset_index(drop=True) for part in PARTS}
    parts["given"] = shortened(parts["given"], happens(rng, damage.diminutive, n), rng)
    _leave_out(parts, damage, rng)
    for part in PARTS:
        for change, rate in ((_plain, "plain_letters"), (_spaced, "spaced"), (_without_article, "article_missing")):
            parts[part] = changed(parts[part], happens(rng, getattr(damage, rate), n), change)
    in_latin, scheme = happens(rng, damage.latin, n), pick(rng, list(SCHEMES.values()), n)
    for part in PARTS:
        parts[part] = in_latin_letters(parts[part], in_latin, scheme)
        hit = happens(rng, getattr(damage, f"{part}_misspelt"), n)
        parts[part] = parts[part].mask(hit, slips.misspelt(parts[part][hit], rng))
    return pd.DataFrame({"name": _printed(parts, damage, rng), **parts})


def shortened(given: pd.Series, which: np.ndarray, rng: np.random.Generator) -> pd.Series:
    """Given names, of which those at `which` stand in a short form where they have one (invented_diminutives.csv)."""
    short = codebook("diminutives").groupby("given")["short"].agg(list)
    here = which & given.isin(short.index).to_numpy()
    known = [short[name] for name in given[here]]
    forms = [some[int(u * len(some))] for some, u in zip(known, rng.random(len(known)), strict=True)]
    return given.mask(here, pd.Series(forms, given.index[here], dtype="str"))


def _leave_out(parts: dict[str, pd.Series], damage: Damage, rng: np.random.Generator) -> None:
    """Parts missing, by their first letters, or in each other's column."""
    n = len(parts["surname"])
    initials, swapped = happens(rng, damage.initials, n), happens(rng, damage.swapped, n)
    for part in ("given", "patronymic"):
        parts[part] = parts[part].mask(initials, parts[part].str[:1] + ".")
        parts[part] = parts[part].mask(happens(rng, getattr(damage, f"{part}_missing"), n), "")
    swapped &= (parts["given"] != "").to_numpy() & ~initials
    surname, given = parts["surname"], parts["given"]
    parts["surname"], parts["given"] = surname.mask(swapped, given), given.mask(swapped, surname)


def _plain(word: str) -> str:
    return word.translate(PLAIN)


def _spaced(word: str) -> str:
    """An Arabic compound name in two words."""
    first = next((half for half in FIRST_HALVES if word.startswith(half) and len(word) > len(half)), "")
    return f"{first} {word[len(first) :]}" if first else word


def _without_article(word: str) -> str:
    return word.removeprefix(ARTICLE)


def in_latin_letters(words: pd.Series, which: np.ndarray, scheme: np.ndarray) -> pd.Series:
    """Words, of which those at `which` stand in Latin letters, by the scheme whose place in `SCHEMES` is `scheme`."""
    for place, name in enumerate(SCHEMES):
        words = changed(words, which & (scheme == place), _in_scheme(name))
    return words


@cache
def _in_scheme(name: str) -> Callable[[str], str]:
    return cache(lambda word: latin(word, name))


def _printed(parts: dict[str, pd.Series], damage: Damage, rng: np.random.Generator) -> pd.Series:
    """The whole name: surname first, or given name first, as Arabic names always stand."""
    n = len(parts["surname"])
    surname, given, patronymic = (parts[part] for part in PARTS)
    surname = surname.mask(happens(rng, damage.capitals, n), surname.str.upper())
    given_first = happens(rng, damage.given_first, n) | (surname.str[-1:] >= FIRST_ARABIC).to_numpy()
    first = given + " " + patronymic
    name = (surname + " " + first).mask(given_first, first + " " + surname)
    return name.str.replace("  ", " ").str.strip()
