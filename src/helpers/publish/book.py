"""The book: docs pages, executed notebooks and generated pages, gathered in one folder and built by Sphinx."""

from __future__ import annotations

import argparse
import base64
import copy
import json
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from helpers.claims import LedgerError
from helpers.paths import DATA, ROOT
from helpers.publish import editions, outputs, switcher, tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from helpers.publish.editions import Edition

PICTURES = ("image/png", "image/jpeg", "image/svg+xml")
DOCS = ROOT / "docs"


class BookError(ValueError):
    """A book that cannot be built; the message names the notebook and the cell, or the page, and the remedy."""


class Headline(NamedTuple):
    """What the opening page shows: a sentence (Markdown), a picture (PNG) and what the picture says in words."""

    sentence: str
    picture: bytes
    alt: str


def build(edition: Edition) -> Path:
    """The folder of the book of `edition`, built anew from what its notebooks and run left under build/.

    Reads notebooks/*.ipynb and run.json of the edition's folder, data/ and docs/; writes book/ (what Sphinx reads)
    and site/, and into the books of other editions a link to it. The old site stands until the new one is whole.
    Raises BookError.
    """
    source = assemble(edition, edition.folder / "book")
    finished = _sphinx(source)
    shutil.copy(source / "generated" / switcher.FACTS, finished)
    site = edition.folder / "site"
    switcher.put_in_place(finished, site)
    return site


def assemble(edition: Edition, folder: Path, *, docs: Path = DOCS) -> Path:
    """The folder that Sphinx reads, made anew: docs pages, notebooks, the headline, ledger, sources, citation."""
    notebooks = _notebooks(edition.folder / "notebooks")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(docs, folder, ignore=shutil.ignore_patterns("__pycache__", "_build"))
    for name, notebook in notebooks.items():
        page = folder / "notebooks" / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(json.dumps(for_the_book(notebook, name), ensure_ascii=False, indent=1), "utf-8")
    lessons = [name.removesuffix(".ipynb") for name in notebooks if "/" in name]
    _write_generated(edition, folder / "generated", headline(notebooks), lessons, began_with_picture(notebooks))
    return folder


def _notebooks(folder: Path) -> dict[str, dict]:
    """The executed notebooks by their path in `folder`, the walk before what stands in folders of its own."""
    files = sorted(folder.glob("*.ipynb")) + sorted(folder.glob("*/*.ipynb"))
    if not files:
        raise BookError(f"no executed notebook in {folder.parent.name}/{folder.name}: run `make report`")
    return {file.relative_to(folder).as_posix(): json.loads(file.read_text("utf-8")) for file in files}


