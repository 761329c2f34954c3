"""What a stranger's text becomes in each place that shows it."""

import csv
import html
import io
import re

import pandas as pd
import pytest

from helpers import csv_files, texts

FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(1)", "\t=1", " =1+1", "＝1+1", '"=1+1"']


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("a\x1b[31mb", "a⟨U+001B⟩[31mb"),
        ("a\r\nb\nc", "a⏎b⏎c"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_hidden_characters_are_written_out(text, shown):
    assert texts.visible(text) == shown


def test_html_is_text():
    assert texts.in_html("<img src=x onerror=\"f('1')\">") == "&lt;img src=x onerror=&quot;f(&#x27;1&#x27;)&quot;&gt;"


@pytest.mark.parametrize(
    "text",
    [
        "<b>x</b>", "**x**", "`x`", "{{ 7*7 }}", "{doc}`index`", "[x](javascript:f)", "![x](y)", "$x$", "# x", "1. x",
        "- x", "% x", "(x)=", "```{raw} html\n<b>", "x\n\n# y", "&lt;b&gt;", "\\begin{equation}x\\end{equation}", ": x",
    ],
)  # fmt: skip
def test_markdown_shows_the_very_words(text):
    from markdown_it.renderer import RendererHTML
    from myst_parser.config.main import MdParserConfig
    from myst_parser.parsers.mdit import create_md_parser

    config = MdParserConfig(enable_extensions={"dollarmath", "amsmath", "deflist"})
    shown = texts.in_markdown(text)
    page = create_md_parser(config, RendererHTML).render(f"Said: {shown}\n\n{shown}")
    assert set(re.findall(r"<(\w+)", page)) == {"p"}
    assert html.unescape(page).count(texts.visible(text)) == 2


@pytest.mark.parametrize("text", [*FORMULAS, *(f"x;{one}" for one in FORMULAS)])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_no_spreadsheet_finds_a_formula(tmp_path, text, separator):
    table = pd.DataFrame({"a": ["x", text], text: [1, 2], "number": [-1.5, 2]})
    written = csv_files.write(table, tmp_path / "new" / "folder" / "t.csv").read_text("utf-8")
    for row in csv.reader(io.StringIO(written), delimiter=separator):
        for cell in row:
            assert not cell.strip(' "\u200b').startswith(("=", "+", "@", "＝")), cell
            assert not cell.strip(' "').startswith("-") or cell.startswith("-1.5")


def test_numbers_and_sentences_stay():
    for text in ("5", "1,190", "12 names; +1,190 since March", "a - b", "x=1"):
        assert texts.in_cell(text) == text


def test_a_terminal_sees_no_escape_and_no_flood():
    assert texts.in_terminal("\x1b]0;title\x07") == "⟨U+001B⟩]0;title⟨U+0007⟩"
    assert len(texts.in_terminal("x" * 789_000)) == 400
