"""Russian equipment lost: as the General Staff of Ukraine claims it, and as it was photographed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers import own_tables, sources
from helpers.figures import days_within
from helpers.paths import DATA

if TYPE_CHECKING:
    from pathlib import Path

EMBEDDED = DATA / "figures" / "equipment_by_month.csv"
ORYX_TOTALS = DATA / "figures" / "oryx_tanks.csv"
PHOTOGRAPHED = DATA / "figures" / "equipment_photographed.csv"
SOURCE = "general-staff-2026"
FILE = "data/russia_losses_equipment.json"
SNAPSHOT = "data/russia_losses_equipment_oryx.json"
COLUMNS = ["day", "kind", "claimed", "source"]
# nobody wrote down the day of the snapshot; it could be read here from that of the stored version
SNAPSHOT_PUBLISHED = pd.Timestamp("2026-08-08")
# kinds as the General Staff names them, and the columns of the file that make them up
KINDS = {
    "tanks": ["tank"], "armoured vehicles": ["APC"], "artillery": ["field artillery"], "rocket launchers": ["MRL"],
    "air defence": ["anti-aircraft warfare"], "aircraft": ["aircraft"], "helicopters": ["helicopter"],
    "drones": ["drone"], "ships and boats": ["naval ship"], "special equipment": ["special equipment"],
    "trucks and tankers": ["vehicles and fuel tanks", "military auto", "fuel tank"],
}  # fmt: skip
FILED = {
    "Tanks": "tanks", "Armoured Personnel Carriers": "armoured vehicles", "Artillery Systems": "artillery",
    "Multiple Rocket Launchers": "rocket launchers", "Anti-aircraft Warfare Systems": "air defence",
    "Aircrafts": "aircraft", "Helicopters": "helicopters", "Unmanned Aerial Vehicles": "drones",
    "Warships, Boats": "ships and boats", "Special Equipment": "special equipment",
    "Vehicle and Fuel Tank": "trucks and tankers",
}  # fmt: skip
# the file puts them with the rocket launchers; the General Staff counts them with the air defence
MISFILED = {"Surface-To-Air Missile Systems": "air defence"}


def claimed(data: str = "embedded") -> pd.DataFrame:
    """What the General Staff of Ukraine claims Russia to have lost since the invasion: one row per day and kind.

    Columns: `day` (of the claim, on which it became public), `kind` (key of `KINDS`), `claimed` (pieces), `source`.
    Trucks and tankers were two kinds up to April 2022: here they are one. `data="embedded"` gives the last day of each
    month and the last of all, `data="fetched"` every day. Totals may fall: the General Staff corrects itself.
    ValueError for another `data`.
    """
    return sources.either(
        data,
        embedded=lambda: own_tables.read(EMBEDDED)[COLUMNS],
        fetched=lambda: read_days(sources.path(SOURCE, FILE)),
    )


def read_days(path: Path) -> pd.DataFrame:
    """Every day of the file at `path`, as `claimed` gives them; ValueError naming what the file lacks."""
    rows = pd.DataFrame(json.loads(path.read_text("utf-8")))
    if missing := {column for columns in KINDS.values() for column in columns} - set(rows.columns):
        raise ValueError(f"{path.name}: no row has {', '.join(sorted(missing))}")
    sums = {kind: rows[columns].sum(axis=1, min_count=1) for kind, columns in KINDS.items()}
    wide = pd.DataFrame(sums).assign(day=pd.to_datetime(rows["date"]))
    long = wide.melt(id_vars="day", var_name="kind", value_name="claimed").dropna(subset="claimed")
    return long.astype({"claimed": int}).assign(source=SOURCE).sort_values(["day", "kind"], ignore_index=True)[COLUMNS]


def photographed(data: str = "embedded") -> pd.DataFrame:
    """Equipment of which Oryx found a photograph, from one snapshot without a day: one row per category of Oryx.

    Columns: `category` (as Oryx names it), `kind` (key of `KINDS`), `filed` (the kind under which the file has it,
    where ours differs), `photographed` (pieces; a floor, for what nobody photographed is not in it), `models` (rows of
    the file), `source`. ValueError for another `data`.
    """
    return sources.either(
        data,
        embedded=lambda: own_tables.read(PHOTOGRAPHED, dtype={"filed": str}, keep_default_na=False),
        fetched=lambda: read_snapshot(sources.path(SOURCE, SNAPSHOT)),
    )


def read_snapshot(path: Path) -> pd.DataFrame:
    """The categories of the snapshot at `path`, as `photographed` gives them; ValueError for an unknown kind."""
    rows = pd.DataFrame(json.loads(path.read_text("utf-8")))
    if unknown := set(rows["equipment_ua"]) - set(FILED):
        raise ValueError(
            f"{path.name}: equipment_ua holds {', '.join(sorted(unknown))}; allowed are {', '.join(FILED)}"
        )
    groups = rows.groupby(["equipment_oryx", "equipment_ua"])["losses_total"]
    table = groups.agg(photographed="sum", models="size").reset_index()
    filed = table["equipment_ua"].map(FILED)
    kind = table["equipment_oryx"].map(MISFILED).fillna(filed)
    named = table.rename(columns={"equipment_oryx": "category"}).assign(
        kind=kind, filed=filed.where(filed != kind, ""), source=SOURCE
    )
    return named.sort_values(["kind", "category"], ignore_index=True)[
        ["category", "kind", "filed", "photographed", "models", "source"]
    ]


class Snapshot(NamedTuple):
    """The days between which a snapshot was taken, and the day between them that its total suggests."""

    earliest: pd.Timestamp
    day: pd.Timestamp
    latest: pd.Timestamp


def snapshot_taken(photographs: pd.DataFrame) -> Snapshot:
    """When the undated snapshot was taken, by its tanks beside totals of tanks that Oryx had on known days.

    Oryx hardly ever takes a tank back, so the snapshot lies between the last printed total that is smaller and the
    first that is not; `day` divides that time evenly. ValueError where no printed total is at least as large.
    """
    totals = own_tables.read(ORYX_TOTALS).sort_values("day")
    tanks = photographs.loc[photographs["kind"] == "tanks", "photographed"].sum()
    before, after = totals[totals["tanks"] < tanks], totals[totals["tanks"] >= tanks]
    if before.empty or after.empty:
        raise own_tables.TableError(
            f"{ORYX_TOTALS.name}: no printed totals enclose the {tanks:,} tanks of the snapshot; add one from a page "
            "with a day"
        )
    first, last = before.iloc[-1], after.iloc[0]
    share = (tanks - first["tanks"]) / (last["tanks"] - first["tanks"])
    day = (first["day"] + share * (last["day"] - first["day"])).normalize()
    return Snapshot(first["day"], day, last["day"])


def side_by_side(
    claims: pd.DataFrame, photographs: pd.DataFrame, known_on: str | pd.Timestamp, *, days: int = 31
) -> pd.DataFrame:
    """Pieces claimed and photographed, at the day of the photographs: one row per kind, most per photograph first.

    Columns: `kind`; `day` (of the claim nearest to the snapshot's likely day, at most `days` away), `claimed`;
    `snapshot` (the likely day of the photographs, see `snapshot_taken`), `photographed`; `ratio` (claimed per
    photographed piece; missing where the two days lie further apart), `ratio_high` (the same with what had been claimed
    on the latest day that the snapshot may have). Before the snapshot was published, the newest claims stand alone.
    """
    known = claims[claims["day"] <= pd.Timestamp(known_on)]
    if pd.Timestamp(known_on) < SNAPSHOT_PUBLISHED:
        newest = known.sort_values("day").groupby("kind").tail(1)[["kind", "day", "claimed"]]
        unknown = {"snapshot": pd.NaT, "photographed": float("nan"), "ratio": float("nan"), "ratio_high": float("nan")}
        return newest.assign(**unknown).sort_values("claimed", ascending=False, ignore_index=True)
    taken = snapshot_taken(photographs)
    seen = photographs.groupby("kind")["photographed"].sum().astype(float)
    then, latest = (_nearest(known, day) for day in (taken.day, taken.latest))
    table = then.assign(snapshot=taken.day, photographed=seen)
    near = days_within(table["day"], table["snapshot"], days)
    table = table.assign(
        ratio=(table["claimed"] / seen).where(near),
        ratio_high=(latest["claimed"] / seen).where(near & days_within(latest["day"], taken.latest, days)),
    )
    columns = ["kind", "day", "claimed", "snapshot", "photographed", "ratio", "ratio_high"]
    return table.reset_index().sort_values(["ratio", "claimed"], ascending=False, ignore_index=True)[columns]


def _nearest(claims: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """The claim of each kind that is nearest to `day`; indexed by kind."""
    order = claims.assign(apart=(claims["day"] - day).abs()).sort_values(["apart", "day"])
    return order.groupby("kind").head(1).set_index("kind")[["day", "claimed"]]
