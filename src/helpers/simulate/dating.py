"""How the dates of a person are written on a list: exact, in part, rounded, shifted, or day and month swapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.simulate.draws import happens, ways

if TYPE_CHECKING:
    from helpers.simulate.damage import Damage

BIRTH_OFF, DEATH_OFF = 40, 14  # days: how far a shifted date is off at most
PRECISIONS = np.array(["", "year", "month", "day"])


def dated(facts: pd.DataFrame, damage: Damage, rng: np.random.Generator) -> pd.DataFrame:
    """The dates as they are written on a list, one row per entry, in the order of `facts`.

    `facts` has `birth_date`, `death_date`, `confirmed`. Columns: `birth`, `death` (days; of a month or year its first
    day), `birth_precision`, `death_precision` (day, month, year, or "" where the date is missing), `age` (full years
    at death, missing where it is not told). A death is never shifted past the day on which it was confirmed.
    """
    birth, death, confirmed = (_days(facts[name]) for name in ("birth_date", "death_date", "confirmed"))
    n = len(facts)
    age = pd.Series(full_years(birth, death), dtype="Int64") + _signs(rng, n) * happens(rng, damage.age_off, n)
    columns = {"age": age.mask(happens(rng, damage.age_missing, n))}
    off = _signs(rng, n) * rng.integers(1, BIRTH_OFF + 1, n)
    missing, year, first, shifted, swaps = ways(rng, damage.of("birth"), n)
    written = _written(birth, {"Y": year | first}, shifted, off, swaps)
    columns |= {"birth": written, "birth_precision": _precision(missing, year, np.zeros(n, bool))}
    off = _signs(rng, n) * rng.integers(1, DEATH_OFF + 1, n)
    off = np.where(death + off > confirmed, -np.abs(off), off)
    missing, month, year, first, shifted, swaps = ways(rng, damage.of("death"), n)
    written = _written(death, {"Y": year, "M": month | first}, shifted, off, swaps)
    columns |= {"death": written, "death_precision": _precision(missing, year, month)}
    return pd.DataFrame(columns).astype({"birth": "datetime64[ns]", "death": "datetime64[ns]"})


def day_and_month_swapped(days: np.ndarray) -> np.ndarray:
    """The dates with day and month in each other's place; those whose day is no month stay as they are."""
    years, months = days.astype("M8[Y]"), days.astype("M8[M]")
    month = (months - years.astype("M8[M]")).astype(int)  # from 0
    day = (days - months.astype("M8[D]")).astype(int)
    swapped = (years.astype("M8[M]") + day.astype("m8[M]")).astype("M8[D]") + month.astype("m8[D]")
    return np.where(day < 12, swapped, days)


def full_years(birth: np.ndarray, death: np.ndarray) -> np.ndarray:
    """The age at death, in full years, by the calendar."""
    lived = (death.astype("M8[Y]") - birth.astype("M8[Y]")).astype(int)
    return lived - (_day_of_year(death) < _day_of_year(birth))


def _day_of_year(days: np.ndarray) -> np.ndarray:
    """Month and day as one number, so that a birthday comes after the day before it in every year."""
    months = days.astype("M8[M]")
    return 31 * (months - days.astype("M8[Y]")).astype(int) + (days - months.astype("M8[D]")).astype(int)


def _days(dates: pd.Series) -> np.ndarray:
    return dates.to_numpy().astype("M8[D]")


def _signs(rng: np.random.Generator, n: int) -> np.ndarray:
    return 2 * rng.integers(0, 2, n) - 1


def _written(
    days: np.ndarray, rounded: dict[str, np.ndarray], shifted: np.ndarray, off: np.ndarray, swaps: np.ndarray
) -> np.ndarray:
    for unit, which in rounded.items():
        days = np.where(which, days.astype(f"M8[{unit}]").astype("M8[D]"), days)
    days = np.where(shifted, days + off, days)
    return np.where(swaps, day_and_month_swapped(days), days)


def _precision(missing: np.ndarray, year: np.ndarray, month: np.ndarray) -> pd.Series:
    return pd.Series(PRECISIONS[np.select([missing, year, month], [0, 1, 2], 3)], dtype="str")
