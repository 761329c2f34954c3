"""Text from outside, made harmless for where it goes: one function for each destination.

A ledger, a list, a file name or an edition is data. What it says is shown and never executed: not by a browser, a
template, a spreadsheet or a terminal.
"""

from __future__ import annotations

import html
import re
import unicodedata

# what moves, hides or reorders text: control and format characters, separators of lines, halves of characters
HIDDEN = ("Cc", "Cf", "Zl", "Zp", "Cs")
JOINERS = "\u200c\u200d"  # Persian, Hindi and others write words with them
IN_A_LINE = re.compile(r"[\\`*_{}\[\]<>&$~|^]")  # what can begin markup, HTML, a role, a formula or a link
AT_ITS_START = re.compile(r"^(\s*\d*)([#+\-=:%(.)!@])")  # what can begin a heading, a list, a comment, a target
# a spreadsheet takes a cell for a formula by its first mark; it may cut cells at semicolons, bars and tabs as well
FORMULA = re.compile(r"(^|[;|\t\r\n])([\s\"']*)([=+\-@＝＋－＠][^;|\t\r\n]*)")
SIGNED = re.compile(r"[+-]\s*\d[^=+\-*/^&|!()@]*")  # "+1,190 since March" inside a sentence


def hidden(text: str) -> str:
    """The first character of `text` that no reader sees and that can change what is seen; "" if there is none."""
    if text.isprintable():
        return ""
    return next((one for one in text if unicodedata.category(one) in HIDDEN and one not in JOINERS), "")


def visible(text: object) -> str:
    """`text` in one line, with every hidden character written out: a line's end as ⏎, others as ⟨U+202E⟩."""
    one_line = re.sub(r"\r\n|\n|\r", "⏎", str(text))
    return "".join(f"⟨U+{ord(one):04X}⟩" if hidden(one) else one for one in one_line)


def in_html(text: object) -> str:
    """`text` as the content of an HTML element, or as the value of an attribute between quotes."""
    return html.escape(visible(text), quote=True)


def in_markdown(text: object) -> str:
    """`text` within Markdown, as MyST and JupyterLab read it: no markup, HTML, role, formula or link begins in it."""
    shown = IN_A_LINE.sub(lambda mark: f"&#{ord(mark[0])};", visible(text))
    return AT_ITS_START.sub(lambda begin: f"{begin[1]}&#{ord(begin[2])};", shown)


def in_cell(text: object) -> str:
    """`text` as a cell of a CSV file, with an apostrophe before all that a spreadsheet would take for a formula."""

    def quoted(part: re.Match[str]) -> str:
        begin, space, mark = part.groups()
        inside = begin and SIGNED.fullmatch(mark)
        return part[0] if inside else f"{begin}'{space}{mark}"

    return visible(FORMULA.sub(quoted, str(text)))


def in_terminal(text: object, width: int = 400) -> str:
    """`text` for a terminal: no escape sequence, and at most `width` characters."""
    shown = visible(text)
    return shown if len(shown) <= width else f"{shown[: width - 1]}…"
