"""The ledger of claims: who said how many, of whom, until when, and where it was read."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers import csv_files, figures, ids
from helpers.paths import DATA
from helpers.refusals import Refusal, quoted, short

if TYPE_CHECKING:
    from collections.abc import Callable

LEDGER = DATA / "claims"
CLAIM_COLUMNS = (
    "id side quantity scope window since until low point high who who_kind method published "
    "status status_from copies reports note"
).split()
REPORT_COLUMNS = "id publisher title date address kind note".split()
INPUT_COLUMNS = "input row value fate claims published reason".split()
SAME_CLAIM = "side quantity scope window since until who low point high".split()
FATES = ("loaded", "merged", "set_aside")
REPORT_KINDS = ("primary", "reprint", "secondary", "not_read")
VALUES = ["low", "point", "high"]
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
ID = re.compile(r"[a-z0-9][a-z0-9-]*")
ROW = re.compile(r"[1-9][0-9]{0,8}")
INPUT = re.compile(r"[a-z][a-z0-9_]*")
ADDRESS = re.compile(r"https?://[^\s<>\"'`\\]+")


class LedgerError(Refusal, ValueError):
    """A row of the ledger that cannot be right; the message names file, row, column and what is allowed."""


class _Fault(NamedTuple):
    column: str
    says: str


def ledger(folder: Path = LEDGER) -> pd.DataFrame:
    """Every claim, in the schema of `figures`: one row per statement, in the order of the file.

    Columns: see data/README.md. `published` is the day from which the claim could be known: the end of its own
    partial date, or the day of the first report that has one, if that is earlier. Raises LedgerError for the first
    rows that cannot be right (at most ten are told at once).
    """
    return _ledger(folder, _state(folder)).copy()


def _state(folder: Path) -> tuple[tuple[int, int], ...]:
    """What tells whether a file of `folder` has changed: when each was written, and its size."""
    files = [file for file in (folder / "claims.csv", folder / "reports.csv", folder / "ids.csv") if file.exists()]
    return tuple((file.stat().st_mtime_ns, file.stat().st_size) for file in files)


@lru_cache(maxsize=4)
def _ledger(folder: Path, _: tuple[tuple[int, int], ...]) -> pd.DataFrame:
    """As `ledger`, read and checked once for each state of the files: a notebook asks for it many times."""
    rows = _read(folder / "claims.csv", CLAIM_COLUMNS)
    places = reports(folder)
    doubles, known = _doubles(rows), frozenset(rows["id"])
    _refuse(folder / "claims.csv", rows, lambda row: doubles.get(row["id"]) or _claim_fault(row, known, places))
    for claim in rows["id"][rows["copies"] != ""]:
        root(rows, claim)
    table = figures.validate(_as_figures(rows, places))
    _refuse_copies_of_the_future(table)
    # a ledger of one's own may do without a register
    register = folder / "ids.csv"
    if register.exists() and (told := ids.faults(_read(register, ids.COLUMNS), rows["id"])):
        raise LedgerError("\n".join(told))
    return table


def _refuse_copies_of_the_future(table: pd.DataFrame) -> None:
    days = table.set_index("id")["published"]
    for one, original in table.loc[table["copies"] != "", ["id", "copies"]].itertuples(index=False):
        if days[one] < days[original]:
            raise LedgerError(
                f"claims.csv ({one}), column published: known from {days[one]:%Y-%m-%d}, before what it copies, "
                f"{original}, known from {days[original]:%Y-%m-%d}; allowed: from that day"
            )


def reports(folder: Path = LEDGER) -> pd.DataFrame:
    """Every place where a claim was read: publisher, title, date (partial), address, kind; indexed by id."""
    return _reports(folder, _state(folder)).copy()


@lru_cache(maxsize=4)
def _reports(folder: Path, _: tuple[tuple[int, int], ...]) -> pd.DataFrame:
    """As `reports`, read and checked once for each state of the files."""
    rows = _read(folder / "reports.csv", REPORT_COLUMNS)
    repeated = _repeated(rows)
    _refuse(folder / "reports.csv", rows, lambda row: repeated.get(row["id"]) or _report_fault(row))
    return rows.set_index("id")


def inputs(folder: Path = LEDGER) -> pd.DataFrame:
    """The account of every input row: loaded, merged into which claim, or set aside, and why.

    One row per row of an input. LedgerError for a fate, claim, day or number of a row that cannot be right.
    """
    rows = _read(folder / "inputs.csv", INPUT_COLUMNS)
    known = frozenset(_read(folder / "claims.csv", CLAIM_COLUMNS)["id"])
    named = rows.assign(id=rows["input"] + " " + rows["row"])
    repeated = _repeated(named, "row")
    _refuse(folder / "inputs.csv", named, lambda row: _input_fault(row, known) or repeated.get(row["id"]))
    return rows.astype({"row": int})


def _input_fault(row: dict[str, str], known: frozenset[str]) -> _Fault | None:
    forms = {
        "input": (INPUT, "a name of an input: a-z, 0-9 and _"), "row": (ROW, "a number of a row: 1, 2, 3 ..."),
        "value": (re.compile(".+"), "a value as printed"), "fate": (re.compile("|".join(FATES)), ", ".join(FATES)),
    }  # fmt: skip
    for column, (form, allowed) in forms.items():
        if not form.fullmatch(row[column]):
            return _Fault(column, f"{quoted(row[column])} is not allowed; allowed is {allowed}")
    for claim in row["claims"].split():
        if claim not in known:
            return _Fault("claims", f"{quoted(claim)} is not an id of claims.csv; allowed are ids")
    if (row["fate"] == "set_aside") != (not row["claims"].split()):
        return _Fault(
            "claims", "names the claims that the row became or joined; it is empty only where it is set aside"
        )
    if row["fate"] != "loaded" and not row["reason"]:
        return _Fault("reason", f"is empty; say why the row is {row['fate'].replace('_', ' ')}")
    if row["fate"] != "set_aside" and row["published"]:
        return _Fault("published", "is for rows that are set aside; leave it empty")
    return _bad_date(row, "published", optional=True)


def _read(file: Path, columns: list[str]) -> pd.DataFrame:
    return csv_files.read(file, columns, error=LedgerError)


def _refuse(file: Path, rows: pd.DataFrame, fault_of: Callable[[dict[str, str]], _Fault | None]) -> None:
    """Raise for the rows in which `fault_of` finds a fault; line numbers count the header, as an editor does."""
    found = [(i + 2, row, fault_of(row)) for i, row in enumerate(rows.to_dict("records"))]
    lines = [
        f"{file.name}, row {line} ({short(row['id'])}), column {fault.column}: {fault.says}"
        for line, row, fault in found
        if fault
    ]
    if lines:
        raise LedgerError("\n".join(lines[:10]))


def _report_fault(row: dict[str, str]) -> _Fault | None:
    if row["kind"] not in REPORT_KINDS:
        return _Fault("kind", f"{quoted(row['kind'])} is not allowed; allowed are {', '.join(REPORT_KINDS)}")
    if not row["publisher"].strip():
        return _Fault("publisher", "is empty; name who published it")
    if row["address"] and not ADDRESS.fullmatch(row["address"]):
        return _Fault("address", f"{quoted(row['address'])} is no address; allowed are those that begin with https:// "
                      "or http://, without spaces")  # fmt: skip
    return _bad_id(row) or _bad_date(row, "date", optional=True)


def _bad_id(row: dict[str, str]) -> _Fault | None:
    wrong = not ID.fullmatch(row["id"])
    return _Fault("id", f"{quoted(row['id'])} is not allowed; allowed are a-z, 0-9 and -") if wrong else None


def _claim_fault(row: dict[str, str], ids: frozenset[str], places: pd.DataFrame) -> _Fault | None:
    return _bad_id(row) or _bad_code(row) or _bad_dates(row) or _bad_values(row) or _bad_links(row, ids, places)


def _bad_code(row: dict[str, str]) -> _Fault | None:
    allowed = {
        "side": figures.SIDES, "window": figures.WINDOWS, "status": figures.STATUSES,
        "quantity": figures.codebook("quantities").index, "scope": figures.codebook("scopes").index,
        "who_kind": figures.codebook("claimant_kinds").index,
    }  # fmt: skip
    for column, codes in allowed.items():
        if row[column] not in codes:
            return _Fault(column, f"{quoted(row[column])} is not known; allowed are {', '.join(sorted(codes))}")
    side = figures.codebook("scopes")["side"][row["scope"]]
    if side != row["side"]:
        return _Fault("scope", f"'{row['scope']}' is a scope of {side}, not of {row['side']}")
    return None


def _bad_date(row: dict[str, str], column: str, *, optional: bool = False) -> _Fault | None:
    if optional and not row[column]:
        return None
    try:
        figures.partial_date(row[column])
    except ValueError as problem:
        return _Fault(column, str(problem))
    return None


def _bad_dates(row: dict[str, str]) -> _Fault | None:
    fault = (
        _bad_date(row, "since", optional=True)
        or _bad_date(row, "until")
        or _bad_date(row, "published")
        or _bad_date(row, "status_from", optional=True)
    )
    if fault:
        return fault
    until, published = figures.partial_date(row["until"]), figures.partial_date(row["published"])
    if until.first > published.last:
        return _Fault("until", f"{row['until']} is after its publication, {row['published']}; allowed: until it")
    if row["since"] and figures.partial_date(row["since"]).first > until.last:
        return _Fault("since", f"{row['since']} is after until, {row['until']}; allowed: until it")
    return None


def _bad_values(row: dict[str, str]) -> _Fault | None:
    numbers = {}
    for name in VALUES:
        if row[name]:
            if not NUMBER.fullmatch(row[name]):
                return _Fault(name, f"{quoted(row[name])} is not a number; allowed are digits with a decimal point")
            numbers[name] = float(row[name])
            if numbers[name] < 0:
                return _Fault(name, f"{row[name]} is below zero; allowed are counts, shares and ratios from zero")
    if (row["quantity"] == "statement") != (not numbers):
        return _Fault("point", "a number is missing; only a statement has none" if not numbers else
                      "a statement has no number; give the quantity that it counts")  # fmt: skip
    for first, second in (("low", "point"), ("point", "high"), ("low", "high")):
        if numbers.get(first, 0) > numbers.get(second, float("inf")):
            return _Fault(first, f"{row[first]} is above {second}, {row[second]}; allowed: low <= point <= high")
    return None


def _bad_links(row: dict[str, str], ids: frozenset[str], places: pd.DataFrame) -> _Fault | None:
    if not row["reports"]:
        return _Fault("reports", "is empty; every claim names a row of reports.csv")
    for report in row["reports"].split():
        if report not in places.index:
            return _Fault("reports", f"{quoted(report)} is not in reports.csv; add it there or correct the id")
        if places["date"][report] and _report_is_earlier(places["date"][report], row["published"]):
            day = places["date"][report]
            return _Fault("published", f"{row['published']} is after its report {report}, {day}; allowed: until it")
    if row["copies"] and row["copies"] not in ids:
        return _Fault("copies", f"{quoted(row['copies'])} is not an id of claims.csv; allowed are ids, or nothing")
    return None


def _report_is_earlier(date: str, published: str) -> bool:
    return figures.partial_date(date).last < figures.partial_date(published).first


def _doubles(rows: pd.DataFrame) -> dict[str, _Fault]:
    """A fault for each id that stands twice, and for each claim that says the same as an earlier one."""
    statement = rows["note"].where(rows["quantity"] == "statement", "")
    same = rows[SAME_CLAIM].assign(statement=statement)
    first = rows["id"].groupby([same[column] for column in same], sort=False).transform("first")
    says = "is the same claim as {}; keep one, with the reports of both"
    pairs = zip(rows["id"], first, strict=True)
    return {one: _Fault("id", says.format(other)) for one, other in pairs if one != other} | _repeated(rows)


def _repeated(rows: pd.DataFrame, column: str = "id") -> dict[str, _Fault]:
    return {one: _Fault(column, "stands twice; it is used once") for one in rows["id"][rows["id"].duplicated()]}


def _as_figures(rows: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """The rows of claims.csv with dates and values as such; every row has passed `_claim_fault`."""
    until, published = rows["until"].map(figures.partial_date), rows["published"].map(figures.partial_date)
    known = pd.Series([_known_from(p, r, places) for p, r in zip(published, rows["reports"], strict=True)])
    last = pd.to_datetime([u.last for u in until])
    return rows.assign(
        kind="claim",
        since=_first_days(rows["since"]),
        # a month that is not over on the day of publication is counted as far as it had gone
        until=last.where(last <= known, known),
        until_precision=[u.precision for u in until],
        published=known,
        published_precision=[p.precision for p in published],
        status_from=_first_days(rows["status_from"]),
        **{name: pd.to_numeric(rows[name]).astype(float) for name in VALUES},
    )


def _first_days(dates: pd.Series) -> pd.Series:
    return pd.to_datetime(dates.map(lambda text: figures.partial_date(text).first if text else pd.NaT))


def _last_days(dates: pd.Series) -> pd.Series:
    """The last day that each date may mean; a place without a date is taken to be as old as the claim read there."""
    return pd.to_datetime(dates.map(lambda text: figures.partial_date(text).last if text else figures.WAR_BEGAN))


def _known_from(published: figures.PartialDate, reported: str, places: pd.DataFrame) -> pd.Timestamp:
    """The first day on which the claim was surely public: by its own date, or by a report that has a day."""
    dates = [figures.partial_date(places["date"][r]).last for r in reported.split() if places["date"][r]]
    return min([published.last, *dates])


def known_by(day: str | pd.Timestamp, folder: Path = LEDGER) -> pd.DataFrame:
    """The ledger as it could be read at the end of `day`: one row per claim, as in `figures.known_by`.

    Places in which a claim was read only later are left out, and so is a claim that it copies but that was not known.
    Our own notes were written with knowledge of every claim: before the newest of them was published they are left
    out, but for the words of a statement.
    """
    table = ledger(folder)
    known, newest = figures.known_by(table, day), table["published"].max()
    old_enough = reports(folder).pipe(lambda places: set(places.index[_last_days(places["date"]) <= pd.Timestamp(day)]))
    notes = known["note"].where((known["quantity"] == "statement") | (newest <= pd.Timestamp(day)), "")
    return known.assign(
        reports=known["reports"].map(lambda read: " ".join(r for r in read.split() if r in old_enough)),
        copies=known["copies"].where(known["copies"].isin(known["id"]), ""),
        note=notes,
    )


def unread(table: pd.DataFrame, folder: Path = LEDGER) -> pd.Series:
    """Whether nobody here read any page of a claim: it has reports, and each is `not_read`; by the table's index."""
    kinds = reports(folder)["kind"]
    return table["reports"].map(lambda read: bool(read) and all(kinds[one] == "not_read" for one in read.split()))


