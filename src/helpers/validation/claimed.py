"""Trials of what is joined from others' numbers: the pooled estimate of claims, and bounds of weeks added up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.estimate import probate_totals
from helpers.estimate.pooled import inputs, model, replays
from helpers.figures import WAR_BEGAN
from helpers.validation.trial import NOTHING, Family, Method, Outcome, attempt

COMMON_BIAS, JUMP, COPIED = "all claimants err one way", "the rate of losses jumps", "claims copy each other unmarked"
SHARED, ALONE = "weeks share an error", "each week errs alone"
ORIGINS = pd.date_range("2022-12-31", periods=6, freq="184D")
GROUPS, SOURCES = 4, 2  # groups of claimants, and claimants in each
EVERY, LAG = 75, 20  # days between two claims of one claimant, and from the day of a claim to its publication
DAY = pd.Timedelta(days=1)
CLAIMED = {model.KILLED: "killed, a further claim", model.BOTH: "killed and wounded, a further claim"}
TRUE = "killed, the truth"


@dataclass(frozen=True)
class Claims:
    """A war as its claimants tell it, by the model's own settings, but for what is broken.

    `rate`: killed and wounded a day at first; `share`: killed among them; `named`: share of the killed on the list;
    `common`: what all claimants, the enemy's staff too, say over the truth; `jump`: factor on the rate from the last
    origin on; `copied`: share of claims that are the first claimant's, said again under another name.
    """

    rate: float = 600.0
    share: float = 0.25
    named: float = 0.5
    common: float = 1.0
    jump: float = 1.0
    copied: float = 0.0


@dataclass(frozen=True)
class Weeks:
    """An estimate by week with 95 % bounds: so many `weeks`, the errors of any two of which have that `correlation`."""

    weeks: int = 100
    correlation: float = 0.0


def pooled(world: Claims, seed: int) -> list[Outcome]:
    """One pooled estimate from the last of six origins, its interval from the errors at the five before."""
    rng = np.random.default_rng([seed, 6])
    totals = _course(world, rng)
    claims, streams = _claims(world, totals, rng), _streams(world, totals, rng)
    errors, fit = [], None
    for origin in ORIGINS:
        known = [table[table["published"] <= origin] for table in (claims, *streams)]
        fit = model.fit(inputs.Evidence(origin, *known))
        later = claims[claims["until"].between(origin + DAY, fit.until)]
        told = pd.concat(
            [rows.assign(point=fit.totals(rows["until"], what)) for what, rows in later.groupby("quantity")]
        )
        errors.append(told.assign(origin=origin, error=np.log(told["value"] / told["point"])))
    past, now = pd.concat(errors[:-1]), errors[-1]
    outcomes = [_of_claim(past, now, quantity, rng) for quantity in CLAIMED]
    end = ORIGINS[-1]
    point = fit.totals([end], model.KILLED)[0]
    factor = _factor(past, model.KILLED)
    truth = totals.loc[end, model.KILLED]
    return [*outcomes, attempt(TRUE, truth, lambda: (point / factor, point, point * factor))]


def _of_claim(past: pd.DataFrame, now: pd.DataFrame, quantity: str, rng: np.random.Generator) -> Outcome:
    rows = now[now["quantity"] == quantity]
    one, factor = rows.iloc[rng.integers(len(rows))], _factor(past, quantity)
    return attempt(
        CLAIMED[quantity], one["value"], lambda: (one["point"] / factor, one["point"], one["point"] * factor)
    )


def _factor(past: pd.DataFrame, quantity: str) -> float:
    return float(np.exp(replays.NORMAL * replays.deviation_at(past, quantity, ORIGINS[-1])))


def _course(world: Claims, rng: np.random.Generator) -> pd.DataFrame:
    """The true totals of both quantities, and the names, at the end of each day: rates and shares walk by the step."""
    days = pd.date_range(WAR_BEGAN, ORIGINS[-1] + (model.HORIZON + 1) * DAY)
    chosen, steps = model.CHOSEN, len(days) // model.CHOSEN.step + 1
    root = (chosen.step / 7) ** 0.5
    walks = rng.standard_normal((3, steps)).cumsum(axis=1)
    deviations = (chosen.rate_walk, chosen.share_walk, chosen.coverage_walk)
    levels = (world.rate, world.share, world.named)
    rate, share, named = (
        np.repeat(level * np.exp(sd * root * (walk - walk[0])), chosen.step)[: len(days)]
        for level, sd, walk in zip(levels, deviations, walks, strict=True)
    )
    rate = rate * np.where(days > ORIGINS[-1], world.jump, 1.0)
    killed = (rate * np.minimum(share, 0.95)).cumsum()
    columns = {model.BOTH: rate.cumsum(), model.KILLED: killed, "names": np.minimum(named, 1) * killed}
    return pd.DataFrame(columns, index=days)


def _claims(world: Claims, totals: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    chosen, parts = model.CHOSEN, []
    for quantity in (model.KILLED, model.BOTH):
        place = int(quantity == model.BOTH)
        for group in range(GROUPS):
            of_group = chosen.group_bias[place] * rng.standard_normal()
            for source in range(SOURCES):
                bias = of_group + chosen.source_bias[place] * rng.standard_normal()
                days = totals.index[rng.integers(30, 30 + EVERY) :: EVERY]
                noise = chosen.noise[place] * rng.standard_normal(len(days))
                value = totals.loc[days, quantity].to_numpy() * world.common * np.exp(bias + noise)
                who = f"claimant {group}{source}"
                parts.append(pd.DataFrame({"quantity": quantity, "until": days, "value": value, "spread": 0.0,
                                           "who": who, "group": f"group {group}"}))  # fmt: skip
    table = pd.concat(parts, ignore_index=True).sort_values("until", ignore_index=True)
    table = _with_copies(table, world.copied, rng)
    return table.assign(id=[f"claim {n}" for n in range(len(table))], published=table["until"] + LAG * DAY)


def _with_copies(table: pd.DataFrame, share: float, rng: np.random.Generator) -> pd.DataFrame:
    """The claims, of which some say what the newest claim of that quantity before them said, day and number."""
    first = table["who"].eq("claimant 00")
    source = table["value"].where(first).groupby(table["quantity"]).ffill()
    day = table["until"].where(first).groupby(table["quantity"]).ffill()
    hit = (rng.random(len(table)) < share) & source.notna()
    return table.assign(value=table["value"].mask(hit, source), until=table["until"].mask(hit, day))


def _streams(world: Claims, totals: pd.DataFrame, rng: np.random.Generator) -> list[pd.DataFrame]:
    """The running totals of the enemy's general staff by month, and of the list of names every three weeks."""
    chosen = model.CHOSEN
    staff = np.log(world.common) + chosen.staff_bias * rng.standard_normal()
    parts = {"30D": (model.BOTH, staff, chosen.staff_noise), "21D": ("names", 0.0, chosen.names_noise)}
    made = []
    for every, (column, bias, noise) in parts.items():
        days = totals.resample(every).last().index[1:]
        error = bias + noise * rng.standard_normal(len(days))
        made.append(pd.DataFrame({"day": days, "value": totals.loc[days, column] * np.exp(error), "published": days}))
    return [table.reset_index(drop=True) for table in made]


