"""Sentences of the comparison, built from its tables: what a notebook says in words is never typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers import claims, comparison, figures, series
from helpers.estimate.coverage import HIGH, LOW, coverage_range

if TYPE_CHECKING:
    from collections.abc import Mapping

    from helpers.estimate.provisional import Provisional

# kinds of claimants who count names or work from a list or a register, not from reports of their own
COUNTING = ("media_list", "media_statistical", "volunteer_list", "academic", "by_name")


def headline(table: pd.DataFrame, release: pd.DataFrame, known_on: str | pd.Timestamp) -> str:
    """The answer of the comparison: names, range by coverage, registry and ministry on Russia's dead, in Markdown."""
    totals = comparison.milestones(figures.known_by(table, known_on), "russia")
    if totals.empty:
        return f"**By {figures.day_in_words(pd.Timestamp(known_on))} no total of a list of Russia's dead was known.**"
    newest = totals.iloc[-1]
    number = "About" if newest["point"] % 1000 == 0 else "At least"
    parts = [
        f"**{number} {newest['point']:,.0f} Russian soldiers killed in the war are known by name** (list of "
        f"{figures.when(newest)}: a lower bound{_unread(newest)})",
        _by_coverage(totals, pd.Timestamp(known_on)),
        _by_registry(series.vintage(release, "probate", known_on)),
        _by_the_ministry(comparison.beside(table, "russia", release, known_on)),
    ]
    return "; ".join(filter(None, parts)) + "."


def _unread(claim: pd.Series) -> str:
    """The warning that a number of the headline rests on a page that nobody here read; "" if one was read."""
    alone = claims.unread(claim.to_frame().T).iloc[0]
    return "; nobody here read its page, the number was seen through a third party" if alone else ""


def _by_coverage(totals: pd.DataFrame, known_on: pd.Timestamp) -> str:
    rule = coverage_range(totals).iloc[-1]
    if rule["published"] > known_on:
        return ""
    ends = figures.span(round(rule["low"], -3), float("nan"), round(rule["high"], -3))
    return f"if the list holds {LOW:.0%} to {HIGH:.0%} of the dead, they are {ends}"


def registry(spans: pd.DataFrame) -> str:
    """What one release of the registry series counts, in words: the registry, who is counted, and by what method."""
    missing = ", with people declared dead or missing" if spans["method"].str.endswith("and missing").any() else ""
    return f"the estimate from the probate registry ({spans['scope'].iloc[0]}{missing})"


def _by_registry(spans: pd.DataFrame) -> str:
    if spans.empty:
        return "this repository holds no series of the probate registry that was public by then"
    low, point, high = spans[series.VALUES].sum().round(-3)
    until = figures.day_in_words(spans["until"].max())
    fewest = " and the fewest missing at the low end" if spans["method"].str.endswith("and missing").any() else ""
    ends = figures.span(low, point, high)
    return f"{registry(spans)} is {ends} to {until}, with the bounds of weeks added up{fewest}"


def _by_the_ministry(compared: pd.DataFrame) -> str:
    told = last_of_the_ministry(compared)
    times = comparison.ratios(told)
    if told.empty:
        return ""
    last = told.iloc[0]
    said = f"the last figure of Russia's ministry of defence, {figures.amount(last)} to {figures.when(last)}"
    if times["to_probate"].isna().all():
        return f"{said}, stands beside {told['named_then'].iloc[0]:,.0f} names known that day"
    ends = figures.span(*times[["to_probate_low", "to_probate", "to_probate_high"]].iloc[0], form="{:.2f}")
    exact = last["named_now_low"] == last["named_now_high"]
    inside = "" if exact else " (the range allows for the days of its week or month)"
    return f"{said}, was {ends} times the registry's dead to that day{inside}"


def last_of_the_ministry(compared: pd.DataFrame) -> pd.DataFrame:
    """The last claim of Russia's ministry of defence about its own dead: one row of the comparison, or none."""
    its = compared["who"].eq("Russian Ministry of Defence") & compared["quantity"].eq("killed")
    return compared[its & compared["window"].eq("cumulative")].tail(1)


# what is known of the days inside a span of a series
ONE_SUM = "a week or month is known as one sum, in which the dead are spread evenly over the days"


def ministry(row: Mapping) -> str:
    """What stands beside the ministry's claim (a row of `comparison.beside`), in words."""
    told = [f"To {figures.when(row)} the claim is {figures.amount(row)}"]
    if pd.notna(row["named_then"]):
        total = f"list of {figures.day_in_words(row['named_then_until'])}"
        told.append(f"{row['named_then']:,.0f} names were known that day ({total})")
    if pd.isna(row["named_now"]):
        return "; ".join(told) + ". This repository holds no count by day of death that was public by then."
    now = figures.span(*(round(row[name]) for name in comparison.NAMED_NOW.values()))
    exact = row["named_now_low"] == row["named_now_high"]
    told.append(f"{now} of the dead to that day are known by name now{'' if exact else f': {ONE_SUM}'}")
    if pd.notna(row["probate"]):
        ends = figures.span(row["probate_low"], row["probate"], row["probate_high"])
        told.append(f"the registry gives {ends} for {row['probate_scope']}")
    shares = [row["value"] / row[name] for name in reversed(comparison.NAMED_NOW.values())]
    return "; ".join(told) + f". The claim is {figures.span(*shares, form='{:.0%}')} of those who are named now."


