"""Capture-recapture on an overlap table of your own: the notebook, its tables and the totals, in a folder of yours."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import pandas as pd

from helpers import texts
from helpers.estimate import recapture
from helpers.paths import BUILD, NOTEBOOKS
from helpers.publish import notebooks, own_folder

NOTEBOOK = NOTEBOOKS / "06_capture_recapture.ipynb"


def run(table: Path, folder: Path | None = None) -> Path:
    """The folder in which the notebook on capture-recapture stands after it ran on `table`, with its tables.

    `folder`: default `recapture_of_<name of the table>` where you are. `table` stays where it is, and nothing of it
    goes into the report. OverlapError if nothing can be estimated from the table, ValueError for a folder in build/.
    """
    recapture.read(table)
    folder = folder or Path(f"recapture_of_{table.stem}")
    if folder.resolve().is_relative_to(BUILD):
        raise ValueError(f"{folder}: build/ is for the report, and `make clean` empties it; name another FOLDER")
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{folder.name}: a file, not a folder; name another FOLDER")
    with own_folder.filled(folder) as made:
        paths = {"table": table.resolve(), "tables": made.resolve()}
        seen_from = {name: os.path.relpath(path, NOTEBOOKS) for name, path in paths.items()}
        notebooks.run_into(made / NOTEBOOK.name, NOTEBOOK, seen_from)
    return folder


def summary(folder: Path) -> str:
    """What a run found, to be read in a terminal: a line per method, with its interval (persons), and what to know."""
    totals = pd.read_csv(folder / "06_totals.csv").set_index("method")
    shown = totals[["low", "point", "high"]].map("{:,.0f}".format).replace({"nan": "refused", "inf": "no end"})
    notes = [f"- {method}: {says}" for method, says in totals["says"].dropna().items()]
    return "\n".join([shown.to_string(), *notes])


def main() -> int:
    """Run the notebook on the table that the command line names; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m helpers.publish.recapture", description=__doc__)
    parser.add_argument(
        "table",
        help="CSV: a column a list (1: on it, 0: not), then n, then covariates; or a row a person, lists named in_...",
    )
    parser.add_argument("--folder", type=Path, help="default: recapture_of_<name of the table>")
    asked = parser.parse_args()
    if not asked.table:
        print("no table: make recapture TABLE=file.csv, with a column of 0 and 1 per list, then n", file=sys.stderr)
        return 1
    try:
        folder = run(Path(asked.table), asked.folder)
    except (ValueError, notebooks.NotebookFailure) as failure:
        print(texts.in_terminal(str(failure).splitlines()[0], 1000), file=sys.stderr)
        return 1
    except OSError as error:
        says = f"{error.strerror or error}; free some space, or name a FOLDER in which you may write"
        print(f"{texts.in_terminal(asked.folder or asked.table)}: results cannot be written ({says})", file=sys.stderr)
        return 1
    print(f"{summary(folder)}\nnotebook and tables: {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
