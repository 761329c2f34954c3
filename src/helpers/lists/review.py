"""What a person should read after the linkage: pairs side by side, those in doubt first (clerical review)."""

from __future__ import annotations

import pandas as pd

SHOWN = ["list", "name", "born", "died", "region", "unit"]
DATE = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
DOUBT = (0.02, 0.98)  # probabilities between which a pair is in doubt


def in_doubt(links: pd.DataFrame, between: tuple[float, float] = DOUBT) -> pd.DataFrame:
    """The pairs whose probability of being one person lies in `between`, those nearest to one half first."""
    doubtful = links[links["probability"].between(*between)]
    far = (doubtful["probability"] - 0.5).abs().rename("far")
    order = doubtful.assign(far=far).sort_values(["far", "record_id", "record_id_b"], kind="stable").index
    return doubtful.loc[order].reset_index(drop=True)


def as_written(records: pd.DataFrame) -> pd.DataFrame:
    """Records as a person reads them, by `record_id`: list, name, born, died, region, unit, all text; "" is missing.

    A day of birth that is not known is the year, or the age; a day of death is written as far as it is known.
    """
    year, age = records["birth_year"].astype("str"), "age " + records["age"].astype("str")
    born = records["birth_date"].dt.strftime(DATE["day"]).astype("str")
    died = pd.Series(pd.NA, records.index, dtype="str")
    for precision, form in DATE.items():
        here = records["death_precision"] == precision
        died[here] = records.loc[here, "death_date"].dt.strftime(form)
    table = records.assign(born=born.fillna(year).fillna(age), died=died).set_index("record_id")
    return table[SHOWN].astype("str").fillna("")


def side_by_side(records: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Each pair of records, one below the other: two rows a pair, the first with number and probability of one person.

    `pairs`: `record_id`, `record_id_b`, `probability` (missing: the pair was not kept for comparison).
    """
    written = as_written(records)
    told = pairs["probability"].map("{:.0%}".format, na_action="ignore").fillna("not kept")
    ids = zip(pairs["record_id"], pairs["record_id_b"], strict=True)
    rows = [
        {"pair": label, **written.loc[record]}
        for number, (both, probability) in enumerate(zip(ids, told, strict=True), start=1)
        for record, label in zip(both, (f"{number}: {probability}", f"{number}"), strict=True)
    ]
    return pd.DataFrame(rows, columns=["pair", *SHOWN]).set_index("pair")
