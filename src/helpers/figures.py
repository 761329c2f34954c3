"""Figures: what someone claimed or we estimated, in one schema, with the gate that says what may be compared."""

from __future__ import annotations

import datetime
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers import csv_files
from helpers.paths import DATA
from helpers.refusals import Refusal, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandera.pandas as pa

WAR_BEGAN = pd.Timestamp("2022-02-24")
SIDES = ("russia", "ukraine", "both")
WINDOWS = ("cumulative", "period", "rate", "event", "stock")
STATUSES = ("standing", "superseded", "retracted", "doctored", "hoax")
UNCOMPARABLE = ("retracted", "doctored", "hoax")
PRECISIONS = ("day", "month", "year")
MEANINGS = {
    "id": "name of the figure; an estimate of ours has the same in every edition, and published tells its version",
    "kind": "claim: someone said so; estimate: computed here",
    "side": "whose people are counted",
    "quantity": "what is counted; unit and meaning in data/codebooks/quantities.csv",
    "scope": "who of that side is counted; meaning and wider scope in data/codebooks/scopes.csv",
    "window": "cumulative: since the invasion; period: from since to until; rate: per day over that time; "
    "event: one day or one strike; stock: as many at one time, so it can fall",
    "since": "first day that is counted; empty: not stated, or a stock",
    "until": "last day that is counted: the day that the figure is about",
    "until_precision": "how much of until is known; of a month or year the last day stands, or the day of publication",
    "low": "lower end, in the unit of the quantity; alone: 'more than', 'at least'",
    "point": "single value, in the unit of the quantity",
    "high": "upper end, in the unit of the quantity; alone: 'up to'",
    "who": "who says so",
    "who_kind": "kind of claimant; meaning in data/codebooks/claimant_kinds.csv",
    "method": "how the value was made; empty: not stated",
    "published": "day from which it could be known",
    "published_precision": "how much of published is known; of a month or year the last day stands",
    "status": "standing, or what became of it",
    "status_from": "first day of that status; empty: from publication",
    "copies": "id of the figure that it repeats or is computed from; empty: none known",
    "reports": "where it was read: ids of data/claims/reports.csv, separated by spaces",
    "note": "what a reader should know besides",
}
COLUMNS = list(MEANINGS)
# what tells one row from every other: an estimate of ours has versions, and one version may tell of several days and
# of several totals of a month
KEY = ["id", "published", "since", "until", "copies"]
PARTIAL = {10: ("day", pd.Timedelta(0)), 7: ("month", pd.offsets.MonthEnd()), 4: ("year", pd.offsets.YearEnd())}
CODEBOOKS = {
    "quantities": ["quantity", "unit", "meaning"], "scopes": ["scope", "side", "within", "toll", "meaning"],
    "claimant_kinds": ["kind", "meaning"],
}  # fmt: skip
PLAIN_DATE = re.compile(r"[12][0-9]{3}(-[0-9]{2}){0,2}")  # a week (2023-W28-1) is not written so
DATES = ("since", "until", "published", "status_from")


class CodebookError(Refusal, ValueError):
    """A codebook that cannot be right; the message names file, row, column and what is allowed."""


class PartialDate(NamedTuple):
    """A date as far as it is known: the first and the last day that it may be, and its precision."""

    first: pd.Timestamp
    last: pd.Timestamp
    precision: str


@cache
def partial_date(text: str) -> PartialDate:
    """The span of days that `text` (YYYY-MM-DD, YYYY-MM or YYYY) may mean; ValueError for any other form."""
    precision, to_last = PARTIAL.get(len(text), ("", None)) if PLAIN_DATE.fullmatch(text) else ("", None)
    try:
        first = pd.Timestamp(datetime.date.fromisoformat(f"{text}-01-01"[:10]))
    except ValueError:
        precision = ""
    if not precision:
        raise ValueError(f"{quoted(text)} is not a date: allowed are YYYY-MM-DD, YYYY-MM and YYYY")
    return PartialDate(first, first + to_last, precision)


@cache
def codebook(name: str) -> pd.DataFrame:
    """The codebook `name` of data/codebooks (quantities, scopes, claimant_kinds), one row per code, as its index."""
    return read_codebook(DATA / "codebooks" / f"{name}.csv")


def read_codebook(file: Path) -> pd.DataFrame:
    """The codebook of one file, one row per code, as its index; CodebookError for a code or scope that is wrong."""
    columns = CODEBOOKS.get(file.stem)
    table = csv_files.read(file, columns, error=CodebookError)
    codes = table.iloc[:, 0]
    for row, code in enumerate(codes, 2):
        if not code.strip() or code in set(codes[: row - 2]):
            raise CodebookError(f"{file.name}, row {row}, column {codes.name}: {quoted(code)} is empty or stands twice")
    book = table.set_index(codes.name)
    if file.stem == "scopes":
        _refuse_scopes(file, book)
    return book


