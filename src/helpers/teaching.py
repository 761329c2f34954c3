"""Lessons: questions whose answers are computed from the ledger, and a helpful word for what a pupil may answer."""

from __future__ import annotations

import datetime
import math
import numbers
import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers import claims, figures, texts, toml_files
from helpers.paths import DATA
from helpers.refusals import Refusal, quoted, short

if TYPE_CHECKING:
    from pathlib import Path

QUESTIONS = DATA / "teaching" / "questions.toml"
RIGHT, NOT_YET, OPEN = "Right", "Not yet", "Open"
ASKED = {
    "number": "A number is asked, in digits and without words: 1234, or 1,234.",
    "day": 'A day is asked, in quotation marks, the year first: "2022-02-24".',
    "word": 'A word is asked, in quotation marks, as the ledger writes it: "missing".',
}
KEYS = {"asks": str, "form": str, "decimals": int, "answer": dict, "right": str, "usual": list, "hint": str}
NEEDED = ("asks", "form", "answer", "right", "usual", "hint")
REFERENCES = ({"is"}, {"count"}, {"claim", "field"}, {"copied", "field"}, {"root", "field"}, {"beside", "field"})
# day and month in an order that differs from country to country
UNCLEAR_DAY = re.compile(r"\s*\d{1,2}/\d{1,2}/(\d{2}){1,2}\s*")
THOUSANDS = re.compile(r"\d{1,3}([,.\s'’_])\d{3}(?:\1\d{3})*")
FRACTION = re.compile(r"\d+(?:[.,]\d+)?")
MARKED = re.compile(r"(`[\w .()-]+`|\*[\w ,'’-]+\*)")
DECIMALS = range(7)
DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")
CARD = "who who_kind quantity scope window since until says published copies id".split()


class LessonError(Refusal, ValueError):
    """A question that cannot be asked; the message names file, question, key and what is allowed."""


class Word(NamedTuple):
    """What a pupil is told: `state` (Right, Not yet, Open) and `says`; a notebook shows it as text."""

    state: str
    says: str

    def _repr_markdown_(self) -> str:
        return f"**{self.state}.** {shown(self.says)}"


class Question(NamedTuple):
    """One question: what it asks, the form of its answer, the answer, and the word for it and for usual wrong ones."""

    asks: str
    form: str
    decimals: int
    answer: object
    right: str
    usual: tuple[tuple[object, str], ...]
    hint: str


class Lesson(NamedTuple):
    """The questions of one lesson by number, with their answers as a ledger has them."""

    questions: dict[int, Question]

    def check(self, number: int, answer: object) -> Word:
        """The word for a pupil's answer to question `number`: right, a usual mistake, a hint, or still open.

        Thousands may be parted by comma, point, space or apostrophe; a table with one value counts as that value.
        """
        question = self._question(number)
        if answer is ... or answer is None or (isinstance(answer, str) and not answer.strip()):
            return Word(OPEN, f"Put your answer to question {number} in place of `...` and run the cell again.")
        given = _one(answer)
        meanings = READERS[question.form](given)
        if not meanings:
            return Word(NOT_YET, _why_unread(given, question.form) + ASKED[question.form])
        if _same(meanings, question.answer, question):
            return Word(RIGHT, told_right(question))
        said = (says for value, says in question.usual if _same(meanings, value, question))
        return Word(NOT_YET, next(said, question.hint))

    def tally(self, *answers: object) -> Word:
        """How many of all questions are answered right, and which are not; `answers` in the order of the questions."""
        states = [self.check(number, answer).state for number, answer in enumerate(answers, 1)]
        states += [OPEN] * (len(self.questions) - len(states))
        places = {state: [str(n) for n, s in enumerate(states, 1) if s == state] for state in (RIGHT, NOT_YET, OPEN)}
        rest = [f"{state.lower()}: {', '.join(places[state])}" for state in (NOT_YET, OPEN) if places[state]]
        says = f"{len(places[RIGHT])} of {len(states)} are right" + "".join(f"; {one}" for one in rest) + "."
        return Word(OPEN if places[OPEN] else NOT_YET if places[NOT_YET] else RIGHT, says)

    def faults(self) -> list[str]:
        """Answers that do not meet their own word, a sentence each: two mistakes of one value, or one that is right."""
        return [
            f"question {number}: '{in_words(question, value)}' meets another word than its own: '{told.says}'"
            for number, question in self.questions.items()
            for value, says in [(question.answer, told_right(question)), *question.usual]
            if (told := self.check(number, value)).says != says
        ]

    def _question(self, number: int) -> Question:
        if number not in self.questions:
            raise LessonError(f"there is no question {number}: allowed are 1 to {len(self.questions)}")
        return self.questions[number]


