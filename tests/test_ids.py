"""Ids that last: the register beside the ledger, its own history, and the names of this project's estimates."""

import csv
import io
import re
import subprocess

import pandas as pd
import pytest
from test_claims import CLAIM, REPORT

from helpers import claims, comparison, estimates, figures, ids, series
from helpers.estimate import excess
from helpers.paths import ROOT

REGISTER = claims.LEDGER / "ids.csv"
EDITIONS = ("2024-02-24", "2024-04-21", "2025-02-25", "2025-05-05", "2026-08-22")
ROW = {"id": "a", "kind": "claim", "since": "2026-11-22", "became": "stands", "to": "", "reason": ""}
FELL = ROW | {"id": "b", "became": "renamed to", "to": "a", "reason": "a slip"}


def written(folder, *rows, in_ledger=("a",)):
    pd.DataFrame(list(rows)).to_csv(folder / "ids.csv", index=False)
    said = [CLAIM | {"id": one, "point": str(100 + place)} for place, one in enumerate(in_ledger)]
    pd.DataFrame(said).to_csv(folder / "claims.csv", index=False)
    pd.DataFrame([REPORT]).to_csv(folder / "reports.csv", index=False)
    return folder


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([ROW | {"id": "c"}], r"claims.csv \(a\): is not in ids.csv; append there the row a,claim,DAY,stands,,"),
        ([ROW, ROW | {"id": "c"}], r"row 3 \(c\), column became: stands, but is not in claims.csv"),
        ([ROW, ROW], r"row 2 \(a\), column id: stands twice"),
        ([ROW | {"became": "withdrawn", "reason": "x"}], r"column became: is 'withdrawn', but stands in claims.csv"),
        ([ROW, FELL | {"to": "nobody"}], r"row 3 \(b\), column to: 'nobody' is not an id of this file"),
        ([ROW, FELL | {"to": "c"}, FELL | {"id": "c", "to": "b"}], r"row 3 \(b\), column to: 'c' leads back here"),
        ([ROW, FELL | {"reason": ""}], r"row 3 \(b\), column reason: is empty"),
        ([ROW | {"to": "b"}], "column to: is 'b', and the id stands; leave it empty"),
        ([ROW | {"reason": "why not"}], "column reason: is not empty, and the id stands"),
        ([ROW | {"became": "gone"}], "column became: 'gone' is not known; allowed are stands, renamed to, merged into"),
        ([ROW | {"kind": "guess"}], "column kind: 'guess' is not known; allowed are claim, estimate"),
        ([ROW | {"since": "soon"}], "column since: 'soon' is not a date"),
        ([{"id": "a"}], "ids.csv: the columns are id; allowed are id, kind, since, became, to, reason"),
    ],
)
def test_a_register_that_cannot_be_right_is_refused_with_the_row(tmp_path, rows, says):
    with pytest.raises(claims.LedgerError, match=says):
        claims.ledger(written(tmp_path, *rows))


def test_an_id_that_fell_leads_to_the_one_that_stands(tmp_path):
    withdrawn = ROW | {"id": "d", "became": "withdrawn", "reason": "was no claim"}
    folder = written(tmp_path, ROW, FELL, FELL | {"id": "c", "became": "merged into", "to": "b"}, withdrawn)
    assert len(claims.ledger(folder)) == 1
    register = ids.read(folder / "ids.csv")
    assert [ids.now(register, one) for one in "abcd"] == ["a", "a", "a", "d"]
    with pytest.raises(KeyError):
        ids.now(register, "never")


def committed(file):
    """Every version of `file` in the history that is here, as rows; none where there is no git."""
    path = str(file.relative_to(ROOT))
    asked = subprocess.run(["git", "log", "--format=%H", "--", path], cwd=ROOT, capture_output=True, text=True)
    shown = [["git", "show", f"{commit}:{path}"] for commit in asked.stdout.split()]
    texts = [subprocess.run(one, cwd=ROOT, capture_output=True, text=True, encoding="utf-8").stdout for one in shown]
    return [rows for text in texts if (rows := list(csv.DictReader(io.StringIO(text))))]


def test_no_id_was_ever_taken_away_or_given_another_place():
    """The register only grows, at its end; what fell keeps its fate. Held against every version in git's history."""
    present = ids.read(REGISTER).to_dict("records")
    for before in committed(REGISTER):
        for then, today in zip(before, present, strict=False):
            assert [then[name] for name in ("id", "kind", "since")] == [today[name] for name in ("id", "kind", "since")]
            assert then["became"] in ("stands", today["became"]), today["id"]
        assert len(before) <= len(present)


def test_every_id_that_ever_stood_in_the_ledger_is_in_the_register():
    listed = set(ids.read(REGISTER)["id"])
    assert set(claims.ledger()["id"]) <= listed
    for before in committed(claims.LEDGER / "claims.csv"):
        assert {row["id"] for row in before} <= listed


def test_estimates_have_one_undated_id_in_every_edition_and_versions_by_day():
    """On paper: the registry had three releases, 2024-07-05, 2025-08-29 and 2026-05-09: three versions of one id."""
    release, seen = series.read("embedded"), []
    for day in EDITIONS:
        found = estimates.ours(claims.known_by(day), release, day, "embedded")
        seen.append(found.assign(edition=day))
        assert not found["id"].duplicated().any()
    told = pd.concat(seen)
    register = ids.read(REGISTER).query("kind == 'estimate' and became == 'stands'")
    assert set(told["id"]) <= set(register["id"])
    assert not [one for one in register["id"] if re.search(r"\d", one)]
    registry = told[told["id"] == "russia-killed-probate"]
    assert registry["published"].dt.strftime("%Y-%m-%d").tolist() == ["2024-07-05", "2024-07-05", "2026-05-09"]
    # of excess deaths the newest was: the first year, then both, each with the deaths of HIV in; then without them
    newest = told[told["how"] == estimates.EXCESS].drop_duplicates("id")["id"].str.removeprefix("russia-killed-excess")
    assert newest.tolist() == ["-raw-first-year", "-raw", ""]


@pytest.mark.parametrize("day", EDITIONS)
def test_a_table_of_claims_and_excess_deaths_has_each_id_once(day):
    """Notebook 12 joins what stands beside each figure by its id."""
    assert not pd.concat([claims.known_by(day), excess.figures(day)])["id"].duplicated().any()


def test_a_version_of_an_estimate_stands_once_in_a_table():
    totals = comparison.milestones(claims.known_by("2025-05-05"), "russia").tail(1)
    rows = totals.assign(kind="estimate", id="russia-killed-coverage")
    later = rows.assign(published=rows["published"] + pd.Timedelta(days=1))
    assert len(figures.validate(pd.concat([rows, later], ignore_index=True))) == 2
    with pytest.raises(Exception, match="once for each version"):
        figures.validate(pd.concat([rows, rows], ignore_index=True))
