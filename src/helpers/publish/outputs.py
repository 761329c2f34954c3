"""What notebooks show as Markdown, made safe for the book: it may format, and it may do nothing else.

Sentences of notebooks quote the ledger and other data. Whoever writes such a sentence escapes what is quoted
(`helpers.texts.in_markdown`); this is the second lock, for the one that was forgotten.
"""

from __future__ import annotations

import re

ADDRESS = re.compile(r"<(https?://[^<>\s]+)>")
TAG = re.compile(r"<(?=[A-Za-z/!?])")
ROLE = re.compile(r"\{(?=[\w:+.-]+\}`)")  # {include}`...`
FENCE = re.compile(r"(?:`{3,}|~{3,}|:{3,})\s*\{")  # ```{include} ...
TARGET = re.compile(r"\]\(\s*<?\s*(?!https?:|[\w./#-]*[\w/-]\)|#)[^)]*\)", re.IGNORECASE)
DEFINED = re.compile(r"^(\s{0,3}\[[^\]]+\]):", re.MULTILINE)  # [label]: address
BRACES = re.compile(r"\{(?=[{%#])")
LABEL = re.compile(r"^(\s*)\((?=[^()\n]*\)=\s*$)", re.MULTILINE)  # (label)=
COMMENT = re.compile(r"^(\s*)%", re.MULTILINE)

MARKS = {
    TAG: "&lt;", ROLE: "&#123;", BRACES: "&#123;", LABEL: r"\1&#40;", COMMENT: r"\1&#37;", DEFINED: r"\1&#58;",
}  # fmt: skip


def inert(markdown: str) -> str:
    """`markdown` in which no HTML, directive, role, template, label, comment or odd address begins; else the same.

    Emphasis, lists, tables, code, formulas, addresses in angle brackets and links to web pages or files stay.
    """
    kept = ADDRESS.sub(r"[\1](\1)", markdown)
    kept = FENCE.sub(lambda fence: "".join(f"&#{ord(mark)};" for mark in fence[0]), kept)
    for pattern, mark in MARKS.items():
        kept = pattern.sub(mark, kept)
    return _closed(TARGET.sub("]", kept))


def _closed(markdown: str) -> str:
    """`markdown` whose fences of code all end in it: an odd one would swallow what follows."""
    lines = markdown.split("\n")
    fences = [place for place, line in enumerate(lines) if re.match(r"\s*(`{3,}|~{3,}|:{3,})", line)]
    for place in fences[len(fences) - len(fences) % 2 :]:
        lines[place] = re.sub(r"[`~:]", lambda mark: f"&#{ord(mark[0])};", lines[place])
    return "\n".join(lines)
