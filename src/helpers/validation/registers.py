"""Trials of the probate method: the dead of an invented war by the registry of inheritance and a list of names."""

from __future__ import annotations

from dataclasses import dataclass, field

from helpers.estimate import probate
from helpers.simulate.registry import Country, registry
from helpers.validation.mortality import some_dead
from helpers.validation.trial import Family, Method, Outcome, attempt, refused

TIED, DRIFT, LATER = "names tied to cases", "men's ordinary deaths drift", "cases of the war come later"
PARTS = {"registry and flash": "killed", "registry": "registry", "flash": "flash", "declared by a court": "late"}
AS_OF, WEEKS = "2012-08-26", 130


@dataclass(frozen=True)
class Office:
    """A country at war as its notaries see it: up to `dead` died; `country`: its habits."""

    dead: int = 40_000
    country: Country = field(default_factory=Country)


def in_registry(world: Office, seed: int) -> list[Outcome]:
    """The dead with a body, aged 18 to 59, of one war by its registry of inheritance; and its parts."""
    made = registry(some_dead(world.dead, seed), weeks=WEEKS, country=world.country, seed=seed)
    try:
        found = probate.estimate(made.registry, AS_OF, recipe=probate.Recipe(times=200), seed=seed)
    except ValueError as refusal:
        return refused(PROBATE, made.truth["found"].sum(), refusal)
    true = made.truths(found, AS_OF)
    return [attempt(name, true[part], lambda row=found.total.loc[part]: row) for name, part in PARTS.items()]


PROBATE = dict.fromkeys(PARTS, Method(frozenset({TIED, DRIFT, LATER})))
FAMILIES = {
    "probate": Family(in_registry, PROBATE, "dead aged 18-59 with a body, or those declared dead by a court", 50),
}
