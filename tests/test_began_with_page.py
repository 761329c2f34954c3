"""The page of the reports, and the numbers on the opening page: whatever is shown comes from the ledger, as text."""

import re

import pandas as pd
import pytest

from helpers import began_with, claims
from helpers.publish import began_with as page
from helpers.publish import pages

ROW = {
    "id": "russia-killed-2022-09-21-ministry", "counted": "Russia: killed", "who": "Ministry (of one)",
    "as of": "2022-09-21", "claim": "5,937", "names then": "5,701 (2022-08-19)", "names to date": "9,767",
    "estimate": "8,288 killed, registry", "wounded per killed": "", "others": "another 7", "status": "",
}  # fmt: skip
VERDICT = {"verdict": "contradicted", "because": "5,937 is below 6,422", "premise": "the list holds right names"}


@pytest.fixture(scope="module")
def known():
    return claims.known_by("2026-08-22")


@pytest.fixture(scope="module")
def parts(known):
    return page.reports(began_with.sentences(), known, {ROW["id"]: ROW}, {ROW["id"]: VERDICT})


def test_every_sentence_stands_there_in_order_and_every_claim_leads_to_its_row_of_the_ledger(known, parts):
    rows = pages.ledger(known, claims.reports(), "2026-08-22")
    anchors = {
        f"{name}#{one}"
        for name, text in _by_page(rows).items()
        for one in re.findall(r'<tr role="row" id="([^"]+)', text)
    }
    for report, said in began_with.sentences().groupby("report"):
        text = parts[f"began-with-{report}.html"]
        assert re.findall(rf'<li id="{report}-(\d+)"', text) == [str(n) for n in said["sentence"]]
        linked = set(re.findall(r'href="(ledger-[^"]+)"', text))
        assert linked <= anchors
        assert {link.split("#")[1] for link in linked} == set(began_with.made(said)["claim"])


def _by_page(parts):
    """The text of each page of the ledger, from the parts that it includes."""
    included = {
        name: re.findall(r":file: generated/(\S+)", text) for name, text in parts.items() if name.endswith(".md")
    }
    return {name.replace(".md", ".html"): "".join(parts[one] for one in files) for name, files in included.items()}


def test_a_claim_stands_with_what_it_counts_its_day_its_verdict_and_what_stands_beside_it(parts):
    text = parts["began-with-spacewar-2025-02-25.html"]
    shown = re.sub(r"<[^>]+>|\s+", " ", text)
    shown = re.sub(r" +", " ", shown)
    assert "5,937 killed, Russian forces, as of 2022-09-21 Russian Ministry of Defence" in shown
    assert "contradicted 5,937 is below 6,422 Rests on: the list holds right names." in shown
    assert "Names published then 5,701 (2022-08-19) Names to date, dead by that day 9,767" in shown
    assert "Estimate to that day 8,288 killed, registry Others within a month another 7" in shown
    assert "700,000 killed and wounded, Russian forces, as of 2024-12-07" in shown


def test_a_claim_that_a_report_makes_again_is_shown_once_and_then_named(parts):
    text = parts["began-with-report-2024-02-24-45000-identified.html"]
    assert text.count("ledger-russia.html#russia-named-2024-02-24-list") == 1
    assert text.count('href="#report-2024-02-24-45000-identified-2">sentence 2</a>') == 2


@pytest.mark.parametrize(("day", "reports"), [("2024-02-23", 0), ("2024-02-24", 1), ("2025-02-25", 3)])
def test_an_edition_has_the_reports_of_its_day_and_no_later_claim(day, reports):
    known = claims.known_by(day)
    told = page.reports(began_with.sentences(day), known, {}, {})
    assert told["began-with.md"].count("## ") == reports
    linked = set(re.findall(r'href="ledger-[a-z]+.html#([^"]+)"', "".join(told.values())))
    assert linked <= set(known["id"])


def test_the_opening_page_has_each_number_in_its_group_with_what_stands_beside_it(known):
    hurt = {"id": "russia-killed-and-wounded-2024-12-07-austin", "counted": "Russia: killed and wounded"}
    told = page.front([ROW, ROW | hurt | {"claim": "700,000", "wounded per killed": "2.7 (2.3–4.0)"}], known, "words")
    table = told["side-by-side.html"]
    assert re.findall(r'colspan="5">([^<]+)<', table) == ["Russia: killed", "Russia: killed and wounded"]
    assert f'<a href="ledger-russia.html#{ROW["id"]}">5,937</a>' in table
    assert 'data-label="Estimate to that day:">8,288 killed, registry: 2.7 (2.3–4.0) wounded for each<' in table
    assert ':alt: "words"' in told["side-by-side.md"]


def test_where_none_of_the_numbers_was_known_that_is_said(known):
    assert page.front([], known, "") == {"side-by-side.md": f"{page.NONE}\n"}


HARM = '{{ 7 * 7 }} <img src=x onerror="window.__x=1">\u202e ```{include} /etc/passwd'


def test_text_is_shown_and_never_read_as_markup(known):
    """In every text of a table, of a sentence, of a report and of a claim."""
    row = {name: HARM if name not in ("id", "counted") else text for name, text in ROW.items()}
    said = began_with.sentences().assign(says=HARM, note=HARM)
    table = known.assign(who=HARM, note=HARM)
    told = page.front([row], table, HARM) | page.reports(
        said, table, {ROW["id"]: row}, {ROW["id"]: dict.fromkeys(VERDICT, HARM)}
    )
    for name, text in told.items():
        assert "\u202e" not in text, name
        assert name.endswith(".md") or "<img" not in text, name
    assert "```{include}" not in told["began-with.md"]
    assert told["side-by-side.md"].count("\n```{") == 1


def test_a_verdict_on_a_misprint_by_others_is_not_one_on_the_claim(tmp_path):
    rows = [
        {"claim": "a", "variant": variant, "verdict": verdict} for variant, verdict in ((True, "no"), (False, "yes"))
    ]
    pd.DataFrame(rows).to_csv(tmp_path / "v.csv", index=False)
    assert page._verdicts(tmp_path / "v.csv")["a"]["verdict"] == "yes"
