"""Small made-up ledgers and series, from which the tests work out on paper what has to come."""

import pandas as pd

from helpers import figures, series

ROW = {
    "kind": "claim", "side": "russia", "quantity": "named", "scope": "russian forces", "window": "cumulative",
    "since": pd.Timestamp("2022-02-24"), "until_precision": "day", "low": None, "high": None,
    "who": "Mediazona and BBC Russian Service", "who_kind": "media_list", "method": "", "published_precision": "day",
    "status": "standing", "status_from": pd.NaT, "copies": "", "reports": "", "note": "",
}  # fmt: skip


def table(*rows):
    made = [{"id": f"f{i}", **ROW, "published": row["until"], **row} for i, row in enumerate(rows)]
    dated = [row | {day: pd.Timestamp(row[day]) for day in ("until", "published")} for row in made]
    return figures.validate(pd.DataFrame(dated).astype(dict.fromkeys(["low", "point", "high"], float)))


SCOPES = {"named": "russian forces", "probate": "men 18-59"}


def release(**weekly):
    """Weeks from 2022-02-21, ten people by probate (5 to 20) and four names in each, published in 2024."""
    mondays = pd.date_range("2022-02-21", periods=10, freq="7D")
    spans = pd.DataFrame({"since": mondays, "until": mondays + pd.Timedelta(days=6)})
    named = spans.assign(series="named", low=None, point=4.0, high=None)
    probate = spans.assign(series="probate", low=5.0, point=10.0, high=20.0)
    both = pd.concat([named, probate], ignore_index=True).assign(published=pd.Timestamp("2024-01-01"))
    both = both.assign(side="russia", scope=both["series"].map(SCOPES), method="count", source="made-up")
    return both.assign(**weekly).astype(dict.fromkeys(series.VALUES, float))


CLAIM = {"quantity": "killed", "who": "somebody", "point": 60.0, "until": "2022-03-13"}
BOTH = CLAIM | {"quantity": "killed_and_wounded", "point": 150.0}
