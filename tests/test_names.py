"""Names: the form of writing, and folding, by which writings of one name become one whatever the script."""

import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.lists import names
from helpers.simulate import SCHEMES, latin


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Орлов Дмитрий Петрович", "name, patronymic and surname"),
        ("Дмитрий Орлов", "name and surname"),
        ("Орлов Д. П.", "surname with initials"),
        ("Orlov Dmitry Petrovich", "Latin letters"),
        ("Орлов", "one word or more than three"),
    ],
)
def test_the_form_of_a_name_is_read_from_letters_dots_and_words(name, form):
    assert names.written_form(name) == form


@pytest.mark.parametrize(
    "writings",
    [
        ("Фёдор", "Федор", "ФЕДОР", "Fyodor", "Fedor"),
        ("Щукин", "Shchukin", "Schukin"),
        ("Харитонов", "Kharitonov", "Haritonov"),
        ("Цветков", "Tsvetkov", "Cvetkov"),
        ("Юрьев", "Yuryev", "Iurev"),
        ("Филиппов", "Филипов", "Filippov"),
        ("Жуков", "Žukov", "Zhukov"),
        ("الأسد", "أسد", "الاسد"),
    ],
)
def test_writings_of_one_name_fold_alike(writings):
    assert len({names.fold(writing) for writing in writings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Орлов", "Козлов"), ("Иванов", "Иваньков"), ("Мария", "Марина"), ("Шукин", "Чукин"), ("حسن", "حسين")],
)
def test_names_that_sound_otherwise_do_not(one, other):
    assert names.fold(one) != names.fold(other)


@given(st.text())
def test_folding_is_defined_for_any_text_and_twice_changes_nothing(text):
    once = names.fold(text)
    assert names.fold(once) == once
    assert all(unicodedata.category(letter) in names.LETTERS for letter in once)


@given(st.lists(st.one_of(st.none(), st.text(max_size=8)), max_size=20))
def test_a_column_folds_as_its_names_do_and_nobody_folds_to_nothing(column):
    folded = names.fold_all(pd.Series(column, dtype=object))
    assert folded.tolist() == ["" if name is None else names.fold(name) for name in column]


def test_most_schemes_of_transliteration_meet_the_russian_name():
    russian = ["Александр", "Сергеевич", "Михайлов", "Щербаков", "Алексеев", "Юрьевич", "Цветаев"]
    met = [names.fold(latin(name, scheme)) == names.fold(name) for scheme in SCHEMES for name in russian]
    assert sum(met) / len(met) > 0.85


def test_every_rule_says_what_it_tolerates_and_no_variant_stands_for_itself():
    assert all(rule.name and rule.tolerates and rule.change for rule in names.RULES)
    table = names.variants()
    assert (table["variant"] != table["name"]).all()
    assert set(names.fold_all(pd.Series(["Александр"]))) <= set(
        table.loc[table["variant"] == names.fold("Саша"), "name"]
    )
