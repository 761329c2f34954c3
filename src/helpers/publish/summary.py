"""The last words of `make report`: the comparison in small tables, the sources, and where the book lies."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from typing import TYPE_CHECKING

from helpers import texts
from helpers.paths import ROOT
from helpers.publish import editions

if TYPE_CHECKING:
    from pathlib import Path

FIRST, COMPARISON = "12_side_by_side.csv", "12_summary.csv"
SIDES = {"russia": "Russia", "ukraine": "Ukraine"}
# what stands beside the newest claims, if it is known, and beside the killed where nothing of it is
COUNTED = {"killed": ["named by now", "probate registry"], "killed and wounded": ["wounded per killed"]}
OR_ELSE = {"killed": ["named then (list of)"], "killed and wounded": []}
PROVISIONAL = ", provisional"


def lines(folder: Path) -> list[str]:
    """The lines to print for the edition whose results lie in `folder`: small tables, sources, book."""
    run = json.loads((folder / "run.json").read_text("utf-8"))
    others = [row for row in _rows(folder / "tables" / COMPARISON) if row["newest"] and not row["began with"]]
    index = (folder / "site" / "index.html").relative_to(ROOT)
    return [
        f"The numbers this project began with, each at its own day, as known on {run['known_on']}; ranges in brackets",
        *_first(_rows(folder / "tables" / FIRST)),
        "",
        "Of other claims the newest of each claimant",
        *(line for side in SIDES for counts in COUNTED for line in _table(side, counts, others)),
        *["", "* provisional: many of these dead are still to be named"][: 2 * any(map(_is_provisional, others))],
        "",
        *_sources(run["sources"]),
        f"The book: {index}",
    ]


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as table:
        return [{name: texts.in_terminal(cell) for name, cell in row.items()} for row in csv.DictReader(table)]


def _first(rows: list[dict[str, str]]) -> list[str]:
    """The numbers that the project began with, a table for each quantity of each side."""
    groups = dict.fromkeys(row["counted"] for row in rows)
    return [line for group in groups for line in _group(group, [row for row in rows if row["counted"] == group])]


def _group(group: str, rows: list[dict[str, str]]) -> list[str]:
    told = [[_short(row["who"]), row["as of"], _with_status(row), *_beside(row).values()] for row in rows]
    columns = [group, "as of", "claim", *_beside(rows[0])]
    known = [place for place in range(len(columns)) if place < 3 or any(row[place] for row in told)]
    return ["", *_aligned([[row[place] for place in known] for row in (columns, *told)])]


def _beside(row: dict[str, str]) -> dict[str, str]:
    """What a line has room for: names and registry count the dead, and stand beside no other quantity."""
    if not row["counted"].endswith(": killed"):
        return {"wounded per killed": row["wounded per killed"]}
    then, to_date = (_short(row[name]) for name in ("names then", "names to date"))
    return {"names then": then, "to date": to_date, "estimate": row["estimate"].split(" killed")[0]}


def _with_status(row: dict[str, str]) -> str:
    return f"{row['claim']}, {row['status']}" if row["status"] else row["claim"]


def _table(side: str, counts: str, rows: list[dict[str, str]]) -> list[str]:
    """The rows of `side` that count `counts`, with what is known beside them; no wider than a terminal."""
    some = [row for row in rows if row["side"] == side and row["counts"] == counts]
    shown = [name for name in COUNTED[counts] if any(row[name] for row in some)]
    shown = shown or [name for name in OR_ELSE[counts] if any(row[name] for row in some)]
    told = [[_who(row), row["until"], row["says"], *(row[c].replace(PROVISIONAL, " *") for c in shown)] for row in some]
    return ["", *_aligned([[f"{SIDES[side]}: {counts}", "as of", "claim", *shown], *told])] if told else []


def _is_provisional(row: dict[str, str]) -> bool:
    return any(PROVISIONAL in cell for cell in row.values())


def _who(row: dict[str, str]) -> str:
    """The claimant, and whom the claim counts where that is not the whole of a side's forces."""
    return _short(row["who"]) + (f", {row['of']}" if row["of"].startswith("men ") else "")


def _short(who: str) -> str:
    return who.split(" (")[0]


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
