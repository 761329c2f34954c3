"""The pooled estimate as a curve by day and as figures, with its interval, and the checks of what it assumes."""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers import figures as schema
from helpers.estimate.checks import Check, check
from helpers.estimate.pooled.inputs import QUANTITIES
from helpers.estimate.pooled.model import KILLED
from helpers.estimate.pooled.replays import NORMAL, deviation_at

if TYPE_CHECKING:
    from helpers.estimate.pooled.inputs import Evidence
    from helpers.estimate.pooled.model import Fit

METHOD = "credible claims joined by one rate of losses, a share killed, and a bias for each claimant"
PROMISED, CHANCE = 0.95, 0.025  # an interval fails when so few inside would have this chance or less if it held


def curve(fit: Fit, errors: pd.DataFrame, since: pd.Timestamp, until: pd.Timestamp) -> pd.DataFrame:
    """The total to the end of each day from `since` to `until`: one row per quantity and day.

    Columns: `quantity`, `day`, `low`, `point`, `high` (persons). The interval is that of what one more credible claim
    about that day would say, whoever makes it; its width comes from the `errors` of the replays known on `until`.
    """
    days = pd.date_range(since, until)
    return pd.concat([_with_interval(fit, errors, quantity, days) for quantity in QUANTITIES], ignore_index=True)


def _with_interval(fit: Fit, errors: pd.DataFrame, quantity: str, days: pd.DatetimeIndex) -> pd.DataFrame:
    point = fit.totals(days, quantity)
    factor = np.exp(NORMAL * deviation_at(errors, quantity, days[-1]))
    return pd.DataFrame(
        {"quantity": quantity, "day": days, "low": point / factor, "point": point, "high": point * factor}
    )


def as_figures(fit: Fit, errors: pd.DataFrame, evidence: Evidence) -> pd.DataFrame:
    """The totals to the day of the newest evidence, one row per quantity, in the schema of `figures`; to the hundred.

    They are known on that day: whatever is in them had been published.
    """
    day = evidence.published
    rows = [_figure(row, evidence) for row in curve(fit, errors, day, day).to_dict("records")]
    return schema.validate(pd.DataFrame(rows))


def _figure(row: dict, evidence: Evidence) -> dict[str, object]:
    counted = int(evidence.claims["quantity"].eq(row["quantity"]).sum())
    return {
        "id": f"russia-{row['quantity'].replace('_', '-')}-{row['day']:%Y-%m-%d}-by-name-pooled",
        "kind": "estimate", "side": "russia", "quantity": row["quantity"], "scope": "russian forces",
        "window": "cumulative", "since": schema.WAR_BEGAN, "until": row["day"], "until_precision": "day",
        **{value: float(round(row[value], -2)) for value in ("low", "point", "high")},
        "who": "By Name", "who_kind": "by_name", "method": METHOD, "published": row["day"],
        "published_precision": "day", "status": "standing", "status_from": pd.NaT, "copies": "", "reports": "",
        "note": f"from {counted} claims, each counted once; 95 % prediction interval of what one more credible claim "
        "about that day would say, from the errors of past replays: no interval of the truth, which no claim checks",
    }  # fmt: skip


def biases(fit: Fit) -> pd.DataFrame:
    """How far each group of claimants lies from the pooled curve: one row per quantity and group.

    Columns: `quantity`, `group`, `times` (its claims over the curve). A group with few claims is drawn towards 1.
    """
    rows = [
        {"quantity": quantity, "group": name, "times": float(np.exp(value))}
        for (quantity, kind, name), value in fit.bias.items()
        if kind != "source"
    ]
    return pd.DataFrame(rows).sort_values(["quantity", "times"], ignore_index=True)


def checks(fit: Fit, errors: pd.DataFrame, account: pd.DataFrame, evidence: Evidence) -> list[Check]:
    """What the pooled estimate assumes, each with its result: see `estimate.checks`."""
    made = [_copies(account), *(_kept(errors, quantity) for quantity in QUANTITIES)]
    return [*made, *(_no_drift(errors, quantity) for quantity in QUANTITIES), _share(fit, evidence), _agree(fit)]


def _copies(account: pd.DataFrame) -> Check:
    copies = int(account["why"].eq("repeats or continues another claim").sum())
    says = f"{copies} of {len(account)} claims repeat or continue another that is known, and are not counted again."
    return check("What is not marked as a copy is a count of its own", None, says)


def _kept(errors: pd.DataFrame, quantity: str) -> Check:
    rows = errors[errors["quantity"] == quantity]
    name = f"Past intervals held ({quantity.replace('_', ' ')})"
    if rows.empty:
        return check(name, None, "No claim that a replay foretold was published yet.")
    says = f"{int(rows['covered'].sum())} of {len(rows)} foretold claims lay inside an interval meant for 95 %."
    return check(name, _chance(int(rows["covered"].sum()), len(rows)) > CHANCE, says)


def _chance(inside: int, claims: int) -> float:
    """The probability of `inside` or fewer of `claims` in intervals that hold each with probability PROMISED."""
    return sum(comb(claims, k) * PROMISED**k * (1 - PROMISED) ** (claims - k) for k in range(inside + 1))


def _no_drift(errors: pd.DataFrame, quantity: str) -> Check:
    rows = errors[errors["quantity"] == quantity]
    name = f"The newest claims do not all err one way ({quantity.replace('_', ' ')})"
    if rows.empty:
        return check(name, None, "No claim that a replay foretold was published yet.")
    newest = rows[rows["origin"] == rows["origin"].max()]
    mean = newest["error"].mean()
    says = f"Foretold from {newest['origin'].iloc[0]:%Y-%m-%d} (claims: {len(newest)}), they lie {np.expm1(mean):+.0%} "
    says += f"from the forecast on average; one deviation of that day was {np.expm1(newest['deviation'].iloc[0]):.0%}."
    return check(name, bool(abs(mean) <= newest["deviation"].iloc[0]), says)


def _share(fit: Fit, evidence: Evidence) -> Check:
    steps = min(len(fit.share), (evidence.day - schema.WAR_BEGAN).days // fit.step + 1)
    least, most = fit.share[:steps].min(), fit.share[:steps].max()
    says = f"Among killed and wounded the killed are {least:.0%} to {most:.0%} of each fortnight."
    return check("The killed are a part of the killed and wounded", bool(most < 1), says)


def _agree(fit: Fit) -> Check:
    told = biases(fit)
    told = told[told["quantity"] == KILLED]
    low, high = told.iloc[0], told.iloc[-1]
    says = f"Of killed, {low['group']} says {low['times']:.2f} and {high['group']} {high['times']:.2f} times the curve."
    return check("The truth lies amid the claimants", None, says)
