"""Lists that repeat another list row for row: a copy adds a place where something was said, but no evidence.

If such a list were linked like the others, its rows would vouch for each other's misspellings. They are given to the
people of the rows that they repeat instead.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.lists.linkage import rules
from helpers.lists.linkage.encoded import MISSING, PARTS

TOLD = (*rules.NAMES, "birth_date", "birth_year", "age", "death_date", "death_precision", *rules.CATEGORIES)


def repeated_rows(records: pd.DataFrame) -> np.ndarray:
    """Of each row the place of the row that it repeats, MISSING for a row that repeats none.

    A list repeats another if at least `rules.REPEATED` of its rows, and `rules.REPEATED_ROWS`, say word for word what a
    row of the other says. Of two lists that repeat each other the one whose name comes first is kept.
    """
    told = [column for column in TOLD if column in records]
    contents = pd.util.hash_pandas_object(records[told], index=False).to_numpy()
    ordered = records[list(PARTS)].assign(place=np.arange(len(records)), content=contents)
    if not _may_repeat(ordered):
        return np.full(len(records), MISSING)
    ordered = ordered.sort_values(list(PARTS), kind="stable")
    ordered["turn"] = ordered.groupby(["list", "content"]).cumcount()
    twin, names = np.full(len(records), MISSING), sorted(records["list"].unique())
    by_list = {name: part.set_index(["content", "turn"])["place"] for name, part in ordered.groupby("list")}
    for k, name in enumerate(names):
        for earlier in names[:k]:
            if (twin[by_list[earlier]] >= 0).any():
                continue  # a copy itself
            same = pd.concat([by_list[name], by_list[earlier]], axis=1, join="inner").to_numpy()
            if len(same) >= max(rules.REPEATED * len(by_list[name]), rules.REPEATED_ROWS):
                twin[same[:, 0]] = same[:, 1]
                break
    return twin


def _may_repeat(rows: pd.DataFrame) -> bool:
    """Whether some list has as many rows as asked whose content is found elsewhere: if not, no list is a copy."""
    elsewhere = rows.groupby("content")["list"].transform("size") > 1
    found = elsewhere.groupby(rows["list"]).agg(["sum", "size"])
    return bool((found["sum"] >= np.maximum(rules.REPEATED * found["size"], rules.REPEATED_ROWS)).any())
