"""The order in which R leaves rows: a program that keeps "the first" of equal rows can be repeated only with it.

R's `merge` numbers the keys, sorts the numbers by Shell's method, which exchanges equal ones, and then the rows by key
(R 4, src/main/sort.c and unique.c; `merge.data.frame`).
"""

from __future__ import annotations


def collated(text: str) -> tuple[str, ...]:
    """What R sorts `text` by in an English locale: an underscore comes before digits, and digits before letters."""
    return tuple(" " if one == "_" else one for one in text)


def merged(keys: list[str]) -> list[int]:
    """The places of rows with `keys` after R's `merge` with a table that has each key once, sorted by key."""
    first = {key: place for place, key in reversed(list(enumerate(keys)))}
    places = _shell_sorted([first[key] for key in keys])
    return sorted(places, key=lambda place: collated(keys[place]))


def _shell_sorted(numbers: list[int]) -> list[int]:
    """The places of `numbers` in rising order, equal ones as Shell's method with R's steps leaves them."""
    values, places, step = list(numbers), list(range(len(numbers))), 1
    while step <= len(values) // 9:
        step = 3 * step + 1
    while step > 0:
        for i in range(step, len(values)):
            value, place, j = values[i], places[i], i
            while j >= step and values[j - step] > value:
                values[j], places[j] = values[j - step], places[j - step]
                j -= step
            values[j], places[j] = value, place
        step //= 3
    return places
