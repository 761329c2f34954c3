"""All estimates together: what a day knew, each kind once, and what each may stand beside."""

import pytest
from made_up import BOTH, CLAIM, release, table

from helpers import claims, estimates, figures, series

DAYS = ["2022-03-31", "2024-02-24", "2025-05-05", "2026-08-22"]
OURS = {"who": "By Name", "who_kind": "by_name", "kind": "estimate"}


@pytest.fixture(scope="module")
def made():
    known = {day: claims.known_by(day) for day in DAYS}
    return {day: estimates.ours(ledger, series.read(), day, "embedded") for day, ledger in known.items()}


def test_each_kind_is_there_from_the_day_on_which_it_could_be_known(made):
    kinds = {day: found["how"].drop_duplicates().tolist() for day, found in made.items()}
    assert kinds["2022-03-31"] == []
    assert kinds["2024-02-24"] == [estimates.EXCESS, estimates.POOLED]
    assert estimates.AND_MISSING not in kinds["2025-05-05"], "people were first added for the missing in 2026"
    assert kinds["2026-08-22"] == [
        estimates.RULE, estimates.CARRIED, estimates.REGISTRY, estimates.AND_MISSING, estimates.EXCESS,
        estimates.POOLED,
    ]  # fmt: skip


@pytest.mark.parametrize("day", DAYS[1:])
def test_estimates_are_figures_known_by_the_day_with_an_interval(made, day):
    found = figures.validate(made[day].drop(columns="how"))
    assert (found["published"] <= day).all()
    assert found[["low", "high"]].notna().all(axis=None)
    assert (found["status"] == "standing").all()


def test_published_totals_are_met(made):
    found = made["2026-08-22"].set_index("how")
    # Meduza and Mediazona, 9 May 2026: 261,000 without and 352,000 with the missing
    assert found.loc[[estimates.REGISTRY, estimates.AND_MISSING], "point"].round(-3).tolist() == [261_000, 352_000]
    # 217,808 names of May 2026 over 0.65 and over 0.45
    assert found.loc[estimates.RULE, ["low", "high"]].tolist() == [335_089, 484_018]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, estimates.NAMED),
        (CLAIM, estimates.WHOLE),
        (CLAIM | {"scope": "russian forces and republics"}, estimates.MORE),
        (CLAIM | {"scope": "men 18-59"}, estimates.PART),
        (BOTH, estimates.HURT),
        ({**CLAIM, "side": "ukraine", "scope": "soldiers"}, estimates.WHOLE),
        ({**CLAIM, "scope": "generals", "quantity": "wounded"}, "wounded beside killed"),
    ],
)
def test_what_is_counted_decides_the_group(row, expected):
    made_up = table({"point": 9.0, "until": "2022-03-01"} | row)
    assert estimates.group(made_up.iloc[0].to_dict()) == expected


def together():
    ledger = table({"point": 9.0, "until": "2022-03-01"}, CLAIM | {"who": "CSIS"}, BOTH | {"who": "CSIS"})
    found = table(CLAIM | OURS | {"point": 40.0}, CLAIM | OURS | {"scope": "men 18-59", "point": 30.0})
    return ledger, found.assign(id=["whole", "part"], how=["stated", "registry"])


def test_estimates_stand_beside_names_and_claims_sorted_by_what_they_count():
    ledger, found = together()
    told = estimates.grouped(ledger, found, "russia", release(), "2025-01-01")
    assert told[["how", "group"]].to_numpy().tolist() == [
        ["names", estimates.NAMED], ["CSIS", estimates.WHOLE], ["stated", estimates.WHOLE],
        ["registry", estimates.PART], ["CSIS", estimates.HURT],
    ]  # fmt: skip
    # three weeks of four names; names are no floor of men of certain ages
    assert told["floor"].fillna(-1).tolist() == [-1, 12, 12, -1, 12]


def test_estimates_in_words():
    ledger, found = together()
    told = estimates.in_words(found, estimates.grouped(ledger, found, "russia", release(), "2025-01-01"))
    assert told.iloc[0].tolist() == ["stated", "killed", "russian forces", "2022-03-13", "40", "2022-03-13", "12"]
    assert told["names, at least"].tolist() == ["12", ""]


def test_without_estimates_names_and_claims_still_stand():
    ledger, found = together()
    told = estimates.grouped(ledger, found.iloc[:0], "russia", release(), "2025-01-01")
    assert told["how"].tolist() == ["names", "CSIS", "CSIS"]
    assert estimates.in_words(found.iloc[:0], told).empty


def test_no_estimate_of_ours_has_the_id_of_a_claim(made):
    assert not set(made["2026-08-22"]["id"]) & set(claims.ledger()["id"])
