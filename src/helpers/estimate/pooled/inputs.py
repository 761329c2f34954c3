"""What a pooled estimate is made of: credible claims, each counted once, and two streams that tell the course."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers import claims, figures, monthly, own_tables
from helpers import general_staff as staff_series
from helpers.estimate.coverage import RULE
from helpers.lists.named import WHOLE_LIST
from helpers.paths import DATA

CLAIMANTS = DATA / "claims" / "pooled_claimants.csv"
QUANTITIES = ("killed", "killed_and_wounded")
LIST_MAKERS = ("Mediazona and BBC Russian Service", "BBC Russian Service", "Mediazona")
# how the makers of the list say that they made a total of it
OF_LIST = (RULE, "twice the number of names")
COLUMNS = ["id", "quantity", "until", "published", "value", "spread", "who", "group"]


class Evidence(NamedTuple):
    """What was known at the end of `day`: `claims` (see `credible`), `staff` and `names` (running totals).

    `staff`: `day`, `value`, `published`, the General Staff's total at the ends of months and on its last day; `names`:
    the same columns, the totals of the named list of Mediazona and BBC Russian Service on the days they were printed.
    """

    day: pd.Timestamp
    claims: pd.DataFrame
    staff: pd.DataFrame
    names: pd.DataFrame

    @property
    def published(self) -> pd.Timestamp:
        """The day of the newest that is in it."""
        return max(table["published"].max() for table in self[1:] if len(table))


def claimants() -> pd.DataFrame:
    """Who has made claims about Russia's toll, one row each: `who`, `group`, `enters` (yes or no), `why`."""
    return own_tables.read(CLAIMANTS, keep_default_na=False)


def account(table: pd.DataFrame) -> pd.DataFrame:
    """Every claim of `table` about Russia's killed, or killed and wounded, since the invasion: does it enter, and why?

    `table`: figures of the ledger. One row per claim: its columns, with `value` (its point, the middle of its range,
    or the bound that it has), `spread` (half the width of its range, in logs; 0 without one), `group`, `enters`, `why`.
    What enters stands (no status but `standing`), is by a claimant that the codebook admits, and repeats no other
    claim: of claims with one root (`claims.root`) the largest value counts, and of equal ones the earliest, for a
    running total is told by its newest sum, and a repeated number adds a place and no evidence.
    ValueError for a claimant who is not in data/claims/pooled_claimants.csv.
    """
    scopes = figures.codebook("scopes")
    told = table[
        table["side"].eq("russia") & table["quantity"].isin(QUANTITIES) & table["window"].eq("cumulative")
        & table["kind"].eq("claim") & table["scope"].isin(scopes.index[scopes["toll"] == "yes"])
    ]  # fmt: skip
    _refuse_unknown(told)
    told = told.merge(claimants(), on="who", how="left", validate="m:1").assign(value=figures.middle)
    told["spread"] = (np.log(told["high"] / told["low"]) / 2).fillna(0.0)
    fallen = told["status"].ne("standing")
    told["why"] = told["why"].mask(fallen, told["status"])
    told["enters"] = told["enters"].eq("yes") & ~fallen
    return _once(told, table)


def _refuse_unknown(told: pd.DataFrame) -> None:
    if unknown := sorted(set(told["who"]) - set(claimants()["who"])):
        raise ValueError(
            f"{CLAIMANTS.name}: no row for {', '.join(unknown)}; add one that says whether the claims enter, and why"
        )


def _once(told: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """The account with only one claim of each root entering."""
    # plain strings: the chains are walked claim by claim, and arrow strings are slow to walk
    links = table[["id", "copies"]].astype(object)
    copies = told.loc[told["copies"] != "", "id"]
    roots = dict(zip(copies, [claims.root(links, claim) for claim in copies], strict=True))
    rooted = told.assign(root=told["id"].map(lambda claim: roots.get(claim, claim)))
    best = rooted[rooted["enters"]].sort_values(["value", "until", "id"], ascending=[False, True, True])
    kept = best.drop_duplicates(["quantity", "root"])["id"]
    repeats = rooted["enters"] & ~rooted["id"].isin(kept)
    return told.assign(
        enters=told["enters"] & ~repeats, why=told["why"].mask(repeats, "repeats or continues another claim")
    )


def credible(table: pd.DataFrame) -> pd.DataFrame:
    """The claims of `account` that enter, by day: `id`, `quantity`, `until`, `published`, `value` (persons), `spread`,
    `who`, `group`.
    """
    entering = account(table).query("enters")
    return entering.sort_values(["until", "published", "value", "id"], ignore_index=True)[COLUMNS]


def without(evidence: Evidence, group: str) -> Evidence:
    """The evidence without the claims of one group of claimants; the streams stay."""
    return evidence._replace(claims=evidence.claims[evidence.claims["group"] != group].reset_index(drop=True))


def evidence(table: pd.DataFrame, staff: pd.DataFrame, day: str | pd.Timestamp, *, leaky: bool = False) -> Evidence:
    """What was known at the end of `day`, of the ledger `table` and the General Staff's series `staff`.

    With `leaky` the claims are all those of `table` about days up to `day`, whenever they were published: what nobody
    had on that day, to show what difference it makes.
    """
    day = pd.Timestamp(day)
    known = figures.known_by(table, day)
    told = table[table["until"] <= day] if leaky else known
    months = monthly.month_ends(staff_series.known_by(staff, day))
    course = months.rename(columns={"personnel": "value"})[["day", "value", "published"]]
    return Evidence(day, credible(told), course, printed_names(known))


def times_the_list(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of `table` (claims with `method`) that are the named list times a constant, by what their makers say.

    They repeat no other total, so each enters; but the list is a stream too, and is heard a second time through them.
    """
    return table[table["method"].str.startswith(OF_LIST)]


def printed_names(known: pd.DataFrame) -> pd.DataFrame:
    """The named list on the days on which its totals were printed: `day`, `value` (people), `published`, by day.

    `known`: figures as known on a day. Totals with a day, of the whole list, each above every one before it.
    """
    totals = known[
        known["quantity"].eq("named") & known["window"].eq("cumulative") & known["scope"].eq(WHOLE_LIST)
        & known["who"].isin(LIST_MAKERS) & known["status"].eq("standing") & known["copies"].eq("")
        & known["point"].notna() & known["until_precision"].eq("day") & known["published_precision"].eq("day")
    ].sort_values(["published", "point"])  # fmt: skip
    grows = totals["point"] > totals["point"].cummax().shift(fill_value=0)
    rising = totals[grows].drop_duplicates("published", keep="last")
    columns = {"day": rising["published"], "value": rising["point"], "published": rising["published"]}
    return pd.DataFrame(columns).reset_index(drop=True)
