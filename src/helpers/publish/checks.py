"""What must hold before anything is published: of a notebook, of an edition, of the built site.

Every check returns the faults that it finds, one sentence each, with place and remedy; an empty list is a pass.
"""

from __future__ import annotations

import ast
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

PICTURES = ("image/png", "image/jpeg", "image/svg+xml")
COMMON_PARAMETERS = ("known_on", "data", "tables")
LONGEST_CELL = 20
LARGEST_NOTEBOOK = 300_000  # bytes
ARCHIVE_HOSTS = ("archive.ph", "archive.is", "archive.today", "archive.li", "archive.vn", "archive.md", "archive.fo",
                 "web.archive.org", "ghostarchive.org", "perma.cc", "webcache.googleusercontent.com")  # fmt: skip

# attributes that make a browser fetch, by element; a link does so only for these relations
FETCHING = {
    "script": ("src",), "img": ("src", "srcset"), "source": ("src", "srcset"), "iframe": ("src",), "embed": ("src",),
    "audio": ("src",), "video": ("src", "poster"), "track": ("src",), "input": ("src",), "object": ("data",),
    "image": ("href", "xlink:href"), "use": ("href", "xlink:href"), "link": ("href",), "body": ("background",),
}  # fmt: skip
FETCHING_RELATIONS = {"stylesheet", "icon", "preload", "prefetch", "modulepreload", "preconnect", "dns-prefetch",
                      "manifest", "apple-touch-icon"}  # fmt: skip
FOREIGN = re.compile(r"^\s*(?:https?:|wss?:|ftp:)?//", re.IGNORECASE)
CSS_ADDRESS = re.compile(r"(?:url\(|@import)\s*['\"]?\s*((?:https?:)?//[^'\")\s]+)", re.IGNORECASE)
SCRIPT_ADDRESS = re.compile(r"['\"`]((?:https?:|wss?:)?//[\w-]+\.[^'\"`\s]*)", re.IGNORECASE)
NAMESPACE = "http://www.w3.org/"  # names a vocabulary; nothing is fetched from it


def unexecuted(notebook: Mapping, name: str) -> list[str]:
    """Code cells that were not run, or that ended in an error."""
    faults = []
    for number, cell in _code(notebook):
        if cell["execution_count"] is None and _source(cell).strip():
            faults.append(f"{name}, cell {number}: was not executed; run `make report`, or execute the notebook")
        elif any(output["output_type"] == "error" for output in cell["outputs"]):
            faults.append(f"{name}, cell {number}: ended in an error; mend it and execute the notebook")
    return faults


def question(notebook: Mapping, name: str) -> list[str]:
    """A notebook has one heading of the first level, in its first cell, and it is a question."""
    headings = [
        (number, line)
        for number, cell in enumerate(notebook["cells"], 1)
        if cell["cell_type"] == "markdown"
        for line in _outside_fences(_source(cell))
        if re.match(r"#\s", line)
    ]
    if len(headings) != 1 or headings[0][0] != 1:
        where = ", ".join(f"cell {number}" for number, _ in headings) or "none"
        return [f"{name}: headings of the first level: {where}; allowed is exactly one, in cell 1"]
    if not headings[0][1].rstrip().endswith("?"):
        return [f"{name}, cell 1: the heading '{headings[0][1].lstrip('# ').rstrip()}' is no question; end it with '?'"]
    return []


def parameters(notebook: Mapping, name: str) -> list[str]:
    """One cell tagged `parameters`, of which papermill understands every line, with a comment on each."""
    tagged = [(number, cell) for number, cell in _code(notebook) if "parameters" in _tags(cell)]
    if len(tagged) != 1:
        return [f"{name}: {len(tagged)} cells are tagged `parameters`; allowed is exactly one"]
    number, cell = tagged[0]
    inspected = declared(notebook)
    faults = [
        f"{name}, cell {number}, line {statement.lineno}: papermill cannot read `{ast.unparse(statement)}`; "
        "write name: type = literal  # meaning"
        for statement in ast.parse(_source(cell)).body
        if _name(statement) not in inspected
    ]
    faults += [
        f"{name}, cell {number}: parameter {parameter} has no comment that says what it means"
        for parameter, facts in inspected.items()
        if not facts["help"]
    ]
    return faults + [
        f"{name}, cell {number}: parameter {parameter} is missing; every notebook has {', '.join(COMMON_PARAMETERS)}"
        for parameter in COMMON_PARAMETERS
        if parameter not in inspected
    ]


