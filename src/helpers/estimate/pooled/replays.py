"""Replays of the pooled estimate: fitted on what was known at an origin, scored on claims of the half year after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers import figures
from helpers.estimate.pooled.inputs import QUANTITIES, Evidence, evidence
from helpers.estimate.pooled.model import CHOSEN, KILLED, Settings, fit
from helpers.paths import DATA

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SCORED = DATA / "claims" / "scored.csv"
TUNED_TO = pd.Timestamp("2025-01-01")  # the last origin that had a say in the choice of the model
NORMAL = 1.96
# what an error is taken to be before any was seen (log), and how many errors this guess counts for
GUESS, GUESS_COUNTS = {"killed": 0.25, "killed_and_wounded": 0.15}, 4
LAST, RATE_DAYS = 4, 60
RESAMPLES = 10_000
POOLED, BY_STAFF, BY_NAMES, BY_RATE = (
    "pooled", "last claims, grown with the General Staff", "last claims, grown with the list of names",
    "General Staff, carried on",
)  # fmt: skip


def scored(table: pd.DataFrame) -> pd.DataFrame:
    """The claims of `table` on which the pooled estimate is scored: one row each, by origin and day.

    Columns: `id`, `origin` (day of the replay; the claim is about one of the 183 days after it), `quantity`, `until`,
    `published`, `who`, `value` (persons: its point, or the middle of its range). Source: data/claims/scored.csv.
    """
    rows = pd.read_csv(SCORED, parse_dates=["origin"])
    told = table[["id", "quantity", "until", "published", "who"]].assign(value=figures.middle(table))
    joined = rows.merge(told, on="id", validate="1:1")
    return joined.sort_values(["origin", "quantity", "until", "id"], ignore_index=True)


def at_origins(table: pd.DataFrame, staff: pd.DataFrame, *, leaky: bool = False) -> dict[pd.Timestamp, Evidence]:
    """What was known at each origin from which claims of `table` are scored; see `inputs.evidence`."""
    return {origin: evidence(table, staff, origin, leaky=leaky) for origin in scored(table)["origin"].unique()}


def replays(table: pd.DataFrame, known: Mapping[pd.Timestamp, Evidence], settings: Settings = CHOSEN) -> pd.DataFrame:
    """Every claim of `scored` as the model foretold it at its origin from what was `known` then: one row per claim.

    Columns: those of `scored`; `point` (what the fit of that day foretells), `error` (log of value over point),
    `deviation` (of the log, see `calibrated`), `low`, `high` (95 %), `covered`. With leaky evidence it is a score that
    no one could have had.
    """
    rows = scored(table)
    parts = [_foretold(group, fit(known[origin], settings).totals) for origin, group in rows.groupby("origin")]
    return calibrated(pd.concat(parts)) if parts else _none(rows)


def _none(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(**dict.fromkeys(("point", "error", "deviation", "low", "high"), np.nan), covered=False)


def _foretold(rows: pd.DataFrame, totals: Callable) -> pd.DataFrame:
    parts = [
        group.assign(point=np.asarray(totals(group["until"], quantity), float))
        for quantity, group in rows.groupby("quantity")
    ]
    return pd.concat(parts).assign(error=lambda t: np.log(t["value"] / t["point"]))


def calibrated(errors: pd.DataFrame) -> pd.DataFrame:
    """The rows with `deviation`, `low`, `high` and `covered`: each origin's interval from the errors before it."""
    deviation = [deviation_at(errors, row.quantity, row.origin) for row in errors.itertuples()]
    made = errors.assign(deviation=deviation)
    low, high = (made["point"] * np.exp(sign * NORMAL * made["deviation"]) for sign in (-1, 1))
    return made.assign(low=low, high=high, covered=made["value"].between(low, high))


def deviation_at(errors: pd.DataFrame, quantity: str, day: pd.Timestamp) -> float:
    """The root mean square of the errors known on `day`: of earlier origins, on claims published by then.

    `errors`: rows with `quantity`, `origin`, `published`, `error`. A guess (GUESS) counts for four errors.
    """
    past = errors[errors["quantity"].eq(quantity) & (errors["origin"] < day) & (errors["published"] <= day)]["error"]
    squares = (past**2).sum() + GUESS_COUNTS * GUESS[quantity] ** 2
    return float(np.sqrt(squares / (len(past) + GUESS_COUNTS)))


