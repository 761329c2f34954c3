"""What the repository's own files may hold: every spoilt file ends in a table or in one clear refusal."""

import os
import random
import tomllib

import mutations
import pytest

from helpers import (
    audit,
    claims,
    comparison,
    csv_files,
    deaths,
    dependence,
    economist,
    equipment,
    figures,
    general_staff,
    own_tables,
    probate_parts,
    series,
    sources,
    teaching,
    territory,
    texts,
)  # fmt: skip
from helpers.estimate import coverage, delay_replays
from helpers.estimate.pooled import inputs, replays
from helpers.estimate.recapture import table as overlaps
from helpers.lists import composition, named, names, regions, vintages
from helpers.paths import DATA, EDITIONS
from helpers.publish import editions
from helpers.refusals import LINES, WIDTH, Refusal
from helpers.validation import summary

# as many spoilt files of each kind; by hand, more
SPOILT = int(os.environ.get("BYNAME_SPOILT", "100"))
ROWS = 40  # of each table: a small one is spoilt as a large one is


@pytest.fixture(scope="module")
def books():
    day = "2026-08-22"
    known = claims.known_by(day)
    return known, comparison.beside(known, "russia", series.read(), day)


@pytest.fixture(scope="module")
def release():
    return series.read()


def head(file, rows=ROWS):
    return "".join(file.read_text("utf-8").splitlines(keepends=True)[: rows + 1]).encode()


def small_ledger():
    """The first claims of the ledger that copy none but each other, and the places in which they were read."""
    rows = csv_files.read(claims.LEDGER / "claims.csv").iloc[150 : 150 + ROWS]
    rows = rows[rows["copies"].isin(["", *rows.loc[rows["copies"] == "", "id"]])]
    places = csv_files.read(claims.LEDGER / "reports.csv")
    places = places[places["id"].isin(" ".join(rows["reports"]).split())]
    account = csv_files.read(claims.LEDGER / "inputs.csv")
    account = account[account["claims"].isin(rows["id"]) | account["fate"].eq("set_aside")]
    return {"claims.csv": rows, "reports.csv": places, "inputs.csv": account}


@pytest.fixture(scope="module")
def ledger_files():
    return {name: rows.to_csv(index=False).encode() for name, rows in small_ledger().items()}


def survives(read, file, name):
    """Whether reading gave something; a refusal has to name the file and to be short, and nothing else is raised."""
    try:
        read()
    except Refusal as refusal:
        told = str(refusal)
        assert name in told
        assert len(told) <= LINES * (WIDTH + 1)
        assert not texts.hidden(told.replace("\n", ""))
        return False
    except Exception as error:
        raise AssertionError(f"{type(error).__name__}: {error}\n{file.read_bytes()[:3000]!r}") from error
    return True


def spoil(file, content, spoilt, read):
    rng = random.Random(20260822)
    kept = 0
    for _ in range(SPOILT):
        file.write_bytes(spoilt(content, rng))
        kept += survives(read, file, file.name)
    file.write_bytes(content)
    assert survives(read, file, file.name), "the file as it is was refused"
    assert kept < SPOILT, "nothing was refused"


@pytest.mark.parametrize("name", ["claims.csv", "reports.csv", "inputs.csv"])
def test_a_spoilt_ledger_is_refused_or_read(name, ledger_files, tmp_path):
    for other, content in ledger_files.items():
        (tmp_path / other).write_bytes(content)
    readers = {"claims.csv": claims.ledger, "reports.csv": claims.reports, "inputs.csv": claims.inputs}
    spoil(tmp_path / name, ledger_files[name], mutations.of_csv, lambda: readers[name](tmp_path))


