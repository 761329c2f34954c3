"""What a notebook shows as Markdown does nothing in the book but format; thirty payloads, one book, in Chromium too."""

import json
import re

import chromium
import pytest
import test_book

from helpers.paths import ROOT
from helpers.publish import book, outputs

SECRET = "the text of another file"
PAYLOADS = [
    '<img src=x onerror="window.__x=1">', "<script>window.__x=1</script>", "<svg onload=window.__x=1>", "<!-- <b>",
    "<iframe srcdoc='<script>parent.__x=1</script>'>", "<style>*{display:none}</style>", "<details open ontoggle=x>",
    '{{ cycler.__init__.__globals__.os.popen("id").read() }}', "{{ 7*7 }}", "{% include 'secret.txt' %}", "{# x #}",
    "```{include} secret.txt\n```", "````{literalinclude} secret.txt\n````", "```{raw} html\n<b id=raw>x</b>\n```",
    "```{raw} html\n:file: secret.txt\n```", "```{eval-rst}\n.. include:: secret.txt\n```",
    "~~~{include} secret.txt\n~~~",
    ":::{include} secret.txt\n:::", "x\n\n```{include} secret.txt", "- ```{include} secret.txt\n  ```",
    "> ```{include} secret.txt\n> ```", "{download}`secret.txt`", "{doc}`index`", "{eval}`x`", "(target)=",
    "[a](javascript:window.__x=1)", "[a]( JaVaScRiPt:window.__x=1)", "![a](data:text/html,x)",
    "[a]: javascript:x\n\n[a]",
    "% a comment", "[a](<javascript:window.__x=1>)", '" onmouseover="window.__x=1', "&lt;b&gt;", "\\<b>", "<B>x</B>",
]  # fmt: skip


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The folder of a small book, one page of which shows every payload and one of them in the headline."""
    monkeypatch = pytest.MonkeyPatch()
    folder = tmp_path_factory.mktemp("payloads")
    content = test_book.notebook()
    for number, text in enumerate(PAYLOADS):
        content["cells"].append(test_book.code(f"{number}", {"text/markdown": f"Said: {text}\n\n{text}"}))
    content["cells"][1] = test_book.code(
        "answer", {"text/markdown": f"**Said**: {PAYLOADS[0]} {PAYLOADS[7]}"}, tags=["headline"]
    )
    content["cells"].append(test_book.code("last", {"text/markdown": "the last cell is there"}))
    edition = test_book.lay_out(monkeypatch, folder, {"12_comparison.ipynb": content})
    source = book.assemble(edition, edition.folder / "book")
    (source / "notebooks" / "secret.txt").write_text(SECRET)
    (source / "secret.txt").write_text(SECRET)
    built = book._sphinx(source)
    monkeypatch.undo()
    return built


@pytest.mark.parametrize("name", ["notebooks/12_comparison.html", "index.html"])
def test_no_payload_is_executed_and_no_other_file_is_shown(page, name):
    markup = (page / name).read_text("utf-8")
    main = markup[markup.index('role="main"') :].partition("</article>")[0]
    assert SECRET not in markup
    assert not re.search(r"<(?:iframe|style|details|b)\b|<[^<>]*id=.?raw|uid=\d|<svg onload", main, re.IGNORECASE)
    assert not re.search(r"(?:href|src)=.?\s*(?:javascript|data:text)", main, re.IGNORECASE)
    assert "<img src=x" not in main
    assert name == "index.html" or "the last cell is there" in main


@pytest.mark.browser
@pytest.mark.slow
def test_no_payload_is_executed_in_a_browser(page, tmp_path):
    if not chromium.program():
        pytest.skip("Chromium is not installed")
    browser = chromium.Chromium(chromium.program(), tmp_path)
    try:
        for name in ("notebooks/12_comparison.html", "index.html"):
            browser.open((page / name).as_uri(), width=1280)
            assert browser.evaluate("window.__x === undefined && document.querySelectorAll('#raw').length === 0")
    finally:
        browser.close()


def test_formatting_stays():
    kept = "**bold** *x* `code` [a](https://example.org/a) [b](02_linkage.ipynb)\n\n- one\n- two, $x^2$, 3 < 4, {set}"
    assert outputs.inert(kept) == kept
    assert outputs.inert("<https://example.org>") == "[https://example.org](https://example.org)"


def test_what_the_committed_notebooks_show_is_not_changed():
    for path in sorted((ROOT / "notebooks").rglob("*.ipynb")):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        for output in (output for cell in cells for output in cell.get("outputs", [])):
            markdown = "".join(output.get("data", {}).get("text/markdown", ""))
            assert outputs.inert(markdown) == markdown or "<http" in markdown, path.name