def find(table: pd.DataFrame, words: str = "", **equal: str) -> pd.DataFrame:
    """The claims of `table` that hold every one of `words` (in id, who, scope, method or note), and equal `equal`.

    One row per claim. `find(table, "strike", side="russia", quantity="killed")`. An unknown column is refused.
    """
    if unknown := set(equal) - set(table.columns):
        raise ValueError(f"no column {', '.join(sorted(unknown))}; allowed are {', '.join(table.columns)}")
    text = table[["id", "who", "scope", "method", "note"]].agg(" ".join, axis=1).str.lower()
    found = pd.Series(True, index=table.index)
    for word in words.lower().split():
        found &= text.str.contains(word, regex=False)
    for column, value in equal.items():
        found &= table[column] == value
    return table[found]


def account(table: pd.DataFrame, known_on: str | pd.Timestamp, folder: Path = LEDGER) -> pd.DataFrame:
    """The rows of `inputs` that became claims of `table`, or were set aside and public by `known_on`; one row each."""
    rows, known = inputs(folder), set(table["id"])
    became = rows["claims"].map(lambda ids: not known.isdisjoint(ids.split()))
    # the day of what was set aside is often a guess: it is shown from the first day that it may be
    aside = _first_days(rows["published"]) <= pd.Timestamp(known_on)
    return rows[became | aside].reset_index(drop=True)


def root(table: pd.DataFrame, claim: str) -> str:
    """The id of the claim at which the chain of copies that starts with `claim` ends; itself if it copies none."""
    copies = dict(zip(table["id"], table["copies"], strict=True))
    seen = [claim]
    while copies.get(seen[-1]):
        if copies[seen[-1]] in seen:
            raise LedgerError(f"claims.csv: {', '.join(seen)} copy each other in a circle; one must be the first")
        seen.append(copies[seen[-1]])
    return seen[-1]


def roots(table: pd.DataFrame, ids: list[str] | None = None) -> pd.DataFrame:
    """The independent claims behind the claims `ids` of `table` (default: all of it), one row per root.

    Columns: `root` (its id), `who`, `claims` (how many of `ids` repeat it, itself included). A copy adds a place,
    not evidence: rows of one root are one voice.
    """
    chosen = table["id"] if ids is None else pd.Series(ids)
    ends = chosen.map(lambda claim: root(table, claim))
    counts = ends.value_counts().rename_axis("root").reset_index(name="claims")
    who = table.set_index("id")["who"]
    return counts.assign(who=counts["root"].map(who))[["root", "who", "claims"]].sort_values(
        ["claims", "root"], ascending=[False, True], ignore_index=True
    )
