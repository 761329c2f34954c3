"""Whole commands that fail: `make data` without its sources, a full disk, and `make report` killed at any moment."""

import datetime
import errno
import random
import time
from pathlib import Path

import clones
import pandas as pd
import pytest

from helpers import sources
from helpers.publish import editions, notebooks, readme, results

HALVES = ((0.0, 0.5), (0.5, 1.0))
SEED = 3


def fractions():
    """One random moment in each half of a run."""
    drawn = random.Random(SEED)
    return [round(drawn.uniform(*half), 2) for half in HALVES]


@pytest.fixture
def clone(tmp_path):
    return clones.clone(tmp_path / "clone")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """A clone whose report ran to its end with no network, what `make` said, and the seconds that it took."""
    folder = clones.clone(tmp_path_factory.mktemp("undisturbed") / "clone")
    began = time.monotonic()
    done = clones.make(folder, "report")
    return folder, done, time.monotonic() - began


def left_over(folder):
    """Files of data/raw that are in no registry, such as what a broken download would leave."""
    raw = folder / "data" / "raw"
    known = {raw / name / file.path for name, entry in sources.registry().items() for file in entry.files}
    return [path for path in raw.rglob("*") if path.is_file() and path not in known]


def said(done):
    """What a failed command said on its standard error, without make's own last line."""
    assert done.returncode != 0
    return [line for line in done.stderr.splitlines() if not line.startswith("make")]


def test_without_network_make_data_fails_in_one_line_a_source(clone):
    lines = said(clones.make(clone, "data"))
    assert lines[0].startswith("bessudnov-2023, census2010EthnPropPopulationAll.csv: ")
    assert lines[0].endswith("check the network and run again, or name a folder of copies in BYNAME_MIRROR")
    assert [line.split(":")[0] for line in lines[1:]] == list(sources.registry())[1:]
    assert left_over(clone) == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (lambda size: bytes(size), "wrong checksum: what came is not the file in sources.toml; run again, then tell"),
        (lambda size: b"cut off", "7 bytes came instead of 786,681; run again"),
        (None, "not in the folder that BYNAME_MIRROR names; put it there, or unset BYNAME_MIRROR"),
    ],
    ids=["wrong", "truncated", "missing"],
)
def test_a_file_that_is_not_the_one_is_not_kept(clone, tmp_path, content, says):
    file = sources.source("lshtm-sudan-2024").files[0]
    copy = tmp_path / "mirror" / "lshtm-sudan-2024" / file.path
    copy.parent.mkdir(parents=True)
    if content:
        copy.write_bytes(content(file.bytes))
    done = clones.make(clone, "data", "SOURCE=lshtm-sudan-2024", BYNAME_MIRROR=str(tmp_path / "mirror"))
    (line,) = said(done)
    assert line.startswith(f"lshtm-sudan-2024, {file.path}: {says}")
    assert not list((clone / "data" / "raw").rglob("*.*"))


def test_results_take_their_names_only_when_all_are_whole(tmp_path, monkeypatch):
    edition = made_up_edition(tmp_path, monkeypatch)
    monkeypatch.setattr(results, "all_figures", lambda _: pd.DataFrame({"id": ["a"]}))
    monkeypatch.setattr(results, "sidecar", lambda _: {"edition": "then"})
    results.write(edition)
    before = clones.results(tmp_path, "then")
    assert sorted(before) == ["figures.csv", "figures.parquet", "figures_codebook.csv", "run.json"]

    def broken(_):
        raise OSError("the disk is full")

    monkeypatch.setattr(results, "all_figures", lambda _: pd.DataFrame({"id": ["a", "b"]}))
    monkeypatch.setattr(results, "sidecar", broken)
    with pytest.raises(OSError, match="the disk is full"):
        results.write(edition)
    after = clones.results(tmp_path, "then")
    assert {name: after[name] for name in before} == before
    assert results.RESULTS[-1] == "figures.csv", "make takes it for the sign that the others are there"


