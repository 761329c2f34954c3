"""The model of the pooled estimate: one rate of losses, the share killed, and a bias for each who counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers import choices
from helpers.figures import WAR_BEGAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from helpers.estimate.pooled.inputs import Evidence

LEAST = 8  # claims of killed: the first replay that is scored had as many
HORIZON = 183  # days beyond the newest evidence to which errors were measured
ROUNDS, SMALL = 40, 1e-8
KILLED, BOTH = "killed", "killed_and_wounded"


@dataclass(frozen=True)
class Settings:
    """How fast things may change and how far claims may err, all as standard deviations of logarithms.

    Chosen by the mean error of the replays on origins to 2025-01-01 (see `replays`); later origins had no say.
    """

    step: int = 14  # days over which the rate is constant
    rate_walk: float = 0.05  # change of the daily rate, per root of a week
    share_walk: float = 0.05  # change of the share killed, per root of a week
    share: float = 0.25  # share killed at the start: three wounded for each, as the CIA's director said in July 2022
    share_doubt: float = 0.3
    coverage_walk: float = 0.02  # change of the share of the dead that is named, per root of a week
    coverage: float = 0.5  # that share at the start: "twice the list", as its makers wrote in December 2022
    coverage_doubt: float = 0.8
    group_bias: tuple[float, float] = (0.2, 0.15)  # of a group of claimants: killed; killed and wounded
    source_bias: tuple[float, float] = (0.1, 0.05)  # of a claimant within its group
    noise: tuple[float, float] = (0.15, 0.08)  # of one claim
    age: float = 0.3  # more noise for each year since the day that a claim is about
    staff_noise: float = 0.01
    staff_bias: float = 0.02  # the General Staff's total is nearly taken as it stands: the scored series follows it
    names_noise: float = 0.02

    def __post_init__(self) -> None:
        for name in ("rate_walk", "share_walk", "coverage_walk"):
            choices.between(name, getattr(self, name), 0.001, 0.5)
        choices.between("age", self.age, 0, 2)


CHOSEN = Settings()


class Fit(NamedTuple):
    """What was fitted: by steps of `step` days since the invasion `rate` (killed and wounded a day), `share` (killed
    among them) and `coverage` (named among the killed); `bias` (log, by claimant or group); `until`, the last day that
    is told.
    """

    step: int
    rate: np.ndarray
    share: np.ndarray
    coverage: np.ndarray
    bias: pd.Series
    until: pd.Timestamp

    def totals(self, days: Iterable[pd.Timestamp], quantity: str) -> np.ndarray:
        """The total to the end of each of `days`, in persons; ValueError for a day after `until`."""
        days = pd.to_datetime(pd.Series(list(days)))
        if (days > self.until).any():
            raise ValueError(f"{days.max():%Y-%m-%d} is too far ahead: errors were measured to {self.until:%Y-%m-%d}")
        a_day = self.rate * self.share if quantity == KILLED else self.rate
        return _exposure(days, len(self.rate), self.step) @ a_day


class _Problem(NamedTuple):
    """Observations (`value`, `noise`, `killed`, `exposure`, `linear`) and prior (`rows`, `aims`) of one fit."""

    value: np.ndarray
    noise: np.ndarray
    killed: np.ndarray
    exposure: np.ndarray
    linear: np.ndarray
    rows: np.ndarray
    aims: np.ndarray


def fit(evidence: Evidence, settings: Settings = CHOSEN) -> Fit:
    """The curves that fit `evidence` best; both totals grow by construction, as sums of rates above zero.

    The logs of the daily rate, of the share killed and of the share named are random walks. A claim is the log of the
    total to its day, plus a bias of its group, a bias of its claimant, and noise, which grows with the claim's range
    and age. Fitted by Gauss-Newton (maximum a posteriori). ValueError for fewer than LEAST claims of killed.
    """
    _refuse_few(evidence)
    seen = _observations(evidence, settings)
    until = evidence.day + pd.Timedelta(days=HORIZON)
    steps = -(-((until - WAR_BEGAN).days + 1) // settings.step)
    labels = sorted({label for some in seen["biases"] for label in some})
    state = _solve(_problem(seen, labels, steps, settings), _start(steps, len(labels), settings))
    rate, share, coverage = np.exp(state[: 3 * steps]).reshape(3, steps)
    return Fit(settings.step, rate, share, coverage, pd.Series(state[3 * steps :], labels), until)


def _refuse_few(evidence: Evidence) -> None:
    found = int(evidence.claims["quantity"].eq(KILLED).sum())
    if found < LEAST or evidence.staff.empty or evidence.names.empty:
        raise ValueError(
            f"by {evidence.day:%Y-%m-%d} {found} credible claims of killed were known; at least {LEAST} are needed, a "
            "total of the named list and one of the General Staff: take a later day, or compare the claims one by one"
        )


def _observations(evidence: Evidence, settings: Settings) -> pd.DataFrame:
    """One row per claim and per point of a stream: `day`, `value` (log), `noise`, `killed`, `named`, `biases`."""
    told = evidence.claims
    killed = told["quantity"].eq(KILLED)
    age = settings.age * (evidence.day - told["until"]).dt.days / 365.25
    noise = np.sqrt(killed.map(_by_quantity(settings.noise)) ** 2 + (told["spread"] / 2) ** 2 + age**2)
    biases = [
        ((quantity, "group", group), (quantity, "source", who))
        for quantity, group, who in told[["quantity", "group", "who"]].itertuples(index=False)
    ]
    rows = pd.DataFrame({"day": told["until"], "value": told["value"], "noise": noise, "killed": killed})
    # within one step the rate is constant, which no total of the first days can follow
    later = evidence.staff["day"] >= WAR_BEGAN + pd.Timedelta(days=settings.step)
    staff = evidence.staff.loc[later, ["day", "value"]].assign(noise=settings.staff_noise, killed=False)
    names = evidence.names[["day", "value"]].assign(noise=settings.names_noise, killed=True)
    parts = [
        rows.assign(named=False, biases=biases),
        staff.assign(named=False, biases=[((BOTH, "stream", "General Staff"),)] * len(staff)),
        names.assign(named=True, biases=[()] * len(names)),
    ]
    return pd.concat(parts, ignore_index=True).assign(value=lambda t: np.log(t["value"].astype(float)))


def _by_quantity(values: tuple[float, float]) -> dict[bool, float]:
    return dict(zip((True, False), values, strict=True))


def _exposure(days: pd.Series, steps: int, step: int) -> np.ndarray:
    """How many days of each step are over at the end of each of `days`: a row per day, a column per step."""
    elapsed = (days - WAR_BEGAN).dt.days.to_numpy() + 1
    return np.clip(elapsed[:, None] - step * np.arange(steps), 0, step).astype(float)


def _problem(seen: pd.DataFrame, labels: Sequence[tuple], steps: int, settings: Settings) -> _Problem:
    """The unknowns are, in this order, the logs of rate, share and coverage by step, and the biases."""
    linear = np.zeros((len(seen), 3 * steps + len(labels)))
    at = ((seen["day"] - WAR_BEGAN).dt.days // settings.step).to_numpy()
    named = seen["named"].to_numpy(bool)
    linear[np.flatnonzero(named), 2 * steps + at[named]] = 1
    for row, biases in enumerate(seen["biases"]):
        linear[row, [3 * steps + labels.index(label) for label in biases]] = 1
    rows, aims = _prior(labels, steps, settings)
    values = (seen[name].to_numpy(float) for name in ("value", "noise", "killed"))
    return _Problem(*values, _exposure(seen["day"], steps, settings.step), linear, rows, aims)


def _prior(labels: Sequence[tuple], steps: int, settings: Settings) -> tuple[np.ndarray, np.ndarray]:
    """What is held before any claim: walks that rather stay, vague levels at the start, and biases near zero."""
    root = (settings.step / 7) ** 0.5
    walks = (settings.rate_walk, settings.share_walk, settings.coverage_walk)
    starts = ((3, 0), (settings.share_doubt, np.log(settings.share)),
              (settings.coverage_doubt, np.log(settings.coverage)))  # fmt: skip
    width = 3 * steps + len(labels)
    rows, aims = np.zeros((width, width)), np.zeros(width)
    for block, (walk, (doubt, level)) in enumerate(zip(walks, starts, strict=True)):
        at = slice(block * steps, (block + 1) * steps)
        rows[at, at] = np.eye(steps, k=0) - np.eye(steps, k=-1)
        rows[at, at] /= walk * root
        rows[at.start, at] = 0
        rows[at.start, at.start], aims[at.start] = 1 / doubt, level / doubt
    # the level of the rate is told by the claims alone
    aims[0], rows[0, 0] = 0, 1e-6
    rows[3 * steps :, 3 * steps :] = np.diag([1 / _doubt(label, settings) for label in labels])
    return rows, aims


def _doubt(label: tuple[str, str, str], settings: Settings) -> float:
    quantity, kind, _ = label
    if kind == "stream":
        return settings.staff_bias
    return (settings.group_bias if kind == "group" else settings.source_bias)[quantity == BOTH]


def _start(steps: int, biases: int, settings: Settings) -> np.ndarray:
    levels = np.log([500, settings.share, settings.coverage])
    return np.concatenate([np.repeat(levels, steps), np.zeros(biases)])


def _solve(problem: _Problem, state: np.ndarray) -> np.ndarray:
    """The state with the least squares of weighted misfits; ValueError if the rounds do not settle."""
    steps = problem.exposure.shape[1]
    for _ in range(ROUNDS):
        a_step = np.exp(state[:steps] + problem.killed[:, None] * state[steps : 2 * steps])
        parts = problem.exposure * a_step
        slope = parts / parts.sum(axis=1, keepdims=True)
        jacobian = problem.linear.copy()
        jacobian[:, :steps] += slope
        jacobian[:, steps : 2 * steps] += slope * problem.killed[:, None]
        misfit = problem.value - np.log(parts.sum(axis=1)) - problem.linear @ state
        rows = np.vstack([jacobian / problem.noise[:, None], problem.rows])
        left = np.concatenate([misfit / problem.noise, problem.aims - problem.rows @ state])
        move = np.linalg.solve(rows.T @ rows, rows.T @ left)
        state = state + move / max(1, np.abs(move).max() / 1.5)
        if np.abs(move).max() < SMALL:
            return state
    raise ValueError(f"the fit did not settle in {ROUNDS} rounds: its evidence contradicts itself too much")
