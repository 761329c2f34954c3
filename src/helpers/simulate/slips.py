"""Slips in a written word: of the finger, of the ear, of the scanner; in Cyrillic, Latin or Arabic letters."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.simulate.draws import pick

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

KEYS = (
    "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю",
    "qwertyuiop", "asdfghjkl", "zxcvbnm",
    "ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىةوزظ",
)  # fmt: skip
SOUND_ALIKE = (
    "ао еи еэ тд пб вф гк зс шщ жш ыи йи цс ёо юу "
    "ao ei td pb vf gk zs ck yi ou "
    "صس ضظ طت ذز قك ثس ظز هح اع"
).split()  # fmt: skip
LOOK_ALIKE = (
    "шщ ип нп ос ес ьъ ьы гт лд мш вб зэ "
    "ec uv nh li hb oa rn gq "
    "بت تث نب جح حخ دذ رز سش صض طظ عغ فق يب"
).split()  # fmt: skip
SHORTEST = 3  # letters; in a shorter word a slip leaves nothing to know it by


def _mutual(pairs: Iterable[str]) -> dict[str, str]:
    table: dict[str, str] = defaultdict(str)
    for one, other in pairs:
        table[one] += other
        table[other] += one
    return dict(table)


NEXT_KEY = _mutual(row[i : i + 2] for row in KEYS for i in range(len(row) - 1))
SAME_SOUND, SAME_LOOK = _mutual(SOUND_ALIKE), _mutual(LOOK_ALIKE)


def lost(word: str) -> list[str]:
    """`word` without one of its letters, the first being kept."""
    return [word[:i] + word[i + 1 :] for i in range(1, len(word))]


def doubled(word: str) -> list[str]:
    """`word` with one of its letters twice."""
    return [word[:i] + word[i] + word[i:] for i in range(1, len(word))]


def turned(word: str) -> list[str]:
    """`word` with two neighbours changed, the first letter being kept."""
    return [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(1, len(word) - 1)]


def wrong_key(word: str) -> list[str]:
    """`word` with the key next to one of its letters, the first being kept."""
    return [one for one in replaced(word, NEXT_KEY) if one[0] == word[0]]


def misheard(word: str) -> list[str]:
    """`word` with a letter that sounds like one of its letters."""
    return replaced(word, SAME_SOUND)


def misread(word: str) -> list[str]:
    """`word` with a letter that looks like one of its letters."""
    return replaced(word, SAME_LOOK)


def replaced(word: str, table: dict[str, str]) -> list[str]:
    """`word` with one letter replaced as `table` says (letter: the letters it may become), capitals kept."""
    return [
        word[:i] + (new.upper() if letter.isupper() else new) + word[i + 1 :]
        for i, letter in enumerate(word)
        for new in table.get(letter.lower(), "")
    ]


KINDS: dict[Callable[[str], list[str]], int] = {
    lost: 24, doubled: 10, turned: 14, wrong_key: 24, misheard: 18, misread: 10,
}  # fmt: skip


def misspelt(words: pd.Series, rng: np.random.Generator) -> pd.Series:
    """Each of `words` with one slip; words of fewer than three letters, and "", stay as they are."""
    kinds = pick(rng, list(KINDS.values()), len(words))
    known = list(KINDS)
    slips = [_slip(word, known[k], place) for word, k, place in zip(words, kinds, rng.random(len(words)), strict=True)]
    return pd.Series(slips, words.index, dtype="str")


def _slip(word: str, kind: Callable[[str], list[str]], place: float) -> str:
    if len(word) < SHORTEST or word.endswith("."):
        return word
    found = [one for one in kind(word) if one != word] or lost(word)
    return found[int(place * len(found))]
