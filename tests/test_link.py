"""`make link`: the notebook on lists of one's own, in a folder of one's own, or one line why not."""

import csv
import io
import json
import re
import shutil

import pandas as pd
import pytest

from helpers import texts
from helpers.paths import BUILD, DATA, NOTEBOOKS
from helpers.publish import link, notebooks

EXAMPLE = DATA / "lists" / "my_list.toml"
FILES = {f"{name}.csv" for name in "people members links conflicts quarantine summary".split()} | {"02_linkage.ipynb"}
SUMMARY = "quantity,low,point,high,says\nrows in,,45,,\npeople,28,29,30.0,\nwarning,,,,look at it\n"


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """The example, copied to a folder of its own."""
    monkeypatch.chdir(tmp_path)
    for name in ("my_list.toml", "my_list.csv"):
        shutil.copy(DATA / "lists" / name, tmp_path)
    return tmp_path / "my_list.toml"


@pytest.fixture
def quick(monkeypatch):
    """Runs of the notebook that only write a summary: what each was given."""
    given = []

    def run_into(output, notebook, parameters):
        given.append(parameters)
        output.write_text("{}", "utf-8")
        (NOTEBOOKS / parameters["tables"] / "summary.csv").write_text(SUMMARY, "utf-8")

    monkeypatch.setattr(notebooks, "run_into", run_into)
    return given


def called(monkeypatch, *arguments):
    monkeypatch.setattr("sys.argv", ["link", *map(str, arguments)])
    return link.main()


def there(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.slow
def test_a_list_gives_people_links_and_the_rows_set_aside_the_same_each_time(mine, monkeypatch, capsys):
    assert called(monkeypatch, "my_list.toml") == 0
    folder = mine.parent / "my_list_linked"
    assert set(there(folder)) == FILES
    tables = {name: pd.read_csv(folder / f"{name}.csv") for name in ("summary", "people", "members", "quarantine")}
    counted = tables["summary"].set_index("quantity")["point"]
    assert (counted["rows in"], counted["rows kept"], counted["rows set aside"]) == (45, 42, 3)
    assert (len(tables["members"]), len(tables["quarantine"])) == (42, 3)
    assert tables["members"]["person"].nunique() == len(tables["people"])
    assert str(folder) in capsys.readouterr().out
    first = {name: (folder / name).read_bytes() for name in FILES}
    assert called(monkeypatch, mine) == 0
    assert {name: (folder / name).read_bytes() for name in there(folder)} == first


@pytest.mark.slow
def test_sections_on_truth_say_that_it_is_not_known(mine):
    cells = json.loads((link.run(mine) / "02_linkage.ipynb").read_text())["cells"]
    shown = ["".join(o.get("data", {}).get("text/markdown", "")) for c in cells for o in c.get("outputs", [])]
    assert sum(text.startswith("*Nobody knows the truth") for text in shown) >= 3
    answer = next(cell for cell in cells if "answer" in cell["metadata"].get("tags", []))
    assert "Behind the 42 records on your 2 lists" in str(answer["outputs"])


def test_paths_are_seen_from_the_notebook_and_what_it_writes_moves_as_a_whole(mine, quick, monkeypatch, capsys):
    assert called(monkeypatch, "my_list.toml") == 0
    assert (NOTEBOOKS / quick[0]["lists"]).resolve() == mine.resolve()
    assert there(mine.parent) == ["my_list.csv", "my_list.toml", "my_list_linked"]
    assert there(mine.parent / "my_list_linked") == ["02_linkage.ipynb", "summary.csv"]
    told = capsys.readouterr().out
    assert "warning: look at it" in told.splitlines()
    assert [line.split() for line in told.splitlines()[1:3]] == [["rows", "in", "45"], ["people", "28", "29", "30"]]


def test_a_second_run_replaces_the_first_and_leaves_what_else_is_there(mine, quick):
    folder = link.run(mine, mine.parent / "linked")
    (folder / "notes.txt").write_text("mine")
    (folder / "summary.csv").write_text("old")
    link.run(mine, folder)
    assert there(folder) == ["02_linkage.ipynb", "notes.txt", "summary.csv"]
    assert (folder / "summary.csv").read_text() == SUMMARY


def test_a_run_that_fails_is_one_line_and_leaves_the_last_results(mine, quick, monkeypatch, capsys):
    folder = link.run(mine)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def fail(output, notebook, parameters):
        output.write_text("half")
        raise notebooks.NotebookFailure("02_linkage.ipynb, cell 4: LinkageError: too few\nlink(records)")

    monkeypatch.setattr(notebooks, "run_into", fail)
    assert called(monkeypatch, mine) == 1
    assert capsys.readouterr().err == "too few\n"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert there(mine.parent) == ["my_list.csv", "my_list.toml", "my_list_linked"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([""], "no list: make link LIST=my_list.toml"),
        (["none.toml"], "none.toml: cannot be read (No such file or directory)"),
        (["my_list.csv"], "my_list.csv: no TOML in UTF-8"),
        (["my_list.toml", "--folder", "my_list.csv"], "my_list.csv: a file, not a folder; name another FOLDER"),
        (["my_list.toml", "--folder", "."], "holds other files, which might be written over; name a new FOLDER"),
        (["my_list.toml", "--folder", BUILD / "mine"], "inside the repository"),
        (["my_list.toml", "--folder", "my_list.csv/linked"], "results cannot be written"),
        ([EXAMPLE], "inside the repository"),
    ],
)
def test_what_cannot_be_is_one_line_and_writes_nothing(mine, quick, monkeypatch, capsys, arguments, says):
    assert called(monkeypatch, *arguments) == 1
    told = capsys.readouterr().err
    assert says in told
    assert told.count("\n") == 1
    assert there(mine.parent) == ["my_list.csv", "my_list.toml"]
    assert not quick


