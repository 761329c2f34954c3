"""Death statistics of an invented country: years of peace with a baseline, years of war with its dead among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.deaths import BANDS, COLUMNS
from helpers.simulate.dating import full_years
from helpers.simulate.draws import SEED, stream

OLDER = "50 and older"
UNIFORMS = 12  # drawn and summed: close to a normal draw of variance 1, and the same on every machine


@dataclass(frozen=True)
class Baseline:
    """The deaths of an invented country without its war, by bands of five years of age from 15-19 to 45-49.

    `women`: deaths of women in the first year, of each band; `ratio`: men who die for one woman, in the first year;
    `women_change`, `ratio_change`: both as a share of the first year's, added each year (a straight line); `bend`:
    share of the first ratio by which it leaves that line at the last year, in a parabola; `spread`: of a count, in
    standard deviations of a Poisson count; `shock`: standard deviation of what all ratios of a year have in common, as
    a share; `pandemic`: year: factor on the deaths of both sexes; `pandemic_men`: year: further factor on those of men;
    `hiv_men`, `hiv_women`: share of the deaths that are from HIV.
    """

    women: tuple[int, ...] = (1500, 2200, 3300, 5200, 8000, 10500, 13000)
    ratio: tuple[float, ...] = (2.3, 3.1, 3.2, 3.1, 2.9, 2.8, 2.7)
    women_change: float = -0.015
    ratio_change: float = -0.008
    bend: float = 0.0
    spread: float = 1.0
    shock: float = 0.0
    pandemic: Mapping[int, float] = field(default_factory=dict)
    pandemic_men: Mapping[int, float] = field(default_factory=dict)
    hiv_men: float = 0.07
    hiv_women: float = 0.06

    def __post_init__(self) -> None:
        if not len(self.women) == len(self.ratio) == len(BANDS):
            raise ValueError(f"women and ratio need one value for each of the bands {', '.join(BANDS)}")


class Statistics(NamedTuple):
    """Deaths of an invented country as its agency counts them, and the dead of the war that are among them."""

    deaths: pd.DataFrame
    truth: pd.DataFrame


def deaths(
    people: pd.DataFrame,
    baseline: Baseline = Baseline(),
    *,
    first: int = 1995,
    seed: int = SEED,
    registered: float = 1.0,
    lag: int = 1,
) -> Statistics:
    """Death statistics from the year `first` to the last year of the war, with the war's dead added.

    `deaths` has the form of `helpers.deaths.read`: one row per year and band, columns `year`, `age`, `men`, `women`,
    `men_hiv`, `women_hiv` (persons), `published`, `hiv_published` (1 July, `lag` years after). `truth`: the dead of the
    war by year and age at death, one row each, columns `year`, `age` (the bands, and "50 and older", who are in no
    band), `men`, `women`. `registered`: share of the war's dead who are registered as dead at all; `truth` has the
    others too. ValueError for a war that begins before four years of peace.
    """
    truth = war_dead(people)
    if (years := truth["year"].min() - first) < 4:
        raise ValueError(f"{years} years of peace from {first} on: four or more are needed; take an earlier first")
    rng = stream(seed, "death statistics")
    table = _in_peace(range(first, truth["year"].max() + 1), baseline, rng)
    dead = table[["year", "age"]].merge(truth, how="left", on=["year", "age"]).fillna(0)
    for sex in ("men", "women"):
        table[sex] += _some(dead[sex].astype(int), registered, rng)
    published = pd.to_datetime((table["year"] + lag).astype("str") + "-07-01")
    return Statistics(table.assign(published=published, hiv_published=published)[COLUMNS], truth)


def war_dead(people: pd.DataFrame) -> pd.DataFrame:
    """How many of `people` died, by year and band of age; columns as `truth` in `deaths`, sums to all of them."""
    birth, death = (people[name].to_numpy().astype("M8[D]") for name in ("birth_date", "death_date"))
    band = np.clip(full_years(birth, death) // 5 - 3, 0, len(BANDS))
    keys = [people["death_date"].dt.year.rename("year"), pd.Series(np.array([*BANDS, OLDER])[band], name="age")]
    of = people["sex"].map({"male": "men", "female": "women"}).reset_index(drop=True)
    table = pd.crosstab([keys[0].reset_index(drop=True), keys[1]], of).reindex(columns=["men", "women"], fill_value=0)
    return table.rename_axis(columns=None).reset_index()


def _in_peace(years: range, baseline: Baseline, rng: np.random.Generator) -> pd.DataFrame:
    rows = [_one_year(year, years, baseline, rng) for year in years]
    return pd.concat(rows, ignore_index=True)


def _one_year(year: int, years: range, baseline: Baseline, rng: np.random.Generator) -> pd.DataFrame:
    since, along = year - years[0], (year - years[0]) / (len(years) - 1)
    ratio = np.array(baseline.ratio) * (1 + baseline.ratio_change * since + baseline.bend * along**2)
    ratio *= (1 + baseline.shock * _normal(rng, 1)) * baseline.pandemic_men.get(year, 1.0)
    women = np.array(baseline.women) * (1 + baseline.women_change * since) * baseline.pandemic.get(year, 1.0)
    counts = {"men": _counted(ratio * women, baseline.spread, rng), "women": _counted(women, baseline.spread, rng)}
    hiv = {f"{sex}_hiv": np.rint(counts[sex] * getattr(baseline, f"hiv_{sex}")).astype(int) for sex in counts}
    return pd.DataFrame({"year": year, "age": BANDS, **counts, **hiv})


def _counted(expected: np.ndarray, spread: float, rng: np.random.Generator) -> np.ndarray:
    """Whole numbers around `expected`, with the variance of a Poisson count times the square of `spread`."""
    return np.rint(np.maximum(expected + spread * np.sqrt(expected) * _normal(rng, len(expected)), 0)).astype(int)


def _normal(rng: np.random.Generator, size: int) -> np.ndarray:
    return rng.random((size, UNIFORMS)).sum(axis=1) - UNIFORMS / 2


def _some(counts: pd.Series, share: float, rng: np.random.Generator) -> np.ndarray:
    """Of each count so many as are drawn, one by one, with the chance `share`."""
    return np.array([(rng.random(count) < share).sum() for count in counts])
