"""Make the machine code of the linkage, once: `python -m helpers.lists.linkage`. Later runs find it under build/."""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd

from helpers.lists.linkage import PLAIN, link


def main() -> int:
    """Link a table of random letters that is just long enough for machine code."""
    rng = np.random.default_rng(0)
    n = PLAIN + 2
    letters = rng.integers(ord("а"), ord("я"), (n, 6), dtype=np.uint32)
    names = letters.view("U6")[:, 0]
    days = pd.Timestamp("2010-03-01") + pd.to_timedelta(rng.integers(0, 900, n), unit="D")
    table = pd.DataFrame({"list": ["a", "b"] * (n // 2), "record_id": range(n), "surname": names, "death_date": days})
    print(f"machine code made; {link(table).count.point:,.0f} people of {n:,} random records")
    return 0


if __name__ == "__main__":
    sys.exit(main())
