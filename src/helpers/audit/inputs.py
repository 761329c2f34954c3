"""What enters the arithmetic of a check: a claim, a fact with its source, a sum of a series or of a vintage."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from helpers import claims, figures, series, sources
from helpers.audit.arithmetic import number
from helpers.lists import vintages


class Input(NamedTuple):
    """One value that enters the arithmetic: what it is in words, and the day from which it was known."""

    value: float
    known: pd.Timestamp
    words: str
    figure: dict | None = None


class Books(NamedTuple):
    """Where the audit looks things up: the ledger by id, published series, vintages of the list; and for which day."""

    ledger: dict[str, dict]
    release: pd.DataFrame
    named: pd.DataFrame
    known_on: pd.Timestamp
    sources: frozenset[str]


def books_of(known_on: str | pd.Timestamp, release: pd.DataFrame) -> Books:
    """The books for a reader on `known_on`; `release`: the published series (`series.read`)."""
    rows = {row["id"]: row for row in claims.ledger().to_dict("records")}
    places = frozenset(sources.registry()) | frozenset(claims.reports().index)
    return Books(rows, release, vintages.read(), pd.Timestamp(known_on), places)


def ends(claim: dict, said: float | None) -> tuple[float, float, float]:
    """Low end, value and high end of what is claimed: 'more than' has no high end, 'up to' no low one."""
    low, point, high = (said,) * 3 if said is not None else (claim[name] for name in series.VALUES)
    ends = [end for end in (low, high) if pd.notna(end)]
    middle = point if pd.notna(point) else sum(ends) / len(ends) if ends else float("nan")
    bottom = low if pd.notna(low) else point if pd.notna(point) else float("-inf")
    top = high if pd.notna(high) else point if pd.notna(point) else float("inf")
    return bottom, middle, top


def read_input(name: str, given: str | dict, claim: dict, books: Books) -> Input:
    """The input `name` of a try, `given` in one of the forms of rules.INPUT_FORMS; ValueError names it."""
    try:
        if isinstance(given, str):
            return _from_claim(given, claim, books)
        if "series" in given:
            return _from_series(given, books.release)
        if "vintage" in given:
            return _from_vintage(given, books.named)
        return _from_rates(given, claim, books) if "rates_of" in given else _from_fact(given, books)
    except ValueError as problem:
        raise ValueError(f"key inputs.{name}: {problem}") from None


def present(inputs: dict[str, Input]) -> dict[str, float]:
    """The values of `inputs` by name; ValueError naming one that is a statement, or an end that its claim lacks."""
    for name, entry in inputs.items():
        if pd.isna(entry.value):
            has = [end for end in series.VALUES if pd.notna(entry.figure[end])]
            help_ = f"give an end that it has: {', '.join(has)}" if has else "a statement has no number"
            raise ValueError(f"key inputs.{name}: the claim ({entry.words}) has no such value; {help_}")
    return {name: entry.value for name, entry in inputs.items()}


def _from_claim(given: str, claim: dict, books: Books) -> Input:
    one, _, end = given.partition(":")
    figure = claim if one == "itself" else books.ledger.get(one)
    if figure is None:
        raise ValueError(f"'{one}' is no id of claims.csv; allowed are ids, or itself")
    if end not in ("", *series.VALUES):
        raise ValueError(f"'{end}' is no end of a claim; allowed are low, point, high")
    value = figure[end] if end else ends(figure, None)[1]
    told = f"{figure['who']}, {figures.amount(figure)} {figure['quantity'].replace('_', ' ')} to {figures.when(figure)}"
    return Input(value, figure["published"], told, figure)


def _from_fact(given: dict, books: Books) -> Input:
    if given["source"] not in books.sources:
        raise ValueError(f"source '{given['source']}' is neither in sources.toml nor in reports.csv")
    value = given["value"]
    return Input(float(value), day_of(given["published"]), f"{number(value)} {given['says']}")


def _from_series(given: dict, release: pd.DataFrame) -> Input:
    """The sum of one release of one series over whole spans from `since` to `until`."""
    day = day_of(given["release"])
    spans = release[release["series"].eq(given["series"]) & release["published"].eq(day)]
    if spans.empty:
        raise ValueError(f"there is no release of '{given['series']}' of {given['release']} among the published series")
    total, dead = _summed(spans, "point", given)
    return Input(
        total, day, f"{number(round(total))} by the release of {day:%Y-%m-%d} of the series {given['series']}, {dead}"
    )


def _from_vintage(given: dict, named: pd.DataFrame) -> Input:
    """The names of the dead from `since` to `until` that had been found by the day `vintage`."""
    day = day_of(given["vintage"])
    spans = named[named["as_of"] == day]
    if spans.empty:
        known = ", ".join(f"{one:%Y-%m-%d}" for one in sorted(named["as_of"].unique()))
        raise ValueError(f"there is no vintage of {given['vintage']}; allowed are {known}")
    total, dead = _summed(spans, "names", given)
    how = "by day of discovery, rebuilt later" if spans["kind"].eq(vintages.REBUILT).all() else "as released"
    return Input(total, spans["published"].max(), f"{number(total)} named by {day:%Y-%m-%d}, {how}, {dead}")


def _summed(spans: pd.DataFrame, column: str, given: dict) -> tuple[float, str]:
    """The sum of `column` over the spans from `since` to `until`, and these days in words; refused if cut."""
    since, until = (day_of(given[key]) for key in ("since", "until"))
    inside = spans[(spans["since"] >= since) & (spans["until"] <= until)]
    if inside.empty or inside["since"].min() != since or inside["until"].max() != until:
        raise ValueError(f"the release has no spans that begin on {since:%Y-%m-%d} and end on {until:%Y-%m-%d}")
    return float(inside[column].sum()), f"dead from {since:%Y-%m-%d} to {until:%Y-%m-%d}"


def _from_rates(given: dict, claim: dict, books: Books) -> Input:
    """The daily averages of a claimant within the claim's own days, each times its days, added up."""
    rates = [
        row for row in books.ledger.values()
        if row["who"] == given["rates_of"] and row["quantity"] == f"{claim['quantity']}_per_day"
        and row["side"] == claim["side"] and row["scope"] == claim["scope"] and row["since"] != row["until"]
        and claim["since"] <= row["since"] and row["until"] <= claim["until"]
    ]  # fmt: skip
    if not rates:
        raise ValueError(f"no daily averages of '{given['rates_of']}' lie within the claim's days")
    total = sum(row["point"] * ((row["until"] - row["since"]).days + 1) for row in rates)
    told = f"{len(rates)} daily averages of {given['rates_of']}, each times its days"
    return Input(total, max(row["published"] for row in rates), told)


def day_of(text: str) -> pd.Timestamp:
    """The last day that the partial date `text` may mean."""
    return figures.partial_date(text).last