def implied_by(table: pd.DataFrame, both: str, killed: str) -> str:
    """The wounded per killed that two claims imply together, in Markdown; `both`, `killed`: their ids in `table`."""
    rows = table.set_index("id")
    if not {both, killed} <= set(rows.index):
        return "The two claims were not both known by this day."
    one, other = rows.loc[both], rows.loc[killed]
    total, dead = figures.ends(rows.loc[[both]]).iloc[0], figures.ends(rows.loc[[killed]]).iloc[0]
    low, point, high = (total[a] / dead[b] - 1 for a, b in (("low", "high"), ("point", "point"), ("high", "low")))
    return (
        f"{one['who']} said {figures.amount(one)} killed and wounded to {figures.when(one)}, {other['who']} "
        f"{figures.amount(other)} killed to {figures.when(other)}: together "
        f"**{figures.span(low, point, high, form='{:.1f}')} wounded for each killed**, with "
        f"{abs((one['until'] - other['until']).days)} days between the two."
    )


def releases(release: pd.DataFrame, known_on: str | pd.Timestamp) -> str:
    """The releases of the published series that were public on a day, in Markdown, with their days and source."""
    known = release[release["published"] <= pd.Timestamp(known_on)]
    if known.empty:
        return "no series of the dead by day of death: this repository holds none that was public by then."
    days = known.drop_duplicates(["published", "series"]).groupby("published")["series"].agg(" and ".join)
    told = [f"{names} of {figures.day_in_words(day)}" for day, names in days.items()]
    return (
        f"the weekly series of Meduza and Mediazona, read in the repository of The Economist's meta-estimate "
        f"(`{known['source'].iloc[0]}` in `data/sources.toml`): {'; '.join(told)}."
    )


def below_the_names(compared: pd.DataFrame) -> str:
    """For how many claims' days the registry's estimate is below the names known by now, in Markdown, and why."""
    both = compared[compared["probate"].notna() & compared["named_now"].notna()]
    if both.empty:
        return "Names by day of death and an estimate from the registry were not both public by this day."
    days = both.loc[both["probate"] < both["named_now"], "until"]
    if days.empty:
        return "On none of the days of these claims is the registry's estimate below the names known by now."
    return (
        f"On the days of {len(days)} of {len(both)} claims, the last of them {figures.day_in_words(days.max())}, the "
        f"registry's estimate is *below* the names known by now. It counts {both['probate_scope'].iloc[0]} who left an "
        "inheritance case in Russia; a name has no age limit, and may belong to somebody who left none."
    )


def marked(compared: pd.DataFrame, late: Provisional) -> str:
    """Beside how many claims the names by now are provisional (`estimate.provisional`), and why; "" if beside none."""
    days = compared.loc[compared["named_now"].notna() & (compared["until"] >= late.since), "until"]
    if days.empty:
        return ""
    return (
        f"Names by now are *provisional* beside {len(days)} of these claims, those about days from "
        f"{figures.day_in_words(late.since)} on: {late.why}, so a claim looks larger beside them than it will."
    )


def panel(told: pd.DataFrame, labelled: list[str], of_what: str) -> str:
    """The words for a picture of claims: how many, from when to when, from the least to the most, and the labelled."""
    if told.empty:
        return f"No claim about {of_what} was known."
    values = figures.middle(told)
    named = told[told["id"].isin(labelled)]
    listed = "; ".join(
        f"{row['who'].split(' (')[0]} {figures.amount(row)} to {figures.when(row)}" for row in named.to_dict("records")
    )
    span = f"from {figures.day_in_words(told['until'].min())} to {figures.day_in_words(told['until'].max())}"
    ends = f"between {values.min():,.0f} and {values.max():,.0f}"
    return f"{len(told)} claims about {of_what}, {span}, {ends}. Labelled: {listed}."


def multiples(told: pd.DataFrame, base: str) -> str:
    """The words for a picture of claims as multiples of `base`: how many lie below one, and the middle and the ends."""
    times = told["point"].dropna()
    if times.empty:
        return f"No claim could be divided by {base}."
    half = f"half of them between {times.quantile(0.25):.2f} and {times.quantile(0.75):.2f}"
    ends = f"the least {times.min():.2f}, the most {times.max():.1f}"
    bounds = f" {len(told) - len(times)} more are bounds, marked by arrows." if len(told) > len(times) else ""
    return f"{len(times)} claims as multiples of {base}: {(times < 1).sum()} below one, {half}, {ends}.{bounds}"


def by_year(told: pd.DataFrame, base: str) -> str:
    """How the claims of governments, armies and others moved as multiples of `base`, year by year, in Markdown.

    Claims made from the list or the registry itself (`COUNTING`) and mere bounds are left out, and counted.
    """
    made_from_it = told["who_kind"].isin(COUNTING)
    used = told[~made_from_it & told["point"].notna()]
    years = used.groupby(used["until"].dt.year)["point"].agg(["size", "median", "min", "max"])
    parts = [
        f"{year}: {row['median']:.2f} ({row['min']:.2f}–{row['max']:.2f}, {row['size']:.0f} claims)"
        for year, row in years.iterrows()
    ]
    return (
        f"The middle claim of governments, armies and others as a multiple of {base}, with the least and the most, by "
        f"year: {'; '.join(parts)}. Left out: {made_from_it.sum()} claims made from the list or the registry "
        f"itself, and {(~made_from_it & told['point'].isna()).sum()} that are only a bound."
    )
