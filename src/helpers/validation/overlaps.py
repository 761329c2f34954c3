"""Trials of capture-recapture: lists of an invented war, drawn as counts, and every way to a total from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.estimate.recapture import (
    averaging,
    chapman,
    covariates,
    decomposable,
    heterogeneity,
    loglinear,
    models,
    search,
)  # fmt: skip
from helpers.estimate.recapture.table import Overlap, OverlapError, overlap
from helpers.simulate.capture import counts, overlaps
from helpers.validation.mislinked import mislinked
from helpers.validation.trial import Family, Method, Outcome, attempt, refused

if TYPE_CHECKING:
    from helpers.estimate.recapture.averaging import Estimate

# what a war can break
TIED, ALL_TIED, DIFFER, AS_POISSON2, TRAIT, MISLINKED = (
    "two lists tied", "all lists tied", "people differ", "people differ as Poisson2 has it",
    "people differ by a known trait", "linkage errors",
)  # fmt: skip
NEVER_BELOW = 0.975  # a lower bound promises one side only
KIND = "trait"


Way = Callable[[], Sequence[float]]


@dataclass(frozen=True)
class Lists:
    """An invented war as lists see it: `dead` people, and the `reach` of each list as a share of them.

    `odds_ratios`: (list, list, ratio), lists numbered from 1; `visibility`: (share of the dead, factor on their odds of
    being on any list); `trait_known`: whether the overlap table says who is of which of those kinds; `missed`, `false`:
    errors of linkage, see `mislinked`.
    """

    dead: int = 5000
    reach: tuple[float, ...] = (0.3, 0.25, 0.2)
    odds_ratios: tuple[tuple[int, int, float], ...] = ()
    visibility: tuple[tuple[float, float], ...] = ((1.0, 1.0),)
    trait_known: bool = False
    missed: float = 0.0
    false: float = 0.0


def drawn(world: Lists, seed: int) -> pd.DataFrame:
    """One overlap table of `world`: one row per history of someone found; a 0/1 column per list, `n`, perhaps `trait`.

    Kinds of people are drawn apart where the trait is known, and then a row is a history of a kind.
    """
    ratios = {(one - 1, other - 1): ratio for one, other, ratio in world.odds_ratios}
    if world.trait_known:
        return _by_kind(world, ratios, seed)
    war = counts(world.dead, world.reach, odds_ratios=ratios, visibility=world.visibility, seed=seed).iloc[0]
    if world.missed or world.false:
        war = mislinked(war, missed=world.missed, false=world.false, rng=np.random.default_rng([seed, 1]))
    return _table(war)


def _by_kind(world: Lists, ratios: dict[tuple[int, int], float], seed: int) -> pd.DataFrame:
    parts = []
    for kind, (share, factor) in enumerate(world.visibility):
        odds = factor * np.array(world.reach) / (1 - np.array(world.reach))
        people, reach = round(world.dead * share), tuple(odds / (1 + odds))
        war = counts(people, reach, odds_ratios=ratios, seed=seed + kind).iloc[0]
        parts.append(_table(war).assign(**{KIND: kind}))
    return pd.concat(parts, ignore_index=True)


def _table(war: pd.Series) -> pd.DataFrame:
    return overlaps(war).rename(columns={"count": "n"})


def two_lists(world: Lists, seed: int) -> list[Outcome]:
    """Chapman's estimate of one war."""
    return _tried(world, seed, ["Chapman"], lambda known: {"Chapman": lambda: chapman(known)})


def several_lists(world: Lists, seed: int) -> list[Outcome]:
    """Three or four lists by all hierarchical models, and the other ways of `recapture.estimates`."""
    return _tried(world, seed, SEVERAL, lambda known: _by_models(known, _every) | _others(known))


def five_lists(world: Lists, seed: int) -> list[Outcome]:
    """Five lists by the models that the two searches pass, and the other ways."""
    return _tried(world, seed, SEVERAL, lambda known: _by_models(known, _searched) | _others(known))


def six_lists(world: Lists, seed: int) -> list[Outcome]:
    """Six lists by the families in which people differ, and Chao's lower bound."""
    return _tried(world, seed, SIX, lambda known: {MT: lambda: _family(known, "Mt")} | _differing(known))


