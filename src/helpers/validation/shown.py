"""The summary of the sweep for a reader: tallies, grids of one family, and what fails, in words."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.validation.summary import NARROW, NO_PROMISE, PROMISED, REFUSES, WIDE

READINGS = (PROMISED, NARROW, WIDE, REFUSES)


def tally(table: pd.DataFrame) -> pd.DataFrame:
    """How the rows of each family read: one row per family.

    Columns: of the rows in which the wars keep to what the method assumes, how many read `as promised`, `too narrow`,
    `too wide` (and `refuses`, if any); `biased`, how many of them are biased besides; `broken`, how many rows break an
    assumption, and `least`, the smallest coverage among these (share). Rows without a promise are left out.
    """
    rows = table[table["nominal"] > 0]
    read = rows["reading"].str.split(",").str[0]
    kept = rows["keeps"] == "yes"
    counts = {name: (kept & read.eq(name)).groupby(rows["family"], sort=False).sum() for name in READINGS}
    counts["biased"] = (kept & rows["reading"].str.contains("biased")).groupby(rows["family"], sort=False).sum()
    broken = rows[~kept].groupby("family")["coverage"]
    told = pd.DataFrame(counts).assign(broken=broken.size(), least=broken.min())
    used = [name for name in told if name != REFUSES or told[name].any()]
    return told.astype({"broken": "Int64"})[used].rename_axis("estimators of")


def grid(table: pd.DataFrame, family: str, methods: Sequence[str] = ()) -> pd.DataFrame:
    """One family to be read: a row per setting, a column per method (all, or `methods`), each cell in words.

    Coverage in %, its Monte Carlo error, `narrow` or `wide` where it fails; then the bias in % with its error. A cell
    in brackets breaks an assumption of the method.
    """
    rows = table[table["family"] == family]
    methods = list(methods) or list(rows["method"].unique())
    rows = rows[rows["method"].isin(methods)]
    wide = rows.assign(cell=[_cell(row) for row in rows.to_dict("records")]).pivot(
        index="setting", columns="method", values="cell"
    )
    shown = wide.reindex(index=rows["setting"].unique(), columns=methods)
    return shown.fillna("").rename_axis(index=f"setting, {rows['runs'].min():,} wars each", columns=None)


def _cell(row: dict) -> str:
    reading = row["reading"].split(",")[0]
    fails = {NARROW: " narrow", WIDE: " wide", REFUSES: " mostly refused"}.get(reading, "")
    coverage = f"{100 * row['coverage']:.1f} ± {100 * row['coverage_error']:.1f}{fails}"
    bias = f"bias {100 * row['bias']:+.1f} ± {100 * row['bias_error']:.1f}"
    refused = f"; {row['refused']} refused" if row["refused"] else ""
    text = f"{coverage}; {bias}{refused}".replace("-", "−")
    return text if row["keeps"] == "yes" else f"({text})"


def worst(table: pd.DataFrame) -> pd.Series:
    """The row of a promised interval whose wars keep to all that is assumed, and which misses the truth most often."""
    kept = table[table["keeps"].eq("yes") & (table["nominal"] > 0)]
    return kept.loc[(kept["coverage"] - kept["nominal"]).idxmin()]


def in_words(row: pd.Series) -> str:
    """One row of the summary as a clause: method, setting, coverage with its error, reading."""
    return (
        f"{row['method']} ({row['family']}, {row['setting']}): {row['coverage']:.1%} ± {row['coverage_error']:.1%}"
        + ("" if row["reading"] == NO_PROMISE else f" of {row['nominal']:.1%} promised")
    )
