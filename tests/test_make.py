"""`make`: what is typed stays text, an edition that cannot be built is refused, and commands that build take turns."""

import datetime
import os
import re
import signal
import subprocess
import sys
import time

import clones
import pytest

from helpers.paths import ROOT
from helpers.publish import alone, editions

MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
# each would leave a file `executed`, in make, in a shell without or within either kind of quotes
NASTY = """$(shell touch executed)`touch executed`$(touch executed);touch executed;";touch executed;';touch executed;"""
DAYS = "allowed are days from 2022-03-31, when the first total of a list of the dead was known, to 2026-08-22"
NAMES = "allowed are 2024-02-24, 2024-04-21, 2025-02-25, 2025-05-05, latest, or a day written YYYY-MM-DD"


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    return clones.clone(tmp_path_factory.mktemp("make") / "clone")


def refusal(done):
    """The one line in which a command was refused, without make's own."""
    assert done.returncode != 0
    (line,) = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    return line


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["link", "LIST=@"], "@: cannot be read"),
        (["link", "LIST=data/lists/my_list.toml", "FOLDER=@"], "@: inside the repository"),
        (["recapture", "TABLE=@"], "@: there is no such file"),
        (["data", "SOURCE=@"], "no source '@': there are"),
        (["solutions", "LESSON=@"], "questions.toml: there is no lesson '@'"),
        (["compare", "A=@", "B=latest"], "compare: no edition '@': allowed are"),
        (["compare", "A=latest", "B=@"], "compare: no edition '@': allowed are"),
        (["report", "EDITION=@"], "no edition '@': allowed are"),
        (["report", "KNOWN_ON=@"], "KNOWN_ON is '@': a day is needed, written YYYY-MM-DD"),
        (["report", "JOBS=@"], "JOBS: a number of processes is needed, from 1 to 999"),
        (["test", "JOBS=@"], "JOBS: a number of processes is needed, from 1 to 999"),
        (["validate", "CLUSTER=@"], "validate: missing port number in address"),
    ],
    ids=lambda value: value[-1].partition("=")[0] if isinstance(value, list) else "",
)
def test_what_is_typed_is_executed_by_nobody(clone, command, says):
    done = clones.make(clone, *(word.replace("@", NASTY) for word in command))
    assert says.replace("@", NASTY) in refusal(done)
    assert not list(clone.rglob("executed"))
    assert not (clone / "build" / "latest").exists()


def test_nor_is_what_the_environment_says(clone):
    done = clones.make(clone, "link", LIST=NASTY, EDITION=NASTY, JOBS=NASTY)
    assert refusal(done).startswith(f"{NASTY}: cannot be read")
    assert not list(clone.rglob("executed"))


def test_every_variable_that_make_takes_is_handed_on_as_text():
    recipes = re.sub(r"^#.*$", "", MAKEFILE, flags=re.MULTILINE)
    given = re.search(r"^GIVEN := (.*)$", MAKEFILE, re.MULTILINE)[1].split()
    assert set(re.findall(r"[\[ :(]([A-Z][A-Z_0-9]*)=", MAKEFILE)) <= {*given, "PYTHONPATH", "CHECKED_EDITION"}
    assert [name for name in given if f"$({name})" in recipes or f"${{{name}}}" in recipes] == []
    unquoted = re.compile(rf"(?<![\"=])\$\$({'|'.join(given)})\b")
    assert [line for line in recipes.splitlines() if unquoted.search(line)] == []
    assert set(given) <= set(clones.OF_MAKE), "a `make test` with one of them would change what the tests' `make` does"


def test_a_value_that_begins_like_an_option_is_a_value(clone):
    assert refusal(clones.make(clone, "data", "SOURCE=--try")).startswith("no source '--try': there are")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"EDITION": "../editions/latest"}, f"no edition '../editions/latest': {NAMES}"),
        ({"EDITION": "/etc/latest"}, f"no edition '/etc/latest': {NAMES}"),
        ({"EDITION": "2024-02-24 "}, f"no edition '2024-02-24 ': {NAMES}"),
        ({"EDITION": "a\nb"}, f"no edition 'a⏎b': {NAMES}"),
        ({"EDITION": "2026-08-23"}, f"no edition '2026-08-23': {DAYS}"),
        ({"KNOWN_ON": "2026-08-23"}, f"no edition '2026-08-23': {DAYS}"),
        ({"KNOWN_ON": "2022-03-30"}, f"no edition '2022-03-30': {DAYS}"),
        ({"KNOWN_ON": "2024-02-30"}, "no edition '2024-02-30': no such day; write a day of the calendar as YYYY-MM-DD"),
        ({"KNOWN_ON": "20230710"}, "KNOWN_ON is '20230710': a day is needed, written YYYY-MM-DD"),
        ({"KNOWN_ON": "2023-W28-1"}, "KNOWN_ON is '2023-W28-1': a day is needed, written YYYY-MM-DD"),
        ({"KNOWN_ON": "a b"}, "KNOWN_ON is 'a b': a day is needed, written YYYY-MM-DD"),
        ({"KNOWN_ON": "latest"}, "KNOWN_ON is 'latest': a day is needed, written YYYY-MM-DD"),
        ({"KNOWN_ON": "２０２３-07-10"}, "KNOWN_ON is '２０２３-07-10': a day is needed, written YYYY-MM-DD"),
        ({"EDITION": "2024-02-24", "KNOWN_ON": "2023-07-10"}, "EDITION and KNOWN_ON are both given: give one of them"),
    ],
)
def test_an_edition_that_cannot_be_built_is_refused(given, says):
    with pytest.raises(editions.EditionError) as refused:
        alone.chosen(given)
    assert str(refused.value).startswith(says)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("given", "edition"),
    [({}, "latest"), ({"EDITION": "2024-02-24"}, "2024-02-24"), ({"KNOWN_ON": "2023-07-10"}, "2023-07-10")],
)
def test_what_is_asked_for_is_built(given, edition):
    assert alone.chosen(given) == edition


