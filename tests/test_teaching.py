"""Lessons: what a pupil may write in a cell, and the word for it; lesson 01 gone through as a pupil would."""

import datetime
import re

import nbformat
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbclient import NotebookClient

from helpers import claims, comparison, series, teaching
from helpers.paths import NOTEBOOKS
from helpers.publish import editions

LESSON = NOTEBOOKS / "teaching" / "01_killed_is_not_casualties.ipynb"
LATEST = str(editions.read("latest").known_on)


def opened(day):
    ledger = claims.known_by(day)
    return ledger, comparison.beside(ledger, "russia", series.read(), day)


@pytest.fixture(scope="module")
def books():
    return opened(LATEST)


@pytest.fixture(scope="module")
def lesson(books):
    return teaching.lesson("01", *books)


NUMBER = teaching.Question("How many?", "number", 0, 5937.0, "Yes, {answer}.", ((61207, "Those are others."),), "Look.")
RATIO = NUMBER._replace(decimals=1, answer=3.24, usual=())
DAY = teaching.Question("When?", "day", 0, datetime.date(2024, 12, 7), "Yes, {answer}.", (), "Look.")
WORD = teaching.Question(
    "What?", "word", 0, "killed_and_wounded", "Yes, {answer}.", (("killed", "Not alone."),), "Look."
)
SMALL = teaching.Lesson({1: NUMBER, 2: RATIO, 3: DAY, 4: WORD})


@pytest.mark.parametrize(
    "answer",
    [
        5937, 5937.0, np.int64(5937), "5937", " 5,937 ", "5 937", "5.937", "5\u00a0937", "5\u202f937", "5'937", "5_937",
        (5, 937), 5.937, [5937], pd.Series([5937.0]), pd.DataFrame({"point": [5937]}), np.array([5937]),
    ],
    ids=repr,
)  # fmt: skip
def test_a_number_may_be_written_in_many_ways(answer):
    assert SMALL.check(1, answer) == ("Right", "Yes, 5,937.")


def test_zeros_after_a_comma_are_part_of_the_number():
    question = NUMBER._replace(answer=700_000)
    assert teaching.Lesson({1: question}).check(1, (700, 0)).state == "Right", "700,000 typed without quotation marks"
    assert teaching.Lesson({1: question}).check(1, "700,000").state == "Right"
    assert teaching.Lesson({1: question}).check(1, float("700.000")).state == "Right", "700.000 without quotation marks"
    assert teaching.Lesson({1: question}).check(1, "700 000").state == "Right"
    assert teaching.Lesson({1: question}).check(1, "700.00").state == "Not yet"


@pytest.mark.parametrize(("answer", "state"), [(3.2, "Right"), ("3,2", "Right"), ("3.24", "Right"), ("3.3", "Not yet")])
def test_a_ratio_is_compared_at_its_decimals(answer, state):
    assert SMALL.check(2, answer).state == state


@pytest.mark.parametrize(
    "answer",
    [
        "2024-12-07", "2024-12-7", "7 December 2024", "7. Dec 2024", "7th December, 2024", "December 7, 2024",
        "Dec 7 2024", "07.12.2024", "2024-12-07 00:00:00", datetime.date(2024, 12, 7),
        datetime.datetime(2024, 12, 7, 10),
        pd.Timestamp("2024-12-07"), np.datetime64("2024-12-07"), pd.Series(pd.to_datetime(["2024-12-07"])),
    ],
    ids=repr,
)  # fmt: skip
def test_a_day_may_be_written_in_many_ways(answer):
    assert SMALL.check(3, answer) == ("Right", "Yes, 7 December 2024.")


@pytest.mark.parametrize(
    "answer", ["killed_and_wounded", "Killed and wounded", " killed-and-wounded. ", "'killed and wounded'"]
)
def test_a_word_may_be_written_in_many_ways(answer):
    assert SMALL.check(4, answer) == ("Right", "Yes, killed and wounded.")


@pytest.mark.parametrize("answer", [..., None, "", "  "], ids=repr)
def test_a_question_without_answer_is_open(answer):
    told = SMALL.check(1, answer)
    assert told == ("Open", "Put your answer to question 1 in place of `...` and run the cell again.")
    assert told._repr_markdown_() == f"**Open.** {told.says}"


