"""HTML from the templates of this folder: whatever is put into one is shown as text, hidden characters written out."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from helpers import texts

if TYPE_CHECKING:
    import jinja2

TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, **facts: object) -> str:
    """The HTML of `template` (a file of templates/) with `facts`: every text in it escaped, a missing one refused."""
    return _environment().get_template(template).render(facts)


def link(address: str) -> str:
    """`address` if it is one of the web (http, https, with a host) and may stand behind a link, else nothing."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    plain = not texts.hidden(address) and " " not in address
    return address if plain and parts.scheme in ("http", "https") and parts.hostname else ""


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=lambda value: texts.visible(value) if type(value) is str else value,
        keep_trailing_newline=True,
        trim_blocks=True,
    )
