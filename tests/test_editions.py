"""Editions: what a file or a day gives, and what is refused."""

import datetime

import pytest

from helpers.publish import editions


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "latest.toml").write_text('title = "Latest"\nknown_on = 2026-08-22\n')
    return tmp_path


def test_an_edition_is_read_from_its_file(folder):
    latest = editions.read("latest", folder)
    assert (latest.title, latest.known_on, latest.parameters) == ("Latest", datetime.date(2026, 8, 22), {})


def test_any_day_is_an_edition(folder):
    day = editions.read("2023-07-10", folder)
    assert (day.name, day.known_on) == ("2023-07-10", datetime.date(2023, 7, 10))
    assert "10 July 2023" in day.title


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("known_on = 2026-08-22\nknow_on = 2026-08-22\n", "latest.toml, key know_on: allowed are known_on, parameters"),
        ("title = 'x'\n", "latest.toml, key known_on: a day is needed"),
        ("known_on = '2026-08-22'\n", "latest.toml, key known_on: a day is needed"),
    ],
)
def test_an_edition_that_cannot_be_read_is_refused(folder, text, message):
    (folder / "latest.toml").write_text(text)
    with pytest.raises(editions.EditionError, match=message):
        editions.read("latest", folder)


@pytest.mark.parametrize("day", ["2022-03-30", "2026-08-23"])
def test_a_day_before_the_first_list_or_after_the_newest_data_is_refused(folder, day):
    with pytest.raises(
        editions.EditionError, match=f"no edition '{day}': allowed are days from 2022-03-31, .* to 2026-08-22"
    ):
        editions.read(day, folder)


def test_an_unknown_edition_names_those_that_there_are(folder):
    with pytest.raises(editions.EditionError, match="no edition 'newest': allowed are latest, or a day"):
        editions.read("newest", folder)


def test_the_committed_edition_is_of_a_fixed_day():
    assert editions.read("latest").known_on == datetime.date(2026, 8, 22)


def test_the_command_says_what_an_edition_is_or_in_one_line_why_it_is_none(capsys):
    assert editions.main(["latest"]) == 0
    assert capsys.readouterr().out == "edition latest: what was known on 22 August 2026\n"
    assert editions.main(["2021-01-01"]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
