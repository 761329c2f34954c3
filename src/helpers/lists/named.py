"""The named list of Mediazona and BBC Russian Service: who is on it, as printed, and what marks its growth."""

from __future__ import annotations

import pandas as pd

from helpers.figures import middle, partial_date
from helpers.paths import DATA

MARKS = DATA / "figures" / "named_list_marks.csv"
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
    return _marks("break", known_on, key="last")


def set_aside(known_on: str | pd.Timestamp) -> pd.DataFrame:
    """Totals of the list that the ledger sets aside, one row per total; columns as in `breaks`.

    Their publication is guessed, too: each is shown from the first day of its month on, and enters no arithmetic.
    """
    return _marks("set_aside", known_on, key="first")


def _marks(mark: str, known_on: str | pd.Timestamp, *, key: str) -> pd.DataFrame:
    rows = pd.read_csv(MARKS, dtype={"names": int})
    rows = rows[rows["mark"] == mark]
    known = pd.Series([getattr(partial_date(text), key) for text in rows["published"]], rows.index)
    rows = rows[known <= pd.Timestamp(known_on)]
    since, until = ([partial_date(text) for text in rows[column]] for column in ("since", "until"))
    days = {"since": pd.to_datetime([s.first for s in since]), "until": pd.to_datetime([u.last for u in until])}
    return rows.assign(**days)[["since", "until", "names", "says"]].reset_index(drop=True)


def day(figure: pd.Series) -> str:
    """The day that a figure is about, as exactly as it is known: 2024-04-19, March 2022, 2024."""
    words = {"day": "{:%Y-%m-%d}", "month": "{:%B %Y}", "year": "{:%Y}"}
    return words[figure.until_precision].format(figure.until)


def number(figure: pd.Series) -> str:
    """The value of a total as it was printed: 50,471, or about 225,000 where the ledger's note says so."""
    return ("about " if figure.note.startswith("about") else "") + f"{figure.point:,.0f}"
