"""The page of the reports that this project began with, and their numbers side by side on the opening page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd

from helpers import began_with, claims, csv_files, figures, texts
from helpers.publish import markup, pages

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from helpers.publish.editions import Edition

PICTURE = "began-with.png"
# what notebooks of the same run left in the folder of tables
SIDE_BY_SIDE, OF_REPORTS, VERDICTS = "12_side_by_side.csv", "12_began_with.csv", "09_verdicts.csv"
BESIDE = {
    "names then": "Names published then",
    "names to date": "Names to date, dead by that day",
    "estimate": "Estimate to that day",
    "others": "Others within a month",
}
NONE = "None of these numbers was known by this day."


def missing(edition: Edition) -> list[str]:
    """The tables of the run of `edition` that the pages need and that are not there."""
    return [name for name in (SIDE_BY_SIDE, OF_REPORTS, VERDICTS) if not (edition.folder / "tables" / name).is_file()]


def generated(edition: Edition, alt: str) -> dict[str, str]:
    """What the opening page and the page of the reports include, by file name.

    `alt`: the words for the picture of the numbers side by side; "" where none of them was known. All is read from what
    notebooks 09 and 12 of the same run left; texts enter by templates, so that none is ever read as Markdown.
    """
    folder, day = edition.folder / "tables", str(edition.known_on)
    known = claims.known_by(day)
    return front(_rows(folder / SIDE_BY_SIDE), known, alt) | reports(
        began_with.sentences(day), known, _by(folder / OF_REPORTS, "id"), _verdicts(folder / VERDICTS)
    )


def _rows(file: Path) -> list[dict[str, str]]:
    return csv_files.read(file).to_dict("records")


def _by(file: Path, column: str) -> dict[str, dict[str, str]]:
    return {row[column]: row for row in _rows(file)}


def _verdicts(file: Path) -> dict[str, dict[str, str]]:
    """The verdict on each claim; those on misprints of it by others are left out."""
    return {row["claim"]: row for row in _rows(file) if row["variant"] == "False"}


def front(rows: list[dict[str, str]], known: pd.DataFrame, alt: str) -> dict[str, str]:
    """The table and the picture of the opening page; `rows`: the numbers side by side in words, in order."""
    if not rows:
        return {"side-by-side.md": f"{NONE}\n"}
    links = pages.addresses(known)
    groups: dict[str, list] = {}
    for row in rows:
        shown = row | {"who": _short(row["who"]), "link": links[row["id"]], "beside": _beside(row)}
        groups.setdefault(row["counted"], []).append(shown)
    columns = [words for name, words in BESIDE.items() if any(row[name] for row in rows)]
    table = markup.render("side_by_side.html", groups=groups, columns=columns)
    quoted = json.dumps(texts.visible(alt), ensure_ascii=False)  # an option in quotation marks is never cut
    picture = f"```{{image}} generated/{PICTURE}\n:alt: {quoted}\n:width: 100%\n```\n"
    return {"side-by-side.md": pages.INCLUDED.format("side-by-side.html") + "\n" + picture, "side-by-side.html": table}


def _short(who: str) -> str:
    return who.split(" (")[0]


def _beside(row: Mapping[str, str]) -> dict[str, str]:
    """What stands beside a claim, by the words for it; empty where it is not known."""
    hurt = row.get("wounded per killed", "")
    told = dict(row) | ({"estimate": f"{row['estimate']}: {hurt} wounded for each"} if hurt else {})
    return {words: told.get(name, "") for name, words in BESIDE.items()}


def reports(
    said: pd.DataFrame,
    known: pd.DataFrame,
    beside: Mapping[str, Mapping[str, str]],
    verdicts: Mapping[str, Mapping[str, str]],
) -> dict[str, str]:
    """The page of the reports, by file name: a heading for each report, and its sentences with their claims.

    `said`: the sentences of the reports that were published; `beside`, `verdicts`: rows of tables by the id of a claim.
    """
    if said.empty:
        return {"began-with.md": "None of the reports was published by this day.\n"}
    facts, places = _facts(known, beside, verdicts), claims.reports()
    parts = {f"began-with-{one}.html": _report(rows, places.loc[one], facts) for one, rows in said.groupby("report")}
    sections = [
        f"## {figures.day_in_words(figures.partial_date(places['date'][one]).first)}: "
        f"{texts.in_markdown(places['publisher'][one])}\n\n{pages.INCLUDED.format(f'began-with-{one}.html')}"
        for one in dict.fromkeys(said["report"])
    ]
    return {"began-with.md": "\n".join(sections), **parts}


def _facts(
    known: pd.DataFrame, beside: Mapping[str, Mapping[str, str]], verdicts: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, object]]:
    """What is shown of each claim, by its id."""
    links, words = pages.addresses(known), figures.in_words(known).set_index(known["id"])
    return {
        claim["id"]: {
            "id": claim["id"],
            "says": words["says"][claim["id"]],
            "counts": "" if claim["quantity"] == "statement" else pages.quantity_in_words(words["counts"][claim["id"]]),
            "of": pages.with_capitals(words["of"][claim["id"]]),
            "who": _short(claim["who"]),
            "until": words["until"][claim["id"]],
            "status": "" if claim["status"] == "standing" else claim["status"],
            "verdict": verdicts.get(claim["id"], {}).get("verdict", ""),
            "because": verdicts.get(claim["id"], {}).get("because", ""),
            "premise": verdicts.get(claim["id"], {}).get("premise", ""),
            "beside": _beside(beside.get(claim["id"], {})),
            "link": links[claim["id"]],
        }
        for claim in known.to_dict("records")
    }


def _report(rows: pd.DataFrame, place: pd.Series, facts: Mapping[str, Mapping[str, object]]) -> str:
    first: dict[str, int] = {}
    told = []
    for row in rows.to_dict("records"):
        made = [one for one in row["claims"].split() if one in facts]
        shown = [facts[one] | {"again": first.get(one, 0)} for one in made]
        told.append({"number": row["sentence"], "says": row["says"], "note": row["note"], "claims": shown})
        first |= {one: row["sentence"] for one in made if one not in first}
    facts_of = {"report": rows["report"].iloc[0], "title": place["title"], "link": markup.link(place["address"])}
    return markup.render("began_with.html", sentences=told, **facts_of)
