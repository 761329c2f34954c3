import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.lists import name_parts


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Иванов Иван Петрович", ("Иванов", "Иван", "Петрович")),
        ("Иван Петрович Иванов", ("Иванов", "Иван", "Петрович")),
        ("Иван Петрович Романович", ("Романович", "Иван", "Петрович")),  # a surname like a patronymic, last of three
        ("Романович Иван Петрович", ("Романович", "Иван", "Петрович")),
        ("Иванов Иван", ("Иванов", "Иван", "")),
        ("Иван Петрович", ("", "Иван", "Петрович")),
        ("Иван ИВАНОВ", ("ИВАНОВ", "Иван", "")),
        ("ИВАНОВ Иван Петрович", ("ИВАНОВ", "Иван", "Петрович")),
        ("ИВАНОВ ИВАН ПЕТРОВИЧ", ("ИВАНОВ", "ИВАН", "ПЕТРОВИЧ")),
        ("Иванов И. П.", ("Иванов", "И.", "П.")),
        ("Иванов И.П.", ("Иванов", "И.", "П.")),
        ("И.П. Иванов", ("Иванов", "И.", "П.")),
        ("И. Иванов", ("Иванов", "И.", "")),
        ("Ivanov, Ivan Petrovich", ("Ivanov", "Ivan", "Petrovich")),
        ("Ivan Petrovich Ivanov", ("Ivanov", "Ivan", "Petrovich")),
        ("Мамедов Али Гасан оглы", ("Мамедов", "Али", "Гасан оглы")),
        ("Али Гасан оглы Мамедов", ("Мамедов", "Али", "Гасан оглы")),
        ("Ооржак Мерген Григорьевич", ("Ооржак", "Мерген", "Григорьевич")),
        ("Ильин Илья Ильич", ("Ильин", "Илья", "Ильич")),
        ("محمد أحمد علي الحسن", ("الحسن", "محمد", "أحمد علي")),
        ("عبد الرحمن علي حسن", ("حسن", "عبد الرحمن", "علي")),
        ("Иванов", ("Иванов", "", "")),
        ("", ("", "", "")),
    ],
)
def test_a_name_is_taken_apart(name, parts):
    assert name_parts.parts(name) == parts


def test_names_keep_their_rows():
    names = pd.Series(["Иванов Иван", "Петров П.", "Иванов Иван"], index=[7, 3, 5], dtype="str")
    table = name_parts.split(names)
    assert table.index.tolist() == [7, 3, 5]
    assert table["given"].tolist() == ["Иван", "П.", "Иван"]


@given(st.text())
def test_no_word_is_lost_or_made_up(name):
    together = " ".join(name_parts.parts(name))
    assert sorted("".join(together.split())) == sorted("".join(name.replace(",", " ").split()))
