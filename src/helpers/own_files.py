"""The repository's own files, as text: UTF-8, and nothing hidden in them. Needs no package besides Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from helpers.refusals import Refusal

SAVE = "save it as UTF-8, without a byte-order mark"
AGAIN = "take the file from the repository again"


def decoded(path: Path, error: type[Refusal]) -> str:
    """The text of a file of ours; `error` where it cannot be read, or is not UTF-8 without a byte-order mark."""
    try:
        content = path.read_bytes()
        text = content.decode("utf-8")
    except OSError as problem:
        says = problem.strerror or type(problem).__name__
        raise error(f"{path.name}: cannot be read ({says}); {AGAIN}") from None
    except UnicodeDecodeError as problem:
        row = content.count(b"\n", 0, problem.start) + 1
        raise error(f"{path.name}, row {row}: is not UTF-8 (byte {problem.object[problem.start]:#x}); {SAVE}") from None
    if text.startswith("\ufeff"):
        raise error(f"{path.name}, row 1: begins with a byte-order mark; {SAVE}")
    return text


def name_of(mark: str) -> str:
    """A hidden character in words."""
    return "a line's end" if mark in "\r\n" else f"the hidden character U+{ord(mark):04X}"
