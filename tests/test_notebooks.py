"""Running notebooks: parameters go in, no trace of the machine comes out, and a failure names notebook and cell."""

import datetime
import json

import nbformat
import pytest

from helpers.plots import style
from helpers.publish import checks, editions, notebooks

CODE = ["known_on: str = '2020-01-01'\ndata: str = 'embedded'\ntables: str = ''", "known_on + ' ' + data"]


@pytest.fixture
def written(tmp_path):
    def write(*code, name="01_made_up.ipynb", sources=()):
        cells = [nbformat.v4.new_code_cell(text) for text in code]
        cells[0].metadata["tags"] = ["parameters"]
        book = nbformat.v4.new_notebook(cells=cells)
        book.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        book.metadata["by_name"] = {"sources": list(sources)}
        nbformat.write(book, tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def edition(tmp_path, monkeypatch):
    monkeypatch.setattr(editions, "BUILD", tmp_path / "build")
    monkeypatch.setattr(notebooks, "NOTEBOOKS", tmp_path)
    return editions.Edition("then", "Then", datetime.date(2024, 2, 24))


def printed(path):
    cells = json.loads(path.read_text())["cells"]
    return ["".join(o["data"]["text/plain"]) for c in cells for o in c["outputs"] if "data" in o]


def test_an_editions_day_and_data_go_in(written, edition):
    done = notebooks.run(written(*CODE), edition, data="fetched")
    assert done == edition.folder / "notebooks" / "01_made_up.ipynb"
    assert printed(done) == ["'2024-02-24 fetched'"]
    assert notebooks.parameters_of(done) == {"known_on": "2024-02-24", "data": "fetched"}


def test_a_parameter_of_the_edition_wins(written, edition):
    own = editions.Edition("then", "Then", edition.known_on, {"01_made_up": {"data": "mine"}})
    assert printed(notebooks.run(written(*CODE), own, data="embedded")) == ["'2024-02-24 mine'"]


def test_a_parameter_that_no_notebook_has_is_refused(written, edition):
    own = editions.Edition("then", "Then", edition.known_on, {"01_made_up": {"dat": "mine"}})
    with pytest.raises(editions.EditionError, match=r"then.toml, key parameters.01_made_up.dat: .* allowed are data"):
        notebooks.run(written(*CODE), own, data="embedded")


def test_in_place_the_defaults_hold_and_nothing_of_the_machine_stays(written, tmp_path):
    path = notebooks.refresh(written(*CODE))
    assert printed(path) == ["'2020-01-01 embedded'"]
    first = path.read_bytes()
    assert str(tmp_path).encode() not in first
    assert b"papermill" not in first
    assert notebooks.refresh(path).read_bytes() == first, "one input, one output"


def test_a_lesson_goes_to_a_folder_of_its_own_and_leaves_the_tables_of_the_walk(written, edition, tmp_path):
    table = [CODE[0], "from pathlib import Path\nPath(tables, '01_a.csv').write_text(known_on)"]
    (tmp_path / "teaching").mkdir()
    notebooks.run(written(*table), edition, data="embedded")
    done = notebooks.run(written(*table, name="teaching/01_lesson.ipynb"), edition, data="embedded")
    assert done == edition.folder / "notebooks" / "teaching" / "01_lesson.ipynb"
    assert sorted(path.relative_to(edition.folder / "tables").as_posix() for path in edition.folder.rglob("*.csv")) == [
        "01_a.csv", "teaching/01_a.csv"
    ]  # fmt: skip


def test_lessons_run_in_the_latest_edition_only(written, edition, tmp_path):
    (tmp_path / "teaching").mkdir()
    walk, lesson = written(*CODE), written(*CODE, name="teaching/01_lesson.ipynb", sources=["one"])
    written(*CODE, name="teaching/mine.ipynb")
    assert notebooks.of_edition("latest") == [walk, lesson]
    assert notebooks.of_edition("2024-02-24") == [walk]
    assert [notebooks.name_of(path) for path in (walk, lesson)] == ["01_made_up", "teaching/01_lesson"]
    assert notebooks.needs("teaching/01_lesson") == ["one"]
    latest = editions.Edition("latest", "Latest", edition.known_on, {"teaching/01_lesson": {"data": "mine"}})
    assert notebooks.executed(latest) == {}
    assert printed(notebooks.run(lesson, latest, data="embedded")) == ["'2024-02-24 mine'"]
    assert notebooks.executed(latest) == {"teaching/01_lesson": latest.folder / "notebooks/teaching/01_lesson.ipynb"}


def test_a_failure_names_notebook_cell_and_error_and_leaves_the_notebook(written):
    path = written(CODE[0], "1 / 0")
    before = path.read_bytes()
    with pytest.raises(notebooks.NotebookFailure, match=r"01_made_up.ipynb, cell 1: ZeroDivisionError"):
        notebooks.refresh(path)
    assert path.read_bytes() == before


def test_data_is_fetched_only_where_every_source_is_at_hand(written, tmp_path, monkeypatch):
    monkeypatch.setattr(notebooks, "NOTEBOOKS", tmp_path)
    written(*CODE, name="a.ipynb", sources=["one", "two"])
    written(*CODE, name="b.ipynb")
    monkeypatch.setattr(notebooks.sources, "available", lambda: ["one"])
    assert notebooks.data_at_hand("a") == "embedded"
    monkeypatch.setattr(notebooks.sources, "available", lambda: ["one", "two"])
    assert notebooks.data_at_hand("a") == "fetched"
    assert notebooks.data_at_hand("b") == "embedded", "it reads no data set"


def test_the_sources_that_notebooks_name_are_in_the_registry():
    ours = notebooks.of_edition("latest")
    named = {source for path in ours for source in notebooks.needs(notebooks.name_of(path))}
    assert named <= set(notebooks.sources.registry())
    assert named


@pytest.mark.parametrize("path", notebooks.of_edition("latest"), ids=notebooks.name_of)
def test_what_the_book_folds_jupyterlab_hides(path):
    notebook = json.loads(path.read_text("utf-8"))
    assert checks.unevenly_hidden(notebook, path.name) == []


@pytest.mark.parametrize(
    ("metadata", "faults"),
    [
        ({"tags": ["hide-input"], "jupyter": {"source_hidden": True}}, 0),
        ({"tags": []}, 0),
        ({"tags": ["hide-input"]}, 1),
        ({"jupyter": {"source_hidden": True}}, 1),
        ({"tags": ["hide-input"], "jupyter": {"source_hidden": False}}, 1),
    ],
)
def test_a_cell_that_is_hidden_in_one_place_only_is_found(metadata, faults):
    cell = nbformat.v4.new_code_cell("1", metadata=metadata)
    assert len(checks.unevenly_hidden({"cells": [cell]}, "a.ipynb")) == faults


def outputs(path):
    cells = [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
    return [output for cell in cells for output in cell["outputs"]]


@pytest.mark.parametrize("path", [*notebooks.numbered(), *notebooks.lessons()], ids=lambda path: path.stem)
def test_no_table_is_cut_and_no_picture_is_told_with_a_number_that_does_not_exist(path):
    shown = outputs(path)
    alts = [output["metadata"]["image/png"]["alt"] for output in shown if "image/png" in output.get("data", {})]
    assert not [alt for alt in alts if style.MISSING.search(alt)]
    # pandas writes so under a table of which it left out the middle
    assert not [text for output in shown for text in output.get("data", {}).get("text/html", []) if "rows × " in text]
