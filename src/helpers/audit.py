"""The audit: what each number in the press says, recomputed from its inputs by the rules of data/claims/checks.toml."""

from __future__ import annotations

import ast
import re
import tomllib
from fnmatch import fnmatchcase
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers import claims, figures, series
from helpers.paths import DATA

if TYPE_CHECKING:
    from pathlib import Path

CHECKS = DATA / "claims" / "checks.toml"
VERDICTS = ("reproduced", "consistent", "not reproduced", "contradicted", "not checkable")
# the reports that the project began with, and the rows of the input `seeds` that were read in each
SEEDS = (
    ("report-2024-02-24-45000-identified", 1, 4),
    ("report-2025-05-05-27-per-kilometre", 5, 18),
    ("kyivindependent-2024-04-21", 19, 26),
    ("spacewar-2025-02-25", 27, 38),
    ("report-2025-05-05-heavy-casualties", 39, 47),
)
RULE_KEYS = {"claims": list, "asks": str, "note": str, "variant": dict, "tries": list}
VARIANT_KEYS = {"prints": (int, float, str), "by": str, "read_by": str}
TRY_KEYS = {
    "test": str, "low": str, "value": str, "high": str, "said": str, "inputs": dict, "tolerance": (int, float),
    "fails": str, "guess": bool, "means": str,
}  # fmt: skip
# the arithmetic that each test needs
TESTS = {
    "equals": ({"value"}, {"low", "high"}), "between": ({"low", "high"},), "at least": ({"value"},),
    "at most": ({"value"},), "same quantity": ({"value"},), "same days": ({"value"},), "same people": ({"value"},),
}  # fmt: skip
ALIKE = ("same quantity", "same days", "same people")
FAILURES = ("not reproduced", "contradicted")
INPUT_FORMS = (
    {"value", "published", "source", "says"}, {"series", "release", "since", "until"}, {"rates_of"}
)  # fmt: skip
OPERATIONS = {
    ast.Add: lambda a, b: a + b, ast.Sub: lambda a, b: a - b, ast.Mult: lambda a, b: a * b, ast.Div: lambda a, b: a / b
}  # fmt: skip
PART = re.compile(r"[a-z_][a-z_0-9]*|\d+(\.\d+)?")


class AuditError(ValueError):
    """A rule that cannot be right; the message names file, rule, key and what is allowed."""


class Input(NamedTuple):
    """One value that enters the arithmetic: what it is in words, and the day from which it was known."""

    value: float
    known: pd.Timestamp
    words: str
    figure: dict | None = None


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


def evaluate(arithmetic: str, values: dict[str, float]) -> float:
    """The value of `arithmetic`: names of `values`, numbers, + - * / and brackets; ValueError for anything else."""
    try:
        tree = ast.parse(arithmetic, mode="eval").body
    except SyntaxError:
        raise ValueError(
            f"'{arithmetic}' is not arithmetic: allowed are names of inputs, numbers, + - * / ( )"
        ) from None
    return _value(tree, values)


def _value(node: ast.AST, values: dict[str, float]) -> float:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return float(node.value)
    if isinstance(node, ast.Name):
        if node.id in values:
            return values[node.id]
        raise ValueError(f"'{node.id}' is not an input: allowed are {', '.join(values) or 'none, as there are none'}")
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATIONS:
        right = _value(node.right, values)
        if isinstance(node.op, ast.Div) and right == 0:
            raise ValueError("it divides by zero")
        return OPERATIONS[type(node.op)](_value(node.left, values), right)
    raise ValueError(f"'{ast.unparse(node)}' is not allowed: allowed are names of inputs, numbers, + - * / ( )")


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
    faults += _key_faults(rule.get("variant", {}), VARIANT_KEYS, tuple(VARIANT_KEYS) if "variant" in rule else ())
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
    if one["tolerance"] < 0:
        return ["key tolerance: is below zero; give how far the claim may be off, in its own unit"]
    if set(one) & {"low", "value", "high"} not in TESTS[one["test"]]:
        needed = " or ".join(" and ".join(sorted(keys)) for keys in TESTS[one["test"]])
        return [f"key test: '{one['test']}' needs the arithmetic {needed}"]
    forms = "; ".join(", ".join(sorted(form)) for form in INPUT_FORMS)
    return [
        f"key inputs.{name}: has the keys {', '.join(given)}; allowed are the id of a claim, or one of: {forms}"
        for name, given in one["inputs"].items()
        if not isinstance(given, str) and (not isinstance(given, dict) or set(given) not in INPUT_FORMS)
    ]


