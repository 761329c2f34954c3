"""Reporting delay: how late the dead are named, and how many of the already dead will yet be named."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import ceil, exp, log
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers import choices
from helpers.lists import vintages

YEAR, WEEK, MONTH = pd.Timedelta(days=365.25), pd.Timedelta(days=7), pd.Timedelta(days=30.4375)
# 97.5 % quantiles of Student's t by degrees of freedom, as printed in every table of it
STUDENT = {3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262, 10: 2.228}
AGES = ("under 3 months", "3 to 6 months", "6 to 12 months", "1 to 2 years", "over 2 years")


@dataclass(frozen=True)
class Recipe:
    """The choices of `forecast`. No number was fitted, and following by half is customary.

    Four choices were settled with the scores of the replays in sight (`delay_replays`): `by_names`, that ratios between
    ages lie on a line, how a part of a year is taken, and what the spread is made of.

    `edges`: bins of age at the vintage's day, in weeks since death; `damping`: the level's last change is followed by
    this share in the first step, its square in the second; `fade`: weight of a step's shape beside the next newer
    one; `shortest`: steps of fewer years teach no yearly ratio; `prior`: a surprise of the level (natural log) that
    stands beside those measured, here a doubling; `floor`: deviation (natural log) that no past step removes;
    `by_names`: a change of level is the mean over the bins weighted by names added, not each bin alike.
    """

    edges: tuple[float, ...] = (0, 2, 4, 6, 8, 11, 14, 18, 23, 30, 39, 52, 78, 104)
    damping: float = 0.5
    fade: float = 0.5
    shortest: float = 0.9
    prior: float = log(2)
    floor: float = 0.25
    by_names: bool = True

    def __post_init__(self) -> None:
        choices.between("damping", self.damping, 0, 1)
        choices.between("fade", self.fade, 0.01, 1)
        choices.between("prior", exp(self.prior), 1, 10, "times")
        choices.between("floor", self.floor, 0, 2)


RECIPE = Recipe()


class Step(NamedTuple):
    """What a list did from one vintage to the next, by bin of age; missing where no names were added."""

    years: float
    ratio: np.ndarray  # natural log of new to present names, a year
    added: np.ndarray  # names
    age: np.ndarray  # mean age at the first vintage, weeks


class Pattern(NamedTuple):
    """What the steps before a day teach: see `learn`."""

    age: np.ndarray
    shape: np.ndarray
    change: float
    scatter: float
    steps: int


def history(table: pd.DataFrame, origin: pd.Timestamp) -> pd.DataFrame:
    """The vintages to learn from on day `origin`, as `vintages.wide`: the rebuilt ones up to then.

    The newest release is the last of them where it is as of `origin`: it has the rebuilt columns' definition.
    """
    rebuilt = table["kind"].eq(vintages.REBUILT) & (table["as_of"] <= origin)
    last = table["as_of"].eq(table["as_of"].max()) & table["as_of"].eq(origin)
    return vintages.wide(table[rebuilt | last])


def _over(spans: pd.MultiIndex, day: pd.Timestamp) -> np.ndarray:
    """Which spans were over by `day`: a week by its Thursday."""
    return np.asarray(spans.get_level_values("since") + pd.Timedelta(days=3) <= day)


def _age(spans: pd.MultiIndex, day: pd.Timestamp) -> np.ndarray:
    """Weeks from the middle of each span to `day`."""
    since, until = (spans.get_level_values(name) for name in vintages.SPAN)
    return np.maximum((day - (since + (until - since) / 2)) / WEEK, 0).to_numpy(float)


def steps(counts: pd.DataFrame, recipe: Recipe = RECIPE) -> list[Step]:
    """The steps between the neighbouring vintages of `counts` (see `vintages.wide`), oldest first."""
    return [_step(counts, start, end, recipe) for start, end in pairwise(counts.columns)]


def _step(counts: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp, recipe: Recipe) -> Step:
    both, years = counts.loc[_over(counts.index, start), [start, end]].dropna(), (end - start) / YEAR
    age = _age(both.index, start)
    where = np.digitize(age, recipe.edges) - 1

    def total(values: np.ndarray) -> np.ndarray:
        return np.bincount(where, values, len(recipe.edges))

    before, after, spans = total(both[start]), total(both[end]), total(np.ones(len(both)))
    grown = (before > 0) & (after > before)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(grown, np.log((after / before) ** (1 / years) - 1), np.nan)
        return Step(years, ratio, np.where(grown, after - before, np.nan), total(age) / spans)


def learn(taken: list[Step], recipe: Recipe = RECIPE) -> Pattern:
    """The pattern of `taken` steps, oldest first; ValueError if there is none, or two have no age in common.

    The log ratio of a bin is the level of its step plus a shape. `shape` is that of all steps (each weighs `fade` of
    the next newer one) at the level of the last; `change` is the last change of the level, in the mean over the bins
    that both steps have, weighted by the names that the last one added (`by_names`); `scatter` is the variance of the
    bins around the shape; `age` is the mean age in each bin, in weeks.
    """
    if not taken:
        raise ValueError("no step between two vintages a year apart: a delay cannot be learned from one vintage")
    ratio, last = np.array([s.ratio for s in taken]), taken[-1]
    added = last.added if recipe.by_names else np.ones(len(last.added))
    weight = np.where(np.isnan(ratio), 0.0, recipe.fade ** np.arange(len(taken))[::-1, None])
    shared = [~np.isnan(r) & ~np.isnan(ratio[-1]) for r in ratio]
    if not all(s.any() for s in shared):
        raise ValueError("two steps have no bin of age in which both added names: their levels cannot be compared")
    level = np.array([np.average((r - ratio[-1])[s], weights=added[s]) for r, s in zip(ratio, shared, strict=True)])
    apart = np.nan_to_num(ratio - level[:, None])
    seen = weight.sum(0) > 0
    shape = (apart * weight).sum(0)[seen] / weight.sum(0)[seen]
    age = (np.nan_to_num([s.age for s in taken]) * weight).sum(0)[seen] / weight.sum(0)[seen]
    left = np.where(weight > 0, apart, np.nan)[:, seen] - shape
    free = (~np.isnan(left)).sum() - len(shape)
    scatter = np.nansum(left**2) / free if free else 0.0
    change = -level[-2] if len(taken) > 1 else 0.0
    return Pattern(age, shape, float(change), float(scatter), len(taken))


def _grown(names: pd.Series, origin: pd.Timestamp, target: pd.Timestamp, pattern: Pattern, damping: float) -> pd.Series:
    """`names` at `origin` carried to `target` year by year, each year at its own level."""
    age, years, level = _age(names.index, origin), (target - origin) / YEAR, 0.0
    for step in range(_begun(years)):
        level += pattern.change * damping ** (step + 1)
        names = names * np.exp(_growth(age, min(1, years - step), pattern, level))
        age = age + YEAR / WEEK
    return names


def _growth(age: np.ndarray, share: float, pattern: Pattern, level: float) -> np.ndarray:
    """Log growth of names of `age` (weeks) over a `share` of a year, so that two parts of a year make the whole.

    A yearly growth is the difference of a curve of development a year apart. The curve is known from there: the growth
    from one age to another is the sum of the differences of their yearly growths, now, a year on and so on, plus the
    part of the steady growth of the oldest.
    """

    def yearly(weeks: np.ndarray) -> np.ndarray:
        # ages are compared on a log scale, three weeks on: the newest weeks change fastest
        ratio = np.interp(np.log(weeks + 3), np.log(pattern.age + 3), pattern.shape)
        return np.log1p(np.exp(ratio + level))

    if share == 1:
        return yearly(age)
    year = YEAR / WEEK
    later = range(ceil(pattern.age[-1] / year) + 1)
    apart = sum(yearly(age + k * year) - yearly(age + (k + share) * year) for k in later)
    return apart + share * yearly(pattern.age[-1:])[0]


def _begun(years: float) -> int:
    """Yearly steps that a stretch of time begins; a day more than a year is no second step."""
    return max(1, ceil(years - 0.01))


def surprises(counts: pd.DataFrame, recipe: Recipe = RECIPE) -> pd.Series:
    """By how much each step but the first added more than the steps before it foretold; log, by the step's last day.

    Steps of any length: the short one in which a leak brought its names is not learned from, but it counts here.
    """
    taken, days = steps(counts, recipe), list(pairwise(counts.columns))
    found = {}
    for number, (start, end) in enumerate(days):
        before = [s for s in taken[:number] if s.years >= recipe.shortest]
        if before:
            both = counts.loc[_over(counts.index, start), [start, end]].dropna()
            foretold = _grown(both[start], start, end, learn(before, recipe), recipe.damping)
            found[end] = log((both[end] - both[start]).sum() / (foretold - both[start]).sum())
    return pd.Series(found, dtype=float)


def spread(counts: pd.DataFrame, years: float, recipe: Recipe = RECIPE) -> tuple[float, float]:
    """The deviation of the log of the names to be added over `years`, and the times of it that hold 95 %.

    Variance: mean square of the past surprises and of the recipe's prior one, plus the scatter between bins, for each
    yearly step begun (a leak does not become smaller because the time is short), plus the floor. Times: Student's t
    with three degrees of freedom more than steps learned from.
    """
    pattern = learn([s for s in steps(counts, recipe) if s.years >= recipe.shortest], recipe)
    level = np.mean([recipe.prior**2, *surprises(counts, recipe) ** 2])
    deviation = ((level + pattern.scatter) * _begun(years) + recipe.floor**2) ** 0.5
    return float(deviation), STUDENT[min(pattern.steps + 3, max(STUDENT))]


def forecast(
    names: pd.Series, origin: pd.Timestamp, target: pd.Timestamp, counts: pd.DataFrame, recipe: Recipe = RECIPE
) -> pd.DataFrame:
    """How many of the dead up to `origin` will be named by `target`; one row per span of death.

    `names`: the list on day `origin`, by span (index `since`, `until`); `counts`: the vintages to learn from
    (`history`), of which none may be later. Columns: `since`, `until`; `names` (at `origin`), `low`, `point`, `high`
    (at `target`; people): a 95 % interval on the log of the names to be added (`spread`). Weeks share one shock: sums
    of the bounds are bounds of the sums as if all erred together. A span without a name gets none: a ratio knows no
    more.

    ValueError for a vintage later than `origin`, none to learn from, or ratios by which names would become fewer.
    """
    if (counts.columns > origin).any():
        late = counts.columns[counts.columns > origin][0]
        raise ValueError(f"the vintage of {late:%Y-%m-%d} is later than {origin:%Y-%m-%d}: a forecast may not know it")
    present = names[_over(names.index, origin)].dropna()
    pattern = learn([s for s in steps(counts, recipe) if s.years >= recipe.shortest], recipe)
    new = _grown(present, origin, target, pattern, recipe.damping) - present
    if (new < 0).any():
        since = new.index[new < 0][0][0]
        raise ValueError(
            f"names of the span from {since:%Y-%m-%d} would become fewer: the ratios learned rise with age, so a part "
            "of a year cannot be taken from them; see whether the vintages to learn from are in order"
        )
    deviation, times = spread(counts, (target - origin) / YEAR, recipe)
    wide = np.exp(deviation * times)
    told = pd.DataFrame({"names": present, "low": present + new / wide, "point": present + new})
    return told.assign(high=present + new * wide).reset_index()


def next_year(table: pd.DataFrame, recipe: Recipe = RECIPE) -> pd.DataFrame:
    """The `forecast` from the newest vintage to one year later; a column `provisional` marks the unfinished end.

    A span is provisional where, from it on, fewer than 90 % of the names foretold for a year later are known.
    """
    newest = table["as_of"].max()
    told = forecast(
        vintages.wide(table)[newest], newest, newest + pd.DateOffset(years=1), history(table, newest), recipe
    )
    unfinished = told["names"] < 0.9 * told["point"]
    return told.assign(provisional=unfinished[::-1].cummin()[::-1])


def growth(counts: pd.DataFrame) -> pd.DataFrame:
    """How many names a year on for each name now: one row per age at the vintage (AGES), one column per step.

    Columns are the first day of each step of about a year; missing where no death was so old.
    """
    found = {}
    for start, end in pairwise(counts.columns):
        both = counts.loc[_over(counts.index, start), [start, end]].dropna()
        months = _age(both.index, start) * WEEK / MONTH
        groups = pd.cut(months, [-1, 3, 6, 12, 24, np.inf], labels=AGES)
        sums = both.groupby(groups, observed=False).sum()
        if (end - start) / YEAR >= RECIPE.shortest:
            found[start] = (sums[end] / sums[start]).where(sums[start] > 0)
    return pd.DataFrame(found)


def time_to(counts: pd.DataFrame, share: float) -> pd.DataFrame:
    """Months after which `share` of the names known by the newest vintage were known; one row per month of death.

    Columns: `period` (the month of the spans' Thursdays), `names` (by the newest vintage), `low`, `point`, `high`
    (months from the middle of that month): the vintages say only that it was between `low` and `high`; `point` lies on
    the straight line between. It is a floor: the newest vintage is not the last, and the newer the month, the more is
    missing.
    """
    thursdays = counts.index.get_level_values("since") + pd.Timedelta(days=3)
    by = counts.groupby(thursdays.to_period("M")).sum()
    rows = []
    for period, names in by.iterrows():
        middle = period.start_time + (period.end_time - period.start_time) / 2
        seen = names[names.index > period.end_time]
        age = np.array([0, *((seen.index - middle) / MONTH)])
        part = np.array([0, *(seen / seen.iloc[-1])])
        after = int(np.argmax(part >= share))
        low, high = age[after - 1], age[after]
        point = low + (high - low) * (share - part[after - 1]) / (part[after] - part[after - 1])
        rows.append({"period": period, "names": seen.iloc[-1], "low": low, "point": point, "high": high})
    return pd.DataFrame(rows)
