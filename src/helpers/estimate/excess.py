"""Excess male mortality: how many more men died than the deaths of women and the years before lead one to expect."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers import deaths as death_counts
from helpers import figures as schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# the day on which Meduza and Mediazona first printed an estimate made in this way
METHOD_PUBLISHED = pd.Timestamp("2023-07-10")
WAR = (2022, 2023)
# how the ids of estimates of one year end
OF_A_YEAR = {(2022,): "-first-year", (2023,): "-second-year"}
LAST_PEACE = 2019  # 2020 and 2021 were years of the pandemic
HIV_SINCE = 2006
NORMAL = NormalDist().inv_cdf(0.975)
STUDENT = 3.1824463  # 97.5 % quantile of Student's t with 3 degrees of freedom
FEWEST_WINDOWS = 3
# the curves that a baseline may follow, and the fewest years through which each can be drawn
SHAPES = {"line": 3, "decay": 3, "constant": 1}
KEYS = ["year", "age"]
# the claims of the authors that our estimates repeat, by years and whether HIV deaths are removed
KOBAK = "russia-killed-{}-12-31-kobak-men-15-49"
REPEATS = {
    ((2022,), True): KOBAK.format(2022),
    ((2022,), False): KOBAK.format(2022) + "-preprint",
    ((2023,), True): KOBAK.format(2023) + "-from-2023-01-01",
    # the preprint prints the two years together only
    ((2023,), False): "",
    (WAR, True): KOBAK.format(2023),
    (WAR, False): KOBAK.format(2023) + "-preprint",
}


@dataclass(frozen=True)
class Recipe:
    """The choices of an estimate; the defaults are those that Kobak et al. (2025) prefer.

    `years`: how many years the baseline is fitted on, up to and with `last`; `shape`: the curve that the ratio of men's
    to women's deaths follows in them: `line`, `decay` (its distance to 1 shrinks by the same share each year) or
    `constant`; `hiv`: whether deaths from HIV are taken away from both sexes first. ValueError for anything else.
    """

    years: int = 5
    shape: str = "line"
    hiv: bool = True
    last: int = LAST_PEACE

    def __post_init__(self) -> None:
        if self.shape not in SHAPES:
            raise ValueError(f"shape is '{self.shape}': allowed are {', '.join(SHAPES)}")
        if self.years < (fewest := SHAPES[self.shape]):
            raise ValueError(
                f"a {self.shape} through {self.years} baseline years: {fewest} or more are needed, "
                "or its error cannot be judged"
            )

    @property
    def baseline(self) -> list[int]:
        """The years on which the baseline is fitted."""
        return list(range(self.last - self.years + 1, self.last + 1))


class Excess(NamedTuple):
    """The men who died beyond expectation in the years `since` to `until` together (persons).

    `expected`: deaths of men that the baseline leads one to expect; `point`: those that were counted less those
    expected; `deviation`: one predictive standard deviation of the baseline, errors of the bands taken as independent;
    missing where the baseline is one year, which leaves nothing to judge it by.
    """

    since: int
    until: int
    expected: float
    point: float
    deviation: float


class Interval(NamedTuple):
    """An excess with its interval (persons), from the error `share` that the recipe made in `windows` peace windows."""

    low: float
    point: float
    high: float
    share: float
    windows: int


class _Forecast(NamedTuple):
    """Of each band (columns) in each year (rows): the ratio, and how its error scales; and how errors go together."""

    ratio: np.ndarray
    scale: np.ndarray
    shared: np.ndarray


def war_years(deaths: pd.DataFrame) -> tuple[int, ...]:
    """The years of the war among those of `deaths`."""
    return tuple(year for year in WAR if year in set(deaths["year"]))


def best_known(deaths: pd.DataFrame) -> Recipe:
    """The preferred recipe as far as `deaths` allows it: without the HIV deaths where their number is known."""
    counted = deaths.loc[deaths["year"] >= HIV_SINCE, ["men_hiv", "women_hiv"]]
    return Recipe(hiv=bool(len(counted)) and bool(counted.notna().all(axis=None)))


def counted(deaths: pd.DataFrame, *, hiv: bool = True) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Deaths of men and of women that a recipe uses: two tables, a row a year, a column a band (persons).

    `hiv`: whether HIV deaths are taken away; years in which their number is missing are then left out.
    ValueError for a band that a year has not, or has twice.
    """
    twice = deaths[deaths.duplicated(KEYS)]
    if len(twice):
        year, age = twice.iloc[0][KEYS]
        raise ValueError(f"{year} has two rows for the band {age}: one is allowed, of the whole country")
    wide = deaths.set_index(KEYS)[death_counts.COUNTS].unstack("age")
    men, women = (wide[sex] - (wide[f"{sex}_hiv"] if hiv else 0) for sex in ("men", "women"))
    years = (men.notna() & women.notna()).any(axis=1)
    men, women = men[years], women[years]
    missing = (men.isna() | women.isna()).stack()
    if missing.any():
        year, age = missing.idxmax()
        raise ValueError(f"{year} has no deaths for the band {age}: every band is needed in every year")
    return men, women


