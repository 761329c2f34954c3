"""Check the ledger, and say what its new rows resemble: for whoever adds a claim."""

from __future__ import annotations

import argparse
import csv
import io
import subprocess
import sys
from typing import TYPE_CHECKING

from helpers import claims, ledger_review, resemblance, texts
from helpers.paths import ROOT

if TYPE_CHECKING:
    import pandas as pd

FILE = "data/claims/claims.csv"


def ids_before(revision: str = "HEAD") -> set[str] | None:
    """The ids of the ledger as committed at `revision`; None where git or that file cannot tell."""
    try:
        done = subprocess.run(
            ["git", "show", f"{revision}:{FILE}"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
        )
    except OSError:
        return None
    return {row["id"] for row in csv.DictReader(io.StringIO(done.stdout))} if done.returncode == 0 else None


def report(table: pd.DataFrame, new: list[str]) -> str:
    """What each claim of `new` says and what it resembles, for a terminal."""
    return "\n\n".join(_told(table, one) for one in new) or "no new row: every id stands in the last commit"


def _told(table: pd.DataFrame, one: str) -> str:
    line = list(table["id"]).index(one) + 2  # as an editor counts, the headings being line 1
    like = resemblance.resembling(table, one)
    rows = [
        f"  {other.until:%Y-%m-%d}  {other.value:>11,.10g}  {texts.in_terminal(other.id)}\n    {other.why}"
        for other in like.itertuples()
    ]
    return f"{FILE}, row {line} ({one}): " + (
        "resembles\n" + "\n".join(rows[:8]) if rows else "resembles no other claim"
    )


def main() -> int:
    """Check the ledger and print what its new rows resemble; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m helpers.publish.check_claims", description=__doc__)
    parser.add_argument("ids", nargs="*", help="claims to hold against all others; default: those not yet committed")
    asked = parser.parse_args()
    try:
        table = claims.ledger()
        claims.inputs()
    except claims.LedgerError as problem:
        print(problem, file=sys.stderr)
        return 1
    known = set(table["id"])
    if unknown := [one for one in asked.ids if one not in known]:
        print(f"{FILE} has no row '{texts.in_terminal(unknown[0], 80)}'; give an id of that file", file=sys.stderr)
        return 1
    before = ids_before() or known
    new = asked.ids or [one for one in table["id"] if one not in before]
    print(f"{len(table):,} claims are well formed; {len(new)} to look at\n\n{report(table, new)}")
    found, more = ledger_review.corrections(), len(ledger_review.missing())
    print(
        f"\nthe review of November 2026 (data/claims/review): {found['open'].sum()} of {len(found)} corrections and "
        f"{more} further claims are not yet in the ledger"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
