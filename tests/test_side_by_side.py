"""The numbers this project began with: on paper, and in every edition in table, picture and the closing lines."""

import json

import pandas as pd
import pytest
from made_up import BOTH, CLAIM, release, table

from helpers import claims, series, side_by_side
from helpers.csv_files import write
from helpers.publish import summary

LATER = "2025-01-01"  # a day on which the made-up series of 2024 is known
NAMES = {"point": 9.0, "until": "2022-03-01"}
OTHER = CLAIM | {"who": "another", "point": 70.0}
# the claims in the order of the table, and the edition from which each is known
ASKED = [
    ("Russia: killed", "5,937", "2022-09-21", "2024-02-24"), ("Russia: killed", "180,000", "2024-02-25", "2024-04-21"),
    ("Russia: killed", "165,000 (160,000–165,000)", "2024-12-31", "2025-02-25"),
    ("Ukraine: killed", "31,000", "2024-02-25", "2024-04-21"),
    ("Ukraine: killed", "70,000", "2024-12-04", "2025-02-25"),
    ("Ukraine: killed", "over 46,000", "2025-02-16", "2025-02-25"),
    ("Russia: killed and wounded", "700,000", "2024-12-07", "2025-02-25"),
    ("Ukraine: wounded", "380,000", "2025-02-16", "2025-02-25"),
    ("Ukraine: missing", "35,000", "2024-12-04", "2025-02-25"),
]  # fmt: skip
EDITIONS = ("2024-02-24", "2024-04-21", "2025-02-25", "2025-05-05", "2026-08-22")


def words_of(rows, ids=("f1",), day=LATER):
    return side_by_side.in_words(side_by_side.beside(rows, list(ids), release(), day), rows)


def test_a_claim_stands_beside_names_then_and_to_date_and_the_registry_of_its_day():
    """Three weeks had passed: 3 x 4 names known later, 3 x 10 (5 to 20) by the registry; 9 names were known then."""
    only = words_of(table(NAMES, CLAIM, OTHER)).iloc[0]
    assert only[["counted", "claim", "as of"]].tolist() == ["Russia: killed", "60", "2022-03-13"]
    assert only[["names then", "names to date"]].tolist() == ["9 (2022-03-01)", "12"]
    assert only["estimate"] == "30 (15–60) killed, registry (men 18-59)"
    assert only[["others", "status"]].tolist() == ["another 70 (13 March 2022)", ""]


def test_without_a_series_names_to_date_are_the_newest_list_of_a_day_before_however_late_it_came():
    late = {"side": "ukraine", "scope": "soldiers", "who": "UALosses", "point": 42.0, "until": "2022-03-05"}
    said = CLAIM | {"side": "ukraine", "scope": "soldiers"}
    rows = table(late | {"published": "2022-04-01"}, said, late | {"until": "2022-04-20", "point": 50.0})
    assert words_of(rows).iloc[0][["names then", "names to date"]].tolist() == ["", "at least 42 (list of 2022-03-05)"]
    assert words_of(rows, day="2022-03-31").iloc[0]["names to date"] == ""


def test_while_no_registry_was_known_the_range_by_stated_coverage_stands_there():
    """9 names at 65% and at 45% of the dead; the rule was public from September 2024, the made-up series in 2025."""
    rows = table(NAMES, CLAIM)
    later = release(published=pd.Timestamp(LATER))
    compared = side_by_side.beside(rows, ["f1"], later, "2024-12-31")
    assert side_by_side.in_words(compared, rows)["estimate"].tolist() == ["14–20 killed, stated coverage"]


def test_killed_and_wounded_has_a_group_of_its_own_and_implies_wounded_per_killed():
    told = words_of(table(NAMES, CLAIM, BOTH), ("f1", "f2"))
    assert told["counted"].tolist() == ["Russia: killed", "Russia: killed and wounded"]
    # 150 killed and wounded beside 30 (15 to 60) killed
    assert told["wounded per killed"].tolist() == ["", "4.0 (1.5–9.0)"]


