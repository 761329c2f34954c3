"""The last words of `make report`: the comparison in a small table, the sources, and where the book lies."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from typing import TYPE_CHECKING

from helpers.paths import ROOT
from helpers.publish import editions

if TYPE_CHECKING:
    from pathlib import Path

COMPARISON = "12_summary.csv"


def lines(folder: Path) -> list[str]:
    """The lines to print for the edition whose results lie in `folder`: two small tables, sources, book."""
    run = json.loads((folder / "run.json").read_text("utf-8"))
    with (folder / "tables" / COMPARISON).open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    index = (folder / "site" / "index.html").relative_to(ROOT)
    return [
        f"Claims about Russia's losses at their own day, as known on {run['known_on']}; ranges in brackets",
        *_table("killed", ["named by now", "probate registry"], rows),
        *_table("killed and wounded", ["wounded per killed"], rows),
        "",
        *_sources(run["sources"]),
        f"The book: {index}",
    ]


def _table(counts: str, beside: list[str], rows: list[dict[str, str]]) -> list[str]:
    """The rows that count `counts`, with the columns `beside` the claim; no wider than a terminal."""
    shown = [name for name in beside if any(row[name] for row in rows if row["counts"] == counts)]
    columns = ["until", "says", *shown]
    told = [[_who(row), *(row[c] for c in columns)] for row in rows if row["counts"] == counts]
    return ["", *_aligned([[counts, "until", "claim", *shown], *told])] if told else []


def _who(row: dict[str, str]) -> str:
    """The claimant, and whom the claim counts where that is not the whole of a side's forces."""
    return row["who"].split(" (")[0] + (f", {row['of']}" if row["of"].startswith("men ") else "")


def _aligned(rows: list[list[str]]) -> list[str]:
    """Rows as columns of equal width: words to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    words = [not any(cell[:1].isdigit() for cell in column[1:]) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(w) if word else cell.rjust(w) for cell, w, word in zip(row, widths, words, strict=True))
        for row in rows
    ]


def _sources(states: dict[str, str]) -> list[str]:
    words = {"used": "Sources used", "at hand": "At hand, not used by a notebook", "not to be had": "Not to be had"}
    names = {state: ", ".join(name for name, is_in in states.items() if is_in == state) for state in words}
    return [f"{words[state]}: {names[state]}" for state in words if names[state]]


def main() -> int:
    """Print the summary of the edition named on the command line; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m helpers.publish.summary", description=__doc__)
    parser.add_argument("--edition", default="latest")
    print("\n".join(lines(editions.read(parser.parse_args().edition).folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
