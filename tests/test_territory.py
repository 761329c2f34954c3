"""Land held by day: embedded and fetched, gains between maps, what was printed, and files that cannot be right."""

import pandas as pd
import pytest

from helpers import claims, sources, territory
from helpers.monthly import month_ends


def fetched():
    if territory.SOURCE not in sources.available():
        pytest.skip("economist-2026 is not on this disk: `make data SOURCE=economist-2026` fetches it")
    return territory.read("fetched")


def written(tmp_path, *rows):
    path = tmp_path / "area.csv"
    lines = [f"{day},{area},0" for day, area in rows]
    path.write_text("date,area_assessed_as_russia_controlled,other\n" + "\n".join(lines) + "\n", "utf-8")
    return path


def maps(*held, first="2024-01-30"):
    days = pd.date_range(first, periods=len(held))
    return pd.DataFrame({"day": days, "held": held, "published": days, "source": "made-up"})


def test_embedded_is_what_is_fetched():
    pd.testing.assert_frame_equal(territory.read(), month_ends(fetched()))


def test_the_area_of_2024_and_of_2025():
    # 115,473.50 - 111,738.76 and 120,473.30 - 115,473.50 square kilometres
    table = territory.read()
    assert territory.taken(table, "2024-01-01", "2024-12-31") == pytest.approx(3_735, abs=0.5)
    assert territory.taken(table, "2025-01-01", "2025-12-31") == pytest.approx(5_000, abs=0.5)


def test_printed_totals_stand_beside_the_maps_over_the_same_days():
    told = territory.beside(claims.find(claims.ledger(), quantity="km2_captured"), territory.read())
    assert told["printed"].tolist() == [4_168, 2_356, 593, 4_336]
    assert told["measured"].round().tolist() == [3_735, 1_635, 589, 5_000]
    assert told["ratio"].round(2).tolist() == [1.12, 1.44, 1.01, 0.87]


def test_a_gain_counts_both_days_and_land_lost_is_below_zero():
    table = maps(10.0, 14.0, 11.0)
    assert territory.taken(table, "2024-01-31", "2024-01-31") == 4
    assert territory.taken(table, "2024-02-01", "2024-02-01") == -3
    assert territory.taken(table, "2024-01-31", "2024-02-01") == 1


def test_without_a_map_of_a_border_day_the_gain_is_missing():
    table = maps(10.0, 14.0)
    assert pd.isna(territory.taken(table, "2024-01-30", "2024-01-31"))
    assert pd.isna(territory.taken(table, "2024-01-31", "2024-02-01"))


def test_spans_add_up_and_say_whether_they_are_whole():
    months = territory.by_span(maps(10.0, 14.0, 11.0), "M")
    assert months["taken"].tolist() == [4, -3]
    assert months["whole"].tolist() == [False, False]
    years = territory.by_span(territory.read(), "Y").set_index(
        territory.by_span(territory.read(), "Y")["until"].dt.year
    )
    assert years["whole"].to_dict() == {2022: False, 2023: True, 2024: True, 2025: True, 2026: False}
    monthly = territory.by_span(territory.read(), "M")
    assert monthly["taken"].sum() == pytest.approx(years["taken"].sum())


def test_no_map_or_one_gives_no_span():
    assert territory.by_span(maps()).empty
    assert territory.by_span(maps(10.0)).empty


def test_a_map_is_known_from_the_day_after_but_not_before_the_measure_was_printed():
    table = territory.read()
    assert territory.known_by(table, "2023-11-08").empty
    assert territory.known_by(table, "2023-11-09")["day"].max() == pd.Timestamp("2023-10-31")
    assert territory.known_by(table, "2024-12-31")["day"].max() == pd.Timestamp("2024-11-30")
    assert territory.known_by(table, "2025-01-01")["day"].max() == pd.Timestamp("2024-12-31")


def test_square_metres_become_square_kilometres_and_a_repeated_row_counts_once(tmp_path):
    rows = [("2022-02-22", 1e6), ("2022-02-23", 1e6), ("2022-02-24", 3e6), ("2022-02-24", 3e6)]
    table = territory.read_days(written(tmp_path, *rows))
    assert table["held"].tolist() == [1, 3]
    assert table["day"].min() == pd.Timestamp("2022-02-23")


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([("2024-01-01", 1), ("2024-01-03", 1)], "2024-01-03 does not follow the day before it"),
        ([("2024-01-01", 1), ("2024-01-01", 2)], "2024-01-01 does not follow the day before it"),
        ([("2024-01-01", 1), ("2024-01-02", "")], "the area of 2024-01-02 is no number from zero"),
        ([("2024-01-01", -1)], "the area of 2024-01-01 is no number from zero"),
    ],
)
def test_a_file_that_cannot_be_right_is_refused(tmp_path, rows, says):
    with pytest.raises(ValueError, match=f"area.csv: {says}"):
        territory.read_days(written(tmp_path, *rows))


def test_another_mode_is_refused():
    with pytest.raises(ValueError, match="data is 'daily': allowed are embedded and fetched"):
        territory.read("daily")
