"""The summary of a sweep: bias, coverage, width and refusals of every method, each with its Monte Carlo error."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from helpers import choices, own_tables
from helpers.paths import DATA
from helpers.validation.settings import FAMILIES, SETTINGS
from helpers.validation.trial import NOTHING, SEED, told

if TYPE_CHECKING:
    from helpers.validation.trial import Method, Setting

COMMITTED = DATA / "figures" / "validation.csv"
COMMITTED_SETTINGS = DATA / "figures" / "validation_settings.csv"
COMMITTED_RUNS = DATA / "figures" / "validation_runs.csv"
FIRST_RUNS = 4  # of each setting that are committed one by one, to be repeated
ERRORS = 3  # Monte Carlo errors from which on a deviation is none of chance
SMALL = 0.01  # a bias below this share of the truth is not spoken of
PROMISED, NARROW, WIDE, NO_PROMISE, REFUSES = "as promised", "too narrow", "too wide", "no promise", "refuses"
KEYS = ["family", "setting", "method"]
COLUMNS = [
    *KEYS, "keeps", "runs", "refused", "nominal", "coverage", "coverage_error", "bias", "bias_error", "width",
    "width_error", "reading",
]  # fmt: skip


def summary(outcomes: pd.DataFrame, settings: Sequence[Setting] = SETTINGS) -> pd.DataFrame:
    """How well every method did, one row per setting and method, in their order.

    `outcomes`: of `sweep`. Columns: `family`, `setting`, `method`; `keeps` (whether the wars keep to what the method
    assumes: yes or no); `runs`; `refused` (runs without a value: they count in nothing else); `nominal` (the share of
    wars that the interval is said to hold, 0: no promise); `coverage` (share of wars whose interval holds the truth,
    or, of a lower bound, whose low end is not above it); `bias` (mean of point over truth, less one); `width` (median
    of high less low, over the truth); each with its Monte Carlo `_error` (one standard deviation; that of a coverage
    by Agresti and Coull (1998), The American Statistician 52, 119-126, never 0); `reading` (see `read_as`). Shares have
    four decimals.
    """
    by_key = {(one.family, one.name): one for one in settings}
    rows = []
    for (family, name, method), group in outcomes.groupby(KEYS, sort=False):
        promise = FAMILIES[family].methods[method]
        scores = _scores(group, promise)
        keeps = "yes" if by_key[family, name].keeps(promise) else "no"
        rows.append({"family": family, "setting": name, "method": method, "keeps": keeps} | scores)
    table = pd.DataFrame(rows)
    return table.assign(reading=[read_as(row) for row in table.to_dict("records")])[COLUMNS]


def _scores(group: pd.DataFrame, promise: Method) -> dict[str, float]:
    told = group.dropna(subset=["point"])
    n, truth = len(told), told["truth"]
    scores = {"runs": len(group), "refused": len(group) - n, "nominal": promise.nominal, "at_least": promise.at_least}
    if not n:
        return scores | dict.fromkeys(COLUMNS[7:-1], math.nan)
    held = int((told["low"].le(truth) & (told["high"].ge(truth) | promise.at_least)).sum())
    drawn_in = (held + 2) / (n + 4)
    over, width = told["point"] / truth - 1, (told["high"] - told["low"]) / truth
    # the median lies between these order statistics as often as a normal estimate within one error
    apart = 0.5 / math.sqrt(n)
    around = width.quantile([max(0.5 - apart, 0), min(0.5 + apart, 1)]).to_list()
    shares = {
        "coverage": held / n, "coverage_error": math.sqrt(drawn_in * (1 - drawn_in) / (n + 4)),
        "bias": over.mean(), "bias_error": over.std(ddof=1) / math.sqrt(n),
        "width": width.median(), "width_error": (around[1] - around[0]) / 2,
    }  # fmt: skip
    return scores | {name: round(float(share), 4) for name, share in shares.items()}


def read_again(table: pd.DataFrame, *, errors: float = ERRORS) -> pd.DataFrame:
    """The rows of `summary` with `reading` by so many Monte Carlo `errors`, 1 to 6; ChoiceError for others."""
    choices.between("errors", errors, 1, 6)
    rows = [
        row | {"at_least": FAMILIES[row["family"]].methods[row["method"]].at_least} for row in table.to_dict("records")
    ]
    return table.assign(reading=[read_as(row, errors) for row in rows])


def read_as(row: dict, errors: float = ERRORS) -> str:
    """What a row of `summary` says, by a fixed rule.

    `refuses`: no value in half of the wars or more. Else of the coverage `as promised`, `too narrow` or `too wide`: the
    latter two if it lies more than `errors` Monte Carlo errors below or above the nominal level, the error being that
    of the nominal level in so many wars (a lower bound is never too wide); `no promise` without such a level. And
    `biased` if the bias is more than `errors` of its errors from zero, and more than 1 %.
    """
    answered = row["runs"] - row["refused"]
    if 2 * answered <= row["runs"]:
        return REFUSES
    biased = abs(row["bias"]) > max(errors * row["bias_error"], SMALL) and not row["at_least"]
    return _coverage_read(row, answered, errors) + (f", biased {row['bias']:+.0%}" if biased else "")


def _coverage_read(row: dict, answered: int, errors: float) -> str:
    nominal = row["nominal"]
    if nominal == NOTHING:
        return NO_PROMISE
    allowed = errors * math.sqrt(nominal * (1 - nominal) / answered)
    if row["coverage"] < nominal - allowed:
        return NARROW
    return WIDE if row["coverage"] > nominal + allowed and not row["at_least"] else PROMISED


def defined(settings: Sequence[Setting] = SETTINGS) -> pd.DataFrame:
    """The settings, one row each: `family`, `setting`, `breaks` (what of the assumptions), `world` (every parameter),

    `truth` (what is to be found), `runs`, `seed` (the runs' own seeds are spawned from it, see `trial.seed_of`).
    """
    rows = [
        [one.family, one.name, "; ".join(one.breaks), told(one.world), FAMILIES[one.family].truth, one.runs, SEED]
        for one in settings
    ]
    return pd.DataFrame(rows, columns=["family", "setting", "breaks", "world", "truth", "runs", "seed"])


def first_runs(outcomes: pd.DataFrame) -> pd.DataFrame:
    """The first runs of every setting one by one, to six digits: rows of `sweep`."""
    rows = outcomes[outcomes["run"] < FIRST_RUNS].drop(columns="why").reset_index(drop=True)
    values = ["truth", "low", "point", "high"]
    return rows.assign(**{name: rows[name].map(lambda value: float(f"{value:.6g}")) for name in values})


def committed() -> pd.DataFrame:
    """The summary that is part of the repository (data/figures/validation.csv); columns as in `summary`."""
    return own_tables.read(COMMITTED, keep_default_na=False, na_values={name: [""] for name in COLUMNS[4:-1]})


def committed_runs() -> pd.DataFrame:
    """The first runs that are part of the repository (data/figures/validation_runs.csv), as `first_runs` gives them."""
    return own_tables.read(COMMITTED_RUNS)
