"""Dates as lists write them: in other orders, other digits and in part, read as spans of days."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers.figures import partial_date

if TYPE_CHECKING:
    from collections.abc import Sequence

YEARS = (1850, 2100)  # a year outside is a slip of the keyboard
ISO = ("YYYY-MM-DD", "YYYY-MM", "YYYY")
# a clock time beside a day is read past: no record says at which hour somebody was killed
TOKENS = {"YYYY": "(?P<year>[0-9]{4})", "MM": "(?P<month>[0-9]{1,2})", "DD": "(?P<day>[0-9]{1,2})",
          "hh": "[0-9]{1,2}", "mm": "[0-9]{2}", "ss": r"[0-9]{2}(?:\.[0-9]+)?"}  # fmt: skip
EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


class Dates(NamedTuple):
    """Texts as partial dates: those read as YYYY-MM-DD, YYYY-MM or YYYY, the others as they were; and which have two
    readings."""

    text: pd.Series
    ambiguous: pd.Series


def western(texts: pd.Series) -> pd.Series:
    """The same texts with Arabic and Persian digits written 0 to 9."""
    return texts.map({text: text.translate(EASTERN) for text in texts.unique()}).astype("str")


def pattern(form: str) -> re.Pattern[str]:
    """The pattern of dates written in `form`, such as DD.MM.YYYY or DD/MM/YYYY hh:mm; ValueError for another form."""
    parts = re.split("(" + "|".join(TOKENS) + ")", form)
    used = [part for part in parts if part in TOKENS]
    days = "DD" not in used or "MM" in used
    if (
        "YYYY" not in used
        or not days
        or len(set(used)) < len(used)
        or re.search(r"\w", "".join(set(parts) - {*TOKENS}))
    ):
        raise ValueError(f"'{form}' is no form of a date: allowed are YYYY, MM and DD once each with marks between")
    return re.compile("".join(TOKENS.get(part, re.escape(part)) for part in parts))


def iso(texts: pd.Series, forms: Sequence[str] = ()) -> Dates:
    """The texts that are dates in one of `forms`, or as YYYY-MM-DD, YYYY-MM or YYYY, in the latter way of writing.

    A text that no form fits is left as it is. One that two forms read as two different days is ambiguous: 05/06/2022
    where both DD/MM/YYYY and MM/DD/YYYY are allowed.
    """
    patterns = [pattern(form) for form in dict.fromkeys((*ISO, *forms))]
    texts = western(texts)
    read = {text: _readings(text, patterns) for text in texts.unique()}
    return Dates(
        texts.map({text: min(found, default=text) for text, found in read.items()}).astype("str"),
        texts.map({text: len(found) > 1 for text, found in read.items()}).astype(bool),
    )


def spans(texts: pd.Series) -> pd.DataFrame:
    """Partial dates as `first` and `last` day, `precision` ("" where there is no date), and whether `readable`."""
    codes, different = pd.factorize(texts)
    read = pd.DataFrame(map(_span, different), columns=["first", "last", "precision", "readable"])
    typed = read.astype({"first": "datetime64[ns]", "last": "datetime64[ns]", "precision": "str", "readable": bool})
    return typed.take(codes).set_axis(texts.index)


def _readings(text: str, patterns: Sequence[re.Pattern[str]]) -> set[str]:
    """Every calendar date that `text` may be, as YYYY-MM-DD, YYYY-MM or YYYY."""
    found = (match.groupdict() for one in patterns if (match := one.fullmatch(text)))
    written = {"-".join(part[key].zfill(2) for key in ("year", "month", "day") if key in part) for part in found}
    return {date for date in written if _span(date)[3]}


def _span(text: str) -> tuple[pd.Timestamp, pd.Timestamp, str, bool]:
    if not text:
        return pd.NaT, pd.NaT, "", True
    try:
        first, last, precision = partial_date(text)
    except ValueError:
        return pd.NaT, pd.NaT, "", False
    low, high = YEARS
    return (first, last, precision, True) if low <= first.year <= high else (pd.NaT, pd.NaT, "", False)
