"""The ledger: what loading refuses, from which day a claim is known, and what stands in the committed one."""

import pandas as pd
import pytest

from helpers import audit, claims, comparison, figures, general_staff

CLAIM = {
    "id": "a", "side": "russia", "quantity": "killed", "scope": "russian forces", "window": "cumulative",
    "since": "2022-02-24", "until": "2022-09-21", "low": "", "point": "5937", "high": "",
    "who": "Russian Ministry of Defence", "who_kind": "own_government", "method": "", "published": "2022-09-21",
    "status": "standing", "status_from": "", "copies": "", "reports": "paper", "note": "",
}  # fmt: skip
REPORT = {
    "id": "paper", "publisher": "A paper", "title": "", "date": "", "address": "", "kind": "secondary", "note": ""
}  # fmt: skip


@pytest.fixture
def written(tmp_path):
    def write(*rows, reports=(REPORT,)):
        pd.DataFrame([CLAIM | row for row in rows]).to_csv(tmp_path / "claims.csv", index=False)
        pd.DataFrame(list(reports)).to_csv(tmp_path / "reports.csv", index=False)
        return tmp_path

    return write


def test_a_claim_becomes_a_figure(written):
    only = claims.ledger(written({})).iloc[0]
    assert (only["kind"], only["point"], only["until"]) == ("claim", 5937, pd.Timestamp("2022-09-21"))
    assert pd.isna(only["low"])
    assert pd.isna(only["high"])


def test_a_month_only_claim_is_known_from_the_last_day_of_the_month(written):
    only = claims.ledger(written({"published": "2024-05", "until": "2024-05"})).iloc[0]
    assert only["published"] == only["until"] == pd.Timestamp("2024-05-31")
    assert only["until_precision"] == only["published_precision"] == "month"


def test_a_report_with_a_day_makes_a_month_only_claim_known_earlier(written):
    folder = written({"published": "2025-05", "until": "2025-05"}, reports=[REPORT | {"date": "2025-05-05"}])
    only = claims.ledger(folder).iloc[0]
    assert only["published"] == pd.Timestamp("2025-05-05")
    assert only["until"] == pd.Timestamp("2025-05-05"), "a month that is not over counts as far as it had gone"


def test_a_later_report_does_not_make_a_claim_known_later(written):
    folder = written({}, reports=[REPORT | {"date": "2025-02-25"}])
    assert claims.ledger(folder)["published"][0] == pd.Timestamp("2022-09-21")


def test_a_day_knows_neither_later_places_nor_our_notes(written):
    places = [REPORT, REPORT | {"id": "late", "date": "2025-02-25"}]
    rows = [{"reports": "paper late", "note": "written later"}, {"id": "b", "published": "2024-01-01", "point": "1"}]
    folder = written(*rows, {"id": "c", "quantity": "statement", "point": "", "note": "no comment"}, reports=places)
    then = claims.known_by("2023-01-01", folder).set_index("id")
    assert then["reports"].tolist() == ["paper", "paper"]
    assert then["note"].to_dict() == {"a": "", "c": "no comment"}
    now = claims.known_by("2025-02-25", folder).set_index("id")
    assert (now.loc["a", "reports"], now.loc["a", "note"]) == ("paper late", "written later")


