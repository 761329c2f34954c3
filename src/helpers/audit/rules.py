"""The rules of data/claims/checks.toml: read, and refused by name where they cannot be right."""

from __future__ import annotations

import tomllib
from math import isfinite
from typing import TYPE_CHECKING

from helpers import figures
from helpers.paths import DATA

if TYPE_CHECKING:
    from pathlib import Path

CHECKS = DATA / "claims" / "checks.toml"
RULE_KEYS = {"claims": list, "asks": str, "note": str, "variant": dict, "tries": list}
VARIANT_KEYS = {"prints": (int, float, str), "by": str, "read_by": str, "report": str}
VARIANT_NEEDS = ("prints", "by", "read_by")
TRY_KEYS = {
    "test": str, "low": str, "value": str, "high": str, "said": str, "inputs": dict, "tolerance": (int, float),
    "fails": str, "guess": bool, "means": str, "premise": str, "although": str, "reproduces": bool,
}  # fmt: skip
# the arithmetic that each test needs
TESTS = {
    "equals": ({"value"}, {"low", "high"}), "between": ({"low", "high"},), "at least": ({"value"},),
    "at most": ({"value"},), "same quantity": ({"value"},), "same days": ({"value"},), "same people": ({"value"},),
}  # fmt: skip
ALIKE = ("same quantity", "same days", "same people")
FAILURES = ("not reproduced", "contradicted")
INPUT_FORMS = (
    {"value", "published", "source", "says"}, {"series", "release", "since", "until"},
    {"vintage", "since", "until"}, {"rates_of"}
)  # fmt: skip


class AuditError(ValueError):
    """A rule that cannot be right; the message names file, rule, key and what is allowed."""


def rules(file: Path = CHECKS) -> dict[str, dict]:
    """The rules of the audit by name, as read; AuditError for a key or word that is not known, or a missing one."""
    try:
        read = tomllib.loads(file.read_text("utf-8"))
    except tomllib.TOMLDecodeError as problem:
        raise AuditError(f"{file.name}: is not TOML: {problem}") from None
    faults = [f"{file.name}, rule {name}, {fault}" for name, rule in read.items() for fault in _rule_faults(rule)]
    if faults:
        raise AuditError("\n".join(faults[:10]))
    return read


def _rule_faults(rule: object) -> list[str]:
    if not isinstance(rule, dict):
        return ["is not a section of its own"]
    faults = _key_faults(rule, RULE_KEYS, ("claims", "asks"))
    faults += _key_faults(rule.get("variant", {}), VARIANT_KEYS, VARIANT_NEEDS if "variant" in rule else ())
    variant = rule.get("variant", {})
    faults += [f"key variant.{k}: {p}" for k in ("prints", "read_by") if (p := _bad_day(variant.get(k)))]
    if not faults and not rule.get("tries") and not rule.get("note"):
        faults.append("key note: is missing; a claim that cannot be checked needs the reason")
    tries = rule.get("tries", [])
    return faults + [f"try {i}, {fault}" for i, one in enumerate(tries, 1) for fault in _try_faults(one)]


def _bad_day(text: object) -> str:
    try:
        return "" if not isinstance(text, str) else figures.partial_date(text) and ""
    except ValueError as problem:
        return str(problem)


def _key_faults(table: dict, allowed: dict, needed: tuple[str, ...]) -> list[str]:
    faults = [f"key {key}: is not known; allowed are {', '.join(allowed)}" for key in table if key not in allowed]
    faults += [f"key {key}: is missing" for key in needed if key not in table]
    wrong = [key for key in table if key in allowed and not _is(table[key], allowed[key])]
    return faults + [f"key {key}: '{table[key]}' is of the wrong type" for key in wrong]


def _is(value: object, kind: type | tuple[type, ...]) -> bool:
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))


def _try_faults(one: dict) -> list[str]:
    faults = _key_faults(one, TRY_KEYS, ("test", "inputs", "tolerance", "fails"))
    if faults:
        return faults
    if one["test"] not in TESTS:
        return [f"key test: '{one['test']}' is not known; allowed are {', '.join(TESTS)}"]
    if one["fails"] not in FAILURES:
        return [f"key fails: '{one['fails']}' is not known; allowed are {', '.join(FAILURES)}"]
    if not isfinite(one["tolerance"]) or one["tolerance"] < 0:
        what = "below zero" if one["tolerance"] < 0 else "no finite number"
        return [f"key tolerance: is {what}; give how far the claim may be off, in its own unit"]
    if one.get("reproduces") and one["test"] != "between":
        return [f"key reproduces: '{one['test']}' cannot; it is for 'between', where inputs are printed only as a span"]
    if set(one) & {"low", "value", "high"} not in TESTS[one["test"]]:
        needed = " or ".join(" and ".join(sorted(keys)) for keys in TESTS[one["test"]])
        return [f"key test: '{one['test']}' needs the arithmetic {needed}"]
    forms = "; ".join(", ".join(sorted(form)) for form in INPUT_FORMS)
    return [
        f"key inputs.{name}: has the keys {', '.join(given)}; allowed are the id of a claim, or one of: {forms}"
        for name, given in one["inputs"].items()
        if not isinstance(given, str) and (not isinstance(given, dict) or set(given) not in INPUT_FORMS)
    ]