def test_a_mapping_that_is_wrong_is_told_before_anything_runs(mine, quick, monkeypatch, capsys):
    mine.write_text(mine.read_text("utf-8").replace('name = "ФИО"', 'name = "Имя"'), "utf-8")
    assert called(monkeypatch, mine) == 1
    told = capsys.readouterr().err
    assert "Имя" in told
    assert told.count("\n") == 1
    assert not quick


def test_the_notebook_refuses_lists_of_ones_own_where_it_stands(mine):
    with pytest.raises(notebooks.NotebookFailure, match="inside the repository"):
        notebooks.run_into(mine.with_name("run.ipynb"), link.NOTEBOOK, {"lists": str(mine)})


PAYLOADS = (
    '<img src=x onerror="window.__x=1">', "<script>window.__x=1</script>", "{{ 7*7 }}", "{% raw %}", "`x`", "**bold**",
    '{{ cycler.__init__.__globals__.os.popen("id").read() }}', "```{include} /etc/passwd", "{doc}`index`", "$x^2$",
    "[a](javascript:alert(1))", "![a](http://x/y.png)", "=1+1", "x;=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3",
    "~~~{raw} html", ":::{note}", "&lt;b&gt;", "<!-- ", "\u202egnp", "a\u200bb", "%comment", "(label)=", "# title",
    "|a|b|", "\\begin{equation}", '" onmouseover="x', "' or 1=1",
)  # fmt: skip


@pytest.mark.slow
def test_no_text_of_a_list_or_of_its_mapping_is_executed(tmp_path):
    # thirty payloads in every text field of a list, in names of lists and columns, in words of codes
    names = ["Name", "Region", "Unit", "Rank", "<b>Status</b>"]
    rows = [[f"Иванов{n} Иван", *([payload] * 4)] for n, payload in enumerate(PAYLOADS)]
    rows += [[f"{payload} Пётр", "r", "u", "k", "s"] for payload in PAYLOADS]
    for name in ("a", "b"):
        table = pd.DataFrame(rows, columns=names)
        table.to_csv(tmp_path / f"{name}.csv", index=False)
    sections = "".join(
        f"['{title}']\nfile = '{name}.csv'\nsince = 2020-01-01\nuntil = 2021-01-01\nset_aside_at_most = 1\n"
        f"['{title}'.columns]\nname = 'Name'\nregion = 'Region'\nunit = 'Unit'\nrank = 'Rank'\n"
        "status = '<b>Status</b>'\n"
        f"['{title}'.codes.rank]\n'private' = '<img src=y onerror=1>'\n"
        for title, name in (("<img src=x onerror=1>", "a"), ("{{ 7*7 }}", "b"))
    )
    (tmp_path / "mine.toml").write_text(sections, "utf-8")
    folder = link.run(tmp_path / "mine.toml")
    cells = json.loads((folder / link.NOTEBOOK.name).read_text("utf-8"))["cells"]
    shown = [o.get("data", {}) for c in cells for o in c.get("outputs", [])]
    ours = r"</?(?:div|style|table|thead|tbody|tr|th|td|p)\b[^<>]*>"
    markup = [re.sub(ours, "", "".join(one.get("text/html", ""))) for one in shown]
    told = ["".join(d.get("text/markdown", "")) for d in shown]
    for text in [*markup, *told]:
        assert not re.search(r"<(?:img|script|b|iframe)\b", text)
    assert not any("{{ 7*7 }}" in text or "{include}" in text or "](javascript" in text for text in told)
    for file in folder.glob("*.csv"):
        for separator in ",;":
            for row in csv.reader(io.StringIO(file.read_text("utf-8")), delimiter=separator):
                assert not [cell for cell in row if re.match(r"[\s\"]*[=+@]|-\D|-\d+[+]", cell)]
        assert not [mark for mark in file.read_text("utf-8") if mark != "\n" and texts.hidden(mark)]
    assert not [mark for mark in link.summary(folder) if mark != "\n" and texts.hidden(mark)]