def _tried(
    world: Lists, seed: int, methods: Iterable[str], ways_of: Callable[[Overlap], dict[str, Way]]
) -> list[Outcome]:
    """The outcome of each way; where the table itself is refused, each of them has that refusal."""
    table = drawn(world, seed)
    try:
        known = overlap(table, name="invented lists")
    except OverlapError as refusal:
        return refused([name for name in methods if name != WITH_TRAIT or world.trait_known], world.dead, refusal)
    if not world.trait_known:
        return [attempt(name, world.dead, way) for name, way in ways_of(known).items()]
    together = table.drop(columns=KIND).groupby(list(known.lists), as_index=False).sum()
    ways = ways_of(overlap(together, name="invented lists"))
    ways[WITH_TRAIT] = lambda: covariates.better(covariates.table(known, [KIND]), people=known.people)
    return [attempt(name, world.dead, way) for name, way in ways.items()]


def _by_models(known: Overlap, models_of: Callable[[Overlap], pd.DataFrame]) -> dict[str, Way]:
    """The best model and the average by either criterion; the best one gets its profile interval.

    Which one is best, and the average, need no profile interval of all the others.
    """

    @cache
    def fits() -> pd.DataFrame:
        found = models_of(known)
        if found.empty:
            raise OverlapError("0 models can be fitted; at least 1 is needed")
        return found

    def best(criterion: str) -> list[float]:
        name = fits().loc[fits()[criterion].idxmin(), "model"]
        fit = loglinear.fit(known, models.parsed(name), own=True)
        return [fit.low, fit.point, fit.high]

    def average(criterion: str) -> Estimate:
        return averaging.average(fits(), people=known.people, criterion=criterion)

    chosen = {f"least {one}": lambda one=one: best(one) for one in averaging.CRITERIA}
    return chosen | {f"average by {one}": lambda one=one: average(one) for one in averaging.CRITERIA}


def _every(known: Overlap) -> pd.DataFrame:
    chosen = models.enumerated(len(known.lists))
    left_out = set(loglinear.undetermined(known, chosen))
    kept = [model for model in chosen if models.name(model) not in left_out]
    fits = [loglinear.fit(known, model, interval="wald", own=True) for model in kept]
    return pd.DataFrame(fits, columns=loglinear.Fit._fields)


def _searched(known: Overlap) -> pd.DataFrame:
    both = pd.concat([search.stepwise(known, criterion=one) for one in averaging.CRITERIA])
    return both.drop_duplicates("model").reset_index(drop=True)


def _others(known: Overlap) -> dict[str, Way]:
    return {"Bayesian average": lambda: decomposable.posterior(known).estimate()} | _differing(known)


def _differing(known: Overlap) -> dict[str, Way]:
    ways = {f"people differ, {shape}": lambda shape=shape: _family(known, f"Mth {shape}") for shape in SHAPES}
    return ways | {CHAO: lambda: heterogeneity.lower_bound(known)}


def _family(known: Overlap, family: str) -> list[float]:
    fit = heterogeneity.fit(known, family)
    return [fit.low, fit.point, fit.high]


SHAPES = tuple(heterogeneity.SHAPES)
CHAO, WITH_TRAIT, MT = "Chao's lower bound", "average with the trait", "lists differ (Mt)"
_BEYOND_MODELS = frozenset({DIFFER, AS_POISSON2, TRAIT, MISLINKED})
_DIFFER = {
    "people differ, Poisson2": Method(frozenset({TIED, ALL_TIED, DIFFER, TRAIT, MISLINKED})),
    "people differ, Darroch": Method(_BEYOND_MODELS | {TIED, ALL_TIED}),
    "people differ, Gamma3.5": Method(_BEYOND_MODELS | {TIED, ALL_TIED}),
    CHAO: Method(frozenset({TIED, ALL_TIED, MISLINKED}), nominal=NEVER_BELOW, at_least=True),
}
SEVERAL = {
    **dict.fromkeys(["least AIC", "least BIC", "average by AIC", "average by BIC"], Method(_BEYOND_MODELS)),
    "Bayesian average": Method(_BEYOND_MODELS | {ALL_TIED}),
    **_DIFFER,
    WITH_TRAIT: Method(_BEYOND_MODELS - {TRAIT}),
}
ALIKE = Method(_BEYOND_MODELS | {TIED, ALL_TIED})
SIX = {MT: ALIKE, **_DIFFER}
DEAD = "all dead of the war"
FAMILIES = {
    "two lists": Family(two_lists, {"Chapman": ALIKE}, DEAD, 250),
    "three lists": Family(several_lists, SEVERAL, DEAD, 50),
    "four lists": Family(several_lists, SEVERAL, DEAD, 10),
    "five lists": Family(five_lists, SEVERAL, DEAD, 10),
    "six lists": Family(six_lists, SIX, DEAD, 100),
}