def for_the_book(notebook: dict, name: str) -> dict:
    """A copy of `notebook` as MyST-NB wants it: alt text in its place, tables in a box that scrolls.

    MyST-NB takes alt text from the cell (`mystnb.image.alt`), IPython leaves it with the output. BookError for a
    picture without alt text, for two pictures in one cell, and for a cell that was not executed or failed.
    """
    from helpers.publish import checks

    faults = checks.unexecuted(notebook, name) + checks.pictures_without_alt(notebook, name)
    if faults:
        raise BookError("\n".join(faults))
    prepared = copy.deepcopy(notebook)
    prepared["metadata"]["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}
    _fold_defaults(prepared["cells"])
    _say_what_is_missing(prepared)
    for number, cell in enumerate(prepared["cells"], 1):
        if cell["cell_type"] == "code":
            _move_alt_text(cell, f"{name}, cell {number}")
            _make_inert(cell)
            _box_tables(cell, number)
    return prepared


def _say_what_is_missing(prepared: dict) -> None:
    """Under the title of a notebook that had to do without data sets that it would have read: which, and the remedy."""
    run = prepared["metadata"].get("by_name", {})
    if not run.get("sources") or run.get("parameters", {}).get("data") != "embedded":
        return
    wanted = ", ".join(f"`{source}`" for source in run["sources"])
    text = (
        f"> **Not in this run.** This page reads {wanted}, and not all of that was to be had. It stands on what the "
        "repository itself holds: coarser sums, published tables, invented records. `make data` fetches the rest."
    )
    prepared["cells"].insert(1, {"cell_type": "markdown", "id": "missing", "metadata": {}, "source": text})


def _fold_defaults(cells: list[dict]) -> None:
    """Fold the default parameters where those of the run stand below: a reader sees what holds; a lesson folds both."""
    by_tag = {tag: cell["metadata"]["tags"] for cell in cells for tag in cell["metadata"].get("tags", [])}
    if {"parameters", "injected-parameters"} <= set(by_tag):
        folded = by_tag["parameters"]
        (by_tag["injected-parameters"] if "hide-input" in folded else folded).append("hide-input")


def _move_alt_text(cell: dict, where: str) -> None:
    alts = [alt for output in cell["outputs"] for _, alt in _pictures(output)]
    if len(alts) > 1:
        raise BookError(f"{where}: {len(alts)} pictures in one cell; show one picture in a cell")
    if alts:
        # with a width, Sphinx makes the picture a link to itself at full size
        cell["metadata"]["mystnb"] = {"image": {"alt": " ".join(alts[0].split()), "width": "100%"}}


def _pictures(output: dict) -> Iterable[tuple[str, str]]:
    """The kind and the alt text of each picture that an output shows."""
    for kind in PICTURES:
        if kind in output.get("data", {}):
            yield kind, output.get("metadata", {}).get(kind, {}).get("alt", "")
            return


def _make_inert(cell: dict) -> None:
    for output in cell["outputs"]:
        if markdown := "".join(output.get("data", {}).get("text/markdown", "")):
            output["data"]["text/markdown"] = outputs.inert(markdown)


def _box_tables(cell: dict, number: int) -> None:
    for output in cell["outputs"]:
        markup = "".join(output.get("data", {}).get("text/html", ""))
        if "<table" in markup:
            output["data"]["text/html"] = tables.boxed(markup, f"table of cell {number}")


def headline(notebooks: dict[str, dict]) -> Headline:
    """The sentence and the picture of the cells tagged `headline` and `headline-picture`; BookError if one lacks."""
    sentence = _output(notebooks, "headline", "text/markdown")["data"]["text/markdown"]
    return Headline(outputs.inert("".join(sentence)), *_picture(_output(notebooks, "headline-picture", "image/png")))


def _picture(output: dict) -> tuple[bytes, str]:
    content = base64.b64decode("".join(output["data"]["image/png"]))
    return content, " ".join(output["metadata"]["image/png"]["alt"].split())


def began_with_picture(notebooks: dict[str, dict]) -> tuple[bytes, str]:
    """The picture of the numbers that the project began with, and its words; nothing where none was known."""
    found = _outputs(notebooks, "began-with-picture", "image/png")
    return _picture(found[0]) if found else (b"", "")


def _output(notebooks: dict[str, dict], tag: str, kind: str) -> dict:
    if found := _outputs(notebooks, tag, kind):
        return found[0]
    raise BookError(f"no cell tagged `{tag}` shows {kind}; the opening page needs one, in {' or '.join(notebooks)}")


def _outputs(notebooks: dict[str, dict], tag: str, kind: str) -> list[dict]:
    cells = [cell for notebook in notebooks.values() for cell in notebook["cells"]]
    tagged = [cell for cell in cells if tag in cell["metadata"].get("tags", [])]
    return [output for cell in tagged for output in cell.get("outputs", []) if kind in output.get("data", {})]


def _write_generated(
    edition: Edition, folder: Path, first: Headline, lessons: list[str], began: tuple[bytes, str]
) -> None:
    """What the pages of docs/ include: headline, edition, lessons, first numbers, ledger, sources, ethics, citation."""
    from helpers import claims, sources
    from helpers.publish import began_with, pages

    if lost := began_with.missing(edition):
        raise BookError(f"{edition.name}: no table {' and '.join(lost)}; notebooks leave it: run `make report`")
    folder.mkdir()
    (folder / "headline.png").write_bytes(first.picture)
    (folder / began_with.PICTURE).write_bytes(began[0])
    parts = {
        switcher.FACTS: json.dumps(pages.edition_facts(edition)),
        "known_on.md": pages.known_on(edition),
        "headline.md": pages.headline(first.sentence, first.alt),
        "lessons.md": pages.lessons(lessons),
        **began_with.generated(edition, began[1]),
        **pages.ledger(claims.known_by(str(edition.known_on)), claims.reports(), edition.known_on),
        **pages.sources(sources.registry(), _used(edition), edition.known_on),
        "ETHICS.md": (DATA / "ETHICS.md").read_text("utf-8"),
        "citation.md": pages.citation(edition, ROOT / "CITATION.cff"),
    }
    for name, text in parts.items():
        (folder / name).write_text(text, "utf-8")


def _used(edition: Edition) -> dict[str, str]:
    """What became of each data set in the run of `edition`, by id."""
    run = edition.folder / "run.json"
    if not run.is_file():
        raise BookError(f"{edition.name}/run.json is missing: it says which sources were used; run `make report`")
    return json.loads(run.read_text("utf-8"))["sources"]


def _sphinx(source: Path) -> Path:
    """The built pages of `source`; BookError with Sphinx's own words for anything it warns of."""
    import io
    import warnings

    from sphinx.application import Sphinx
    from sphinx.errors import SphinxError
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    built, told = source / "_build", io.StringIO()
    try:
        with warnings.catch_warnings(), patch_docutils(str(source)), docutils_namespace():
            # what MyST-Parser has to change before the next Sphinx is no fault of this book
            warnings.simplefilter("ignore", PendingDeprecationWarning)
            folders = (source, source, built / "html", built / "doctrees")
            app = Sphinx(*folders, "html", status=None, warning=told, freshenv=True)
            app.build(force_all=True)
    except SphinxError as problem:
        raise BookError(f"the book cannot be built: {problem}") from problem
    if told.getvalue() or app.statuscode:
        raise BookError(f"Sphinx would build a book with faults:\n{_plain(told.getvalue())}")
    return built / "html"


def _plain(text: str) -> str:
    """`text` without the terminal's colours."""
    return re.sub(r"\x1b\[[\d;]*m", "", text).strip()


def main(arguments: list[str] | None = None) -> int:
    """Build the book of one edition; prints where it is. Returns 1, after one clear message, when it cannot."""
    parser = argparse.ArgumentParser(prog="python -m helpers.publish.book", description=main.__doc__)
    parser.add_argument("--edition", default="latest", help="a file of editions/, or a day (YYYY-MM-DD)")
    name = parser.parse_args(arguments).edition
    try:
        build(editions.read(name))
    except (BookError, editions.EditionError, LedgerError) as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"book: build/{name}/site/index.html")
    return 0


if __name__ == "__main__":
    sys.exit(main())
