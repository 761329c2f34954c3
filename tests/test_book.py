"""A tiny book built from a notebook made here, and the real one where it has been built."""

import datetime
import json
import os
import re
import shutil

import pytest
from nbformat import v4

from helpers.paths import BUILD, ROOT
from helpers.publish import book, checks, editions

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGP4TwAwjEpjlf4PAOyPx1Zp6zjBAAAAAElFTkSuQmCC"
ALT = "A line that rises from 557 to 217,808 names."
TABLE = (
    '<div><style scoped>p {}</style><table border="1"><thead><tr style="text-align: right;"><th></th><th>region</th>'
)
TABLE += "<th>dead</th></tr></thead><tbody><tr><th>0</th><td>Tuva</td><td>231</td></tr></tbody></table></div>"


def code(source, data=None, *, tags=(), alt=None):
    metadata = {} if alt is None else {"image/png": {"alt": alt}}
    outputs = [v4.new_output("display_data", data=data, metadata=metadata)] if data else []
    return v4.new_code_cell(source, execution_count=1, outputs=outputs, metadata={"tags": list(tags)})


BESIDE = "id,counted,who,as of,claim,names then,names to date,estimate,wounded per killed,others,status\n" + (
    'russia-killed-2022-09-21-ministry,Russia: killed,Ministry (of one),2022-09-21,"5,937",5 <i>,,,2.5 (2.0–3.0),,\n'
)
VERDICTS = "claim,variant,verdict,because,premise\nrussia-killed-2022-09-21-ministry,False,contradicted,too low,\n"


def notebook():
    cells = [
        v4.new_markdown_cell("# How many names?\n\nWith $p = n / N$:\n\n$$\\hat p = \\frac{n}{N}$$"),
        code("answer", {"text/markdown": "**217,808 names** were known."}, tags=["headline", "hide-input"]),
        code("table", {"text/html": TABLE}),
        code("picture", {"image/png": PNG}, tags=["headline-picture"], alt=ALT),
        code("first", {"image/png": PNG}, tags=["began-with-picture"], alt="Russia: killed: 5,937."),
    ]
    return v4.new_notebook(cells=cells)


def lay_out(monkeypatch, folder, notebooks):
    """The edition `tiny` under `folder`, with executed notebooks and run.json as a run leaves them."""
    monkeypatch.setattr(editions, "BUILD", folder)
    edition = editions.Edition("tiny", "Tiny", datetime.date(2026, 8, 22))
    (edition.folder / "notebooks").mkdir(parents=True)
    for name, content in notebooks.items():
        (edition.folder / "notebooks" / name).parent.mkdir(exist_ok=True)
        (edition.folder / "notebooks" / name).write_text(json.dumps(content))
    (edition.folder / "run.json").write_text(json.dumps({"sources": {"bessudnov-2023": "used"}}))
    (edition.folder / "tables").mkdir()
    for name, rows in (("12_side_by_side", BESIDE), ("12_began_with", BESIDE), ("09_verdicts", VERDICTS)):
        (edition.folder / "tables" / f"{name}.csv").write_text(rows, "utf-8")
    return edition


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with pytest.MonkeyPatch.context() as monkeypatch:
        second = v4.new_notebook(cells=[v4.new_markdown_cell("# What else?\n\nNothing.")])
        lesson = v4.new_notebook(cells=[v4.new_markdown_cell("# What is asked here?\n\nA number.")])
        made = {"01_one.ipynb": notebook(), "02_two.ipynb": second, "teaching/01_lesson.ipynb": lesson}
        edition = lay_out(monkeypatch, tmp_path_factory.mktemp("build"), made)
        (edition.folder / "site").mkdir()
        (edition.folder / "site" / "of_last_time.html").write_text("stale")
        yield book.build(edition)


def test_every_notebook_and_every_page_of_docs_has_its_page(site):
    pages = {str(file.relative_to(site)) for file in site.rglob("*.html")}
    expected = {f"{file.stem}.html" for file in (ROOT / "docs").glob("*.md")}
    made = {"notebooks/01_one.html", "notebooks/02_two.html", "notebooks/teaching/01_lesson.html"}
    assert pages - {"search.html"} == expected | made


def test_a_lesson_stands_in_a_section_of_its_own_and_a_book_without_one_has_the_teachers_page(
    site, monkeypatch, tmp_path
):
    opening = (site / "index.html").read_text()
    pages = re.search(r'<nav class="sidebar-tree".*?</nav>', opening, re.DOTALL)[0]
    captions = re.findall(r'class="caption-text">([^<]+)<', pages)
    assert captions == ["Notebooks", "Teaching", "Behind the numbers"]
    assert 'href="notebooks/teaching/01_lesson.html">What is asked here?</a>' in opening
    without = book.build(lay_out(monkeypatch, tmp_path, {"01_one.ipynb": notebook()}))
    assert 'href="teaching.html"' in (without / "index.html").read_text()
    assert not (without / "notebooks" / "teaching").exists()


