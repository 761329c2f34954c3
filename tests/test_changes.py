"""What changed between two days: on paper with made-up figures, and for facts of the ledger."""

import pandas as pd
import pytest
from made_up import CLAIM, release, table

from helpers import changes, claims, figures

DAY = pd.Timestamp


def between(rows, earlier, later):
    before, after = (figures.known_by(rows, day) for day in (earlier, later))
    return changes.differences(before, after)


def told(changed):
    return changed[["change", "id", "because", "reason"]].to_numpy().tolist()


def test_what_was_published_between_the_days_appeared():
    rows = table({"point": 9.0, "until": "2022-03-01"}, {"point": 12.0, "until": "2022-03-20"})
    # both days count from their end: what was published on the earlier day was known, on the later day is new
    assert told(between(rows, "2022-03-01", "2022-03-20")) == [
        ["appeared", "f1", "continues", "grew from 9 to 2022-03-01"]
    ]
    assert told(between(rows, "2022-03-20", "2023-01-01")) == []


def test_another_value_for_the_same_people_and_days_is_a_change_not_growth():
    new = CLAIM | {"point": 50.0, "published": "2022-05-01", "method": "recount"}
    changed = between(table(CLAIM, new), "2022-04-01", "2022-06-01")
    assert told(changed) == [["changed", "f1", "revises", "was 60; method now: recount"]]
    assert changed["other"].tolist() == ["f0"]


def test_two_values_of_one_report_do_not_revise_each_other():
    rows = table(CLAIM, CLAIM | {"point": 50.0, "scope": "men 18-55"}, CLAIM | {"point": 70.0})
    assert set(between(rows, "2022-03-01", "2022-06-01")["change"]) == {"appeared"}


def test_a_figure_that_was_superseded_names_what_took_its_place():
    fell = {"status": "superseded", "status_from": DAY("2022-05-01")}
    new = CLAIM | {"quantity": "killed_and_wounded", "published": "2022-05-01"}
    rows = table(CLAIM | fell, new)
    assert told(between(rows, "2022-04-01", "2022-06-01"))[0] == [
        "superseded", "f0", "replaced", "then 60 killed and wounded"
    ]  # fmt: skip
    # the day before, it stood
    assert told(between(rows, "2022-04-01", "2022-04-30")) == []


def test_what_appeared_and_fell_is_told_twice():
    fell = {"status": "retracted", "status_from": DAY("2022-03-20"), "note": "removed within days"}
    assert told(between(table(CLAIM | fell), "2022-03-01", "2022-06-01")) == [
        ["appeared", "f0", "first", "the first of its kind by this claimant"],
        ["retracted", "f0", "note", "removed within days"],
    ]


def test_without_a_note_the_status_is_the_reason():
    rows = table(CLAIM | {"status": "hoax"})
    assert told(between(rows, "2022-03-01", "2022-06-01"))[1] == ["hoax", "f0", "note", "invented"]


def test_a_copy_falls_with_what_it_repeats():
    fell = {"status": "superseded", "status_from": DAY("2022-05-01")}
    rows = table(CLAIM | fell | {"note": "recounted"}, CLAIM | fell | {"who": "newspaper", "copies": "f0"})
    assert told(between(rows, "2022-04-01", "2022-06-01")) == [
        ["superseded", "f0", "note", "recounted"],
        ["superseded", "f1", "copied", "repeats 60 (somebody), which was superseded"],
    ]


@pytest.mark.parametrize(
    ("second", "because", "reason"),
    [
        ({"until": "2022-04-10", "point": 70.0}, "continues", "grew from 60 to 2022-03-13"),
        ({"until": "2022-04-10", "point": 50.0}, "continues", "fell from 60 to 2022-03-13"),
        ({"until": "2022-04-10"}, "continues", "the same as 60 to 2022-03-13"),
        ({"until": "2022-03-02", "published": "2022-04-10"}, "goes back", "about an earlier day than 60 to 2022-03-13"),
        (
            {"until": "2022-04-10", "scope": "men 18-55"},
            "redefines",
            "counts men 18-55 for the first time; before russian forces: 60 to 2022-03-13",
        ),
        # officers are no toll of a side: another question, not another definition of it
        ({"until": "2022-04-10", "scope": "officers"}, "first", "the first of its kind by this claimant"),
        ({"until": "2022-04-10", "who": "another"}, "first", "the first of its kind by this claimant"),
        ({"until": "2022-04-10", "who": "another", "copies": "f0"}, "repeats", "repeats 60 (somebody)"),
        (
            {"until": "2022-04-10", "kind": "estimate", "who": "us", "copies": "f0"},
            "rests on",
            "rests on 60 (somebody)",
        ),
        (
            {"until": "2022-04-10", "quantity": "statement", "point": None, "note": "many"},
            "statement",
            "a statement without a number",
        ),
    ],
)
def test_why_a_figure_is_new(second, because, reason):
    changed = between(table(CLAIM, CLAIM | second), "2022-04-01", "2022-06-01")
    assert told(changed) == [["appeared", "f1", because, reason]]


