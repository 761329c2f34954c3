"""Two editions compared: which is the earlier, where the results lie, what is printed and what is refused."""

import datetime

import pytest

from helpers.paths import BUILD
from helpers.publish import compare, editions

TALLY = """side,counts,before,appeared,changed,after,superseded,retracted,exposed
russia,killed,3,2,1,6,1,0,0
ukraine,missing,4,0,0,4,0,0,0
ukraine,killed,1,10,0,11,0,0,1
"""


@pytest.mark.parametrize("names", [("2025-02-25", "latest"), ("latest", "2025-02-25")])
def test_the_later_day_is_run_with_the_earlier_as_its_parameter(names):
    pair = compare.pair(*names)
    assert pair.known_on == datetime.date(2026, 8, 22)
    assert pair.parameters == {compare.NOTEBOOK: {"since": "2025-02-25"}}
    assert pair.folder == BUILD / "compare" / "2025-02-25_latest"


def test_a_day_that_is_no_edition_may_be_compared():
    pair = compare.pair("2025-05-05", "2023-07-10")
    assert (pair.name, pair.parameters[compare.NOTEBOOK]["since"]) == ("compare/2023-07-10_2025-05-05", "2023-07-10")


def test_the_same_day_twice_is_refused():
    with pytest.raises(editions.EditionError, match="latest and 2026-08-22 are both the day 2026-08-22; name two days"):
        compare.pair("latest", "2026-08-22")


@pytest.mark.parametrize(
    ("one", "says"),
    [("newest", "compare: no edition 'newest': allowed are "), ("", "compare: two editions or days are needed: make ")],
)
def test_an_unknown_edition_is_one_line_and_an_exit_code(monkeypatch, capsys, one, says):
    monkeypatch.setattr("sys.argv", ["compare", one, "latest"])
    assert compare.main() == 1
    said = capsys.readouterr()
    assert said.err.startswith(says)
    assert (said.err.count("\n"), said.out) == (1, "")


def test_what_changed_is_printed_by_side_and_quantity_and_in_all(tmp_path, monkeypatch):
    monkeypatch.setattr(editions, "BUILD", tmp_path)
    pair = compare.pair("2025-02-25", "latest")
    (pair.folder / "tables").mkdir(parents=True)
    (pair.folder / "tables" / compare.TALLY).write_text(TALLY)
    printed = compare.lines(pair, pair.folder / "notebooks" / "14.ipynb")
    assert printed[:5] == [
        "What changed between 2025-02-25 and 2026-08-22, in numbers of figures",
        "side     counts  appeared  changed  superseded  retracted  exposed",
        "russia   killed         2        1           1          0        0",
        "ukraine  killed        10        0           0          0        1",
        "all                    12        1           1          0        1",
    ]
    assert printed[5].endswith("compare/2025-02-25_latest/notebooks/14.ipynb")


def test_where_nothing_changed_the_sum_is_none(tmp_path, monkeypatch):
    monkeypatch.setattr(editions, "BUILD", tmp_path)
    pair = compare.pair("2025-02-25", "2025-02-26")
    (pair.folder / "tables").mkdir(parents=True)
    (pair.folder / "tables" / compare.TALLY).write_text(TALLY.splitlines()[0] + "\n")
    assert compare.lines(pair, tmp_path)[2].split() == ["all", "0", "0", "0", "0", "0"]


def test_the_notebook_of_a_pair_is_run_on_what_is_at_hand(tmp_path, monkeypatch):
    monkeypatch.setattr(editions, "BUILD", tmp_path)
    monkeypatch.setattr(compare.notebooks, "data_at_hand", lambda name: "embedded")
    pair = compare.pair("2025-05-05", "2025-02-25")
    executed = compare.run(pair)
    assert executed == tmp_path / "compare" / "2025-02-25_2025-05-05" / "notebooks" / "14_what_changed.ipynb"
    assert compare.notebooks.parameters_of(executed)["since"] == "2025-02-25"
    # the preprint of Kobak et al. and what repeated it fell in between
    killed = next(line for line in compare.lines(pair, executed) if line.startswith("russia   killed  "))
    assert killed.split()[-3:] == ["3", "0", "0"]
