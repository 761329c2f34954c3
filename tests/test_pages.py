"""The parts of the book that are written from tables: on paper for three claims, and whole for the real ledger."""

import datetime
import html
import re

import pandas as pd
import pytest

from helpers import claims, figures, sources
from helpers.paths import ROOT
from helpers.publish import markup, pages
from helpers.publish.editions import Edition

DAYS = ["2022-03-01", "2023-07-10", "2024-02-24", "2024-04-21", "2025-02-25", "2025-05-05", "2026-08-22"]


def claim(one, **given):
    plain = dict.fromkeys(figures.COLUMNS, "") | {
        "id": one, "kind": "claim", "side": "russia", "quantity": "killed", "scope": "russian forces",
        "window": "cumulative", "since": "2022-02-24", "until": "2022-09-21", "until_precision": "day",
        "low": None, "point": 5937, "high": None, "who": "Russian Ministry of Defence", "published": "2022-09-21",
        "published_precision": "day", "status": "standing", "status_from": None, "reports": "speech",
    }  # fmt: skip
    return plain | given


def table(*rows):
    frame = pd.DataFrame(rows)
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in figures.DATES})


REPORTS = pd.DataFrame(
    [
        ["speech", "The ministry", "A <title>", "2022-09-21", "https://example.org/a?b=1&c=2"],
        ["later", "A newspaper", "", "2023-01", "https://example.org/later"],
        ["copy", "A newspaper", "", "2022-09-21", "https://archive.ph/abc"],
    ],
    columns=["id", "publisher", "title", "date", "address"],
).set_index("id")


def russia(*rows, day="2022-12-31"):
    return of_page(pages.ledger(table(*rows), REPORTS, day), "russia")


def of_page(parts, page):
    """All that one page of the ledger includes."""
    return "".join(text for name, text in parts.items() if name.startswith(f"ledger-{page}"))


def test_a_claim_stands_with_its_value_author_days_and_place():
    page = russia(claim("one"))
    assert '<tr role="row" id="one">' in page
    assert ">5,937</td>" in page
    assert ">Russian Ministry of Defence<br>" in page
    assert "Row <code>one</code>" in page
    assert ">Russian forces</td>" in page
    assert (
        'The ministry: <a href="https://example.org/a?b=1&amp;c=2" rel="noreferrer">A &lt;title&gt;</a> '
        "<span>2022-09-21</span>"
    ) in page


def test_the_words_of_two_cells_stay_apart_for_the_search():
    words = re.sub(r"<[^>]*>", "", russia(claim("one", method="a count")))
    assert re.search(r"Ministry of Defence\s+a count\s+Row one\s+Russian forces\s+2022-09-21\s+The ministry", words)


def test_a_note_stands_as_text_in_its_row():
    assert "Read off &lt;a table&gt;.<br>\nRow <code>one</code>" in russia(claim("one", note="read off <a table>"))


def test_nothing_of_a_later_day_is_there():
    rows = claim("one", reports="speech later", copies="two"), claim("two", until="2023-01-01", published="2023-01-02")
    page = russia(*rows)
    assert 'id="one"' in page
    assert "two" not in page
    assert "example.org/later" not in page
    assert "example.org/later" in russia(*rows, day="2023-01-31")
    assert 'repeats <a href="ledger-russia.html#two">another claim</a>' in russia(*rows, day="2023-01-31")


def test_a_claim_read_only_in_a_later_place_says_so():
    assert '<td role="cell" class="read" data-label="read in">a place of a later day</td>' in russia(
        claim("one", reports="later")
    )


def test_no_link_leads_to_an_archive_host():
    page = russia(claim("one", reports="copy"))
    assert "A newspaper <span>2022-09-21</span>" in page
    assert "archive.ph" not in page


def test_a_withdrawn_claim_stands_apart_from_the_day_on_which_it_was_withdrawn():
    row = claim("one", status="retracted", status_from="2022-10-01")
    before = pages.ledger(table(row), REPORTS, "2022-09-30")
    after = pages.ledger(table(row), REPORTS, "2022-10-01")
    assert 'id="one"' in of_page(before, "russia")
    assert "retracted" not in of_page(before, "russia")
    assert before["ledger-withdrawn.md"] == "None was known as such by this day.\n"
    assert after["ledger-russia.md"] == "None was known by this day.\n"
    assert '<span class="status">retracted 2022-10-01</span>' in of_page(after, "withdrawn")
    assert "Russia: killed" in of_page(after, "withdrawn")
    assert "1 claims were known; 1 of them" in after["ledger.md"]


