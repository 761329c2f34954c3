"""Coverage that changes: the share of the dead on the list as the registry implies it, by day and by time of death."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers import series
from helpers.estimate.delay import AGES, MONTH, STUDENT

if TYPE_CHECKING:
    from collections.abc import Iterable

MAKERS, METHOD, CARRIED_ON = "Meduza and Mediazona", "probate registry", "extrapolated"
FEWEST_CHANGES = 3
IMPLIED = "claim until published scope names names_until dead_low dead dead_high low point high".split()
OWN = {"own_down": ("dead", "dead_low"), "own_up": ("dead_high", "dead")}
CARRIED = "id until published names left_out share share_until scopes low point high times own_down own_up".split()


def implied(compared: pd.DataFrame) -> pd.DataFrame:
    """The share of the dead on the list that each total of the registry implied when it came out; one row per total.

    `compared`: `comparison.beside`. Columns: `claim`, `until`, `published`, `scope` (who is counted as dead), `names`,
    `names_until` (the list as printed by `until`, and its day), `dead_low`, `dead`, `dead_high` (people; missing where
    not printed; of a bare range the middle stands), `low`, `point`, `high` (share, 0 to 1). Left out are totals carried
    on by a rate. The list counts people of every age: beside men of some ages the share comes out too high.
    """
    told = compared[
        compared["who"].eq(MAKERS) & compared["method"].str.startswith(METHOD) & compared["quantity"].eq("killed")
        & ~compared["method"].str.contains(CARRIED_ON) & compared["named_then"].notna()
    ]  # fmt: skip
    dead = {"dead_low": told["low"], "dead": told["value"], "dead_high": told["high"]}
    shares = {"low": told["named_then"] / told["high"], "high": told["named_then"] / told["low"]}
    named = {"claim": told["id"], "names": told["named_then"], "names_until": told["named_then_until"]}
    table = told.assign(**named, **dead, **shares, point=told["named_then"] / told["value"])
    return table.sort_values(["until", "dead"], ignore_index=True)[IMPLIED]


def with_bounds(shares: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """`implied` with bounds where a total was printed without a range: those of its weeks added up.

    `totals`: `probate_totals.figures`, whose `copies` names the claim. Only rows without any bound change.
    """
    own = totals.set_index("copies")
    bare = shares["dead_low"].isna() & shares["dead_high"].isna()
    made = {end: shares["claim"].map(own[end]).astype(float) for end in ("low", "high")}
    ends = {end: values.where(bare, shares[f"dead_{end}"]) for end, values in made.items()}
    dead = {"dead_low": ends["low"], "dead_high": ends["high"]}
    return shares.assign(**dead, low=shares["names"] / ends["high"], high=shares["names"] / ends["low"])


def chain(shares: pd.DataFrame) -> pd.DataFrame:
    """The rows of `implied` to learn a course from: the last of each quarter of the year, the widest definition of it.

    Two totals a few days apart would make the course look calmer than it is.
    """
    quarter = shares["until"].dt.to_period("Q")
    return shares.groupby(quarter, sort=True).tail(1).reset_index(drop=True)


def changes(shares: pd.DataFrame) -> pd.Series:
    """The changes of the share from each row of `chain` to the next, natural log, by the later day."""
    return np.log(shares["point"]).diff().set_axis(shares["until"]).dropna()


def carried(totals: pd.DataFrame, shares: pd.DataFrame, breaks: pd.DataFrame) -> pd.DataFrame:
    """The dead behind each list total by the share that the registry implied last: one row per total that allows it.

    `totals`: named figures; `shares`: `implied`, best `with_bounds`, or any table with `until`, `published`, `point`;
    `breaks`: spans in which names came from a new kind of source (`lists.named.breaks`). For each total only what was
    published by its own `published` is used.
    The dead are the names over the newest share; names that a break brought since that share's day are left out of
    them, for they raise the share, not the dead. Two errors make the interval (95 %), as the root of the sum of their
    squares on the log. The change of the share: the root mean square of its past changes, times the root of the time
    gone by in mean steps (at least one), times Student's t with as many degrees of freedom as changes. And the
    registry's own: the widest distance from a total to its bound, down and up, of all the totals known by then, for not
    each has bounds. Totals known before three changes were are left out: refused, see `newest`.

    Columns: `id`, `until`, `published`, `names`, `left_out` (people), `share`, `share_until` (the share carried on,
    and its day), `scopes` (how many definitions of the dead the past changes mix), `low`, `point`, `high` (people),
    `times` (factor of the interval for the change, either way), `own_down`, `own_up` (factors for the registry's own
    error; 1 where no total had bounds: the interval then holds as if its totals were exact).
    """
    ordered = totals.sort_values(["published", "until"], kind="stable")
    shares = shares.reindex(columns=IMPLIED)
    rows = [
        _carried(row, shares[shares["published"] <= row["published"]], breaks) for row in ordered.to_dict("records")
    ]
    return pd.DataFrame([row for row in rows if row], columns=CARRIED)


def _carried(total: dict, known: pd.DataFrame, breaks: pd.DataFrame) -> dict[str, object] | None:
    course = chain(known)
    past = changes(course)
    if len(past) < FEWEST_CHANGES:
        return None
    last = course.iloc[-1]
    entered = breaks["since"].gt(last["until"]) & breaks["until"].le(total["until"])
    left_out = float(breaks.loc[entered, "names"].sum())
    point = (total["point"] - left_out) / last["point"]
    times, own = _times(course, past, total["until"]), own_error(known)
    down, up = (np.exp(np.hypot(np.log(times), np.log(own[side]))) for side in OWN)
    return {
        "id": total["id"], "until": total["until"], "published": total["published"], "names": total["point"],
        "left_out": left_out, "share": last["point"], "share_until": last["until"],
        "scopes": course["scope"].nunique(), "low": point / down, "point": point, "high": point * up, "times": times,
    } | own  # fmt: skip


def own_error(shares: pd.DataFrame) -> dict[str, float]:
    """The widest distances of the registry's totals to their bounds, as factors `own_down`, `own_up`; 1 without any."""
    factors = {side: (shares[above] / shares[below]).max() for side, (above, below) in OWN.items()}
    return {side: 1.0 if pd.isna(factor) else float(factor) for side, factor in factors.items()}


