"""The settings: every kind of invented war on which the estimators are tried, as data.

The first setting of a family breaks nothing. To add one, add a line; its runs are then computed, and no others.
"""

from __future__ import annotations

from math import exp, log

from helpers.simulate import Baseline, Damage
from helpers.simulate.registry import Country
from helpers.validation import claimed, linking, mortality, naming, overlaps, registers
from helpers.validation.claimed import Claims, Weeks
from helpers.validation.linking import Named
from helpers.validation.mortality import Statistics
from helpers.validation.naming import Delay, Region, Share
from helpers.validation.overlaps import ALL_TIED, AS_POISSON2, DIFFER, MISLINKED, TIED, TRAIT, Lists
from helpers.validation.registers import Office
from helpers.validation.trial import Family, Setting

FAMILIES: dict[str, Family] = {
    **overlaps.FAMILIES, **linking.FAMILIES, **mortality.FAMILIES, **registers.FAMILIES, **naming.FAMILIES,
    **claimed.FAMILIES,
}  # fmt: skip
TWO, THREE = (0.3, 0.25), (0.3, 0.25, 0.2)
FOUR, FIVE, SIX = (*THREE, 0.3), (*THREE, 0.3, 0.2), (*THREE, 0.15, 0.2, 0.1)
HALF, HARDLY = ((0.5, 1.0), (0.5, 1 / 3)), ((2 / 3, 1.0), (1 / 3, 0.01))


def poisson2(reach: tuple[float, ...], strength: float, kinds: int = 14) -> tuple[tuple[float, float], ...]:
    """Kinds of people who differ just as the family Poisson2 has it, with that coefficient of 2**j - 1.

    Kind k has 2**k times the odds of being listed; among people on no list the kinds are Poisson. `reach`: of the
    people of kind 0. Source: Rivest and Baillargeon (2007), Biometrics 63, 999-1006.
    """
    odds = [share / (1 - share) for share in reach]
    weights, among_unlisted = [], exp(-strength)
    for kind in range(kinds):
        seen = 1.0
        for one in odds:
            seen *= 1 + one * 2.0**kind
        weights.append(among_unlisted * seen)
        among_unlisted *= strength / (kind + 1)
    return tuple((weight / sum(weights), 2.0**kind) for kind, weight in enumerate(weights))


def _lists(
    family: str, reach: tuple[float, ...], runs: int, *chosen: tuple[str, dict, tuple[str, ...]]
) -> list[Setting]:
    return [Setting(family, name, Lists(**({"reach": reach} | world)), breaks, runs) for name, world, breaks in chosen]


