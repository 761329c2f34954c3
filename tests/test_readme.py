"""The headline of README is the one of the committed comparison."""

import shutil

import pytest

from helpers.paths import ROOT
from helpers.publish import readme


@pytest.fixture
def copied(tmp_path):
    (tmp_path / "notebooks").mkdir()
    for name in ("README.md", readme.PICTURE, f"notebooks/{readme.COMPARISON}"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_the_headline_is_not_stale():
    assert readme.faults() == []


def test_another_number_is_stale_and_is_renewed(copied):
    page = copied / "README.md"
    page.write_text(page.read_text().replace("known by name**", "known**"))
    (copied / readme.PICTURE).write_bytes(b"")
    assert [fault.split(":")[0] for fault in readme.faults(copied)] == ["README.md", "headline.png"]
    readme.renew(copied)
    assert readme.faults(copied) == []
    assert page.read_bytes() == (ROOT / "README.md").read_bytes()


def test_without_markers_nothing_is_guessed(copied):
    page = copied / "README.md"
    page.write_text(page.read_text().replace("<!-- headline -->", ""))
    assert "the markers" in readme.faults(copied)[0]
    readme.renew(copied)
    assert "the markers" in readme.faults(copied)[0]


def test_the_headline_names_its_day():
    assert "*As known on 2026-08-22" in readme.rendered()[0]