def test_a_report_that_is_refused_has_begun_nothing(clone):
    done = clones.make(clone, "report", "KNOWN_ON=2024-02-30")
    assert refusal(done).startswith("no edition '2024-02-30': no such day")
    assert (done.stdout, (clone / "build" / "latest").exists()) == ("", False)


@pytest.fixture
def started(tmp_path):
    """Start a shell command alone on the lock of a folder; all are ended after the test."""
    began = []

    def start(command):
        source = f"""
import os, sys
from pathlib import Path
from helpers.publish import alone
os.set_inheritable(alone.wait(Path({str(tmp_path / "lock")!r}), "`make this`"), True)
os.execvp("sh", ["sh", "-c", {command!r}])
"""
        process = subprocess.Popen([sys.executable, "-c", source], cwd=tmp_path, text=True, stdout=subprocess.PIPE)
        began.append(process)
        return process

    yield start
    for process in began:
        process.kill()
        process.wait()
        process.stdout.close()


def until(path):
    """Wait until a command has written the file `path`."""
    end = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < end, f"{path.name} did not come"
        time.sleep(0.01)


def test_two_commands_take_turns_and_the_second_says_that_it_waits(started, tmp_path):
    first = started("echo began >> said; touch begun; while [ ! -e go ]; do sleep 0.05; done; echo ended >> said")
    until(tmp_path / "begun")
    second = started("echo second >> said")
    assert second.stdout.readline() == (
        "another command builds in this folder (`make this`): waiting until it has ended\n"
    )
    (tmp_path / "go").touch()
    assert (first.wait(), second.wait()) == (0, 0)
    assert (tmp_path / "said").read_text().splitlines() == ["began", "ended", "second"]


def test_a_command_that_was_killed_blocks_nobody_but_what_it_started_still_does(started, tmp_path):
    first = started("sh -c 'touch begun; while [ ! -e go ]; do sleep 0.05; done; echo orphan ended >> said' & wait")
    until(tmp_path / "begun")
    first.send_signal(signal.SIGKILL)
    first.wait()
    second = started("echo second >> said")
    assert second.stdout.readline().startswith("another command")
    (tmp_path / "go").touch()
    assert second.wait() == 0
    third = started("echo third >> said")
    assert (third.stdout.read(), third.wait()) == ("", 0), "it did not wait"
    assert (tmp_path / "said").read_text().splitlines() == ["orphan ended", "second", "third"]


def test_a_folder_in_which_nothing_can_be_written_is_told_in_one_line(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(alone, "wait", lambda **_: os.open(tmp_path / "no" / "lock", os.O_CREAT))
    assert alone.main(["make", "report-alone"]) == 1
    assert capsys.readouterr().err.endswith("make the folder writable and run again\n")


@pytest.mark.slow
def test_reports_of_one_and_of_other_editions_at_once_all_end_well(tmp_path):
    folder = clones.clone(tmp_path / "clone")
    for notebook in folder.glob("notebooks/**/*.ipynb"):
        if notebook.stem not in ("09_claims", "12_comparison"):  # the least of which a book can be made
            notebook.unlink()
    day = "KNOWN_ON=2024-03-01"
    doubles = [
        subprocess.Popen(["make", "report", *asked], cwd=folder, env=clones.environment(folder), text=True,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for asked in ([], [day], [], [day])
    ]  # fmt: skip
    said = [double.communicate()[0] for double in doubles]
    assert [double.returncode for double in doubles] == [0] * 4, said
    assert sum("another command builds in this folder" in one for one in said) == 3
    assert not list((folder / "build").rglob("*.part"))
    for name, asked in (("latest", []), ("2024-03-01", [day])):
        together = clones.results(folder, name)
        assert {"figures.csv", "run.json", "notebooks/12_comparison.ipynb", "README.md"} <= set(together)
        assert clones.make(folder, "report", *asked).returncode == 0
        assert clones.results(folder, name) == together


def test_the_newest_edition_is_the_last_day():
    assert editions.day_of("latest") == datetime.date(2026, 8, 22)
