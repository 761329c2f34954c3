"""Every try of every rule: the claim beside what its inputs give, as far as they were known."""

from __future__ import annotations

from fnmatch import fnmatchcase
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers import figures
from helpers.audit.arithmetic import evaluate, in_figures, number
from helpers.audit.inputs import Books, Input, books_of, day_of, ends, read_input
from helpers.audit.rules import ALIKE, CHECKS, AuditError, rules

if TYPE_CHECKING:
    from pathlib import Path


class Tried(NamedTuple):
    """One try: its arithmetic with figures in place of names, what it gives, and whether the claim fits."""

    test: str
    arithmetic: str
    gives: str
    inputs: str
    known: pd.Timestamp
    fits: bool
    fails: str
    guess: bool
    means: str


def tries(known_on: str | pd.Timestamp, release: pd.DataFrame, file: Path = CHECKS) -> pd.DataFrame:
    """Every try of every rule on a claim known by `known_on`, one row per claim and try, none with later inputs.

    Columns: `rule`, `claim` (id), `who`, `says` (what is checked, in words), `published` (day from which it was known),
    `asks`, `note`, and those of `Tried`; a claim for which no try can be made yet has one row with an empty `test`.
    `release`: the published series (`series.read`). Raises AuditError for a rule that cannot be right on any day.
    """
    books, found, faults = books_of(known_on, release), [], []
    for name, rule in rules(file).items():
        chosen = _claims(rule, books)
        made = [(claim, _made(rule, claim, books)) for claim in chosen if isinstance(claim, dict)]
        wrong = [one for one in chosen if isinstance(one, str)] + [
            t for _, ts in made for t in ts if isinstance(t, str)
        ]
        faults += [f"{file.name}, rule {name}, {fault}" for fault in wrong]
        found += [] if wrong else [row for claim, one in made for row in _rows(name, rule, claim, one, books.known_on)]
    faults += _twice(found, file)
    if faults:
        raise AuditError("\n".join(faults[:10]))
    return pd.DataFrame(found, columns=["rule", "claim", "who", "says", "published", "asks", "note", *Tried._fields])


def _claims(rule: dict, books: Books) -> list[dict | str]:
    """The claims of a rule; a fault in words for each name that fits none."""
    found: list[dict | str] = []
    for pattern in rule["claims"]:
        rows = [row for one, row in books.ledger.items() if fnmatchcase(one, pattern)]
        found += rows or [f"key claims: '{pattern}' is no id of claims.csv; allowed are ids, with * for any letters"]
    return found


def _twice(rows: list[dict], file: Path) -> list[str]:
    """A claim has one verdict: a second rule for it (its misprints apart) is a fault."""
    first: dict[tuple[str, str], str] = {}
    return [
        f"{file.name}, rule {row['rule']}, key claims: {row['claim']} is already checked by rule {first[key]}; "
        "add a try there"
        for row in rows
        if first.setdefault(key := (row["claim"], row["says"]), row["rule"]) != row["rule"]
    ]


def _rows(name: str, rule: dict, claim: dict, made: list[Tried], known_on: pd.Timestamp) -> list[dict]:
    """The rows of one rule and claim, as known: none if the claim was not, an empty one if no input was."""
    variant = rule.get("variant")
    published = max(claim["published"], day_of(variant["read_by"])) if variant else claim["published"]
    if published > known_on:
        return []
    says = f"printed as {number(variant['prints'])} by {variant['by']}" if variant else figures.amount(claim)
    told = {
        "rule": name, "claim": claim["id"], "who": claim["who"], "says": says, "published": published,
        "asks": rule["asks"], "note": rule.get("note", ""),
    }  # fmt: skip
    known = [one for one in made if one.known <= known_on]
    none = Tried("", "", "", "", published, True, "", False, "")
    return [told | one._asdict() for one in known or [none]]


def _made(rule: dict, claim: dict, books: Books) -> list[Tried | str]:
    made: list[Tried | str] = []
    for place, one in enumerate(rule.get("tries", []), 1):
        try:
            made.append(_try(one, _as_printed(claim, rule.get("variant")), books))
        except ValueError as problem:
            made.append(f"try {place}, {problem}")
    return made


def _as_printed(claim: dict, variant: dict | None) -> dict:
    """The claim with the misprint of a variant in the place of its value or its day."""
    if not variant:
        return claim
    if isinstance(variant["prints"], str):
        return claim | {"until": day_of(variant["prints"])}
    return claim | {"low": float("nan"), "point": float(variant["prints"]), "high": float("nan")}


