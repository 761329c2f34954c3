"""The parts of the book that are written from tables: ledger, sources, headline, citation."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pandas as pd

from helpers import figures, texts
from helpers.publish import markup
from helpers.publish.checks import is_archive

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from helpers.publish.editions import Edition
    from helpers.sources import Source

COLUMNS = ("Until", "Value", "Who says so", "Who is counted", "Published", "Read in")
SIDES = {"russia": "Russia", "ukraine": "Ukraine", "both": "Both sides"}
WITHDRAWN = "withdrawn"
# words of the scopes, which are lower case, that English writes with a capital
PROPER = re.compile(
    r"\b(?:altai|bakhmut|bashkortostan|buryatia|chelyabinsk|dagestan|donetsk|june|korean|krasnodar|makiivka|moscow|"
    r"north(?= korean)|perm|russian?|sverdlovsk|tatarstan|tuva|ukraine|volnovakha|wagner)\b"
)
USES = {
    "used": "used",
    "at hand": "at hand, but no notebook of this edition reads it",
    "not to be had": "not to be had; notebooks that read it used the figures embedded in the repository",
}
LATER = """
## Of a later day

{} more data {} put together after {}. A notebook that opens one takes from it only what had been published by
then.
"""
INCLUDED = "```{{raw}} html\n:file: generated/{}\n```\n"


def day_in_words(day: datetime.date) -> str:
    """A day as it stands in a sentence, the same in every locale: 22 August 2026."""
    months = ("January February March April May June July August September October November December").split()
    return f"{day.day} {months[day.month - 1]} {day.year}"


def edition_facts(edition: Edition) -> dict[str, str]:
    """What every page says of its edition: name, title, known_on (ISO) and day (in words)."""
    day = edition.known_on
    return {"name": edition.name, "title": edition.title, "known_on": day.isoformat(), "day": day_in_words(day)}


def known_on(edition: Edition) -> str:
    """The Markdown that says on the opening page which day this edition knows."""
    day = day_in_words(edition.known_on)
    return f"This edition says what was known on {day}. Nothing that was published later stands in it.\n"


def headline(sentence: str, alt: str) -> str:
    """The Markdown of the opening page's answer and its picture (generated/headline.png)."""
    quoted = json.dumps(texts.visible(alt), ensure_ascii=False)  # an option in quotation marks is never cut
    return (
        f'<div class="headline">\n\n{sentence.strip()}\n\n</div>\n\n'
        f"```{{image}} generated/headline.png\n:alt: {quoted}\n:width: 100%\n```\n"
    )


def lessons(names: Sequence[str]) -> str:
    """The Markdown of the opening page's entries for teaching; `names`: the lessons of this edition's book."""
    entries = "\n".join([*(f"notebooks/{name}" for name in names), "teaching"])
    return f"```{{toctree}}\n:caption: Teaching\n:titlesonly:\n\n{entries}\n```\n"


def citation(edition: Edition, file: Path) -> str:
    """The Markdown of how to cite `edition`, in words and as BibTeX, from CITATION.cff."""
    import yaml

    facts = yaml.safe_load(file.read_text("utf-8"))
    given = facts["authors"][0]["name"], facts["title"], facts["version"]
    author, title, version = map(texts.visible, given)
    day, year = day_in_words(edition.known_on), edition.known_on.year
    return (
        f"> {texts.in_markdown(author)}. *{texts.in_markdown(title)}*. Version {texts.in_markdown(version)}, "
        f"edition known on {day}.\n\n"
        f"```bibtex\n@misc{{by_name_{edition.known_on:%Y_%m_%d},\n  author = {{{{{author}}}}},\n"
        f"  title = {{{title}}},\n  year = {{{year}}},\n"
        f"  note = {{Version {version}, edition known on {day}}}\n}}\n```\n"
    )


def ledger(table: pd.DataFrame, reports: pd.DataFrame, day: str | datetime.date) -> dict[str, str]:
    """What the ledger's pages include, by file name: an overview, the claims of each side, the withdrawn claims.

    `table` is that of `helpers.claims.known_by`, `reports` that of `helpers.claims.reports`. Every claim known by
    `day` stands in exactly one part; a place published after `day` is not named. The Markdown (.md) holds headings
    only and includes the tables (.html), so that no text of a claim is ever read as Markdown.
    """
    day = pd.Timestamp(day)
    known = figures.known_by(table, day)
    groups = {page: known[_page_of(known) == page] for page in (*SIDES, WITHDRAWN)}
    links = addresses(known)
    places = _places(reports, day)
    parts = _overview(groups, day) | _withdrawn(groups[WITHDRAWN], places, links)
    for side in SIDES:
        parts |= _side(side, groups[side], places, links)
    return parts