def added_up(world: Weeks, seed: int) -> list[Outcome]:
    """The sum of the weeks of one estimate, with an interval as if its weeks erred alone, and as if they shared it."""
    rng = np.random.default_rng([seed, 7])
    truth = rng.uniform(100, 1500, world.weeks)
    half = truth * rng.uniform(0.1, 0.3, world.weeks)
    shared, alone = rng.standard_normal(), rng.standard_normal(world.weeks)
    error = world.correlation**0.5 * shared + (1 - world.correlation) ** 0.5 * alone
    point = truth + half / replays.NORMAL * error
    spans = pd.DataFrame({"part": "registry", "published": WAR_BEGAN, "point": point, "low": point - half,
                          "high": point + half, "squares_below": half**2, "squares_above": half**2})  # fmt: skip
    return [
        attempt(name, truth.sum(), lambda r=r: probate_totals.total(spans, correlation=r)) for name, r in SUMS.items()
    ]


SUMS = {"squares added": 0.0, "bounds added": 1.0}
_POOLED = dict.fromkeys(CLAIMED.values(), Method(frozenset({JUMP, COPIED}))) | {
    TRUE: Method(frozenset({COMMON_BIAS, COPIED}), nominal=NOTHING)
}
FAMILIES = {
    "pooled": Family(pooled, _POOLED, "one further claim of the half year to come; or the truth on the day", 10),
    "weeks": Family(
        added_up, {"squares added": Method(frozenset({SHARED})), "bounds added": Method(frozenset({ALONE}))},
        "the sum of all weeks", 500,
    ),
}  # fmt: skip
