"""Trials of the excess of men's deaths, in the death statistics of an invented country."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import numpy as np
import pandas as pd

from helpers.estimate import excess
from helpers.simulate.mortality import Baseline, deaths
from helpers.simulate.people import people
from helpers.validation.trial import Family, Method, Outcome, attempt

WAR, LAST_PEACE, FIRST = (2010, 2011), 2007, 1990  # two years are between, as with the published estimate
BENT, SHOCKS, PANDEMIC, PANDEMIC_OF_MEN, UNREGISTERED = (
    "baseline bends", "shocks that all ages share", "pandemic before the war", "pandemic of men in the war",
    "dead who are not registered",
)  # fmt: skip


@dataclass(frozen=True)
class Statistics:
    """A country at war as its agency counts deaths: up to `dead` died, of whom the share `registered` is counted."""

    dead: int = 20_000
    baseline: Baseline = field(default_factory=Baseline)
    registered: float = 1.0


@cache
def _people(dead: int) -> pd.DataFrame:
    return people(dead)


def some_dead(dead: int, seed: int) -> pd.DataFrame:
    """The dead of one war: between six in ten and all of the same invented people."""
    share, *chance = np.random.default_rng([seed, 2]).random(dead + 1)
    return _people(dead)[np.array(chance) < 0.6 + 0.4 * share].reset_index(drop=True)


def in_statistics(world: Statistics, seed: int) -> list[Outcome]:
    """The excess of men aged 15 to 49 in the first two years of one war, with the three intervals of `excess`."""
    made = deaths(some_dead(world.dead, seed), world.baseline, first=FIRST, registered=world.registered, seed=seed)
    in_bands = made.truth["year"].isin(WAR) & (made.truth["age"] != "50 and older")
    truth = float(made.truth.loc[in_bands, "men"].sum())
    recipe = excess.Recipe(last=LAST_PEACE)
    total = excess.excess(made.deaths, WAR, recipe)
    windows = excess.placebo(made.deaths, WAR, recipe, since=FIRST)
    own = excess.NORMAL * total.deviation
    spans = {
        "deviation of the line": lambda: (total.point - own, total.point, total.point + own),
        "years of peace, Student's t": lambda: excess.calibrated(total, windows),
        "years of peace, normal": lambda: excess.calibrated(total, windows, times=excess.NORMAL),
    }
    return [attempt(method, truth, span) for method, span in spans.items()]


_STATISTICS = frozenset({BENT, PANDEMIC_OF_MEN, UNREGISTERED})
EXCESS = {
    "deviation of the line": Method(_STATISTICS | {SHOCKS, PANDEMIC}),
    "years of peace, Student's t": Method(_STATISTICS | {PANDEMIC}),
    "years of peace, normal": Method(_STATISTICS | {PANDEMIC}),
}
FAMILIES = {
    "excess": Family(in_statistics, EXCESS, "men aged 15-49 whom the war killed in its first two years", 100),
}
