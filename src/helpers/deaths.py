"""Deaths in Russia by year, sex and age, from all causes and with HIV, and since when each year was known."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from helpers import own_tables, sources
from helpers.figures import partial_date
from helpers.paths import DATA

if TYPE_CHECKING:
    from pathlib import Path

EMBEDDED = DATA / "figures" / "deaths_by_sex.csv"
RELEASES = DATA / "figures" / "deaths_published.csv"
SOURCE = "kobak-2025"
ALL_CAUSES = "deaths-by-age-gender-region-year/deaths-by-age-gender-region-year-1990-2023.csv.gz"
HIV, HIV_2023 = "deaths-hiv/deaths-hiv.xlsx", "deaths-hiv/deaths-hiv-2023.xlsx"
BANDS = ("15-19", "20-24", "25-29", "30-34", "35-39", "40-44", "45-49")
KEYS = ["year", "age"]
COUNTS = ["men", "women", "men_hiv", "women_hiv"]
COLUMNS = [*KEYS, *COUNTS, "published", "hiv_published"]
# how the files of the Russian statistical agency write the whole country, the sexes and an age
COUNTRY = "Российская Федерация"
SEXES = {"m": "men", "f": "women"}
HIV_SEXES = {"Мужчины": "men_hiv", "Женщины": "women_hiv"}
AGE = re.compile(r"(\d+) (?:год|года|лет)")
NO_DEATHS = "-"


def read(data: str = "embedded") -> pd.DataFrame:
    """Deaths in the whole of Russia of people aged 15 to 49, one row per calendar year and band of five years of age.

    Columns: `year`; `age` (15-19 ... 45-49); `men`, `women` (deaths from all causes); `men_hiv`, `women_hiv` (those of
    them from HIV; missing before 2006); `published`, `hiv_published` (since when the counts of that year could be
    known). Russia as its statistical agency counts it: with Crimea in the newest years, without
    the regions annexed in 2022.

    `data="embedded"` reads data/figures/deaths_by_sex.csv, `data="fetched"` the files of `kobak-2025`: tables of the
    Russian statistical agency (Rosstat), given to the authors on request. ValueError for another `data`.
    """
    counts = sources.either(data, embedded=lambda: own_tables.read(EMBEDDED)[KEYS + COUNTS], fetched=_fetched)
    known = releases().pivot(index="year", columns="deaths", values="published")
    known = known.rename(columns={"all causes": "published", "hiv": "hiv_published"}).reset_index()
    return counts.merge(known, on="year", how="left", validate="m:1")[COLUMNS]


@cache
def _fetched() -> pd.DataFrame:
    parts = [read_hiv(sources.path(SOURCE, HIV)), read_hiv_2023(sources.path(SOURCE, HIV_2023))]
    all_causes = read_all_causes(sources.path(SOURCE, ALL_CAUSES))
    return all_causes.merge(pd.concat(parts), on=KEYS, how="left", validate="1:1")


def releases() -> pd.DataFrame:
    """When the deaths of each year became known: data/figures/deaths_published.csv, dates completed.

    One row per year and kind of `deaths` (`all causes`, `hiv`). Columns: `published` (day from which it could be
    known; missing where it was refused), `refused` (day from which that refusal could be known), `published_by` (how
    we know).
    """
    table = own_tables.read(RELEASES, dtype={"published": str, "refused": str}, keep_default_na=False)
    dated = {day: pd.to_datetime(table[day].map(_last_day)) for day in ("published", "refused")}
    return table.assign(**dated)


def _last_day(text: str) -> pd.Timestamp | None:
    return partial_date(text).last if text else None


def known_by(table: pd.DataFrame, day: str | pd.Timestamp) -> pd.DataFrame:
    """The deaths of `table` as known at the end of `day`: later years are not there, later HIV counts are empty."""
    day = pd.Timestamp(day)
    known = table[table["published"] <= day].reset_index(drop=True)
    hiv = [name for name in COUNTS if name.endswith("hiv")]
    return known.assign(**{name: known[name].where(known["hiv_published"] <= day) for name in hiv})


def refused(day: str | pd.Timestamp) -> pd.DataFrame:
    """The years whose deaths by age and sex were refused by `day`: rows of `releases`."""
    table = releases()
    return table[table["refused"] <= pd.Timestamp(day)].reset_index(drop=True)


def read_all_causes(path: Path) -> pd.DataFrame:
    """Deaths from all causes in the whole country: one row per year and band; columns `year`, `age`, `men`, `women`.

    Of the file only the rows of the whole country are read: its regions overlap (some contain others), so their sum
    is no total. ValueError naming the file and what it lacks, or what it has twice.
    """
    table = pd.read_csv(path)
    years = sorted(table["Year"].unique())
    rows = table[table["Region"] == COUNTRY].assign(age=lambda t: t["Age"].str.removesuffix(" лет"))
    rows = rows[rows["age"].isin(BANDS)]
    keys = ["Year", "age", "Gender"]
    wanted = pd.MultiIndex.from_product([years, BANDS, SEXES], names=keys)
    if (twice := rows.duplicated(keys)).any():
        row = rows[twice].iloc[0]
        raise ValueError(f"{path.name}: '{COUNTRY}' has two rows for {row.Year}, {row.age}, {row.Gender}; "
                         "one is allowed, for the file's regions overlap and must not be summed")  # fmt: skip
    deaths = rows.set_index(keys)["Deaths"].reindex(wanted)
    if deaths.isna().any():
        year, age, sex = deaths.index[deaths.isna()][0]
        raise ValueError(f"{path.name}: '{COUNTRY}' has no row for {year}, {age}, {sex}; it needs one for every year, "
                         f"each of the bands {', '.join(BANDS)}, and both sexes")  # fmt: skip
    table = deaths.astype(int).unstack("Gender").rename(columns=SEXES).rename_axis(columns=None)
    return table.reset_index().rename(columns={"Year": "year"})[[*KEYS, *SEXES.values()]]


def read_hiv(path: Path) -> pd.DataFrame:
    """Deaths with HIV of 2006-2022: one row per year and band; columns `year`, `age`, `men_hiv`, `women_hiv`.

    The workbook has a row per single year of age, and three columns per calendar year: both sexes, men, women.
    """
    sheet = pd.read_excel(path, header=None)
    years, sexes = sheet.iloc[1].ffill(), sheet.iloc[2]
    columns = {(int(years[c]), HIV_SEXES[sexes[c]]): sheet[c] for c in sheet.columns[1:] if sexes[c] in HIV_SEXES}
    return _into_bands(path, pd.DataFrame(columns).set_axis(sheet[0], axis=0))


def read_hiv_2023(path: Path) -> pd.DataFrame:
    """Deaths with HIV of 2023, as `read_hiv` gives them.

    The workbook has a column per single year of age, and a block of rows per sex, the whole country first.
    """
    sheet = pd.read_excel(path, header=None)
    labels = sheet[0].astype(str).str.strip()
    first = {HIV_SEXES[label]: row + 1 for row, label in labels.items() if label in HIV_SEXES}
    if [labels[row] for row in first.values()] != [COUNTRY] * len(HIV_SEXES):
        raise ValueError(f"{path.name}: below {' and below '.join(HIV_SEXES)} the row '{COUNTRY}' is needed")
    columns = {(2023, name): sheet.loc[row, 1:].replace(NO_DEATHS, 0) for name, row in first.items()}
    return _into_bands(path, pd.DataFrame(columns).set_axis(sheet.loc[1, 1:], axis=0))


def _into_bands(path: Path, by_age: pd.DataFrame) -> pd.DataFrame:
    """Single years of age, named in words in the index, summed to the bands; every age from 15 to 49 once."""
    ages = [int(found[1]) if (found := AGE.fullmatch(str(label).strip())) else None for label in by_age.index]
    if sorted(age for age in ages if age in range(15, 50)) != list(range(15, 50)):
        raise ValueError(f"{path.name}: every single age from 15 to 49 is needed once, written as '15 лет'")
    inside = [age in range(15, 50) for age in ages]
    band = [BANDS[age // 5 - 3] for age in ages if age in range(15, 50)]
    sums = by_age[inside].astype(int).groupby(band).sum()
    sums.columns = pd.MultiIndex.from_tuples(sums.columns, names=["year", None])
    table = sums.stack("year").rename_axis(["age", "year"]).reset_index()
    return table.sort_values(KEYS, ignore_index=True)[[*KEYS, *HIV_SEXES.values()]]
