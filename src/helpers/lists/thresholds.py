"""How many people there would be if every pair above one threshold were joined: the count without an estimate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence


def people_by_threshold(
    record_ids: pd.Series, links: pd.DataFrame, thresholds: Sequence[float], *, by: str = "probability"
) -> pd.DataFrame:
    """How many people there are if pairs at or above a threshold are joined, and what they join too; one row each.

    Columns: `threshold` (of column `by` of `links`), `people`, and `largest`, the records of the largest person. The
    more pairs are joined, the fewer people there are; no threshold is the right one for certain.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    place = pd.Series(np.arange(len(record_ids)), record_ids.to_numpy())
    a, b = (place[links[side]].to_numpy() for side in ("record_id", "record_id_b"))
    rows = []
    for threshold in thresholds:
        joined = links[by].to_numpy() >= threshold
        graph = coo_array((np.ones(joined.sum(), np.int8), (a[joined], b[joined])), shape=(len(place), len(place)))
        people, of = connected_components(graph, directed=False)
        rows.append((threshold, people, int(np.bincount(of).max())))
    return pd.DataFrame(rows, columns=["threshold", "people", "largest"])
