"""How a name is written on a list."""

from __future__ import annotations

import re

FORMS = (
    "name, patronymic and surname",
    "name and surname",
    "surname with initials",
    "Latin letters",
    "one word or more than three",
)


def written_form(name: str) -> str:
    """Which of `FORMS` the printed `name` has, judged by its letters, dots and number of words."""
    if re.search(r"[A-Za-z]", name):
        return "Latin letters"
    if re.search(r"\b\w\.", name):
        return "surname with initials"
    words = len(name.split())
    return {3: "name, patronymic and surname", 2: "name and surname"}.get(words, "one word or more than three")
