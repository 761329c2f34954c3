"""Who repeats whom: the copies of the ledger from claimant to claimant, and claims that are one stream of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers import claims, figures, general_staff, own_tables
from helpers.paths import DATA

if TYPE_CHECKING:
    from pathlib import Path

STREAMS = DATA / "claims" / "streams.csv"
SAME = ["who", "quantity", "window"]


class Voices(NamedTuple):
    """How many claims there are, the roots behind them by copy, and the independent ones by stream."""

    claims: int
    roots: int
    streams: int


def streams(file: Path = STREAMS) -> pd.DataFrame:
    """Which claims are one stream of numbers although none is known to copy another, one row per kind of claim.

    Columns: `stream` (who speaks first), `who`, `quantity`, `window`, `since` (first day that such a claim is about;
    missing: any), `reason`. Source: data/claims/streams.csv; how near the numbers are is measured by `closeness`.
    """
    return own_tables.read(file)


def voices_of(table: pd.DataFrame) -> pd.DataFrame:
    """Every claim of `table` with its `root` (`claims.root`), and its `stream`: one row per claim, by its `id`.

    `stream` is the name of the stream that the root belongs to, or the root itself: claims of one stream, or of one
    root, are one voice.
    """
    copying = table.loc[table["copies"] != "", "id"]
    links = table[["id", "copies"]].astype(object)
    roots = table["id"].replace({claim: claims.root(links, claim) for claim in copying})
    streams_of = _stream_of(table).to_dict()
    stream = roots.map(lambda root: streams_of.get(root, root))
    return pd.DataFrame({"root": roots.to_numpy(), "stream": stream.to_numpy()}, index=table["id"])


def _stream_of(table: pd.DataFrame) -> pd.Series:
    """The stream of each claim of `table` about Russia's whole losses that belongs to one, by its id."""
    scopes = figures.codebook("scopes")
    told = table[table["side"].eq("russia") & table["scope"].isin(scopes.index[scopes["toll"] == "yes"])]
    joined = told.merge(streams(), on=SAME, suffixes=("", "_of_stream"))
    late = joined["until"] >= joined["since_of_stream"].fillna(figures.WAR_BEGAN)
    return joined[late].set_index("id")["stream"]


def independent(table: pd.DataFrame, ids: list[str] | None = None) -> Voices:
    """How many claims there are among `ids` of `table` (default: all), how many roots, and how many independent ones.

    A root is the claim at which a chain of copies begins; of roots that are one stream only one is independent.
    """
    chosen = voices_of(table) if ids is None else voices_of(table).loc[ids]
    return Voices(len(chosen), chosen["root"].nunique(), chosen["stream"].nunique())


def copied(table: pd.DataFrame) -> pd.DataFrame:
    """Which claimant's claims repeat, are computed from, or run in one stream with, which other's; most claims first.

    `table`: figures of the ledger. One row per pair. Columns: `source` (who made the claim at the root of the chain, or
    speaks first in the stream), `who` (who repeats it), `claims` (how many), `by` (`copy` or `stream`). A claimant who
    computes from an own earlier claim stands in both.
    """
    voices = voices_of(table).reset_index()
    names = table.set_index("id")["who"]
    who, first = voices["id"].map(names), voices["root"].map(names)
    copies = pd.DataFrame({"source": first, "who": who, "by": "copy"})[voices["root"] != voices["id"]]
    runs = pd.DataFrame({"source": voices["stream"], "who": who, "by": "stream"})
    # a copy is drawn as such, and who speaks first in a stream needs no arrow to itself
    runs = runs[voices["root"].eq(voices["id"]) & voices["stream"].ne(voices["root"]) & runs["source"].ne(who)]
    counts = pd.concat([copies, runs]).value_counts(["source", "who", "by"]).rename("claims").reset_index()
    return counts.sort_values(["claims", "source", "who"], ascending=[False, True, True], ignore_index=True)


def closeness(table: pd.DataFrame, staff: pd.DataFrame) -> pd.DataFrame:
    """How near the claims of each row of `streams` are to the General Staff's total: one row per row with such claims.

    `staff`: its series (`general_staff.read`). Columns: `who`, `quantity`, `window`, `claims` (of `table`, within the
    series), `apart` (the middle of their relative differences, without sign), `farthest` (the largest), `reason`.
    """
    of_stream = _stream_of(table)
    told = table[table["id"].isin(of_stream.index) & table["who"].ne(general_staff.WHO) & table["copies"].eq("")]
    days = (told["until"] - told["since"]).dt.days + 1
    counted = general_staff.between(staff, told)
    beside = counted.where(told["window"] != "rate", counted / days)
    apart = (figures.middle(told) / beside - 1).abs()
    groups = told.assign(apart=apart).dropna(subset="apart").groupby(SAME, sort=False)["apart"]
    measured = groups.agg(claims="size", apart="median", farthest="max").reset_index()
    return measured.merge(streams()[[*SAME, "reason"]], on=SAME)