@pytest.mark.parametrize(
    ("question", "answer", "says"),
    [
        (1, "over 5,937", "A number is asked"), (1, "many", "A number is asked"), (1, True, "A number is asked"),
        (1, float("nan"), "A number is asked"), (1, float("inf"), "A number is asked"),
        (1, 10**400, "A number is asked"),
        (1, "5,93,7", "A number is asked"), (1, [5937, 61207], "That is 2 values; one is asked. A number"),
        (1, pd.Series([], dtype=float), "That is 0 values"), (1, len, "A number is asked"),
        (3, 2024 - 12 - 7, "A day is asked, in quotation marks"), (3, "07/12/2024", "In some countries"),
        (3, "7/12/24", "In some countries"), (1, "07/12/2024", "A number is asked"), (1, 5.9371, "Look."),
        (3, pd.NaT, "A day is asked"), (3, "2024-13-07", "A day is asked"),
        (4, 5937, "A word is asked, in quotation marks"), (4, "?", "A word is asked"),
        (1, 61207, "Those are others."), (1, 61208, "Look."), (4, "KILLED", "Not alone."), (4, "wounded", "Look."),
    ],
    ids=repr,
)  # fmt: skip
def test_a_wrong_answer_gets_a_word_that_helps(question, answer, says):
    told = SMALL.check(question, answer)
    assert told.state == "Not yet"
    assert told.says.startswith(says)


ANYTHING = st.one_of(
    st.text(), st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes(), st.binary(), st.complex_numbers(),
    st.tuples(st.integers(), st.integers()), st.lists(st.integers(-5, 1005)), st.sets(st.integers()),
    st.from_regex(r"[\d.,'_ ]{1,20}", fullmatch=True), st.dictionaries(st.text(), st.integers()), st.decimals(),
)  # fmt: skip


@given(ANYTHING)
def test_there_is_a_word_for_whatever_is_written(answer):
    assert {SMALL.check(number, answer).state for number in SMALL.questions} <= {"Right", "Not yet", "Open"}


def test_a_question_that_is_not_there_is_refused():
    with pytest.raises(teaching.LessonError, match="there is no question 9: allowed are 1 to 4"):
        SMALL.check(9, 1)


def test_the_tally_counts_and_names_what_is_left():
    assert SMALL.tally(5937, 9, ...) == ("Open", "1 of 4 are right; not yet: 2; open: 3, 4.")
    assert SMALL.tally("5,937", 3.2, "7 May 2022", "killed") == ("Not yet", "2 of 4 are right; not yet: 3, 4.")
    assert SMALL.tally("5,937", 3.2, "2024-12-07", "killed and wounded") == ("Right", "4 of 4 are right.")


def test_a_mistake_that_meets_another_word_is_found():
    twice = NUMBER._replace(usual=((61207, "Those are others."), (61207.4, "Too many.")))
    right = NUMBER._replace(usual=((5937.2, "Nearly."),))
    assert teaching.Lesson({1: NUMBER}).faults() == []
    assert teaching.Lesson({1: twice}).faults() == [
        "question 1: '61,207' meets another word than its own: 'Those are others.'"
    ]
    assert teaching.Lesson({1: right}).faults() == [
        "question 1: '5,937' meets another word than its own: 'Yes, 5,937.'"
    ]


def test_a_card_shows_a_claim_part_by_part(books):
    card = teaching.card(claims.find(books[0], "shoigu", quantity="killed"))
    assert list(card.columns) == ["claim 1", "claim 2"]
    parts = ["who_kind", "quantity", "scope", "window", "since", "until", "says", "published", "id"]
    assert card.loc[parts, "claim 1"].tolist() == [
        "own_government", "killed", "russian forces", "cumulative", "2022-02-24", "2022-09-21", "5,937", "2022-09-21",
        "russia-killed-2022-09-21-ministry",
    ]  # fmt: skip
    assert teaching.card(claims.find(books[0], "nobody of this name")).empty


# ---- the questions as data


def written(tmp_path, **changed):
    """A file of one question, with `changed` keys; None takes a key away."""
    asked = {"asks": '"How many?"', "form": '"number"', "answer": "{ is = 1 }", "right": '"Yes."', "usual": "[]",
             "hint": '"Look."'} | changed  # fmt: skip
    file = tmp_path / "questions.toml"
    file.write_text("[01-1]\n" + "".join(f"{key} = {value}\n" for key, value in asked.items() if value is not None))
    return file