@pytest.mark.parametrize(
    "other",
    [
        {"who": "somebody"}, {"until": "2022-04-14"}, {"copies": "f1"}, {"status": "superseded"}, {"status": "hoax"},
        {"quantity": "killed_and_wounded"}, {"side": "ukraine", "scope": "soldiers"}, {"window": "period"},
    ],
    ids=lambda other: next(iter(other)),
)  # fmt: skip
def test_beside_a_claim_stand_only_others_of_the_same_within_a_month_who_speak_for_themselves(other):
    rows = table(NAMES, CLAIM, OTHER | other)
    assert words_of(rows)["others"].tolist() == [""]


def test_others_are_the_nearest_three_and_a_part_of_the_same_people_is_named():
    days = ("2022-03-10", "2022-03-12", "2022-03-14", "2022-03-20")
    rows = table(NAMES, CLAIM, *(OTHER | {"who": day, "until": day, "scope": "men 18-59"} for day in days))
    told = words_of(rows).iloc[0]["others"].split("; ")
    assert [one.split(",")[0] for one in told] == ["2022-03-12", "2022-03-14", "2022-03-10"]
    assert told[0] == "2022-03-12, men 18-59, 70 (12 March 2022)"


def test_a_claim_that_fell_stays_with_its_status():
    fell = CLAIM | {"status": "superseded", "status_from": pd.Timestamp("2022-05-01")}
    assert words_of(table(NAMES, fell))["status"].tolist() == ["superseded 2022-05-01"]


def test_the_reading_names_the_claims_below_the_names():
    rows = table(NAMES, CLAIM | {"point": 11.0}, CLAIM | {"who": "another"}, CLAIM | {"point": None, "low": 2.0})
    told = side_by_side.reading(side_by_side.beside(rows, ["f1", "f2", "f3"], release(), LATER))
    # 12 names to date; more than 2 has no upper end
    assert "**1 of 3 claims of the killed" in told
    assert "somebody, 11 to 13 March 2022, 12 names or more." in told


@pytest.fixture(scope="module", params=EDITIONS)
def edition(request):
    known = claims.known_by(request.param)
    first = side_by_side.first_numbers(known, series.read("embedded"), request.param)
    return request.param, known, first, side_by_side.in_words(first, known)


def known_in(day):
    return [(group, says, until) for group, says, until, since in ASKED if since <= day]


def test_every_number_known_on_the_day_of_an_edition_is_in_its_table(edition):
    day, _, _, words = edition
    assert list(zip(words["counted"], words["claim"], words["as of"], strict=True)) == known_in(day)
    beside_it = words[["names then", "names to date"]].ne("").any(axis=1)
    assert beside_it.all()


def test_it_is_in_the_words_of_the_picture_and_no_axis_is_shared_by_two_quantities(edition):
    day, known, first, words = edition
    from helpers.plots.side_by_side import by_panel

    told = side_by_side.picture(words)
    for group, says, until in known_in(day):
        assert f"{group}: " in told
        assert f"{says} as of {until}" in told
    panels = by_panel(first, known, title="t").axes
    assert [panel.get_title(loc="left") for panel in panels] == list(dict.fromkeys(words["counted"]))
    drawn = [text.get_text() for panel in panels for text in panel.texts if text.get_text()]
    assert drawn == [says.split(" (")[0] for says in words["claim"]]


def test_it_is_in_the_closing_lines_of_a_report(edition, tmp_path, monkeypatch):
    day, _, first, words = edition
    monkeypatch.setattr(summary, "ROOT", tmp_path)
    write(words.reset_index(), tmp_path / "tables" / summary.FIRST)
    write(side_by_side.summary(first, first), tmp_path / "tables" / summary.COMPARISON)
    (tmp_path / "run.json").write_text(json.dumps({"known_on": day, "sources": {}}))
    lines = summary.lines(tmp_path)
    for _, says, until in known_in(day):
        assert [line for line in lines if f" {says}" in line and until in line]
    assert max(map(len, lines)) <= 120


def test_before_any_of_them_was_known_nothing_is_shown(tmp_path):
    known = claims.known_by("2022-06-01")
    first = side_by_side.first_numbers(known, series.read("embedded"), "2022-06-01")
    words = side_by_side.in_words(first, known)
    assert words.empty
    assert side_by_side.picture(words) == "None of these numbers was known."
    assert side_by_side.reading(first).startswith("*None of the numbers")