REFUSED = [
    ({"low": "6000"}, "column low: 6000 is above point, 5937; allowed: low <= point <= high"),
    ({"point": "", "low": "9", "high": "8"}, "column low: 9 is above high, 8"),
    ({"high": "10"}, "column point: 5937 is above high, 10"),
    ({"point": "5,937"}, "column point: '5,937' is not a number"),
    ({"point": "nan"}, "column point: 'nan' is not a number"),
    ({"point": "-5"}, "column point: -5 is below zero"),
    ({"until": "2022-09-22"}, "column until: 2022-09-22 is after its publication, 2022-09-21"),
    ({"since": "2023-01-01"}, "column since: 2023-01-01 is after until, 2022-09-21"),
    ({"until": "21.09.2022"}, "column until: '21.09.2022' is not a date"),
    ({"quantity": "dead"}, "column quantity: 'dead' is not known; allowed are"),
    ({"side": "nato"}, "column side: 'nato' is not known; allowed are both, russia, ukraine"),
    ({"scope": "everyone"}, "column scope: 'everyone' is not known; allowed are"),
    ({"scope": "soldiers"}, "column scope: 'soldiers' is a scope of ukraine, not of russia"),
    ({"status": "doubted"}, "column status: 'doubted' is not known; allowed are doctored, hoax"),
    ({"reports": ""}, "column reports: is empty; every claim names a row of reports.csv"),
    ({"reports": "paper radio"}, "column reports: 'radio' is not in reports.csv"),
    ({"copies": "z"}, "column copies: 'z' is not an id of claims.csv"),
    ({"point": ""}, "column point: a number is missing; only a statement has none"),
    ({"quantity": "statement"}, "column point: a statement has no number"),
]


@pytest.mark.parametrize(("row", "message"), REFUSED, ids=[message[7:40] for _, message in REFUSED])
def test_loading_names_file_row_and_column(written, row, message):
    with pytest.raises(claims.LedgerError) as refusal:
        claims.ledger(written(row))
    assert f"claims.csv, row 2 (a), {message}" in str(refusal.value)


@pytest.mark.parametrize("kind", ["primary", "reprint", "secondary", "not_read"])
def test_a_report_says_how_it_was_read(written, kind):
    assert claims.reports(written({}, reports=[REPORT | {"kind": kind}]))["kind"]["paper"] == kind


def test_another_kind_of_report_is_refused(written):
    with pytest.raises(claims.LedgerError, match=r"row 2 \(paper\), column kind: 'heard' is not allowed"):
        claims.reports(written({}, reports=[REPORT | {"kind": "heard"}]))


def test_two_rows_that_are_one_claim_are_refused(written):
    with pytest.raises(claims.LedgerError, match=r"row 3 \(b\), column id: is the same claim as a; keep one"):
        claims.ledger(written({}, {"id": "b", "note": "read elsewhere"}))


def test_two_rows_with_one_id_are_refused(written):
    with pytest.raises(claims.LedgerError, match=r"row 3 \(a\), column id: stands twice"):
        claims.ledger(written({}, {"point": "6000"}))


def test_two_different_statements_are_two_claims(written):
    spoken = {"quantity": "statement", "point": ""}
    folder = written({"note": "no comment", **spoken}, {"id": "b", "note": "twice as high", **spoken})
    assert len(claims.ledger(folder)) == 2


def test_a_report_older_than_the_claim_that_it_carries_is_refused(written):
    with pytest.raises(claims.LedgerError, match="column published: 2022-09-21 is after its report paper, 2022-09-20"):
        claims.ledger(written({}, reports=[REPORT | {"date": "2022-09-20"}]))


def test_a_circle_of_copies_is_refused(written):
    with pytest.raises(claims.LedgerError, match="copy each other in a circle"):
        claims.ledger(written({"copies": "b"}, {"id": "b", "point": "6000", "copies": "a"}))


def test_a_claim_known_before_what_it_copies_is_refused(written):
    rows = {"copies": "b"}, {"id": "b", "point": "6000", "published": "2023-01-01"}
    with pytest.raises(claims.LedgerError, match="known from 2022-09-21, before what it copies, b, known from 2023"):
        claims.ledger(written(*rows))


def test_the_newest_total_of_a_list_never_falls_from_day_to_day():
    for side in ("russia", "ukraine"):
        newest = 0
        for day in pd.date_range("2022-04-01", "2026-08-22", freq="5D"):
            totals = comparison.milestones(claims.known_by(day), side)["point"]
            assert totals.empty or totals.iloc[-1] >= newest, f"{side}, {day:%Y-%m-%d}"
            newest = totals.iloc[-1] if len(totals) else newest


