"""The tables that notebooks show, made readable at any width: a box that scrolls, and columns of numbers lined up."""

from __future__ import annotations

import re

EMPTY = {"", "NaN", "NaT", "None", "nan", "&lt;NA&gt;", "-", "–", "—", "not known"}
VALUE = r"[-−+]?\d[\d,]*(?:\.\d+)?(?:\s?%)?"
WORDS = r"(?:about|at least|at most|more than|over|under|up to) "
KINDS = {
    # one number or a range, perhaps with its interval behind it
    "number": re.compile(rf"(?:{WORDS})?{VALUE}(?:\s?–\s?{VALUE})?(?: \({VALUE}\s?–\s?{VALUE}\))?(?: times)?"),
    "day": re.compile(r"\d{4}-\d{2}(?:-\d{2})?"),
}
CELL = re.compile(r"<(t[hd])\b([^>]*)>(.*?)</\1>", re.DOTALL)


def boxed(markup: str, label: str) -> str:
    """The HTML of a table in a box that scrolls by touch and keyboard, under `label`; without pandas' own style.

    Columns of numbers go to the right and days are not broken (classes `number` and `day`); a second row of
    headings that only names the index is drawn into the first.
    """
    markup = re.sub(r"<style scoped>.*?</style>", "", markup, flags=re.DOTALL)
    markup = re.sub(r' border="1"| style="text-align: (?:right|left);"', "", markup)
    markup = _with_kinds(_one_heading(markup)).strip()
    return f'<div class="table-box" role="region" aria-label="{label}" tabindex="0">{markup}</div>'


def _one_heading(markup: str) -> str:
    head = re.search(r"<thead>(.*?)</thead>", markup, re.DOTALL)
    rows = [CELL.findall(row) for row in re.findall(r"<tr\b.*?</tr>", head[1], re.DOTALL)] if head else []
    if len(rows) != 2 or len(rows[0]) != len(rows[1]):
        return markup
    if any(bool(above[2]) == bool(below[2]) for above, below in zip(*rows, strict=True)):
        return markup
    names = "".join(f"<th>{above[2] or below[2]}</th>" for above, below in zip(*rows, strict=True))
    return markup.replace(head[0], f"<thead><tr>{names}</tr></thead>")


def _with_kinds(markup: str) -> str:
    """`markup` with a class on every cell of a column that holds only numbers, or only days."""
    head, mark, body = markup.partition("</thead>")
    rows = [CELL.findall(row) for row in re.findall(r"<tr\b.*?</tr>", body, re.DOTALL)]
    width = len(rows[0]) if rows else 0
    if any(len(row) != width for row in rows):
        return markup
    kinds = [_kind([row[column] for row in rows]) for column in range(width)]
    # a heading without words is no heading
    head = re.sub(r"<th\b([^>]*)></th>", r"<td\1></td>", _classed(head, kinds))
    return head + mark + _classed(body, kinds)


def _kind(column: list[tuple[str, str, str]]) -> str:
    told = [content.strip() for tag, _, content in column if tag == "td" and content.strip() not in EMPTY]
    return next((kind for kind, form in KINDS.items() if told and all(map(form.fullmatch, told))), "")


def _classed(part: str, kinds: list[str]) -> str:
    def row(found: re.Match) -> str:
        columns = iter(kinds)
        return (
            CELL.sub(lambda cell: _cell(cell, next(columns)), found[0]) if _width(found[0]) == len(kinds) else found[0]
        )

    return re.sub(r"<tr\b.*?</tr>", row, part, flags=re.DOTALL)


def _width(row: str) -> int:
    return len(CELL.findall(row))


def _cell(found: re.Match, kind: str) -> str:
    tag, attributes, content = found.groups()
    return f'<{tag}{attributes} class="{kind}">{content}</{tag}>' if kind else found[0]
