"""Results and last words of a run: one schema for claims and estimates, and a table that fits a terminal."""

import datetime
import json

import pandas as pd
import pytest

from helpers import claims, comparison, figures
from helpers.estimate.coverage import coverage_range
from helpers.publish import editions, notebooks, results, summary

DAY = datetime.date(2025, 5, 5)


@pytest.fixture
def edition(tmp_path, monkeypatch):
    monkeypatch.setattr(editions, "BUILD", tmp_path)
    monkeypatch.setattr(summary, "ROOT", tmp_path)
    made = editions.Edition("then", "Then", DAY)
    for folder in ("tables", "notebooks"):
        (made.folder / folder).mkdir(parents=True)
    known = figures.known_by(claims.ledger(), str(DAY))
    estimates = coverage_range(comparison.milestones(known, "russia"))
    estimates.to_csv(made.folder / "tables" / "12_estimates.csv", index=False, date_format="%Y-%m-%d")
    # an estimate of a notebook that is gone is no result
    estimates.to_csv(made.folder / "tables" / "99_estimates.csv", index=False, date_format="%Y-%m-%d")
    ran = {"metadata": {"by_name": {"parameters": {"known_on": str(DAY), "data": "fetched"}}}, "cells": []}
    (made.folder / "notebooks" / "12_comparison.ipynb").write_text(json.dumps(ran))
    return made


def test_claims_and_estimates_stand_in_one_schema(edition):
    results.write(edition)
    table = pd.read_csv(edition.folder / "figures.csv", keep_default_na=False)
    assert list(table.columns) == figures.COLUMNS
    assert set(table["kind"]) == {"claim", "estimate"}
    assert table["published"].max() <= str(DAY)
    assert set(table["copies"]) - {""} <= set(table["id"])
    same = pd.read_parquet(edition.folder / "figures.parquet")
    assert same["id"].tolist() == table["id"].tolist()


def test_the_estimate_of_5_may_2025_is_the_bbcs(edition):
    table = results.all_figures(edition)
    ours = table[table["id"].eq("russia-killed-coverage") & table["published"].eq("2025-05-05")].iloc[0]
    # the BBC printed 164,223-237,211 for 106,745 names
    assert (int(ours["low"]), int(ours["high"])) == (164_223, 237_211)


def test_the_codebook_explains_every_column(edition):
    results.write(edition)
    codebook = pd.read_csv(edition.folder / "figures_codebook.csv", keep_default_na=False)
    assert codebook["column"].tolist() == figures.COLUMNS
    assert (codebook["meaning"].str.len() > 5).all()
    assert "killed_and_wounded" in codebook.set_index("column").loc["quantity", "allowed"]


def test_the_sidecar_says_what_the_results_were_made_from(edition):
    told = results.sidecar(edition)
    assert (told["edition"], told["known_on"]) == ("then", "2025-05-05")
    assert told["parameters"] == {"12_comparison": {"known_on": "2025-05-05", "data": "fetched"}}
    read = set(notebooks.needs("12_comparison"))
    assert "economist-2026" in read
    assert {name for name, state in told["sources"].items() if state == "used"} == set(told["checksums"]) == read
    assert all(len(sha256) == 64 for sha256 in told["checksums"]["economist-2026"].values())
    assert "pandas" in told["versions"]


FIRST = """counted,who,as of,claim,names then,names to date,estimate,wounded per killed,others,status
Russia: killed,Ministry (of one),2022-09-21,"5,937","5,701 (2022-08-19)","9,767 (9,560–10,044)",\
"8,288 (6,473–10,102) killed, registry (men 18-59)",,,
Ukraine: missing,Someone,2024-12-04,"35,000","60,435 (2024-11-22)",,,,,superseded 2025-01-01
"""
OTHERS = """side,who,counts,of,until,says,named then (list of),named by now,probate registry,\
wounded per killed,began with,newest
russia,Other (of one),killed,men 15-49,2022-09-21,"6,000",,"9,767, provisional","8,288 (6,473–10,102)",,,yes
russia,Ministry (of one),killed,russian forces,2022-09-21,"5,937",,"9,767","8,288 (6,473–10,102)",,yes,yes
ukraine,Other (of one),killed,soldiers,2022-09-21,"61,207","9 (2022-08-19)",,,,,yes
"""


def told(edition, sources):
    (edition.folder / "tables" / summary.FIRST).write_text(FIRST, "utf-8")
    (edition.folder / "tables" / summary.COMPARISON).write_text(OTHERS, "utf-8")
    (edition.folder / "run.json").write_text(json.dumps({"known_on": str(DAY), "sources": sources}))
    return summary.lines(edition.folder)


def test_the_last_words_hold_tables_sources_and_book(edition):
    lines = told(edition, {"a": "used", "b": "not to be had"})
    assert "Russia: killed       as of  claim  names then  to date              estimate" in lines
    assert "Ministry        2022-09-21  5,937       5,701    9,767  8,288 (6,473–10,102)" in lines
    assert "Someone           2024-12-04  35,000, superseded 2025-01-01" in lines
    assert "Other, men 15-49  2022-09-21  6,000       9,767 *  8,288 (6,473–10,102)" in lines
    assert "Other            2022-09-21  61,207        9 (2022-08-19)" in lines
    assert sum("5,937" in line for line in lines) == 1
    assert lines[-3:] == ["Sources used: a", "Not to be had: b", "The book: then/site/index.html"]
    assert max(map(len, lines)) < 120


def test_without_any_source_the_last_words_name_what_was_not_to_be_had(edition):
    lines = told(edition, {"a": "not to be had", "b": "not to be had"})
    assert lines[-2] == "Not to be had: a, b"
    assert not any(line.startswith("Sources used") for line in lines)
