"""The published probate estimate added up: releases on one footing, what separates them, and intervals of the total."""

from __future__ import annotations

from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers import figures as schema
from helpers import probate_parts as published
from helpers import series
from helpers.probate_parts import COURTS, FLASH, FLOOR, MISSING, REGISTRY

if TYPE_CHECKING:
    from collections.abc import Sequence

KILLED = (REGISTRY, FLASH)
TOTAL, MIXED, LATER, ADDED = (
    "total", "age limit and revision, cannot be separated", "later deaths", "late cases and declared dead by a court"
)  # fmt: skip
# the claims that our totals add up again, by release and whether the missing are in
REPEATS = {
    (series.PUBLISHED_2024, False): "russia-killed-2024-06-21-meduza-mediazona",
    (series.PUBLISHED_2025, False): "russia-killed-2025-08-meduza-mediazona-men-18-55",
    (series.PUBLISHED_2026, False): "russia-killed-2025-12-31-meduza-mediazona-men-18-59-registry-only",
    (series.PUBLISHED_2026, True): "russia-killed-2025-12-31-meduza-mediazona-men-18-59",
}


class Total(NamedTuple):
    """A sum over weeks with its interval (people), if the errors of any two weeks have that `correlation`."""

    low: float
    point: float
    high: float
    correlation: float


def total(spans: pd.DataFrame, *, correlation: float) -> Total:
    """The sum of `spans` (rows of `probate_parts`) and its interval, by how far errors of weeks move together.

    With half-widths h of the weeks and correlation r the total has a half-width of the root of r (sum h)^2 + (1 - r)
    sum h^2: 1 adds the bounds up (errors shared by all weeks), 0 adds their squares (every week errs on its own).
    ValueError for a correlation outside 0 to 1, for parts without bounds, and for less than 1 where the bounds
    are those of a running total.
    """
    if not 0 <= correlation <= 1:
        raise ValueError(
            f"correlation is {correlation}: allowed are 0 (weeks err on their own) to 1 (all err together)"
        )
    if spans[["low", "high"]].isna().any(axis=None):
        part = spans.loc[spans["low"].isna() | spans["high"].isna(), "part"].iloc[0]
        raise ValueError(
            f"the part '{part}' has no published bounds: an interval of its sum cannot be made; leave it out"
        )
    if correlation < 1 and spans["squares_below"].isna().any():
        raise ValueError(
            f"the bounds of {spans['published'].iloc[0]:%Y-%m-%d} are those of a running total: its weeks have none of "
            "their own, so only correlation 1, the bounds as published, can be had"
        )
    point = float(spans["point"].sum())
    below, above = point - spans["low"].sum(), spans["high"].sum() - point
    squares = spans[["squares_below", "squares_above"]].sum()
    down, up = (
        sqrt(correlation * added**2 + (1 - correlation) * own)
        for added, own in ((below, squares["squares_below"]), (above, squares["squares_above"]))
    )
    return Total(point - down, point, point + up, correlation)


def by_correlation(spans: pd.DataFrame, steps: Sequence[float] = tuple(np.linspace(0, 1, 21) ** 2)) -> pd.DataFrame:
    """The `total` by correlation, one row per step: `correlation`, `low`, `point`, `high`."""
    return pd.DataFrame([total(spans, correlation=step)._asdict() for step in steps])[
        ["correlation", "low", "point", "high"]
    ]


def to_day(
    parts: pd.DataFrame, release: pd.Timestamp, day: pd.Timestamp, which: Sequence[str] = KILLED
) -> pd.DataFrame:
    """The spans of one release, of the parts `which`, that were over by `day`; no rows where it ends before."""
    rows = published.release(parts, release)
    rows = rows[rows["part"].isin(which)]
    return rows[rows["until"] <= day] if rows["until"].max() >= day else rows.iloc[:0]


def one_footing(parts: pd.DataFrame, days: Sequence[pd.Timestamp]) -> pd.DataFrame:
    """The dead from the invasion to each day by each release: one row per day and release that reaches it.

    Columns: `day`, `published`, `scope`, `low`, `point`, `high` (registry and flash, bounds added up), `missing` (added
    for late cases and people declared dead by a court; missing where the release has none), in people. `days`: last
    days of spans (CUTS and ends of releases), for a part of a span is not guessed; ValueError for another.
    """
    ends = set(parts["until"])
    if other := [day for day in days if day not in ends]:
        raise ValueError(f"{other[0]:%Y-%m-%d} is no last day of a span: allowed are probate_parts.CUTS and such days")
    rows = [
        _footing(parts, release, day)
        for day in days
        for release in sorted(parts["published"].unique())
        if len(to_day(parts, release, day))
    ]
    return pd.DataFrame(rows, columns=["day", "published", "scope", *series.VALUES, "missing"])