def lesson(number: str, ledger: pd.DataFrame, beside: pd.DataFrame, file: Path = QUESTIONS) -> Lesson:
    """The lesson `number` (01) with the answers that `ledger` and `beside` (claims, `comparison.beside`) have for it.

    LessonError for a lesson that is not there, a key or reference that is not known, and a claim that is not in the
    ledger: it may have become known only after the ledger's day.
    """
    read = {one: asked for one, asked in _read(file).items() if one.partition("-")[0] == number}
    if not read:
        known = sorted({one.partition("-")[0] for one in _read(file)})
        raise LessonError(f"{file.name}: there is no lesson '{number}'; allowed are {', '.join(known)}")
    places = [int(one.partition("-")[2]) for one in read]
    if places != [*range(1, len(read) + 1)]:
        raise LessonError(f"{file.name}, lesson {number}: the questions are numbered {places}; allowed is 1, 2, 3 ...")
    asked = (_question(name, one, ledger, beside, file) for name, one in read.items())
    return Lesson(dict(zip(places, asked, strict=True)))


def lessons(file: Path = QUESTIONS) -> list[str]:
    """The numbers of the lessons that have questions: 01, 02 ..."""
    return sorted({one.partition("-")[0] for one in _read(file)})


def card(found: pd.DataFrame) -> pd.DataFrame:
    """Claims as cards: one column per claim by its day, one row per part as the ledger names it, every cell a text.

    Parts: see data/README.md; `says` is the value in words.
    """
    ordered = found.sort_values(["until", "id"])
    since = ordered["since"].dt.strftime("%Y-%m-%d").fillna("")
    told = figures.in_words(ordered)[["until", "says", "published"]]
    cards = ordered.drop(columns=["since", "until", "published"]).join(told).assign(since=since)[CARD].T
    return cards.set_axis([f"claim {place}" for place in range(1, len(ordered) + 1)], axis="columns")


def in_words(question: Question, value: object = ...) -> str:
    """A value (default: the right answer) as it is written in a sentence."""
    shown = question.answer if value is ... else value
    if question.form == "number":
        return f"{float(shown):,.{question.decimals}f}"
    return figures.day_in_words(shown) if question.form == "day" else str(shown).replace("_", " ")


def told_right(question: Question) -> str:
    """What the pupil is told who has the answer, with the answer in its place."""
    return question.right.replace("{answer}", in_words(question))


def shown(says: str) -> str:
    """A text of the questions as Markdown: `words` and *words* as they are meant, all else as it stands."""
    parts = MARKED.split(says)
    # only the first part begins a line
    plain = [texts.in_markdown(parts[0]), *(texts.in_markdown(f"x{part}")[1:] for part in parts[2::2])]
    return "".join(chain.from_iterable(zip(plain, [*parts[1::2], ""], strict=True)))


def _read(file: Path) -> dict[str, dict]:
    read = toml_files.read(file, error=LessonError)
    faults = [f"{file.name}, question {one}, {fault}" for one, asked in read.items() for fault in _faults(one, asked)]
    if faults:
        raise LessonError("\n".join(faults[:10]))
    return read


