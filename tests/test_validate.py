"""`make validate` on the command line."""

import pandas as pd
import pytest

from helpers.publish import validate
from helpers.validation import settings, summary, sweep


@pytest.fixture
def folder(tmp_path, monkeypatch):
    kept = sweep.sweep
    monkeypatch.setattr(sweep, "sweep", lambda chosen, **given: kept(chosen, folder=tmp_path, **given))
    return tmp_path


def test_a_few_runs_are_printed_and_nothing_is_written(folder, capsys, monkeypatch):
    monkeypatch.setattr(validate, "keep", lambda outcomes: pytest.fail("few runs were committed"))
    assert validate.main(["rate", "--runs", "2", "--jobs", "1"]) == 0
    said = capsys.readouterr().out
    assert "rate, about 100 dead, all named, Wilson interval: " in said
    assert "half of them named, Wilson" not in said, "it breaks an assumption"


def test_all_runs_are_written_whole(tmp_path, monkeypatch):
    for name in ("COMMITTED", "COMMITTED_SETTINGS", "COMMITTED_RUNS"):
        monkeypatch.setattr(summary, name, tmp_path / f"{name}.csv")
    outcomes = sweep.repeated(settings.find("rate"), 2)
    paths = validate.keep(outcomes)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in paths)
    assert len(pd.read_csv(tmp_path / "COMMITTED_RUNS.csv")) == 6


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no such thing"], "validate: no setting or family 'no such thing'; families: two lists, "),
        (["rate", "--cluster", "tcp://127.0.0.1:9"], "no dask scheduler answers there; start `dask scheduler`"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(folder, capsys, arguments, said, monkeypatch):
    monkeypatch.setattr(sweep, "PATIENCE", 1)
    assert validate.main(arguments) == 1
    told = capsys.readouterr().err.strip().splitlines()
    assert said in told[-1]


def test_an_interruption_is_told(folder, capsys, monkeypatch):
    def interrupted(chunk):
        raise KeyboardInterrupt

    monkeypatch.setattr(sweep, "computed", interrupted)
    assert validate.main(["rate", "--jobs", "1"]) == 1
    assert "what was computed is kept" in capsys.readouterr().err
