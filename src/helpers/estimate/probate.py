"""The probate method: the dead of a war from cases of inheritance, step by step as Meduza and Mediazona made it.

Each step is one small function of `Counts`. All of them take a leading axis of redrawn counts as well, so that the
interval of the whole comes from the same code as the estimate.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

# the day on which Meduza and Mediazona first printed an estimate made in this way
METHOD_PUBLISHED = pd.Timestamp("2023-07-10")
WEEK = pd.Timedelta(days=7)
WITHIN = 26  # weeks: heirs have six months to come to the notary
FEWEST_MATCHED = 20
FEWEST_PEACE = 26  # weeks


class Registry(NamedTuple):
    """What the offices and the list hold of a country at war.

    `cases`: one row per `sex` (m, f), `age`, `week` of death and week in which the case was `opened` (Mondays), with
    the number of `cases`, from some weeks of peace on. `named`: one row per person on the list: `age`, `week` of death,
    `found` (week), `opened` (week in which a case was opened; missing: there is none). `began`: first day of the war.
    """

    cases: pd.DataFrame
    named: pd.DataFrame
    began: pd.Timestamp


@dataclass(frozen=True)
class Recipe:
    """The choices of an estimate.

    `least`: weeks of which less than this share of the cases is open yet go to the flash estimate; `training`: weeks
    before them from which it learns; `times`: how often the counts are redrawn for the interval; `level`: its level.
    """

    least: float = 0.5
    training: int = 52
    times: int = 400
    level: float = 0.95


@dataclass(frozen=True)
class Counts:
    """What the registry and the list hold on a day; arrays, the last axes are ages and weeks of the war.

    `men`, `women`: cases opened within six months of a death (ages, weeks); `peace_men`, `peace_women`: those of the
    weeks before the war (ages); `late_men`, `late_women`: cases of the war's weeks opened later than that (ages);
    `named`, `matched`: people on the list who died more than six months ago, and those of them with
    a case within six months (ages); `opened`: the share of a week's cases that is open by now (weeks); `found`: names
    found in the week (weeks).
    """

    ages: tuple[str, ...]
    weeks: pd.DatetimeIndex
    men: np.ndarray
    women: np.ndarray
    peace_men: np.ndarray
    peace_women: np.ndarray
    late_men: np.ndarray
    late_women: np.ndarray
    named: np.ndarray
    matched: np.ndarray
    opened: np.ndarray
    found: np.ndarray


@dataclass(frozen=True)
class Estimate:
    """The dead of a war by the registry: `weeks`, `ages` and `total` are tables with low, point, high (people).

    `weeks`: one row per week of death, with `part` (registry or flash), `cases`, `expected` (men) and `excess`. `ages`:
    one row per age, with `ratio`, `share` and its bounds. `total`: one row per part (registry, flash, killed, late,
    all). `draws`: the redrawn dead (draws, weeks), from which intervals of sums are made.
    """

    weeks: pd.DataFrame
    ages: pd.DataFrame
    total: pd.DataFrame
    draws: np.ndarray


def counts(registry: Registry, as_of: str | pd.Timestamp) -> Counts:
    """Step 1: the cases by age, sex and week of death, and the names, as far as they were there on day `as_of`.

    ValueError for too little to estimate from: fewer than 26 weeks of peace, no whole half year of war, or an age of
    which fewer than 20 named dead have a case.
    """
    day, monday = pd.Timestamp(as_of), registry.began - pd.Timedelta(days=registry.began.weekday())
    cases = registry.cases[registry.cases["opened"] + WEEK <= day + pd.Timedelta(days=1)]
    named = registry.named[registry.named["found"] + WEEK <= day + pd.Timedelta(days=1)]
    weeks = pd.date_range(monday, day - pd.Timedelta(days=6), freq="7D")
    ages = tuple(sorted(cases["age"].unique()))
    late = (cases["opened"] - cases["week"]) > WITHIN * WEEK
    peace = cases["week"] < monday
    _refuse_short(cases.loc[peace, "week"].nunique(), len(weeks))
    by = {
        (sex, name): cases[rows & cases["sex"].eq(sex)]
        for sex in ("m", "f")
        for name, rows in (("prompt", ~peace & ~late), ("peace", peace & ~late), ("late", ~peace & late))
    }
    old = named[named["week"] + (WITHIN + 1) * WEEK <= day]
    matched = old[(old["opened"] - old["week"]) <= WITHIN * WEEK]
    _refuse_few(_by_age(matched, ages), ages)
    return Counts(
        ages, weeks,
        *(_by_week(by[sex, "prompt"], ages, weeks) for sex in ("m", "f")),
        *(_by_age(by[sex, name], ages) for name in ("peace", "late") for sex in ("m", "f")),
        _by_age(old, ages), _by_age(matched, ages),
        opened(pd.concat([by["m", "peace"], by["f", "peace"]]), weeks, day),
        named["found"].value_counts().reindex(weeks, fill_value=0).to_numpy(float),
    )  # fmt: skip


def _refuse_short(peace: int, war: int) -> None:
    if peace < FEWEST_PEACE:
        raise ValueError(
            f"{peace} weeks of peace: {FEWEST_PEACE} or more are needed to know how many cases of men go with those of "
            "women; take an earlier first week"
        )
    if war <= WITHIN + 1:
        raise ValueError(
            f"{war} weeks of war: more than {WITHIN + 1} are needed, or no named dead has had the six months in which "
            "a case is opened; wait, or use the names and a coverage"
        )


def _refuse_few(matched: np.ndarray, ages: tuple[str, ...]) -> None:
    few = np.flatnonzero(matched < FEWEST_MATCHED)
    if len(few):
        raise ValueError(
            f"{matched[few[0]]:.0f} named dead aged {ages[few[0]]} have a case: {FEWEST_MATCHED} or more are needed "
            "to scale by their share; join neighbouring ages, or wait for more names"
        )


def _by_week(cases: pd.DataFrame, ages: tuple[str, ...], weeks: pd.DatetimeIndex) -> np.ndarray:
    sums = cases.pivot_table(index="age", columns="week", values="cases", aggfunc="sum", observed=True)
    return sums.reindex(index=list(ages), columns=weeks).fillna(0).to_numpy(float)


def _by_age(rows: pd.DataFrame, ages: tuple[str, ...]) -> np.ndarray:
    sums = rows.groupby("age", observed=True)["cases"].sum() if "cases" in rows else rows["age"].value_counts()
    return sums.reindex(list(ages), fill_value=0).to_numpy(float)


def expected(c: Counts) -> np.ndarray:
    """Step 2: the cases of men that the women's lead one to expect (ages, weeks), by the ratio in peace."""
    return ratio(c)[..., None] * c.women


