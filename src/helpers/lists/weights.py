"""What two records say for being one person, by hand: field by field, with frequencies and one rate of error.

The rule of Fellegi and Sunter (1969): agreement on a rare value says much, on a common one little; a difference speaks
against, but not with certainty, since any field may be written wrongly. `helpers.lists.linkage` does the same with
rates that it estimates, and with spellings that are alike without being equal.
"""

from __future__ import annotations

import pandas as pd

from helpers.lists import names

OTHERWISE = 0.1  # share of pairs of one person whose two records differ in a field, for the arithmetic by hand
NAMES = ("surname", "given", "patronymic")
FIELDS = (*NAMES, "year of birth", "month of death", "region")


def comparable(records: pd.DataFrame) -> pd.DataFrame:
    """What is compared by hand, by `record_id`: names folded, year of birth, month of death, region; missing is NA."""
    folded = {part: names.fold_all(records[part]).astype("str") for part in NAMES}
    month = records["death_date"].dt.strftime("%Y-%m").where(records["death_precision"].isin(["day", "month"]))
    table = records.assign(
        **{part: values.mask(values == "") for part, values in folded.items()},
        **{"year of birth": records["birth_year"], "month of death": month},
    )
    return table.set_index("record_id")[list(FIELDS)].astype("str")


def by_hand(values: pd.DataFrame, one: str, other: str, *, otherwise: float = OTHERWISE) -> pd.DataFrame:
    """How many times more probable two records are as one person than as two, by `field` (index), one row each.

    `values`: of `comparable`; `one` and `other`: two record ids. Columns: `says` (alike, differ, not told),
    `one_person` and `two_people` (how often that is so, 0 to 1), `times` (their ratio; 1 where nothing is told).
    Source of the rule: Fellegi and Sunter, A theory for record linkage (1969).
    """
    rows = [_field(values[field], one, other, otherwise) for field in values.columns]
    return pd.DataFrame(rows, index=pd.Index(values.columns, name="field")).assign(
        times=lambda t: (t["one_person"] / t["two_people"]).fillna(1.0)
    )


def _field(values: pd.Series, one: str, other: str, otherwise: float) -> dict[str, object]:
    a, b = values[one], values[other]
    nothing = float("nan")
    if pd.isna(a) or pd.isna(b):
        return {"says": "not told", "one_person": nothing, "two_people": nothing}
    shares = values.value_counts(normalize=True)
    if a == b:
        return {"says": "alike", "one_person": 1 - otherwise, "two_people": shares[a]}
    return {"says": "differ", "one_person": otherwise, "two_people": 1 - (shares**2).sum()}


def probability(times: pd.Series, before: float) -> float:
    """The probability of one person after all fields, if the odds were `before` to one before any was compared."""
    odds = before * times.prod()
    return odds / (1 + odds)
