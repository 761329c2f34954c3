"""Lives per square kilometre: the dead of a year, by every count of them, over the land taken in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers import figures, series, territory
from helpers.estimate.coverage import coverage_range
from helpers.estimate.ratio import over

if TYPE_CHECKING:
    from collections.abc import Collection

VALUES = ["low", "point", "high"]
DEAD = ["counts", "kind", "contradicted", *VALUES]
# land that changed hands back and forth leaves a net gain near zero, and any number of lives over it
LEAST = 500.0
# the rule was judged for the list that these two keep together
JUDGED = "Mediazona and BBC Russian Service"
WORDS = {"named": "names on the list", "probate": "registry"}


def dead_of(
    known: pd.DataFrame,
    release: pd.DataFrame,
    year: int,
    known_on: str | pd.Timestamp,
    *,
    contradicted: Collection[str] = (),
) -> pd.DataFrame:
    """Everything that counts Russia's dead of `year` and was known on a day: one row per count.

    `known`: the ledger as known; `release`: the published series. Columns: `counts` (in words), `kind` (`names`: a
    floor; `coverage`: the newest such claim by the coverage rule; `registry`; `claim`), `low`, `point`, `high`
    (persons); `contradicted` (whether the claim is in `contradicted`, ids that the audit of `helpers.audit` found
    so). Claims about exactly that year that still stand and repeat none about other days, and releases that reach to
    the year's end, by weeks whose Thursday lies in it.
    """
    claims = _claims_about(known, year)
    claims = claims.assign(contradicted=claims["id"].isin(contradicted))
    parts = [_in_words(claims), _by_coverage(claims, known_on), _of_releases(release, year, known_on)]
    parts = [part[DEAD] for part in parts if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=DEAD)


def year_of_war(year: int) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first and the last day of `year` that belong to the war."""
    return max(pd.Timestamp(year, 1, 1), figures.WAR_BEGAN), pd.Timestamp(year, 12, 31)


def _about(known: pd.DataFrame, year: int) -> pd.Series:
    """Whether each claim is about exactly that year."""
    since, until = year_of_war(year)
    return known["side"].eq("russia") & known["since"].eq(since) & known["until"].eq(until)


def _claims_about(known: pd.DataFrame, year: int) -> pd.DataFrame:
    scopes = figures.codebook("scopes")
    toll = known["scope"].isin(scopes.index[scopes["toll"] == "yes"])
    counted = known["quantity"].isin(("named", "killed")) & known["status"].eq("standing") & known["copies"].eq("")
    # named comes before killed, and the older before the newer
    return known[_about(known, year) & toll & counted].sort_values(["quantity", "published"], ascending=[False, True])


def _by_coverage(claims: pd.DataFrame, known_on: str | pd.Timestamp) -> pd.DataFrame:
    judged = claims["quantity"].eq("named") & claims["who"].eq(JUDGED) & ~claims["contradicted"]
    newest = claims[judged].tail(1)
    rule = coverage_range(newest.assign(point=figures.middle))
    rule = rule[rule["published"] <= pd.Timestamp(known_on)]
    counts = newest["point"].fillna(newest["low"]).map("{:,.0f} names by the coverage rule".format)
    return rule.assign(counts=counts.reindex(rule.index), kind="coverage", contradicted=False)


def _in_words(claims: pd.DataFrame) -> pd.DataFrame:
    kinds = claims["quantity"].map({"named": "names", "killed": "claim"})
    who = claims["who"].str.split(" (", regex=False).str[0]
    words = claims["quantity"].map({"named": "names: ", "killed": "claim: "}) + who
    return figures.ends(claims).assign(counts=words, kind=kinds, contradicted=claims["contradicted"])