def _refuse_scopes(file: Path, book: pd.DataFrame) -> None:
    """Raise for a scope of no side, and for one that lies within no scope, another side's, or itself."""
    for row, (scope, side, within) in enumerate(book[["side", "within"]].itertuples(), 2):
        where, chain = f"{file.name}, row {row}", [scope]
        if side not in SIDES:
            raise CodebookError(f"{where}, column side: {quoted(side)} is not known; allowed are {', '.join(SIDES)}")
        while within:
            if within not in book.index or within in chain or book["side"][within] != side:
                raise CodebookError(f"{where}, column within: {quoted(within)} is no wider scope of {side}")
            chain.append(within)
            within = book["within"][within]


@cache
def schema() -> pa.DataFrameSchema:
    """The contract of a table of figures (columns: see data/README.md), as a pandera schema.

    One row per figure: the `quantity` of a `side` and `scope` from `since` to `until` is `low`, `point`, `high`,
    according to `who`, known from `published`. Days are timestamps without a zone, values are in the quantity's unit.
    """
    import pandera.pandas as pa

    def text(allowed: tuple[str, ...] | list[str] | None = None, *, unique: bool = False) -> pa.Column:
        return pa.Column(str, pa.Check.isin(allowed) if allowed else None, unique=unique)

    day, value = pa.Column("datetime64[us]"), pa.Column(float, nullable=True)
    maybe_day = pa.Column("datetime64[us]", nullable=True)
    columns = {
        "id": text(), "kind": text(("claim", "estimate")), "side": text(SIDES),
        "quantity": text(list(codebook("quantities").index)), "scope": text(list(codebook("scopes").index)),
        "window": text(WINDOWS), "since": maybe_day, "until": day, "until_precision": text(PRECISIONS),
        "low": value, "point": value, "high": value, "who": text(), "who_kind": text(), "method": text(),
        "published": day, "published_precision": text(PRECISIONS), "status": text(STATUSES),
        "status_from": maybe_day, "copies": text(), "reports": text(), "note": text(),
    }  # fmt: skip
    order = pa.Check(_ordered, error="low <= point <= high")
    past = pa.Check(lambda t: t["until"] <= t["published"], error="until is not after published")
    once = pa.Check(_once, error="an id is used once, by an estimate once for each version, since, until and copies")
    return pa.DataFrameSchema(columns, checks=[order, past, once], strict=True, ordered=True)


def describe() -> pd.DataFrame:
    """The codebook of a table of figures, one row per column: `column`, `type`, `allowed` values, `meaning`."""
    rows = [
        {"column": name, "type": str(column.dtype), "allowed": _allowed(column), "meaning": MEANINGS[name]}
        for name, column in schema().columns.items()
    ]
    return pd.DataFrame(rows)


def _allowed(column: pa.Column) -> str:
    return ", ".join(code for check in column.checks for code in check.statistics["allowed_values"])


def _ordered(table: pd.DataFrame) -> pd.Series:
    low, point, high = table["low"], table["point"], table["high"]
    return ~((low > point) | (point > high) | (low > high))


def _once(table: pd.DataFrame) -> pd.Series:
    return ~key(table).duplicated(keep=False)


def key(table: pd.DataFrame) -> pd.Series:
    """What tells each figure from every other of its table: the id of a claim; of an estimate its KEY."""
    days = [pd.to_datetime(table[day]).dt.strftime(" %Y-%m-%d").fillna("") for day in KEY[1:4]]
    return table["id"].where(table["kind"] != "estimate", table["id"] + sum(days[1:], days[0]) + " " + table["copies"])


def validate(table: pd.DataFrame) -> pd.DataFrame:
    """The same table with columns in order and dates in one unit; pandera's SchemaErrors names every bad row."""
    dates = {name: table[name].astype("datetime64[us]") for name in DATES}
    return schema().validate(table.assign(**dates)[COLUMNS], lazy=True)


def known_by(table: pd.DataFrame, day: str | pd.Timestamp) -> pd.DataFrame:
    """The figures of `table` as the world knew them at the end of `day`: a new table, one row per figure.

    Figures published later are not there. A figure that was superseded, retracted or exposed only later
    (`status_from`) still stands. A month-only figure is known from the last day of its month.
    """
    day = pd.Timestamp(day)
    known = table[table["published"] <= day].copy()
    later = known["status_from"] > day
    return known.assign(status=known["status"].mask(later, "standing"), status_from=known["status_from"].mask(later))


