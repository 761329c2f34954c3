"""Replays of the pooled estimate: fitted on what was known at an origin, scored on claims of the half year after."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers import claims, figures, own_tables
from helpers.estimate.pooled.inputs import QUANTITIES, Evidence, credible, evidence
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
# with five origins even a gap of one sign in all of them would come by chance 1 time in 16; with six, 1 in 32
FEWEST_ORIGINS = 6
RESAMPLES, SEED = 10_000, 20_260_822
POOLED, BY_STAFF, BY_NAMES, BY_RATE = (
    "pooled", "last claims, grown with the General Staff", "last claims, grown with the list of names",
    "General Staff, carried on",
)  # fmt: skip


def scored(table: pd.DataFrame) -> pd.DataFrame:
    """The claims of `table` on which the pooled estimate is scored: one row each, by origin and day.

    Columns: `id`, `origin` (day of the replay; the claim is about one of the 183 days after it), `quantity`, `until`,
    `published`, `who`, `value` (persons: its point, or the middle of its range), `own` (whether the claim is a voice of
    its own in `table`; others repeat or continue one, or fell, see `inputs.account`). Source: data/claims/scored.csv.
    """
    rows = own_tables.read(SCORED)
    told = table[["id", "quantity", "until", "published", "who"]].assign(value=figures.middle(table))
    joined = rows.merge(told, on="id", validate="1:1").assign(own=lambda t: t["id"].isin(credible(table)["id"]))
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
    return calibrated(pd.concat(parts), known) if parts else _none(rows)


def _none(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(**dict.fromkeys(("point", "error", "deviation", "low", "high"), np.nan), covered=False)


def _foretold(rows: pd.DataFrame, totals: Callable) -> pd.DataFrame:
    parts = [
        group.assign(point=np.asarray(totals(group["until"], quantity), float))
        for quantity, group in rows.groupby("quantity")
    ]
    return pd.concat(parts).assign(error=lambda t: np.log(t["value"] / t["point"]))


def calibrated(errors: pd.DataFrame, known: Mapping[pd.Timestamp, Evidence]) -> pd.DataFrame:
    """The rows with `deviation`, `low`, `high` and `covered`: each origin's interval from the errors before it."""
    past = {origin: counted(errors, seen) for origin, seen in known.items()}
    deviation = [deviation_at(past[row.origin], row.quantity, row.origin) for row in errors.itertuples()]
    made = errors.assign(deviation=deviation)
    low, high = (made["point"] * np.exp(sign * NORMAL * made["deviation"]) for sign in (-1, 1))
    return made.assign(low=low, high=high, covered=made["value"].between(low, high))


def counted(errors: pd.DataFrame, evidence: Evidence) -> pd.DataFrame:
    """The `errors` (rows with `id`) of claims that enter `evidence`: an interval is made of these alone.

    What repeats or continues another claim is easy to foretell, and would make the interval too narrow.
    """
    return errors[errors["id"].isin(evidence.claims["id"])]


def deviation_at(errors: pd.DataFrame, quantity: str, day: pd.Timestamp) -> float:
    """The root mean square of the errors known on `day`: of earlier origins, on claims published by then.

    `errors`: rows with `quantity`, `origin`, `published`, `error`, best `counted`. A guess (GUESS) counts for four
    errors.
    """
    past = errors[errors["quantity"].eq(quantity) & (errors["origin"] < day) & (errors["published"] <= day)]["error"]
    squares = (past**2).sum() + GUESS_COUNTS * GUESS[quantity] ** 2
    return float(np.sqrt(squares / (len(past) + GUESS_COUNTS)))


def factor_at(errors: pd.DataFrame, quantity: str, evidence: Evidence) -> float:
    """The factor of a 95 % interval, either way, on the day of `evidence`: from the errors of claims that enter it."""
    return float(np.exp(NORMAL * deviation_at(counted(errors, evidence), quantity, evidence.day)))


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
    return calibrated(pd.concat(parts), known) if parts else _none(told)


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


def tuned_by() -> pd.Timestamp:
    """The day on which the last claim had come out that had a say in the choice of the settings (see `Settings`)."""
    rows = scored(claims.ledger())
    return rows.loc[rows["origin"] <= TUNED_TO, "published"].max()


