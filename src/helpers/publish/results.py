"""Machine-readable results of an edition: every figure in one schema, its codebook, and what it was made from."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from helpers import claims, csv_files, figures, sources
from helpers.publish import editions, notebooks

if TYPE_CHECKING:
    from helpers.publish.editions import Edition

RESULTS = ("figures.parquet", "figures_codebook.csv", "run.json", "figures.csv")
MADE_WITH = ("matplotlib", "numpy", "pandas", "pandera", "papermill", "pyarrow", "seaborn")


def all_figures(edition: Edition) -> pd.DataFrame:
    """Claims and our own estimates as known on the edition's day: figures, one row each, by id and version."""
    tables = [edition.folder / "tables" / f"{path.stem[:2]}_estimates.csv" for path in notebooks.numbered()]
    empty = dict.fromkeys((*claims.VALUES, *figures.DATES), "")
    read = [pd.read_csv(table, keep_default_na=False, na_values=empty) for table in tables if table.is_file()]
    estimates = [table.astype(dict.fromkeys(claims.VALUES, float)) for table in read]
    dated = [table.assign(**{day: pd.to_datetime(table[day]) for day in figures.DATES}) for table in estimates]
    day = str(edition.known_on)
    known = [claims.known_by(day), *(figures.known_by(table, day) for table in dated)]
    table = pd.concat(known, ignore_index=True).sort_values(figures.KEY, ignore_index=True)
    # what a figure repeats may have become known only later
    return figures.validate(table.assign(copies=table["copies"].where(table["copies"].isin(table["id"]), "")))


def write(edition: Edition) -> list[Path]:
    """Write figures.csv, figures.parquet, figures_codebook.csv and run.json into the edition's folder; their paths.

    Each takes its name when it is whole, and figures.csv last: it tells `make` that the others are there.
    """
    table, folder = all_figures(edition), edition.folder
    parts = {name: folder / f"{name}.part" for name in RESULTS}
    table.to_parquet(parts["figures.parquet"], index=False)
    csv_files.harmless(figures.describe()).to_csv(parts["figures_codebook.csv"], index=False, lineterminator="\n")
    parts["run.json"].write_text(json.dumps(sidecar(edition), indent=1, ensure_ascii=False) + "\n", "utf-8")
    csv_files.harmless(table).to_csv(parts["figures.csv"], index=False, date_format="%Y-%m-%d", lineterminator="\n")
    return [part.replace(folder / name) for name, part in parts.items()]


def sidecar(edition: Edition) -> dict[str, object]:
    """What the results were made from: edition, parameters by notebook, sources with checksums, versions."""
    ran = {name: notebooks.parameters_of(path) for name, path in notebooks.executed(edition).items()}
    used = {one for name, given in ran.items() if given["data"] == "fetched" for one in notebooks.needs(name)}
    at_hand = set(sources.available())
    state = {n: "used" if n in used else "at hand" if n in at_hand else "not to be had" for n in sources.registry()}
    return {
        "edition": edition.name,
        "title": edition.title,
        "known_on": str(edition.known_on),
        "parameters": ran,
        "sources": state,
        "checksums": {n: {f.path: f.sha256 for f in sources.source(n).files} for n in sorted(used)},
        "versions": {"python": platform.python_version()} | {name: version(name) for name in MADE_WITH},
    }


def main() -> int:
    """Write the results of the edition named on the command line; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m helpers.publish.results", description=__doc__)
    parser.add_argument("--edition", default="latest")
    edition = editions.read(parser.parse_args().edition)
    try:
        write(edition)
    except OSError as error:
        print(f"results of {edition.name} cannot be written: {error}; {notebooks.ROOM}", file=sys.stderr)
        return 1
    print(f"results: {len(all_figures(edition)):,} figures in build/{edition.name}/figures.csv")
    return 0


if __name__ == "__main__":
    sys.exit(main())