@pytest.mark.parametrize(
    ("module", "does", "says"),
    [
        (notebooks, "run", "notebook 1 of 1: 01_made_up cannot be kept: [Errno 28] No space left on device; free some"),
        (results, "write", "results of 2024-02-24 cannot be written: [Errno 28] No space left on device; free some"),
    ],
)
def test_a_disk_that_is_full_is_told_in_one_line(tmp_path, monkeypatch, capsys, module, does, says):
    made_up_edition(tmp_path, monkeypatch)
    (tmp_path / "01_made_up.ipynb").write_text('{"metadata": {}}')

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module, does, full)
    monkeypatch.setattr("sys.argv", ["python", "--edition", "2024-02-24"])
    assert module.main() == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(says)


def test_a_readme_that_cannot_be_renewed_stays_as_it_was(tmp_path, monkeypatch):
    page = tmp_path / "README.md"
    page.write_text(stale := "# Title\n<!-- headline -->\nold\n<!-- /headline -->\n")
    monkeypatch.setattr(readme, "rendered", lambda _: ("new\n", b"picture"))
    whole = Path.write_bytes

    def broken(path, content):
        whole(path, content[: len(content) // 2])
        raise OSError("the disk is full")

    monkeypatch.setattr(Path, "write_bytes", broken)
    with pytest.raises(OSError, match="the disk is full"):
        readme.renew(tmp_path)
    assert page.read_text() == stale
    monkeypatch.setattr(Path, "write_bytes", whole)
    readme.renew(tmp_path)
    assert page.read_text() == stale.replace("old", "new")
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["README.md", "headline.png"]


def test_a_notebook_that_fails_leaves_the_tables_of_its_last_run(tmp_path, monkeypatch):
    nbformat = pytest.importorskip("nbformat")
    edition = made_up_edition(tmp_path, monkeypatch)
    parameters = "known_on: str = ''  # day\ndata: str = ''  # data\ntables: str = ''  # folder"
    path = tmp_path / "01_made_up.ipynb"

    def written(code):
        cells = [nbformat.v4.new_code_cell(text) for text in (parameters, "from pathlib import Path", code)]
        cells[0].metadata["tags"] = ["parameters"]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), path)
        return path

    def tables():
        return {file.name: file.read_text() for file in (edition.folder / "tables").iterdir()}

    notebooks.run(written("for name in 'ab': Path(tables, f'01_{name}.csv').write_text('first')"), edition, data="x")
    assert tables() == {"01_a.csv": "first", "01_b.csv": "first"}
    with pytest.raises(notebooks.NotebookFailure):
        notebooks.run(written("Path(tables, '01_a.csv').write_text('half'); 1 / 0"), edition, data="x")
    assert tables() == {"01_a.csv": "first", "01_b.csv": "first"}
    notebooks.run(written("Path(tables, '01_a.csv').write_text('second')"), edition, data="x")
    assert tables() == {"01_a.csv": "second"}, "a table that is no longer written does not stay"


def made_up_edition(tmp_path, monkeypatch):
    monkeypatch.setattr(editions, "BUILD", tmp_path / "build")
    monkeypatch.setattr(notebooks, "NOTEBOOKS", tmp_path)
    edition = editions.Edition("then", "Then", datetime.date(2024, 2, 24))
    edition.folder.mkdir(parents=True)
    return edition


@pytest.mark.slow
def test_without_any_source_the_report_goes_on_and_says_what_is_missing(undisturbed):
    folder, done, _ = undisturbed
    assert done.returncode == 0, done.stderr
    every = ", ".join(sources.registry())
    assert f"not to be had: {every} (" in done.stdout
    assert f"Not to be had: {every}" in done.stdout
    assert (folder / "build" / "latest" / "site" / "index.html").is_file()


@pytest.mark.slow
@pytest.mark.parametrize("fraction", fractions())
def test_a_report_killed_at_any_moment_ends_the_same_when_run_again(undisturbed, tmp_path, fraction):
    folder, _, seconds = undisturbed
    again = clones.clone(tmp_path / "clone", of=folder)
    step = clones.killed(again, fraction * seconds, "report")
    done = clones.make(again, "report")
    assert done.returncode == 0, f"killed after `{step}`: {done.stderr}"
    assert clones.differences(folder, again) == [], f"killed after `{step}`"
