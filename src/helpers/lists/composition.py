"""What the named list is made of: groups as they were printed, day by day, as shares with all that is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers import own_tables
from helpers.figures import partial_date
from helpers.paths import DATA

if TYPE_CHECKING:
    from pathlib import Path

FACTS = DATA / "figures" / "composition.csv"
NUMBERS = ["total", "people", "share", "step"]
VALUES = ["low", "point", "high"]
FLOORS = ("over", "at least")
# how the note of a value begins whose group is our reading of other words
READ_AS = "printed as"
PRINTED = ("exact", "about", "rounded", "in words", *FLOORS)
# how a person came to the war: the list gives everyone one way, so these may be stacked
WAYS = ("volunteers", "prisoners", "mobilised")
BEFORE, UNKNOWN, REST = "in the army before the invasion", "route to the front unknown", "not stated"
STACK = (*WAYS, BEFORE, UNKNOWN)
UNLINKED, CONTRACTORS = "no link to the army before the invasion", "private military contractors"
GROUPS = (
    UNLINKED, *WAYS, CONTRACTORS, BEFORE, "conscripts", UNKNOWN,
    "officers", "lieutenant colonels and higher", "generals", "aged 33-35", "from places under 100,000 people",
)  # fmt: skip


def read(path: Path = FACTS) -> pd.DataFrame:
    """What was printed about groups on the named list; one row per group and printed value, by day.

    Columns: `group`; `until` (day of the count; of a month its last day, never after publication) and
    `until_precision`; `published`; `total` (the whole list that day, people; missing where none was printed);
    `people` or `share` (percent), whichever was printed; `printed` (see PRINTED); `step` (the grid on which a value
    that is not exact was printed: 100 people, 1 percent); `claim` (id in the ledger, or ""), `source`, `note`.

    ValueError naming file, line and column for a value that cannot be right.
    """
    rows = own_tables.read(path, dtype=str, keep_default_na=False)
    spans = [partial_date(text) for text in rows["until"]]
    published = pd.to_datetime(rows["published"])
    until = pd.Series([span.last for span in spans])
    table = rows.assign(
        published=published,
        until=until.where(until <= published, published),
        until_precision=[span.precision for span in spans],
        **{name: pd.to_numeric(rows[name]) for name in NUMBERS},
    )
    _check(path, table)
    return table


def _check(path: Path, table: pd.DataFrame) -> None:
    faults = {
        "people": (table["people"].notna() == table["share"].notna(), "either people or a share is needed, not both"),
        "total": (table["people"] > table["total"], "a group cannot have more people than the whole list"),
        "share": (table["share"] > 100, "a share is at most 100 percent"),
        "printed": (~table["printed"].isin(PRINTED), f"allowed are {', '.join(PRINTED)}"),
        "step": (
            table["printed"].isin(("about", "rounded", "in words")) & table["step"].isna(),
            "a value that is not exact needs the grid on which it was printed",
        ),
    }
    for column, (wrong, rule) in faults.items():
        if wrong.any():
            row = wrong.idxmax()
            raise own_tables.TableError(
                f"{path.name}, row {row + 2}, column {column}: '{table[column][row]}' of {table['group'][row]}: {rule}"
            )


def known_by(table: pd.DataFrame, day: str | pd.Timestamp) -> pd.DataFrame:
    """The rows of `table` that were published by the end of `day`."""
    return table[table["published"] <= pd.Timestamp(day)].reset_index(drop=True)


def shares(table: pd.DataFrame) -> pd.DataFrame:
    """Each row of `table` (`read`) as a share of the list of its own day: columns `low`, `point`, `high` (percent).

    An exact count has no interval, a value printed on a grid reaches half a step up and down, "over" and "at least"
    have only a low end. Missing where a number of people was printed without a total: nothing is divided by the
    total of another day.
    """
    of = table["total"].where(table["people"].notna(), 100)
    value, half = table["people"].fillna(table["share"]), table["step"].fillna(0) / 2
    floor = table["printed"].isin(FLOORS)
    low, high = value - half.where(~floor, 0), (value + half).where(~floor)
    ends = {"low": low, "point": value.where(~floor), "high": high}
    return table.assign(**{name: 100 * end / of for name, end in ends.items()})


def newest(told: pd.DataFrame, groups: tuple[str, ...] = GROUPS) -> pd.DataFrame:
    """The newest that was printed about each of `groups` (rows of `shares`), in their order; one row per group.

    A number of people goes before a share of the same day. Columns besides: `first` (day of its first count) and
    `times` (how many of the printed values are about it). Groups overlap (an officer may be a volunteer) and days
    differ: these shares do not add up to 100.
    """
    some = told[told["group"].isin(groups)].sort_values(["until", "people"], na_position="first", kind="stable")
    each = some.groupby("group", as_index=False).agg(first=("until", "min"), times=("until", "size"))
    last = some.drop_duplicates("group", keep="last").merge(each, on="group")
    return last.sort_values("group", key=lambda group: group.map(groups.index), ignore_index=True)


def in_words(made_of: pd.DataFrame) -> pd.DataFrame:
    """The table of `newest` to be read: one row per group as its index, every cell a text, headings with units.

    A share with a note (`notes`) has an asterisk.
    """
    rows = made_of.to_dict("records")
    return pd.DataFrame(
        {
            "counted to": [day(row) for row in rows],
            "names": [_said(row, "people", "{:,.0f}") for row in rows],
            "of the list's": [_text(row["total"], "{:,.0f}") for row in rows],
            "share of the list": [percent(row) + " *" * bool(row["note"]) for row in rows],
            "printed": [_times(row) for row in rows],
        },
        index=pd.Index(made_of["group"], name=None),
    )


def notes(made_of: pd.DataFrame) -> str:
    """What a reader should know besides of the values of `newest`, a sentence each, in Markdown; "" where nothing."""
    noted = made_of[made_of["note"] != ""]
    told = [f"{row['group']}, {day(row)}: {row['note']}" for row in noted.to_dict("records")]
    return f"\\* {'; '.join(told)}." if told else ""


def day(row: dict) -> str:
    """The day that a row is about, as far as it is known: 2024-04-19, or 2023-11."""
    return f"{row['until']:%Y-%m-%d}"[: {"day": 10, "month": 7, "year": 4}[row["until_precision"]]]


def percent(row: dict) -> str:
    """The share of a row of `shares` in words: 37.1 %, 14.0 % (13.5–14.5), at least 52.0 %, not known."""
    if pd.isna(row["low"]):
        return "not known"
    if pd.isna(row["high"]):
        return f"{row['printed']} {row['low']:.1f} %"
    form = "{:.1f}" if row["high"] >= 1 else "{:.2f}"
    low, point, high = (form.format(row[name]) for name in VALUES)
    return f"{point} %" if low == high else f"{point} % ({low}–{high})"


def _said(row: dict, name: str, form: str) -> str:
    words = "" if row["printed"] in ("exact", "rounded", "in words") else f"{row['printed']} "
    return words * pd.notna(row[name]) + _text(row[name], form)


def _text(value: float, form: str) -> str:
    return "not printed" if pd.isna(value) else form.format(value)


def _times(row: dict) -> str:
    return "once" if row["times"] == 1 else f"{row['times']} times since {row['first']:%Y-%m}"


def ways(told: pd.DataFrame) -> pd.DataFrame:
    """How the dead had come to the war, on each day on which two of WAYS or all were printed; rows of `shares` in.

    One row per day and part of the list: the groups of STACK that were printed that day and the rest, `not stated`,
    which makes them 100: everyone whose way was not printed, not found or is none of these. Columns: `until`,
    `until_precision`, `total`, `group`, `low`, `point`, `high` (percent; the bounds of the rest from those of the
    others), `without` (which of WAYS was not printed that day and hides in the rest). A count goes before a share of
    the same day; floors are no parts. Two totals printed for one day are two days here.
    """
    parts = told[told["group"].isin(STACK) & told["point"].notna()].sort_values(["until", "people"], kind="stable")
    days = parts.assign(total=parts["total"].fillna(0)).drop_duplicates(["until", "total", "group"])
    kept = [_with_rest(some) for _, some in days.groupby(["until", "total"]) if some["group"].isin(WAYS).sum() > 1]
    columns = ["until", "until_precision", "total", "group", *VALUES, "without"]
    return pd.concat(kept, ignore_index=True)[columns] if kept else pd.DataFrame(columns=columns)


def _with_rest(some: pd.DataFrame) -> pd.DataFrame:
    low, point, high = 100 - some["high"].sum(), 100 - some["point"].sum(), 100 - some["low"].sum()
    rest = some.iloc[[0]].assign(group=REST, low=max(low, 0), point=point, high=high)
    ordered = some.sort_values("group", key=lambda group: group.map(STACK.index))
    without = ", ".join(way for way in WAYS if way not in set(some["group"]))
    return pd.concat([ordered, rest]).assign(without=without)


def checks(told: pd.DataFrame) -> pd.DataFrame:
    """The assumptions behind the shares (`told`: rows of `shares`) and whether they hold, one row each.

    Columns: `assumption`; `result` (`held`, `failed`, or `informational` where what is known cannot decide it, as with
    a value whose group is our own reading of other words); `says`.
    """
    rows = [_whole(ways(told)), _both_ways(told), *_unlinked(told), _ranks(told)]
    return pd.DataFrame(rows, columns=["assumption", "result", "says"])


def _whole(parts: pd.DataFrame) -> tuple[str, str, str]:
    name = "the ways of one day fit into the whole"
    rest = parts[parts["group"] == REST]
    if rest.empty:
        return name, "informational", "On no day were two ways printed together."
    least = rest.loc[rest["point"].astype(float).idxmin()]
    says = f"On {len(rest)} days; the least that is left over is {least['point']:.0f} % ({day(least)})."
    return name, "held" if (rest["high"] >= 0).all() else "failed", says


def _both_ways(told: pd.DataFrame) -> tuple[str, str, str]:
    name = "numbers and percentages of one day agree"
    keys = ["group", "until", "total"]
    counted, rounded = (told[told[one].notna() & told["point"].notna()] for one in ("people", "share"))
    both = counted.merge(rounded, on=keys, suffixes=("", "_share"))
    if both.empty:
        return name, "informational", "No group was printed in both forms on one day."
    agree = (both["high"] >= both["low_share"]) & (both["low"] <= both["high_share"])
    says = "; ".join(
        f"{r.group} {day(r._asdict())}: {r.point:.1f} and {r.point_share:.0f} %" for r in both.itertuples()
    )
    return name, "held" if agree.all() else "failed", f"{says[0].upper()}{says[1:]}."


def _unlinked(told: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Whether those without a link to the army are volunteers, prisoners and mobilised, but for contractors."""
    name = "those without a link to the army are the three ways, but for contractors"
    parts = ways(told)
    whole = parts[(parts["without"] == "") & parts["group"].isin(WAYS)].groupby("until")[VALUES].sum()
    contractors = told.loc[told["group"] == CONTRACTORS, "high"].max() if CONTRACTORS in set(told["group"]) else 0
    rows = []
    for row in told[told["group"] == UNLINKED].to_dict("records"):
        if whole.empty:
            rows.append((name, "informational", f"{day(row)}: {percent(row)}; the three had not yet been printed."))
            continue
        if row["note"].startswith(READ_AS):
            says = f"{day(row)}: {percent(row)}, {row['note']}: our reading tests nothing."
            rows.append((name, "informational", says))
            continue
        near = whole.iloc[int(abs(whole.index - row["until"]).argmin())]
        more = row["low"] - near["high"]
        fits = more <= contractors and not row["high"] < near["low"]
        says = f"{day(row)}: {percent(row)}; the three of {near.name:%Y-%m-%d} are {near['point']:.0f} % together."
        rows.append((name, "held" if fits else "failed", says))
    return rows


def _ranks(told: pd.DataFrame) -> tuple[str, str, str]:
    says = "An officer may be a volunteer or mobilised: ranks, ages and homes are shown apart, never stacked on ways."
    return "rank and way overlap", "informational", says
