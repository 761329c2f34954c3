"""Sentences of the comparison, built from its tables: what a notebook says in words is never typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers import comparison, figures, series
from helpers.estimate.coverage import coverage_range

if TYPE_CHECKING:
    from collections.abc import Mapping


def day(when: pd.Timestamp) -> str:
    """A day as it is read: 5 May 2025."""
    return f"{when.day} {when:%B %Y}"


def headline(table: pd.DataFrame, release: pd.DataFrame, known_on: str | pd.Timestamp) -> str:
    """The answer of the comparison: names, range by coverage, registry and claims about Russia's dead, in Markdown."""
    known = figures.known_by(table, known_on)
    totals = comparison.milestones(known, "russia")
    if totals.empty:
        return f"**By {day(pd.Timestamp(known_on))} no total of a list of Russia's dead by name was known.**"
    parts = [
        f"**{_about(totals['point'].iloc[-1])} Russian soldiers killed in the war are known by name** (list of "
        f"{day(totals['until'].iloc[-1])}, a floor)",
        _by_coverage(totals, pd.Timestamp(known_on)),
        _by_registry(series.vintage(release, "probate", known_on)),
        _by_claims(comparison.beside(table, "russia", release, known_on)),
    ]
    return "; ".join(filter(None, parts)) + "."


def _about(names: float) -> str:
    """A total of a list; a round one is an approximation of its publisher."""
    return f"{'About' if names % 1000 == 0 else 'At least'} {names:,.0f}"


def _by_coverage(totals: pd.DataFrame, known_on: pd.Timestamp) -> str:
    rule = coverage_range(totals).iloc[-1]
    if rule["published"] > known_on:
        return ""
    thousands = {name: round(rule[name], -3) for name in series.VALUES}
    return f"if the list holds 45 to 65 % of the dead, they are {figures.amount(thousands)}"


def _by_registry(spans: pd.DataFrame) -> str:
    if spans.empty:
        return "no estimate by week of death had been published from the probate registry"
    low, point, high = spans[series.VALUES].sum()
    until = day(spans["until"].max())
    ends = f"{low:,.0f}–{high:,.0f}, the bounds of its weeks added up"
    return f"the probate registry gives {point:,.0f} to {until} ({ends})"


def _by_claims(compared: pd.DataFrame) -> str:
    about = compared["quantity"].eq("killed") & compared["scope"].eq("russian forces")
    told = compared[about & compared["window"].eq("cumulative")]
    if told.empty:
        return ""
    since = told["until"].max() - pd.DateOffset(years=1)
    newest = told[told["until"] > since]
    lowest, highest = newest.loc[newest["value"].idxmin()], newest.loc[newest["value"].idxmax()]
    return f"claims about the year to {day(told['until'].max())} run from {_claim(lowest)} to {_claim(highest)}"


def _claim(row: Mapping) -> str:
    return f"{figures.amount(row)} ({row['who']}, {day(row['until'])})"


def ministry(row: Mapping, *, data: str) -> str:
    """What stands beside the ministry's claim (a row of `comparison.beside`); `data` says how fine the series is."""
    grain = "by week" if data == "fetched" else "by quarter, the broken quarter in proportion of its days"
    told = [
        f"To {day(row['until'])} the claim is {row['value']:,.0f}",
        f"{row['named_then']:,.0f} names were known that day (list of {day(row['named_then_until'])})",
    ]
    if pd.isna(row["named_now"]):
        return "; ".join(told) + ". How many of the dead to that day were named later was not yet published."
    told.append(f"{row['named_now']:,.0f} of the dead to that day are known by name now (summed {grain})")
    if pd.notna(row["probate"]):
        ends = f"{row['probate_low']:,.0f}–{row['probate_high']:,.0f}"
        told.append(f"the registry gives {row['probate']:,.0f} ({ends})")
    return "; ".join(told) + f". The ministry counted {row['value'] / row['named_now']:.0%} of those named since."


def implied_by(table: pd.DataFrame, both: str, killed: str) -> str:
    """The wounded per killed that two claims imply together, in Markdown; `both`, `killed`: their ids in `table`."""
    rows = table.set_index("id")
    if not {both, killed} <= set(rows.index):
        return "The two claims were not both known by this day."
    one, other = rows.loc[both], rows.loc[killed]
    total, dead = figures.middle(rows.loc[[both, killed]])
    most, least = (total / value - 1 for value in (other["low"], other["high"]))
    ends = "" if pd.isna(most) or pd.isna(least) else f" ({least:.1f}–{most:.1f} over the range of the dead)"
    return (
        f"{one['who']} said {figures.amount(one)} killed and wounded to {day(one['until'])}, {other['who']} "
        f"{figures.amount(other)} killed to {day(other['until'])}: together **{total / dead - 1:.1f} wounded for each "
        f"killed**{ends}, with {abs((one['until'] - other['until']).days)} days between the two."
    )


def panel(told: pd.DataFrame, labelled: list[str], of_what: str) -> str:
    """The words for a picture of claims: how many, from when to when, from the least to the most, and the labelled."""
    if told.empty:
        return f"No claim about {of_what} was known."
    values = figures.middle(told)
    named = told[told["id"].isin(labelled)]
    listed = "; ".join(
        f"{row['who'].split(' (')[0]} {figures.amount(row)} to {day(row['until'])}" for row in named.to_dict("records")
    )
    span = f"from {day(told['until'].min())} to {day(told['until'].max())}"
    ends = f"between {values.min():,.0f} and {values.max():,.0f}"
    return f"{len(told)} claims about {of_what}, {span}, {ends}. Labelled: {listed}."


def multiples(told: pd.DataFrame, base: str) -> str:
    """The words for a picture of claims as multiples of `base`: how many lie below one, and the middle and the ends."""
    if told.empty:
        return f"No claim could be divided by {base}."
    times = told["point"]
    below = int((times < 1).sum())
    half = f"half of them between {times.quantile(0.25):.2f} and {times.quantile(0.75):.2f}"
    ends = f"the least {times.min():.2f}, the most {times.max():.1f}"
    return f"{len(told)} claims as multiples of {base}: {below} below one, {half}, {ends}."


def by_year(told: pd.DataFrame, base: str) -> str:
    """How the claims moved as multiples of `base`, year by year of the day that they are about, in Markdown."""
    years = told.groupby(told["until"].dt.year)["point"].agg(["size", "median", "min", "max"])
    parts = [
        f"{year}: {row['median']:.2f} ({row['min']:.2f}–{row['max']:.2f}, {row['size']:.0f} claims)"
        for year, row in years.iterrows()
    ]
    return f"The middle claim as a multiple of {base}, with the least and the most: {'; '.join(parts)}."
