"""Trials on lists of names: the share of the dead that they hold, and how late names come."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from helpers.estimate import coverage, coverage_in_time, delay, rate
from helpers.validation.trial import NOTHING, Family, Method, Outcome, attempt

MOVES, DRIFTS, LEAK, MARKED_LEAK, REGISTRY_ERRS = (
    "share moves at random", "share drifts", "a leak brings names", "a leak brings names, and is known",
    "registry errs",
)  # fmt: skip
FEWER, SOONER, MISSED = "fewer names each year", "names come sooner", "dead without a name"
QUARTERS, BEYOND = 8, 2  # totals of the registry, and quarters from its last one to the newest list
BEGAN = pd.Timestamp("2010-03-01")  # a Monday
RISE = 0.25  # the dead of each quarter differ at random by up to so much
VINTAGES = 4


@dataclass(frozen=True)
class Share:
    """A list that holds a share of the dead, `start` at first (drawn between two values), by quarter.

    `walk`: deviation of its random change a quarter (log); `drift`: its steady change (log); `leak`: names that come at
    once in the last quarter, as a share of the list, known as a break if `marked`; `registry_error`: deviation of each
    total of the registry (log); `dead`: in a quarter.
    """

    start: tuple[float, float] = (0.45, 0.65)
    walk: float = 0.0
    drift: float = 0.0
    leak: float = 0.0
    marked: bool = False
    registry_error: float = 0.0
    dead: int = 10_000


@dataclass(frozen=True)
class Delay:
    """Names that come late: of the `dead` of a week, those not yet named are named at a pace that falls with their age.

    `half`: weeks until half of those are named who ever are, and `found`: their share, at the pace of the first year;
    `walk`: deviation of the random change of the pace from year to year (log); `drift`: its steady change (log);
    `leak`, `sooner`: factors on the pace and on `half` in the year that is foretold.
    """

    dead: int = 300
    walk: float = 0.0
    drift: float = 0.0
    leak: float = 1.0
    sooner: float = 1.0
    half: float = 20.0
    found: float = 0.7


@dataclass(frozen=True)
class Region:
    """A region in which each of the `men` dies in the war with the chance `risk`, and is `named` with that chance."""

    men: int = 20_000
    risk: float = 0.005
    named: float = 1.0


def of_share(world: Share, seed: int) -> list[Outcome]:
    """The dead behind the newest list by the rule of 45 to 65 %, and by the share that the registry implied last."""
    rng = np.random.default_rng([seed, 3])
    last = QUARTERS + BEYOND
    days = pd.date_range(BEGAN, periods=last, freq="QE")
    dead = (world.dead * rng.uniform(1 - RISE, 1 + RISE, last)).cumsum()
    changes = world.drift + world.walk * rng.standard_normal(last)
    share = rng.uniform(*world.start) * np.exp(changes.cumsum() - changes[0])
    names = rng.poisson(np.minimum(share, 1) * dead)
    leaked = world.leak * names[-1]
    registry = dead * np.exp(world.registry_error * rng.standard_normal(last))
    known = pd.DataFrame({"until": days, "published": days, "point": names / registry})[:QUARTERS]
    whose = {"id": "list", "side": "russia", "who": "an invented list"}
    totals = pd.DataFrame(whose | {"until": days, "published": days, "point": names})[-1:]
    totals["point"] += leaked
    breaks = pd.DataFrame({"since": days[-2:-1], "until": days[-1:], "names": [leaked]})[: int(world.marked)]
    rule = coverage.coverage_range(totals)[["low", "high"]].iloc[0]
    ways = {
        RULE: lambda: (rule["low"], (rule["low"] + rule["high"]) / 2, rule["high"]),
        CARRIED: lambda: coverage_in_time.newest(totals, known, breaks)[["low", "point", "high"]],
    }
    return [attempt(method, dead[-1], way) for method, way in ways.items()]


def of_delay(world: Delay, seed: int) -> list[Outcome]:
    """How many names the next year adds for those dead by now, as foretold from the lists of four years."""
    counts = _vintages(world, np.random.default_rng([seed, 4]))
    *before, origin, target = counts.columns
    names = counts[origin].dropna()
    added = (counts.loc[names.index, target] - names).sum()

    def foretold() -> pd.Series:
        told = delay.forecast(names, origin, target, counts[[*before, origin]])
        return told[["low", "point", "high"]].sum() - told["names"].sum()

    return [attempt(ADDED, added, foretold)]


def _vintages(world: Delay, rng: np.random.Generator) -> pd.DataFrame:
    """Names by week of death (rows) on the last days of some years (columns), the last of them the year foretold."""
    ends = pd.date_range(BEGAN, periods=VINTAGES + 1, freq="YE")
    weeks = pd.date_range(BEGAN, ends[-2] - pd.Timedelta(days=6), freq="7D")
    deaths = rng.poisson(world.dead, len(weeks))
    level = np.concatenate([[0], world.drift + world.walk * rng.standard_normal(VINTAGES)]).cumsum()
    level[-1] += np.log(world.leak)
    columns, names = {}, np.zeros(len(weeks), int)
    for year, (start, end) in enumerate(pairwise([BEGAN, *ends])):
        half = world.half * (world.sooner if year == VINTAGES else 1.0)
        begun, done = (_hazard(((day - weeks) / delay.WEEK).to_numpy(), half, world.found) for day in (start, end))
        chance = 1 - np.exp(-np.clip(done - begun, 0, None) * np.exp(level[year]))
        names = names + rng.binomial(deaths - names, chance)
        columns[end] = np.where(weeks <= end, names, np.nan)
    spans = pd.MultiIndex.from_arrays([weeks, weeks + pd.Timedelta(days=6)], names=["since", "until"])
    return pd.DataFrame(columns, index=spans)


def _hazard(age: np.ndarray, half: float, ever: float) -> np.ndarray:
    """The cumulative hazard of being named by an age in weeks: ever slower, as with real lists."""
    age = np.clip(age, 0, None)
    return -np.log1p(-ever * age / (age + half))


def of_rate(world: Region, seed: int) -> list[Outcome]:
    """The dead per 100,000 men of one region with their Wilson interval."""
    dead = np.random.default_rng([seed, 5]).binomial(world.men, world.risk * world.named)
    made = rate.wilson_rate(pd.Series([dead]), pd.Series([world.men]))
    return [attempt("Wilson interval", 100_000 * world.risk, lambda: made.iloc[0])]


RULE, CARRIED, ADDED = "names over 65 to 45 %", "share of the registry carried on", "names of the next year"
_SHARE = frozenset({DRIFTS, LEAK})
COVERAGE = {
    RULE: Method(_SHARE | {MOVES, MARKED_LEAK}, nominal=NOTHING),
    CARRIED: Method(_SHARE | {REGISTRY_ERRS}),
}
FAMILIES = {
    "coverage": Family(of_share, COVERAGE, "all dead on the day of the newest list", 500),
    "delay": Family(
        of_delay, {ADDED: Method(frozenset({FEWER, LEAK, SOONER}))},
        "names that the next year adds for those dead by the day of the list", 100,
    ),
    "rate": Family(of_rate, {"Wilson interval": Method(frozenset({MISSED}))}, "the risk of death in the region", 500),
}  # fmt: skip
