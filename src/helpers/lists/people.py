"""People from linked records: of each field one value, chosen by a stated rule, and beside it all that was said.

The rule, in this order: the value that most lists say (an initial or a rounded date speaks for every fuller value that
begins with it); the most precise; the one confirmed first; the one whose list and record id come first by name.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.lists.names import INITIAL, fold_all

NAMES = ("surname", "given", "patronymic")
TEXTS = ("sex", "region", "settlement", "branch", "unit", "rank", "status")
RULE = ("most lists", "most precise", "confirmed first", "first list and record")
LENGTH = {"day": 10, "month": 7, "year": 4}


class People(NamedTuple):
    """`people`: one row per person, the chosen values. `said`: one row per person, field and value that differs."""

    people: pd.DataFrame
    said: pd.DataFrame


def people(records: pd.DataFrame, members: pd.DataFrame) -> People:
    """The people behind `records`, by `members` (list, record_id, person) of a linkage.

    `people`: `person`, `records`, `lists`, then of each field of the records that names them (surname, given,
    patronymic, sex, birth, age, death, region, settlement, branch, unit, rank, status) the chosen value, missing where
    no record has one; `birth` and `death` are partial dates (YYYY-MM-DD, YYYY-MM or YYYY), `age` is in years.
    `said`: `person`, `field`, `value`, `lists` (how many say it), `sources` (list and record id of those who say it),
    `chosen`, `decided_by` (the step of the rule that chose), `conflict` (whether it contradicts the chosen one).
    Rows only for fields in which a person has more than one value. ValueError if records and members differ.
    """
    keys = ["list", "record_id"]
    rows = records.merge(members[[*keys, "person"]], on=keys, how="outer", validate="1:1", indicator=True)
    if (apart := int((rows["_merge"] != "both").sum())) or rows["person"].isna().any():
        raise ValueError(f"{apart} records are in only one of the two tables: give the members of these records")
    told = pd.concat([_told(rows, field, texts) for field, texts in _fields(rows).items()], ignore_index=True)
    several = told.groupby(OF)["key"].transform("nunique") > 1
    ranked = _ranked(told[several])
    first = pd.concat([told[~several].drop_duplicates(OF), ranked[ranked["chosen"]]])
    chosen = first.pivot(index="person", columns="field", values="value").reindex(columns=list(_fields(rows)))
    sizes = rows.groupby("person").agg(records=("record_id", "size"), lists=("list", "nunique"))
    return People(sizes.join(chosen).reset_index(), ranked[SAID].reset_index(drop=True))


OF, VALUE = ["person", "field"], ["person", "field", "key"]
SAID = ["person", "field", "value", "lists", "sources", "chosen", "decided_by", "conflict"]


def _fields(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """The fields of people that the records have, as text ("" where missing)."""
    there = {field: rows[field].astype("str").fillna("") for field in (*NAMES, *TEXTS) if field in rows}
    birth = _dates(rows, "birth_date", pd.Series("day", rows.index))
    if "birth_year" in rows:
        birth = birth.where(birth != "", rows["birth_year"].astype("Int64").astype("str").fillna(""))
    precision = rows["death_precision"] if "death_precision" in rows else pd.Series("day", rows.index)
    dated = {"birth": birth, "death": _dates(rows, "death_date", precision)}
    aged = {"age": rows["age"].astype("Int64").astype("str").fillna("")} if "age" in rows else {}
    fields = there | dated | aged
    order = [*NAMES, "sex", "birth", "age", "death", *TEXTS[1:]]
    return {field: fields[field] for field in order if field in fields and (fields[field] != "").any()}


def _dates(rows: pd.DataFrame, column: str, precision: pd.Series) -> pd.Series:
    if column not in rows:
        return pd.Series("", rows.index)
    days = pd.to_datetime(rows[column]).dt.strftime("%Y-%m-%d").fillna("")
    lengths = precision.astype(object).map(LENGTH).fillna(10).astype(int)
    return pd.Series([day[:length] for day, length in zip(days, lengths, strict=True)], rows.index)


def _told(rows: pd.DataFrame, field: str, texts: pd.Series) -> pd.DataFrame:
    """One row per record that has the field, by source: what it says (`value`), and `key`, equal for equal writings."""
    keys = fold_all(texts) if field in NAMES else texts.str.casefold()
    confirmed = rows["confirmed"] if "confirmed" in rows else pd.Series(pd.NaT, rows.index)
    told = pd.DataFrame(
        {
            "person": rows["person"], "field": field, "key": keys, "value": texts, "list": rows["list"],
            "source": rows["list"] + " " + rows["record_id"].astype(str), "confirmed": confirmed,
        }
    )  # fmt: skip
    return told[told["key"] != ""].sort_values(["person", "source"], kind="stable")


def _ranked(told: pd.DataFrame) -> pd.DataFrame:
    """One row per person, field and value, in the order of the rule: the chosen one of each person and field first."""
    values = told.groupby(VALUE, as_index=False).agg(
        value=("value", "first"), lists=("list", "nunique"), first=("source", "first"),
        sources=("source", "; ".join), confirmed=("confirmed", "min"),
    )  # fmt: skip
    values = values.merge(_support(told, values), on=VALUE).assign(precise=_precision(values))
    ranked = values.sort_values([*OF, *ASKED], ascending=[True, True, *ASKED.values()], kind="stable")
    rank = ranked.groupby(OF).cumcount()
    best, second = (ranked[rank == place].set_index(OF) for place in (0, 1))
    step = np.full(len(best), len(ASKED))
    for number, key in reversed(list(enumerate(ASKED, start=1))):
        step = np.where(best[key].eq(second[key]) | (best[key].isna() & second[key].isna()), step, number)
    decided = best.assign(best=best["key"], decided_by=np.array(RULE, dtype=object)[step - 1])[["best", "decided_by"]]
    ranked = ranked.assign(chosen=(rank == 0)).merge(decided, on=OF)
    agrees = [best.startswith(key) for best, key in zip(ranked["best"], ranked["key"], strict=True)]
    return ranked.assign(conflict=~np.array(agrees, dtype=bool))


ASKED = {"support": False, "precise": False, "confirmed": True, "first": True}  # whether the least comes first


def _precision(values: pd.DataFrame) -> pd.Series:
    """How precise each value is: the letters of a date; of a name 0 for an initial, and 1 for all else."""
    length = values["key"].str.len()
    initial = values["field"].isin(NAMES) & (length <= INITIAL)
    return length.where(values["field"].isin(["birth", "death"]), (~initial).astype(int))


def _support(told: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    """How many lists speak for each value, with those that say it less precisely."""
    vague = values[values["field"].isin(["birth", "death"]) | (values["field"].isin(NAMES) & (_precision(values) == 0))]
    pairs = values[VALUE].merge(vague[VALUE], on=OF, suffixes=("", "_vague"))
    speaks = [full.startswith(less) for full, less in zip(pairs["key"], pairs["key_vague"], strict=True)]
    pairs = pairs[np.array(speaks, dtype=bool)]
    said = told[[*VALUE, "list"]]
    also = pairs.merge(said.rename(columns={"key": "key_vague"}), on=[*OF, "key_vague"])[[*VALUE, "list"]]
    return (
        pd.concat([said, also])
        .drop_duplicates()
        .groupby(VALUE, as_index=False)
        .size()
        .rename(columns={"size": "support"})
    )