BAD = {
    "an unknown key": ({"ask": '"?"'}, "question 01-1, key ask: is not known; allowed are asks, form"),
    "a missing key": ({"hint": None}, "question 01-1, key hint: is missing"),
    "a wrong type": ({"usual": '"none"'}, "key usual: 'none' is of the wrong type"),
    "an unknown form": ({"form": '"essay"'}, "key form: 'essay' is not known; allowed are number, day, word"),
    "a mistake without a word": ({"usual": "[{ answer = { is = 2 } }]"}, "key usual: has the keys answer; allowed are"),
    "an unknown reference": ({"answer": "{ of = 1 }"}, "01-1: an answer has the keys of; allowed are is; count"),
    "an unknown field": (
        {"answer": '{ claim = "russia-killed-2022-09-21-ministry", field = "vlue" }'}, "'vlue' is no field; allowed",
    ),
    "a field that is empty": (
        {"answer": '{ claim = "russia-killed-2022-09-21-ministry", field = "low" }'}, "has no low",
    ),
    "an unknown claim": ({"answer": '{ root = "nothing", field = "point" }'}, "claim 'nothing' is not among"),
    "a count of an unknown column": ({"answer": '{ count = { sid = "russia" } }'}, "no column sid"),
    "no TOML": ({"asks": "How many?"}, "questions.toml: is not TOML"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_question_that_cannot_be_asked_is_refused(name, books, tmp_path):
    changed, message = BAD[name]
    with pytest.raises(teaching.LessonError, match=re.escape(message)):
        teaching.lesson("01", *books, written(tmp_path, **changed))


def test_a_question_is_read_with_its_reference(books, tmp_path):
    file = written(tmp_path, answer='{ root = "russia-killed-2025-05-05-bbc", field = "point" }')
    assert teaching.lesson("01", *books, file).check(1, 106_745) == ("Right", "Yes.")


def test_numbers_and_names_of_questions_are_checked(books, tmp_path):
    file = written(tmp_path)
    with pytest.raises(teaching.LessonError, match="there is no lesson '02'; allowed are 01"):
        teaching.lesson("02", *books, file)
    text = file.read_text()
    file.write_text(text.replace("01-1", "01-2"))
    with pytest.raises(teaching.LessonError, match=r"lesson 01: the questions are numbered \[2\]; allowed is 1, 2, 3"):
        teaching.lesson("01", *books, file)
    file.write_text(text.replace("01-1", "first"))
    with pytest.raises(teaching.LessonError, match="question first, its name is not of the form 01-1"):
        teaching.lesson("01", *books, file)


def test_on_an_early_day_a_lesson_says_which_claim_was_not_known():
    with pytest.raises(
        teaching.LessonError, match="question 01-2: claim 'russia-killed-and-wounded-2024-12-07-austin' is"
    ):
        teaching.lesson("01", *opened("2024-02-24"))


# ---- lesson 01


def test_the_answers_of_lesson_01(lesson, books):
    ledger = books[0]
    assert [teaching.in_words(question) for question in lesson.questions.values()] == [
        f"{(ledger['side'] == 'russia').sum()}", "killed and wounded", "third party government", "7 December 2024",
        "cumulative", "russian forces", "5,701", "9,767", "24 February 2022", "106,745",
    ]  # fmt: skip


QUESTIONS = range(1, 11)


@pytest.mark.parametrize("number", QUESTIONS)
def test_every_mistake_of_lesson_01_meets_its_own_word(number, lesson):
    question = lesson.questions[number]
    words = [lesson.check(number, teaching.in_words(question, value)) for value, _ in question.usual]
    assert [told.says for told in words] == [says for _, says in question.usual]
    assert {told.state for told in words} == {"Not yet"}
    assert len({told.says for told in words}) == len(words) >= 2
    assert lesson.check(number, teaching.in_words(question)).state == "Right"
    unexpected = {"number": 123_456_789, "day": "1999-01-01", "word": "something else"}[question.form]
    assert lesson.check(number, unexpected) == ("Not yet", question.hint)


@pytest.mark.parametrize("number", QUESTIONS)
def test_no_word_tells_the_answer(number, lesson):
    question = lesson.questions[number]
    told = " ".join([question.asks, question.hint, *(says for _, says in question.usual)])
    assert not re.search(rf"\b{re.escape(teaching.in_words(question))}\b", told.replace("_", " "))


def cells(kind):
    return [c["source"] for c in nbformat.read(LESSON, as_version=4)["cells"] if c["cell_type"] == kind]


def test_the_notebook_asks_what_the_data_asks(lesson):
    prose = "\n".join(cells("markdown"))
    assert re.findall(r"\*\*Question (\d+)\. (.*?)\*\*", prose, re.DOTALL) == [
        (str(number), question.asks) for number, question in lesson.questions.items()
    ]
    assert sum(map(int, re.findall(r"\((\d+) minutes\)", prose))) == 45


def test_the_committed_notebook_is_unanswered_and_shows_no_answer(lesson):
    text = LESSON.read_text("utf-8")
    assert re.findall(r"answer_(\d+) = \.\.\.", text) == [str(number) for number in QUESTIONS]
    assert text.count("**Open.** Put your answer") == len(QUESTIONS)
    numbers = [teaching.in_words(q) for q in lesson.questions.values() if q.form == "number"]
    told = [*numbers, *(n.replace(",", "") for n in numbers), "2024-12-07", "third_party_government"]
    assert [one for one in told if re.search(rf"(?<!\d){one}(?!\d)", text)] == []


def run(changes):
    """The lesson with parts of its code replaced, run from top to bottom: what each cell showed, by its code."""
    book = nbformat.read(LESSON, as_version=4)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    for old, new in changes:
        hit = [cell for cell in code if old in cell.source]
        assert len(hit) == 1, old
        hit[0].source = hit[0].source.replace(old, new)
    NotebookClient(book, timeout=120, resources={"metadata": {"path": LESSON.parent}}).execute()
    return {cell.source: "".join(shown(output) for output in cell.outputs) for cell in code}


def shown(output):
    return output.get("data", {}).get("text/markdown") or output.get("data", {}).get("text/plain", "")


def word(ran, number):
    return next(told for code, told in ran.items() if f"check({number}, " in code)


# what a pupil changes in the cells that look something up, as the text of the lesson says
LOOKED_UP = [
    ('side="ukraine"', 'side="russia"'), ('"volnovakha"', '"austin"'), ('"zaluzhny"', '"shoigu"'),
    ('"wallace"', '"shoigu"'),
    ('"russia-named-2024-02-20-list"', '"russia-killed-2025-05-05-bbc-russian-forces-and-republics"'),
    ('"russia-killed-2024-02-20-report-strike-near-volnovakha-heavy-casualties"',
     '"russia-killed-2024-12-31-report-russian-forces-and-republics-from-2024-01-01"'),
]  # fmt: skip


def answered(*typed):
    return [(f"answer_{n} = ...\n", f"answer_{n} = {answer}\n") for n, answer in enumerate(typed, 1)]


def test_a_pupil_who_follows_the_lesson_finds_every_answer():
    typed = ["len(claims.find(ledger, side='russia'))", '"killed_and_wounded"', '"third_party_government"',
             '"2024-12-07"', '"cumulative"', '"russian forces"', "5.701", '"9,767"', '"2022-02-24"',
             "106_745"]  # fmt: skip
    ran = run(LOOKED_UP + answered(*typed))
    assert [word(ran, number).partition(" ")[0] for number in QUESTIONS] == ["**Right.**"] * 10
    assert "**Right.** 10 of 10 are right." in ran.values()
    cards = {new: next(told for code, told in ran.items() if new in code) for _, new in LOOKED_UP}
    for code, parts in {
        'side="russia"': [str((claims.known_by(LATEST)["side"] == "russia").sum())],
        '"austin"': ["killed_and_wounded", "third_party_government", "2024-12-07", "cumulative", "700,000"],
        LOOKED_UP[4][1]: ["2022-02-24", "260,700"],
        LOOKED_UP[5][1]: ["106,745"],
    }.items():
        assert [part for part in parts if part not in cards[code]] == []
    both = [told for code, told in ran.items() if '"shoigu"' in code]
    assert [part in told for part, told in zip(["5,937", "9,767 (9,560–10,044)"], both, strict=True)] == [True, True]


def test_a_word_without_quotation_marks_leaves_its_question_open_and_the_tally_runs():
    book = nbformat.read(LESSON, as_version=4)
    for typed, number in (("killed and wounded", 2), ("russian forces", 6)):
        cell = next(c for c in book.cells if c["source"].startswith(f"answer_{number} = "))
        cell.source = cell.source.replace("...", typed)
    NotebookClient(book, timeout=120, allow_errors=True, resources={"metadata": {"path": LESSON.parent}}).execute()
    failed = [
        o["ename"] for c in book.cells if c["cell_type"] == "code" for o in c.outputs if o["output_type"] == "error"
    ]
    assert failed == ["NameError", "SyntaxError"]
    tally = next(c for c in book.cells if "lesson.tally(" in c["source"])
    assert "0 of 10 are right; open: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10." in shown(tally.outputs[0])


def test_a_pupil_who_errs_is_told_how(lesson):
    typed = ["'many'", '"killed"', '"own_government"', "2025 - 1 - 9", '"period"', "", '"9,767"', "pd.Series([1, 2])",
             '"1 January 2024"', "260_000"]  # fmt: skip
    ran = run(answered(*[one or '" "' for one in typed]))
    told = [word(ran, number) for number in QUESTIONS]
    assert told[0] == f"**Not yet.** {teaching.ASKED['number']}"
    assert told[3] == f"**Not yet.** {teaching.ASKED['day']}", "a day without quotation marks is a sum to Python"
    assert told[5].startswith("**Open.**")
    assert told[7] == f"**Not yet.** That is 2 values; one is asked. {teaching.ASKED['number']}"
    for number, place in {2: 0, 3: 0, 5: 0, 7: 0, 9: 0, 10: 0}.items():
        assert told[number - 1] == f"**Not yet.** {lesson.questions[number].usual[place][1]}"
    assert "**Open.** 0 of 10 are right; not yet: 1, 2, 3, 4, 5, 7, 8, 9, 10; open: 6." in ran.values()