FEW, MISSED, FALSE = {"dead": 400}, {"missed": 0.1}, {"false": 0.02}
LOW3, LOW6 = (0.2, 0.15, 0.1), (0.15, 0.12, 0.1, 0.08, 0.12, 0.06)
POOR = Damage(
    surname_misspelt=0.2, given_misspelt=0.1, patronymic_misspelt=0.1, patronymic_missing=0.5, initials=0.15,
    birth_missing=0.6, age_missing=0.6, death_missing=0.4, region_missing=0.3, region_wrong=0.1,
)  # fmt: skip
SETTINGS: tuple[Setting, ...] = (
    *_lists(
        "two lists", TWO, 2000,
        ("independent", {}, ()),
        ("independent, few people", FEW, ()),
        ("tied, odds ratio 2", {"odds_ratios": ((1, 2, 2.0),)}, (TIED,)),
        ("tied, odds ratio 1/2", {"odds_ratios": ((1, 2, 0.5),)}, (TIED,)),
        ("half have a third of the odds", {"visibility": HALF}, (DIFFER,)),
        ("a third are hardly ever listed", {"visibility": HARDLY}, (DIFFER,)),
        ("one link in ten missed", MISSED, (MISLINKED,)),
        ("one in fifty linked wrongly", FALSE, (MISLINKED,)),
    ),
    *_lists(
        "three lists", THREE, 1000,
        ("independent", {}, ()),
        ("independent, few people", FEW, ()),
        ("one pair tied, odds ratio 3", {"odds_ratios": ((1, 2, 3.0),)}, (TIED,)),
        ("two pairs tied, odds ratio 3", {"odds_ratios": ((1, 2, 3.0), (2, 3, 3.0))}, (TIED,)),
        ("all pairs tied, odds ratio 2", {"odds_ratios": ((1, 2, 2.0), (1, 3, 2.0), (2, 3, 2.0))}, (ALL_TIED,)),
        ("people differ as Poisson2 has it", {"reach": LOW3, "visibility": poisson2(LOW3, 0.5)}, (AS_POISSON2,)),
        ("a known half have a third of the odds", {"visibility": HALF, "trait_known": True}, (TRAIT,)),
        ("half have a third of the odds", {"visibility": HALF}, (DIFFER,)),
        ("a third are hardly ever listed", {"visibility": HARDLY}, (DIFFER,)),
        ("one link in ten missed", MISSED, (MISLINKED,)),
        ("one in fifty linked wrongly", FALSE, (MISLINKED,)),
    ),
    *_lists(
        "four lists", FOUR, 200,
        ("independent", {}, ()),
        ("two pairs tied, odds ratio 3", {"odds_ratios": ((1, 2, 3.0), (3, 4, 3.0))}, (TIED,)),
        ("half have a third of the odds", {"visibility": HALF}, (DIFFER,)),
        ("one link in ten missed", MISSED, (MISLINKED,)),
        ("one in fifty linked wrongly", FALSE, (MISLINKED,)),
    ),
    *_lists(
        "five lists", FIVE, 200,
        ("independent", {}, ()),
        ("two pairs tied, odds ratio 3", {"odds_ratios": ((1, 2, 3.0), (3, 4, 3.0))}, (TIED,)),
        ("half have a third of the odds", {"visibility": HALF}, (DIFFER,)),
    ),
    *_lists(
        "six lists", SIX, 1000,
        ("independent", {}, ()),
        ("people differ as Poisson2 has it", {"reach": LOW6, "visibility": poisson2(LOW6, 0.04)}, (AS_POISSON2,)),
        ("two pairs tied, odds ratio 3", {"odds_ratios": ((1, 2, 3.0), (3, 4, 3.0))}, (TIED,)),
        ("half have a third of the odds", {"visibility": HALF}, (DIFFER,)),
        ("a third are hardly ever listed", {"visibility": HARDLY}, (DIFFER,)),
        ("one link in ten missed", MISSED, (MISLINKED,)),
    ),
    Setting("linked lists", "an ordinary hand", Named(), runs=200),
    Setting("linked lists", "a poor hand", Named(damage=POOR), (linking.DAMAGED,), 200),
    Setting("excess", "straight baseline", Statistics()),
    Setting("excess", "shocks of 2 % that all ages share", Statistics(baseline=Baseline(shock=0.02)),
            (mortality.SHOCKS,)),
    Setting("excess", "baseline bends by 10 %", Statistics(baseline=Baseline(bend=0.1)), (mortality.BENT,)),
    Setting("excess", "pandemic before and in the war, both sexes alike",
            Statistics(baseline=Baseline(pandemic={2008: 1.2, 2009: 1.3, 2010: 1.15}))),
    Setting("excess", "pandemic among the years of the baseline, men more",
            Statistics(baseline=Baseline(pandemic={2006: 1.2, 2007: 1.2}, pandemic_men={2006: 1.04, 2007: 1.04})),
            (mortality.PANDEMIC,)),
    Setting("excess", "pandemic in the war, men more",
            Statistics(baseline=Baseline(pandemic={2010: 1.2}, pandemic_men={2010: 1.05})),
            (mortality.PANDEMIC_OF_MEN,)),
    Setting("excess", "one in five not registered", Statistics(registered=0.8), (mortality.UNREGISTERED,)),
    Setting("probate", "as assumed", Office(), runs=400),
    Setting("probate", "odds of a name twice as high with a case", Office(country=Country(tie=2.0)),
            (registers.TIED,), 400),
    Setting("probate", "men's deaths rise by 2 % a year", Office(country=Country(drift=0.02)), (registers.DRIFT,), 400),
    Setting("probate", "the war's cases four weeks later", Office(country=Country(slower=4)), (registers.LATER,), 400),
    Setting("coverage", "constant share", Share()),
    Setting("coverage", "share moves by 10 % a quarter", Share(walk=0.1), (naming.MOVES,)),
    Setting("coverage", "share falls by 5 % a quarter", Share(walk=0.02, drift=-0.05), (naming.DRIFTS,)),
    Setting("coverage", "a leak of 20 %, not known", Share(walk=0.1, leak=0.2), (naming.MOVES, naming.LEAK)),
    Setting("coverage", "a leak of 20 %, known", Share(walk=0.1, leak=0.2, marked=True),
            (naming.MOVES, naming.MARKED_LEAK)),
    Setting("coverage", "registry's totals err by 10 %", Share(registry_error=0.1), (naming.REGISTRY_ERRS,)),
    Setting("delay", "the same every year", Delay()),
    Setting("delay", "pace moves by 40 % a year", Delay(walk=log(1.4))),
    Setting("delay", "pace falls to 60 % each year", Delay(drift=log(0.6)), (naming.FEWER,)),
    Setting("delay", "a leak: pace times 5 in the year foretold", Delay(leak=5.0), (naming.LEAK,)),
    Setting("delay", "names come in half the time in the year foretold", Delay(sooner=0.5), (naming.SOONER,)),
    Setting("rate", "about 100 dead, all named", Region(), runs=2000),
    Setting("rate", "about 10 dead, all named", Region(risk=0.0005), runs=2000),
    Setting("rate", "about 100 dead, half of them named", Region(named=0.5), (naming.MISSED,), 2000),
    Setting("pooled", "as the model has it", Claims(), runs=200),
    Setting("pooled", "all claimants say half as much again", Claims(common=1.5), (claimed.COMMON_BIAS,), 200),
    Setting("pooled", "rate of losses triples at the origin", Claims(jump=3.0), (claimed.JUMP,), 200),
    Setting("pooled", "half of the claims are copies", Claims(copied=0.5), (claimed.COPIED,), 200),
    Setting("weeks", "each week errs alone", Weeks(), (claimed.ALONE,), 2000),
    Setting("weeks", "errors correlated by 0.3", Weeks(correlation=0.3), (claimed.ALONE, claimed.SHARED), 2000),
    Setting("weeks", "all weeks share one error", Weeks(correlation=1.0), (claimed.SHARED,), 2000),
)  # fmt: skip


def find(*names: str) -> list[Setting]:
    """The settings of these keys (`family: name`) or families, all without one; ValueError for an unknown name."""
    if unknown := [name for name in names if not any(name in (one.key, one.family) for one in SETTINGS)]:
        raise ValueError(f"no setting or family '{unknown[0]}'; families: {', '.join(FAMILIES)}")
    return [one for one in SETTINGS if not names or one.key in names or one.family in names]
