"""One overlap table by every method that its number of lists allows, and what the methods assume."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from helpers.estimate import checks
from helpers.estimate.recapture import averaging, covariates, decomposable, heterogeneity, loglinear, models, search
from helpers.estimate.recapture.chapman import chapman
from helpers.estimate.recapture.table import OverlapError

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers.estimate.recapture.averaging import Estimate
    from helpers.estimate.recapture.table import Overlap

LEAST_SHARED = 7  # Robson and Regier (1964): with as many on both lists Chapman's estimate is hardly biased
COLUMNS = ["method", "low", "point", "high", "says"]


def tried(overlap: Overlap) -> pd.DataFrame:
    """The models of `overlap`: all log-linear ones of two to four lists, of five those of two searches (AIC and BIC).

    Of more lists, which have millions, the families of `heterogeneity`. One row per model, as in `loglinear.table`.
    """
    if len(overlap.lists) > models.MOST:
        return heterogeneity.table(overlap)
    if len(overlap.lists) <= search.ALL_UP_TO:
        return search.every(overlap)
    both = pd.concat([search.stepwise(overlap, criterion=one) for one in averaging.CRITERIA])
    return both.drop_duplicates("model").sort_values(["AIC", "model"], ignore_index=True)


def estimates(overlap: Overlap, found: pd.DataFrame | None = None) -> pd.DataFrame:
    """The total by each method for this number of lists, one row per method, none of them chosen.

    `found`: the models, if `tried` has been called before. Columns: `method`; `low`, `point`, `high` (persons; `high`
    infinite where there is no upper end; missing where the method refuses the table); `says` (why it does, or what one
    should know of the value: that it is a lower bound, what it leaves out, how it takes covariates).
    """
    methods = _methods(overlap, found)
    return pd.DataFrame([_row(name, method) for name, method in methods.items()], columns=COLUMNS)


def _methods(overlap: Overlap, found: pd.DataFrame | None) -> dict[str, Callable[[], Estimate]]:
    lists, people = len(overlap.lists), overlap.people
    methods: dict[str, Callable[[], Estimate]] = {}
    if lists == 2:
        methods["Chapman"] = lambda: chapman(overlap)
    else:
        found = tried(overlap) if found is None else found
        for one in averaging.CRITERIA:
            methods[f"least {one}"] = lambda one=one: averaging.best(found, criterion=one)
            methods[f"average by {one}"] = lambda one=one: averaging.average(found, people=people, criterion=one)
        if lists <= models.MOST:
            methods["Bayesian average"] = lambda: decomposable.posterior(overlap).estimate()
        for shape in heterogeneity.SHAPES:
            methods[f"people differ, {shape}"] = lambda shape=shape: _of_family(overlap, f"Mth {shape}")
        methods["Chao's lower bound"] = lambda: _lower_bound(overlap)
    if overlap.covariates:
        methods["covariates"] = lambda: _with_covariates(overlap)
    return methods


def _of_family(overlap: Overlap, family: str) -> Estimate:
    fit = heterogeneity.fit(overlap, family)
    return averaging.Estimate(fit.low, fit.point, fit.high, family)


def _lower_bound(overlap: Overlap) -> Estimate:
    if _opposed(overlap):
        heterogeneity.fit(overlap, "Mth Poisson2")  # which refuses, with the reason
    return heterogeneity.lower_bound(overlap)


def _opposed(overlap: Overlap) -> bool:
    """Whether the counts ask for the opposite of people who differ; False where they do not tell."""
    try:
        return heterogeneity.contrast(overlap).opposed
    except OverlapError:
        return False


def _with_covariates(overlap: Overlap) -> Estimate:
    if len(overlap.lists) > search.ALL_UP_TO:
        raise OverlapError(
            f"{overlap.name}: {len(overlap.lists)} lists: covariates ({', '.join(overlap.covariates)}) are used for at "
            f"most {search.ALL_UP_TO}; leave lists out"
        )
    fits = covariates.table(overlap, overlap.covariates)
    found = covariates.better(fits, people=overlap.people, every=True)
    lacking = covariates.unknown(overlap, overlap.covariates)
    says = (
        f"{found.method}; {lacking:,} of {overlap.people:,} people lack a value and are carried by the others of their "
        f"history; {covariates.described(overlap)}"
    )
    return found._replace(says=says)


def _row(name: str, method: Callable[[], Estimate]) -> tuple[str, float, float, float, str]:
    try:
        found = method()
    except OverlapError as refusal:
        return name, math.nan, math.nan, math.nan, f"refused: {refusal}"
    return name, found.low, found.point, found.high, found.says


def assumptions(
    overlap: Overlap, found: pd.DataFrame | None = None, *, least_shared: int = LEAST_SHARED
) -> list[checks.Check]:
    """What the estimates of `overlap` assume, and what its counts say of it (`checks.as_table` shows them).

    `found`: the models, if `tried` has been called before. `least_shared`: people whom every two lists have to share.
    """
    told = [_closed(), _overlaps(overlap, least_shared)]
    if len(overlap.lists) == 2:
        says = "Two lists cannot show whether being on one makes the other likelier; a third list could."
        return [*told, checks.check("the lists are independent", None, says)]
    found = tried(overlap) if found is None else found
    told += [_independent(overlap), _told_by_counts(overlap)] if len(overlap.lists) <= models.MOST else []
    return [*told, _fits(found), _agree(found), _alike(overlap)]


def _closed() -> checks.Check:
    says = "Nobody joins or leaves between the lists, and each person is matched rightly; counts cannot show either."
    return checks.check("one closed population, matched without error", None, says)


def _overlaps(overlap: Overlap, least_shared: int) -> checks.Check:
    shared = overlap.shared
    pairs = {f"{a} and {b}": int(shared.loc[a, b]) for i, a in enumerate(overlap.lists) for b in overlap.lists[i + 1 :]}
    least = min(pairs, key=lambda pair: pairs[pair])
    says = f"The smallest overlap is that of {least}: {pairs[least]:,} people; at least {least_shared} are wanted."
    return checks.check("every two lists share enough people", pairs[least] >= least_shared, says)


def _independent(overlap: Overlap) -> checks.Check:
    fit = loglinear.fit(overlap, models.independence(len(overlap.lists)))
    p = _p(fit.deviance, fit.df)
    misses = f"a deviance of {fit.deviance:,.1f} on {_df(fit.df)}, {heterogeneity.said(p)}"
    says = f"Independence misses the counts by {misses}."
    return checks.check("the lists are independent", p >= heterogeneity.SAME, says)


def _told_by_counts(overlap: Overlap) -> checks.Check:
    share = decomposable.posterior(overlap).complete
    says = f"Of the belief of the Bayesian average, {share:.1%} {decomposable.TIED}."
    return checks.check("the Bayesian average rests on the counts", share < heterogeneity.SAME, says)


def _fits(found: pd.DataFrame) -> checks.Check:
    best = found.loc[found["AIC"].idxmin()]
    if not best["df"]:
        says = f"The model with the least AIC, {best['model']}, has a term for every count: nothing is left to test it."
        return checks.check("the chosen model fits", None, says)
    p = _p(best["deviance"], best["df"])
    says = f"{best['model']} has a deviance of {best['deviance']:.1f} on {_df(best['df'])}, {heterogeneity.said(p)}."
    return checks.check("the chosen model fits", p >= heterogeneity.SAME, says)


def _agree(found: pd.DataFrame) -> checks.Check:
    aic, bic = (found.loc[found[one].idxmin()] for one in averaging.CRITERIA)
    inside = aic["low"] <= bic["point"] <= aic["high"] and bic["low"] <= aic["point"] <= bic["high"]
    says = (
        f"AIC takes {aic['model']}, {aic['point']:,.0f} people, BIC {bic['model']}, {bic['point']:,.0f}; each should "
        "lie in the other's interval."
    )
    return checks.check("the criterion hardly matters", bool(inside), says)


def _alike(overlap: Overlap) -> checks.Check:
    assumption = "people are met alike"
    try:
        found = heterogeneity.contrast(overlap)
    except OverlapError as refusal:
        return checks.check(assumption, None, f"Not to be tested: {refusal}.")
    lower = f"lowers the deviance by {found.alike.deviance - found.differ.deviance:.1f} for one term, "
    if found.opposed:
        says = f"The opposite of people who differ {lower}{heterogeneity.said(found.p)}: that is lists that shun each \
other, so the models in which people differ are set aside."
        return checks.check(assumption, None, says)
    says = f"Letting people differ {lower}{heterogeneity.said(found.p)}: {found.alike.point:,.0f} people if they are \
alike, {found.differ.point:,.0f} if not."
    return checks.check(assumption, found.p >= heterogeneity.SAME, says)


def _df(number: float) -> str:
    return f"{number:.0f} degree{'s' if number > 1 else ''} of freedom"


def _p(deviance: float, df: int) -> float:
    from scipy.special import chdtrc

    return float(chdtrc(df, deviance))
