"""`make recapture`: the notebook on a table of one's own, in a folder of one's own, or one line why not."""

import json

import pandas as pd
import pytest

from helpers.paths import BUILD
from helpers.publish import recapture

TWO = "obituaries,register,n\n1,0,120\n0,1,80\n1,1,40\n"


@pytest.fixture
def mine(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.csv").write_text(TWO, "utf-8")
    return tmp_path / "mine.csv"


def called(monkeypatch, *arguments):
    monkeypatch.setattr("sys.argv", ["recapture", *map(str, arguments)])
    return recapture.main()


def test_a_table_gives_notebook_tables_and_totals(mine, monkeypatch, capsys):
    assert called(monkeypatch, "mine.csv") == 0
    folder = mine.parent / "recapture_of_mine"
    assert {"06_capture_recapture.ipynb", "06_totals.csv", "06_models.csv"} <= {path.name for path in folder.iterdir()}
    # 161 x 121 / 41 - 1
    assert pd.read_csv(folder / "06_totals.csv")["point"][0] == pytest.approx(161 * 121 / 41 - 1)
    assert "474" in capsys.readouterr().out
    cells = json.loads((folder / "06_capture_recapture.ipynb").read_text())["cells"]
    answer = next(cell for cell in cells if "answer" in cell["metadata"].get("tags", []))
    assert "In mine.csv, 240 are on at least one of 2 lists" in "".join(answer["outputs"][0]["data"]["text/markdown"])


def test_how_covariates_were_taken_and_whom_they_lack_is_printed(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    rows = [f"{a},{b},{n},{m},{s}" for a, b, n in ((1, 0, 30), (0, 1, 20), (1, 1, 9)) for m, s in ((1, "m"), (2, ""))]
    (tmp_path / "told.csv").write_text("\n".join(["a,b,n,month,sex", *rows, "1,0,7,1,f", "0,1,8,2,f", "1,1,5,2,f"]))
    assert called(monkeypatch, "told.csv") == 0
    told = capsys.readouterr().out
    assert "59 of 138 people lack a value and are carried by the others of their history" in told
    assert "month is a number (1 to 2) and enters as a straight line; sex is text, each of its 2 values" in told


def test_a_table_that_says_nothing_is_refused_in_one_line_and_leaves_no_folder(mine, monkeypatch, capsys):
    mine.write_text("a,b,n\n1,0,120\n0,1,80\n", "utf-8")
    assert called(monkeypatch, mine) == 1
    told = capsys.readouterr().err
    assert "mine.csv: the overlap of a (120 people) with the other lists is 0; at least 1 is needed" in told
    assert told.count("\n") == 1
    assert [path.name for path in mine.parent.iterdir()] == ["mine.csv"]


def test_no_table_is_told_what_one_is(monkeypatch, capsys):
    assert called(monkeypatch, "") == 1
    assert "make recapture TABLE=file.csv" in capsys.readouterr().err


def test_a_folder_of_the_report_is_refused(mine):
    with pytest.raises(ValueError, match="build/ is for the report"):
        recapture.run(mine, BUILD / "mine")
