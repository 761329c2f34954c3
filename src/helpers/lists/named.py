"""The named list of Mediazona and BBC Russian Service: who is on it, as printed, and what marks its growth."""

from __future__ import annotations

import pandas as pd

from helpers import claims
from helpers.figures import about, middle, partial_date
from helpers.paths import DATA

BREAKS = DATA / "figures" / "named_list_breaks.csv"
MARK = ["since", "until", "names", "says"]
WHOLE_LIST = "russian forces"
GROUPS = (
    "no link to the army before the invasion", "volunteers", "prisoners", "mobilised", "private military contractors",
    "conscripts", "officers", "lieutenant colonels and higher", "route to the front unknown",
)  # fmt: skip


def composition(known: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """The newest that was printed about each group on the named list: one row per group, in the order of GROUPS.

    `known`: figures as known on a day; `totals`: totals of the list (`comparison.milestones`). Columns: `group`,
    `until` (day of the count), `names` (people; missing where only a share was printed), `at_least` (the number is a
    lower bound), `total` (the whole list on the same day; missing where none was printed), `share` (percent of the
    list, printed or `names` of `total`). Groups overlap (an officer may be a volunteer): shares do not add up to
    100. All are counts of a whole list, no sample: without interval, and floors wherever the way to the front is
    not known.
    """
    printed = known[
        known["side"].eq("russia") & known["window"].eq("cumulative") & known["scope"].isin(GROUPS)
        & known["quantity"].isin(["named", "share_of_named"]) & known["status"].eq("standing")
    ]  # fmt: skip
    newest = printed.sort_values(["until", "quantity"], ascending=[True, False]).groupby("scope").tail(1)
    is_share, value = newest["quantity"].eq("share_of_named"), middle(newest)
    whole = newest["until"].map(totals.groupby("until")["point"].max()).where(~is_share)
    table = pd.DataFrame(
        {
            "group": newest["scope"],
            "until": newest["until"],
            "names": value.mask(is_share),
            "at_least": newest["point"].isna() & newest["high"].isna(),
            "total": whole,
            "share": 100 * value.where(is_share, value / whole),
        }
    )
    return table.sort_values("group", key=lambda group: group.map(GROUPS.index), ignore_index=True)


def in_words(made_of: pd.DataFrame) -> pd.DataFrame:
    """The table of `composition` to be read: numbers as text, headings with units, one row per group as its index."""

    def text(at_least: bool, value: float, form: str) -> str:
        return "not printed" if pd.isna(value) else ("at least " if at_least else "") + form.format(value)

    rows = made_of.to_dict("records")
    return pd.DataFrame(
        {
            "counted to": [f"{row['until']:%Y-%m-%d}" for row in rows],
            "names": [text(row["at_least"], row["names"], "{:,.0f}") for row in rows],
            "of the list's": [text(False, row["total"], "{:,.0f}") for row in rows],
            "share of the list": [text(row["at_least"], row["share"], "{:.1f} %") for row in rows],
        },
        index=pd.Index(made_of["group"]),
    )


def breaks(known_on: str | pd.Timestamp) -> pd.DataFrame:
    """Spans in which the list grew from a new kind of source, known by `known_on`; one row per span.

    Columns: `since`, `until` (days), `names` (people entered so), `says` (what happened). Growth across a break is
    not growth of the dead. Source: the list's totals of 13 and 24 February 2026 in the ledger, and the note there.
    """
    rows = pd.read_csv(BREAKS, parse_dates=["since", "until", "published"])
    return rows.loc[rows["published"] <= pd.Timestamp(known_on), MARK].reset_index(drop=True)


def set_aside(known: pd.DataFrame, known_on: str | pd.Timestamp) -> pd.DataFrame:
    """Numbers of the list that are no printed total, one row per number; columns as in `breaks`.

    Totals that somebody worked back from an estimate (`known`: figures as known on a day), and totals that the
    ledger sets aside; the day of the latter is guessed, and they are shown from the first day that it may be.
    """
    derived = known[known["method"].str.startswith("inferred") & known["quantity"].eq("named")]
    worked_back = pd.DataFrame(
        {"since": derived["until"], "until": derived["until"], "names": derived["point"], "says": derived["method"]}
    )
    rows = claims.account(known, known_on).query("fate == 'set_aside'")
    spans = [partial_date(text) for text in rows["published"]]
    aside = {
        "since": pd.to_datetime([span.first for span in spans]),
        "until": pd.to_datetime([span.last for span in spans]),
        "names": rows["value"].str.replace(",", "").astype(float),
        "says": "set aside: " + rows["reason"].str.split(";").str[0],
    }
    return pd.concat([worked_back, pd.DataFrame(aside)], ignore_index=True).astype({"names": int})


def day(figure: pd.Series) -> str:
    """The day that a figure is about, as exactly as it is known: 2024-04-19, March 2022, 2024."""
    words = {"day": "{:%Y-%m-%d}", "month": "{:%B %Y}", "year": "{:%Y}"}
    return words[figure.until_precision].format(figure.until)


def number(figure: pd.Series) -> str:
    """The value of a total as it was printed: 50,471, or about 225,000."""
    return about(figure.point)
