"""What a check may compare: like units, one side, and inputs that stood when the claim was made; else it says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers import figures
from helpers.audit.rules import ALIKE

if TYPE_CHECKING:
    from helpers.audit.inputs import Input


def unit(figure: dict) -> str:
    """The unit of a figure's value: persons, cases, square kilometres."""
    return figures.codebook("quantities")["unit"][figure["quantity"]]


def refuse_unlike(one: dict, claim: dict, inputs: dict[str, Input]) -> None:
    """ValueError where the try `one` compares unlike things and no key `although` says why, or where it needs none.

    Unlike are: an input that no longer stood when the claim was published; and, where an input alone (no arithmetic)
    is held against the claim, another side or another unit.
    """
    found = [*_fallen(claim, inputs), *([] if one["test"] in ALIKE else _unlike(one, claim, inputs))]
    if found and "although" not in one:
        raise ValueError(f"{found[0]}; compare like with like, or say in the key although why it may be done")
    if not found and "although" in one:
        raise ValueError("key although: nothing here is unlike; leave it out")


def _fallen(claim: dict, inputs: dict[str, Input]) -> list[str]:
    return [
        f"key inputs.{name}: {entry.figure['id']} was {entry.figure['status']} when the claim was made"
        for name, entry in inputs.items()
        if entry.figure and entry.figure["id"] != claim["id"] and _had_fallen(entry.figure, claim["published"])
    ]


def _had_fallen(figure: dict, day: pd.Timestamp) -> bool:
    return figure["status"] != "standing" and (pd.isna(figure["status_from"]) or figure["status_from"] <= day)


def _unlike(one: dict, claim: dict, inputs: dict[str, Input]) -> list[str]:
    """What differs between the claim, or the input that `said` names, and each input that stands alone."""
    alone = {key: inputs[one[key]].figure for key in ("low", "value", "high") if one.get(key) in inputs}
    ours = claim if "said" not in one else inputs[one["said"]].figure if one["said"] in inputs else None
    if ours is None:
        return []
    return [
        f"key {key}: {one[key]} counts {theirs} where the claim counts {mine}"
        for key, figure in alone.items()
        if figure
        for mine, theirs in zip(_counts(ours), _counts(figure), strict=True)
        if mine != theirs
    ]


def _counts(figure: dict) -> tuple[str, str]:
    return unit(figure), f"people of {figure['side']}"