def by_band(deaths: pd.DataFrame, years: Sequence[int] = WAR, recipe: Recipe = Recipe()) -> pd.DataFrame:
    """The excess of men's deaths by band and year, one row per band and year of `years`, by band.

    Columns: `age`, `year`, `men`, `women` (deaths that the recipe uses), `ratio` (expected men per woman), `expected`
    (men), `point` (men less expected), `deviation` (one predictive standard deviation of the baseline), in persons.
    Source: Kobak, Bessudnov, Ershov, Mikhailova and Raksha (2025), Demography 62(2), 335-347. ValueError for a year
    without data.
    """
    men, women = counted(deaths, hiv=recipe.hiv)
    fitted, died, weight = _used(men, women, years, recipe)
    forecast = _forecast(fitted, years, recipe)
    expected = forecast.ratio * weight
    parts = {"men": died, "women": weight, "ratio": forecast.ratio, "expected": expected, "point": died - expected}
    parts["deviation"] = forecast.scale * weight * np.sqrt(np.diag(forecast.shared))[:, None]
    return _long(parts, years, men.columns)


def _long(parts: dict[str, np.ndarray], years: Sequence[int], bands: pd.Index) -> pd.DataFrame:
    """Arrays with a row per year and a column per band as one table, a row per band and year."""
    keys = {"age": np.repeat(bands, len(years)), "year": np.tile(years, len(bands))}
    return pd.DataFrame(keys | {name: part.T.ravel() for name, part in parts.items()})


def excess(deaths: pd.DataFrame, years: Sequence[int] = WAR, recipe: Recipe = Recipe()) -> Excess:
    """The excess of men's deaths in `years` together, all bands added up; see `by_band`.

    Within a band the errors of two years are those of one curve, so they go together; their sum is exact for it.
    """
    return _total(*counted(deaths, hiv=recipe.hiv), years, recipe)


def _total(men: pd.DataFrame, women: pd.DataFrame, years: Sequence[int], recipe: Recipe) -> Excess:
    fitted, died, weight = _used(men, women, years, recipe)
    forecast = _forecast(fitted, years, recipe)
    expected = float((forecast.ratio * weight).sum())
    scaled = forecast.scale * weight
    variance = np.einsum("sb,st,tb->", scaled, forecast.shared, scaled)
    return Excess(min(years), max(years), expected, float(died.sum()) - expected, float(np.sqrt(variance)))


