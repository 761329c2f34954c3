"""Lives per square kilometre: every count over every area, by hand, and what gives no quotient."""

import pandas as pd
import pytest

from helpers import claims, series, territory
from helpers.estimate import land


def table_of(year, day):
    known = claims.known_by(day)
    dead = land.dead_of(known, series.read(), year, day)
    maps = territory.known_by(territory.read(), day)
    return land.per_km2(dead, land.areas_of(known, maps, year)).set_index(["counts", "by"])


ISW, ECONOMIST = "Institute for the Study of War", "The Economist"


def test_the_names_of_2024_over_the_area_that_was_printed_beside_them():
    # 45,287 / 4,168 = 10.87, of "more than" so many names
    row = table_of(2024, "2025-05-05").loc[("names: Mediazona and BBC Russian Service", ISW)]
    assert row["low"] == pytest.approx(45_287 / 4_168)
    assert pd.isna(row["point"])
    assert pd.isna(row["high"])


def test_twenty_seven_is_reached_only_by_the_upper_bound_over_the_smaller_area():
    # 45,287 / 0.65 = 69,672; 45,287 / 0.45 = 100,638; over 4,168: 16.7-24.1; over 3,735: 18.7-26.9
    table = table_of(2024, "2025-05-05").loc["45,287 names by the coverage rule"]
    assert table.loc[ISW, ["low", "high"]].round(1).tolist() == [16.7, 24.1]
    assert table.loc[ECONOMIST, ["low", "high"]].round(1).tolist() == [18.7, 26.9]


def test_later_releases_of_names_and_registry():
    # 89,054 / 4,168 = 21.4; 128,270 / 4,168 = 30.8
    table = table_of(2024, "2026-08-22").xs(ISW, level="by")["point"].round(1)
    assert table["names on the list, as of 2026-05-09"] == 21.4
    assert table["registry and missing, as of 2026-05-09"] == 30.8


def test_a_claim_that_copies_one_of_other_days_is_left_out():
    # over 260,000 "for 2024 alone" repeats a total since the invasion
    assert (table_of(2024, "2026-08-22")["low"] < 260_000 / 4_168).all()


def test_a_release_that_ends_within_the_year_is_no_count_of_it():
    dead = land.dead_of(claims.known_by("2026-08-22"), series.read(), 2025, "2026-08-22")
    assert not dead["counts"].str.contains("2025-08-29").any()
    assert dead["counts"].str.contains("2026-05-09").sum() == 2


def test_the_names_of_the_other_mode_are_the_same():
    from helpers import sources

    if series.SOURCE not in sources.available():
        pytest.skip("economist-2026 is not on this disk: `make data SOURCE=economist-2026` fetches it")
    known = claims.ledger()
    both = [land.dead_of(known, series.read(mode), 2024, "2026-08-22") for mode in ("embedded", "fetched")]
    pd.testing.assert_frame_equal(*both, atol=1)


def pairs(*rows):
    dead = pd.DataFrame(rows, columns=["counts", "kind", *land.VALUES]).assign(contradicted=False)
    return land.per_km2(dead, pd.DataFrame({"by": ["A", "B"], "km2": [1_000.0, 2_000.0]}))


def test_the_range_runs_from_most_names_over_the_largest_area_to_the_highest_end_over_the_smallest():
    # 8,000 / 2,000 = 4; 30,000 / 1,000 = 30; a bare claim does not enter
    told = pairs(
        ("fewer names", "names", 5_000, 5_000, 5_000),
        ("more names", "names", 8_000, 8_000, 8_000),
        ("registry", "registry", 10_000, 20_000, 30_000),
        ("claim", "claim", 90_000, 90_000, 90_000),
    )
    assert land.honest_range(told) == (4, 30)


def test_a_count_that_is_contradicted_enters_no_range_and_no_rule():
    told = pairs(("names", "names", 5_000, 5_000, 5_000), ("more", "names", 8_000, 8_000, 8_000))
    assert land.honest_range(told.assign(contradicted=told["counts"] == "more"))[0] == 2.5
    known, wrong = claims.known_by("2025-05-05"), {"russia-named-2024-12-31-list-from-2024-01-01"}
    dead = land.dead_of(known, series.read(), 2024, "2025-05-05", contradicted=wrong).set_index("counts")
    assert dead["contradicted"].sum() == 1
    assert not dead.index.str.contains("coverage").any()


def test_names_alone_are_a_floor_without_an_upper_end():
    low, high = land.honest_range(pairs(("names", "names", 8_000, 8_000, 8_000)))
    assert (low, pd.isna(high)) == (4, True)


def test_little_land_or_land_lost_gives_no_quotient():
    dead = pd.DataFrame([["names", "names", False, 1.0, 1.0, 1.0]], columns=land.DEAD)
    for area in (499.0, 0.0, -800.0):
        assert land.per_km2(dead, pd.DataFrame({"by": ["A"], "km2": [area]}))[land.VALUES].isna().all(axis=None)


def test_the_first_year_begins_with_the_invasion():
    assert land.year_of_war(2022)[0] == pd.Timestamp("2022-02-24")
    assert land.year_of_war(2023)[0] == pd.Timestamp("2023-01-01")


@pytest.mark.parametrize(
    ("day", "years"), [("2022-03-31", []), ("2024-02-24", [2022, 2023]), ("2026-08-22", [*range(2022, 2026)])]
)
def test_years_that_are_over_have_a_row(day, years):
    known, maps = claims.known_by(day), territory.known_by(territory.read(), day)
    table = land.by_year(known, series.read(), maps, day)
    assert table["year"].tolist() == years
    assert not (table["low"] > table["high"]).any()
