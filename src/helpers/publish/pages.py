"""The parts of the book that are written from tables: ledger, sources, headline, citation."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from helpers import figures
from helpers.publish.checks import is_archive

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from helpers.publish.editions import Edition

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


def day_in_words(day: datetime.date) -> str:
    """A day as it stands in a sentence, the same in every locale: 22 August 2026."""
    months = ("January February March April May June July August September October November December").split()
    return f"{day.day} {months[day.month - 1]} {day.year}"


def edition_facts(edition: Edition) -> dict[str, str]:
    """What every page says of its edition: name, title, known_on (ISO) and day (in words)."""
    day = edition.known_on
    return {"name": edition.name, "title": edition.title, "known_on": day.isoformat(), "day": day_in_words(day)}


def headline(sentence: str, alt: str) -> str:
    """The Markdown of the opening page's answer and its picture (generated/headline.png)."""
    return (
        f'<div class="headline">\n\n{sentence.strip()}\n\n</div>\n\n'
        f"```{{image}} generated/headline.png\n:alt: {alt}\n:width: 100%\n```\n"
    )


def lessons(names: Sequence[str]) -> str:
    """The Markdown of the opening page's entries for teaching; `names`: the lessons of this edition's book."""
    entries = "\n".join([*(f"notebooks/{name}" for name in names), "teaching"])
    return f"```{{toctree}}\n:caption: Teaching\n:titlesonly:\n\n{entries}\n```\n"


def citation(edition: Edition, file: Path) -> str:
    """The Markdown of how to cite `edition`, in words and as BibTeX, from CITATION.cff."""
    import yaml

    facts = yaml.safe_load(file.read_text("utf-8"))
    author, title, version = facts["authors"][0]["name"], facts["title"], facts["version"]
    day, year = day_in_words(edition.known_on), edition.known_on.year
    return (
        f"> {author}. *{title}*. Version {version}, edition known on {day}.\n\n"
        f"```bibtex\n@misc{{by_name_{edition.known_on:%Y_%m_%d},\n  author = {{{{{author}}}}},\n"
        f"  title = {{{title}}},\n  year = {{{year}}},\n"
        f"  note = {{Version {version}, edition known on {day}}}\n}}\n```\n"
    )


def ledger(table: pd.DataFrame, reports: pd.DataFrame, day: str | datetime.date) -> dict[str, str]:
    """What the ledger's pages include, by file name: an overview, the claims of each side, the withdrawn claims.

    `table` is that of `helpers.claims.known_by`, `reports` that of `helpers.claims.reports`. Every claim known by
    `day` stands in exactly one part; a place published after `day` is not named.
    """
    day = pd.Timestamp(day)
    known = figures.known_by(table, day)
    on_page = known["side"].mask(known["status"].isin(figures.UNCOMPARABLE), WITHDRAWN)
    groups = {page: known[on_page == page] for page in (*SIDES, WITHDRAWN)}
    links = {one: f"ledger-{page}.html#{one}" for one, page in zip(known["id"], on_page, strict=True)}
    places = _places(reports, day)
    parts = {f"ledger-{side}.md": _side(side, groups[side], places, links) for side in SIDES}
    parts[f"ledger-{WITHDRAWN}.md"] = _withdrawn(groups[WITHDRAWN], places, links)
    return {"ledger.md": _overview(groups, day), **parts}


def _overview(groups: Mapping[str, pd.DataFrame], day: pd.Timestamp) -> str:
    total, withdrawn = sum(len(group) for group in groups.values()), len(groups[WITHDRAWN])
    rows = "\n".join(
        f'<tr><th scope="row"><a href="ledger-{side}.html#{_anchor(side, quantity)}">{_words(quantity)}</a></th>'
        f'<td>{SIDES[side]}</td><td class="number">{len(claims)}</td></tr>'
        for side in SIDES
        for quantity, claims in _by_quantity(groups[side])
    )
    head = '<th scope="col">What is counted</th><th scope="col">Of whom</th><th scope="col" class="number">Claims</th>'
    return (
        f"On {day_in_words(day)}, {total:,} claims were known; {withdrawn:,} of them, retracted, doctored or made up, "
        f"stand [apart](ledger-{WITHDRAWN}.md).\n\n"
        + _raw(
            f"<table><thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>", "claims by quantity and side"
        )
    )