def declared(notebook: Mapping) -> dict[str, Mapping]:
    """The parameters of a notebook as papermill reads them: by name, with type, default and help."""
    from papermill.translators import papermill_translators

    cell = next((cell for _, cell in _code(notebook) if "parameters" in _tags(cell)), None)
    python = papermill_translators.find_translator("python3", "python")
    read = python.inspect({"source": _source(cell)}) if cell else []
    return {parameter.name: parameter._asdict() for parameter in read}


def _name(statement: ast.stmt) -> str:
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return statement.target.id
    return ""


def what_must_hold(notebook: Mapping, name: str) -> list[str]:
    """The last section is headed "What must hold" and asserts something."""
    last, asserted = "", False
    for cell in notebook["cells"]:
        headings = [line for line in _outside_fences(_source(cell)) if re.match(r"##\s", line)]
        if cell["cell_type"] == "markdown" and headings:
            last, asserted = headings[-1].lstrip("# ").strip(), False
        elif cell["cell_type"] == "code":
            asserted |= any(isinstance(node, ast.Assert) for node in ast.walk(ast.parse(_source(cell))))
    if last != "What must hold":
        return [f"{name}: the last section is '{last}'; it must be 'What must hold'"]
    return [] if asserted else [f"{name}: nothing is asserted under 'What must hold'"]


def long_cells(notebook: Mapping, name: str) -> list[str]:
    """Code cells of more than twenty lines."""
    lengths = [(number, len(_source(cell).splitlines())) for number, cell in _code(notebook)]
    return [
        f"{name}, cell {number}: {length} lines; allowed are {LONGEST_CELL}, so move a part into a helper"
        for number, length in lengths
        if length > LONGEST_CELL
    ]


def pictures_without_alt(notebook: Mapping, name: str) -> list[str]:
    """Pictures, shown by code or written in Markdown, that say nothing to a reader who cannot see them."""
    faults = []
    for number, cell in enumerate(notebook["cells"], 1):
        bare = re.findall(r"!\[\s*\]\(", _source(cell)) if cell["cell_type"] == "markdown" else []
        for output in cell.get("outputs", []):
            kind = next((kind for kind in PICTURES if kind in output.get("data", {})), None)
            if kind and not output.get("metadata", {}).get(kind, {}).get("alt", "").strip():
                bare.append(kind)
        if bare:
            faults.append(f"{name}, cell {number}: a picture has no alt text; end it with plots.picture(..., alt=...)")
    return faults


def unevenly_hidden(notebook: Mapping, name: str) -> list[str]:
    """Code cells folded in the book (`hide-input`) but not in JupyterLab (`jupyter.source_hidden`), or only there."""
    return [
        f"{name}, cell {number}: the tag hide-input and jupyter.source_hidden differ; set both or neither"
        for number, cell in _code(notebook)
        if ("hide-input" in _tags(cell)) != cell.get("metadata", {}).get("jupyter", {}).get("source_hidden", False)
    ]


def too_large(path: Path) -> list[str]:
    """A committed notebook of more than 300 kB."""
    size = path.stat().st_size
    return [f"{path.name}: {size:,} bytes; allowed are {LARGEST_NOTEBOOK:,}"] if size > LARGEST_NOTEBOOK else []


NOTEBOOK_CHECKS = (unexecuted, question, parameters, what_must_hold, long_cells, pictures_without_alt, unevenly_hidden)


def notebook_faults(path: Path) -> list[str]:
    """Every fault of the notebook at `path`."""
    import json

    notebook = json.loads(path.read_text("utf-8"))
    return [fault for check in NOTEBOOK_CHECKS for fault in check(notebook, path.name)] + too_large(path)


