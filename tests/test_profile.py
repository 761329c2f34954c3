import pandas as pd
import pytest

from helpers.lists import profile


def records(**columns):
    return pd.DataFrame(columns)


def test_missing_counts_every_column():
    table = profile.missing(records(a=[1, None, 3, 4], b=["x", None, None, None]))
    assert table.values.tolist() == [["a", 3, 1, 25.0], ["b", 1, 3, 75.0]]


def test_months_without_records_are_there_and_records_without_month_too():
    days = pd.to_datetime(["2010-03-02", "2010-03-31", "2010-05-01", None])
    table = profile.by_month(records(confirmed=days), "confirmed")
    assert table.values.tolist() == [["2010-03", 2], ["2010-04", 0], ["2010-05", 1], ["not stated", 1]]


def test_a_year_is_no_month():
    days = pd.to_datetime(["2010-01-01", "2010-03-01"])
    table = profile.by_month(records(death_date=days, death_precision=["year", "month"]), "death_date")
    assert table.values.tolist() == [["2010-03", 1], ["not stated", 1]]


def test_a_list_without_days_has_no_months():
    table = profile.by_month(records(confirmed=pd.to_datetime([None, None])), "confirmed")
    assert table.values.tolist() == [["not stated", 2]]


def test_an_age_band_includes_its_lower_edge():
    ages = pd.Series([14, 19, 20, 24, 25, 70, None], dtype="Int64")
    table = profile.by_age(records(age=ages), edges=(14, 20, 25))
    assert table.values.tolist() == [["14-19", 2], ["20-24", 2], ["25 and over", 2], ["not stated", 1]]


def test_values_come_most_frequent_first_and_equal_ones_by_name():
    table = profile.by_value(records(region=["b", "a", "c", "c", None]), "region")
    assert table.values.tolist() == [["c", 2], ["a", 1], ["b", 1], ["not stated", 1]]


@pytest.mark.parametrize(
    ("host", "kind"),
    [
        ("archive.example", "web archive"),
        ("web.archive.example", "web archive"),
        ("vk.com", "social network or messenger"),
        ("www.youtube.com", "video"),
        ("cemetery.example", "memorial or cemetery"),
        ("news.example", "newspaper, office or other"),
    ],
)
def test_the_kind_of_a_host(host, kind):
    assert profile.host_kind(host) == kind


def test_evidence_of_two_kinds_counts_twice_but_two_sites_of_one_kind_once():
    hosts = ["vk.com t.me", "vk.com news.example", None]
    table = profile.by_host_kind(records(hosts=hosts)).set_index("evidence")["records"]
    assert table.to_dict() == {
        "social network or messenger": 2,
        "newspaper, office or other": 1,
        "not stated": 1,
    }


def counted(*counts):
    return pd.DataFrame({"region": list("abcdef")[: len(counts)], "records": counts})


def test_groups_of_one_to_four_are_hidden_and_nobody_is_hidden_by_zero():
    shown = profile.suppress_small(counted(9, 4, 1, 0, 5))
    assert shown.table["records"].fillna(-1).tolist() == [9, -1, -1, 0, 5]
    assert shown.hidden == 2


def test_one_hidden_group_takes_the_next_smallest_with_it():
    # 30 records in all: 30 - 12 - 9 - 6 would give the 3 away
    shown = profile.suppress_small(counted(12, 9, 6, 3))
    assert shown.table["records"].fillna(-1).tolist() == [12, 9, -1, -1]
    assert shown.hidden == 2
    alone = profile.suppress_small(counted(12, 9, 6, 3), shown_total=False)
    assert alone.table["records"].fillna(-1).tolist() == [12, 9, 6, -1]


def test_nothing_to_hide():
    shown = profile.suppress_small(counted(9, 5))
    assert (shown.table["records"].tolist(), shown.hidden) == ([9, 5], 0)


def test_a_reader_sees_separators_and_what_is_hidden():
    words = profile.in_words(profile.suppress_small(counted(12_345, 3, 2)), label="people")
    assert words["people"].to_dict() == {"a": "12,345", "b": "hidden", "c": "hidden"}
    assert words.index.name == "region"
