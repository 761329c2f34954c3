import unicodedata

import iuliia
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.lists.names import FORMS, RULES, fold, fold_all, variants, written_form
from helpers.paths import DATA

PARTS = pd.read_csv(DATA / "codebooks" / "invented_names.csv", encoding="utf-8")["name"].dropna()
CYRILLIC = PARTS[PARTS.str.fullmatch("[А-яЁё]+")].unique()
LATIN = ["WIKIPEDIA", "ICAO_DOC_9303", "BGN_PCGN", "GOST_52290", "GOST_779", "MVD_310", "YANDEX_MAPS", "ISO_9_1968"]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Соколов Пётр Ильич", "name, patronymic and surname"),
        ("ПЁТР СОКОЛОВ", "name and surname"),
        ("Соколов П. И.", "surname with initials"),
        ("Соколов П.И.", "surname with initials"),
        ("Petr Sokolov", "Latin letters"),
        ("Соколов", "one word or more than three"),
    ],
)
def test_the_form_of_a_name(name, form):
    assert written_form(name) == form
    assert form in FORMS


@pytest.mark.parametrize(
    "writings",
    [
        "Фёдор Федор FEDOR Fyodor",
        "Щербаков Shcherbakov Scherbakov Ščerbakov",
        "Юлия Yuliya Iuliia",
        "Григорий Grigorii Grigory Григорій",
        "Филиппов Филипов Filippov",
        "Цой Tsoi Coy",
        "أحمد احمد",
        "الأسد اسد",
        "فاطمة فاطمه",
    ],
)
def test_writings_of_one_name_fold_alike(writings):
    assert len({fold(name) for name in writings.split()}) == 1


@pytest.mark.parametrize("pair", ["Иванов Иванова", "Белов Белков", "Данил Денис", "محمد احمد", "Саша Александр"])
def test_writings_of_two_names_do_not(pair):
    assert len({fold(name) for name in pair.split()}) == 2


@pytest.mark.parametrize("scheme", LATIN)
def test_a_name_folds_as_its_transliteration_by_every_common_scheme(scheme):
    assert len(CYRILLIC) > 100
    assert [name for name in CYRILLIC if fold(getattr(iuliia, scheme).translate(name)) != fold(name)] == []


def test_a_name_of_two_letters_keeps_what_looks_like_an_article():
    assert fold("الي") == "الي"


def test_what_holds_no_letter_folds_to_nothing():
    assert [fold(text) for text in ("", " ", "—", "123", "ʹ", "\u200f")] == [""] * 6


@given(st.text())
def test_folding_is_total_and_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(categories=["L", "M"]), max_size=6))
def test_folding_does_not_depend_on_how_accents_are_stored(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_missing_names_fold_to_nothing_and_the_index_stays():
    names = pd.Series(["Пётр", None, "Petr"], index=[5, 3, 1])
    assert fold_all(names).to_dict() == {5: "petr", 3: "", 1: "petr"}


def test_every_rule_has_a_name_and_says_what_it_tolerates():
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.tolerates for rule in RULES)


def test_variants_are_folded_and_a_variant_may_stand_for_several_names():
    slava = variants()[variants()["variant"] == fold("Слава")]
    assert {fold("Вячеслав"), fold("Станислав")} <= set(slava["name"])
    assert (variants()["variant"] != variants()["name"]).all()
