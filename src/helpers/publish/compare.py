"""Two editions compared: notebook 14_what_changed, run for a pair of days, and its table in short."""

from __future__ import annotations

import argparse
import csv
import os
import sys
from typing import TYPE_CHECKING

from helpers.paths import NOTEBOOKS, ROOT
from helpers.publish import editions, notebooks

if TYPE_CHECKING:
    from pathlib import Path

    from helpers.publish.editions import Edition

NOTEBOOK = "14_what_changed"
TALLY = "14_tally.csv"
EXAMPLE = "make compare A=2025-02-25 B=latest"
NEW = ("appeared", "changed")
COUNTED = (*NEW, "superseded", "retracted", "exposed")


def pair(one: str, other: str) -> Edition:
    """The later of two editions or days, to be compared with the earlier: it lies under build/compare/.

    EditionError for a name that is missing or is no edition and no day, and for two names of one day.
    """
    if not (one and other):
        raise editions.EditionError(f"two editions or days are needed: {EXAMPLE}")
    earlier, later = sorted((editions.read(name) for name in (one, other)), key=lambda edition: edition.known_on)
    if earlier.known_on == later.known_on:
        raise editions.EditionError(f"{one} and {other} are both the day {later.known_on}; name two days: {EXAMPLE}")
    of_notebook = later.parameters.get(NOTEBOOK, {}) | {"since": str(earlier.known_on)}
    title = f"{earlier.title} and {later.title}"
    return editions.Edition(f"compare/{earlier.name}_{later.name}", title, later.known_on, {NOTEBOOK: of_notebook})


def run(compared: Edition) -> Path:
    """The path of the notebook, executed for the pair of days on the data at hand."""
    return notebooks.run(NOTEBOOKS / f"{NOTEBOOK}.ipynb", compared, data=notebooks.data_at_hand(NOTEBOOK))


def lines(compared: Edition, executed: Path) -> list[str]:
    """The lines to print for a pair that was run: what changed by side and quantity, in all, and where it lies."""
    with (compared.folder / "tables" / TALLY).open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    counts = [[int(row[name]) for name in COUNTED] for row in rows]
    told = [[row["side"], row["counts"], *n] for row, n in zip(rows, counts, strict=True) if any(n)]
    told.append(["all", "", *(sum(n[place] for n in counts) for place in range(len(COUNTED)))])
    days = f"{compared.parameters[NOTEBOOK]['since']} and {compared.known_on}"
    return [
        f"What changed between {days}, in numbers of figures",
        *_aligned([["side", "counts", *COUNTED], *told]),
        f"The notebook: {os.path.relpath(executed, ROOT)}",
        f"Its tables: {os.path.relpath(compared.folder / 'tables', ROOT)}",
    ]


def _aligned(rows: list[list[object]]) -> list[str]:
    widths = [max(len(str(cell)) for cell in column) for column in zip(*rows, strict=True)]
    return ["  ".join(f"{cell:{'<' if i < 2 else '>'}{w}}" for i, (cell, w) in enumerate(zip(row, widths, strict=True)))
            for row in rows]  # fmt: skip


def main() -> int:
    """Compare the two editions or days named on the command line; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m helpers.publish.compare", description=__doc__)
    parser.add_argument("one", metavar="A", help="an edition (editions/A.toml) or a day (YYYY-MM-DD)")
    parser.add_argument("other", metavar="B", help="another edition or day; the earlier may stand first or second")
    asked = parser.parse_args()
    try:
        compared = pair(asked.one, asked.other)
        print("\n".join(lines(compared, run(compared))))
    except (editions.EditionError, notebooks.NotebookFailure) as failure:
        print(f"compare: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
