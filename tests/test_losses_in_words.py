"""Losses in words: one value a side, the wording as printed, steps, and what was photographed."""

import pandas as pd

from helpers import losses_in_words as losses

NAN = float("nan")
MIDDLES = pd.DataFrame(
    [["russia", "own", 23, 9, 2.1, 2.75, 3.2], ["russia", "circular", 0, 1, NAN, NAN, NAN],
     ["ukraine", "own", 14, 4, 1.6, 3.4, 4.8], ["ukraine", "cases", 5, 2, 4.6, 5.3, 8.6]],
    columns=["side", "kind", "pairs", "ends", "low", "point", "high"],
)  # fmt: skip
CHANGED = (pd.Timestamp("2023-10-15"), pd.Timestamp("2024-04-24"))
PRINTED = pd.DataFrame(
    {
        "day": [*CHANGED, pd.Timestamp("2024-12-20")],
        "word": ["killed", "killed and wounded", "killed"],
        "printed": ["liquidated", "killed and wounded", "killed"],
        "publisher": ["A", "A", "B"],
    }
)


def places(inside, *outside):
    days = pd.to_datetime(["2024-01-01", *[f"2025-0{n}-01" for n in range(1, 1 + len(outside))]])
    return {"per\nname": pd.DataFrame({"since": days, "until": days, "times": [inside, *outside]})}


def test_the_title_has_one_value_a_side_of_one_claimant():
    title, alt = losses.wounded(MIDDLES)
    assert title == "Wounded per killed, if one claimant said both: Russia 2.8, Ukraine 3.4"
    assert "Russia, over the General Staff's killed: 0 pairs with a value, 1 with an end only" in alt
    assert losses.wounded(MIDDLES.iloc[1:2])[0] == "Wounded per killed"


def test_the_table_leaves_empty_what_has_no_value():
    table = losses.middles_in_words(MIDDLES)
    assert table["half of them"].tolist() == ["2.1–3.2", "", "1.6–4.8", "4.6–8.6"]
    assert table["pairs of"].iloc[3] == "cases of wounds, not persons"


def test_refused_pairs_are_counted_by_reason():
    pairs = pd.DataFrame({"answer": ["no", "no", "yes"], "reason": ["x", "x", "y"]})
    assert losses.refused(pairs) == "2 pairs, x"
    assert losses.refused(pairs.iloc[2:]) == "none"


def test_the_wording_tells_what_was_printed_and_that_old_words_stay_in_use():
    told = losses.wording(PRINTED, CHANGED)
    assert "2023-10-15 liquidated (A); 2024-04-24 killed and wounded (A)" in told
    assert "began to change between 2023-10-15 and 2024-04-24" in told
    assert "Even later one page prints the old word" in told
    assert losses.wording(PRINTED.iloc[:1], None).endswith("A change of wording was not seen by this day.")


def test_a_step_as_large_as_half_of_what_is_expected_is_said_to_be_there():
    assert "**A step of at least half that size is there" in losses.step(places(2.1, 1.0, 2.2), CHANGED, 4.0, "x")
    told = losses.step(places(1.9, 1.0, 2.2), CHANGED, 4.0, "x")
    assert "per name: the largest step there is × 1.90; 1 of 2 other places have one as large" in told
    assert "**No step of even half that size is there" in told


def test_without_wording_series_or_expectation_there_is_no_check():
    for arguments in ((places(2.0), None, 4.0), ({}, CHANGED, 4.0), (places(2.0), CHANGED, NAN)):
        assert losses.step(*arguments, "2024-02-24").startswith("By 2024-02-24 the check cannot be made")


def test_a_course_is_told_by_its_ends_and_extremes():
    assert losses.course({"a\nb": pd.DataFrame({"ratio": [2.0, 5.0, 1.0, 3.0]})}) == (
        "a b: first 2.00, last 3.00, least 1.00, most 5.00."
    )


def test_machines_before_and_after_the_snapshot():
    seen = pd.DataFrame({"category": ["S", "T"], "photographed": [92, 1_673], "filed": ["rockets", ""]})
    seen["kind"] = ["air defence", "tanks"]
    days = {"day": pd.to_datetime(["2023-01-31"]), "snapshot": pd.to_datetime(["2023-02-05"])}
    table = pd.DataFrame(
        {"kind": ["tanks"], "claimed": [3_201], "photographed": [1_673.0], "ratio": [1.91], "ratio_high": [1.94]} | days
    )
    assert losses.machines(table).loc["tanks"].tolist() == [
        "3,201", "2023-01-31", "1,673", "2023-02-05", "1.9 (up to 1.9)"
    ]  # fmt: skip
    told = losses.photographs(table, seen, "")
    assert "between two totals that Oryx had on 2022-09-03 and 2023-02-09" in told
    assert "S (92) stand in the file with the rockets, here with the air defence." in told
    early = table.assign(photographed=NAN, ratio=NAN, ratio_high=NAN, snapshot=pd.NaT)
    assert losses.machines(early).loc["tanks"].tolist() == ["3,201", "2023-01-31", "", "", ""]
    assert losses.photographs(early, seen, "2024-02-24").startswith("By 2024-02-24 the snapshot")