def summary(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """How well replays did: one row per quantity and part that has any claims.

    Parts: `all`, by origin `chosen on` and `held back`, by claim `own voices` and `repeats` (sums of one running total,
    numbers said again: easy to foretell). Columns: `name`, `quantity`, `part`, `claims`, `error` (mean absolute, log),
    `covered`, `width` (mean, log).
    """
    late, own = rows["origin"] > TUNED_TO, rows["own"].astype(bool)
    parts = {"all": late | True, "chosen on": ~late, "held back": late, "own voices": own, "repeats": ~own}
    made = [_scores(rows[rows["quantity"].eq(q) & mask], name, q, part)
            for q in QUANTITIES for part, mask in parts.items()]  # fmt: skip
    return pd.DataFrame([row for row in made if row["claims"]])


def _scores(rows: pd.DataFrame, name: str, quantity: str, part: str) -> dict[str, object]:
    return {
        "name": name, "quantity": quantity, "part": part, "claims": len(rows), "error": rows["error"].abs().mean(),
        "covered": int(rows["covered"].sum()), "width": 2 * NORMAL * rows["deviation"].mean(),
    }  # fmt: skip


def difference(one: pd.DataFrame, other: pd.DataFrame, *, seed: int = SEED) -> tuple[float, float, float]:
    """By how much the mean absolute error of `one` is above that of `other`: low, point, high (95 %).

    Both are replays of the same claims. Block bootstrap: whole origins are drawn, for claims of one half year err
    together. ValueError for fewer than FEWEST_ORIGINS origins, or other claims.
    """
    both = one[["id", "origin", "error"]].merge(other[["id", "error"]], on="id", suffixes=("", "_other"))
    if len(both) < max(len(one), len(other)):
        raise ValueError("the two replays are not of the same claims: compare claims of one quantity")
    return _mean_by_blocks(both["error"].abs() - both["error_other"].abs(), both["origin"], seed)


def told_apart(one: pd.DataFrame, other: pd.DataFrame) -> tuple[float, float, float] | None:
    """The `difference`; None where there are too few origins to tell."""
    if one["origin"].nunique() < FEWEST_ORIGINS:
        return None
    return difference(one, other)


def verdict(gap: tuple[float, float, float] | None) -> str:
    """What a gap of `told_apart` allows to say: the two are told apart, are not, or cannot be."""
    if gap is None:
        return f"not to be told with fewer than {FEWEST_ORIGINS} origins"
    return "told apart" if gap[0] > 0 or gap[2] < 0 else "not told apart"


def spread(rows: pd.DataFrame, *, seed: int = SEED) -> tuple[float, float, float]:
    """How large errors were beside the deviation that their intervals had: low, point, high (95 %, block bootstrap).

    The root mean square of one over the other: 1 where intervals were right, above where too narrow, below where too
    wide. `rows`: `calibrated`, of claims that are voices of their own. ValueError for fewer than FEWEST_ORIGINS.
    """
    squares = _mean_by_blocks((rows["error"] / rows["deviation"]) ** 2, rows["origin"], seed)
    return tuple(float(np.sqrt(square)) for square in squares)


def _mean_by_blocks(values: pd.Series, origins: pd.Series, seed: int) -> tuple[float, float, float]:
    """The mean of `values` with the 95 % interval of whole origins drawn again and again: low, point, high."""
    blocks = values.groupby(origins).agg(["sum", "size"]).to_numpy()
    if len(blocks) < FEWEST_ORIGINS:
        raise ValueError(
            f"claims of {len(blocks)} origins: {FEWEST_ORIGINS} or more are needed to draw from, for with fewer even a "
            "gap of one sign in all of them comes by chance; take a later day"
        )
    draws = np.random.default_rng(seed).integers(len(blocks), size=(RESAMPLES, len(blocks)))
    sums = blocks[draws].sum(axis=1)
    low, high = np.quantile(sums[:, 0] / sums[:, 1], [0.025, 0.975])
    return float(low), float(values.mean()), float(high)


class Drift(NamedTuple):
    """How `claims` of the newest `origin` that was scored lie to the forecast.

    `above`: how many of them are above it; `mean`: of their errors (log); `deviation`: that of the forecast (log).
    """

    origin: pd.Timestamp
    claims: int
    above: int
    mean: float
    deviation: float

    @property
    def one_sided(self) -> bool:
        """Whether they lie off to one side by more than one deviation on average."""
        return abs(self.mean) > self.deviation


def drift(errors: pd.DataFrame, quantity: str) -> Drift | None:
    """How the claims foretold from the newest origin lie to the forecast; None if no claim was scored yet."""
    rows = errors[errors["quantity"] == quantity]
    if rows.empty:
        return None
    newest = rows[rows["origin"] == rows["origin"].max()]
    above = int((newest["error"] > 0).sum())
    first = newest.iloc[0]
    return Drift(first["origin"], len(newest), above, float(newest["error"].mean()), float(first["deviation"]))