def test_the_site_asks_no_other_host_and_every_picture_has_alt_text(site):
    assert checks.site_faults(site) == []


def test_the_check_of_the_site_fails_on_a_foreign_script(site):
    page = site / "notebooks" / "02_two.html"
    whole = page.read_text()
    page.write_text(whole.replace("</head>", '<script src="https://cdn.example/require.js"></script></head>'))
    faults = checks.site_faults(site)
    page.write_text(whole)
    assert faults == ["notebooks/02_two.html: asks another host for https://cdn.example/require.js"]


def test_formulas_are_mathml_with_their_latex_as_text(site):
    page = (site / "notebooks" / "01_one.html").read_text()
    assert page.count("<math ") == 2
    assert 'alttext="p = n / N"' in page
    assert "<mfrac><mi>n</mi>" in page.replace("<mrow>", "").replace("</mrow>", "")
    assert "mathjax" not in page.lower()


def test_the_picture_keeps_its_alt_text_and_is_a_link_to_itself(site):
    page = (site / "notebooks" / "01_one.html").read_text()
    assert f'alt="{ALT}"' in page
    assert re.search(r'<a class="reference internal image-reference" href="(\S+)"><img [^>]*src="\1"', page)


def test_the_opening_page_has_the_headline_and_its_picture(site):
    page = (site / "index.html").read_text()
    assert "<strong>217,808 names</strong> were known." in page
    assert f'alt="{ALT}"' in page
    assert (site / "_images" / "headline.png").is_file()


def test_every_page_says_which_day_it_knows(site):
    for page in site.rglob("*.html"):
        assert '<time datetime="2026-08-22">' in page.read_text(), page.name


def test_two_editions_that_were_built_lead_to_each_other(monkeypatch, tmp_path):
    first = lay_out(monkeypatch, tmp_path, {"01_one.ipynb": notebook()})
    other = editions.Edition("2024-02-24", "Two years", datetime.date(2024, 2, 24))
    shutil.copytree(first.folder, other.folder)
    assert 'class="editions"' not in (book.build(first) / "search.html").read_text()
    book.build(other)
    for page in first.folder.glob("site/**/*.html"):
        there = other.folder / page.relative_to(first.folder)
        assert f'href="{os.path.relpath(there, page.parent)}"><time datetime="2024-02-24">' in page.read_text()
        assert f'href="{os.path.relpath(page, there.parent)}">Tiny, <time datetime="2026-08-22">' in there.read_text()


def test_a_page_of_last_time_is_gone(site):
    assert not (site / "of_last_time.html").exists()


def test_a_notebook_that_is_gone_leaves_no_page(monkeypatch, tmp_path):
    edition = lay_out(monkeypatch, tmp_path, {"01_one.ipynb": notebook(), "02_two.ipynb": notebook()})
    folder = book.assemble(edition, edition.folder / "book")
    assert len(list((folder / "notebooks").iterdir())) == 2
    (edition.folder / "notebooks" / "02_two.ipynb").unlink()
    book.assemble(edition, folder)
    assert [file.name for file in (folder / "notebooks").iterdir()] == ["01_one.ipynb"]


def refused(monkeypatch, tmp_path, content):
    edition = lay_out(monkeypatch, tmp_path, {"01_one.ipynb": content})
    with pytest.raises(book.BookError) as refusal:
        book.assemble(edition, edition.folder / "book")
    return str(refusal.value)


def test_a_picture_without_alt_text_is_refused_with_notebook_and_cell(monkeypatch, tmp_path):
    bad = notebook()
    bad.cells[3].outputs[0].metadata = {}
    bad.cells.append(code("picture", {"image/png": PNG}, tags=["headline-picture"], alt=ALT))
    bad.cells[3].metadata["tags"] = []
    message = "01_one.ipynb, cell 4: a picture has no alt text; end it with plots.picture(..., alt=...)"
    assert refused(monkeypatch, tmp_path, bad) == message


def test_a_cell_that_was_not_executed_is_refused(monkeypatch, tmp_path):
    bad = notebook()
    bad.cells[2].execution_count = None
    assert refused(monkeypatch, tmp_path, bad).startswith("01_one.ipynb, cell 3: was not executed")


def test_two_pictures_in_one_cell_are_refused(monkeypatch, tmp_path):
    bad = notebook()
    bad.cells[3].outputs *= 2
    message = "01_one.ipynb, cell 4: 2 pictures in one cell; show one picture in a cell"
    assert refused(monkeypatch, tmp_path, bad) == message


