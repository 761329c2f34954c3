"""Each check passes on what is right and fails on the one thing that it is there for."""

import copy
import json

import pytest
from nbformat import v4

from helpers.publish import checks

PARAMETERS = """known_on: str = "2026-08-22"  # the report knows what was published by this day
data: str = "embedded"  # embedded or fetched
tables: str = ""  # folder for the tables
"""
PICTURE = {"image/png": "AAAA", "text/plain": "<Image>"}


def picture(**metadata):
    return v4.new_output("display_data", data=PICTURE, metadata={"image/png": metadata})


@pytest.fixture
def good():
    cells = [
        v4.new_markdown_cell("# What is a list?\n\nNo count.\n\n```\n# a comment in code is no heading\n```"),
        v4.new_code_cell(PARAMETERS, execution_count=1, metadata={"tags": ["parameters"]}),
        v4.new_code_cell("picture()", execution_count=2, outputs=[picture(alt="a line that rises")]),
        v4.new_markdown_cell("## What must hold"),
        v4.new_code_cell("assert 1 + 1 == 2", execution_count=3),
    ]
    return v4.new_notebook(cells=cells)


def test_a_good_notebook_has_no_fault(good, tmp_path):
    path = tmp_path / "01_good.ipynb"
    path.write_text(json.dumps(good))
    assert checks.notebook_faults(path) == []


def code(source, **rest):
    return v4.new_code_cell(source, **{"execution_count": 9, **rest})


