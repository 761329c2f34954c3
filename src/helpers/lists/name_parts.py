"""A printed name taken apart into surname, given name and patronymic, by its order, endings, capitals and dots.

The rules are asked in the order of `RULES`; the first that fits decides, and where none does, the order of lists:
surname, given name, patronymic. What they get wrong (a swapped surname and given name that nothing marks) stays for
linkage, which knows how often each word is a surname.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable

PARTS = ["surname", "given", "patronymic"]
Parts = tuple[str, str, str]

SON_OR_DAUGHTER = ("оглы", "оглу", "кызы", "улы", "уулу", "ogly", "oglu", "kyzy", "uulu")
PATRONYMIC = re.compile(
    r"\w+(?:ович|евич|ьич|мич|кич|нич|овна|евна|ична|ovich|evich|yich|mich|kich|ovna|evna|ichna)"
    f"|.+ (?:{'|'.join(SON_OR_DAUGHTER)})",
    re.IGNORECASE,
)
GLUED = re.compile(r"\b(\w\.)(?=\w)")  # initials without a space between
INITIAL = re.compile(r"\w\.")
ARABIC = re.compile(r"[\u0600-\u06ff]")
ARABIC_FIRST_HALVES = {"عبد", "أبو", "ابو", "أبي", "ابي", "بن", "ابن", "أم", "ام", "آل", "ال"}  # of names of two words


def split(names: pd.Series) -> pd.DataFrame:
    """Surname, given name and patronymic of each printed name, one row each; "" where the name does not show it."""
    codes, different = pd.factorize(names)
    table = pd.DataFrame([parts(name) for name in different], columns=PARTS, dtype="str")
    return table.take(codes).set_axis(names.index)


def parts(name: str) -> Parts:
    """Surname, given name and patronymic of one printed name, by the first of `RULES` that fits."""
    words = _words(name)
    for rule in RULES:
        if found := rule(name, words):
            return found
    return _order_of_lists(words)


def _words(name: str) -> list[str]:
    """The words of a name: initials apart, and what belongs together (Ali oglu, abd al-Rahman) as one."""
    words: list[str] = []
    for word in (GLUED.sub(r"\1 ", name) if "." in name else name).replace(",", " ").split():
        if words and (words[-1] in ARABIC_FIRST_HALVES or word.lower() in SON_OR_DAUGHTER):
            words[-1] += f" {word}"
        else:
            words.append(word)
    return words


def _surname_before_a_comma(name: str, words: list[str]) -> Parts | None:
    before, comma, after = name.partition(",")
    if not comma or not before.strip() or not after.strip():
        return None
    given, *rest = _words(after) or [""]
    return " ".join(before.split()), given, " ".join(rest)


def _arabic_order(name: str, words: list[str]) -> Parts | None:
    """Given name first, then the father's and grandfather's, the family name last."""
    return (words[-1], words[0], " ".join(words[1:-1])) if ARABIC.search(name) and len(words) > 1 else None


def _initials(name: str, words: list[str]) -> Parts | None:
    if "." not in name:
        return None
    letters = [word for word in words if INITIAL.fullmatch(word)]
    others = [word for word in words if not INITIAL.fullmatch(word)]
    if not letters or len(letters) > 2 or not others:
        return None
    if len(letters) == 1 and len(others) > 1:
        return None
    return " ".join(others), letters[0], "".join(letters[1:])


def _surname_in_capitals(name: str, words: list[str]) -> Parts | None:
    loud = [word for word in words if word.isupper() and len(word) > 2]
    if len(loud) != 1 or len(words) == 1:
        return None
    given, *rest = [word for word in words if word != loud[0]] or [""]
    return loud[0], given, " ".join(rest)


def _patronymic_in_the_middle(name: str, words: list[str]) -> Parts | None:
    """Given name, patronymic, surname. Errs where a given name ends like a patronymic."""
    fits = len(words) == 3 and PATRONYMIC.fullmatch(words[1])
    return (words[2], words[0], words[1]) if fits else None


def _patronymic_without_surname(name: str, words: list[str]) -> Parts | None:
    """Errs for surnames that end like a patronymic and stand last (as many in Belarus do)."""
    fits = len(words) == 2 and PATRONYMIC.fullmatch(words[1])
    return ("", words[0], words[1]) if fits else None


def _order_of_lists(words: list[str]) -> Parts:
    """Surname, given name, patronymic: most lists are sorted by surname. Errs where a list puts given names first."""
    surname, given, *rest = [*words, "", ""]
    return surname, given, " ".join(filter(None, rest))


RULES: tuple[Callable[[str, list[str]], Parts | None], ...] = (
    _surname_before_a_comma, _arabic_order, _initials, _surname_in_capitals, _patronymic_in_the_middle,
    _patronymic_without_surname,
)  # fmt: skip
