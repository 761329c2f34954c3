"""What changed between two days: which figures appeared, changed or fell, and why."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers import comparison, figures, series, toml_files
from helpers.estimate.coverage import coverage_range
from helpers.paths import EDITIONS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

COUNT = ["who", "side", "quantity", "scope"]
NEW = ("appeared", "changed")
FALLEN = {"superseded": "superseded", "retracted": "retracted", "doctored": "exposed", "hoax": "exposed"}
VALUES = series.VALUES
CHANGE_COLUMNS = ["day", "change", "because", "reason", "other", *figures.COLUMNS]
# the codes of `because`, for a reader
BECAUSE = {
    "first": "the first figure of its kind by its claimant",
    "continues": "a later day of a count already known",
    "goes back": "an earlier day than was known",
    "revises": "another value for the same people and days",
    "redefines": "other people than its claimant counted before",
    "repeats": "repeats another claimant",
    "rests on": "computed here from a figure of others",
    "statement": "a statement without a number",
    "replaced": "fell: its claimant gave another figure",
    "copied": "fell: what it repeats fell",
    "note": "fell: its status, or our note, says why",
    "vanished": "is no longer there",
}
# what became of a figure of which no more is known
FATES = {
    "superseded": "a newer value took its place", "retracted": "taken back by who published it",
    "doctored": "an altered copy", "hoax": "invented", "standing": "stands again",
}  # fmt: skip


class Why(NamedTuple):
    """Why a figure changed: a code, the words, and the id of the figure that it follows or that took its place."""

    because: str
    reason: str
    other: str = ""


def edition_days(folder: Path = EDITIONS) -> list[pd.Timestamp]:
    """The days of the editions in `folder`, sorted."""
    return sorted(pd.Timestamp(_known_on(file)) for file in folder.glob("*.toml"))


def _known_on(file: Path) -> datetime.date:
    day = toml_files.read(file).get("known_on")
    if type(day) is not datetime.date:
        raise toml_files.SettingsError(f"{file.name}, key known_on: a day is needed, written as known_on = 2026-08-22")
    return day


def earlier_day(known_on: str | pd.Timestamp, since: str = "", folder: Path = EDITIONS) -> pd.Timestamp:
    """The day to compare `known_on` with: `since`, or if it is empty the newest edition before `known_on`.

    Where there is no edition before it, the day of the invasion. ValueError if `since` is not before `known_on`.
    """
    later = pd.Timestamp(known_on)
    if not since:
        return max((day for day in edition_days(folder) if day < later), default=min(figures.WAR_BEGAN, later))
    if pd.Timestamp(since) >= later:
        raise ValueError(f"since is {since}, known_on {later:%Y-%m-%d}: allowed is a day before known_on")
    return pd.Timestamp(since)


def days_to_ask(known_on: str | pd.Timestamp, earlier: pd.Timestamp, folder: Path = EDITIONS) -> list[pd.Timestamp]:
    """The days of the editions before `known_on`, `earlier` and `known_on` itself, sorted, each once."""
    later = pd.Timestamp(known_on)
    return sorted({earlier, later, *(day for day in edition_days(folder) if day < later)})


def world(known: pd.DataFrame, day: str | pd.Timestamp, *others: pd.DataFrame) -> pd.DataFrame:
    """Every figure known by the end of `day`: the claims `known`, their list totals by coverage, and of `others`."""
    ranges = coverage_range(comparison.milestones(known, "russia"))
    rows = [table for table in (known, *(figures.known_by(t, day) for t in (ranges, *others))) if len(table)]
    return pd.concat(rows or [known], ignore_index=True)


def differences(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """What changed from `before` to `after`, two states of one table of figures; one row per change, by day.

    Beside the columns of the figure: `day` (from which the change was known), `change` (`appeared`; `changed`: another
    value for what the same claimant had counted already, the same people and days; `superseded`, `retracted`,
    `doctored`, `hoax`: its new status; `reinstated`: standing again; `vanished`), and why: `because` (a code), `reason`
    (words), `other` (id of the figure that it follows, or that took its place). A figure that appeared and fell
    has two rows.
    """
    before, after = (table.assign(key=figures.key(table)) for table in (before, after))
    is_new = ~after["key"].isin(before["key"])
    # of a new figure it is told that it fell only if it does not stand
    was = after["key"].map(dict(zip(before["key"], before["status"], strict=True))).astype(object).fillna("standing")
    other_status = after[after["status"] != was]
    told = [
        after[is_new].assign(change="appeared"),
        after[~is_new & _other_value(before, after)].assign(change="changed"),
        other_status.assign(change=other_status["status"].replace("standing", "reinstated")),
    ]
    gone = before[~before["key"].isin(after["key"])].assign(change="vanished", day=pd.NaT)
    rows = pd.concat([*(t.assign(day=_day(t)) for t in told), gone], ignore_index=True)
    return _with_reasons(rows, before, after).sort_values(["day", "id", "change"], ignore_index=True)[CHANGE_COLUMNS]


def _day(told: pd.DataFrame) -> pd.Series:
    """The day from which each change was known: of a new value its publication, of a new status the day it holds."""
    return told["status_from"].where(~told["change"].isin(NEW)).fillna(told["published"])


def _other_value(before: pd.DataFrame, after: pd.DataFrame) -> pd.Series:
    had = before.set_index("key")[VALUES].reindex(after["key"]).set_axis(after.index)
    return (had.ne(after[VALUES]) & ~(had.isna() & after[VALUES].isna())).any(axis=1)


def _with_reasons(rows: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    had, now = _by_key(before), _by_key(after)
    theirs: dict[str, list[dict]] = {}
    for figure in now.values():
        theirs.setdefault(figure["who"], []).append(figure)
    why = [_why(row["change"], row["key"], had, now, theirs) for row in rows[["change", "key"]].to_dict("records")]
    told = rows.assign(**{name: [getattr(w, name) for w in why] for name in Why._fields})
    revised = told["because"].eq("revises")
    return told.assign(change=told["change"].mask(revised, "changed"))


def _by_key(table: pd.DataFrame) -> dict[str, dict]:
    """Each figure with its `value`, and in words what it `says` and of what `time`; by key."""
    words = figures.in_words(table)
    told = table.assign(value=figures.middle(table), says=words["says"], time=words["until"])
    return {figure["key"]: figure for figure in told.to_dict("records")}


def _why(change: str, key: str, had: dict, now: dict, theirs: dict) -> Why:
    if change == "vanished":
        return Why("vanished", "is no longer there")
    figure = now[key]
    if change not in NEW:
        return _why_fallen(figure, theirs[figure["who"]], now)
    if key in had:
        return Why("revises", f"was {had[key]['says']}", figure["id"])
    earlier = [f for f in theirs[figure["who"]] if f["published"] < figure["published"]]
    return _why_new(figure, [f for f in earlier if _same(f, figure, "side", "quantity", "window")], now)


def _why_new(figure: dict, earlier: list[dict], now: dict) -> Why:
    """Why a figure appeared; `earlier`: what its claimant had said of this quantity and kind of window before."""
    source = now.get(figure["copies"])
    if figure["quantity"] == "statement":
        return Why("statement", "a statement without a number")
    same_people = [f for f in earlier if f["scope"] == figure["scope"]]
    of_these_days = [f for f in same_people if _same(f, figure, "since", "until")]
    if revised := _newest(of_these_days):
        return Why("revises", f"was {revised['says']}{_method(revised, figure)}", revised["id"])
    if source:
        verb = "rests on" if figure["kind"] == "estimate" else "repeats"
        return Why(verb, f"{verb} {source['says']} ({source['who']})", source["id"])
    if last := _newest(f for f in same_people if f["until"] < figure["until"]):
        return Why("continues", f"{_direction(last, figure)} {last['says']} to {last['time']}", last["id"])
    if next_one := _newest(same_people):
        return Why("goes back", f"about an earlier day than {next_one['says']} to {next_one['time']}", next_one["id"])
    if last := _newest(f for f in earlier if _is_toll(f) and _is_toll(figure)):
        words = f"counts {figure['scope']} for the first time; before {last['scope']}: {last['says']} to {last['time']}"
        return Why("redefines", words, last["id"])
    return Why("first", "the first of its kind by this claimant")


def _why_fallen(figure: dict, theirs: list[dict], now: dict) -> Why:
    """Why a figure fell: what its claimant said of the same days when it fell, what it copies, and its note."""
    fell = figure["published"] if pd.isna(figure["status_from"]) else figure["status_from"]
    same_days = [f for f in theirs if _same(f, figure, "side", "since", "until")]
    later = [f for f in same_days if f["published"] >= fell and f["published"] > figure["published"]]
    source = now.get(figure["copies"])
    if next_day := min((f["published"] for f in later), default=None):
        took = [f for f in later if f["published"] == next_day]
        words = "; ".join(f"{f['says']} {f['quantity'].replace('_', ' ')}{_method(figure, f)}" for f in took)
        return Why("replaced", f"then {words}", took[0]["id"])
    if source and source["status"] == figure["status"]:
        return Why("copied", f"repeats {source['says']} ({source['who']}), which was {source['status']}", source["id"])
    return Why("note", figure["note"] or FATES[figure["status"]])


def _same(one: dict, other: dict, *columns: str) -> bool:
    """Whether the two agree in `columns`; what is missing in both agrees."""
    return all(one[c] == other[c] or (pd.isna(one[c]) and pd.isna(other[c])) for c in columns)


def _newest(some: Iterable[dict]) -> dict | None:
    return max(some, key=lambda f: (f["until"], f["published"], pd.notna(f["point"])), default=None)


def _is_toll(figure: dict) -> bool:
    return figures.codebook("scopes")["toll"][figure["scope"]] == "yes"


def _method(old: dict, new: dict) -> str:
    """The method of the newer of two figures, if it is stated and is not that of the older."""
    return f"; method now: {new['method']}" if new["method"] not in ("", old["method"]) else ""


def _direction(old: dict, new: dict) -> str:
    if new["window"] not in ("cumulative", "stock"):
        return "before:"
    if new["value"] == old["value"]:
        return "the same as"
    return "grew from" if new["value"] > old["value"] else "fell from"


def in_words(changed: pd.DataFrame) -> pd.DataFrame:
    """The changes as a reader wants them: one row per change, every cell a text, indexed by `day`."""
    told = figures.in_words(changed)
    return pd.DataFrame(
        {
            "change": changed["change"],
            "who": told["who"].str.split(" (", regex=False).str[0],
            "counts": changed["side"] + ": " + told["counts"],
            "until": told["until"],
            "says": told["says"],
            "why": changed["reason"],
        }
    ).set_index(changed["day"].dt.strftime("%Y-%m-%d"))


def tally(before: pd.DataFrame, after: pd.DataFrame, changed: pd.DataFrame) -> pd.DataFrame:
    """How many figures were known on both days and how many changed; one row per side and quantity, most new first.

    Columns, all counts of figures: `before`; `appeared`; `changed` (see `differences`); `after`;
    `superseded`, `retracted`, `exposed` (doctored or hoax): fell between the days.
    """
    columns = {"before": before, **{name: changed[changed["change"] == name] for name in NEW}}
    columns["after"] = after
    fell = changed.assign(change=changed["change"].replace(FALLEN))
    columns |= {name: fell[fell["change"] == name] for name in dict.fromkeys(FALLEN.values())}
    counted = {name: rows.groupby(["side", _counts(rows)]).size() for name, rows in columns.items()}
    table = pd.DataFrame(counted, columns=list(columns)).fillna(0).astype(int).rename_axis(["side", "counts"])
    return table.sort_values(["appeared", "after"], ascending=False, kind="stable").reset_index()


def _counts(table: pd.DataFrame) -> pd.Series:
    here = table["kind"].eq("estimate").map({True: ", estimated here", False: ""})
    return table["quantity"].str.replace("_", " ").add(here).rename("counts")


def moved(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """What the same claimants said of the same people on both days; one row per count that moved, newest last.

    A count is what one claimant said since the invasion of one quantity and scope of a side's toll; totals of names
    that were worked back from an estimate are left out. Columns, all in words: `who`, `counts`, `of`; `then`,
    `then_until`, `now`, `now_until`: its newest standing value and the last day of that.
    """
    both = _newest_totals(before, "then").join(_newest_totals(after, "now"), how="inner", suffixes=("", "_again"))
    both = both[both["then_id"] != both["now_id"]].sort_values("now_until", kind="stable")
    return both[["who", "counts", "of", "then", "then_until", "now", "now_until"]].reset_index(drop=True)


def _newest_totals(table: pd.DataFrame, when: str) -> pd.DataFrame:
    toll = figures.codebook("scopes")["toll"]
    told = table["kind"].eq("claim") & table["quantity"].ne("statement")
    counted = told & (table["copies"].eq("") | table["quantity"].ne("named"))
    standing = counted & table["status"].eq("standing") & table["window"].eq("cumulative")
    exact = table[standing & table["scope"].map(toll).eq("yes")].assign(exact=table["point"].notna())
    newest = exact.sort_values(["until", "published", "exact"], kind="stable").groupby(COUNT).tail(1).set_index(COUNT)
    words = figures.in_words(newest.reset_index()).set_axis(newest.index).drop(columns="published")
    return words.rename(columns={"says": when, "until": f"{when}_until"}).assign(**{f"{when}_id": newest["id"]})


def revisions(release: pd.DataFrame, earlier: pd.Timestamp, later: pd.Timestamp) -> pd.DataFrame:
    """The dead of each year in the series known on two days; one row per series and year of death.

    Columns: `series`, `year`; for each of `then` and `now` the `published` day of the release, whom it counts and how
    (`made`), the last day that it reaches (`until`), and `low`, `point`, `high` in people (the weekly bounds added up,
    as if all weeks erred together). A week belongs to the year of its Thursday. Missing where no release was known, or
    the release does not reach that year.
    """
    then, now = (_by_year(release, day) for day in (earlier, later))
    return then.join(now, how="outer", suffixes=("_then", "_now")).rename_axis(["series", "year"]).reset_index()


def _by_year(release: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    spans = pd.concat([series.vintage(release, name, day) for name in ("named", "probate")])
    year = (spans["since"] + pd.Timedelta(days=3)).dt.year.rename("year")
    groups = spans.assign(made=spans["scope"] + ", " + spans["method"]).groupby(["series", year])
    made = groups["made"].agg(lambda told: "; ".join(dict.fromkeys(told)))
    sums = groups[VALUES].sum(min_count=1)
    return sums.assign(until=groups["until"].max(), made=made, published=groups["published"].max())


def revisions_in_words(revised: pd.DataFrame) -> pd.DataFrame:
    """The revisions as a reader wants them: one row per series and year, indexed by both, every cell a text."""
    told = {when: _spans_in_words(revised, when) for when in ("then", "now")}
    made = {f"counted {when}": revised[f"made_{when}"].fillna("") for when in ("then", "now")}
    return pd.DataFrame({**told, **made}).set_index([revised["series"], revised["year"].rename("year of death")])


def _spans_in_words(revised: pd.DataFrame, when: str) -> list[str]:
    rounded = revised[[f"{name}_{when}" for name in VALUES]].round().set_axis(VALUES, axis="columns")
    says = [figures.amount(row) or "not yet known" for row in rounded.to_dict("records")]
    # the last week of a year ends after Christmas: a release that stops before holds a part of the year
    part = revised[f"until_{when}"] < pd.to_datetime(revised["year"].astype(str) + "-12-25")
    ends = revised[f"until_{when}"].dt.strftime(", to %Y-%m-%d").where(part, "")
    return [value + end for value, end in zip(says, ends, strict=True)]
