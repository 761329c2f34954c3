"""The choices of the linkage in one place: what is compared, how, and which pairs are looked at.

Each rule is named after its reason. Nothing here is fitted to a list: all rates are estimated from the lists that are
linked, and the numbers below are only where that estimation begins.
"""

from __future__ import annotations

from typing import NamedTuple

# compared through a lexicon of spellings
NAMES = ("surname", "given", "patronymic")
# compared as equal or not, a rare value counting for more. Branch, rank and status are left out: they follow from unit
# and region and change in a career, so they would count the same evidence twice.
CATEGORIES = ("region", "settlement", "unit", "sex")
# go by origin, so that they are not independent of each other
ORIGIN = (*NAMES, "region")
# compared as spans of days
DATES = ("birth", "death")

# how often a written value says nothing of the person: the start of the estimation
WRONG = {
    "surname": 0.02,
    "given": 0.02,
    "patronymic": 0.02,
    "region": 0.05,
    "settlement": 0.05,
    "unit": 0.05,
    "sex": 0.01,
}
# days between two spans, at most, by level; the first level is overlap, after it comes day and month exchanged
GAPS = (3, 14, 45, 370, 1100)
LEVELS = ("overlap", "day and month exchanged", *(f"{days} days apart" for days in GAPS), "further apart")
AGREEMENT = (0.80, 0.02, 0.05, 0.05, 0.03, 0.02, 0.02, 0.01)  # of two records of one person, by level: the start
PRECISIONS = ("day", "month", "year", "longer")

ROUNDED = 2.0  # first days of a month (or year) that occur so many times too often are taken for the month (or year)
EXCHANGED = 3.0  # surname and given name change places if that makes them so many times more probable
REPEATED, REPEATED_ROWS = 0.9, 20  # share and number of rows: a list of which so many repeat another is its copy
CANDIDATE = 1e-3  # pairs with smaller odds of being one person are not kept
GROUPED = 1e-2  # pairs with smaller odds, when all rates are known, do not make a group
LARGEST_BLOCK = 250  # records that agree on a rule; more are left to rules that ask for more
LARGEST_GROUP = 60  # records that may be one person in several ways; larger groups are cut at their weakest pairs


class Rule(NamedTuple):
    """Records that agree on all of `fields` are compared; `tolerates`: what may differ or be missing beside."""

    fields: tuple[str, ...]
    tolerates: str


# Fields ending in `_begins` and `_ends` are the first and last three sounds of a name, `_letter` its first, `_year` and
# `_month` parts of a date. Names are the most probable ones behind the spelling, so that a misspelt record meets the
# others.
BLOCKS = (
    Rule(("content",), "nothing: a row copied from another list, however little it says"),
    Rule(("surname", "given", "patronymic"), "all dates, region and unit"),
    Rule(("surname", "given", "birth_year"), "patronymic, death and region"),
    Rule(("surname", "given", "death_month"), "patronymic, birth and region"),
    Rule(("surname", "given", "region"), "patronymic and all dates"),
    Rule(("surname", "given", "settlement"), "patronymic and all dates, in a region with many namesakes"),
    Rule(("surname", "given", "unit"), "patronymic, all dates and region"),
    Rule(("surname", "patronymic", "birth_year"), "given name, as with an initial, and death"),
    Rule(("surname", "patronymic", "death_month"), "given name and birth"),
    Rule(("surname", "patronymic", "region"), "given name and all dates"),
    Rule(("surname", "birth_date"), "given name, patronymic and death"),
    Rule(("surname", "death_date"), "given name, patronymic and birth"),
    Rule(("surname", "birth_year", "death_month"), "given name, patronymic and region"),
    Rule(("surname", "birth_year", "region"), "given name, patronymic and death"),
    Rule(("surname", "death_month", "region"), "given name, patronymic and birth"),
    Rule(("surname", "unit"), "given name, patronymic, all dates and region"),
    Rule(("given", "birth_date"), "surname, as after a marriage or a gross misspelling"),
    Rule(("patronymic", "birth_date"), "surname and given name"),
    Rule(("birth_date", "death_date"), "all names"),
    Rule(("birth_date", "region"), "all names and death"),
    Rule(("birth_date", "unit"), "all names and death"),
    Rule(("given", "patronymic", "death_date"), "surname and birth"),
    Rule(("given", "patronymic", "birth_year", "region"), "surname and death"),
    Rule(("given", "patronymic", "death_month", "region"), "surname and birth"),
    Rule(("given", "death_date", "region"), "surname, patronymic and birth"),
    Rule(("surname_begins", "given", "patronymic"), "the end of the surname, all dates and region"),
    Rule(("surname_begins", "given", "birth_year"), "the end of the surname, patronymic and death"),
    Rule(("surname_begins", "given", "death_month"), "the end of the surname, patronymic and birth"),
    Rule(("surname_ends", "given", "birth_year", "region"), "the beginning of the surname, patronymic and death"),
    Rule(("surname_ends", "given", "patronymic", "region"), "the beginning of the surname and all dates"),
    Rule(("surname_begins", "given", "settlement"), "the end of the surname, patronymic and all dates"),
    Rule(
        ("surname_begins", "given", "region"), "the end of the surname, patronymic and all dates, where few have both"
    ),
    Rule(("surname", "given_letter", "patronymic_letter"), "given name and patronymic by their first letters"),
    Rule(("surname", "given_letter", "region"), "given name by its first letter, and all dates"),
    Rule(("surname", "given_letter", "birth_year"), "given name by its first letter, patronymic and death"),
    Rule(("surname", "given_letter", "death_year"), "given name by its first letter, patronymic and birth"),
    Rule(("surname_begins", "given_letter", "birth_year", "death_month"), "initials and the end of the surname"),
    Rule(("given", "patronymic", "birth_year"), "surname, however misspelt, death and region"),
    Rule(("given", "birth_year", "death_month"), "surname, however misspelt, and patronymic"),
    Rule(("given", "death_month", "settlement"), "surname, however misspelt, and birth"),
    Rule(("given", "birth_year", "settlement"), "surname, however misspelt, and death"),
    Rule(("given", "patronymic", "settlement"), "surname, however misspelt, and all dates"),
    Rule(("given", "unit", "death_month"), "surname, however misspelt, and birth"),
    Rule(("patronymic", "birth_year", "death_month"), "surname, however misspelt, and given name"),
    Rule(("birth_year", "death_date", "region"), "all names"),
    Rule(("given", "patronymic"), "everything else, where few have both"),
    Rule(("surname", "patronymic"), "everything else, where few have both"),
    Rule(("surname", "given"), "everything else, where few have the name"),
)
