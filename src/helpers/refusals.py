"""What is said of data that cannot be right: short lines in which nothing moves a terminal."""

from __future__ import annotations

from helpers import texts

LINES, WIDTH = 10, 1_000  # as many lines, and as many characters in each, are told at once
QUOTED = 80  # as many characters of a wrong value


class Refusal(Exception):
    """Data that cannot be right: the message names file and place, what is wrong, and what is allowed."""

    def __init__(self, message: object) -> None:
        lines = str(message).split("\n")
        super().__init__("\n".join(texts.in_terminal(line, WIDTH) for line in lines[:LINES]))


def short(value: object) -> str:
    """The beginning of a value, as a message shows it."""
    return texts.in_terminal(value, QUOTED)


def quoted(value: object) -> str:
    """The beginning of a wrong value between quotation marks."""
    return f"'{short(value)}'"
