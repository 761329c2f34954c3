"""`make validate`: every estimator on all its invented wars, and the summary of it that is part of the repository."""

from __future__ import annotations

import argparse
import os
import sys
import time
from typing import TYPE_CHECKING

from helpers.paths import ROOT
from helpers.validation import settings, summary, sweep

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

UNREACHABLE = "no dask scheduler answers there; start `dask scheduler`, and `dask worker ADDRESS` on each machine"


def keep(outcomes: pd.DataFrame) -> list[Path]:
    """Write the summary, the settings and the first runs into data/figures, each whole or not at all; their paths."""
    tables = {
        summary.COMMITTED: summary.summary(outcomes),
        summary.COMMITTED_SETTINGS: summary.defined(),
        summary.COMMITTED_RUNS: summary.first_runs(outcomes),
    }
    for path, table in tables.items():
        part = path.with_suffix(".part")
        table.to_csv(part, index=False, lineterminator="\n", encoding="utf-8")
        part.replace(path)
    return list(tables)


def lines(table: pd.DataFrame) -> list[str]:
    """What to print of a summary: a line for each row in which the wars keep to what the method assumes."""
    kept = table[table["keeps"] == "yes"]
    told = [
        f"  {row.family}, {row.setting}, {row.method}: {row.coverage:.1%} (± {row.coverage_error:.1%}) of "
        f"{row.nominal:.1%}, {row.reading}"
        for row in kept.itertuples()
    ]
    return ["Where what they assume is so, the intervals held the truth in", *told]


def main(arguments: list[str] | None = None) -> int:
    """Run the sweep and print its summary; the exit code: 1, after one clear line, where it cannot go on."""
    parser = argparse.ArgumentParser(prog="python -m helpers.publish.validate", description=main.__doc__)
    parser.add_argument("settings", nargs="*", help="families or settings (`family: name`); default: all")
    parser.add_argument("--runs", type=int, help="at most so many runs of each setting; writes nothing into data/")
    parser.add_argument("--jobs", type=int, default=2, help="processes on this machine")
    parser.add_argument("--cluster", default="", help="address of a dask scheduler, such as tcp://10.0.0.1:8786")
    asked = parser.parse_args(arguments)
    began = time.monotonic()
    try:
        outcomes = sweep.sweep(
            settings.find(*asked.settings), runs=asked.runs, jobs=asked.jobs, cluster=asked.cluster,
            say=lambda line: print(line, flush=True),
        )  # fmt: skip
    except ImportError:
        print("validate: the cluster extra is missing: pip install --editable '.[cluster]'", file=sys.stderr)
        return 1
    except (OSError, ValueError, RuntimeError) as problem:
        cannot = f"{asked.cluster}: {UNREACHABLE}" if asked.cluster and isinstance(problem, OSError) else problem
        print(f"validate: {cannot}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("validate: interrupted; what was computed is kept, and the next run goes on from there", file=sys.stderr)
        return 1
    print("\n".join(lines(summary.summary(outcomes))))
    print(f"{len(outcomes):,} outcomes in {(time.monotonic() - began) / 60:.1f} min")
    if not (asked.settings or asked.runs):
        print("Written: " + ", ".join(os.path.relpath(path, ROOT) for path in keep(outcomes)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
