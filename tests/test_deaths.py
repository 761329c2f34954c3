"""Deaths by year, sex and age: embedded and fetched, when they were known, and files that cannot be right."""

import gzip

import pandas as pd
import pytest

from helpers import deaths, sources


def fetched():
    if deaths.SOURCE not in sources.available():
        pytest.skip("kobak-2025 is not on this disk: `make data SOURCE=kobak-2025` fetches it")
    return deaths.read("fetched")


def test_embedded_is_what_is_fetched():
    pd.testing.assert_frame_equal(deaths.read(), fetched())


def test_every_year_has_every_band_once_and_hiv_is_a_part():
    table = deaths.read()
    assert not table.duplicated(["year", "age"]).any()
    assert sorted(table["year"].unique()) == list(range(1990, 2024))
    assert (table.groupby("year")["age"].agg(tuple) == deaths.BANDS).all()
    known = table[table["year"] >= 2006]
    assert known[deaths.COUNTS].notna().all(axis=None)
    assert (known["men_hiv"] < known["men"]).all()
    assert table.loc[table["year"] < 2006, ["men_hiv", "women_hiv"]].isna().all(axis=None)


def test_a_year_is_known_from_its_publication():
    table = deaths.read()
    newest = {day: deaths.known_by(table, day)["year"].max() for day in ("2022-12-30", "2023-07-10", "2024-06-28")}
    assert newest == {"2022-12-30": 2020, "2023-07-10": 2022, "2024-06-28": 2023}
    assert deaths.known_by(table, "2025-03-24")["men_hiv"].isna().all()
    assert deaths.known_by(table, "2025-03-25").query("year >= 2006")["men_hiv"].notna().all()


def test_a_refusal_is_known_from_its_day_too():
    assert deaths.refused("2025-06-29").empty
    assert deaths.refused("2025-06-30")["year"].tolist() == [2024]


def test_every_release_has_a_day_or_a_refusal_and_says_how_we_know():
    table = deaths.releases()
    assert (table["published"].isna() == table["refused"].notna()).all()
    assert (table["published_by"] != "").all()
    assert not table.duplicated(["year", "deaths"]).any()
    assert (table["published"].dt.year.dropna() > table.loc[table["published"].notna(), "year"]).all()


def test_another_mode_is_refused():
    with pytest.raises(ValueError, match="data is 'yearly': allowed are embedded and fetched"):
        deaths.read("yearly")


def written(tmp_path, *changes):
    """A file as upstream: the whole country in 2019 and one region that is a part of it, changed line by line."""
    lines = [f"{place},2019,{age} лет,{sex},{n}" for place, n in ((deaths.COUNTRY, 7), ("Область", 3))
             for age in deaths.BANDS for sex in "mf"]  # fmt: skip
    for change in changes:
        change(lines)
    path = tmp_path / "deaths.csv.gz"
    path.write_bytes(gzip.compress("\n".join(["Region,Year,Age,Gender,Deaths", *lines]).encode()))
    return path


def test_only_the_row_of_the_whole_country_is_read(tmp_path):
    table = deaths.read_all_causes(written(tmp_path))
    assert table["men"].tolist() == table["women"].tolist() == [7] * 7


def test_regions_that_were_renamed_to_the_country_are_refused(tmp_path):
    def rename(lines):
        lines[:] = [line.replace("Область", deaths.COUNTRY) for line in lines]

    with pytest.raises(ValueError, match=r"deaths.csv.gz: .* two rows for 2019, 15-19, m; .*must not be summed"):
        deaths.read_all_causes(written(tmp_path, rename))


def test_a_band_that_is_missing_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"deaths.csv.gz: .* has no row for 2019, 30-34, f; it needs one for"):
        deaths.read_all_causes(written(tmp_path, lambda lines: lines.pop(7)))


def workbook(tmp_path, ages):
    """A workbook as upstream: for 2020 and 2021 both sexes, men (1 a year of age) and women (2)."""
    heads = [["title", *[None] * 6], ["", 2020, None, None, 2021, None, None]]
    heads.append(["", *["Мужчины и женщины", "Мужчины", "Женщины"] * 2])
    rows = [["Всего", *[999] * 6], *[[age, 3, 1, 2, 3, 1, 2] for age in ages]]
    path = tmp_path / "hiv.xlsx"
    pd.DataFrame([*heads, *rows]).to_excel(path, header=False, index=False)
    return path


def test_single_years_of_age_are_summed_to_bands(tmp_path):
    table = deaths.read_hiv(workbook(tmp_path, ["1 год", *[f"{age} лет" for age in range(10, 60)], "Неизвестно"]))
    assert table["year"].tolist() == [2020] * 7 + [2021] * 7
    assert table["age"].tolist() == list(deaths.BANDS) * 2
    assert set(table["men_hiv"]) == {5}
    assert set(table["women_hiv"]) == {10}


def test_an_age_that_is_missing_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"hiv\.xlsx: every single age from 15 to 49 is needed once"):
        deaths.read_hiv(workbook(tmp_path, [f"{age} лет" for age in range(16, 60)]))


def test_a_workbook_of_2023_without_the_country_is_refused(tmp_path):
    path = tmp_path / "hiv-2023.xlsx"
    rows = [["Мужчины", 0], ["Область", 1], ["Женщины", 0], ["Область", 1]]
    pd.DataFrame(rows).to_excel(path, header=False, index=False)
    with pytest.raises(ValueError, match=f"hiv-2023.xlsx: .* the row '{deaths.COUNTRY}' is needed"):
        deaths.read_hiv_2023(path)
