"""The review of the ledger: it tells of cells as they stand, and what was taken in is told apart from what is open."""

import csv
import shutil

import pytest

from helpers import claims, figures, ledger_review


@pytest.fixture(scope="module")
def found():
    return ledger_review.corrections()


def test_every_correction_is_of_a_cell_that_stands_as_it_says_or_was_taken_in(found):
    assert found["now"].notna().all()
    assert found.loc[found["open"], "now"].eq(found.loc[found["open"], "old"]).all()


def test_a_correction_that_was_taken_in_is_no_longer_open(tmp_path, found):
    folder = shutil.copytree(claims.LEDGER, tmp_path / "claims")
    one = found[found["open"] & found["table"].eq("claims")].iloc[0]
    with (folder / "claims.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    next(row for row in rows if row["id"] == one["id"])[one["column"]] = one["new"]
    with (folder / "claims.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    assert ledger_review.corrections(folder)["open"].sum() == found["open"].sum() - 1


def test_the_claims_that_are_missing_have_known_codes_and_places():
    more, places = ledger_review.missing(), ledger_review._read(claims.LEDGER / "review" / "reports.csv")
    known = set(places["id"]) | set(claims.reports().index)
    assert {report for named in more["reports"] for report in named.split()} <= known
    assert set(more["quantity"]) <= set(figures.codebook("quantities").index)
    assert set(more["scope"]) <= set(figures.codebook("scopes").index)


def test_nothing_is_marked_read_twice_on_one_day_and_every_id_is_of_the_ledger():
    checked = ledger_review._read(claims.LEDGER / "review" / "checked.csv")
    assert not checked.duplicated(["id", "day"]).any()
    assert set(checked["id"]) <= set(claims.ledger()["id"]) | set(ledger_review.missing()["id"])
    assert set(checked["verdict"]) == {"confirmed", "corrected", "not found"}