class _Books(NamedTuple):
    """What the audit looks things up in: the whole ledger by id, the published series, what a reader knows by when."""

    ledger: dict[str, dict]
    release: pd.DataFrame
    known_on: pd.Timestamp
    sources: frozenset[str]


def tries(known_on: str | pd.Timestamp, release: pd.DataFrame, file: Path = CHECKS) -> pd.DataFrame:
    """Every try of every rule on a claim known by `known_on`, one row per claim and try, none with later inputs.

    Columns: `rule`, `claim` (id), `who`, `says` (what is checked, in words), `published` (day from which it was known),
    `asks`, `note`, and those of `Tried`; a claim for which no try can be made yet has one row with an empty `test`.
    `release`: the published series (`series.read`). Raises AuditError for a rule that cannot be right on any day.
    """
    books, found, faults = _books(known_on, release), [], []
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


def _books(known_on: str | pd.Timestamp, release: pd.DataFrame) -> _Books:
    rows = {row["id"]: row for row in claims.ledger().to_dict("records")}
    registry = tomllib.loads((DATA / "sources.toml").read_text("utf-8"))
    return _Books(rows, release, pd.Timestamp(known_on), frozenset(registry) | frozenset(claims.reports().index))


def _claims(rule: dict, books: _Books) -> list[dict | str]:
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
    published = max(claim["published"], _day(variant["read_by"])) if variant else claim["published"]
    if published > known_on:
        return []
    says = f"printed as {_number(variant['prints'])} by {variant['by']}" if variant else figures.amount(claim)
    told = {
        "rule": name, "claim": claim["id"], "who": claim["who"], "says": says, "published": published,
        "asks": rule["asks"], "note": rule.get("note", ""),
    }  # fmt: skip
    known = [one for one in made if one.known <= known_on]
    none = Tried("", "", "", "", published, True, "", False, "")
    return [told | one._asdict() for one in known or [none]]


def _made(rule: dict, claim: dict, books: _Books) -> list[Tried | str]:
    made: list[Tried | str] = []
    for number, one in enumerate(rule.get("tries", []), 1):
        try:
            made.append(_try(one, _as_printed(claim, rule.get("variant")), books))
        except ValueError as problem:
            made.append(f"try {number}, {problem}")
    return made


def _as_printed(claim: dict, variant: dict | None) -> dict:
    """The claim with the misprint of a variant in the place of its value or its day."""
    if not variant:
        return claim
    if isinstance(variant["prints"], str):
        return claim | {"until": _day(variant["prints"])}
    return claim | {"low": float("nan"), "point": float(variant["prints"]), "high": float("nan")}


def _try(one: dict, claim: dict, books: _Books) -> Tried:
    inputs = {name: _input(name, given, claim, books) for name, given in one["inputs"].items()}
    known = max([entry.known for entry in inputs.values()], default=claim["published"])
    fits, gives, arithmetic = _like(one, claim, inputs) if one["test"] in ALIKE else _compared(one, claim, inputs)
    told = "; ".join(f"{name.replace('_', ' ')}: {entry.words}" for name, entry in inputs.items())
    guess, means = one.get("guess", False), one.get("means", "")
    # where two numbers should be one, the digits may tell what went wrong
    if one["test"] == "equals" and not fits and one["tolerance"] == 0 and one.get("value") in inputs:
        means = "; ".join(filter(None, [means, slip(_ends(claim, None)[1], inputs[one["value"]].value)]))
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
    low, middle, high = _ends(claim, _evaluated("said", one["said"], values) if "said" in one else None)
    if pd.isna(middle):
        raise ValueError("key said: is missing; the claim has no number, so say which one its words mean")
    if one["test"] == "equals" and "low" in given and not (isfinite(low) and isfinite(high)):
        raise ValueError("key low: the claim has only one end; give its arithmetic as value")
    fits = _fits(one["test"], given, (low, middle, high), one["tolerance"])
    said = f"{_in_figures(one['said'], inputs)} beside " if "said" in one else ""
    shown = " to ".join(_in_figures(one[key], inputs) for key in given)
    return fits, " to ".join(_number(value) for value in given.values()), said + shown


def _evaluated(key: str, arithmetic: str, values: dict[str, float]) -> float:
    try:
        return evaluate(arithmetic, values)
    except ValueError as problem:
        raise ValueError(f"key {key}: {problem}") from None


