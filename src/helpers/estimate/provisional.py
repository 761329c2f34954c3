"""From which day of death on the counts of the named list are provisional, on the day of a report."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from helpers.estimate import delay
from helpers.lists import vintages

CUSTOMARY = pd.Timedelta(days=365)


class Provisional(NamedTuple):
    """Deaths from day `since` on are provisional (NaT: no count by day of death was public), and why in words."""

    since: pd.Timestamp
    why: str


def start(data: str, known_on: str | pd.Timestamp) -> Provisional:
    """The first day of death from which on the newest counts of the named list by time of death are unfinished.

    Where the delay can be learned (`delay.next_year`): from it on fewer than 90 % of the names foretold for a year
    later are known. Before that the year before the newest count is taken, which is custom and no measurement.
    """
    known = vintages.known_by(vintages.read(data), known_on)
    if known.empty:
        return Provisional(pd.NaT, "no count by time of death was public")
    if known["as_of"].nunique() > 2:
        told = delay.next_year(known)
        since = told.loc[told["provisional"], "since"].min()
        return Provisional(since, "more than one in ten of the names foretold for a year later are still missing")
    newest = known["as_of"].max()
    return Provisional(newest - CUSTOMARY, "how late names come could not be learned yet, so it is the last year")