BAD = {
    "not executed": (checks.unexecuted, 4, code("assert True", execution_count=None), "cell 5: was not executed"),
    "an error": (
        checks.unexecuted, 2,
        code("1 / 0", outputs=[v4.new_output("error", ename="ZeroDivisionError", evalue="", traceback=[])]),
        "cell 3: ended in an error",
    ),
    "no heading": (checks.question, 0, v4.new_markdown_cell("What is a list?"), "of the first level: none"),
    "no question": (checks.question, 0, v4.new_markdown_cell("# Lists"), "cell 1: the heading 'Lists' is no question"),
    "two headings": (checks.question, 3, v4.new_markdown_cell("# And?\n\n## What must hold"), "cell 1, cell 4"),
    "no parameters tag": (checks.parameters, 1, code(PARAMETERS), "0 cells are tagged `parameters`"),
    "a line that papermill skips": (
        checks.parameters, 1, code(PARAMETERS + "n: int | None = 3  # so many", metadata={"tags": ["parameters"]}),
        "cell 2, line 4: papermill cannot read `n: int | None = 3`",
    ),
    "a line that is no parameter": (
        checks.parameters, 1, code(PARAMETERS + "print(known_on)", metadata={"tags": ["parameters"]}),
        "cell 2, line 4: papermill cannot read `print(known_on)`",
    ),
    "no comment": (
        checks.parameters, 1, code(PARAMETERS + "n: int = 3", metadata={"tags": ["parameters"]}),
        "parameter n has no comment",
    ),
    "a common parameter missing": (
        checks.parameters, 1, code('data: str = "embedded"  # which', metadata={"tags": ["parameters"]}),
        "parameter known_on is missing",
    ),
    "last section": (checks.what_must_hold, 3, v4.new_markdown_cell("## The end"), "the last section is 'The end'"),
    "no assertion": (checks.what_must_hold, 4, code("1 + 1 == 2"), "nothing is asserted"),
    "a long cell": (checks.long_cells, 4, code("x = 1\n" * 21), "cell 5: 21 lines; allowed are 20"),
    "no alt text": (
        checks.pictures_without_alt, 2, code("picture()", outputs=[picture()]), "cell 3: a picture has no alt",
    ),
    "empty alt text": (
        checks.pictures_without_alt, 2, code("picture()", outputs=[picture(alt=" ")]), "cell 3: a picture has no alt",
    ),
    "Markdown picture": (
        checks.pictures_without_alt, 3, v4.new_markdown_cell("![](map.png)"), "cell 4: a picture has no alt",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_notebook_is_told_with_its_cell(good, name):
    check, position, cell, message = BAD[name]
    assert check(good, "01_bad.ipynb") == []
    bad = copy.deepcopy(good)
    bad.cells[position] = cell
    faults = check(bad, "01_bad.ipynb")
    assert message in faults[0]
    assert all(fault.startswith("01_bad.ipynb") for fault in faults)


def test_twenty_lines_are_allowed(good):
    good.cells[4] = code("x = 1\n" * 20)
    assert checks.long_cells(good, "01.ipynb") == []


def test_a_large_notebook_is_told(tmp_path):
    path = tmp_path / "01_large.ipynb"
    path.write_bytes(b" " * 300_001)
    assert checks.too_large(path) == ["01_large.ipynb: 300,001 bytes; allowed are 300,000"]
    path.write_bytes(b" " * 300_000)
    assert checks.too_large(path) == []


def test_an_unknown_parameter_of_an_edition_is_told_with_file_and_key():
    allowed = {"01_raw_lists": {"known_on", "data"}}
    assert checks.unknown_parameters({"01_raw_lists": {"data": "fetched"}}, allowed, "latest.toml") == []
    assert checks.unknown_parameters({"01_raw_lists": {"knwon_on": "2024-02-24"}}, allowed, "latest.toml") == [
        "latest.toml, key parameters.01_raw_lists.knwon_on: 01_raw_lists has no such parameter; "
        "allowed are data, known_on"
    ]
    assert checks.unknown_parameters({"02_none": {"data": "fetched"}}, allowed, "latest.toml") == [
        "latest.toml, key parameters.02_none: there is no such notebook; allowed are 01_raw_lists"
    ]


def test_the_declared_parameters_are_those_of_the_cell(good):
    assert list(checks.declared(good)) == ["known_on", "data", "tables"]
    assert checks.declared(good)["data"]["help"] == "embedded or fetched"
    assert checks.declared(v4.new_notebook()) == {}


FOREIGN = {
    "script": ("index.html", '<script src="https://cdn.example/x.js"></script>', "https://cdn.example/x.js"),
    "script without a protocol": ("index.html", '<script src="//cdn.example/x.js"></script>', "//cdn.example/x.js"),
    "stylesheet": ("index.html", '<link rel="stylesheet" href="https://cdn.example/x.css">', "https://cdn.example/x.css"),
    "font": ("index.html", '<link rel="preload" as="font" href="http://f.example/a.woff2">', "http://f.example/a.woff2"),
    "picture": ("index.html", '<img alt="a" src="https://i.example/a.png">', "https://i.example/a.png"),
    "picture set": ("index.html", '<img alt="a" src="a.png" srcset="b.png 1x, https://i.example/c.png 2x">',
                    "https://i.example/c.png"),
    "style attribute": ("index.html", '<p style="background: url(https://i.example/a.png)">', "https://i.example/a.png"),
    "style element": ("index.html", "<style>@import 'https://c.example/x.css';</style>", "https://c.example/x.css"),
    "inline script": ("index.html", '<script>fetch("https://a.example/b")</script>', "https://a.example/b"),
    "css url": ("a.css", "p { background: url('https://i.example/a.png') }", "https://i.example/a.png"),
    "css import": ("a.css", "@import url(//c.example/x.css);", "//c.example/x.css"),
    "js fetch": ("a.js", "fetch(`https://a.example/b`)", "https://a.example/b"),
    "js socket": ("a.js", "new WebSocket('wss://a.example/b')", "wss://a.example/b"),
}  # fmt: skip


@pytest.mark.parametrize("name", FOREIGN)
def test_a_request_to_another_host_is_told(tmp_path, name):
    file, content, address = FOREIGN[name]
    (tmp_path / file).write_text(content)
    assert checks.site_faults(tmp_path) == [f"{file}: asks another host for {address}"]


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("index.html", '<a href="https://example.org/">a link is followed only when asked</a>'),
        ("index.html", '<link rel="canonical" href="https://example.org/">'),
        ("index.html", '<script src="_static/a.js"></script><img alt="a" src="data:image/png;base64,AAAA">'),
        ("a.js", 'document.createElementNS("http://www.w3.org/2000/svg", "svg") /* see https://example.org/ */'),
        ("a.css", "p { background: url(a.png) }"),
    ],
)
def test_what_stays_on_the_site_is_no_fault(tmp_path, file, content):
    (tmp_path / file).write_text(content)
    assert checks.site_faults(tmp_path) == []


def test_a_page_with_a_picture_without_alt_text_is_told(tmp_path):
    (tmp_path / "index.html").write_text('<img src="a.png"><img src="b.png" alt=""><img src="c.png" alt="a line">')
    assert checks.site_faults(tmp_path) == [
        "index.html: the picture a.png has no alt text",
        "index.html: the picture b.png has no alt text",
    ]


def test_a_link_to_an_archive_host_is_told(tmp_path):
    (tmp_path / "index.html").write_text('<a href="https://archive.ph/abc">a</a> <a href="https://archive.org">b</a>')
    assert checks.site_faults(tmp_path) == ["index.html: links to the archive host of https://archive.ph/abc"]
    assert checks.is_archive("https://web.archive.org/web/2022/https://example.org/")
    assert not checks.is_archive("https://notarchive.ph.example.org/")
