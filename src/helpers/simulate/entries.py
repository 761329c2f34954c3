"""The entries of invented lists: who is entered, how often, and what each entry says."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from helpers.simulate.damage import DAMAGE, Damage
from helpers.simulate.dating import dated
from helpers.simulate.draws import SEED, stream
from helpers.simulate.people import numbered
from helpers.simulate.spelling import spelled
from helpers.simulate.telling import told

ENTERED_AGAIN = 240  # days: the longest time from a person's first entry on a list to the next
# a fake is made of pieces, each of which is true of someone
PIECES = (
    ["surname"], ["given", "sex"], ["patronymic"], ["birth_date", "death_date", "confirmed"],
    ["region", "settlement"], ["branch", "unit", "rank", "status"],
)  # fmt: skip


def entries(
    people: pd.DataFrame, found: pd.DataFrame, *, damage: Damage | Mapping[str, Damage] = DAMAGE, seed: int = SEED
) -> pd.DataFrame:
    """What the lists of `found` say of the `people`: one row per entry, by list and day of confirmation.

    `damage`: how the lists are written, one for all or one for each list by name (a list that is not named there has
    that of `Damage()`). Entries still on review (`confirmed` missing in `found`) are not there. Columns: `person_id`
    (the truth; F-... for a planted fake, which is nobody), `list`, `record_id`, `sex` ("" on a list of men alone),
    `confirmed`, `slip` (whether a cell is to be spoilt), `whole_name_only`, and those of `spelling.spelled`,
    `dating.dated` and `telling.told`.
    """
    written = []
    for name, rows in found[found["confirmed"].notna()].groupby("list", sort=False):
        rates = damage if isinstance(damage, Damage) else damage.get(name, Damage())
        facts = _entered(people, rows, stream(seed, f"entries of {name}"))
        facts = _with_fakes(facts, rates.fakes, stream(seed, f"fakes on {name}"))
        written.append(_said(facts, name, rates, seed))
    table = pd.concat(written, ignore_index=True)
    fake = (table["person_id"] == "").to_numpy()
    table.loc[fake, "person_id"] = numbered("F", fake.sum()).to_numpy()
    return table.assign(record_id=numbered("I", len(table)))


def _entered(people: pd.DataFrame, rows: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """The facts behind each entry of one list; whoever is entered again is so some days later."""
    copies = rows["copies"].to_numpy()
    place = pd.Index(people["person_id"]).get_indexer(rows["person_id"])
    facts = people.iloc[np.repeat(place, copies)].reset_index(drop=True)
    again = np.arange(len(facts)) - np.repeat(np.cumsum(copies) - copies, copies)
    wait = again * (1 + np.floor(ENTERED_AGAIN * rng.random(len(facts)) * rng.random(len(facts)))).astype(int)
    return facts.assign(confirmed=np.repeat(rows["confirmed"].to_numpy(), copies) + wait.astype("m8[D]"))


def _with_fakes(facts: pd.DataFrame, rate: float, rng: np.random.Generator) -> pd.DataFrame:
    """The same entries and, as a share `rate` of them, others about nobody, whose person_id is ""."""
    n = round(rate * len(facts))
    pieces = [facts.loc[rng.integers(0, len(facts), n), columns].reset_index(drop=True) for columns in PIECES]
    return pd.concat([facts, pd.concat(pieces, axis=1).assign(person_id="")], ignore_index=True) if n else facts


def _said(facts: pd.DataFrame, name: str, damage: Damage, seed: int) -> pd.DataFrame:
    """What the list `name` says of `facts`, in the order in which it published them."""
    rng = stream(seed, f"order of {name}")
    facts = facts.iloc[np.lexsort((rng.random(len(facts)), facts["confirmed"]))].reset_index(drop=True)
    sex = facts["sex"] if (facts["sex"] == "female").any() else ""
    columns = [
        facts[["person_id"]].assign(sex=sex, list=pd.Series(name, facts.index, dtype="str")),
        spelled(facts, damage, stream(seed, f"names on {name}")),
        dated(facts, damage, stream(seed, f"dates on {name}")),
        told(facts, damage, stream(seed, f"homes and service on {name}")),
    ]
    told_on = rng.random(len(facts)) >= damage.confirmed_missing
    slip, whole = rng.random(len(facts)) < damage.slips, rng.random(len(facts)) < damage.whole_name_only
    return pd.concat(columns, axis=1).assign(
        confirmed=facts["confirmed"].where(told_on), slip=slip, whole_name_only=whole
    )