def test_a_book_without_a_headline_is_refused(monkeypatch, tmp_path):
    bad = notebook()
    bad.cells[1].metadata["tags"] = []
    message = "no cell tagged `headline` shows text/markdown; the opening page needs one, in 01_one.ipynb"
    assert refused(monkeypatch, tmp_path, bad) == message


def test_a_book_without_notebooks_is_refused(monkeypatch, tmp_path):
    edition = lay_out(monkeypatch, tmp_path, {})
    with pytest.raises(book.BookError, match="no executed notebook in tiny/notebooks: run `make report`"):
        book.assemble(edition, edition.folder / "book")


def test_a_book_without_run_json_is_refused(monkeypatch, tmp_path):
    edition = lay_out(monkeypatch, tmp_path, {"01_one.ipynb": notebook()})
    (edition.folder / "run.json").unlink()
    with pytest.raises(book.BookError, match=r"tiny/run.json is missing"):
        book.assemble(edition, edition.folder / "book")


def test_the_command_says_in_one_message_what_is_wrong(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(editions, "BUILD", tmp_path)
    assert book.main(["--edition", "2024-02-24"]) == 1
    assert capsys.readouterr().err == "no executed notebook in 2024-02-24/notebooks: run `make report`\n"
    assert book.main(["--edition", "nobody"]) == 1
    assert capsys.readouterr().err.startswith("no edition 'nobody'")


@pytest.mark.parametrize("formula", [r"\frac", r"\undefined{a}", r"\begin{aligned} a &= b \end{aligned}"])
def test_a_formula_that_cannot_be_read_is_named(monkeypatch, tmp_path, formula):
    bad = notebook()
    bad.cells[0].source += f"\n\n$${formula}$$"
    edition = lay_out(monkeypatch, tmp_path, {"01_one.ipynb": bad})
    with pytest.raises(book.BookError) as refusal:
        book.build(edition)
    assert f"notebooks/01_one: this formula cannot be read: {formula}" in str(refusal.value)


def test_an_error_leaves_the_old_site_standing(monkeypatch, tmp_path):
    edition = lay_out(monkeypatch, tmp_path, {})
    (edition.folder / "site").mkdir()
    (edition.folder / "site" / "index.html").write_text("old")
    with pytest.raises(book.BookError):
        book.build(edition)
    assert (edition.folder / "site" / "index.html").read_text() == "old"


def test_a_table_comes_in_a_box_with_its_numbers_to_the_right(site):
    page = (site / "notebooks" / "01_one.html").read_text()
    assert '<div class="table-box" role="region" aria-label="table of cell 3" tabindex="0"><div><table>' in page
    assert '<td class="number">231</td>' in page


def test_the_defaults_are_folded_where_the_parameters_of_the_run_stand():
    default, given = code("a = 1", tags=["parameters"]), code("a = 2", tags=["injected-parameters"])
    made = [v4.new_notebook(cells=cells) for cells in ([default, given], [default])]
    tags = [book.for_the_book(one, "01_one.ipynb")["cells"][0]["metadata"]["tags"] for one in made]
    assert tags == [["parameters", "hide-input"], ["parameters"]]


def test_a_notebook_that_folds_its_parameters_folds_those_of_the_run_too():
    default, given = code("a = 1", tags=["parameters", "hide-input"]), code("a = 2", tags=["injected-parameters"])
    cells = book.for_the_book(v4.new_notebook(cells=[default, given]), "01_one.ipynb")["cells"]
    assert [cell["metadata"]["tags"][1:] for cell in cells] == [["hide-input"], ["hide-input"]]


@pytest.mark.parametrize(
    ("data", "sources", "told"), [("embedded", ["a"], 1), ("fetched", ["a"], 0), ("embedded", [], 0)]
)
def test_a_page_without_its_data_sets_says_which_under_its_title(data, sources, told):
    made = notebook()
    made["metadata"]["by_name"] = {"sources": sources, "parameters": {"data": data}}
    texts = ["".join(cell["source"]) for cell in book.for_the_book(made, "01_one.ipynb")["cells"]]
    missing = [text for text in texts if "Not in this run" in text]
    assert len(missing) == told
    assert all("`a`" in text and "make data" in text for text in missing)
    assert texts[0].startswith("# How many names?")


def test_the_notebook_itself_is_left_as_it_was():
    before = notebook()
    after = book.for_the_book(before, "01_one.ipynb")
    assert "mystnb" not in before["cells"][3]["metadata"]
    assert after["cells"][3]["metadata"]["mystnb"]["image"]["alt"] == ALT


BUILT = BUILD / "latest" / "site"


@pytest.mark.skipif(not (BUILT / "index.html").is_file(), reason="the book is not built: run `make report`")
def test_the_real_book_asks_no_other_host_and_links_to_no_archive():
    assert checks.site_faults(BUILT) == []