def unknown_parameters(
    given: Mapping[str, Mapping[str, object]], allowed: Mapping[str, Collection[str]], file: str
) -> list[str]:
    """Parameters that an edition (`file`) sets and no notebook has: papermill would let them pass with a warning.

    `given` and `allowed` are by notebook; `allowed` holds the names that each notebook declares.
    """
    faults = [
        f"{file}, key parameters.{notebook}: there is no such notebook; allowed are {', '.join(sorted(allowed))}"
        for notebook in given
        if notebook not in allowed
    ]
    return faults + [
        f"{file}, key parameters.{notebook}.{key}: {notebook} has no such parameter; "
        f"allowed are {', '.join(sorted(allowed[notebook]))}"
        for notebook, values in given.items()
        if notebook in allowed
        for key in values
        if key not in allowed[notebook]
    ]


def is_archive(address: str) -> bool:
    """Whether `address` leads to a host that keeps copies of pages: such links are not published."""
    host = urlsplit(address).hostname or ""
    return any(host == one or host.endswith(f".{one}") for one in ARCHIVE_HOSTS)


class _Page(HTMLParser):
    """What a page fetches, which pictures have no alt text, and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.pictures_without_alt: list[str] = []
        self.links: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._inside = tag if tag in ("script", "style") else ""
        if tag != "link" or FETCHING_RELATIONS & set(values.get("rel", "").lower().split()):
            for attribute in FETCHING.get(tag, ()):
                self.fetched += [part.split()[0] for part in _parts(attribute, values.get(attribute, ""))]
        self.fetched += CSS_ADDRESS.findall(values.get("style", ""))
        if tag == "img" and not values.get("alt", "").strip():
            self.pictures_without_alt.append(values.get("src", "")[:80])
        if tag == "a":
            self.links.append(values.get("href", ""))

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            self.fetched += script_addresses(data)
        elif self._inside == "style":
            self.fetched += CSS_ADDRESS.findall(data)


def _parts(attribute: str, value: str) -> list[str]:
    return [part for part in (value.split(",") if attribute == "srcset" else [value]) if part.strip()]


def page(markup: str) -> _Page:
    """The page read as a browser would: `fetched`, `pictures_without_alt`, `links`."""
    reader = _Page()
    reader.feed(markup)
    reader.close()
    return reader


def script_addresses(script: str) -> list[str]:
    """The addresses of other hosts that a script holds, comments and XML namespaces left out."""
    code = re.sub(r"/\*.*?\*/", "", script, flags=re.DOTALL)
    return [found for found in SCRIPT_ADDRESS.findall(code) if not found.startswith(NAMESPACE)]


def foreign_requests(file: Path) -> list[str]:
    """The addresses at other hosts that a browser would fetch for one html, css or js file."""
    text = file.read_text("utf-8", errors="replace")
    if file.suffix == ".html":
        found = page(text).fetched
    else:
        found = CSS_ADDRESS.findall(text) if file.suffix == ".css" else script_addresses(text)
    return [address for address in found if FOREIGN.match(address)]


def site_faults(site: Path) -> list[str]:
    """Every fault of a built site: requests to other hosts, pictures without alt text, links to archive hosts."""
    faults = []
    for file in sorted(file for file in site.rglob("*") if file.suffix in (".html", ".css", ".js")):
        name = file.relative_to(site)
        faults += [f"{name}: asks another host for {address}" for address in foreign_requests(file)]
        if file.suffix == ".html":
            read = page(file.read_text("utf-8"))
            faults += [f"{name}: the picture {picture} has no alt text" for picture in read.pictures_without_alt]
            faults += [f"{name}: links to the archive host of {link}" for link in read.links if is_archive(link)]
    return faults


def _code(notebook: Mapping) -> Iterator[tuple[int, Mapping]]:
    return ((number, cell) for number, cell in enumerate(notebook["cells"], 1) if cell["cell_type"] == "code")


def _source(cell: Mapping) -> str:
    return "".join(cell["source"])


def _tags(cell: Mapping) -> list[str]:
    return cell.get("metadata", {}).get("tags", [])


def _outside_fences(text: str) -> list[str]:
    """The lines of a Markdown text that are not code."""
    return re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE).splitlines()
