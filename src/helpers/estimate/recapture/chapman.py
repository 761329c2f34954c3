"""Two lists: Chapman's estimate, which holds where being on one says nothing of being on the other."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd

from helpers.estimate.recapture import many
from helpers.estimate.recapture.averaging import Estimate
from helpers.estimate.recapture.table import OverlapError

if TYPE_CHECKING:
    from helpers.estimate.recapture.table import Overlap


def chapman(overlap: Overlap, *, level: float = 0.95) -> Estimate:
    """How many people there are, from two lists: (a + 1)(b + 1) / (m + 1) - 1 with a and b listed, m on both.

    The interval is log-normal in the people on neither list, with Seber's variance. It is that of chance: where the
    lists depend on each other the estimate is too low (they meet the same people) or too high (they share out the
    work), and no two lists can show it. OverlapError for more than two lists.
    Sources: Chapman (1951); Seber (1982), Estimation of Animal Abundance, page 60; Chao (1987), Biometrics 43, 783-791.
    """
    if len(overlap.lists) != 2:
        raise OverlapError(
            f"{overlap.name}: {len(overlap.lists)} lists: Chapman's estimate takes 2; choose with `only`"
        )
    found = many.chapman(overlap.counts[None], level=level).iloc[0]
    return Estimate(found["low"], found["point"], found["high"], "Chapman, two lists")


def pairs(overlap: Overlap, *, level: float = 0.95) -> pd.DataFrame:
    """What every two lists of `overlap` say on their own, one row per pair, the largest overlap first.

    Columns: `a`, `b` (lists), `both` (people on both), `low`, `point`, `high` (people in all; missing without overlap).
    Where the lists are independent all pairs say much the same.
    """
    rows = []
    for a, b in combinations(overlap.lists, 2):
        both = int(overlap.shared.loc[a, b])
        found = chapman(overlap.only(a, b), level=level)[:3] if both else [float("nan")] * 3
        rows.append([a, b, both, *found])
    table = pd.DataFrame(rows, columns=["a", "b", "both", "low", "point", "high"])
    return table.sort_values("both", ascending=False, kind="stable", ignore_index=True)