def _footing(parts: pd.DataFrame, release: pd.Timestamp, day: pd.Timestamp) -> dict[str, object]:
    killed, missing = to_day(parts, release, day), to_day(parts, release, day, (MISSING,))
    row = {"day": day, "published": release, "scope": killed["scope"].iloc[0]}
    return row | killed[series.VALUES].sum().to_dict() | {"missing": missing["point"].sum(min_count=1)}


def revisions(footing: pd.DataFrame) -> pd.DataFrame:
    """What a later release made of a total: one row per day and pair of neighbouring releases that both reach it.

    Columns: `day`, `before`, `after` (publication), `was`, `is` (people), `change` (share), `inside` (whether the later
    value lies in the earlier bounds added up, the widest that a total can have).
    """
    rows = []
    for day, told in footing.sort_values(["day", "published"]).groupby("day"):
        for (_, a), (_, b) in zip(told.iloc[:-1].iterrows(), told.iloc[1:].iterrows(), strict=True):
            rows.append(
                {"day": day, "before": a["published"], "after": b["published"], "was": a["point"], "is": b["point"],
                 "change": b["point"] / a["point"] - 1, "inside": bool(a["low"] <= b["point"] <= a["high"])}
            )  # fmt: skip
    return pd.DataFrame(rows, columns=["day", "before", "after", "was", "is", "change", "inside"])


def waterfall(parts: pd.DataFrame) -> pd.DataFrame:
    """From the total of each release to that of the next: one row per total and per step between, in order.

    Columns: `step` (TOTAL, MIXED, LATER, ADDED), `published`, `scope`, `until`, `low`, `high` (of totals, bounds added
    up; with people added for late cases the low end has their bare excess), `value` (total, or change; people). Between
    two releases first what the later one changes about the same days
    (its age limit and its revision of the method cannot be separated), then the deaths of later days, then the people
    added for late cases and decisions of courts.
    """
    releases = sorted(parts["published"].unique())
    rows = [_total_row(parts, releases[0])] if releases else []
    for before, after in pairwise(releases):
        last = parts.loc[parts["published"] == before, "until"].max()
        then = to_day(parts, before, last)["point"].sum()
        again = to_day(parts, after, last)["point"].sum()
        end = _total_row(parts, after)
        shared = {"published": after, "scope": end["scope"], "until": end["until"]}
        rows += [
            {"step": MIXED, "value": again - then} | shared,
            {"step": LATER, "value": end["value"] - again} | shared,
        ]
        rows.append(end)
    missing = parts[parts["part"] == MISSING]
    if len(missing):
        added, floor = missing["point"].sum(), parts.loc[parts["part"] == FLOOR, "point"].sum()
        whole = {"published": end["published"], "scope": end["scope"], "until": end["until"]}
        ends = {"low": end["low"] + floor, "value": end["value"] + added, "high": end["high"] + added}
        rows += [{"step": ADDED, "value": added} | whole, {"step": TOTAL} | ends | whole]
    return pd.DataFrame(rows, columns=["step", "published", "scope", "until", "low", "value", "high"])


def _total_row(parts: pd.DataFrame, release: pd.Timestamp) -> dict[str, object]:
    rows = published.release(parts, release).query("part in @KILLED")
    sums = rows[series.VALUES].sum().rename({"point": "value"})
    row = {"step": TOTAL, "published": release, "scope": rows["scope"].iloc[0], "until": rows["until"].max()}
    return row | sums.to_dict()


def crossing(named: pd.DataFrame, dead: pd.DataFrame) -> pd.DataFrame:
    """Names beside the estimate, added up from the invasion: one row per span that both have.

    `named`: one release of names by time of death; `dead`: spans of the estimate. Columns: `since`, `until`, `names`,
    `dead` (people, to the end of the span), `above` (whether more are named than were estimated dead). Spans are those
    of `named`; one that breaks a span of `dead` is joined with the next.
    """
    sums = [table.groupby("until")["point"].sum().cumsum() for table in (named, dead)]
    both = pd.DataFrame({"names": sums[0], "dead": sums[1]}).dropna().rename_axis("until").reset_index()
    since = both["until"].shift() + pd.Timedelta(days=1)
    told = both.assign(since=since.fillna(named["since"].min()), above=both["names"] > both["dead"])
    return told[["since", "until", "names", "dead", "above"]]