def wider_scopes(scope: str) -> list[str]:
    """The scopes that contain `scope`, from itself outwards, by the column `within` of codebooks/scopes.csv."""
    within = codebook("scopes")["within"]
    chain = [scope]
    while within[chain[-1]]:
        chain.append(within[chain[-1]])
    return chain


def middle(table: pd.DataFrame) -> pd.Series:
    """One value per figure to place it by: its point; else the middle of its range; else the bound that it has."""
    return table["point"].fillna(table[["low", "high"]].mean(axis=1))


def ends(table: pd.DataFrame) -> pd.DataFrame:
    """Each figure as a span: `low`, `point`, `high` in its unit, one row per figure.

    A single value is its own low and high end; a range without a point has its middle; "more than" keeps only its low
    end and "up to" only its high end, for nothing is known of the other.
    """
    low, point, high = (table[name] for name in ("low", "point", "high"))
    inside = point.fillna((low + high) / 2)
    return pd.DataFrame({"low": low.fillna(point), "point": inside, "high": high.fillna(point)})


def span(low: float, point: float, high: float, form: str = "{:,.0f}") -> str:
    """A span in words: 165,000 (160,000–170,000), 160,000–165,000, over 46,000, up to 250,000; "" for nothing."""
    one, middle, other = (form.format(value) for value in (low, point, high))
    if pd.notna(low) and pd.notna(high):
        both = one if one == other else f"{one}–{other}"
        return both if pd.isna(point) or middle == both else f"{middle} ({both})"
    if pd.notna(point):
        return middle
    return f"over {one}" if pd.notna(low) else f"up to {other}" if pd.notna(high) else ""


def amount(figure: Mapping[str, object]) -> str:
    """The value of a figure in words, as `span`; a statement's note."""
    values = [figure[name] for name in ("low", "point", "high")]
    whole = all(pd.isna(value) or value == round(value) for value in values)
    return span(*values, form="{:,.0f}" if whole else "{:,.3g}") or str(figure.get("note", ""))


def times(figure: Mapping[str, object]) -> str:
    """A multiple in words: its point, or the end that it has: 1.64 times, over 0.84 times."""
    point, alone = figure["point"], pd.isna(figure["point"])
    ends = (figure["low"], point, figure["high"]) if alone else (point, point, point)
    return f"{span(*ends, form='{:.2f}')} times"


def about(total: float) -> str:
    """A total of a list in words; a round one is what its publisher printed for an exact one."""
    return f"{'about ' if total % 1000 == 0 else ''}{total:,.0f}"


def when(figure: Mapping[str, object]) -> str:
    """The day that a figure is about, as far as it is known: 5 May 2025, May 2025, 2025."""
    words = {"day": day_in_words, "month": "{:%B %Y}".format, "year": "{:%Y}".format}
    return words[figure["until_precision"]](figure["until"])


def day_in_words(day: datetime.date) -> str:
    """A day as it is read: 5 May 2025."""
    return f"{day.day} {day:%B %Y}"


def in_words(table: pd.DataFrame) -> pd.DataFrame:
    """Figures as a reader wants them: one row per figure, every cell a text.

    Columns: `who`; `counts` (quantity, and since when if not since the invasion); `of` (scope); `until` (as far as it
    is known); `says` (the value); `published`.
    """
    since = table["since"].dt.strftime(" from %Y-%m-%d").where(table["window"].isin(("period", "rate")), "")
    return pd.DataFrame(
        {
            "who": table["who"],
            "counts": table["quantity"].str.replace("_", " ") + since,
            "of": table["scope"] + (" of " + table["side"].str.title()).where(table["scope"] == "soldiers", ""),
            "until": _as_known(table["until"], table["until_precision"]),
            "says": [amount(row) for row in table.to_dict("records")],
            "published": _as_known(table["published"], table["published_precision"]),
        }
    )


def _as_known(days: pd.Series, precisions: pd.Series) -> pd.Series:
    length = precisions.map({"day": 10, "month": 7, "year": 4})
    return pd.Series([f"{day:%Y-%m-%d}"[:n] for day, n in zip(days, length, strict=True)], days.index, dtype=object)


class Answer(NamedTuple):
    """Whether two figures may be compared: `yes`, `floor`, `part` or `no`, and the reason in words."""

    answer: str
    reason: str


