import pytest

from helpers.lists.names import FORMS, written_form


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