def ratio(c: Counts) -> np.ndarray:
    """Cases of men for each of women in the weeks of peace (ages)."""
    return c.peace_men / c.peace_women


def excess(c: Counts) -> np.ndarray:
    """Step 3: cases of men beyond expectation (ages, weeks); single weeks can be below zero."""
    return c.men - expected(c)


def case_share(c: Counts) -> np.ndarray:
    """Step 4: the share of the known dead who have a case (ages)."""
    return c.matched / c.named


def scaled(c: Counts) -> np.ndarray:
    """Step 5: the dead behind the excess (weeks): each age's excess over its share, added up."""
    return (excess(c) / case_share(c)[..., None]).sum(axis=-2)


def opened(peace: pd.DataFrame, weeks: pd.DatetimeIndex, day: pd.Timestamp) -> np.ndarray:
    """Step 6: the share of each week's cases that is open by `day`, by the notary's lag in the cases of peace."""
    lag = ((peace["opened"] - peace["week"]) // WEEK).to_numpy()
    by_lag = np.bincount(lag, peace["cases"], WITHIN + 1)[: WITHIN + 1]
    age = np.minimum((day + pd.Timedelta(days=1) - weeks) // WEEK - 1, WITHIN)
    return (by_lag.cumsum() / by_lag.sum())[np.asarray(age, dtype=int)]


def grown(c: Counts, recipe: Recipe = Recipe()) -> np.ndarray:
    """The dead by week once all their cases are open; missing where too few are (`recipe.least`)."""
    enough = c.opened >= recipe.least
    return np.where(enough, scaled(c) / np.where(enough, c.opened, 1), np.nan)


def flash(c: Counts, recipe: Recipe = Recipe()) -> np.ndarray:
    """Step 7: the dead of the newest weeks (missing in the others): names found in them, times dead per name before."""
    dead, new = grown(c, recipe), c.opened < recipe.least
    learnt = np.flatnonzero(~new)[-recipe.training :]
    per_name = dead[..., learnt].sum(axis=-1) / c.found[..., learnt].sum(axis=-1)
    return np.where(new, per_name[..., None] * c.found, np.nan)


def late(c: Counts) -> np.ndarray:
    """Step 8: people declared dead by a court, and late cases: men's late cases beyond expectation, scaled."""
    return ((c.late_men - ratio(c) * c.late_women) / case_share(c)).sum(axis=-1)


def killed(c: Counts, recipe: Recipe = Recipe()) -> np.ndarray:
    """The dead by week (weeks): by the registry, and by names in the newest weeks."""
    dead = grown(c, recipe)
    return np.where(np.isnan(dead), flash(c, recipe), dead)


def redrawn(c: Counts, times: int, rng: np.random.Generator) -> Counts:
    """The counts drawn again `times` times (a new first axis), as if each were a Poisson count, matches binomial."""
    names = ("men", "women", "peace_men", "peace_women", "late_men", "late_women", "found")
    again = {name: rng.poisson(getattr(c, name), (times, *getattr(c, name).shape)) for name in names}
    share = np.clip(case_share(c), 0, 1)
    return replace(c, **again, matched=rng.binomial(c.named.astype(int), share, (times, len(c.ages))))


def estimate(registry: Registry, as_of: str | pd.Timestamp, *, recipe: Recipe = Recipe(), seed: int = 1) -> Estimate:
    """The dead of a war by the `registry` as it stood on day `as_of`, with the interval of redrawn counts."""
    c = counts(registry, as_of)
    many = redrawn(c, recipe.times, np.random.default_rng(seed))
    draws, late_draws = killed(many, recipe), late(many)
    new = c.opened < recipe.least
    sums = {"registry": draws[:, ~new].sum(axis=1), "flash": draws[:, new].sum(axis=1), "killed": draws.sum(axis=1)}
    sums |= {"late": late_draws, "all": sums["killed"] + late_draws}
    point = killed(c, recipe)
    totals = {"registry": point[~new].sum(), "flash": point[new].sum(), "killed": point.sum(), "late": late(c)}
    totals["all"] = totals["killed"] + totals["late"]
    total = pd.DataFrame(
        [_spread(sums[part], totals[part], recipe) for part in sums], index=pd.Index(sums, name="part")
    )
    return Estimate(_weeks(c, point, draws, recipe), _ages(c, many, recipe), total, draws)


def _spread(draws: np.ndarray, point: float, recipe: Recipe) -> dict[str, float]:
    tail = (1 - recipe.level) / 2
    low, high = np.quantile(draws, [tail, 1 - tail])
    return {"low": float(low), "point": float(point), "high": float(high)}


def _weeks(c: Counts, point: np.ndarray, draws: np.ndarray, recipe: Recipe) -> pd.DataFrame:
    tail = (1 - recipe.level) / 2
    low, high = np.quantile(draws, [tail, 1 - tail], axis=0)
    return pd.DataFrame(
        {
            "week": c.weeks, "part": np.where(c.opened < recipe.least, "flash", "registry"),
            "cases": c.men.sum(axis=0), "expected": expected(c).sum(axis=0), "excess": excess(c).sum(axis=0),
            "opened": c.opened, "found": c.found, "low": low, "point": point, "high": high,
        }
    )  # fmt: skip


def _ages(c: Counts, many: Counts, recipe: Recipe) -> pd.DataFrame:
    tail = (1 - recipe.level) / 2
    low, high = np.quantile(case_share(many), [tail, 1 - tail], axis=0)
    columns = {"ratio": ratio(c), "cases": c.men.sum(axis=1), "expected": expected(c).sum(axis=1)}
    columns |= {"excess": excess(c).sum(axis=1), "named": c.named, "matched": c.matched}
    columns |= {"low": low, "share": case_share(c), "high": high}
    return pd.DataFrame(columns, index=pd.Index(c.ages, name="age"))


def correlation(draws: np.ndarray) -> float:
    """How far the errors of the weeks move together, 0 to 1: the equal correlation that gives the total's deviation."""
    apart, together = draws.var(axis=0).sum(), draws.std(axis=0).sum() ** 2
    return float((draws.sum(axis=1).var() - apart) / (together - apart))