def _times(course: pd.DataFrame, past: pd.Series, day: pd.Timestamp) -> float:
    step = (course["until"].iloc[-1] - course["until"].iloc[0]) / len(past)
    gone = max((day - course["until"].iloc[-1]) / step, 1)
    student = STUDENT[min(len(past), max(STUDENT))]
    return float(np.exp(student * np.sqrt((past**2).mean() * gone)))


def newest(totals: pd.DataFrame, shares: pd.DataFrame, breaks: pd.DataFrame) -> pd.Series:
    """The last row of `carried`; ValueError naming count, threshold and remedy where too few shares were known."""
    told = carried(totals, shares, breaks)
    if told.empty:
        found = len(changes(chain(shares)))
        raise ValueError(
            f"the share of the dead on the list can be followed over {found} changes: {FEWEST_CHANGES} or more are "
            "needed to say how far it moves; use the range of a stated rule (coverage_range), or a later known_on"
        )
    return told.iloc[-1]


def figures(told: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """The rows of `carried` in the schema of `figures`: killed since the invasion, people."""
    told = told.reset_index(drop=True)
    named = totals.set_index("id").loc[told["id"]].reset_index()
    times = told["times"].map("{:.2f}".format) + " from its past changes, " + told["own_down"].map("{:.2f}".format)
    times += " down and " + told["own_up"].map("{:.2f}".format) + " up from the registry's own error"
    return named.assign(
        id=named["side"] + "-killed-coverage-carried",
        kind="estimate",
        quantity="killed",
        **told[["low", "point", "high"]].round(),
        who="this project, coverage in time",
        who_kind="by_name",
        method="names over " + told["share"].map("{:.3f}".format) + ", the share that the registry implied last",
        published=told["published"],
        published_precision="day",
        copies=told["id"],
        reports="",
        note="95 % as if the share went on as before; factors: " + times,
    )


def foretold(shares: pd.DataFrame) -> pd.DataFrame:
    """How the share carried on would have foretold the registry's next total: one row per row of `chain` but the first.

    Columns: `until`, `scope`, `dead` (what came), `told` (names over the share before it), `error` (told over came,
    less one).
    """
    course = chain(shares)
    told = course["names"] / course["point"].shift()
    table = course[["until", "scope", "dead"]].assign(told=told, error=told / course["dead"] - 1)
    return table.dropna(subset="told").reset_index(drop=True)


def looking_back(totals: pd.DataFrame, release: pd.DataFrame) -> pd.DataFrame:
    """The share of the dead to each day whose names the list had that day, by one release; one row per list total.

    `release`: one release of the probate series (`series.vintage`). Columns: `until`, `names`, `low`, `point`, `high`
    (share; by the bounds of the spans added up, see `series.between`). Missing beyond the release. A total of an
    unknown day is left out.
    """
    exact = totals[totals["until_precision"].eq("day")]
    dead = series.to_days(release, exact["until"])
    shares = {"low": dead["high"], "point": dead["point"], "high": dead["low"]}
    table = pd.DataFrame({name: exact["point"] / of for name, of in shares.items()})
    told = exact[["until"]].assign(names=exact["point"], **table).dropna(subset="point")
    return told.reset_index(drop=True)


def by_death(named: pd.DataFrame, dead: pd.DataFrame) -> pd.DataFrame:
    """The share of the dead of each quarter who are named, by one release of each series; one row per `quarter`.

    `named`, `dead`: releases (`series.vintage`) of one day, with the same spans. A span belongs to the quarter of its
    Thursday; the last may be a part. Columns: `quarter`, `since`, `until`, `names`, `dead` (people), `low`, `point`,
    `high` (share; above one where more are named than were estimated dead). ValueError where the
    releases end on different days.
    """
    if named["until"].max() != dead["until"].max():
        raise ValueError(
            f"the names end on {named['until'].max():%Y-%m-%d}, the dead on {dead['until'].max():%Y-%m-%d}: a share "
            "needs two releases of the same spans; take both from one file"
        )
    sums = [_by_quarter(table) for table in (named, dead)]
    both = sums[0][["since", "until"]].assign(names=sums[0]["point"], dead=sums[1]["point"])
    ends = {"low": sums[1]["high"], "point": sums[1]["point"], "high": sums[1]["low"]}
    return both.assign(**{name: both["names"] / of for name, of in ends.items()}).rename_axis("quarter").reset_index()


def _by_quarter(table: pd.DataFrame) -> pd.DataFrame:
    groups = table.groupby((table["since"] + pd.Timedelta(days=3)).dt.to_period("Q"))
    spans = groups.agg(since=("since", "min"), until=("until", "max"))
    return spans.join(groups[series.VALUES].sum(min_count=1))


def by_age(quarters: pd.DataFrame) -> pd.DataFrame:
    """The share named by the time since death, at the end of the release; one row per group of `delay.AGES`.

    `quarters`: `by_death`. Columns: `names`, `dead`, `low`, `point`, `high`; no row where no death is so old.
    """
    middle = quarters["since"] + (quarters["until"] - quarters["since"]) / 2
    months = (quarters["until"].max() - middle) / MONTH
    groups = pd.cut(months, [-1, 3, 6, 12, 24, np.inf], labels=AGES)
    ends = {"low": quarters["names"] / quarters["low"], "high": quarters["names"] / quarters["high"]}
    sums = quarters.assign(**ends).groupby(groups, observed=True)[["names", "dead", "low", "high"]].sum()
    shares = {name: sums["names"] / sums[of] for name, of in (("low", "low"), ("point", "dead"), ("high", "high"))}
    return sums[["names", "dead"]].assign(**shares).rename_axis("time since death")


def with_foretold(quarters: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """`by_death` with the share that would be named a year on: columns `later_low`, `later`, `later_high`.

    `told`: `delay.next_year`, the names foretold, with the same spans or parts of them. The dead stay as they are: the
    span is that of the names alone.
    """
    sums = _by_quarter(told)[series.VALUES].to_numpy()
    names = pd.DataFrame(sums, columns=["later_low", "later", "later_high"], index=quarters.index)
    return quarters.join(names.div(quarters["dead"], axis=0))


def outside(shares: pd.DataFrame, low: float, high: float) -> pd.DataFrame:
    """The rows of `shares` whose `point` lies outside `low` to `high`."""
    return shares[~shares["point"].between(low, high)]


def spread(shares: Iterable[float]) -> str:
    """The least and the greatest share in words: 44 to 61 %."""
    values = list(shares)
    return f"{100 * min(values):.0f} to {100 * max(values):.0f} %"
