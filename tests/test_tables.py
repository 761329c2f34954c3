"""The tables of notebooks in the book, cell by cell."""

import pandas as pd
import pytest

from helpers.publish.tables import boxed


def test_a_table_of_pandas_is_boxed_with_numbers_and_days_marked():
    frame = pd.DataFrame({"region": ["Tuva"], "dead": ["231"], "published": ["2023-04-11"]})
    markup = frame.to_html(notebook=True)
    assert "".join(line.strip() for line in boxed(markup, "table of cell 3").splitlines()) == (
        '<div class="table-box" role="region" aria-label="table of cell 3" tabindex="0"><div>'
        '<table class="dataframe"><thead><tr>'
        '<td></td><th>region</th><th class="number">dead</th><th class="day">published</th></tr></thead>'
        '<tbody><tr><th>0</th><td>Tuva</td><td class="number">231</td><td class="day">2023-04-11</td></tr></tbody>'
        "</table></div></div>"
    )


def column(*cells):
    rows = "".join(f"<tr><td>{cell}</td></tr>" for cell in cells)
    return boxed(f"<table><thead><tr><th>a</th></tr></thead><tbody>{rows}</tbody></table>", "t")


@pytest.mark.parametrize(
    "number",
    [
        "231",
        "-3",
        "1,200",
        "248.7",
        "45 %",
        "66,000–88,000",
        "8,881 (6,945–10,817)",
        "over 172,000",
        "0.67 (0.55–0.85) times",
    ],
)
def test_numbers_and_ranges_are_numbers(number):
    assert f'<th class="number">a</th></tr></thead><tbody><tr><td class="number">{number}</td>' in column(number)


@pytest.mark.parametrize("words", ["Tuva", "3rd", "1.2.2", "2 of 5", "brigade 8", "2022-W53"])
def test_words_are_none(words):
    assert f"<tr><th>a</th></tr></thead><tbody><tr><td>{words}</td>" in column(words)


def test_a_column_with_one_word_is_no_column_of_numbers():
    assert "class=" not in column("231", "Tuva").partition("<table>")[2]


def test_an_empty_cell_does_not_spoil_a_column_of_numbers():
    assert column("231", "", "NaN").count('class="number"') == 4
    assert 'class="number"' not in column("", "NaN")


def test_a_row_that_only_names_the_index_is_drawn_into_the_headings():
    frame = pd.DataFrame({"dead": ["231"]}, index=pd.Index(["Tuva"], name="region"))
    assert '<thead><tr><th>region</th><th class="number">dead</th></tr></thead>' in boxed(frame.to_html(), "t")


def test_two_rows_of_headings_that_both_speak_stay():
    frame = pd.DataFrame([["1", "2"]], columns=pd.MultiIndex.from_tuples([("a", "b"), ("a", "c")]))
    assert boxed(frame.to_html(), "t").count("<tr>") == 3
