"""Run a function as plain Python on a short list, as machine code on a long one.

Compiling takes longer than linking a short list. The machine code is kept under build/, in a folder named by the code
of this room, so that it is made once and never used after a change.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numba

from helpers.paths import BUILD

if TYPE_CHECKING:
    from collections.abc import Callable

Function = TypeVar("Function", bound="Callable")


def chosen(function: Function, *, fast: bool) -> Function:
    """`function`, or the same as machine code if `fast`; results are equal."""
    return _compiled(function) if fast else function


@cache
def _compiled(function: Function) -> Function:
    numba.config.CACHE_DIR = str(BUILD / "compiled" / _version())
    return numba.njit(cache=True, nogil=True, error_model="numpy")(function)


@cache
def _version() -> str:
    parts = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()[:16]