def _raw(table: str, label: str, *, kind: str = "") -> str:
    """The Markdown that puts an HTML table into a box that scrolls."""
    box = f'<div class="{f"table-box {kind}".strip()}" role="region" aria-label="{label}" tabindex="0">'
    return f"```{{raw}} html\n{box}{table}</div>\n```\n"


def _by_quantity(claims: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """The claims of each quantity, in the order of the codebook."""
    order = figures.codebook("quantities").index
    return [(q, claims[claims["quantity"] == q]) for q in order if (claims["quantity"] == q).any()]


def _side(side: str, claims: pd.DataFrame, places: Mapping[str, str], links: Mapping[str, str]) -> str:
    sections = [
        f"({_anchor(side, quantity)})=\n## {_words(quantity).capitalize()}\n\n{_meaning(quantity)}\n\n"
        + _table(group, f"{SIDES[side]}, {_words(quantity)}", places, links)
        for quantity, group in _by_quantity(claims)
    ]
    return "\n".join(sections) or "None was known by this day.\n"


def _withdrawn(claims: pd.DataFrame, places: Mapping[str, str], links: Mapping[str, str]) -> str:
    if claims.empty:
        return "None was known as such by this day.\n"
    return '<div class="withdrawn">\n\n' + _table(claims, "Withdrawn claims", places, links) + "\n</div>\n"


def _meaning(quantity: str) -> str:
    """What the quantity counts, and in which unit, if it is not persons."""
    meaning, unit = figures.codebook("quantities").loc[quantity, ["meaning", "unit"]]
    return _sentence(meaning) + ("" if unit in ("persons", "none") else f" Unit: {unit}.")


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:].rstrip(".") + "."


def _table(claims: pd.DataFrame, label: str, places: Mapping[str, str], links: Mapping[str, str]) -> str:
    ordered = claims.sort_values(["until", "published", "id"])
    head = "".join(f'<th scope="col" role="columnheader">{name}</th>' for name in COLUMNS)
    rows = "\n".join(_row(claim, places, links) for claim in ordered.to_dict("records"))
    table = f'<table role="table"><thead><tr role="row">{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>'
    return _raw(table, label, kind="ledger")


def _row(claim: Mapping, places: Mapping[str, str], links: Mapping[str, str]) -> str:
    read = "".join(f"<li>{places[one]}</li>\n" for one in claim["reports"].split() if one in places)
    cells = (
        ("day", "until", _window(claim)),
        ("value", "", _value(claim) + _status(claim)),
        ("who", "", escape(claim["who"]) + _method(claim) + _copy(claim, links) + _note(claim)),
        ("scope", "counted:", _counted(claim)),
        ("day", "published", _date(claim["published"], claim["published_precision"])),
        ("read", "read in", f"<ul>{read}</ul>" if read else "a place of a later day"),
    )
    # the search of the book takes away tags, so that only white space parts the words of two cells
    row = "\n".join(
        f'<td role="cell" class="{kind}"{f" data-label={chr(34)}{label}{chr(34)}" if label else ""}>{text}</td>'
        for kind, label, text in cells
    )
    return f'<tr role="row" id="{claim["id"]}">{row}</tr>'


def _counted(claim: Mapping) -> str:
    """Whom the claim counts; where claims of many kinds stand together, also what of whom."""
    scope = escape(_with_capitals(claim["scope"]))
    if claim["status"] not in figures.UNCOMPARABLE:
        return scope
    return f'{scope}<br>\n<span class="small">{SIDES[claim["side"]]}: {_words(claim["quantity"])}</span>'


def _window(claim: Mapping) -> str:
    until = _date(claim["until"], claim["until_precision"])
    if claim["window"] in ("period", "rate") and not pd.isna(claim["since"]) and claim["since"] != claim["until"]:
        return f'{until}<br>\n<span class="small">since {claim["since"]:%Y-%m-%d}</span>'
    return until


