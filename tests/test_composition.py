"""Shares of the named list: bounds of what was printed, what is not stated, and the table itself."""

import pytest

from helpers import claims
from helpers.figures import codebook
from helpers.lists import composition

HEADINGS = "group,until,published,total,people,share,printed,step,claim,source,note"


@pytest.fixture(scope="module")
def facts():
    return composition.read()


@pytest.fixture
def shares(tmp_path):
    """The shares of a table typed in a test, a row a line."""

    def typed(*lines):
        path = tmp_path / "composition.csv"
        path.write_text("\n".join([HEADINGS, *lines]) + "\n", "utf-8")
        return composition.shares(composition.read(path))

    return typed


def ends(table):
    return table[composition.VALUES].round(9).values.tolist()


def test_a_printed_value_has_the_interval_of_its_rounding(shares):
    told = shares(
        "officers,2024-01-01,2024-01-01,1000,150,,exact,,,a,",
        "prisoners,2024-01-01,2024-01-01,1000,200,,about,10,,a,",
        "volunteers,2024-01-01,2024-01-01,,,14,rounded,1,,a,",
    )
    # 150 of 1,000; 195 to 205 of 1,000; 13.5 to 14.5 percent
    assert ends(told) == [[15, 15, 15], [19.5, 20, 20.5], [13.5, 14, 14.5]]


def test_over_and_at_least_have_only_a_low_end(shares):
    told = shares("officers,2024-01-01,2024-01-01,1000,150,,over,,,a,")
    assert told["low"].tolist() == [15]
    assert told[["point", "high"]].isna().all(axis=None)
    assert composition.percent(told.iloc[0]) == "over 15.0 %"