def _try(one: dict, claim: dict, books: Books) -> Tried:
    inputs = {name: read_input(name, given, claim, books) for name, given in one["inputs"].items()}
    known = max([entry.known for entry in inputs.values()], default=claim["published"])
    fits, gives, arithmetic = _like(one, claim, inputs) if one["test"] in ALIKE else _compared(one, claim, inputs)
    told = "; ".join(f"{name.replace('_', ' ')}: {entry.words}" for name, entry in inputs.items())
    guess, means = one.get("guess", False), one.get("means", "")
    # where two numbers should be one, the digits may tell what went wrong
    if one["test"] == "equals" and not fits and one["tolerance"] == 0 and one.get("value") in inputs:
        means = "; ".join(filter(None, [means, slip(ends(claim, None)[1], inputs[one["value"]].value)]))
    return Tried(one["test"], arithmetic, gives, told, known, fits, one["fails"], guess, means)


def _like(one: dict, claim: dict, inputs: dict[str, Input]) -> tuple[bool, str, str]:
    """Whether the claim has the quantity, days or people of the claim that `value` names."""
    other = inputs[one["value"]].figure if one["value"] in inputs else None
    if other is None:
        raise ValueError(f"key value: '{one['value']}' is not the name of an input that is a claim")
    if one["test"] == "same quantity":
        units = figures.codebook("quantities")["unit"]
        ours, theirs = (f"{f['quantity'].replace('_', ' ')} ({units[f['quantity']]})" for f in (claim, other))
        return claim["quantity"] == other["quantity"], theirs, f"{ours} beside {theirs}"
    if one["test"] == "same people":
        return claim["scope"] == other["scope"], other["scope"], f"{claim['scope']} beside {other['scope']}"
    apart = [abs((claim[end] - other[end]).days) for end in ("since", "until") if pd.notna(claim[end] - other[end])]
    ours, theirs = (_span_of(figure, whole=claim["since"] != other["since"]) for figure in (claim, other))
    return max(apart) <= one["tolerance"], theirs, f"{ours} beside {theirs}"


def _span_of(figure: dict, *, whole: bool) -> str:
    until = f"{figure['until']:%Y-%m-%d}"
    return f"{figure['since']:%Y-%m-%d} to {until}" if whole and pd.notna(figure["since"]) else until


def _compared(one: dict, claim: dict, inputs: dict[str, Input]) -> tuple[bool, str, str]:
    """Whether the claim's value fits the arithmetic; what that gives, and the arithmetic in figures."""
    values = {name: entry.value for name, entry in inputs.items()}
    given = {key: _evaluated(key, one[key], values) for key in ("low", "value", "high") if key in one}
    low, middle, high = ends(claim, _evaluated("said", one["said"], values) if "said" in one else None)
    if pd.isna(middle):
        raise ValueError("key said: is missing; the claim has no number, so say which one its words mean")
    if one["test"] == "equals" and "low" in given and not (isfinite(low) and isfinite(high)):
        raise ValueError("key low: the claim has only one end; give its arithmetic as value")
    fits = _fits(one["test"], given, (low, middle, high), one["tolerance"])
    said = f"{in_figures(one['said'], values)} beside " if "said" in one else ""
    shown = " to ".join(in_figures(one[key], values) for key in given)
    return fits, " to ".join(number(value) for value in given.values()), said + shown


def _evaluated(key: str, arithmetic: str, values: dict[str, float]) -> float:
    try:
        return evaluate(arithmetic, values)
    except ValueError as problem:
        raise ValueError(f"key {key}: {problem}") from None


def _fits(test: str, given: dict[str, float], ends: tuple[float, float, float], tolerance: float) -> bool:
    low, middle, high = ends
    if test == "equals":
        beside = {"low": low, "value": middle, "high": high}
        return all(abs(beside[key] - value) <= tolerance for key, value in given.items())
    above = high >= given.get("value", given.get("low")) - tolerance
    below = low <= given.get("value", given.get("high")) + tolerance
    return {"at least": above, "at most": below, "between": above and below}[test]


def slip(printed: float, right: float) -> str:
    """What went wrong in copying, in words: one or two digits wrong or swapped; "" for two different numbers."""
    a, b = f"{printed:.0f}", f"{right:.0f}"
    wrong = [i for i in range(len(a)) if a[i] != b[i]] if len(a) == len(b) else []
    if len(wrong) == 1 and len(a) > 2:
        return "one digit differs"
    if len(wrong) == 2 and len(a) > 3:
        swapped = (a[wrong[0]], a[wrong[1]]) == (b[wrong[1]], b[wrong[0]])
        return "two digits changed places" if swapped else "two digits differ"
    return ""