def _ends(claim: dict, said: float | None) -> tuple[float, float, float]:
    """Low end, value and high end of what is claimed: 'more than' has no high end, 'up to' no low one."""
    low, point, high = (said,) * 3 if said is not None else (claim[name] for name in series.VALUES)
    ends = [end for end in (low, high) if pd.notna(end)]
    middle = point if pd.notna(point) else sum(ends) / len(ends) if ends else float("nan")
    bottom = low if pd.notna(low) else point if pd.notna(point) else float("-inf")
    top = high if pd.notna(high) else point if pd.notna(point) else float("inf")
    return bottom, middle, top


def _fits(test: str, given: dict[str, float], ends: tuple[float, float, float], tolerance: float) -> bool:
    low, middle, high = ends
    if test == "equals":
        beside = {"low": low, "value": middle, "high": high}
        return all(abs(beside[key] - value) <= tolerance for key, value in given.items())
    above = high >= given.get("value", given.get("low")) - tolerance
    below = low <= given.get("value", given.get("high")) + tolerance
    return {"at least": above, "at most": below, "between": above and below}[test]


def _input(name: str, given: str | dict, claim: dict, books: _Books) -> Input:
    try:
        if isinstance(given, str):
            return _from_claim(given, claim, books)
        if "series" in given:
            return _from_series(given, books.release)
        return _from_rates(given, claim, books) if "rates_of" in given else _from_fact(given, books)
    except ValueError as problem:
        raise ValueError(f"key inputs.{name}: {problem}") from None


def _from_claim(given: str, claim: dict, books: _Books) -> Input:
    one, _, end = given.partition(":")
    figure = claim if one == "itself" else books.ledger.get(one)
    if figure is None:
        raise ValueError(f"'{one}' is no id of claims.csv; allowed are ids, or itself")
    if end not in ("", *series.VALUES):
        raise ValueError(f"'{end}' is no end of a claim; allowed are low, point, high")
    value = figure[end] if end else _ends(figure, None)[1]
    told = f"{figure['who']}, {figures.amount(figure)} {figure['quantity'].replace('_', ' ')} to {figures.when(figure)}"
    return Input(value, figure["published"], told, figure)


def _from_fact(given: dict, books: _Books) -> Input:
    if given["source"] not in books.sources:
        raise ValueError(f"source '{given['source']}' is neither in sources.toml nor in reports.csv")
    return Input(float(given["value"]), _day(given["published"]), f"{_number(given['value'])} {given['says']}")


def _from_series(given: dict, release: pd.DataFrame) -> Input:
    """The sum of one release of one series over whole spans from `since` to `until`."""
    day, since, until = (_day(given[key]) for key in ("release", "since", "until"))
    spans = release[release["series"].eq(given["series"]) & release["published"].eq(day)]
    if spans.empty:
        raise ValueError(f"there is no release of '{given['series']}' of {given['release']} among the published series")
    inside = spans[(spans["since"] >= since) & (spans["until"] <= until)]
    if inside.empty or inside["since"].min() != since or inside["until"].max() != until:
        raise ValueError(f"the release has no spans that begin on {since:%Y-%m-%d} and end on {until:%Y-%m-%d}")
    total = inside["point"].sum()
    told = f"{_number(round(total))} by the release of {day:%Y-%m-%d} of the series {given['series']}"
    return Input(total, day, f"{told}, dead from {since:%Y-%m-%d} to {until:%Y-%m-%d}")


def _from_rates(given: dict, claim: dict, books: _Books) -> Input:
    """The daily averages of a claimant within the claim's own days, each times its days, added up."""
    rates = [
        row for row in books.ledger.values()
        if row["who"] == given["rates_of"] and row["quantity"] == f"{claim['quantity']}_per_day"
        and row["side"] == claim["side"] and row["scope"] == claim["scope"] and row["since"] != row["until"]
        and claim["since"] <= row["since"] and row["until"] <= claim["until"]
    ]  # fmt: skip
    if not rates:
        raise ValueError(f"no daily averages of '{given['rates_of']}' lie within the claim's days")
    total = sum(row["point"] * ((row["until"] - row["since"]).days + 1) for row in rates)
    told = f"{len(rates)} daily averages of {given['rates_of']}, each times its days"
    return Input(total, max(row["published"] for row in rates), told)


def _day(text: str) -> pd.Timestamp:
    return figures.partial_date(text).last


def _number(value: float | str) -> str:
    if isinstance(value, str):
        return value
    return f"{value:,.0f}" if abs(value) >= 1000 or value == round(value) else f"{value:.3g}"


def _in_figures(arithmetic: str, inputs: dict[str, Input]) -> str:
    """The arithmetic with values for names, thousands separated."""

    def shown(found: re.Match) -> str:
        return _number(inputs[found[0]].value) if found[0] in inputs else _written(found[0])

    return PART.sub(shown, arithmetic).replace("*", "×").replace(" - ", " − ")


