"""Every try of every rule: the claim beside what its inputs give, as far as they were known."""

from __future__ import annotations

from fnmatch import fnmatchcase
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers import figures
from helpers.audit import gate
from helpers.audit.arithmetic import evaluate, in_figures, number
from helpers.audit.inputs import Books, Input, books_of, day_of, ends, present, read_input
from helpers.audit.rules import ALIKE, CHECKS, AuditError, rules

if TYPE_CHECKING:
    from pathlib import Path


TOLD = ["rule", "claim", "who", "says", "counts", "variant", "published", "asks", "note"]


class Tried(NamedTuple):
    """One try: its arithmetic with figures in place of names, what it gives, and whether the claim fits."""

    test: str
    claimed: str
    arithmetic: str
    gives: str
    tolerance: float
    inputs: str
    known: pd.Timestamp
    fits: bool
    fails: str
    guess: bool
    reproduces: bool
    means: str
    premise: str


def tries(known_on: str | pd.Timestamp, release: pd.DataFrame, file: Path = CHECKS) -> pd.DataFrame:
    """Every try of every rule on a claim known by `known_on`, one row per claim and try, none with later inputs.

    Columns: `rule`, `claim` (id), `who` (of a misprint, who printed it), `says` (what is checked, in words), `counts`
    (what that is a number of), `variant` (whether it is a misprint of the claim), `published` (day from which it was
    known), `asks`, `note`, and those of `Tried`; a claim for which no try can be made yet has one row with an empty
    `test`. `release`: the published series (`series.read`). Raises AuditError for a rule that cannot be right.
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
    return pd.DataFrame(found, columns=[*TOLD, *Tried._fields])


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
    who, says = (variant["by"], _misprint(variant, claim)) if variant else (claim["who"], figures.amount(claim))
    told = dict(zip(TOLD, (name, claim["id"], who, says, _counts(claim), bool(variant), published, rule["asks"],
                           rule.get("note", "")), strict=True))  # fmt: skip
    known = [one for one in made if one.known <= known_on]
    none = Tried("", "", "", "", 0.0, "", published, True, "", False, False, "", "")
    return [told | one._asdict() for one in known or [none]]


def _counts(claim: dict) -> str:
    """What a claim counts, of whom and to which day; nothing for a statement without a number."""
    what = {"named": "named dead"}.get(claim["quantity"], claim["quantity"].replace("_", " "))
    return "" if what == "statement" else f"{what} ({claim['scope']}), {figures.when(claim)}"


def _misprint(variant: dict, claim: dict) -> str:
    """What a misprint says, and in the place of what."""
    right = f"{claim['until']:%Y-%m-%d}" if isinstance(variant["prints"], str) else figures.amount(claim)
    return f"{number(variant['prints'])}, for {right} of {claim['who']}"


def _made(rule: dict, claim: dict, books: Books) -> list[Tried | str]:
    made: list[Tried | str] = []
    report = rule.get("variant", {}).get("report")
    if report and report not in books.sources:
        made.append(f"key variant.report: '{report}' is no id of reports.csv")
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
    gate.refuse_unlike(one, claim, inputs)
    known = max([entry.known for entry in inputs.values()], default=claim["published"])
    fits, gives, arithmetic, claimed = (_like if one["test"] in ALIKE else _compared)(one, claim, inputs)
    told = "; ".join(f"{name.replace('_', ' ')}: {entry.words}" for name, entry in inputs.items())
    means = [one.get("means", ""), f"although {one['although']}" if "although" in one else ""]
    # where two numbers should be one, the digits may tell what went wrong
    if one["test"] == "equals" and not fits and one["tolerance"] == 0 and one.get("value") in inputs:
        means.append(slip(ends(claim, None)[1], inputs[one["value"]].value))
    return Tried(
        one["test"], claimed, arithmetic, gives, float(one["tolerance"]), told, known, fits, one["fails"],
        one.get("guess", False), one.get("reproduces", False), "; ".join(filter(None, means)), one.get("premise", ""),
    )  # fmt: skip


def _like(one: dict, claim: dict, inputs: dict[str, Input]) -> tuple[bool, str, str, str]:
    """Whether the claim has the quantity, days or people of the claim that `value` names."""
    other = inputs[one["value"]].figure if one["value"] in inputs else None
    if other is None:
        raise ValueError(f"key value: '{one['value']}' is not the name of an input that is a claim")
    if one["test"] == "same quantity":
        ours, theirs = (f"{f['quantity'].replace('_', ' ')} ({gate.unit(f)})" for f in (claim, other))
        return claim["quantity"] == other["quantity"], theirs, f"{ours} beside {theirs}", ours
    if one["test"] == "same people":
        ours, theirs = claim["scope"], other["scope"]
        return ours == theirs, theirs, f"{ours} beside {theirs}", ours
    apart = [abs((claim[end] - other[end]).days) for end in ("since", "until") if pd.notna(claim[end] - other[end])]
    ours, theirs = (_span_of(figure, whole=claim["since"] != other["since"]) for figure in (claim, other))
    return max(apart) <= one["tolerance"], theirs, f"{ours} beside {theirs}", ours


def _span_of(figure: dict, *, whole: bool) -> str:
    until = f"{figure['until']:%Y-%m-%d}"
    return f"{figure['since']:%Y-%m-%d} to {until}" if whole and pd.notna(figure["since"]) else until


def _compared(one: dict, claim: dict, inputs: dict[str, Input]) -> tuple[bool, str, str, str]:
    """Whether the claim's value fits the arithmetic; what that gives, in figures, and what is claimed."""
    values = present(inputs)
    given = {key: _evaluated(key, one[key], values) for key in ("low", "value", "high") if key in one}
    low, middle, high = ends(claim, _evaluated("said", one["said"], values) if "said" in one else None)
    if pd.isna(middle):
        raise ValueError("key said: is missing; the claim has no number, so say which one its words mean")
    if one["test"] == "equals" and "low" in given and not (isfinite(low) and isfinite(high)):
        raise ValueError("key low: the claim has only one end; give its arithmetic as value")
    fits = _fits(one["test"], given, (low, middle, high), one["tolerance"])
    claimed = in_figures(one["said"], values) if "said" in one else figures.amount(claim)
    shown = " to ".join(in_figures(one[key], values) for key in given)
    return fits, " to ".join(number(value) for value in given.values()), shown, claimed


def _evaluated(key: str, arithmetic: str, values: dict[str, float]) -> float:
    try:
        value = evaluate(arithmetic, values)
    except ValueError as problem:
        raise ValueError(f"key {key}: {problem}") from None
    if not isfinite(value):
        raise ValueError(f"key {key}: '{arithmetic}' gives no finite number")
    return value


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
