"""The named list of Mediazona and BBC Russian Service: what marks its growth, and how its totals are told."""

from __future__ import annotations

import pandas as pd

from helpers import claims, own_tables
from helpers.figures import about, partial_date
from helpers.paths import DATA

BREAKS = DATA / "figures" / "named_list_breaks.csv"
MARK = ["since", "until", "names", "says"]
WHOLE_LIST = "russian forces"


def breaks(known_on: str | pd.Timestamp) -> pd.DataFrame:
    """Spans in which the list grew from a new kind of source, known by `known_on`; one row per span.

    Columns: `since`, `until` (days), `names` (people entered so), `says` (what happened). Growth across a break is
    not growth of the dead. Source: the list's totals of 13 and 24 February 2026 in the ledger, and the note there.
    """
    rows = own_tables.read(BREAKS)
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
