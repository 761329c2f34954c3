"""The answers to the same questions on some days: on paper, and as the editions gave them."""

import pandas as pd
import pytest
from made_up import CLAIM, release, table

from helpers import answers, claims, series

DAY = pd.Timestamp
EDITIONS = [DAY(day) for day in ("2024-02-24", "2024-04-21", "2025-02-25", "2025-05-05")]
MINISTRY = CLAIM | {"who": "ministry", "who_kind": "own_government", "point": 5.0}
ENEMY = CLAIM | {"who": "president (country)", "who_kind": "adversary_government", "point": 80.0}


def answer(rows, question, day, series_of_the_dead=None):
    told = answers.answers(rows, release() if series_of_the_dead is None else series_of_the_dead, [DAY(day)])
    return told.set_index("question").loc[question]


def test_each_question_is_answered_from_what_was_known_that_day():
    rows = table(
        {"point": 9.0, "until": "2022-03-01"}, {"point": 12.0, "until": "2022-03-20", "published": "2022-04-01"},
        MINISTRY, MINISTRY | {"point": 6.0, "published": "2022-05-01", "until": "2022-03-20"}, ENEMY,
    )  # fmt: skip
    told = answers.answers(rows, release(), [DAY("2022-03-20"), DAY("2022-05-01")]).set_index(["day", "question"])
    points = told["point"].unstack("day")
    assert points.loc[answers.NAMES].tolist() == [9, 12]
    assert points.loc[answers.SAID_BY_RUSSIA].tolist() == [5, 6]
    assert points.loc[answers.SAID_BY_UKRAINE].tolist() == [80, 80]
    assert points.loc["Ukraine's dead by name"].isna().all()


def test_the_range_by_coverage_is_of_the_newest_total_once_the_rule_was_printed():
    rows = table({"point": 90.0, "until": "2022-03-01"})
    assert answer(rows, answers.COVERAGE, "2024-09-20")[["low", "high"]].tolist() == [138, 200]
    assert pd.isna(answer(rows, answers.COVERAGE, "2024-09-19")["until"])


def test_the_registry_is_the_sum_of_the_series_or_what_was_printed_for_a_later_day():
    printed = CLAIM | {"who": "Meduza and Mediazona", "low": 50.0, "point": 60.0, "high": 90.0}
    early, late = printed, printed | {"until": "2023-06-01"}
    # ten weeks of 10 (5 to 20) to 1 May 2022, released on 1 January 2024
    assert answer(table(early), answers.REGISTRY, "2024-01-01")[["low", "point", "high"]].tolist() == [50, 100, 200]
    assert answer(table(late), answers.REGISTRY, "2024-01-01")["point"] == 60
    assert answer(table(early), answers.REGISTRY, "2023-01-01")["point"] == 60


def test_an_estimate_of_the_registry_without_its_bounds_is_passed_over():
    bare = CLAIM | {"who": "Meduza and Mediazona"}
    assert pd.isna(answer(table(bare), answers.REGISTRY, "2023-01-01")["until"])


@pytest.mark.parametrize(
    "other",
    [
        {"quantity": "killed_and_wounded"},
        {"scope": "men 18-55"},
        {"window": "period", "since": DAY("2022-03-01")},
        {"status": "retracted"},
        {"who_kind": "third_party_government"},
    ],
)
def test_a_claim_about_something_else_is_no_answer(other):
    assert pd.isna(answer(table(MINISTRY | other), answers.SAID_BY_RUSSIA, "2023-01-01")["until"])


def test_in_words_there_is_one_column_a_day():
    rows = table({"point": 9.0, "until": "2022-03-01"}, ENEMY)
    words = answers.in_words(answers.answers(rows, release(), [DAY("2022-03-05"), DAY("2022-04-01")]))
    assert words.loc[answers.NAMES].to_dict() == {"2022-03-05": "9 to 1 March 2022", "2022-04-01": "9 to 1 March 2022"}
    assert words.loc[answers.SAID_BY_UKRAINE].tolist() == ["not yet known", "80 to 13 March 2022 (president)"]


def test_a_step_says_whether_the_answer_moved():
    rows = table({"point": 9.0, "until": "2022-03-01"}, {"point": 12.0, "until": "2022-04-01"})
    days = [DAY("2022-02-25"), DAY("2022-03-05"), DAY("2022-03-06"), DAY("2022-04-01")]
    told = answers.answers(rows, release(), days)
    assert answers.step(told, answers.NAMES, days[1], days[3]) == "from 9 to 1 March 2022 to 12 to 1 April 2022"
    assert answers.step(told, answers.NAMES, days[1], days[2]) == "9 to 1 March 2022 on both days"
    assert answers.step(told, answers.NAMES, days[0], days[3]) == "12 to 1 April 2022 for the first time"
    assert answers.step(told, answers.COVERAGE, days[0], days[3]) == "not yet known"


def test_the_answers_of_the_editions():
    told = answers.answers(claims.ledger(), series.read(), EDITIONS).set_index(["question", "day"])
    # the named list as the reports of those days print it
    assert told.loc[answers.NAMES, "point"].tolist() == [45123, 50471, 95300, 106745]
    # 95,300 over 0.65 and 0.45, 106,745 over the same (BBC, 5 May 2025: 164,223-237,211)
    assert told.loc[answers.COVERAGE, "low"].tolist()[2:] == [146615, 164223]
    assert told.loc[answers.COVERAGE, "high"].tolist()[2:] == [211778, 237211]
    assert told.loc[answers.COVERAGE, "low"].isna().tolist() == [True, True, False, False]
    # Meduza and Mediazona: 75,000 (66,000-88,000) on 24 February 2024, 165,000 (160,000-165,000) a year later
    registry = told.loc[answers.REGISTRY, ["low", "point", "high"]]
    assert registry.iloc[0].tolist() == [66000, 75000, 88000]
    assert registry.iloc[2].tolist() == [160000, 165000, 165000]
    # the ministry has said nothing since September 2022; Zelensky's 31,000 is of the day after the first edition
    assert set(told.loc[answers.SAID_BY_RUSSIA, "point"]) == {5937}
    assert told.loc["Ukraine's dead as Ukraine says", "point"].tolist()[1] == 31000


def test_no_answer_knows_of_a_later_day():
    told = answers.answers(claims.ledger(), series.read(), EDITIONS)
    known = told[told["until"].notna()]
    assert (known["published"] <= known["day"]).all()
    assert (known["until"] <= known["published"]).all()
