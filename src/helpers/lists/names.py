"""How a name is written on a list, and how it is folded so that two writings of one name can be compared.

Folding takes a name in Cyrillic, Latin or Arabic letters to one character per sound, by the rules of this module in
their order. It serves comparison only: what is shown is always the name as printed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers import own_tables
from helpers.paths import DATA

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIANTS = DATA / "codebooks" / "name_variants.csv"

FORMS = (
    "name, patronymic and surname",
    "name and surname",
    "surname with initials",
    "Latin letters",
    "one word or more than three",
)


class Rule(NamedTuple):
    """One step of folding: its name, the difference between writings that it forgives, and what becomes what."""

    name: str
    tolerates: str
    change: Mapping[str, str]


def _pairs(text: str) -> dict[str, str]:
    """`a=b c=d e=` as a table; nothing after the sign: the letter is left out."""
    return dict(pair.split("=") for pair in text.split())


# in this order; a longer group of letters goes before a shorter one that begins it
RULES = (
    Rule(
        "letters_with_a_hook",
        "hooks that tell sounds apart (š, č, ž), beside groups of letters (sh, ch, zh)",
        _pairs("š=sh ş=sh č=ch ç=ch ć=ch ž=zh ŝ=shch â=ya û=yu ø=o œ=o æ=e ł=l đ=d ı=i"),
    ),
    Rule(
        "cyrillic_in_latin",
        "the choice between Cyrillic and Latin letters; ё and э as е; hard and soft signs left out",
        _pairs(
            "а=a б=b в=v г=g д=d е=e ж=zh з=z и=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh "
            "щ=shch ъ= ы=y ь= э=e ю=yu я=ya і=i є=e ґ=g ј=i љ=l њ=n ћ=ch ђ=d џ=zh ә=a ө=o ү=u ұ=u ң=n ғ=g қ=k һ=kh җ=zh"
        ),
    ),
    Rule(
        "one_sound_one_character",
        "the schemes by which Russian names are written in Latin letters: kh or h, ts or c, yu or iu, shch or sch",
        _pairs(
            "shch=ʃ sch=ʃ shh=ʃ sh=ʃ ch=ʧ zh=ʒ kh=χ ph=f ck=k tc=ʦ cz=ʦ yo=e jo=e ye=e h=χ c=ʦ j=i y=i w=v q=k x=ks"
        ),
    ),
    Rule(
        "arabic_letters_written_alike",
        "seats of the hamza, final ya and ha, tatweel, Persian kaf and ya",
        _pairs("ى=ي ة=ه ء= ـ= ٱ=ا ک=ك ی=ي ے=ي ہ=ه ھ=ه"),
    ),
)
LETTERS = ("Ll", "Lo")  # after casefold; not the primes and apostrophes that count as modifier letters (Lm)
TS = re.compile("ts(?!h|c)")  # not in Altshuller or Fetchin, where the s belongs to the next sound
ARTICLE = re.compile("^(?:ال)+(?=.{3})")  # al-Asad and Asad; a name of two letters keeps it
TWICE = re.compile(r"(.)\1+", re.DOTALL)  # Filippov and Filipov
INITIAL = 1  # a name of so many letters is an initial


def written_form(name: str) -> str:
    """Which of `FORMS` the printed `name` has, judged by its letters, dots and number of words."""
    if re.search(r"[A-Za-z]", name):
        return "Latin letters"
    if re.search(r"\b\w\.", name):
        return "surname with initials"
    words = len(name.split())
    return {3: "name, patronymic and surname", 2: "name and surname"}.get(words, "one word or more than three")


def fold(name: str) -> str:
    """`name` with one character for each sound, in small letters and without spaces, dots, hyphens and accents.

    Two writings of one name fold alike whatever scheme put it into Latin letters: `fold("Фёдор")`, `fold("Fyodor")`
    and `fold("FEDOR")` are equal. Defined for any text ("" where there is no letter), and folding twice changes nothing
    more. Arabic names stay in Arabic letters, since their vowels are not written. Rules: `RULES`.
    """
    text = "".join(letter for letter in _plain(name) if unicodedata.category(letter) in LETTERS)
    for rule in RULES:
        pattern, change = _pattern(rule.name)
        text = pattern.sub(lambda found, change=change: change[found[0]], text)
        if rule.name == "cyrillic_in_latin":
            text = TS.sub("ʦ", text)
    return ARTICLE.sub("", TWICE.sub(r"\1", text))


def fold_all(names: pd.Series) -> pd.Series:
    """`names` folded, "" where there is none; each writing is folded once, however often it occurs."""
    codes, writings = pd.factorize(names)
    folded = pd.Series([fold(str(writing)) for writing in writings] + [""], dtype=object)
    return pd.Series(folded.to_numpy()[codes], names.index)  # the code of a missing name is -1, the last


@cache
def variants() -> pd.DataFrame:
    """Names that stand for another: one row per variant and name, both folded (columns: data/README.md).

    Diminutives (Саша of Александр) and national forms (Микола of Николай); a variant may stand for several names.
    """
    table = own_tables.read(VARIANTS)
    folded = table.assign(variant=fold_all(table["variant"]), name=fold_all(table["name"]))
    return folded[folded["variant"] != folded["name"]].drop_duplicates(["variant", "name"], ignore_index=True)


@cache
def _pattern(name: str) -> tuple[re.Pattern, Mapping[str, str]]:
    change = next(rule.change for rule in RULES if rule.name == name)
    return re.compile("|".join(sorted(change, key=len, reverse=True))), change


def _plain(name: str) -> str:
    """Small letters without marks above or below; letters whose hook tells a sound are spelled out before."""
    small = unicodedata.normalize("NFC", unicodedata.normalize("NFKD", name).casefold())
    pattern, change = _pattern("letters_with_a_hook")
    spelled = pattern.sub(lambda found: change[found[0]], small)
    return "".join(c for c in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(c))
