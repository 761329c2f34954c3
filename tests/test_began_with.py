"""The reports that this project began with: every sentence in order, every claim in the ledger, no number typed."""

import re

import pandas as pd
import pytest
from test_claims import CLAIM, REPORT

from helpers import audit, began_with, claims

HEADINGS = ",".join(began_with.COLUMNS)
READ = REPORT | {"date": "2025-02-25"}
ROW = {"report": "paper", "sentence": "1", "says": "It says how many died.", "claims": "a", "compared": "a", "note": ""}


@pytest.fixture(scope="module")
def said():
    return began_with.sentences()


@pytest.mark.parametrize("report", [seed for seed, _, _ in audit.SEEDS])
def test_each_report_makes_the_claims_that_were_read_in_it(said, report):
    """The input `seeds` was read report by report, long before the sentences were told in our words."""
    read = next(range(first, last + 1) for seed, first, last in audit.SEEDS if seed == report)
    rows = claims.inputs().query("input == 'seeds'")
    rows = rows[rows["row"].isin(read)]
    made = began_with.made(said)
    told = set(made.loc[made["report"] == report, "claim"])
    assert set(" ".join(rows["claims"]).split()) <= told
    read_in = claims.ledger().set_index("id")["reports"].str.split()
    assert [claim for claim in told if report not in read_in[claim]] == []


def test_no_number_is_typed_but_the_years_of_the_war(said):
    numbers = {number for text in said["says"] for number in re.findall(r"\d[\d,.]*", text)}
    assert {number.strip(".,") for number in numbers} <= {"2022", "2023", "2024", "2025"}


@pytest.mark.parametrize(
    ("day", "reports"), [("2024-02-23", 0), ("2024-02-24", 1), ("2025-02-25", 3), ("2025-05-05", 5)]
)
def test_a_day_knows_the_reports_that_were_published(day, reports):
    known = began_with.sentences(day)
    assert known["report"].nunique() == reports
    assert known.groupby("report")["sentence"].apply(lambda n: list(n) == list(range(1, len(n) + 1))).all()


def test_the_comparison_shows_the_numbers_that_were_asked_for():
    rows = claims.ledger().set_index("id").loc[began_with.compared()]
    asked = [
        ("Russian Ministry of Defence", "killed", 5937, "2022-09-21"),
        ("Volodymyr Zelensky", "killed", 180000, "2024-02-25"),
        ("Volodymyr Zelensky", "killed", 31000, "2024-02-25"), ("Volodymyr Zelensky", "killed", 46000, "2025-02-16"),
        ("Volodymyr Zelensky", "wounded", 380000, "2025-02-16"), ("Yuri Butusov", "killed", 70000, "2024-12-04"),
        ("Lloyd Austin (US Secretary of Defense)", "killed_and_wounded", 700000, "2024-12-07"),
        ("Meduza and Mediazona", "killed", 165000, "2024-12-31"), ("Yuri Butusov", "missing", 35000, "2024-12-04"),
    ]  # fmt: skip
    value, until = rows["point"].fillna(rows["low"]).astype(int), rows["until"].dt.strftime("%Y-%m-%d")
    assert sorted(zip(rows["who"], rows["quantity"], value, until, strict=True)) == sorted(asked)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"report": "nobody"}, "row 2, column report: 'nobody' is not a report of reports.csv with a date"),
        ({"sentence": "2"}, "row 2, column sentence: is '2', and 1 comes next in this report"),
        ({"says": ""}, "row 2, column says: is empty; say in your own words"),
        ({"claims": "b", "compared": ""}, "row 2, column claims: 'b' is not an id of claims.csv"),
        ({"compared": "c"}, "row 2, column compared: 'c' is not among the claims of this sentence"),
        ({"note": "no number"}, "row 2, column note: says why a sentence makes no claim"),
        ({"claims": "", "compared": ""}, "row 2, column note: says why a sentence makes no claim"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused(tmp_path, row, says):
    pd.DataFrame([CLAIM]).to_csv(tmp_path / "claims.csv", index=False)
    pd.DataFrame([READ]).to_csv(tmp_path / "reports.csv", index=False)
    pd.DataFrame([ROW | row]).to_csv(tmp_path / began_with.FILE, index=False)
    with pytest.raises(claims.LedgerError, match=f"began_with.csv, {re.escape(says)}"):
        began_with.sentences(folder=tmp_path)
