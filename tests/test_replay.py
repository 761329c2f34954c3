"""Every edition knows nothing of the days after its own, and everything that was read on the days before."""

import datetime
import json
import re

import pandas as pd
import pytest

from helpers import claims, figures
from helpers.paths import EDITIONS
from helpers.publish import editions, notebooks, results

NAMES = sorted(file.stem for file in EDITIONS.glob("*.toml"))
# the reports that the project was born from, and the day on which each was read
SEEDS = {
    "2024-02-24": ["report-2024-02-24-45000-identified"],
    "2024-04-21": ["kyivindependent-2024-04-21"],
    "2025-02-25": ["spacewar-2025-02-25"],
    "2025-05-05": ["report-2025-05-05-27-per-kilometre", "report-2025-05-05-heavy-casualties"],
}
MONTHS = "January February March April May June July August September October November December".split()
DAY = re.compile(r"\b(20\d\d)-(\d\d)(?:-(\d\d))?\b")
SPOKEN = re.compile(rf"\b(?:(\d{{1,2}}) )?({'|'.join(MONTHS)}) (20\d\d)\b")
EARLIEST = datetime.date.fromisoformat(NAMES[0])


def days_in(text):
    """The first day that each date written in `text` may mean."""
    iso = [(int(y), int(m), int(d or 1)) for y, m, d in DAY.findall(text) if 1 <= int(m) <= 12 and int(d or 1) <= 31]
    spoken = [(int(y), MONTHS.index(m) + 1, int(d or 1)) for d, m, y in SPOKEN.findall(text)]
    return [datetime.date(*found) for found in iso + spoken]


def test_days_are_found_in_text():
    assert days_in("on 2024-02-29, in March 2025, on 5 May 2026 and 2027-01; not 2024-13") == [
        datetime.date(2024, 2, 29), datetime.date(2027, 1, 1), datetime.date(2025, 3, 1), datetime.date(2026, 5, 5)
    ]  # fmt: skip


def typed_days(path):
    """The days that the prose of a notebook tells of without computing them."""
    prose = ["".join(c["source"]) for c in json.loads(path.read_text())["cells"] if c["cell_type"] == "markdown"]
    return [day for text in prose for day in days_in(text)]


@pytest.mark.parametrize("path", notebooks.numbered(), ids=lambda path: path.stem)
def test_what_is_not_computed_tells_of_no_day_after_the_earliest_edition(path):
    assert [day for day in typed_days(path) if day > EARLIEST] == []


@pytest.mark.parametrize("path", notebooks.lessons(), ids=lambda path: path.stem)
def test_a_lesson_tells_of_later_days_and_so_stands_in_the_latest_edition_alone(path):
    assert EARLIEST < max(typed_days(path)) <= editions.read("latest").known_on
    assert {name for name in NAMES if path in notebooks.of_edition(name)} == {"latest"}


@pytest.mark.parametrize("name", [name for name in NAMES if name in SEEDS])
def test_every_figure_of_the_days_seed_is_known(name):
    ledger = claims.ledger()
    read_then = ledger["reports"].str.split().map(lambda reports: not set(reports).isdisjoint(SEEDS[name]))
    known = figures.known_by(ledger, name)
    assert read_then.sum() >= 4
    assert set(ledger.loc[read_then, "id"]) <= set(known["id"])


def test_every_edition_day_but_the_latest_has_its_seed():
    assert set(NAMES) - {"latest"} == set(SEEDS)


def later_than(day, text):
    return [found for found in days_in(text) if found > day]


@pytest.fixture(scope="module", params=[*NAMES, "2022-06-01", "2024-06-28"])
def built(request, tmp_path_factory):
    """An edition built on embedded data in a folder of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(editions, "BUILD", tmp_path_factory.mktemp("build"))
        edition = editions.read(request.param)
        for path in notebooks.numbered():
            notebooks.run(path, edition, data="embedded")
        results.write(edition)
        yield edition


@pytest.mark.slow
def test_no_table_tells_of_a_later_day(built):
    tables = [built.folder / "figures.csv", *(built.folder / "tables").glob("*.csv")]
    assert len(tables) > len(notebooks.numbered())
    for table in tables:
        assert later_than(built.known_on, table.read_text("utf-8")) == [], table.name


@pytest.mark.slow
def test_no_table_holds_a_claim_that_was_not_known(built):
    known = figures.known_by(claims.ledger(), str(built.known_on))
    ids = set(claims.ledger()["id"]) - set(known["id"])
    for table in [built.folder / "figures.csv", *(built.folder / "tables").glob("*.csv")]:
        words = set(re.split(r"[,\s\"]+", table.read_text("utf-8")))
        assert words.isdisjoint(ids), table.name
    assert set(known["id"]) <= set(pd.read_csv(built.folder / "figures.csv")["id"])


@pytest.mark.slow
def test_no_sentence_and_no_picture_tells_of_a_later_day(built):
    for path in (built.folder / "notebooks").glob("*.ipynb"):
        for number, cell in enumerate(json.loads(path.read_text())["cells"]):
            shown = [] if cell["cell_type"] == "markdown" else [*outputs(cell)]
            assert later_than(built.known_on, " ".join(shown)) == [], f"{path.name}, cell {number}"


def outputs(cell):
    for output in cell["outputs"]:
        yield from ("".join(output.get("data", {}).get(kind, "")) for kind in ("text/plain", "text/markdown"))
        yield output.get("metadata", {}).get("image/png", {}).get("alt", "")
