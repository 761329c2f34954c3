"""Choices of a notebook that are refused when they cannot be: in one sentence, with what is allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


class ChoiceError(ValueError):
    """A parameter that cannot be; the message names it, its value and what is allowed."""


def between(name: str, value: float, low: float, high: float, unit: str = "") -> None:
    """ChoiceError unless `value` of the parameter `name` lies from `low` to `high`, both allowed."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise ChoiceError(f"{name} is {value!r}: allowed is a number from {low:g} to {high:g}{unit and ' ' + unit}")


def one_of(name: str, value: object, allowed: Collection[object]) -> None:
    """ChoiceError unless `value` of the parameter `name` is one of `allowed`."""
    if value not in allowed:
        raise ChoiceError(f"{name} is {value!r}: allowed are {', '.join(map(str, allowed))}")