def test_another_set_of_columns_is_refused(tmp_path):
    (tmp_path / "claims.csv").write_text("id,dead\na,1\n")
    with pytest.raises(claims.LedgerError, match=r"claims.csv: the columns are id, dead; allowed are id, side"):
        claims.ledger(tmp_path)


def test_roots_count_voices_and_not_rows(written):
    chain = written({}, {"id": "b", "point": "6000", "copies": "a"}, {"id": "c", "point": "7000", "copies": "b"},
                    {"id": "d", "point": "8000"})  # fmt: skip
    behind = claims.roots(claims.ledger(chain))
    assert list(behind["root"]) == ["a", "d"]
    assert list(behind["claims"]) == [3, 1]


def test_roots_of_some_claims(written):
    chain = written({}, {"id": "b", "point": "6000", "copies": "a"}, {"id": "c", "point": "7000"})
    assert list(claims.roots(claims.ledger(chain), ["b"])["root"]) == ["a"]


def test_find_needs_every_word(written):
    table = claims.ledger(written({"note": "strike on a base"}, {"id": "b", "point": "1", "note": "strike"}))
    assert list(claims.find(table, "Strike base")["id"]) == ["a"]
    assert list(claims.find(table, "strike", side="russia")["id"]) == ["a", "b"]
    with pytest.raises(ValueError, match="no column sides; allowed are id"):
        claims.find(table, sides="russia")


@pytest.fixture(scope="module")
def ledger():
    return claims.ledger()


def one(table, **equal):
    found = claims.find(table, **equal)
    assert len(found) == 1, f"{len(found)} claims for {equal}"
    return found.iloc[0]


def test_the_ministrys_last_figure(ledger):
    last = one(ledger, who="Russian Ministry of Defence", quantity="killed", side="russia", point=5937.0)
    assert last["until"] == last["published"] == pd.Timestamp("2022-09-21")


def test_austins_700_000_counts_the_wounded(ledger):
    said = claims.find(ledger, "austin", until=pd.Timestamp("2024-12-07"))
    assert set(said["quantity"]) == {"killed_and_wounded"}


def test_the_uk_series_of_2022_was_published_in_2025(ledger):
    march = one(ledger, who="UK Ministry of Defence", quantity="killed_and_wounded_per_day", point=386.0)
    assert march["published"] == pd.Timestamp("2025-01-07"), "its picture's number on X encodes that day"


def test_every_input_row_is_accounted_for_once(ledger):
    account = claims.inputs()
    rows = account.groupby("input")["row"].agg(["count", "nunique", "max"])
    assert (rows["count"] == rows["nunique"]).all()
    assert rows["max"].to_dict() == {"seeds": 47, "claims": 307, "economist_claims": 124, "economist_uk_monthly": 47}
    assert (rows["count"] == rows["max"]).all()
    assert set(account["fate"]) == {"loaded", "merged", "set_aside"}
    assert account.loc[account["fate"] == "set_aside", "reason"].str.len().min() > 10
    named = account["claims"].str.split().explode().dropna()
    assert set(named) == set(ledger["id"]), "every claim comes from an input row, every row leads to a claim"


def test_the_first_day_of_the_war_knows_no_claim():
    assert figures.validate(claims.known_by("2022-02-24")).empty


def test_every_report_is_used_and_none_names_an_archive(ledger):
    places = claims.reports()
    misprints = {rule["variant"]["report"] for rule in audit.rules().values() if rule.get("variant", {}).get("report")}
    worded = set(general_staff.wording("2026-08-22")["report"])
    assert set(ledger["reports"].str.split().explode()) | misprints | worded == set(places.index)
    assert not places["address"].str.contains(r"archive\.(?:ph|is|md|today|org)").any()


def test_statements_stay_out_of_arithmetic(ledger):
    assert figures.middle(ledger)[ledger["quantity"] == "statement"].isna().all()
    assert figures.middle(ledger)[ledger["quantity"] != "statement"].notna().all()
