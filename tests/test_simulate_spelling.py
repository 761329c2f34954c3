"""Letters and slips of invented names."""

import pandas as pd
import pytest

from helpers import simulate
from helpers.simulate import slips
from helpers.simulate.draws import stream


def test_transliteration_by_several_schemes():
    assert simulate.latin("Щербаков Юрий") == "Shcherbakov Yury"
    assert simulate.latin("Щербаков Юрий", "icao_doc_9303") == "Shcherbakov Iurii"
    assert simulate.latin("Щербаков Юрий", "gost_7034") == "Shherbakov Yurij"
    assert len({simulate.latin("Щёкин Геннадий", scheme) for scheme in simulate.SCHEMES}) >= 6


def test_another_scheme_is_refused():
    with pytest.raises(ValueError, match="scheme is 'mine': allowed are wikipedia, icao_doc_9303"):
        simulate.latin("Юрий", "mine")


@pytest.mark.parametrize(
    ("kind", "word", "found"),
    [
        (slips.lost, "Орлов", ["Олов", "Оров", "Орлв", "Орло"]),
        (slips.doubled, "Лев", ["Леев", "Левв"]),
        (slips.turned, "Орлов", ["Олров", "Оролв", "Орлво"]),
        (slips.misheard, "Дан", ["Тан", "Дон"]),
        (slips.misread, "Шен", ["Щен", "Мен", "Шсн", "Шеп"]),
        (slips.wrong_key, "Лев", ["Лкв", "Лнв", "Леы", "Леа"]),
    ],
)
def test_slips_on_paper(kind, word, found):
    assert sorted(kind(word)) == sorted(found)


def test_a_slip_always_changes_a_word_unless_it_is_too_short_or_an_initial():
    words = pd.Series(["Анна", "Кассий", "Ян", "А.", "", "Анна", "نوح", "Bobb"] * 50, dtype="str")
    written = slips.misspelt(words, stream(1, "slips"))
    long = words.str.len().ge(3)
    assert (written[long] != words[long]).all()
    assert (written[~long] == words[~long]).all()
    assert set(written[words == "Анна"]) > {"Анн", "Ана"}