def _written(number: str) -> str:
    return number if "." in number else f"{int(number):,}"


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


def verdicts(tried: pd.DataFrame) -> pd.DataFrame:
    """The verdict on each claim of `tries`, one row per rule and claim, in the order of the rules.

    Columns: `rule`, `claim`, `who`, `says`, `published`, `asks`, `verdict` (one of VERDICTS), `since` (the day from
    which the verdict could be given), `because` (the arithmetic that decides, and what is known of it, in words).
    *Contradicted*: a test failed that a true claim cannot fail, on whatever day known. *Reproduced*: its printed
    inputs give it. *Not reproduced*: a test failed; tries marked as guesses (the claim prints no inputs) never
    reproduce. *Consistent*: every test passed with what was known on its own day. *Not checkable*: none could be made.
    """
    keys = ["rule", "claim", "who", "says", "published", "asks"]
    rows = [dict(zip(keys, key, strict=True)) | _verdict(some) for key, some in tried.groupby(keys, sort=False)]
    return pd.DataFrame(rows, columns=[*keys, "verdict", "since", "because"])


def _verdict(some: pd.DataFrame) -> dict[str, object]:
    made = some[some["test"] != ""]
    published, note = some["published"].iloc[0], some["note"].iloc[0]
    fits, guess = made["fits"].astype(bool), made["guess"].astype(bool)
    wrong = made[~fits & made["fails"].eq("contradicted")]
    right = made[fits & made["test"].eq("equals") & ~guess]
    then, equal = made[made["known"] <= published], made["test"].eq("equals")
    for verdict, rows in (("contradicted", wrong), ("reproduced", right), ("not reproduced", made[~fits])):
        if len(rows):
            near = _near(made[fits & equal], int(equal.sum())) if verdict == "not reproduced" else ""
            first = rows.sort_values("known", kind="stable").iloc[0]
            return _given(verdict, first, near, note, published)
    if len(then):
        return _given("consistent", then.iloc[0], "", note, published)
    waits = f"what it could be checked with was public only from {made['known'].min():%Y-%m-%d}" if len(made) else note
    return {"verdict": "not checkable", "since": published, "because": waits or "its inputs were not public yet"}


def _near(fitting: pd.DataFrame, tried: int) -> str:
    """How many tries come near, and the first of them."""
    if fitting.empty:
        return f"none of {tried} tries gives it" if tried > 1 else ""
    return f"{len(fitting)} of {tried} tries come{'s' if len(fitting) == 1 else ''} near: {_how(fitting.iloc[0])}"


def _how(row: pd.Series) -> str:
    """The arithmetic of one try in words, and what it means."""
    test, arithmetic, gives = row["test"], row["arithmetic"], row["gives"]
    result = arithmetic if arithmetic == gives or test in ALIKE else f"{arithmetic} = {gives}"
    ruled = {"at least": "must be at least ", "at most": "must be at most ", "between": "must be within "}
    return ruled.get(test, "") + result + (f" ({row['means']})" if row["means"] else "")


def _given(verdict: str, row: pd.Series, near: str, note: str, published: pd.Timestamp) -> dict[str, object]:
    because = "; ".join(filter(None, [_how(row), near, note]))
    return {"verdict": verdict, "since": max(published, row["known"]), "because": because}


def seeds(judged: pd.DataFrame, known_on: str | pd.Timestamp) -> pd.DataFrame:
    """The verdict on every figure of the reports that the project began with, of those published by `known_on`.

    One row per row of the input `seeds`. Columns: `seed` (id of the report), `title` (its day and title), `row`
    (number in the input), and those of `verdicts`. LookupError for a figure that no rule checks.
    """
    places = claims.reports()
    rows = claims.inputs().query("input == 'seeds'").set_index("row")["claims"]
    printed = judged[~judged["says"].str.startswith("printed as ")].set_index("claim")
    read = [(seed, row) for seed, first, last in SEEDS for row in range(first, last + 1)
            if _day(places["date"][seed]) <= pd.Timestamp(known_on)]  # fmt: skip
    if missing := [rows[row] for _, row in read if rows[row] not in printed.index]:
        raise LookupError(f"checks.toml has no rule for {', '.join(missing)}: add one, if only with a note")
    found = printed.loc[[rows[row] for _, row in read]].reset_index()
    titles = [f"{places['date'][seed]}: {places['title'][seed]}" for seed, _ in read]
    return found.assign(seed=[seed for seed, _ in read], title=titles, row=[row for _, row in read])[
        ["seed", "title", "row", *judged.columns]
    ]
