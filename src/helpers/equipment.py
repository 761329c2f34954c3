"""Russian equipment lost: as the General Staff of Ukraine claims it, and as it was photographed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd

from helpers import sources
from helpers.paths import DATA

if TYPE_CHECKING:
    from pathlib import Path

EMBEDDED = DATA / "figures" / "equipment_by_month.csv"
PHOTOGRAPHED = DATA / "figures" / "equipment_photographed.csv"
SOURCE = "general-staff-2026"
FILE = "data/russia_losses_equipment.json"
SNAPSHOT = "data/russia_losses_equipment_oryx.json"
COLUMNS = ["day", "kind", "claimed", "source"]
# The snapshot has no day: it could be known from that of the stored version.
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
        embedded=lambda: pd.read_csv(EMBEDDED, parse_dates=["day"])[COLUMNS],
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
        embedded=lambda: pd.read_csv(PHOTOGRAPHED, dtype={"filed": str}, keep_default_na=False),
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


def side_by_side(claims: pd.DataFrame, photographs: pd.DataFrame, known_on: str | pd.Timestamp) -> pd.DataFrame:
    """Claimed and photographed pieces as known on a day: one row per kind, most claimed per photograph first.

    Columns: `kind`, `day` (of the newest claim), `claimed`, `photographed`, `ratio` (claimed per photographed piece,
    one snapshot of an unknown day under a claim of a later one: too high if the snapshot is old), `reached` (first day
    in `claims` on which as many were claimed as the snapshot shows). The last three are missing before the snapshot
    was published.
    """
    known = claims[claims["day"] <= pd.Timestamp(known_on)]
    newest = known.sort_values("day").groupby("kind").tail(1).set_index("kind")[["day", "claimed"]]
    public = pd.Timestamp(known_on) >= SNAPSHOT_PUBLISHED
    seen = photographs.groupby("kind")["photographed"].sum() if public else pd.Series(dtype=float)
    table = newest.assign(photographed=seen.reindex(newest.index).astype(float))
    enough = known[known["claimed"] >= known["kind"].map(table["photographed"])]
    table = table.assign(ratio=table["claimed"] / table["photographed"], reached=enough.groupby("kind")["day"].min())
    return table.sort_values(["ratio", "claimed"], ascending=False).reset_index()
