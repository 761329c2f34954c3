"""The rules of data/claims/checks.toml: read, and refused by name where they cannot be right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from helpers import figures, toml_files
from helpers.paths import DATA
from helpers.refusals import Refusal, quoted, short

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
DAYS = ("published", "release", "since", "until", "vintage")
LARGEST = 1e15  # of a value or a tolerance
NAME = re.compile(r"[a-z_][a-z_0-9]*")


RULE = re.compile(r"[a-z0-9][a-z0-9-]*")


class AuditError(Refusal, ValueError):
    """A rule that cannot be right; the message names file, rule, key and what is allowed."""


def rules(file: Path = CHECKS) -> dict[str, dict]:
    """The rules of the audit by name, as read; AuditError for a key or word that is not known, or a missing one."""
    read = toml_files.read(file, error=AuditError)
    faults = [
        f"{file.name}, rule {short(name)}, {fault}"
        for name, rule in read.items()
        for fault in (_rule_faults(rule) if RULE.fullmatch(name) else ["its name is not of a-z, 0-9 and -"])
    ]
    if faults:
        raise AuditError("\n".join(faults[:10]))
    return read


def _rule_faults(rule: object) -> list[str]:
    if not isinstance(rule, dict):
        return ["is not a section of its own"]
    faults = _key_faults(rule, RULE_KEYS, ("claims", "asks")) or _variant_faults(rule)
    if not faults and not all(isinstance(one, str) for one in rule["claims"]):
        faults.append("key claims: holds what is no text; allowed are ids of claims.csv")
    if not faults and not rule.get("tries") and not rule.get("note"):
        faults.append("key note: is missing; a claim that cannot be checked needs the reason")
    tries = [] if faults else rule.get("tries", [])
    return faults + [f"try {i}, {fault}" for i, one in enumerate(tries, 1) for fault in _try_faults(one)]


def _variant_faults(rule: dict) -> list[str]:
    if "variant" not in rule:
        return []
    variant = rule["variant"]
    if faults := _key_faults(variant, VARIANT_KEYS, VARIANT_NEEDS):
        return faults
    if not isinstance(variant["prints"], str) and not _is_finite(variant["prints"]):
        return [f"key variant.prints: {quoted(variant['prints'])} is no finite number"]
    return [f"key variant.{k}: {p}" for k in ("prints", "read_by") if (p := _bad_day(variant[k]))]


def _bad_day(text: object) -> str:
    try:
        return "" if not isinstance(text, str) else figures.partial_date(text) and ""
    except ValueError as problem:
        return str(problem)


def _is_finite(value: object) -> bool:
    return _is(value, (int, float)) and abs(value) <= LARGEST


def _key_faults(table: dict, allowed: dict, needed: tuple[str, ...]) -> list[str]:
    faults = [
        f"key {short(key)}: is not known; allowed are {', '.join(allowed)}" for key in table if key not in allowed
    ]
    faults += [f"key {key}: is missing" for key in needed if key not in table]
    wrong = [key for key in table if key in allowed and not _is(table[key], allowed[key])]
    return faults + [f"key {key}: {quoted(table[key])} is of the wrong type" for key in wrong]


def _is(value: object, kind: type | tuple[type, ...]) -> bool:
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))


def _try_faults(one: dict) -> list[str]:
    if not isinstance(one, dict):
        return ["is not a section of its own"]
    if faults := _key_faults(one, TRY_KEYS, ("test", "inputs", "tolerance", "fails")):
        return faults
    if one["test"] not in TESTS:
        return [f"key test: {quoted(one['test'])} is not known; allowed are {', '.join(TESTS)}"]
    if one["fails"] not in FAILURES:
        return [f"key fails: {quoted(one['fails'])} is not known; allowed are {', '.join(FAILURES)}"]
    if not _is_finite(one["tolerance"]) or one["tolerance"] < 0:
        what = "below zero" if one["tolerance"] < 0 else "no finite number"
        return [f"key tolerance: is {what}; give how far the claim may be off, in its own unit"]
    if one.get("reproduces") and one["test"] != "between":
        return [f"key reproduces: '{one['test']}' cannot; it is for 'between', where inputs are printed only as a span"]
    if set(one) & {"low", "value", "high"} not in TESTS[one["test"]]:
        needed = " or ".join(" and ".join(sorted(keys)) for keys in TESTS[one["test"]])
        return [f"key test: '{one['test']}' needs the arithmetic {needed}"]
    return [
        f"key inputs.{short(name)}: {fault}"
        for name, given in one["inputs"].items()
        if (fault := _input_fault(name, given))
    ]


def _input_fault(name: str, given: object) -> str:
    if not NAME.fullmatch(name):
        return "is no name of an input; allowed are a-z, 0-9 and _"
    if isinstance(given, str):
        return ""
    if not isinstance(given, dict) or set(given) not in INPUT_FORMS:
        has = f"has the keys {', '.join(given)}" if isinstance(given, dict) else f"is {quoted(given)}"
        forms = "; ".join(", ".join(sorted(form)) for form in INPUT_FORMS)
        return f"{has}; allowed are the id of a claim, or one of: {forms}"
    for key, value in given.items():
        if key == "value" and not _is_finite(value):
            return f"value {quoted(value)} is no finite number"
        if key != "value" and not isinstance(value, str):
            return f"{key} {quoted(value)} is no text"
        if key in DAYS and (fault := _bad_day(value)):
            return f"{key} {fault}"
    return ""