def test_a_copy_of_what_is_not_known_is_a_first():
    rows = table(CLAIM | {"copies": "f9"})
    assert between(rows, "2022-03-01", "2022-06-01")["because"].tolist() == ["first"]


def test_another_value_under_the_same_id_is_told():
    before, after = table(CLAIM), table(CLAIM | {"low": 40.0})
    assert told(changes.differences(before, after)) == [["changed", "f0", "revises", "was 60"]]


def test_nothing_vanishes_in_silence():
    two = table(CLAIM, CLAIM | {"point": 70.0})
    assert told(changes.differences(two, two.iloc[:1])) == [["vanished", "f1", "vanished", "is no longer there"]]


def test_a_status_taken_back_is_told():
    changed = changes.differences(table(CLAIM | {"status": "retracted"}), table(CLAIM))
    assert changed["change"].tolist() == ["reinstated"]


def test_nothing_known_before_nothing_lost():
    nothing = table(CLAIM).iloc[:0]
    assert told(changes.differences(nothing, nothing)) == []
    assert changes.tally(nothing, nothing, changes.differences(nothing, nothing)).empty


def test_the_tally_adds_up_by_side_and_quantity():
    fell = {"status": "retracted", "status_from": DAY("2022-05-01")}
    rows = table(
        CLAIM | fell,
        CLAIM | {"until": "2022-04-10"},
        CLAIM | {"point": 70.0, "published": "2022-05-01"},
        CLAIM | {"until": "2022-04-10", "kind": "estimate", "who": "us"},
        CLAIM | {"side": "ukraine", "scope": "soldiers"},
    )
    before, after = (figures.known_by(rows, day) for day in ("2022-04-01", "2022-06-01"))
    tally = changes.tally(before, after, changes.differences(before, after))
    columns = ["side", "counts", "before", "appeared", "changed", "after", "superseded", "retracted", "exposed"]
    assert tally[columns].to_numpy().tolist() == [
        ["russia", "killed", 1, 1, 1, 3, 0, 1, 0],
        ["russia", "killed, estimated here", 0, 1, 0, 1, 0, 0, 0],
        ["ukraine", "killed", 1, 0, 0, 1, 0, 0, 0],
    ]


def test_what_the_same_claimants_said_on_both_days():
    rows = table(
        CLAIM,
        CLAIM | {"point": 70.0, "until": "2022-04-10"},
        CLAIM | {"who": "silent"},
        CLAIM | {"who": "late", "until": "2022-04-10"},
        CLAIM | {"scope": "officers"},
        CLAIM | {"scope": "officers", "until": "2022-04-10"},
    )
    moved = changes.moved(*(figures.known_by(rows, day) for day in ("2022-04-01", "2022-06-01")))
    assert moved.to_numpy().tolist() == [
        ["somebody", "killed", "russian forces", "60", "2022-03-13", "70", "2022-04-10"]
    ]


def test_the_dead_of_one_year_in_two_releases():
    old = release().assign(published=DAY("2023-01-01"), scope="men 18-55", method="registry")
    new = release().assign(published=DAY("2024-01-01"), scope="men 18-59", method="registry", point=11.0)
    revised = changes.revisions(pd.concat([old, new]), DAY("2023-06-01"), DAY("2024-06-01"))
    probate = revised[revised["series"] == "probate"].iloc[0]
    # ten weeks of ten (5 to 20), then of eleven
    assert probate[["year", "low_then", "point_then", "high_then", "point_now"]].tolist() == [2022, 50, 100, 200, 110]
    assert probate[["made_then", "made_now"]].tolist() == ["men 18-55, registry", "men 18-59, registry"]
    words = changes.revisions_in_words(revised).loc[("probate", 2022)]
    assert words[["then", "now"]].tolist() == ["100 (50–200), to 2022-05-01", "110 (50–200), to 2022-05-01"]


def test_a_series_not_yet_released_is_not_yet_known():
    revised = changes.revisions(release().assign(method="m"), DAY("2023-06-01"), DAY("2024-06-01"))
    assert set(changes.revisions_in_words(revised)["then"]) == {"not yet known"}
    assert changes.revisions(release().assign(method="m"), DAY("2022-06-01"), DAY("2023-06-01")).empty


def test_in_words_every_change_has_its_day_and_reason():
    words = changes.in_words(between(table(CLAIM | {"who": "Giant (office)"}), "2022-03-01", "2022-06-01"))
    assert words.loc["2022-03-13"].tolist() == [
        "appeared", "Giant", "russia: killed", "2022-03-13", "60", "the first of its kind by this claimant"
    ]  # fmt: skip


@pytest.fixture
def editions(tmp_path):
    for name, day in (("a", "2024-02-24"), ("b", "2025-02-25"), ("latest", "2026-08-22")):
        (tmp_path / f"{name}.toml").write_text(f"known_on = {day}\n")
    return tmp_path