def plain(table: pd.DataFrame, known: Mapping[pd.Timestamp, Evidence], way: str) -> pd.DataFrame:
    """The replays by a plain way instead of the model, for the quantity that it tells of; columns as `replays`.

    `BY_RATE`: the General Staff's total, carried on at the rate of its last 60 days, as killed and wounded. `BY_STAFF`,
    `BY_NAMES`: the median of the last four claims of killed, each times the growth of that stream since its day.
    """
    rows = scored(table)
    told = rows[rows["quantity"].eq(KILLED) == (way != BY_RATE)]
    parts = [
        _foretold(group, lambda days, _, origin=origin: plainly(known[origin], days, way))
        for origin, group in told.groupby("origin")
    ]
    return calibrated(pd.concat(parts)) if parts else _none(told)


def plainly(known: Evidence, days: pd.Series, way: str) -> np.ndarray:
    """What the plain `way` (see `plain`) says of the total to each of `days`, in persons."""
    if way == BY_RATE:
        return carried_on(known.staff, days)
    stream = known.staff if way == BY_STAFF else known.names
    last = known.claims[known.claims["quantity"] == KILLED].tail(LAST)
    growth = carried_on(stream, days)[:, None] / carried_on(stream, last["until"])[None, :]
    return np.median(growth * last["value"].to_numpy(), axis=1)


def carried_on(stream: pd.DataFrame, days: pd.Series) -> np.ndarray:
    """The running total `stream` (`day`, `value`) at each of `days`: straight between its days, before the first from
    zero at the invasion, and after the last at the rate of its last 60 days.
    """
    eve = figures.WAR_BEGAN - pd.Timedelta(days=1)
    at = np.array([0, *(stream["day"] - eve).dt.days])
    values = np.array([0.0, *stream["value"]])
    asked = (pd.to_datetime(days) - eve).dt.days.to_numpy()
    rate = (values[-1] - np.interp(at[-1] - RATE_DAYS, at, values)) / RATE_DAYS
    return np.interp(asked, at, values) + rate * np.clip(asked - at[-1], 0, None)


def summary(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """How well replays did: one row per quantity and part (`chosen on`, `held back`, `all`) that has any.

    Columns: `name`, `quantity`, `part`, `claims`, `error` (mean absolute, log), `covered`, `width` (mean, log).
    """
    late = rows["origin"] > TUNED_TO
    parts = {"chosen on": ~late, "held back": late, "all": late | True}
    made = [_scores(rows[rows["quantity"].eq(q) & mask], name, q, part)
            for q in QUANTITIES for part, mask in parts.items()]  # fmt: skip
    return pd.DataFrame([row for row in made if row["claims"]])


def _scores(rows: pd.DataFrame, name: str, quantity: str, part: str) -> dict[str, object]:
    return {
        "name": name, "quantity": quantity, "part": part, "claims": len(rows), "error": rows["error"].abs().mean(),
        "covered": int(rows["covered"].sum()), "width": 2 * NORMAL * rows["deviation"].mean(),
    }  # fmt: skip


def difference(one: pd.DataFrame, other: pd.DataFrame, *, seed: int = 20_260_822) -> tuple[float, float, float]:
    """By how much the mean absolute error of `one` is above that of `other`: low, point, high (95 %).

    Both are replays of the same claims. Block bootstrap: whole origins are drawn, for claims of one half year err
    together. ValueError for fewer than two origins, or other claims.
    """
    both = one[["id", "origin", "error"]].merge(other[["id", "error"]], on="id", suffixes=("", "_other"))
    if len(both) < max(len(one), len(other)):
        raise ValueError("the two replays are not of the same claims: compare claims of one quantity")
    gap = both["error"].abs() - both["error_other"].abs()
    blocks = gap.groupby(both["origin"]).agg(["sum", "size"]).to_numpy()
    if len(blocks) < 2:
        raise ValueError(f"{len(blocks)} origin: at least two are needed to draw from; take a later day")
    draws = np.random.default_rng(seed).integers(len(blocks), size=(RESAMPLES, len(blocks)))
    sums = blocks[draws].sum(axis=1)
    low, high = np.quantile(sums[:, 0] / sums[:, 1], [0.025, 0.975])
    return float(low), float(gap.mean()), float(high)
