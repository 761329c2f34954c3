"""The study of deaths in Khartoum State: from its records on three lists to people with a capture history.

The study is Dahab and others (2024), London School of Hygiene and Tropical Medicine. Its records have no names, but a
score of how sure it is that two are one person; from which score on they are joined is a choice that moves its result
from 20,660 dead (joined whenever in doubt) to 211,334; its headline draws at random who is one person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers import sources
from helpers.estimate.recapture import covariates, r_order
from helpers.estimate.recapture.table import N, Overlap, overlap

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = "lshtm-sudan-2024"
FILE = "in/sdn_cam_data_final_public.xlsx"
LISTS = {"PB": "public_survey", "PV": "private_survey", "SM": "social_media"}
COVARIATES = ("month", "reports", "cause")
SINCE, UNTIL = pd.Timestamp("2023-04-15"), pd.Timestamp("2024-06-04")
PLACE = "Khartoum"
# of several records: the value that most have (none if two are as frequent), the sum, or the mean
COMMONEST, SUMS, MEANS = ("place", "cause"), ("reports",), ("day", "month", "year", "usable")
CAUSES = {"injury_intentional": "intentional injury", "starvation_disease": "disease", "other": "disease"}
UNCLEAR = ("Egypt borders", "Libya borders", "Sudan")
ABROAD = (
    "Australia", "Chad", "Egypt", "Eritrea", "Ethiopia", "France", "Germany", "India", "Kuwait", "Libya", "Mali",
    "New Zealand", "Qatar", "Saudi Arabia", "South Sudan", "Tanzania", "Türkiye", "UAE", "Uganda", "UK", "USA",
)  # fmt: skip
USABLE = 5  # the study's mark for a record with enough on it to be matched


def khartoum(*, duplicate: int = 1, overlap_score: int = 1) -> Overlap:
    """The people who died in Khartoum State, counted by capture history, `month`, `reports` and `cause`.

    `duplicate`, `overlap_score`: the least score (1 to 5, from doubtful to definite) at which two records of one list,
    and of two lists, are joined into one person. Covariates: `month` (0 is April 2023; missing where no day of death
    is known up to June 2024), `reports` (records of the person), `cause` (`intentional injury` or `other`).
    helpers.sources.SourceError where the data set is not on this disk.
    """
    records = _records(sources.path(SOURCE, FILE))
    singles = _joined_within(records, duplicate)
    people = _joined_across(singles, _pairs(records), overlap_score)
    return overlap(_counted(people), name="Khartoum")


def results(*, runs: int = 500, seed: int = 2024) -> pd.DataFrame:
    """What comes of the records at the study's first scores, one row per number: the table `recapture.computed` keeps.

    `quantity`: `unlisted` (on no list, by `model`), `total` (by the average that `model` tells, listed people and all)
    or `without month` (people, in `point`). `low`, `point`, `high`: whole persons; `aic` of a model. `runs`, `seed`: of
    the tables drawn anew. helpers.sources.SourceError where the data set is not on this disk.
    """
    people = khartoum()
    fits = covariates.table(people, COVARIATES)
    drawn = covariates.resampled(people, COVARIATES, runs=runs, seed=seed)["everyone"].quantile([0.025, 0.5, 0.975])
    totals = {
        "as the study averages": covariates.average(fits, people=people.people)[:3],
        "everyone counted": covariates.better(fits, people=people.people)[:3],
        "everyone counted, every model": covariates.better(fits, people=people.people, every=True)[:3],
        f"everyone counted, drawn anew {runs} times": drawn.tolist(),
    }
    rows = [["unlisted", fit.model, fit.low, fit.point, fit.high, round(fit.AIC, 2)] for fit in fits.itertuples()]
    rows += [["total", name, *values, None] for name, values in totals.items()]
    rows += [["without month", "", None, covariates.unknown(people, ["month"]), None, None]]
    table = pd.DataFrame(rows, columns=["quantity", "model", "low", "point", "high", "aic"])
    return table.assign(**table[["low", "point", "high"]].astype(float).round())


def _records(file: Path) -> pd.DataFrame:
    """One row per record: its `id`, `parent` (the record that it may repeat), scores, and what it says."""
    raw = pd.read_excel(file, sheet_name="data")
    raw = raw.assign(**{name: raw[name].str.strip() for name in raw.select_dtypes("str")})
    ids = _without_first_dash(raw["dup_id"])
    place = raw["loc_death"].fillna("unclear").replace(dict.fromkeys(UNCLEAR, "unclear"))
    says = {
        "id": ids, "parent": ids.str.partition("_")[0], "list": raw["id"].str[:2], "score": raw["dup_score"],
        "place": place.mask(place.isin(ABROAD), "abroad"), "cause": raw["cod"].replace(CAUSES).fillna("unclear"),
        "day": raw["death_date"].dt.day.fillna(15), "month": raw["month_death"], "year": raw["year_death"],
        "usable": raw["del_score"], "reports": 1,
    }  # fmt: skip
    return pd.DataFrame(says | {name: raw[name] for name in raw if name.startswith("ovrlp")})


def _without_first_dash(ids: pd.Series) -> pd.Series:
    """`PB_11_2` as `PB11_2`: the record 11 of list PB, and its second repetition."""
    return ids.str.replace(r"(PB|PV|SM)_", r"\1", regex=True).str.replace(r"_(PB|PV|SM)", r"\1", regex=True)


def _merged(records: pd.DataFrame, by: str) -> pd.DataFrame:
    """One row per group of `by`: what its records say together, as the study joins them."""
    groups = records.groupby(by, sort=True)
    parts = {name: _commonest(records, by, name) for name in COMMONEST}
    parts |= {name: groups[name].sum() for name in SUMS} | {name: groups[name].mean() for name in MEANS}
    return pd.DataFrame(parts)


def _commonest(records: pd.DataFrame, by: str, name: str) -> pd.Series:
    """The commonest value of each group; missing where two are as frequent."""
    times = records.dropna(subset=name).groupby([by, name]).size().rename("times").reset_index()
    most = times[times["times"] == times.groupby(by)["times"].transform("max")]
    return most[~most[by].duplicated(keep=False)].set_index(by)[name].reindex(np.sort(records[by].unique()))


def _joined_within(records: pd.DataFrame, score: int) -> pd.DataFrame:
    """One row per person of a list: records that repeat another by at least `score` are joined to it."""
    first = records["parent"].duplicated(keep=False) & records["score"].eq(0)
    repeats = records["score"].ge(score) | first
    joined = _merged(records[repeats], "parent").rename_axis("id").reset_index()
    alone = records.loc[~repeats, ["id", *joined.columns.drop("id")]]
    people = pd.concat([alone, joined], ignore_index=True)
    return people.assign(list=people["id"].str[:2], **people[["day", "month", "year"]].round())


def _pairs(records: pd.DataFrame) -> pd.DataFrame:
    """Pairs of persons on two lists that may be one, one row each: ids `a` and `b`, and the highest `score` given."""
    found = []
    for number in range(1, 6):
        said = records.dropna(subset=f"ovrlp_id_{number}")
        both = _without_first_dash(said[f"ovrlp_id_{number}"].str[:-2])
        other = pd.Series([pair.replace(own, "") for pair, own in zip(both, said["id"], strict=True)], said.index)
        for one, two in ((said["id"], other), (said["parent"], other.str.partition("_")[0])):
            found.append(pd.DataFrame({"one": one, "two": two, "score": said[f"ovrlp_score_{number}"]}))
    pairs = pd.concat(found, ignore_index=True).dropna()
    ids = [sorted(two, key=r_order.collated) for two in zip(pairs["one"], pairs["two"], strict=True)]
    pairs = pd.DataFrame(ids, columns=["a", "b"]).assign(score=pairs["score"])
    surest = pairs.groupby(["a", "b"], as_index=False)["score"].max()
    return surest.sort_values(["b", "a"], key=lambda names: names.map(r_order.collated), ignore_index=True)


def _one_match_a_list(pairs: pd.DataFrame, one: str, other: str) -> pd.DataFrame:
    """The pairs in which nobody of `one` is matched twice with a list: the surest stays, else that of the shortest ids.

    Where these are equally long, the first stays, in the order in which R's `merge` leaves the rows. The pairs that
    needed no choice come first, as in the study: the order decides the next choice.
    """
    to = pairs[one] + "x" + pairs[other].str[:2]
    several = to.duplicated(keep=False)
    unclear = pairs[several].assign(to=to[several])
    again = unclear["to"][unclear["to"].duplicated()].drop_duplicates()
    merged = unclear.iloc[r_order.merged(unclear["to"].tolist())]
    chosen = [_surest(merged[merged["to"] == name]) for name in again]
    return pd.concat([pairs[~several], *chosen])[["a", "b", "score"]]


def _surest(pairs: pd.DataFrame) -> pd.DataFrame:
    """The one pair with the highest score; if there are several, the first of all with the shortest ids."""
    highest = pairs["score"] == pairs["score"].max()
    if highest.sum() == 1:
        return pairs[highest]
    length = pairs["a"].str.len() + pairs["b"].str.len()
    return pairs[length == length.min()].head(1)


def _joined_across(people: pd.DataFrame, pairs: pd.DataFrame, score: int) -> pd.DataFrame:
    """One row per person: what the lists say of them together, with 1 or 0 for each list."""
    kept = pairs[pairs["score"].ge(score) & pairs["a"].isin(people["id"]) & pairs["b"].isin(people["id"])]
    kept = _one_match_a_list(_one_match_a_list(kept, "a", "b"), "b", "a")
    sets = _sets(kept)
    member = people["id"].map({one: number for number, group in enumerate(sets) for one in group})
    size = member.map(member.value_counts())
    whole = member.isna() | size.eq(member.map(dict(enumerate(map(len, sets)))))
    people = people.assign(person=member.map("set{:.0f}".format, na_action="ignore").fillna(people["id"]))[whole]
    merged = _merged(people, "person")
    on = people.groupby("person")["list"].agg(set)
    return merged.assign(**{name: [int(code in lists) for lists in on] for code, name in LISTS.items()})


def _sets(pairs: pd.DataFrame) -> list[tuple[str, ...]]:
    """The records that are one person: all threes that pairs link, then the pairs that touch no three.

    Where a record is in two of these sets, the later has it and the earlier is left incomplete: so the study does. The
    order is the study's: threes around the first of their pairs, around the second, and those in a row.
    """
    threes = [*_around(pairs, "a", "b"), *_around(pairs, "b", "a"), *_in_a_row(pairs)]
    threes = list(dict.fromkeys(tuple(sorted(three, key=r_order.collated)) for three in threes))
    within = {one for three in threes for one in three}
    twos = [pair for pair in zip(pairs["a"], pairs["b"], strict=True) if within.isdisjoint(pair)]
    return [*threes, *twos]


def _around(pairs: pd.DataFrame, middle: str, end: str) -> list[tuple[str, ...]]:
    """The threes of which one record is the `middle` of two pairs, by that record."""
    ends = pairs.groupby(middle)[end].agg(list)
    return [(one, *ends[one]) for one in sorted(ends.index, key=r_order.collated) if len(ends[one]) > 1]


def _in_a_row(pairs: pd.DataFrame) -> list[tuple[str, ...]]:
    """The threes of which a record is the first of one pair and the second of another, by that record."""
    both = pairs.merge(pairs, left_on="a", right_on="b", suffixes=("", "_before"))
    rows = list(both[["a_before", "a", "b"]].itertuples(index=False, name=None))
    return sorted(rows, key=lambda three: r_order.collated(three[1]))


def _counted(people: pd.DataFrame) -> pd.DataFrame:
    """The people that the study estimates from, as an overlap table: in Khartoum, in its time, well recorded."""
    parts = people[["year", "month", "day"]].round()
    died = pd.to_datetime(parts, errors="coerce").where(lambda days: days <= UNTIL)
    month = 12 * (died.dt.year - SINCE.year) + died.dt.month - SINCE.month
    cause = people["cause"].where(people["cause"] == "intentional injury", "other")
    kept = people["place"].eq(PLACE) & ~died.lt(SINCE) & ~people["usable"].lt(USABLE)
    told = people.assign(month=month, cause=cause)[kept]
    columns = [*LISTS.values(), *COVARIATES]
    return told.groupby(columns, dropna=False).size().rename(N).reset_index()[[*LISTS.values(), N, *COVARIATES]]