def _of_releases(release: pd.DataFrame, year: int, known_on: str | pd.Timestamp) -> pd.DataFrame:
    public = release[release["published"] <= pd.Timestamp(known_on)]
    reaches = public.groupby(["published", "series"])["until"].transform("max") >= pd.Timestamp(year, 12, 28)
    thursday = public["since"] + pd.Timedelta(days=3)
    inside = public[reaches & thursday.dt.year.eq(year)]
    if inside.empty:
        return pd.DataFrame(columns=DEAD)
    of_year = inside.groupby(["published", "series"])
    sums = of_year[VALUES].sum(min_count=1).reset_index()
    methods = of_year["method"].agg(" ".join).reset_index(drop=True).astype(object)
    missing = methods.str.contains("and missing").map({True: " and missing", False: ""})
    flash = methods.str.contains(series.FLASH).map({True: ", in part flash", False: ""})
    words = sums["series"].map(WORDS) + missing + flash + sums["published"].dt.strftime(", as of %Y-%m-%d")
    kinds = sums["series"].map({"named": "names", "probate": "registry"})
    return figures.ends(sums).assign(counts=words, kind=kinds, contradicted=False)


def areas_of(known: pd.DataFrame, maps: pd.DataFrame, year: int) -> pd.DataFrame:
    """The land taken in `year` by every measure known: one row per measure; `by`, `km2` (square kilometres).

    Totals of the ledger `known` for exactly that year, and the difference of two of the `maps` (`territory.known_by`).
    """
    since, until = year_of_war(year)
    told = known[known["quantity"].eq("km2_captured") & _about(known, year)]
    table = told[["who", "point"]].set_axis(["by", "km2"], axis=1)
    measured = territory.taken(maps, since, until)
    if pd.notna(measured):
        table = pd.concat([table, pd.DataFrame({"by": ["The Economist"], "km2": [measured]})])
    return table.reset_index(drop=True)


def per_km2(dead: pd.DataFrame, areas: pd.DataFrame, *, least: float = LEAST) -> pd.DataFrame:
    """Every count of `dead_of` over every area of `areas_of`: one row per pair.

    Columns: `counts`, `kind`, `contradicted`, `by`, `km2`, and `low`, `point`, `high` in lives per square kilometre. An
    area has no published interval: the spread between areas is all that is known of its error. Areas of less than
    `least` square kilometres, or land lost, give no ratio: missing.
    """
    pairs = dead.merge(areas, how="cross")
    enough = pairs["km2"].where(pairs["km2"] >= least)
    same = pd.DataFrame(dict.fromkeys(VALUES, enough))
    return pairs.assign(**over(pairs[VALUES].astype(float), same))[
        ["counts", "kind", "contradicted", "by", "km2", *VALUES]
    ]


def honest_range(pairs: pd.DataFrame) -> tuple[float, float]:
    """From the most names over the largest area, a floor, to the highest end over the smallest; NaN without either.

    The high end is that of the estimates (registry and coverage); a bare claim is not in it, for nobody shows its sums,
    and neither is a count that is contradicted.
    """
    held = pairs[~pairs["contradicted"].astype(bool)]
    names, ends = held[held["kind"] == "names"], held[held["kind"].isin(("registry", "coverage"))]
    return float(names.groupby("by")["low"].max().min()), float(ends["high"].max())


def by_year(
    known: pd.DataFrame,
    release: pd.DataFrame,
    maps: pd.DataFrame,
    known_on: str | pd.Timestamp,
    *,
    contradicted: Collection[str] = (),
    least: float = LEAST,
) -> pd.DataFrame:
    """The range of lives per square kilometre for each year of the war that was over by `known_on`: one row per year.

    Columns: `year`; `counts` (how many counts of the dead were known); `least`, `most` (square kilometres by the
    smallest and the largest measure, missing where there is none); `low`, `high` (`honest_range`).
    """
    rows = []
    for year in range(figures.WAR_BEGAN.year, pd.Timestamp(known_on).year):
        areas, dead = areas_of(known, maps, year), dead_of(known, release, year, known_on, contradicted=contradicted)
        low, high = honest_range(per_km2(dead, areas, least=least))
        rows.append([year, len(dead), areas["km2"].min(), areas["km2"].max(), low, high])
    return pd.DataFrame(rows, columns=["year", "counts", "least", "most", "low", "high"])
