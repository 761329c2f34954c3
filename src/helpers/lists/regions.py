"""The named dead by region of Russia in spring 2023, and where each region lies on a tile map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers import own_tables, sources
from helpers.figures import partial_date
from helpers.paths import DATA

if TYPE_CHECKING:
    from pathlib import Path

EMBEDDED = DATA / "figures" / "regions_2023.csv"
TILES = DATA / "codebooks" / "regions.csv"
SOURCE = "bessudnov-2023"
CENSUS = "census2021_nMen16-615.csv"
NOT_KNOWN = "not known"
COLUMNS = ["region", "iso", "dead", "men_16_61", "published", "source"]


def read(data: str = "embedded") -> pd.DataFrame:
    """The named dead and the men of working age by region of Russia, counted to 2023-04-11.

    One row per region of the census of 2021 (85), in the order of their names, and a last one, `not known`, for the
    dead whose region the list does not say. Columns: `region` (English name, as in the source), `iso` (code, as in
    the source), `dead` (people named by 2023-04-11), `men_16_61` (men aged 16 to 61 and a half at the census;
    missing where the region is not known), `published` (day by which the study was out; its month is known),
    `source` (id in data/sources.toml). Regions follow the source's census, which is no position on borders.

    `data="embedded"` reads data/figures/regions_2023.csv, typed from the study's table; `data="fetched"` counts the
    records of `bessudnov-2023` anew. Source: Bessudnov (2023), SocArXiv s43yf; printed in Demographic Research
    48 (31), 883-898, appendix. ValueError for another `data`, or a record of a region that the census does not have.
    """
    return sources.either(data, embedded=_embedded, fetched=_fetched)


def _embedded() -> pd.DataFrame:
    empty = {"men_16_61": [""]}
    table = own_tables.read(EMBEDDED, dtype={"men_16_61": "Int64"}, keep_default_na=False, na_values=empty)
    return table.assign(published=[partial_date(text).last for text in table["published"]])


def _fetched() -> pd.DataFrame:
    published = partial_date(sources.source(SOURCE).published).last
    counted = count(records(), read_census(sources.path(SOURCE, CENSUS)))
    return counted.assign(published=published, source=SOURCE)[COLUMNS]


def records() -> pd.DataFrame:
    """The fetched records behind the table, one row per record, in the schema of `records`; for aggregates only."""
    from helpers.lists.records import read_bessudnov

    return read_bessudnov(sources.path(SOURCE, CENSUS).parent).records


def read_census(path: Path) -> pd.DataFrame:
    """Men aged 16 to 61 and a half at the census of 2021: one row per region; columns `region`, `iso`, `men_16_61`."""
    names = {"regNameEng": "region", "regNameISO": "iso", "nMen16_615_2021": "men_16_61"}
    return pd.read_csv(path, keep_default_na=False)[list(names)].rename(columns=names)


def count(rows: pd.DataFrame, census: pd.DataFrame) -> pd.DataFrame:
    """The records `rows` counted by region beside the men of the census: columns `region`, `iso`, `dead`, `men_16_61`.

    One row per region of `census`, also with no dead, and a last one for records without a region: every record is
    counted. ValueError names the regions that the census does not have.
    """
    dead = rows["region"].fillna(NOT_KNOWN).value_counts()
    unknown = sorted(set(dead.index) - set(census["region"]) - {NOT_KNOWN})
    if unknown:
        raise ValueError(f"column region: the census has no {', '.join(unknown)}; names are as in its regNameEng")
    table = pd.concat([census.sort_values("region"), pd.DataFrame({"region": [NOT_KNOWN], "iso": [""]})])
    counted = table["region"].map(dead).fillna(0).astype(int)
    return table.assign(dead=counted, men_16_61=table["men_16_61"].astype("Int64")).reset_index(drop=True)


def tiles() -> pd.DataFrame:
    """Where each region lies on the tile map: one row per region; columns `iso`, `region`, `row`, `column` from 1.

    Rows run from north to south, columns from west to east; neighbours lie together where a grid allows it.
    """
    return own_tables.read(TILES, keep_default_na=False)