def _used(
    men: pd.DataFrame, women: pd.DataFrame, years: Sequence[int], recipe: Recipe
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The ratios of the baseline years, and the deaths of men and of women in `years`: rows years, columns bands."""
    needed = [*recipe.baseline, *years]
    rows = men.index.get_indexer(needed)
    if (rows < 0).any():
        without = " without HIV deaths" if recipe.hiv else ""
        there = f"there are {men.index.min()} to {men.index.max()}" if len(men) else "there are none"
        raise ValueError(f"{needed[rows.argmin()]} has no deaths by band and sex{without}: {there}")
    died, weight = men.to_numpy(float)[rows], women.to_numpy(float)[rows]
    return (died / weight)[: recipe.years], died[recipe.years :], weight[recipe.years :]


def _forecast(fitted: np.ndarray, years: Sequence[int], recipe: Recipe) -> _Forecast:
    """The baseline of every band, fitted to the ratios `fitted` by least squares and carried on to `years`."""
    decays = recipe.shape == "decay"
    if decays and (fitted <= 1).any():
        raise ValueError("a decay needs more deaths of men than of women in every baseline year and band")
    design, ahead = (_design(at, recipe) for at in (recipe.baseline, years))
    inverse = np.linalg.inv(design.T @ design)
    seen = np.log(fitted - 1) if decays else fitted
    slopes = inverse @ design.T @ seen
    free = len(design) - design.shape[1]
    squares = ((seen - design @ slopes) ** 2).sum(axis=0)
    sigma = np.sqrt(squares / free) if free else np.full(len(squares), np.nan)
    shared = np.eye(len(ahead)) + ahead @ inverse @ ahead.T
    carried = ahead @ slopes
    # an error of the logarithm is, to first order, that share of the distance to 1
    distance = np.exp(carried) if decays else np.ones_like(carried)
    return _Forecast(1 + distance if decays else carried, distance * sigma, shared)


def _design(years: Sequence[int], recipe: Recipe) -> np.ndarray:
    ones = np.ones(len(years))
    # years are counted from the last fitted one, so that the numbers stay small
    return ones[:, None] if recipe.shape == "constant" else np.column_stack([ones, np.array(years) - recipe.last])


def course(deaths: pd.DataFrame, recipe: Recipe = Recipe(), *, since: int = HIV_SINCE) -> pd.DataFrame:
    """The ratio of men's to women's deaths by band and year beside the baseline, one row per band and year.

    Columns: `age`, `year`, `ratio`, `baseline` (missing before the fitted years), `low`, `high` (95 % predictive
    interval of the baseline's own error; missing up to `recipe.last`), in men per woman.
    """
    men, women = counted(deaths, hiv=recipe.hiv)
    ratio = (men / women).loc[since:]
    years = list(ratio.index)
    fitted, *_ = _used(men, women, years, recipe)
    forecast = _forecast(fitted, years, recipe)
    wide = NORMAL * forecast.scale * np.sqrt(np.diag(forecast.shared))[:, None]
    table = _long({"ratio": ratio.to_numpy(), "baseline": forecast.ratio, "wide": wide}, years, ratio.columns)
    baseline = table["baseline"].where(table["year"] >= recipe.baseline[0])
    wide = table["wide"].where(table["year"] > recipe.last)
    return table.drop(columns="wide").assign(baseline=baseline, low=baseline - wide, high=baseline + wide)


def placebo(
    deaths: pd.DataFrame, years: Sequence[int] = WAR, recipe: Recipe = Recipe(), *, since: int = HIV_SINCE
) -> pd.DataFrame:
    """The same recipe with the war moved into peace, where the true excess is zero: one row per window, by time.

    Every window keeps the distance from the last fitted year to the first and last year of `years`, fits on years
    from `since` on, and ends by `recipe.last`. Columns: `last` (last fitted year), those of `Excess` (`point` is the
    error, in persons), and `share` (the error as a share of the deaths expected).
    """
    return _placebo(*counted(deaths, hiv=recipe.hiv), years, recipe, since)


def _placebo(
    men: pd.DataFrame, women: pd.DataFrame, years: Sequence[int], recipe: Recipe, since: int = HIV_SINCE
) -> pd.DataFrame:
    first = max(since, int(men.index.min())) + recipe.years - 1
    rows = []
    for last in range(first, 2 * recipe.last - max(years) + 1):
        moved = [year - recipe.last + last for year in years]
        rows.append({"last": last} | _total(men, women, moved, replace(recipe, last=last))._asdict())
    table = pd.DataFrame(rows, columns=["last", *Excess._fields])
    return table.assign(share=table["point"] / table["expected"])


def calibrated(total: Excess, windows: pd.DataFrame, *, times: float = STUDENT) -> Interval:
    """The excess `total` with an interval of `times` the error that the recipe made in the peace `windows` (`placebo`).

    That error is the root mean square of its shares of the deaths expected. `times`: STUDENT for 95 % by Student's t
    with 3 degrees of freedom, NORMAL for 95 % as if the error were known exactly. The windows overlap: six
    of them hold about three that are independent, hence 3. ValueError for fewer than three windows.
    """
    if len(windows) < FEWEST_WINDOWS:
        raise ValueError(f"{len(windows)} windows of peace: {FEWEST_WINDOWS} or more are needed to judge an error by")
    share = float(np.sqrt((windows["share"] ** 2).mean()))
    half = times * share * total.expected
    return Interval(total.point - half, total.point, total.point + half, share, len(windows))


def covered(windows: pd.DataFrame, *, times: float = STUDENT) -> int:
    """In how many of the peace windows the interval made from the other windows holds the truth, zero."""
    squares = windows["share"] ** 2
    of_others = np.sqrt((squares.sum() - squares) / (len(windows) - 1))
    return int((windows["share"].abs() <= times * of_others).sum())


def independent(windows: pd.DataFrame) -> int:
    """About how many of the peace windows tell something of their own: the years they foretell, two counted as one.

    Neighbouring windows share most of their baseline, and the errors of neighbouring years go together.
    """
    return int(windows["until"].max() - windows["since"].min() + 1) // 2


def years_of(table: pd.DataFrame) -> pd.Series:
    """The years of each row of `table` (columns `since`, `until`) in words: 2022, or 2022-2023."""
    until = table["until"].map("-{}".format).where(table["until"] > table["since"], "")
    return (table["since"].map(str) + until).rename("years").astype(object)


def estimates(deaths: pd.DataFrame, recipe: Recipe = Recipe()) -> pd.DataFrame:
    """The excess in each year of the war in `deaths` and in all together: one row each, none before such a year.

    Columns: those of `Excess`; `low`, `high` (calibrated 95 % interval, Student's t), `normal_low`, `normal_high` (the
    same with NORMAL), in persons; `share`, `windows`, `independent` (the error in peace, of how many windows, and of
    about how many that are independent).
    """
    war = war_years(deaths)
    spans = [(year,) for year in war] + [war] * (len(war) > 1)
    rows = [_estimate(deaths, span, recipe) for span in spans]
    columns = [*Excess._fields, "low", "high", "normal_low", "normal_high", "share", "windows", "independent"]
    return pd.DataFrame(rows, columns=columns)


def _estimate(deaths: pd.DataFrame, years: Sequence[int], recipe: Recipe) -> dict[str, float]:
    total, windows = excess(deaths, years, recipe), placebo(deaths, years, recipe)
    student, normal = (calibrated(total, windows, times=times) for times in (STUDENT, NORMAL))
    more = {"normal_low": normal.low, "normal_high": normal.high, "independent": independent(windows)}
    return total._asdict() | student._asdict() | more


def specifications(
    deaths: pd.DataFrame, years: Sequence[int] = WAR, *, lengths: Iterable[int] = range(1, 11)
) -> pd.DataFrame:
    """The excess in `years` by every choice of HIV deaths, shape and number of baseline years, one row per choice.

    Columns: `hiv`, `shape`, `years` (the choice; HIV deaths are taken away only where they are known), `expected`,
    `point`, `deviation` (see `Excess`), `low`, `high` (95 % interval of the curve's own error; missing where the
    baseline is one year), `placebo_low`, `placebo_high` (95 % interval from the peace years; missing where fewer than
    three windows fit), `windows` (their number).
    """
    with_hiv = (True, False) if best_known(deaths).hiv else (False,)
    pairs = {hiv: counted(deaths, hiv=hiv) for hiv in with_hiv}
    choices = [(hiv, shape, n) for hiv, shape, n in product(with_hiv, SHAPES, lengths) if n >= SHAPES[shape]]
    return pd.DataFrame([_specification(*pairs[hiv], years, Recipe(n, shape, hiv)) for hiv, shape, n in choices])


def _specification(
    men: pd.DataFrame, women: pd.DataFrame, years: Sequence[int], recipe: Recipe
) -> dict[str, object]:
    total, windows = _total(men, women, years, recipe), _placebo(men, women, years, recipe)
    own = NORMAL * total.deviation
    tested = calibrated(total, windows) if len(windows) >= FEWEST_WINDOWS else None
    return {
        "hiv": recipe.hiv, "shape": recipe.shape, "years": recipe.years,
        "expected": total.expected, "point": total.point, "deviation": total.deviation,
        "low": total.point - own, "high": total.point + own,
        "placebo_low": tested.low if tested else np.nan, "placebo_high": tested.high if tested else np.nan,
        "windows": len(windows),
    }  # fmt: skip


def figures(known_on: str | pd.Timestamp, data: str = "embedded") -> pd.DataFrame:
    """Our estimates of men aged 15 to 49 killed, as known on a day: figures, one row each, none before 2023-07-10.

    For 2022, for 2023 and for both; with the HIV deaths in, and, since these were known, without (the former are then
    superseded). An estimate is known when its deaths and the method are. `low` and `high` are the
    95 % interval from peace years by Student's t; persons, rounded.
    """
    table = death_counts.read(data)
    rows = [_figure(table, years, hiv) for years, hiv in product(((2022,), (2023,), WAR), (True, False))]
    return schema.known_by(schema.validate(pd.DataFrame(rows)), known_on).reset_index(drop=True)


def _known_since(table: pd.DataFrame, years: Sequence[int], hiv: bool) -> pd.Timestamp:
    """The day from which every input of an estimate of `years`, and the method, were known."""
    used = table[table["year"].between(HIV_SINCE, max(years))]
    days = [METHOD_PUBLISHED, used["published"].max(), *([used["hiv_published"].max()] if hiv else [])]
    return max(days)


def _figure(table: pd.DataFrame, years: Sequence[int], hiv: bool) -> dict[str, object]:
    published = _known_since(table, years, hiv)
    made = _estimate(death_counts.known_by(table, published), years, Recipe(hiv=hiv))
    part = min(years) > WAR[0]
    since, until = pd.Timestamp(min(years), 1, 1) if part else schema.WAR_BEGAN, pd.Timestamp(max(years), 12, 31)
    return {
        "id": "russia-killed-excess" + "-raw" * (not hiv) + OF_A_YEAR.get(tuple(years), ""),
        "kind": "estimate", "side": "russia", "quantity": "killed", "scope": "men 15-49",
        "window": "period" if part else "cumulative", "since": since, "until": until, "until_precision": "day",
        **{value: float(round(made[value])) for value in ("low", "point", "high")},
        "who": "this project, excess deaths", "who_kind": "by_name",
        "method": f"excess male mortality, HIV deaths {'removed' if hiv else 'left in'}; interval from peace years",
        "published": published, "published_precision": "day",
        "status": "standing" if hiv else "superseded",
        "status_from": pd.NaT if hiv else _known_since(table, years, hiv=True),
        "copies": REPEATS[tuple(years), hiv], "reports": "",
        "note": f"95 % by Student's t with 3 degrees of freedom on the error made in {made['windows']} overlapping "
        f"windows of peace, about {made['independent']} of them independent: too few to show that it holds 95 %; were "
        f"that error known exactly, {made['normal_low']:,.0f} to {made['normal_high']:,.0f}. "
        "Holds civilians killed in Russia; lacks the missing who are not declared dead and deaths registered in the "
        "regions annexed in 2022",
    }  # fmt: skip