def _faults(name: str, asked: object) -> list[str]:
    if not re.fullmatch(r"[0-9]{2}-[0-9]{1,3}", name):
        return ["its name is not of the form 01-1: lesson, question"]
    if not isinstance(asked, dict):
        return ["is not a section of its own"]
    faults = [f"key {short(key)}: is not known; allowed are {', '.join(KEYS)}" for key in asked if key not in KEYS]
    faults += [f"key {key}: is missing" for key in NEEDED if key not in asked]
    faults += [f"key {k}: {quoted(v)} is of the wrong type" for k, v in asked.items() if not _is(v, KEYS.get(k))]
    if faults:
        return faults
    if asked["form"] not in ASKED:
        faults.append(f"key form: {quoted(asked['form'])} is not known; allowed are {', '.join(ASKED)}")
    if asked.get("decimals", 0) not in DECIMALS:
        faults.append(f"key decimals: {asked['decimals']} is not allowed; allowed are 0 to {DECIMALS[-1]}")
    return faults + [f"key usual: {fault}" for one in asked["usual"] if (fault := _usual_fault(one))]


def _is(value: object, kind: type | None) -> bool:
    return kind is None or (isinstance(value, kind) and not isinstance(value, bool))


def _usual_fault(one: object) -> str:
    if not isinstance(one, dict) or set(one) != {"answer", "says"}:
        has = f"has the keys {', '.join(one)}" if isinstance(one, dict) else f"holds {quoted(one)}"
        return f"{has}; allowed are answer, says"
    right = isinstance(one["answer"], dict) and isinstance(one["says"], str)
    return "" if right else "its answer is a reference, {...}, and says is a text"


def _question(name: str, asked: dict, ledger: pd.DataFrame, beside: pd.DataFrame, file: Path) -> Question:
    try:
        form = asked["form"]
        answer = _formed(_value(asked["answer"], ledger, beside), form)
        usual = tuple((_formed(_value(one["answer"], ledger, beside), form), one["says"]) for one in asked["usual"])
    except ValueError as problem:
        raise LessonError(f"{file.name}, question {name}: {problem}") from None
    return Question(
        asked["asks"], asked["form"], asked.get("decimals", 0), answer, asked["right"], usual, asked["hint"]
    )


def _formed(value: object, form: str) -> object:
    """The same value; ValueError if it is not of the form that the question asks for."""
    kinds = {"number": numbers.Real, "day": datetime.date, "word": str}
    right = _is(value, kinds[form]) and (form != "number" or abs(float(value)) <= 1e15)
    if not right:
        raise ValueError(f"key answer: {quoted(value)} is no {form}")
    return value


def _value(given: dict, ledger: pd.DataFrame, beside: pd.DataFrame) -> object:
    """What a reference means: a value as it stands, a count of claims, or a field of one claim; ValueError."""
    match given:
        case {"is": value} if len(given) == 1:
            return value
        case {"count": dict(wanted)} if len(given) == 1:
            if unknown := [key for key in wanted if key not in ledger]:
                raise ValueError(f"key count: no column {short(unknown[0])}; allowed are {', '.join(ledger.columns)}")
            return len(claims.find(ledger, **wanted))
        case {"claim": one, "field": field} if len(given) == 2:
            return _field(ledger, one, field)
        case {"copied": one, "field": field} if len(given) == 2:
            return _field(ledger, _field(ledger, one, "copies"), field)
        case {"root": one, "field": field} if len(given) == 2:
            return _field(ledger, claims.root(ledger, one), field)
        case {"beside": one, "field": field} if len(given) == 2:
            return _field(beside, one, field)
    forms = "; ".join(" and ".join(sorted(form)) for form in REFERENCES)
    raise ValueError(f"an answer has the keys {', '.join(given)}; allowed are {forms}")