def crossing_in_words(crossed: pd.DataFrame) -> str:
    """The month up to which more were named than estimated dead, in words without a stop; `crossed`: `crossing`.

    The totals meet somewhere in the span after the last that is above; its Thursday says the month.
    """
    if not crossed["above"].any():
        return "Never more named than estimated dead"
    if crossed["above"].iloc[-1]:
        return f"More named than estimated dead, to the end on {crossed['until'].iloc[-1]:%Y-%m-%d}"
    after = crossed.loc[crossed["above"][::-1].idxmax() + 1]
    return f"More named than estimated dead, until some time in {after['since'] + pd.Timedelta(days=3):%Y-%m}"


def by_year(named: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    """Names, and the parts of the estimate, by year of death (of a week's Thursday); one row per year, people.

    Columns: `named`, `killed` (registry and flash), `missing`, `both`.
    """
    year = (parts["since"] + pd.Timedelta(days=3)).dt.year
    killed = parts["part"].isin(KILLED)
    sums = {
        "named": named.groupby((named["since"] + pd.Timedelta(days=3)).dt.year)["point"].sum(),
        "killed": parts[killed].groupby(year)["point"].sum(),
        "missing": parts[parts["part"] == MISSING].groupby(year)["point"].sum(),
    }
    table = pd.DataFrame(sums).rename_axis("year of death")
    return table.assign(both=table["killed"] + table["missing"].fillna(0))


def figures(parts: pd.DataFrame, known_on: str | pd.Timestamp) -> pd.DataFrame:
    """Our totals of the releases known on a day, in the schema of `figures`: killed since the invasion, people.

    One row per release (registry and flash), and one for each with people added for late cases and decisions of courts.
    Bounds of weeks are added up: errors are taken as shared by all weeks. The total with the missing goes down to the
    bare excess of late cases; an upper error of the missing was not published. An older release is
    superseded by the next.
    """
    releases = sorted(parts["published"].unique())
    later = dict(zip(releases, [*releases[1:], pd.NaT], strict=False))
    rows = [
        _figure(parts, release, later[release], missing)
        for release in releases
        for missing in (False, True)
        if not missing or (published.release(parts, release)["part"] == MISSING).any()
    ]
    table = pd.DataFrame(rows, columns=schema.COLUMNS)
    return schema.known_by(schema.validate(table), known_on).reset_index(drop=True) if rows else table


def _figure(parts: pd.DataFrame, release: pd.Timestamp, later: pd.Timestamp, missing: bool) -> dict[str, object]:
    rows = published.release(parts, release)
    killed = rows[rows["part"].isin(KILLED)]
    made = total(killed, correlation=1)
    floor, added = (float(rows.loc[rows["part"] == part, "point"].sum()) * missing for part in (FLOOR, MISSING))
    until, scope = killed["until"].max(), killed["scope"].iloc[0]
    method = "probate registry of Meduza and Mediazona, bounds of weeks added up"
    note = "the bounds hold as if the errors of all weeks were shared"
    if missing:
        method += ", with late cases and decisions of courts"
        note += f"; the low end has the bare excess of late cases, {floor:,.0f}, for the {added:,.0f} added"
        note += "; the high end has no error of those: none was published"
    return {
        "id": "russia-killed-probate" + "-and-missing" * missing, "kind": "estimate",
        "side": "russia", "quantity": "killed", "scope": scope, "window": "cumulative",
        "since": schema.WAR_BEGAN, "until": until, "until_precision": "day",
        "low": float(round(made.low + floor)), "point": float(round(made.point + added)),
        "high": float(round(made.high + added)),
        "who": "this project, probate registry", "who_kind": "by_name", "method": method,
        "published": release, "published_precision": "day",
        "status": "superseded" if pd.notna(later) else "standing", "status_from": later,
        "copies": REPEATS[release, missing], "reports": "", "note": note,
    }  # fmt: skip


def answers_for_missing(parts: pd.DataFrame) -> pd.DataFrame:
    """The three published answers to how many are to be added for the missing, a row each: `part`, `point` (people)."""
    sums = parts[parts["part"].isin((FLOOR, COURTS, MISSING))].groupby("part")["point"].sum()
    return sums.reindex([FLOOR, COURTS, MISSING]).dropna().rename_axis("part").reset_index()
