"""How often something happens among a known number of people, with the interval of chance."""

from __future__ import annotations

from statistics import NormalDist

import pandas as pd


def wilson_rate(dead: pd.Series, population: pd.Series, *, per: float = 100_000, level: float = 0.95) -> pd.DataFrame:
    """The dead per `per` people with their Wilson score interval, one row per entry of `dead`, with its index.

    Columns: `low`, `point`, `high` (dead per `per` people). The interval holds the share that chance alone could
    have brought to this count, at `level`, with continuity correction: what R's prop.test prints. Where the
    population is missing the rate is missing. It knows of no error but chance: names that a list lacks are not in it.

    Source: Newcombe (1998), Statistics in Medicine 17, 857-872, method 4. ValueError for a count below zero or above
    its population, a population of zero, a level outside 0 to 1.
    """
    x, n = dead.astype(float), population.astype(float)
    _check(x, n, level)
    z = NormalDist().inv_cdf(0.5 + level / 2)
    p, z2 = x / n, z * z
    spread_low = z * (z2 - 2 - 1 / n + 4 * p * (n * (1 - p) + 1)) ** 0.5 + 1
    spread_high = z * (z2 + 2 - 1 / n + 4 * p * (n * (1 - p) - 1)) ** 0.5 + 1
    low = ((2 * x + z2 - spread_low) / (2 * (n + z2))).mask(x == 0, 0.0)
    high = ((2 * x + z2 + spread_high) / (2 * (n + z2))).mask(x == n, 1.0)
    return pd.DataFrame({"low": low, "point": p, "high": high}) * per


def _check(x: pd.Series, n: pd.Series, level: float) -> None:
    if not 0 < level < 1:
        raise ValueError(f"level is {level}: allowed is more than 0 and less than 1, such as 0.95")
    wrong = (x < 0) | (n <= 0) | (x > n)
    if wrong.any():
        row = wrong.idxmax()
        raise ValueError(
            f"row {row}: {x[row]:g} dead of {n[row]:g} people; allowed are 0 dead up to the whole population, "
            "and at least one person"
        )