TABLES = {
    "economist": (economist, "EMBEDDED", economist.read), "claimed": (equipment, "EMBEDDED", equipment.claimed),
    "photographed": (equipment, "PHOTOGRAPHED", equipment.photographed), "series": (series, "EMBEDDED", series.read),
    "territory": (territory, "EMBEDDED", territory.read),
    "general_staff": (general_staff, "EMBEDDED", general_staff.read),
    "wording": (general_staff, "WORDING", lambda: general_staff.wording("2026-08-22")),
    "probate_parts": (probate_parts, "EMBEDDED", probate_parts.read),
    "named_ages": (probate_parts, "AGES", lambda: probate_parts.named_ages("2026-08-22")),
    "deaths": (deaths, "EMBEDDED", deaths.read), "releases": (deaths, "RELEASES", deaths.releases),
    "coverage": (coverage, "WORDINGS", lambda: coverage.wordings(claims.ledger())),
    "delay": (delay_replays, "EMBEDDED", delay_replays.by_week), "claimants": (inputs, "CLAIMANTS", inputs.claimants),
    "scored": (replays, "SCORED", lambda: replays.scored(claims.ledger())),
    "vintages": (vintages, "EMBEDDED", vintages.read), "lost": (vintages, "LOST", vintages.weeks_that_lost_names),
    "regions": (regions, "EMBEDDED", regions.read), "tiles": (regions, "TILES", regions.tiles),
    "variants": (names, "VARIANTS", names.variants), "breaks": (named, "BREAKS", lambda: named.breaks("2026-08-22")),
    "cases": (overlaps, "CASES", overlaps.cases), "counts": (overlaps, "COUNTS", lambda: overlaps.example("khartoum")),
    "oryx": (equipment, "ORYX_TOTALS", lambda: own_tables.read(equipment.ORYX_TOTALS)),
    "published": (overlaps, "PUBLISHED", lambda: overlaps.published("khartoum")),
    "computed": (overlaps, "COMPUTED", lambda: overlaps.computed("khartoum")),
    "validation": (summary, "COMMITTED", summary.committed),
    "runs": (summary, "COMMITTED_RUNS", summary.committed_runs),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_a_spoilt_table_is_refused_or_read(name, tmp_path, monkeypatch):
    module, constant, read = TABLES[name]
    file = tmp_path / getattr(module, constant).name
    content = head(getattr(module, constant), 400 if name in ("counts",) else ROWS)
    monkeypatch.setattr(module, constant, file)
    spoil(file, content, mutations.of_csv, getattr(read, "__wrapped__", read))


READERS = {
    DATA / "claims" / "streams.csv": dependence.streams, composition.FACTS: composition.read,
    **{file: figures.read_codebook for file in (DATA / "codebooks").glob("[cqs]*.csv")},
    **{file: own_tables.read for file in (DATA / "codebooks").glob("invented_*.csv")},
}  # fmt: skip


@pytest.mark.parametrize("original", READERS, ids=lambda file: file.stem)
def test_a_spoilt_codebook_is_refused_or_read(original, tmp_path):
    file = tmp_path / original.name
    whole = original.stem in figures.CODEBOOKS
    content = original.read_bytes() if whole else head(original)
    spoil(file, content, mutations.of_csv, lambda: READERS[original](file))


def spoil_toml(file, content, read):
    settings = tomllib.loads(content.decode())
    spoil(file, content, lambda content, rng: mutations.of_toml(content, settings, rng), read)


def sections(file, wanted):
    """The sections of a file of settings whose names are `wanted`, as TOML."""
    read = tomllib.loads(file.read_text("utf-8"))
    return "".join(f'"{name}" = {mutations.in_toml(read[name])}\n' for name in wanted(read)).encode()


def test_spoilt_checks_are_refused_or_read(tmp_path, release):
    content = sections(audit.CHECKS, lambda read: list(read)[:: len(read) // 12])
    file = tmp_path / "checks.toml"
    spoil_toml(file, content, lambda: audit.tries("2026-08-22", release, file))


def test_spoilt_sources_are_refused_or_read(tmp_path):
    file = tmp_path / "sources.toml"
    spoil_toml(file, sections(sources.REGISTRY, lambda read: list(read)[:3]), lambda: sources.registry(file))


@pytest.mark.parametrize("parameters", ["", '[parameters.05_coverage]\nrule = "x"\n'])
def test_spoilt_editions_are_refused_or_read(tmp_path, parameters):
    file = tmp_path / "2024-02-24.toml"
    content = (EDITIONS / file.name).read_bytes() + parameters.encode()
    (tmp_path / "latest.toml").write_bytes((EDITIONS / "latest.toml").read_bytes())
    spoil_toml(file, content, lambda: editions.read(file.stem, tmp_path))


def test_spoilt_questions_are_refused_or_read(tmp_path, books):
    content = sections(teaching.QUESTIONS, lambda read: [one for one in read if one.startswith("01-")])
    file = tmp_path / "questions.toml"

    def read():
        lesson = teaching.lesson("01", *books, file)
        lesson.faults()
        for place, question in lesson.questions.items():
            lesson.check(place, question.answer)._repr_markdown_()

    spoil_toml(file, content, read)
