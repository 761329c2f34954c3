"""What a person reads after a linkage: two records, one below the other."""

import pandas as pd

from helpers.lists import records, review

ROWS = pd.DataFrame(
    [
        {"record_id": "1", "name": "Иванов Иван", "born": "1990-05-02", "died": "2010-06", "region": "North"},
        {"record_id": "2", "name": "Petrov Petr", "born": "1990", "died": "2010-06-03", "unit": "brigade 1"},
        {"record_id": "3", "name": "Orlov Oleg", "age": "21"},
    ]
).assign(list="a").fillna("")  # fmt: skip
KEPT = records.from_text(ROWS, since=pd.Timestamp("2009-01-01")).records
LINKS = pd.DataFrame({"record_id": list("112"), "record_id_b": list("233"), "probability": [0.01, 0.9, 0.45]})


def test_dates_are_written_as_far_as_they_are_known():
    written = review.as_written(KEPT)
    assert written["born"].tolist() == ["1990-05-02", "1990", "age 21"]
    assert written["died"].tolist() == ["2010-06", "2010-06-03", ""]
    assert written.loc["2", ["name", "region", "unit"]].tolist() == ["Petrov Petr", "", "brigade 1"]


def test_pairs_in_doubt_come_by_their_distance_from_one_half():
    assert review.in_doubt(LINKS)["probability"].tolist() == [0.45, 0.9]
    assert review.in_doubt(LINKS, (0.4, 0.6))["record_id"].tolist() == ["2"]


def test_a_pair_is_two_rows_with_its_probability():
    table = review.side_by_side(KEPT, LINKS.assign(probability=[0.01, 0.9, float("nan")]).iloc[1:])
    assert table.index.tolist() == ["1: 90%", "1", "2: not kept", "2"]
    assert table["name"].tolist() == ["Иванов Иван", "Orlov Oleg", "Petrov Petr", "Orlov Oleg"]


def test_no_pair_is_a_table_without_rows():
    assert review.side_by_side(KEPT, LINKS.iloc[:0]).shape == (0, len(review.SHOWN))