def addresses(known: pd.DataFrame) -> dict[str, str]:
    """Where each claim of `known` stands in the book, by its id: page and place of its row in the ledger."""
    return {one: f"ledger-{page}.html#{one}" for one, page in zip(known["id"], _page_of(known), strict=True)}


def _page_of(known: pd.DataFrame) -> pd.Series:
    return known["side"].mask(known["status"].isin(figures.UNCOMPARABLE), WITHDRAWN)


def _overview(groups: Mapping[str, pd.DataFrame], day: pd.Timestamp) -> dict[str, str]:
    total, withdrawn = sum(len(group) for group in groups.values()), len(groups[WITHDRAWN])
    rows = [
        {
            "link": f"ledger-{side}.html#{_anchor(side, quantity)}",
            "quantity": quantity_in_words(quantity), "side": SIDES[side], "claims": len(claims),
        }
        for side in SIDES
        for quantity, claims in _by_quantity(groups[side])
    ]  # fmt: skip
    said = (
        f"On {day_in_words(day)}, {total:,} claims were known; {withdrawn:,} of them, retracted, doctored or made up, "
        f"stand [apart](ledger-{WITHDRAWN}.md).\n\n"
    )
    name = "ledger-overview.html"
    return {"ledger.md": said + INCLUDED.format(name), name: markup.render("overview.html", rows=rows)}


def _by_quantity(claims: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """The claims of each quantity, in the order of the codebook."""
    order = figures.codebook("quantities").index
    return [(q, claims[claims["quantity"] == q]) for q in order if (claims["quantity"] == q).any()]


def _side(side: str, claims: pd.DataFrame, places: Mapping[str, Mapping], links: Mapping[str, str]) -> dict[str, str]:
    page, parts, sections = f"ledger-{side}.md", {}, []
    for quantity, group in _by_quantity(claims):
        name, words = f"ledger-{_anchor(side, quantity)}.html", quantity_in_words(quantity)
        parts[name] = _table(group, f"{SIDES[side]}, {words}", places, links)
        heading = f"({_anchor(side, quantity)})=\n## {texts.in_markdown(words.capitalize())}"
        sections.append(f"{heading}\n\n{texts.in_markdown(_meaning(quantity))}\n\n{INCLUDED.format(name)}")
    return {page: "\n".join(sections) or "None was known by this day.\n", **parts}


def _withdrawn(claims: pd.DataFrame, places: Mapping[str, Mapping], links: Mapping[str, str]) -> dict[str, str]:
    page, name = f"ledger-{WITHDRAWN}.md", f"ledger-{WITHDRAWN}.html"
    if claims.empty:
        return {page: "None was known as such by this day.\n"}
    included = f'<div class="withdrawn">\n\n{INCLUDED.format(name)}\n</div>\n'
    return {page: included, name: _table(claims, "Withdrawn claims", places, links)}


def _meaning(quantity: str) -> str:
    """What the quantity counts, and in which unit, if it is not persons."""
    meaning, unit = figures.codebook("quantities").loc[quantity, ["meaning", "unit"]]
    return _sentence(meaning) + ("" if unit in ("persons", "none") else f" Unit: {unit}.")


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:].rstrip(".") + "."


def _table(claims: pd.DataFrame, label: str, places: Mapping[str, Mapping], links: Mapping[str, str]) -> str:
    ordered = claims.sort_values(["until", "published", "id"])
    rows = [_row(claim, places, links) for claim in ordered.to_dict("records")]
    return markup.render("ledger.html", label=label, columns=COLUMNS, claims=rows)


