"""Records as arrays of whole numbers, in an order of their own: what the other modules compute with.

The order is that of the names as written, then of list and record id: no result depends on the order of the rows, and
records that are compared lie near each other.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.lists import names
from helpers.lists.linkage import rules

FIRST_DAY = pd.Timestamp("1800-01-01")  # days are counted from here; a span before it is missing
MISSING = -1
PARTS = ("list", "record_id")


class Spans(NamedTuple):
    """Dates as spans of days: first and last day, place in `rules.PRECISIONS`, the day with day and month exchanged.

    One entry per record; MISSING where there is no date, or none that could be exchanged.
    """

    low: np.ndarray
    high: np.ndarray
    precision: np.ndarray
    exchanged: np.ndarray


class Encoded(NamedTuple):
    """`row`: place of each record in the table given; `list`: place in `lists`; names folded, "" where missing;
    categories as places among their sorted values, MISSING where missing; dates as spans."""

    row: np.ndarray
    list: np.ndarray
    lists: list
    names: dict[str, np.ndarray]
    categories: dict[str, np.ndarray]
    dates: dict[str, Spans]


def encode(records: pd.DataFrame) -> Encoded:
    """The records in the form above; columns that are missing are missing for every record."""
    row = _order(records)
    ordered = records.iloc[row]
    lists = sorted(records["list"].unique())
    folded = {part: names.fold_all(_column(ordered, part)).to_numpy() for part in rules.NAMES}
    categories = {field: _places(_column(ordered, field)) for field in rules.CATEGORIES}
    if {"region", "settlement"} <= set(categories):  # a settlement means one of its region
        categories["settlement"] = _within(categories["settlement"], categories["region"])
    death = death_spans(ordered)
    return Encoded(
        row,
        ordered["list"].map({name: i for i, name in enumerate(lists)}).to_numpy(np.int64),
        lists,
        _exchanged_back(folded),
        {field: values for field, values in categories.items() if (values >= 0).any()},
        {"birth": birth_spans(ordered, death), "death": death},
    )


def _order(records: pd.DataFrame) -> np.ndarray:
    """The places of the rows in the order of this module."""
    keys = [pd.factorize(_column(records, name), sort=True)[0] for name in ("given", "surname")]
    ids = [pd.factorize(records[part], sort=True)[0] for part in reversed(PARTS)]
    return np.lexsort((*ids, *keys))


def death_spans(records: pd.DataFrame) -> Spans:
    """The day of death as far as it is known: a day, month or year."""
    days = pd.to_datetime(_column(records, "death_date"))
    told = _column(records, "death_precision").astype(object)
    return _spans(days, told.where(told.notna(), "day").to_numpy(str))


def birth_spans(records: pd.DataFrame, death: Spans) -> Spans:
    """The day of birth as far as it is known: from the date, else the year, else the age at death."""
    days = pd.to_datetime(_column(records, "birth_date"))
    years = pd.to_numeric(_column(records, "birth_year")).astype("float64")
    only_year = days.isna() & years.notna()
    days = days.mask(only_year, pd.to_datetime(years.where(only_year).map("{:.0f}-01-01".format, na_action="ignore")))
    spans = _spans(days, np.where(only_year, "year", "day"))
    ages = pd.to_numeric(_column(records, "age")).astype("float64").to_numpy()
    return _filled(spans, _from_age(ages, death))


def _from_age(ages: np.ndarray, death: Spans) -> Spans:
    """The days on which someone may be born who was of an age on a day of `death`; unknown deaths: on one day."""
    known = death.low >= 0
    middle = int(np.median(death.low[known])) if known.any() else (pd.Timestamp("2000-01-01") - FIRST_DAY).days
    day = np.where(known, (death.low + death.high) // 2, middle)
    last = day - np.floor(np.nan_to_num(ages) * 365.25).astype(np.int64)
    has = ~np.isnan(ages)
    longer = rules.PRECISIONS.index("longer")
    return Spans(
        *(np.where(has, values, MISSING) for values in (last - 365, last, np.full(len(last), longer), MISSING))
    )


def _filled(spans: Spans, others: Spans) -> Spans:
    return Spans(*(np.where(spans.low >= 0, a, b) for a, b in zip(spans, others, strict=True)))


def _spans(days: pd.Series, precision: np.ndarray) -> Spans:
    """Spans of `days`; first days of months or years that are far too many are read as the month or year."""
    precise = days.notna().to_numpy() & (precision == "day")
    january = days.dt.day_of_year.eq(1).to_numpy() & precise
    first = days.dt.day.eq(1).to_numpy() & precise & ~january
    n = max(precise.sum(), 1)
    if first.sum() > rules.ROUNDED * n * 11 / 365:
        precision = np.where(first | january, "month", precision)
    if january.sum() > rules.ROUNDED * max(n / 365, first.sum() / 11):
        precision = np.where(january, "year", precision)
    starts = days.dt.to_period("D")
    length = {"day": "D", "month": "M", "year": "Y"}
    lows, highs = (np.full(len(days), MISSING) for _ in range(2))
    for name, unit in length.items():
        here = (precision == name) & days.notna().to_numpy()
        period = starts[here].dt.asfreq(unit)
        lows[here] = (period.dt.start_time - FIRST_DAY).dt.days
        highs[here] = (period.dt.end_time - FIRST_DAY).dt.days
    place = np.select([precision == name for name in length], range(3))
    return Spans(lows, highs, np.where(lows >= 0, place, MISSING), _exchange(days, precision == "day"))


def _exchange(days: pd.Series, precise: np.ndarray) -> np.ndarray:
    """The day that has month and day of `days` exchanged, MISSING where there is none."""
    possible = precise & (days.dt.day <= 12).to_numpy() & (days.dt.day != days.dt.month).to_numpy()
    chosen = days[possible]
    parts = pd.DataFrame({"year": chosen.dt.year, "month": chosen.dt.day, "day": chosen.dt.month})
    exchanged = np.full(len(days), MISSING)
    exchanged[possible] = (pd.to_datetime(parts) - FIRST_DAY).dt.days
    return exchanged


def _within(settlement: np.ndarray, region: np.ndarray) -> np.ndarray:
    """Settlements told apart by their region; MISSING where either is."""
    both = (settlement >= 0) & (region >= 0)
    places = np.full(len(settlement), MISSING)
    places[both] = np.unique(region[both] * (settlement.max() + 1) + settlement[both], return_inverse=True)[1]
    return places


def _exchanged_back(folded: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Surname and given name put in their places where the lists say strongly that they are exchanged."""
    surnames, givens = (pd.Series(folded[part]) for part in ("surname", "given"))
    as_surname, as_given = (part[part != ""].value_counts() for part in (surnames, givens))

    def often(part: pd.Series, counts: pd.Series) -> np.ndarray:
        return np.log(part.map(counts).fillna(0).to_numpy(float) + 0.1)

    gain = often(givens, as_surname) + often(surnames, as_given) - often(surnames, as_surname) - often(givens, as_given)
    both = ((surnames.str.len() > 1) & (givens.str.len() > 1)).to_numpy()
    wrong = both & (gain > np.log(rules.EXCHANGED))
    back = {"surname": np.where(wrong, givens, surnames), "given": np.where(wrong, surnames, givens)}
    return folded | back


def _places(values: pd.Series) -> np.ndarray:
    known = values.notna().to_numpy()
    places = np.full(len(values), MISSING)
    texts = values[known].astype(str).str.strip().str.casefold()
    places[known] = pd.factorize(texts, sort=True)[0]
    return places


def _column(records: pd.DataFrame, name: str) -> pd.Series:
    return records[name] if name in records else pd.Series(np.nan, records.index)