def _date(day: pd.Timestamp, precision: str) -> str:
    return f"{day:%Y-%m-%d}"[: {"day": 10, "month": 7, "year": 4}[precision]]


def _value(claim: Mapping) -> str:
    if claim["quantity"] == "statement":
        return f'<span class="small">{escape(claim["note"])}</span>'
    low, point, high = (None if pd.isna(claim[name]) else _number(claim[name]) for name in ("low", "point", "high"))
    if low is not None and low == high:
        return low
    spread = f"{low}–{high}" if low and high else f"at least {low}" if low else f"at most {high}" if high else ""
    if point and spread:
        return f'{point} <span class="small">({spread})</span>'
    return point or spread


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:,.10g}"


def _status(claim: Mapping) -> str:
    if claim["status"] == "standing":
        return ""
    since = "" if pd.isna(claim["status_from"]) else f" {claim['status_from']:%Y-%m-%d}"
    return f' <span class="status">{claim["status"]}{since}</span>'


def _method(claim: Mapping) -> str:
    return f'<br>\n<span class="small">{escape(claim["method"])}</span>' if claim["method"] else ""


def _note(claim: Mapping) -> str:
    """What a reader should know besides, and the name of the row in data/claims/claims.csv."""
    note = "" if claim["quantity"] == "statement" or not claim["note"] else f"{escape(_sentence(claim['note']))}<br>\n"
    return f'<br>\n<span class="small">{note}Row <code>{claim["id"]}</code></span>'


def _copy(claim: Mapping, links: Mapping[str, str]) -> str:
    link = links.get(claim["copies"])
    return f'<br>\n<span class="small">repeats <a href="{link}">another claim</a></span>' if link else ""


def _places(reports: pd.DataFrame, day: pd.Timestamp) -> dict[str, str]:
    """What is said of each place where a claim was read, by its id; places of a later day than `day` are not there."""
    rows = reports.to_dict("index").items()
    return {one: _place(row) for one, row in rows if not row["date"] or figures.partial_date(row["date"]).first <= day}


def _place(report: Mapping[str, str]) -> str:
    title = escape(report["title"] or report["publisher"])
    if report["address"].startswith("http") and not is_archive(report["address"]):
        title = f'<a href="{escape(report["address"], quote=True)}" rel="noreferrer">{title}</a>'
    publisher = f"{escape(report['publisher'])}: " if report["title"] else ""
    return f"{publisher}{title}" + (f" <span>{report['date']}</span>" if report["date"] else "")


def _words(quantity: str) -> str:
    return quantity.replace("_", " ").replace("km2", "km²").replace("10000", "10,000")


def _with_capitals(scope: str) -> str:
    return re.sub(PROPER, lambda word: word[0].capitalize(), scope)


def _anchor(side: str, quantity: str) -> str:
    return f"{side}-{quantity.replace('_', '-')}"


def sources(registry: Mapping[str, Mapping], used: Mapping[str, str], day: datetime.date) -> str:
    """What the page of the data sets includes: maker, licence, commit, and whether this run could use each.

    `registry` is data/sources.toml, `used` says for each id what became of it in this run. Data sets published
    after `day` are counted, not named.
    """
    known = {one: s for one, s in registry.items() if figures.partial_date(s["published"]).last.date() <= day}
    later = len(registry) - len(known)
    after = LATER.format(later, "set was" if later == 1 else "sets were", day_in_words(day)) if later else ""
    return "".join(_source(one, source, used.get(one, "not to be had")) for one, source in known.items()) + after


def _source(one: str, source: Mapping, use: str) -> str:
    citation = re.sub(r"https://doi\.org/\S+", r"<\g<0>>", source["citation"])
    return (
        f"\n## {source['title']}\n\n{_sentence(source['contents'])}\n\n"
        f"In this run\n: {USES.get(use, use)}\n\nCitation\n: {citation}\n\nLicence\n: {source['licence']}\n\n"
        f"Published\n: {source['published']}\n\n"
        f"Where\n: <https://github.com/{source['repository']}>, commit `{source['commit'][:12]}`, here called `{one}`\n"
    )