def _row(claim: Mapping, places: Mapping[str, Mapping], links: Mapping[str, str]) -> dict[str, object]:
    """What the template shows of one claim: each a text, or the places where it was read."""
    is_statement = claim["quantity"] == "statement"
    value, spread = ("", "") if is_statement else _value(claim)
    return {
        "id": claim["id"], "who": claim["who"], "method": claim["method"],
        "until": _date(claim["until"], claim["until_precision"]), "since": _since(claim),
        "value": value, "spread": spread, "statement": claim["note"] if is_statement else "",
        "status": _status(claim), "copied": links.get(claim["copies"], ""),
        "note": "" if is_statement or not claim["note"] else _sentence(claim["note"]),
        "scope": with_capitals(claim["scope"]), "counts": _counts(claim),
        "published": _date(claim["published"], claim["published_precision"]),
        "places": [places[one] for one in claim["reports"].split() if one in places],
    }  # fmt: skip


def _counts(claim: Mapping) -> str:
    """What of whom the claim counts, where claims of many kinds stand together."""
    counts = f"{SIDES[claim['side']]}: {quantity_in_words(claim['quantity'])}"
    return counts if claim["status"] in figures.UNCOMPARABLE else ""


def _since(claim: Mapping) -> str:
    spans = claim["window"] in ("period", "rate") and not pd.isna(claim["since"]) and claim["since"] != claim["until"]
    return f"{claim['since']:%Y-%m-%d}" if spans else ""


def _date(day: pd.Timestamp, precision: str) -> str:
    return f"{day:%Y-%m-%d}"[: {"day": 10, "month": 7, "year": 4}[precision]]


def _value(claim: Mapping) -> tuple[str, str]:
    """The value of a claim and, if it has a point, its range."""
    low, point, high = (None if pd.isna(claim[name]) else _number(claim[name]) for name in ("low", "point", "high"))
    if low is not None and low == high:
        return low, ""
    spread = f"{low}–{high}" if low and high else f"at least {low}" if low else f"at most {high}" if high else ""
    return (point, spread) if point else (spread, "")


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:,.10g}"


def _status(claim: Mapping) -> str:
    if claim["status"] == "standing":
        return ""
    return claim["status"] + ("" if pd.isna(claim["status_from"]) else f" {claim['status_from']:%Y-%m-%d}")


def _places(reports: pd.DataFrame, day: pd.Timestamp) -> dict[str, dict[str, str]]:
    """What is said of each place where a claim was read, by its id; places of a later day than `day` are not there."""
    rows = reports.to_dict("index").items()
    return {one: _place(row) for one, row in rows if not row["date"] or figures.partial_date(row["date"]).first <= day}


def _place(report: Mapping[str, str]) -> dict[str, str]:
    address = markup.link(report["address"])
    return {
        "title": report["title"] or report["publisher"],
        "publisher": report["publisher"] if report["title"] else "",
        "link": "" if is_archive(address) else address,
        "date": report["date"],
    }


def quantity_in_words(quantity: str) -> str:
    """A quantity as it is read: killed per km²."""
    return quantity.replace("_", " ").replace("km2", "km²").replace("10000", "10,000")


def with_capitals(scope: str) -> str:
    """A scope as it is read, with the capitals of names."""
    return re.sub(PROPER, lambda word: word[0].capitalize(), scope)


def _anchor(side: str, quantity: str) -> str:
    return f"{side}-{quantity.replace('_', '-')}"


def sources(registry: Mapping[str, Source], used: Mapping[str, str], day: datetime.date) -> dict[str, str]:
    """What the page of the data sets includes, by file name: maker, licence, commit, whether this run could use each.

    `registry` is `helpers.sources.registry()`, `used` says for each id what became of it in this run. Data sets
    published after `day` are counted, not named.
    """
    known = {one: s for one, s in registry.items() if figures.partial_date(s.published).last.date() <= day}
    later = len(registry) - len(known)
    after = LATER.format(later, "set was" if later == 1 else "sets were", day_in_words(day)) if later else ""
    headings = [
        f"\n## {texts.in_markdown(s.title)}\n\n{INCLUDED.format(f'source-{one}.html')}" for one, s in known.items()
    ]
    tables = {f"source-{one}.html": _source(s, used.get(one, "not to be had")) for one, s in known.items()}
    return {"sources.md": "".join(headings) + after, **tables}


def _source(source: Source, use: str) -> str:
    parts = re.split(r"(https://doi\.org/\S+)", source.citation)
    return markup.render(
        "source.html",
        contents=_sentence(source.contents),
        use=USES.get(use, use),
        citation=[{"text": part, "link": markup.link(part)} for part in parts],
        licence=source.licence,
        published=source.published,
        address=f"https://github.com/{source.repository}",
        commit=source.commit[:12],
        id=source.id,
    )