def _field(table: pd.DataFrame, one: str, field: str) -> object:
    row = table[table["id"] == one] if isinstance(one, str) else table[:0]
    if row.empty:
        raise ValueError(
            f"claim {quoted(one)} is not among those known by this day; lessons are made for the edition `latest`, "
            "or the id is misspelt"
        )
    if not isinstance(field, str) or field not in table:
        raise ValueError(f"{quoted(field)} is no field; allowed are {', '.join(table.columns)}")
    value = row[field].iloc[0]
    if pd.isna(value):
        raise ValueError(f"claim '{one}' has no {field}")
    return value


def _one(answer: object) -> object:
    """The single value of a table, a column or a list; anything else as it is."""
    if isinstance(answer, (pd.Series, pd.DataFrame, pd.Index, np.ndarray)):
        answer = list(np.asarray(answer, dtype=object).flat)
    return answer[0] if isinstance(answer, (list, tuple)) and len(answer) == 1 else answer


def _is_many(given: object) -> bool:
    return isinstance(given, (list, tuple, set, dict)) and len(given) != 1


def _why_unread(given: object, form: str) -> str:
    if _is_many(given):
        return f"That is {len(given)} values; one is asked. "
    if form == "day" and isinstance(given, str) and UNCLEAR_DAY.fullmatch(given):
        return "In some countries the day comes first here, in others the month, so this cannot be read. "
    return ""


def _numbers(answer: object) -> set[float]:
    """Every number that an answer may mean: 5.937 may be thousands, or a fraction; none if it is no number."""
    if isinstance(answer, tuple) and len(answer) > 1 and all(type(part) is int and 0 <= part < 1000 for part in answer):
        # typed without quotation marks, 700,000 is a pair of numbers to Python
        answer = ",".join([str(answer[0]), *(f"{part:03d}" for part in answer[1:])])
    if isinstance(answer, float) and abs(answer) < 1000 and math.isclose(answer * 1000, round(answer * 1000)):
        # typed without quotation marks, 5.701 is a fraction to Python, and five thousand to much of Europe
        return {answer, float(round(answer * 1000))}
    if isinstance(answer, numbers.Real) and not isinstance(answer, bool):
        return {float(answer)} if abs(answer) < 1e15 else set()
    text = answer.strip() if isinstance(answer, str) and len(answer) < 40 else ""
    grouped = {float(re.sub(r"\D", "", text))} if THOUSANDS.fullmatch(text) else set()
    return grouped | ({float(text.replace(",", "."))} if FRACTION.fullmatch(text) else set())


def _days(answer: object) -> set[datetime.date]:
    if isinstance(answer, (np.datetime64, datetime.date)):
        return set() if pd.isna(answer) else {pd.Timestamp(answer).date()}
    text = re.sub(r"[,\s]+", " ", answer).strip().removesuffix(" 00:00:00") if isinstance(answer, str) else ""
    text = re.sub(r"(?<=\d)(?:st\b|nd\b|rd\b|th\b|\.(?= ))", "", text)
    return {day for form in DAYS if (day := _day(text, form))}


def _day(text: str, form: str) -> datetime.date | None:
    try:
        return datetime.datetime.strptime(text, form).date()
    except ValueError:
        return None


def _words(answer: object) -> set[str]:
    """The words of a text, however they are parted and written."""
    words = re.sub(r"[\W_]+", " ", answer).casefold().strip() if isinstance(answer, str) else ""
    return {words} if words else set()


READERS = {"number": _numbers, "day": _days, "word": _words}


def _same(meanings: set, value: object, question: Question) -> bool:
    """Whether an answer may mean `value`; numbers are compared at the decimals that the question asks for."""
    values = READERS[question.form](value)
    if question.form != "number":
        return bool(meanings & values)
    return any(math.isclose(round(a, question.decimals), round(b, question.decimals)) for a in meanings for b in values)
