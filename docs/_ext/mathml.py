"""A Sphinx extension: formulas become MathML when the book is built, so that no page needs a script for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


def mathml(latex: str, *, display: str = "inline") -> str:
    """The MathML of one formula, with its LaTeX as alternative text; ValueError names a formula that is none."""
    from html import escape

    from latex2mathml.converter import convert

    try:
        markup = convert(latex, display=display)
    except Exception as problem:
        raise ValueError(f"this formula cannot be read: {latex} ({type(problem).__name__})") from problem
    if left := re.search(r"<mi>(\\\w+|[&{}])</mi>", markup):
        raise ValueError(f"this formula cannot be read: {latex} (no meaning is known for {left[1]})")
    return markup.replace("<math ", f'<math alttext="{escape(latex.strip(), quote=True)}" ', 1)


def inline(translator: HTML5Translator, node: nodes.math) -> None:
    """Write a formula that stands in a line of text."""
    from docutils.nodes import SkipNode

    translator.body.append(_formula(translator, node))
    raise SkipNode


def block(translator: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula that stands by itself, in a box that scrolls when the page is narrower than it."""
    from docutils.nodes import SkipNode

    formula = _formula(translator, node, display="block")
    translator.body.append(f'<div class="formula" role="group" aria-label="formula" tabindex="0">{formula}</div>\n')
    raise SkipNode


def _formula(translator: HTML5Translator, node: nodes.Element, **options: str) -> str:
    from sphinx.errors import SphinxError

    try:
        return mathml(node.astext(), **options)
    except ValueError as problem:
        raise SphinxError(f"{translator.builder.current_docname}: {problem}") from problem


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the renderer under the name that conf.py gives to `html_math_renderer`."""
    app.add_html_math_renderer("mathml", inline_renderers=(inline, None), block_renderers=(block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
