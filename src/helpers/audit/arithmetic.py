"""The arithmetic of a check: names, numbers, + - * / and brackets, evaluated and shown in figures."""

from __future__ import annotations

import ast
import re

from helpers.refusals import quoted

OPERATIONS = {
    ast.Add: lambda a, b: a + b, ast.Sub: lambda a, b: a - b, ast.Mult: lambda a, b: a * b, ast.Div: lambda a, b: a / b
}  # fmt: skip
LONGEST = 500  # characters
PART = re.compile(r"[a-z_][a-z_0-9]*|\d+(\.\d+)?")


def evaluate(arithmetic: str, values: dict[str, float]) -> float:
    """The value of `arithmetic`: names of `values`, numbers, + - * / and brackets; ValueError for anything else."""
    try:
        tree = ast.parse(arithmetic[:LONGEST], mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        tree = None
    if tree is None or len(arithmetic) > LONGEST:
        raise ValueError(f"{quoted(arithmetic)} is not arithmetic: allowed are names of inputs, numbers, + - * / ( )")
    return _value(tree, values)


def _value(node: ast.AST, values: dict[str, float]) -> float:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        if abs(node.value) > 1e300:
            raise ValueError("a number in it is too large")
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


def number(value: float | str) -> str:
    """`value` as it is shown: thousands separated, three digits where it is small; a text as it stands."""
    if isinstance(value, str):
        return value
    return f"{value:,.0f}" if abs(value) >= 1000 or value == round(value) else f"{value:.3g}"


def in_figures(arithmetic: str, values: dict[str, float]) -> str:
    """The arithmetic with `values` for names, thousands separated."""

    def shown(found: re.Match) -> str:
        return number(values[found[0]]) if found[0] in values else _written(found[0])

    return PART.sub(shown, arithmetic).replace("*", "×").replace(" - ", " − ")


def _written(number: str) -> str:
    return number if "." in number else f"{int(number):,}"