def test_nothing_is_divided_by_the_total_of_another_day(shares):
    told = shares(
        "mobilised,2024-01-01,2024-01-01,,150,,exact,,,a,", "officers,2024-01-02,2024-01-02,1000,5,,exact,,,a,"
    )
    assert told["low"].isna().tolist() == [True, False]
    assert composition.in_words(composition.newest(told)).loc["mobilised"].tolist() == [
        "2024-01-01", "150", "not printed", "not known", "once",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            "officers,2024-01-01,2024-01-01,100,150,,exact,,,a,",
            "row 2, column total: '100' of officers: a group cannot",
        ),
        ("officers,2024-01-01,2024-01-01,100,15,15,exact,,,a,", "column people: '15' of officers: either people or"),
        ("officers,2024-01-01,2024-01-01,100,,,exact,,,a,", "either people or a share is needed"),
        (
            "officers,2024-01-01,2024-01-01,100,,101,rounded,1,,a,",
            "column share: '101' of officers: a share is at most",
        ),
        ("officers,2024-01-01,2024-01-01,100,15,,circa,,,a,", "column printed: 'circa' of officers: allowed are exact"),
        ("officers,2024-01-01,2024-01-01,100,15,,about,,,a,", "column step: 'nan' of officers: a value that is not"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused(shares, line, says):
    with pytest.raises(ValueError, match=says):
        shares(line)


def test_a_month_reaches_to_its_end_but_not_beyond_its_publication(shares):
    told = shares("officers,2024-02,2024-03-05,1000,5,,exact,,,a,", "officers,2024-03,2024-03-05,1000,5,,exact,,,a,")
    assert told["until"].dt.strftime("%Y-%m-%d").tolist() == ["2024-02-29", "2024-03-05"]
    assert [composition.day(row) for row in told.to_dict("records")] == ["2024-02", "2024-03"]


def test_the_newest_of_each_group_is_told_with_how_often_it_was_printed(shares):
    made_of = composition.newest(
        shares(
            "prisoners,2024-02-01,2024-02-01,2000,,26,rounded,1,,a,",
            "officers,2024-01-01,2024-01-01,1000,90,,exact,,,a,",
            "officers,2024-02-01,2024-02-01,2000,,8,rounded,1,,a,",
            "officers,2024-02-01,2024-02-01,2000,150,,over,,,a,",
        )
    )
    # a number goes before the share of the same day: over 150 of 2,000 is over 7.5 %
    assert made_of["group"].tolist() == ["prisoners", "officers"]
    assert composition.in_words(made_of).loc["officers"].tolist() == [
        "2024-02-01", "over 150", "2,000", "over 7.5 %", "3 times since 2024-01",
    ]  # fmt: skip


def test_what_is_not_stated_makes_a_day_whole(shares):
    parts = composition.ways(
        shares(
            "volunteers,2024-01-01,2024-01-01,1000,250,,exact,,,a,",
            "volunteers,2024-01-01,2024-01-01,1000,,26,rounded,1,,a,",
            "prisoners,2024-01-01,2024-01-01,1000,,20,rounded,1,,a,",
            "officers,2024-01-01,2024-01-01,1000,60,,exact,,,a,",
        )
    )
    # 100 - 25 - 20 = 55, and half a percent of the prisoners' rounding; the officers are no way and no part
    assert parts["group"].tolist() == ["volunteers", "prisoners", "not stated"]
    assert ends(parts) == [[25, 25, 25], [19.5, 20, 20.5], [54.5, 55, 55.5]]
    assert set(parts["without"]) == {"mobilised"}


def test_one_way_alone_or_a_floor_makes_no_day(shares):
    parts = composition.ways(
        shares(
            "prisoners,2024-01-01,2024-01-01,1000,200,,exact,,,a,",
            "volunteers,2024-01-01,2024-01-01,1000,100,,over,,,a,",
            "mobilised,2024-01-02,2024-01-02,1000,100,,exact,,,a,",
        )
    )
    assert parts.empty


def test_two_totals_of_one_month_are_not_joined(facts):
    # in September 2023 prisoners were printed with a list of 32,164, mobilised with one of 33,236
    told = composition.shares(facts)
    assert (told["until"] == "2023-09-30").sum() == 2
    assert "2023-09-30" not in composition.ways(told)["until"].dt.strftime("%Y-%m-%d").tolist()


def result(told, assumption):
    checks = composition.checks(told)
    return checks[checks["assumption"].str.contains(assumption)]


def test_ways_that_exceed_the_list_fail(shares):
    lines = [f"{way},2024-01-01,2024-01-01,1000,400,,exact,,,a," for way in composition.WAYS]
    assert result(shares(*lines[:2]), "fit into the whole")["result"].tolist() == ["held"]
    assert result(shares(*lines), "fit into the whole")["result"].tolist() == ["failed"]


@pytest.mark.parametrize(("percent", "verdict"), [(20, "held"), (21, "failed")])
def test_a_number_and_a_percentage_of_one_day_must_agree(shares, percent, verdict):
    # 13,781 of 70,112 = 19.66 %: within 19.5 to 20.5, not within 20.5 to 21.5
    told = shares(
        "volunteers,2024-09-20,2024-09-20,70112,13781,,exact,,,a,",
        f"volunteers,2024-09-20,2024-09-20,70112,,{percent},rounded,1,,a,",
    )
    assert result(told, "percentages")["result"].tolist() == [verdict]


@pytest.mark.parametrize(("unlinked", "verdict"), [(57, "held"), (70, "failed"), (40, "failed")])
def test_those_without_a_link_are_the_three_ways_and_contractors(shares, unlinked, verdict):
    # 25 + 20 + 10 = 55 %, contractors 7 %: up to 62 % fit, less than the three do not
    told = shares(
        "volunteers,2024-01-01,2024-01-01,1000,250,,exact,,,a,",
        "prisoners,2024-01-01,2024-01-01,1000,200,,exact,,,a,",
        "mobilised,2024-01-01,2024-01-01,1000,100,,exact,,,a,",
        "private military contractors,2024-01-01,2024-01-01,1000,70,,exact,,,a,",
        f"no link to the army before the invasion,2024-01-05,2024-01-05,1000,,{unlinked},rounded,1,,a,",
    )
    assert result(told, "without a link")["result"].tolist() == [verdict]


def test_the_two_thirds_of_february_2024_do_not_fit_and_the_later_shares_do(facts):
    verdicts = result(composition.shares(facts), "without a link")
    assert verdicts["result"].tolist() == ["failed", "held", "held", "informational"]
    assert verdicts["says"].iloc[0].startswith("2024-02-24: 66.7 % (62.5–70.8); the three of 2024-07-12 are 46 %")
    early = composition.shares(composition.known_by(facts, "2024-02-24"))
    assert result(early, "without a link")["result"].tolist() == ["informational"]


@pytest.mark.parametrize(
    ("group", "day", "names", "share"),
    # 2024-04-19: over 3,300 officers of 50,471, 390 of them lieutenant colonels or higher; 2024-02-02: 8,099 prisoners
    [
        ("officers", "2024-04-21", "over 3,300", "over 6.5 %"),
        ("lieutenant colonels and higher", "2024-04-21", "390", "0.77 %"),
        ("prisoners", "2024-02-24", "8,099", "18.6 %"),
        ("no link to the army before the invasion", "2024-02-24", "not printed", "66.7 % (62.5–70.8)"),
        ("no link to the army before the invasion", "2026-02-24", "not printed", "57.0 % (56.5–57.5) *"),
        ("conscripts", "2024-08-30", "172", "0.26 %"),
    ],
)
def test_what_was_printed_by_a_day(facts, group, day, names, share):
    told = composition.shares(composition.known_by(facts, day))
    words = composition.in_words(composition.newest(told)).loc[group]
    assert (words["names"], words["share of the list"]) == (names, share)


def test_a_value_whose_group_is_our_reading_is_marked_and_tests_nothing(facts):
    told = composition.shares(facts)
    made_of = composition.newest(told)
    assert composition.in_words(made_of)["share of the list"].iloc[0] == "57.0 % (56.5–57.5) *"
    assert composition.notes(made_of) == (
        "\\* no link to the army before the invasion, 2026-02-24: printed as volunteers, soldiers and convicts; "
        "read as those who were not in the army before."
    )
    assert composition.notes(made_of[made_of["group"] == "officers"]) == ""
    checks = composition.checks(told)
    row = checks[checks["says"].str.startswith("2026-02-24: 57.0 %")].iloc[0]
    assert row["result"] == "informational"
    assert "our reading tests nothing" in row["says"]


def test_nothing_is_known_before_it_was_published(facts):
    assert composition.known_by(facts, "2022-03-31").empty
    assert composition.newest(composition.shares(composition.known_by(facts, "2022-03-31"))).empty
    # the shares of November 2023 were told a year later
    assert "2023-11" not in composition.known_by(facts, "2024-11-28")["until"].dt.strftime("%Y-%m").tolist()


def test_the_table_agrees_with_the_ledger(facts):
    ledger = claims.ledger().set_index("id")
    ours = facts[facts["claim"] != ""].set_index("claim")
    theirs = ledger.loc[ours.index]
    value = theirs["point"].fillna(theirs["low"]).mul(1.0)
    share = theirs["quantity"].eq("share_of_named")
    assert (ours["share"].notna() == share).all()
    assert (ours["people"].fillna(ours["share"] / 100) - value).abs().max() < 0.0005
    assert (ours["group"] == theirs["scope"]).all()
    assert (ours[["until", "published"]] == theirs[["until", "published"]]).all(axis=None)
    assert (theirs["point"].isna() == ours["printed"].isin(composition.FLOORS)).all()


def test_every_group_is_a_scope_and_every_source_a_report(facts):
    assert set(facts["group"]) - set(codebook("scopes").index) == {composition.BEFORE}
    known = set(claims.reports().index)
    sources = {one for text in facts["source"] for one in text.split()}
    assert sources - known == set(), "a page that is read is entered in data/claims/reports.csv, with its address"
    assert (facts["source"] != "").all()
