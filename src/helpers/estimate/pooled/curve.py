"""The pooled estimate as a curve by day and as figures, with its interval, and the checks of what it assumes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers import figures as schema
from helpers.estimate.checks import Check, check
from helpers.estimate.pooled.inputs import QUANTITIES, without
from helpers.estimate.pooled.model import CHOSEN, KILLED, Settings, fit
from helpers.estimate.pooled.replays import drift, factor_at, spread

if TYPE_CHECKING:
    from helpers.estimate.pooled.inputs import Evidence
    from helpers.estimate.pooled.model import Fit

METHOD = "credible claims joined by one rate of losses, a share killed, and a bias for each claimant"
NOBODY = "nobody"


def curve(
    fitted: Fit, errors: pd.DataFrame, evidence: Evidence, since: pd.Timestamp, until: pd.Timestamp
) -> pd.DataFrame:
    """The total to the end of each day from `since` to `until`: one row per quantity and day.

    Columns: `quantity`, `day`, `low`, `point`, `high` (persons). The interval is that of what one more credible claim
    about that day would say, whoever makes it, if it errs as claims did in past replays; its width comes from the
    `errors` known on the day of `evidence`, of claims that are voices of their own.
    """
    days = pd.date_range(since, until)
    return pd.concat(
        [_with_interval(fitted, errors, evidence, quantity, days) for quantity in QUANTITIES], ignore_index=True
    )


def _with_interval(
    fitted: Fit, errors: pd.DataFrame, evidence: Evidence, quantity: str, days: pd.DatetimeIndex
) -> pd.DataFrame:
    point = fitted.totals(days, quantity)
    factor = factor_at(errors, quantity, evidence)
    return pd.DataFrame(
        {"quantity": quantity, "day": days, "low": point / factor, "point": point, "high": point * factor}
    )


def as_figures(fitted: Fit, errors: pd.DataFrame, evidence: Evidence) -> pd.DataFrame:
    """The totals to the day of the newest evidence, one row per quantity, in the schema of `figures`; to the hundred.

    They are known on that day: whatever is in them had been published.
    """
    day = evidence.published
    rows = [_figure(row, evidence) for row in curve(fitted, errors, evidence, day, day).to_dict("records")]
    return schema.validate(pd.DataFrame(rows))


def _figure(row: dict, evidence: Evidence) -> dict[str, object]:
    counted = int(evidence.claims["quantity"].eq(row["quantity"]).sum())
    return {
        "id": f"russia-{row['quantity'].replace('_', '-')}-pooled",
        "kind": "estimate", "side": "russia", "quantity": row["quantity"], "scope": "russian forces",
        "window": "cumulative", "since": schema.WAR_BEGAN, "until": row["day"], "until_precision": "day",
        **{value: float(round(row[value], -2)) for value in ("low", "point", "high")},
        "who": "this project, pooled claims", "who_kind": "by_name", "method": METHOD, "published": row["day"],
        "published_precision": "day", "status": "standing", "status_from": pd.NaT, "copies": "", "reports": "",
        "note": f"from {counted} claims; 95 % prediction interval of what one more credible claim about that day would "
        "say if it errs as in past replays: no interval of the truth, which no claim checks",
    }  # fmt: skip


def leave_one_out(evidence: Evidence, errors: pd.DataFrame, settings: Settings = CHOSEN) -> pd.DataFrame:
    """The totals to the day of the newest evidence without one group of claimants: one row per group and quantity.

    The first rows leave out `nobody`. The streams stay, and so do the deviations. Columns: `without`, `quantity`,
    `low`, `point`, `high` (persons; missing where too few claims are left for a fit), `claims` (of all quantities).
    """
    groups = [NOBODY, *sorted(evidence.claims["group"].unique())]
    return pd.concat([_left(evidence, errors, group, settings) for group in groups], ignore_index=True)


def _left(evidence: Evidence, errors: pd.DataFrame, group: str, settings: Settings) -> pd.DataFrame:
    rest, day = without(evidence, group), evidence.published
    try:
        table = curve(fit(rest, settings), errors, evidence, day, day)
    except ValueError:
        table = pd.DataFrame({"quantity": QUANTITIES}).assign(low=np.nan, point=np.nan, high=np.nan)
    return table.assign(without=group, claims=len(rest.claims))[
        ["without", "quantity", "low", "point", "high", "claims"]
    ]


def biases(fitted: Fit) -> pd.DataFrame:
    """How far each group of claimants lies from the pooled curve: one row per quantity and group.

    Columns: `quantity`, `group`, `times` (its claims over the curve). A group with few claims is drawn towards 1.
    """
    rows = [
        {"quantity": quantity, "group": name, "times": float(np.exp(value))}
        for (quantity, kind, name), value in fitted.bias.items()
        if kind != "source"
    ]
    return pd.DataFrame(rows).sort_values(["quantity", "times"], ignore_index=True)


def checks(fitted: Fit, errors: pd.DataFrame, account: pd.DataFrame, evidence: Evidence) -> list[Check]:
    """What the pooled estimate assumes, each with its result: see `estimate.checks`."""
    made = [_copies(account), *(_right_width(errors, quantity) for quantity in QUANTITIES)]
    return [*made, *(_no_drift(errors, quantity) for quantity in QUANTITIES), _share(fitted, evidence), _agree(fitted)]


def _copies(account: pd.DataFrame) -> Check:
    copies = int(account["why"].eq("repeats or continues another claim").sum())
    says = f"{copies} of {len(account)} claims repeat or continue another that is known, and are not counted again."
    return check("What is not marked as a copy is a count of its own", None, says)


def _right_width(errors: pd.DataFrame, quantity: str) -> Check:
    """Intervals may be too narrow or too wide: both fail. Judged by half years, for their claims err together."""
    rows = errors[errors["quantity"].eq(quantity) & errors["own"].astype(bool)]
    name = f"Past intervals were as wide as the errors ({quantity.replace('_', ' ')})"
    if rows.empty:
        return check(name, None, "No claim that a replay foretold was published yet.")
    says = f"Of {len(rows)} foretold claims that repeat no other, {int(rows['covered'].sum())} lay inside 95 %."
    try:
        low, point, high = spread(rows)
    except ValueError as refusal:
        return check(name, None, f"{says} Not judged: {refusal}.")
    says += f" Their errors were {point:.2f} ({low:.2f} to {high:.2f}) times as large as foretold; 1 would be right."
    return check(name, low <= 1 <= high, says)


def _no_drift(errors: pd.DataFrame, quantity: str) -> Check:
    name, last = f"The newest claims do not all err one way ({quantity.replace('_', ' ')})", drift(errors, quantity)
    if last is None:
        return check(name, None, "No claim that a replay foretold was published yet.")
    says = f"Foretold from {last.origin:%Y-%m-%d} (claims: {last.claims}), they lie {np.expm1(last.mean):+.0%} "
    says += f"from the forecast on average; one deviation of that day was {np.expm1(last.deviation):.0%}."
    return check(name, not last.one_sided, says)


def _share(fitted: Fit, evidence: Evidence) -> Check:
    steps = min(len(fitted.share), (evidence.day - schema.WAR_BEGAN).days // fitted.step + 1)
    least, most = fitted.share[:steps].min(), fitted.share[:steps].max()
    says = f"Among killed and wounded the killed are {least:.0%} to {most:.0%} of each fortnight."
    return check("The killed are a part of the killed and wounded", bool(most < 1), says)


def _agree(fitted: Fit) -> Check:
    told = biases(fitted)
    told = told[told["quantity"] == KILLED]
    low, high = told.iloc[0], told.iloc[-1]
    says = f"Of killed, {low['group']} says {low['times']:.2f} and {high['group']} {high['times']:.2f} times the curve."
    return check("The truth lies amid the claimants", None, says)
