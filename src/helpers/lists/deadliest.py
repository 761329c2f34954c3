"""The deadliest days and months: what was claimed of single ones, and the most names in the series by time of death."""

from __future__ import annotations

import pandas as pd

# its claims of a day are the steps of its daily total; a daily rate of anybody else is an average over some time
COUNTS_DAYS = "General Staff of Ukraine"
NAMED, KILLED, BOTH, WORSE, UNCLEAR = (
    "named", "said to be killed", "said to be killed and wounded", "said to be killed and badly wounded",
    "said to be lost, of what kind is not said",
)  # fmt: skip
KINDS = {
    "named": NAMED, "killed": KILLED, "killed_per_day": KILLED, "killed_and_wounded": BOTH,
    "killed_and_wounded_per_day": BOTH, "killed_and_severely_wounded": WORSE, "losses": UNCLEAR,
}  # fmt: skip
WHOLE = "russian forces"
COLUMNS = ["id", "since", "until", "where", "kind", "low", "point", "high", "who", "published"]


def days(known: pd.DataFrame) -> pd.DataFrame:
    """What was claimed of Russia's dead, or dead and wounded, of one day or one strike: one row per claim, by day.

    `known`: figures. Columns: `id`, `since`, `until`, `where` (in words), `kind` (what the number is, a value of
    KINDS), `low`, `point`, `high` (people), `who`, `published`. Only numbers of one kind belong on one axis.
    Not here: claims that no longer stand, claims that repeat another (see `left_out`), and averages per day.
    """
    told = _single_days(known)
    return _rows(told[_stands(told)])


def left_out(known: pd.DataFrame) -> pd.DataFrame:
    """The claims of one day that `days` leaves out: figures, with `reason` in words."""
    told = _single_days(known)
    aside = told[~_stands(told)]
    reason = ("repeats or misreads " + aside["copies"]).where(aside["copies"] != "", aside["status"])
    return aside.assign(reason=reason)


def months(known: pd.DataFrame) -> pd.DataFrame:
    """What was claimed of one month, 27 to 31 days, of the dead among all of Russia's forces; columns as in `days`."""
    length = (known["until"] - known["since"]).dt.days + 1
    told = known[_of_russia(known) & known["window"].eq("period") & known["scope"].eq(WHOLE) & length.between(27, 31)]
    return _rows(told[_stands(told)])


def most_named(spans: pd.DataFrame, *, provisional: pd.Timestamp) -> pd.DataFrame:
    """Names by month of death, those with the most names a week first; `spans`: one release of the list's series.

    A week belongs to the month of its Thursday. Columns: `month`, `names` (people), `weeks`, `a_week` (names a week:
    months have four weeks or five), `provisional` (whether it ends after the day `provisional`, from which on many
    names are still to come).
    """
    thursday = spans["since"] + pd.Timedelta(days=3)
    weeks = ((spans["until"] - spans["since"]).dt.days + 1) / 7
    groups = spans.assign(weeks=weeks).groupby(thursday.dt.to_period("M").rename("month"))
    table = groups.agg(names=("point", "sum"), weeks=("weeks", "sum"), until=("until", "max")).reset_index()
    table = table.assign(a_week=table["names"] / table["weeks"], provisional=table["until"] >= provisional)
    return table.sort_values("a_week", ascending=False, ignore_index=True)[
        ["month", "names", "weeks", "a_week", "provisional"]
    ]


def _of_russia(known: pd.DataFrame) -> pd.Series:
    return known["side"].eq("russia") & known["quantity"].isin(KINDS)


def _single_days(known: pd.DataFrame) -> pd.DataFrame:
    one_day = known["since"].eq(known["until"])
    step = known["window"].eq("rate") & known["who"].eq(COUNTS_DAYS)
    return known[_of_russia(known) & one_day & (known["window"].eq("event") | step)]


def _stands(told: pd.DataFrame) -> pd.Series:
    return told["status"].eq("standing") & told["copies"].eq("")


def _rows(told: pd.DataFrame) -> pd.DataFrame:
    kind, strike = told["quantity"].map(KINDS), told["scope"].str.extract(r"^strike (\w+) (\w+)$")
    where = ("strike " + strike[0] + " " + strike[1].str.capitalize()).fillna("all forces")
    return told.assign(kind=kind, where=where).sort_values(["until", "kind", "id"], ignore_index=True)[COLUMNS]
