"""Land and lives in words: the sentences and tables in which a notebook shows what `territory` and `land` compute."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers import figures
from helpers.estimate import land

if TYPE_CHECKING:
    from collections.abc import Mapping

NAN = float("nan")


def answer(years: pd.DataFrame, known_on: str) -> str:
    """The last two years of `land.by_year` that have a range, as one sentence in Markdown."""
    ranges = years[years["low"].notna()].tail(2)
    if ranges.empty:
        return (
            f"**By {known_on} no year of the war had both a count of its dead and a measure of its land: no number of "
            "lives per square kilometre can be given, and no interval.**"
        )
    told = [f"in {row.year} {figures.span(row.low, NAN, row.high, '{:.1f}')}" for row in ranges.itertuples()]
    top = "; the high end is the highest estimate over the smallest measure" if ranges["high"].notna().any() else ""
    return (
        f"**Lives of Russian soldiers for each square kilometre taken, net: {'; '.join(told)}.** The low end is the "
        "names known by now over the largest measure of the land, a floor (names of a recent year are still coming "
        f"in){top}."
    )


def months(monthly: pd.DataFrame) -> tuple[str, str]:
    """Title and alternative text for the picture of `territory.by_span` by month."""
    most, least = (monthly.loc[monthly["taken"].agg(f)] for f in ("idxmax", "idxmin"))
    newest = monthly[monthly["whole"]].iloc[-1]
    title = f"The front moved in 2022; in {newest['since']:%B %Y} the net was {newest['taken']:+,.0f} km²"
    return title, (
        f"Land taken or lost by month to {monthly['until'].max():%Y-%m-%d}, bars cut at 1,000 square kilometres: most "
        f"taken in {most['since']:%B %Y}, {most['taken']:+,.0f} square kilometres, most lost in "
        f"{least['since']:%B %Y}, {least['taken']:+,.0f}."
    )


def spans(table: pd.DataFrame) -> pd.DataFrame:
    """The spans of `territory.by_span` as a reader wants them: `from`, `to`, `net km²`, and whether a year is cut."""
    shown = pd.DataFrame(
        {
            "from": table["since"].dt.strftime("%Y-%m-%d"),
            "to": table["until"].dt.strftime("%Y-%m-%d"),
            "net km²": table["taken"].map("{:+,.0f}".format),
            "": table["whole"].map({True: "", False: "part of a year"}),
        }
    )
    return shown.set_index("from")


def extremes(fine: pd.DataFrame, step: str) -> str:
    """The most gained and the most lost within one span of `fine` (`step`: `D` days, `M` months), as a sentence."""
    word, form = {"D": ("day", "%-d %B %Y"), "M": ("month", "%B %Y")}[step]
    rows = [fine.loc[fine["taken"].agg(f)] for f in ("idxmax", "idxmin")]
    most, least = (f"{row['taken']:+,.0f} km² ({row['since'].strftime(form)})" for row in rows)
    return f"The most gained in one {word} was {most}, the most lost {least}. On a map one day can hold what was found \
out late."


def totals(beside: pd.DataFrame) -> pd.DataFrame:
    """The rows of `territory.beside` as a reader wants them; empty cells where no map of a border day is there."""
    table = pd.DataFrame(
        {
            "who": beside["who"],
            "from": beside["since"].dt.strftime("%Y-%m-%d"),
            "to": beside["until"].dt.strftime("%Y-%m-%d"),
            "printed km²": beside["printed"].map("{:,.0f}".format),
            "from maps km²": beside["measured"].map("{:,.0f}".format),
            "printed over maps": beside["ratio"].map("{:.2f}".format),
        }
    )
    return table.replace("nan", "").set_index("who")


def agreement(beside: pd.DataFrame, known_on: str) -> str:
    """How far the printed totals of `territory.beside` lie from the maps, as a sentence."""
    both = beside.dropna(subset="ratio")
    if both.empty:
        return f"By {known_on} no total could be held against a difference of maps."
    return (
        f"Over the same days the printed totals are {both['ratio'].min():.2f} to {both['ratio'].max():.2f} times the "
        "difference of the maps, although The Economist measures the maps of ISW: what counts as taken is a decision. "
        "No maker prints an error. The spread between them is the least that one must allow."
    )


def crossed(pairs: pd.DataFrame, dead: pd.DataFrame) -> pd.DataFrame:
    """Every count of `land.dead_of` over every area, in words: a row per count, contradicted ones named so."""
    says = [figures.span(*row, form="{:.1f}") for row in pairs[land.VALUES].itertuples(index=False)]
    areas = [f"{by}: {km2:,.0f} km²" for by, km2 in zip(pairs["by"], pairs["km2"], strict=True)]
    wide = pairs.assign(says=says, by=areas).pivot(index="counts", columns="by", values="says")
    persons = dead.set_index("counts")[land.VALUES].apply(lambda row: figures.span(*row), axis=1)
    table = wide.reindex(dict.fromkeys(pairs["counts"])).rename_axis(columns=None).assign(dead=persons)
    doubted = dead.loc[dead["contradicted"].astype(bool), "counts"]
    return table.rename(index={count: f"{count} (contradicted)" for count in doubted})


def quotients(year: int, pairs: pd.DataFrame) -> tuple[str, str]:
    """Title (the range that can be held) and alternative text for the picture of the `pairs` of `land.per_km2`."""
    low, high = land.honest_range(pairs)
    held = f"over {low:.0f}" if pd.isna(high) else f"{low:.0f} to {high:.0f}"
    title = f"{year}: {held} lives per km², by what one divides" if pd.notna(low) else f"{year}: lives per km²"
    told = [
        f"{r.counts}{' (contradicted)' if r.contradicted else ''} over {r.by} "
        f"{figures.span(r.low, r.point, r.high, '{:.1f}')}"
        for r in pairs.itertuples()
    ]
    return title, f"{len(pairs)} quotients for {year}: " + "; ".join(told)


def reading(pairs: pd.DataFrame, stated: float | None, year: int, known_on: str) -> str:
    """The range that can be held, what is left out of it, and where a printed number lies, as sentences."""
    low, high = land.honest_range(pairs)
    if pd.isna(low):
        return f"By {known_on} there is no number of lives per square kilometre to give for {year}."
    top = f"to the highest estimate over the smallest area, {high:.1f}" if pd.notna(high) else "upwards"
    text = f"From the names known by now over the largest area, {low:.1f}, a floor, {top}. Left out of that range are "
    text += "bare claims, for nobody shows their sums, and counts that are contradicted."
    return text + (_printed(pairs, stated, low, high) if stated else "")


def _printed(pairs: pd.DataFrame, stated: float, low: float, high: float) -> str:
    near = pairs[pairs["low"].le(stated + 0.5) & pairs["high"].ge(stated - 0.5)]
    inside = "outside" if stated < low or stated > high else "inside"
    reached = "; ".join(f"{r.counts} over {r.by}" for r in near.itertuples()) or "none"
    return f" The {stated:g} that was printed is {inside} that range. Within half a life of it come: {reached}."


def year_by_year(years: pd.DataFrame) -> pd.DataFrame:
    """The rows of `land.by_year` in words: how many counts were known, the land, the range of lives."""
    told = [_in_words(row) for row in years.to_dict("records")]
    return pd.DataFrame(told, columns=["counts known", "km²", "lives per km²"], index=pd.Index(years["year"]))


def _in_words(row: Mapping[str, float]) -> tuple[int, str, str]:
    area = figures.span(row["least"], NAN, row["most"]) or "not known"
    return row["counts"], area, figures.span(row["low"], NAN, row["high"], "{:.1f}") or "none"
