"""The dead by region, equal to the published table, and the tile map."""

from pathlib import Path

import pandas as pd
import pytest

from helpers import sources
from helpers.estimate.rate import wilson_rate
from helpers.lists import regions

PUBLISHED = Path(__file__).parent / "data" / "regions_2023_published.csv"


def three_digits(value):
    """A rate as the study prints it: 3.05, 78.0, 249."""
    return f"{value:#.3g}".rstrip(".")


def printed(table):
    rates = wilson_rate(table["dead"], table["men_16_61"]).map(three_digits)
    return table[["region", "iso", "dead", "men_16_61"]].join(rates)


def test_every_region_equals_the_published_table_in_every_printed_digit():
    # Bessudnov (2023), appendix: regional fatality rates per 100,000 men of working age
    published = pd.read_csv(PUBLISHED, dtype=str, keep_default_na=False)
    known = regions.read().dropna(subset="men_16_61")
    ours = printed(known.astype({"men_16_61": int})).astype(str).sort_values("region", ignore_index=True)
    wanted = published.rename(columns={"rate_per_100000": "point", "rate_low": "low", "rate_high": "high"})
    wanted = wanted.sort_values("region", ignore_index=True)[list(ours.columns)]
    assert len(ours) == 85
    pd.testing.assert_frame_equal(ours, wanted, check_dtype=False)


@pytest.mark.parametrize(
    ("region", "dead", "low", "point", "high"),
    [("Tuva", 231, 218.2, 248.7, 283.4), ("Buryatia", 643, 213.3, 230.6, 249.2), ("Moscow", 125, 2.55, 3.05, 3.65)],
)
def test_three_regions_to_the_digit(region, dead, low, point, high):
    row = regions.read().set_index("region").loc[[region]]
    rate = wilson_rate(row["dead"], row["men_16_61"]).loc[region]
    assert row["dead"].item() == dead
    assert rate.tolist() == pytest.approx([low, point, high], abs=0.05 if point > 100 else 0.005)


def test_no_record_is_lost():
    # the list has 20,253 records; 358 of them do not say the region
    table = regions.read()
    assert table["dead"].sum() == 20_253
    assert table.loc[table["region"] == regions.NOT_KNOWN, "dead"].item() == 358
    assert table["dead"].sum() - 358 == 19_895


def test_the_study_was_not_known_before_its_month_was_over():
    assert regions.read()["published"].unique().tolist() == [pd.Timestamp("2023-04-30")]


def test_counting_records_keeps_empty_regions_and_records_without_region():
    records = pd.DataFrame({"region": ["Tuva", None, "Tuva", "Moscow", None]})
    census = pd.DataFrame({"region": ["Tuva", "Moscow", "Komi"], "iso": ["TY", "MOW", "KO"], "men_16_61": [9, 8, 7]})
    table = regions.count(records, census)
    assert table[["region", "dead"]].values.tolist() == [["Komi", 0], ["Moscow", 1], ["Tuva", 2], ["not known", 2]]
    assert table["dead"].sum() == len(records)


def test_a_region_that_the_census_does_not_have_is_refused():
    census = pd.DataFrame({"region": ["Tuva"], "iso": ["TY"], "men_16_61": [9]})
    with pytest.raises(ValueError, match="column region: the census has no Tyva; names are as in"):
        regions.count(pd.DataFrame({"region": ["Tyva"]}), census)


def test_another_mode_is_refused():
    with pytest.raises(ValueError, match="data is 'downloaded': allowed are embedded and fetched"):
        regions.read("downloaded")


def test_counted_anew_from_the_records_it_is_the_same_table():
    if regions.SOURCE not in sources.available():
        pytest.skip("bessudnov-2023 is not on this disk: `make data SOURCE=bessudnov-2023` fetches it")
    pd.testing.assert_frame_equal(regions.read("fetched"), regions.read(), check_dtype=False)


def test_every_region_has_its_own_tile():
    tiles, table = regions.tiles(), regions.read()
    assert not tiles.duplicated(["row", "column"]).any()
    assert set(zip(tiles["iso"], tiles["region"], strict=True)) == {
        (iso, region) for iso, region in zip(table["iso"], table["region"], strict=True) if iso
    }


def test_the_tile_map_lies_as_the_land_does():
    at = regions.tiles().set_index("region")
    assert at["column"].idxmin() == "Kaliningrad"
    assert at.loc["Chukotka", "row"] == at.loc["Murmansk", "row"] == 1
    west_to_east = at.loc[["Kaliningrad", "Moscow", "Chelyabinsk", "Novosibirsk", "Primorsky"], "column"]
    assert west_to_east.is_monotonic_increasing
    north_to_south = at.loc[["Murmansk", "Karelia", "Moscow", "Rostov", "Adygea"], "row"]
    assert north_to_south.is_monotonic_increasing