@pytest.mark.parametrize(
    ("low", "point", "high", "shown"),
    [
        (None, 46000, None, ">46,000<"),
        (66000, 75000, 88000, '>75,000 <span class="small">(66,000–88,000)</span><'),
        (160000, None, 165000, ">160,000–165,000<"),
        (350000, None, None, ">at least 350,000<"),
        (None, None, 71500, ">at most 71,500<"),
        (40000, 47000, None, '>47,000 <span class="small">(at least 40,000)</span><'),
        (31000, 31000, 31000, ">31,000<"),
        (0, None, 0.2, ">0–0.2<"),
        (None, 10.9, None, ">10.9<"),
    ],
)
def test_a_value_is_shown_with_its_range(low, point, high, shown):
    assert f'class="value"{shown}' in russia(claim("one", low=low, point=point, high=high))


def test_dates_are_shown_as_far_as_they_are_known():
    page = russia(
        claim("one", until="2022-08-31", until_precision="month", published="2022-12-31", published_precision="year")
    )
    assert 'data-label="until">2022-08</td>' in page
    assert 'data-label="published">2022</td>' in page


def test_a_period_shows_its_first_day():
    page = russia(claim("one", window="period", since="2022-06-01"))
    assert '2022-09-21<br>\n<span class="small">since 2022-06-01</span>' in page
    assert "since" not in russia(claim("one"))


@pytest.mark.parametrize("day", DAYS)
def test_every_real_claim_known_on_a_day_stands_once(day):
    ledger = claims.ledger()
    known = figures.known_by(ledger, day)
    text = "".join(pages.ledger(ledger, claims.reports(), day).values())
    assert sorted(part.split('"')[0] for part in text.split('<tr role="row" id="')[1:]) == sorted(known["id"])


def test_a_source_is_shown_with_its_licence_and_use_and_a_later_one_is_counted():
    registry = sources.registry()
    parts = pages.sources(registry, {"bessudnov-2023": "used"}, datetime.date(2024, 2, 24))
    page, of_one = "".join(parts.values()), parts["source-bessudnov-2023.html"]
    assert "<dt>In this run</dt><dd><p>used</p></dd>" in of_one
    assert registry["bessudnov-2023"].licence in of_one
    assert registry["bessudnov-2023"].commit[:12] in of_one
    address = "https://doi.org/10.31235/osf.io/s43yf"
    assert f'<a href="{address}" rel="noreferrer">{address}</a>' in of_one
    later = [one for one, source in registry.items() if source.published[:10] > "2024-02-24"]
    assert f"{len(later)} more data sets were put together after 24 February 2024." in parts["sources.md"]
    assert not [one for one in later if one in page]


def test_the_citation_has_version_and_day():
    edition = Edition("latest", "Latest", datetime.date(2026, 8, 22))
    text = html.unescape(pages.citation(edition, ROOT / "CITATION.cff"))
    assert "By Name contributors. *By Name: how many people war kills, and how we know*. Version 0.1.0" in text
    assert "edition known on 22 August 2026" in text
    assert "@misc{by_name_2026_08_22," in text


def test_lessons_come_before_the_page_for_teachers_which_is_always_there():
    assert pages.lessons([]).splitlines()[4:-1] == ["teaching"]
    assert pages.lessons(["teaching/01_a"]).splitlines()[1:-1] == [
        ":caption: Teaching", ":titlesonly:", "", "notebooks/teaching/01_a", "teaching"
    ]  # fmt: skip


def test_the_headline_keeps_sentence_and_alt_text():
    text = pages.headline("**5,701** names.\n", 'a "line"\n:width: 1')
    assert "\n\n**5,701** names.\n\n" in text
    assert ':alt: "a \\"line\\"⏎:width: 1"\n' in text


MARKUP = '"\'><img src=x onerror="window.__x=1"> {{ 7*7 }} `x` $y$'


def test_text_of_a_claim_and_of_a_place_is_only_shown():
    places = REPORTS.assign(publisher=MARKUP, title=MARKUP)
    row = claim("one", who=MARKUP, method=MARKUP, note=MARKUP)
    parts = pages.ledger(table(row), places, "2022-12-31")
    page = of_page(parts, "russia")
    assert "<img" not in page
    assert html.unescape(page).count(MARKUP) == 5
    assert not [name for name, text in parts.items() if name.endswith(".md") and "7*7" in text]


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://example.org/a?b=1", True), ("HTTP://example.org", True), ("javascript:alert(1)", False),
        ("data:text/html,x", False), ("httpx://example.org", False), ("http:javascript", False),
        ("https://example.org/a b", False), ("https://ex\u202eample.org/", False), ("https://[", False), ("", False),
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_are_links(address, linked):
    assert markup.link(address) == (address if linked else "")
    places = REPORTS.assign(address=address)
    assert ("<a href" in of_page(pages.ledger(table(claim("one")), places, "2022-12-31"), "russia")) is linked


def test_a_template_does_without_nothing_and_shows_hidden_characters():
    with pytest.raises(Exception, match="'contents' is undefined"):
        markup.render("source.html")
    assert "a⟨U+202E⟩b&lt;" in russia(claim("one", who="a\u202eb<"))
