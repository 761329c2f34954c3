"""Several models at once: weights by AIC or BIC, and an average whose interval knows that they differ."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import pandas as pd

CRITERIA = ("AIC", "BIC")


class Estimate(NamedTuple):
    """People in all, with the interval (persons); in words how it was found, and what one should know of it besides."""

    low: float
    point: float
    high: float
    method: str
    says: str = ""


def weights(criterion: pd.Series) -> pd.Series:
    """The weight of each model by its AIC or BIC: exp(-half of what it lies above the least), adding up to 1."""
    relative = np.exp(-(criterion - criterion.min()) / 2)
    return relative / relative.sum()


def average(table: pd.DataFrame, *, people: int, criterion: str = "AIC", level: float = 0.95) -> Estimate:
    """The models of `table` (`loglinear.table`) averaged by their weights.

    The deviation of the average holds each model's own and how far it is from the others; the interval is log-normal
    in the people on no list, so that it never falls below the `people` found.
    Source: Buckland, Burnham and Augustin (1997), Biometrics 53, 603-618.
    """
    if criterion not in CRITERIA:
        raise ValueError(f"criterion is '{criterion}': allowed are {', '.join(CRITERIA)}")
    weight = weights(table[criterion])
    point = float((weight * table["point"]).sum())
    deviation = float((weight * np.hypot(table["deviation"], table["point"] - point)).sum())
    low, high = lognormal(point - people, deviation, level=level)
    return Estimate(people + low, point, people + high, f"average of {len(table)} models by {criterion}")


def lognormal(unlisted: float, deviation: float, *, level: float = 0.95) -> tuple[float, float]:
    """An interval for the people on no list that is never below zero: log-normal, by Chao (1987), Biometrics 43."""
    if unlisted <= 0:
        return 0.0, 0.0
    times = math.exp(NormalDist().inv_cdf(0.5 + level / 2) * math.sqrt(math.log1p((deviation / unlisted) ** 2)))
    return unlisted / times, unlisted * times


def best(table: pd.DataFrame, *, criterion: str = "AIC") -> Estimate:
    """The estimate of the model with the least AIC or BIC, with its profile interval."""
    row = table.loc[table[criterion].idxmin()]
    return Estimate(row["low"], row["point"], row["high"], f"model {row['model']}, least {criterion} of {len(table)}")