@pytest.mark.parametrize(
    ("known_on", "expected"),
    [
        ("2026-08-22", "2025-02-25"),
        ("2025-02-25", "2024-02-24"),
        ("2025-02-26", "2025-02-25"),
        ("2024-02-24", "2022-02-24"),
        ("2022-02-20", "2022-02-20"),
    ],
)
def test_the_earlier_day_is_that_of_the_edition_before_or_of_the_invasion(editions, known_on, expected):
    assert changes.earlier_day(known_on, folder=editions) == DAY(expected)


def test_the_earlier_day_may_be_named(editions):
    assert changes.earlier_day("2026-08-22", "2023-07-10", editions) == DAY("2023-07-10")
    asked = changes.days_to_ask("2025-02-25", DAY("2023-07-10"), editions)
    assert asked == [DAY("2023-07-10"), DAY("2024-02-24"), DAY("2025-02-25")]


@pytest.mark.parametrize("since", ["2025-02-25", "2026-01-01"])
def test_an_earlier_day_that_is_not_earlier_is_refused(editions, since):
    with pytest.raises(ValueError, match=f"since is {since}, known_on 2025-02-25: allowed is a day before known_on"):
        changes.earlier_day("2025-02-25", since, editions)


def test_a_world_holds_claims_their_ranges_by_coverage_and_what_else_is_given():
    rows = table({"point": 90.0, "until": "2022-03-01"}, CLAIM)
    other = table(CLAIM | {"kind": "estimate", "who": "us"}).assign(id="ours")
    assert len(changes.world(rows, "2024-09-19")) == 2, "the rule of coverage was not yet printed"
    known = changes.world(rows, "2024-09-20", other)
    assert known["id"].tolist() == ["f0", "f1", "russia-killed-coverage", "ours"]
    # 90 names at 65 % and at 45 %
    assert known.loc[2, ["low", "high"]].tolist() == pytest.approx([90 / 0.65, 200])


def test_zelenskys_35000_fell_when_he_said_that_it_held_the_badly_wounded():
    """He said 35,000 killed in December 2025 on 22 January 2026, and killed and badly wounded on the 26th."""
    changed = changes.differences(claims.known_by("2026-01-22"), claims.known_by("2026-01-26"))
    fell = changed[changed["change"] == "superseded"]
    assert fell[["who", "point", "reason"]].to_numpy().tolist() == [
        ["Volodymyr Zelensky", 35000.0, "then 35,000 killed and severely wounded"]
    ]
    assert fell["other"].iloc[0] in set(changed.loc[changed["change"] == "appeared", "id"])


def test_the_preprint_fell_with_what_repeated_it_when_the_paper_came():
    """Kobak et al.: 64,000 men to the end of 2023 (preprint, June 2024), 58,500 (Demography, March 2025)."""
    changed = changes.differences(claims.known_by("2025-02-25"), claims.known_by("2025-05-05")).set_index("id")
    paper = changed.loc["russia-killed-2023-12-31-kobak-men-15-49"]
    assert (paper["change"], paper["reason"][:10]) == ("changed", "was 64,000")
    assert changed.loc["russia-killed-2023-12-31-kobak-men-15-49-preprint", "because"] == "replaced"
    assert changed.loc["russia-killed-2023-12-31-meduza-men-15-49", "because"] == "copied"


def test_the_named_list_grew_from_95300_to_106745_between_two_editions():
    before, after = claims.known_by("2025-02-25"), claims.known_by("2025-05-05")
    moved = changes.moved(before, after).set_index(["who", "counts", "of"])
    listed = moved.loc[("Mediazona and BBC Russian Service", "named", "russian forces")]
    assert listed.tolist() == ["95,300", "2025-02-25", "106,745", "2025-05-05"]


def test_every_change_of_the_ledger_since_the_invasion_is_told_once_with_a_reason():
    nothing, everything = claims.known_by("2022-02-24"), claims.known_by("2026-08-22")
    changed = changes.differences(nothing, everything)
    new = changed["change"].isin(changes.NEW)
    assert sorted(changed.loc[new, "id"]) == sorted(everything["id"])
    assert sorted(changed.loc[~new, "id"]) == sorted(everything.loc[everything["status"] != "standing", "id"])
    assert changed["reason"].ne("").all()
    assert set(changed["because"]) <= set(changes.BECAUSE)
    assert set(changed["other"]) - {""} <= set(everything["id"])


def test_two_steps_tell_what_one_step_tells():
    days = ("2024-02-24", "2025-02-25", "2026-08-22")
    first, second, third = (claims.known_by(day) for day in days)
    whole = changes.differences(first, third)
    steps = pd.concat([changes.differences(first, second), changes.differences(second, third)])
    assert sorted(whole["id"] + " " + whole["change"]) == sorted(steps["id"] + " " + steps["change"])


