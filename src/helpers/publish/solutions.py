"""The solutions of the lessons, for teachers: computed when asked for, so that no pupil meets them by chance."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from helpers import claims, comparison, series, teaching, texts
from helpers.publish import editions

if TYPE_CHECKING:
    from helpers.publish.editions import Edition


def of_lesson(number: str, edition: Edition) -> str:
    """The Markdown of one lesson's questions, each with its answer and with the word for every usual mistake."""
    day = str(edition.known_on)
    ledger = claims.known_by(day)
    beside = comparison.beside(ledger, "russia", series.read(), day)
    asked = teaching.lesson(number, ledger, beside).questions
    parts = [_solution(place, question) for place, question in asked.items()]
    return f"# Solutions of lesson {number}, as known on {day}\n\n" + "\n".join(parts)


def _solution(place: int, question: teaching.Question) -> str:
    answer = texts.in_markdown(teaching.in_words(question))
    usual = "".join(
        f"- {texts.in_markdown(teaching.in_words(question, value))}: {teaching.shown(says)}\n"
        for value, says in question.usual
    )
    asks, told, hint = map(teaching.shown, (question.asks, teaching.told_right(question), question.hint))
    return (
        f"## {place}. {asks}\n\n**{answer}.** {told}\n\nUsual mistakes, and what the pupil is told:\n\n{usual}"
        f"- anything else: {hint}\n"
    )


def main(arguments: list[str] | None = None) -> int:
    """Print the solutions of one lesson, or of all; the exit code: 1, after one clear line, for an unknown lesson."""
    parser = argparse.ArgumentParser(prog="python -m helpers.publish.solutions", description=main.__doc__)
    parser.add_argument("lesson", nargs="?", help="its number (01); without it, all lessons")
    asked = parser.parse_args(arguments).lesson
    try:
        print(
            "\n".join(
                of_lesson(number, editions.read("latest")) for number in ([asked] if asked else teaching.lessons())
            )
        )
    except teaching.LessonError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
