"""The probate registry of an invented country: cases of inheritance in peace and war, and the names of the dead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers.estimate.probate import WEEK, WITHIN, Registry
from helpers.simulate.draws import SEED, happens, stream
from helpers.simulate.people import BEGAN

if TYPE_CHECKING:
    import datetime

    from helpers.estimate.probate import Estimate

LATEST = 104  # weeks: ordinary cases that come late come by then
AGES = ("18-24", "25-29", "30-34", "35-39", "40-44", "45-49", "50-54", "55-59")
OLDEST = 60
CASE_COLUMNS = ["sex", "age", "week", "opened", "cases"]


@dataclass(frozen=True)
class Country:
    """The habits of an invented country; lists go by AGES.

    `women`: mean cases of women a week; `ratio`: men's cases per woman's in peace; `share`: of the war's dead with a
    body, those who leave a case; `season`: yearly swing of both sexes' deaths; `epidemic`: how much more of both
    die in the second half of the first year of the war; `late`: share of ordinary cases that come after six months;
    `missing`: share of the war's dead without a body; a court declares them after `court` weeks (first, last);
    `named`: share of the dead with a body whom the list finds; `found_within`: weeks. What breaks the method: `tie`
    (odds of being named are so many times higher for those with a case), `drift` (yearly change of `ratio` from the
    war's first day on, as a share), `slower` (weeks by which the war's cases come later than others).
    """

    women: tuple[float, ...] = (2, 3, 5, 8, 12, 18, 26, 40)
    ratio: tuple[float, ...] = (2.6, 2.7, 2.8, 2.7, 2.5, 2.3, 2.1, 1.9)
    share: tuple[float, ...] = (0.24, 0.32, 0.4, 0.46, 0.52, 0.56, 0.6, 0.62)
    season: float = 0.08
    epidemic: float = 0.3
    late: float = 0.03
    missing: float = 0.2
    court: tuple[int, int] = (30, 120)
    named: float = 0.55
    found_within: int = 60
    tie: float = 1.0
    drift: float = 0.0
    slower: int = 0


class InventedRegistry(NamedTuple):
    """The `registry` of an invented country, and the `truth` behind it.

    `truth`: one row per `week` of the war: `found` (dead aged 18 to 59 with a body), `missing` (without), `older` (dead
    of other ages), in people. `declared`: one row per week (Monday) in which a case of somebody missing, declared dead
    by a court, is `opened` or would be if they left one: `missing` (people aged 18 to 59 who died in those weeks).
    """

    registry: Registry
    truth: pd.DataFrame
    declared: pd.DataFrame

    def declared_by(self, day: str | pd.Timestamp) -> int:
        """How many of the missing are declared dead and had the time to be in the registry by the end of `day`."""
        over = self.declared["opened"] + WEEK <= pd.Timestamp(day) + pd.Timedelta(days=1)
        return int(self.declared.loc[over, "missing"].sum())

    def truths(self, told: Estimate, day: str | pd.Timestamp) -> pd.Series:
        """What each part of an estimate of `day` should have told, in people, by part (as in `told.total`)."""
        weeks = self.truth.set_index("week")["found"].reindex(told.weeks["week"]).to_numpy()
        flash = told.weeks["part"].eq("flash").to_numpy()
        sums = {"registry": weeks[~flash].sum(), "flash": weeks[flash].sum(), "killed": weeks.sum()}
        sums["late"] = self.declared_by(day)
        return pd.Series(sums | {"all": sums["killed"] + sums["late"]}, name="truth")


def registry(
    people: pd.DataFrame,
    *,
    seed: int = SEED,
    country: Country = Country(),
    began: datetime.date = BEGAN,
    peace: int = 156,
    weeks: int = 200,
) -> InventedRegistry:
    """The registry of an invented `country` in which `people` (`birth_date`, `death_date`) died in a war.

    Deaths are drawn for `peace` weeks before and `weeks` weeks from the week of `began`; who dies later is not in it.
    Ordinary cases are Poisson counts. ValueError if nobody of `people` dies in those weeks.
    """
    monday = pd.Timestamp(began) - pd.Timedelta(days=pd.Timestamp(began).weekday())
    dead = _dead(people, monday, weeks, stream(seed, "dead"), country)
    ordinary = _ordinary(monday, peace, weeks, stream(seed, "ordinary"), country)
    of_war = dead[dead["opened"].notna()].groupby(["age", "week", "opened"], observed=True).size()
    of_war = of_war.rename("cases").reset_index().assign(sex="m")[CASE_COLUMNS]
    both = pd.concat([ordinary, of_war])
    cases = both.groupby(CASE_COLUMNS[:-1], as_index=False, observed=True)["cases"].sum()
    named = dead.loc[dead["found"].notna() & dead["age"].notna(), ["age", "week", "found", "opened"]]
    held = Registry(cases, named.reset_index(drop=True), pd.Timestamp(began))
    return InventedRegistry(held, _truth(dead, monday, weeks), _declared(dead))


def _dead(
    people: pd.DataFrame, monday: pd.Timestamp, weeks: int, rng: np.random.Generator, country: Country
) -> pd.DataFrame:
    """One row per person who died in the weeks of the war: age, weeks of death, of the case (if any), and name."""
    number = ((people["death_date"] - monday) // WEEK).to_numpy()
    inside = (number >= 0) & (number < weeks)
    if not inside.any():
        raise ValueError(f"nobody of {len(people)} people dies in the {weeks} weeks from {monday:%Y-%m-%d}")
    years = ((people["death_date"] - people["birth_date"]).dt.days // 365.25).to_numpy()[inside]
    week, n = number[inside], int(inside.sum())
    group = _group(years)
    missing = happens(rng, country.missing, n)
    # the last place, which -1 points at, is for other ages: their cases are not looked for
    case = happens(rng, np.array([*country.share, 0.0])[group], n)
    first, last = country.court
    court = np.where(missing, first + np.floor((last - first + 1) * rng.random(n)), 0)
    opened = week + court + _lag(rng, n) + country.slower
    odds = country.named / (1 - country.named) * np.where(case, country.tie, 1.0)
    on_list = happens(rng, odds / (1 + odds), n) & ~missing
    found = week + np.floor(country.found_within * rng.random(n) * rng.random(n))
    return pd.DataFrame(
        {
            "age": pd.Categorical.from_codes(group, AGES),
            "missing": missing,
            "week": _mondays(monday, week),
            "opened": _mondays(monday, np.where(case, opened, np.nan)),
            "would_open": _mondays(monday, opened),
            "found": _mondays(monday, np.where(on_list, found, np.nan)),
        }
    )


def _group(years: np.ndarray) -> np.ndarray:
    """The place of each age in AGES; -1 for all other ages."""
    group = np.searchsorted([25, 30, 35, 40, 45, 50, 55], years, side="right")
    return np.where((years >= 18) & (years < OLDEST), group, -1)


def _lag(rng: np.random.Generator, n: int) -> np.ndarray:
    """Weeks from death to the notary, up to six months; few come at once, most in the second to fifth month."""
    return np.floor((WITHIN + 1) * (rng.random(n) + rng.random(n)) / 2)


def _ordinary(monday: pd.Timestamp, peace: int, weeks: int, rng: np.random.Generator, country: Country) -> pd.DataFrame:
    """The cases of everyone whom the war did not kill, by sex, age, week of death and of opening."""
    number = np.arange(-peace, weeks)
    level = 1 + country.season * np.cos(2 * np.pi * number / 52) + country.epidemic * ((number >= 26) & (number < 52))
    drift = 1 + country.drift * np.clip(number, 0, None) / 52
    means = {
        "f": np.outer(country.women, level),
        "m": np.outer(np.multiply(country.women, country.ratio), level * drift),
    }
    drawn = {sex: rng.poisson(mean) for sex, mean in means.items()}
    parts = [_opened(counts, sex, number, monday, rng, country) for sex, counts in drawn.items()]
    return pd.concat(parts, ignore_index=True)


def _opened(
    counts: np.ndarray, sex: str, number: np.ndarray, monday: pd.Timestamp, rng: np.random.Generator, country: Country
) -> pd.DataFrame:
    """The cases of one sex, each opened at its own time."""
    total = int(counts.sum())
    age, week = (np.repeat(axis.ravel(), counts.ravel()) for axis in np.indices(counts.shape))
    late = happens(rng, country.late, total)
    after = np.where(late, WITHIN + 1 + np.floor((LATEST - WITHIN) * rng.random(total)), _lag(rng, total))
    cells = pd.DataFrame({"age": age, "week": number[week], "after": after.astype(int)})
    sums = cells.value_counts(sort=False).rename("cases").reset_index()
    return pd.DataFrame(
        {
            "sex": sex,
            "age": pd.Categorical.from_codes(sums["age"], AGES),
            "week": _mondays(monday, sums["week"].to_numpy()),
            "opened": _mondays(monday, (sums["week"] + sums["after"]).to_numpy()),
            "cases": sums["cases"],
        }
    )


def _mondays(monday: pd.Timestamp, numbers: np.ndarray) -> pd.Series:
    return pd.Series(monday + pd.to_timedelta(np.asarray(numbers, dtype=float) * 7, unit="D"))


def _truth(dead: pd.DataFrame, monday: pd.Timestamp, weeks: int) -> pd.DataFrame:
    inside = dead["age"].notna()
    kinds = {"found": inside & ~dead["missing"], "missing": inside & dead["missing"], "older": ~inside}
    index = pd.DatetimeIndex(_mondays(monday, np.arange(weeks)), name="week")
    counts = {kind: dead.loc[rows, "week"].value_counts().reindex(index, fill_value=0) for kind, rows in kinds.items()}
    return pd.DataFrame(counts).reset_index()


def _declared(dead: pd.DataFrame) -> pd.DataFrame:
    missing = dead.loc[dead["missing"] & dead["age"].notna(), "would_open"]
    return missing.value_counts(sort=False).sort_index().rename("missing").rename_axis("opened").reset_index()