def comparable(
    a: Mapping[str, object], b: Mapping[str, object], *, days: int = 31, with_withdrawn: bool = False
) -> Answer:
    """Whether figure `a` may stand beside figure `b`, with the reason.

    `yes`: the same quantity of the same people; `floor`: names beside the dead (names can only be too few);
    `part`: one scope lies within the other; `no`: the two count different things. Windows must be of one kind,
    their ends at most `days` apart. Retracted, doctored and hoax figures are refused unless `with_withdrawn`.
    """
    refusal = (
        _withdrawn(a, b, with_withdrawn)
        or _different_side(a, b)
        or _different_quantity(a, b)
        or _different_window(a, b, days)
    )
    return Answer("no", refusal) if refusal else _scopes(a, b)


def _withdrawn(a: Mapping, b: Mapping, allowed: bool) -> str:
    status = next((f["status"] for f in (a, b) if f["status"] in UNCOMPARABLE), "")
    return f"{status}: only when asked for, and marked" if status and not allowed else ""


def _different_side(a: Mapping, b: Mapping) -> str:
    return "" if a["side"] == b["side"] else "two sides"


def _different_quantity(a: Mapping, b: Mapping) -> str:
    quantities = {a["quantity"], b["quantity"]}
    if len(quantities) == 1 or quantities == {"named", "killed"}:
        return "no number on either side" if quantities == {"statement"} else ""
    if quantities == {"killed", "killed_and_wounded"}:
        return "killed and wounded beside killed: only through a stated ratio"
    if quantities == {"wounded", "wounded_cases"}:
        return "persons beside cases"
    return " beside ".join(str(f["quantity"]).replace("_", " ") for f in (a, b))


def _different_window(a: Mapping, b: Mapping, days: int) -> str:
    apart = {end: _days_apart(a[end], b[end]) for end in ("since", "until")}
    if {a["window"], b["window"]} == {"cumulative", "period"} and (apart["since"] or 0) > days:
        return f"a part of the war beside the whole war: since {apart['since']} days apart"
    if a["window"] != b["window"]:
        return f"{_a(a['window'])} beside {_a(b['window'])}"
    if apart["since"] is None and not (pd.isna(a["since"]) and pd.isna(b["since"])):
        return "one has no first day"
    if (apart["since"] or 0) > days:
        return f"since {apart['since']} days apart"
    if apart["until"] > days:
        return f"{apart['until']} days apart: compare each at its own date"
    return ""


def _a(word: object) -> str:
    return f"{'an' if str(word)[0] in 'aeiou' else 'a'} {word}"


def days_within(one: pd.Series, other: pd.Series | pd.Timestamp, days: int = 31) -> pd.Series:
    """Whether days are near enough for one number to be divided by the other: at most `days` apart; no if unknown."""
    return (one - other).abs() <= pd.Timedelta(days=days)


def _days_apart(a: object, b: object) -> int | None:
    return None if pd.isna(a) or pd.isna(b) else abs((pd.Timestamp(a) - pd.Timestamp(b)).days)


def _scopes(a: Mapping, b: Mapping) -> Answer:
    narrow, wide = (a, b) if b["scope"] in wider_scopes(a["scope"]) else (b, a)
    if wide["scope"] not in wider_scopes(narrow["scope"]):
        return Answer("no", f"neither of {a['scope']} and {b['scope']} contains the other")
    named = next((f for f in (narrow, wide) if f["quantity"] == "named"), None)
    if a["quantity"] != b["quantity"] and (named is narrow or a["scope"] == b["scope"]):
        return Answer("floor", "named is a floor of killed")
    if a["scope"] != b["scope"]:
        return Answer("part", f"{narrow['scope']} lie within {wide['scope']}")
    return Answer("yes", _how_near(a, b))


def _how_near(a: Mapping, b: Mapping) -> str:
    apart = max(_days_apart(a["until"], b["until"]), _days_apart(a["since"], b["since"]) or 0)
    if apart == 0:
        return "one window" + (", two vintages" if a["published"] != b["published"] else "")
    return f"same quantity, {apart} day{'s' if apart > 1 else ''} apart"


def compare(table: pd.DataFrame, pairs: list[tuple[str, str]]) -> pd.DataFrame:
    """What `comparable` answers for pairs of ids, one row per pair of which both are in `table`.

    Columns: `a`, `b` (the figures in words), `answer`, `reason`.
    """
    rows = table.set_index("id")
    both = [(rows.loc[a], rows.loc[b]) for a, b in pairs if a in rows.index and b in rows.index]
    told = [[_told(a), _told(b), *comparable(a, b)] for a, b in both]
    return pd.DataFrame(told, columns=["a", "b", "answer", "reason"])


def _told(figure: pd.Series) -> str:
    counted = figure["quantity"].replace("_", " ")
    return f"{figure['who']}, {figure['until']:%Y-%m-%d}: {amount(figure.to_dict())} {counted}"
