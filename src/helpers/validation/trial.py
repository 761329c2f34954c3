"""What a trial is: one invented war, and what each estimator says of it beside the truth."""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

SEED = 20_260_822
NOTHING = 0.0  # of an interval of which no share was promised


class Outcome(NamedTuple):
    """What one method said of one invented war; `low`, `point`, `high` are missing where it refused, and `why`."""

    method: str
    truth: float
    low: float
    point: float
    high: float
    why: str = ""


class Method(NamedTuple):
    """What is promised of a method's interval: to hold the truth in the share `nominal` of wars.

    `harmed_by`: what must not be broken in a war (`Setting.breaks`) for the promise to stand; `at_least`: a lower
    bound, which holds where its low end is not above the truth.
    """

    harmed_by: frozenset[str] = frozenset()
    nominal: float = 0.95
    at_least: bool = False


class Family(NamedTuple):
    """Estimators that are tried on the same invented wars.

    `run`: one war, from what it is like and a seed, to the outcome of each of the `methods`; `truth`: what is to be
    found; `chunk`: wars that are computed in one go, some seconds of work.
    """

    run: Callable[[object, int], list[Outcome]]
    methods: Mapping[str, Method]
    truth: str
    chunk: int


@dataclass(frozen=True)
class Setting:
    """A kind of invented war: what it is like (`world`), and which assumptions it `breaks`, in so many `runs`."""

    family: str
    name: str
    world: object
    breaks: tuple[str, ...] = ()
    runs: int = 1000

    def keeps(self, method: Method) -> bool:
        """Whether all that `method` assumes is so in these wars."""
        return not set(self.breaks) & method.harmed_by

    @property
    def key(self) -> str:
        """The name by which runs, seeds and files of this setting go."""
        return f"{self.family}: {self.name}"


def seed_of(setting: Setting, run: int) -> int:
    """The seed of one run: it depends on the name of the setting and the number of the run, and on nothing else."""
    spawned = np.random.SeedSequence(SEED, spawn_key=(zlib.crc32(setting.key.encode()), run))
    return int(spawned.generate_state(1, np.uint64)[0] >> np.uint64(1))


def attempt(method: str, truth: float, estimate: Callable[[], Sequence[float]]) -> Outcome:
    """The outcome of `estimate`, which returns low, point and high first; a ValueError is a refusal, kept in words."""
    try:
        low, point, high = list(estimate())[:3]
    except ValueError as refusal:
        return refused([method], truth, refusal)[0]
    why = "no value" if math.isnan(point) else ""
    return Outcome(method, float(truth), float(low), float(point), float(high), why)


def refused(methods: Iterable[str], truth: float, refusal: Exception) -> list[Outcome]:
    """The outcomes of `methods` all of which `refusal` kept from an answer."""
    return [Outcome(method, float(truth), math.nan, math.nan, math.nan, str(refusal)) for method in methods]


def told(world: object) -> str:
    """Every parameter of `world`, a dataclass, as text: `dead=5000, reach=(0.3, 0.25)`."""
    return ", ".join(f"{name}={value!r}" for name, value in vars(world).items())
