"""Losses in words: the sentences and tables in which a notebook shows ratios, the General Staff's claims, equipment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers import equipment
from helpers.estimate import ratio

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS = {
    ratio.OWN: "one claimant said both", ratio.MIXED: "two claimants", ratio.CASES: "cases of wounds, not persons",
    ratio.CIRCULAR: "over the General Staff's killed",
}  # fmt: skip
MACHINES = {
    "kind": "kind", "claimed": "claimed", "day": "claimed as of", "photographed": "photographed",
    "snapshot": "photographed as of about", "times": "claimed per photograph",
}  # fmt: skip
FORMS = {"claimed": "{:,.0f}", "day": "{:%Y-%m-%d}", "photographed": "{:,.0f}", "snapshot": "{:%Y-%m-%d}"}
HALF = 0.5


def wounded(middles: pd.DataFrame) -> tuple[str, str]:
    """Title (one value a side, of pairs by one claimant) and alternative text for the pairs, from `ratio.middles`."""
    own = middles[middles["kind"].eq(ratio.OWN) & middles["point"].notna()]
    values = ", ".join(f"{row.side.title()} {row.point:.1f}" for row in own.itertuples())
    title = f"Wounded per killed, if one claimant said both: {values}" if values else "Wounded per killed"
    told = [
        f"{row.side.title()}, {KINDS[row.kind]}: {row.pairs} pairs with a value"
        + (f" (middle {row.point:.1f})" if row.pairs else "")
        + f", {row.ends} with an end only"
        for row in middles.itertuples()
    ]
    return title, f"{title}. " + "; ".join(told) + "."


def middles_in_words(middles: pd.DataFrame) -> pd.DataFrame:
    """The rows of `ratio.middles` as a reader wants them: side, kind of pair, how many, and the middle half."""
    half = [f"{low:.1f}–{high:.1f}" if n else "" for low, high, n in middles[["low", "high", "pairs"]].to_numpy()]
    table = pd.DataFrame(
        {
            "side": middles["side"].str.title(),
            "pairs of": middles["kind"].map(KINDS),
            "with a value": middles["pairs"],
            "with an end only": middles["ends"],
            "middle": middles["point"].map(lambda value: "" if pd.isna(value) else f"{value:.1f}"),
            "half of them": half,
        }
    )
    return table.set_index("side")


def refused(pairs: pd.DataFrame) -> str:
    """How many of the pairs of `ratio.wounded_per_killed` were refused, and why."""
    reasons = pairs.loc[~pairs["answer"].isin(ratio.SAME_PEOPLE), "reason"].value_counts()
    return "; ".join(f"{number} pairs, {reason}" for reason, number in reasons.items()) or "none"


def wording(printed: pd.DataFrame, changed: tuple[pd.Timestamp, pd.Timestamp] | None) -> str:
    """The words that pages printed (`general_staff.wording`), and between which days they changed, as sentences."""
    seen = "; ".join(f"{r.day:%Y-%m-%d} {r.printed} ({r.publisher})" for r in printed.itertuples())
    between = (
        f"So it began to change between {changed[0]:%Y-%m-%d} and {changed[1]:%Y-%m-%d}." if changed
        else "A change of wording was not seen by this day."
    )  # fmt: skip
    late = printed[printed["word"].eq("killed") & printed["day"].gt(changed[1])] if changed else printed.iloc[:0]
    pages = "one page prints" if len(late) == 1 else f"{len(late)} pages print"
    old = f" Even later {pages} the old word, so a page's word is no proof." if len(late) else ""
    return f"The word as printed: {seen or 'no page was read'}. {between}{old}"


def course(panels: Mapping[str, pd.DataFrame]) -> str:
    """First, last, least and most of each ratio through time, for a picture's alternative text."""
    told = [
        f"{label}: first {r.iloc[0]:.2f}, last {r.iloc[-1]:.2f}, least {r.min():.2f}, most {r.max():.2f}"
        for label, r in ((label.replace("\n", " "), spans["ratio"]) for label, spans in panels.items())
    ]
    return "; ".join(told) + "."


def step(
    places: Mapping[str, pd.DataFrame],
    changed: tuple[pd.Timestamp, pd.Timestamp] | None,
    expected: float,
    known_on: str,
) -> str:
    """Whether the ratios step where the wording changed, by their steps at all `places`, as sentences.

    `expected`: how many times larger a count becomes that takes the wounded in.
    """
    found = {label: ratio.largest_within(table, *changed) for label, table in places.items()} if changed else {}
    found = {label: values for label, values in found.items() if pd.notna(values[0])}
    if not found or pd.isna(expected):
        return f"By {known_on} the check cannot be made: it needs the wording on both sides and a series by time."
    told = [
        f"{label.replace(chr(10), ' ')}: the largest step there is × {times:.2f}; {as_large} of {others} other places "
        "have one as large" for label, (times, as_large, others) in found.items()
    ]  # fmt: skip
    large = any(times > HALF * expected for times, _, _ in found.values())
    verdict = "A step of at least half that size is there" if large else "No step of even half that size is there"
    return (
        f"{'; '.join(told)}. Counting the wounded anew would be × {expected:.1f}, by the middle of what one claimant "
        f"said of both. **{verdict} where the wording changed.** The UK's figures run in one stream with the General "
        "Staff's, so they are no second witness; the names are one, but a noisy one, early above all."
    )


def machines(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of `equipment.side_by_side` as a reader wants them, empty where nothing is known."""
    cells = {c: table[c].map(lambda v, f=f: "" if pd.isna(v) else f.format(v)) for c, f in FORMS.items()}
    ends = zip(table["ratio"], table["ratio_high"], strict=True)
    times = ["" if pd.isna(point) else f"{point:.1f} (up to {high:.1f})" for point, high in ends]
    return table.assign(times=times, **cells).rename(columns=MACHINES)[list(MACHINES.values())].set_index("kind")


def photographs(table: pd.DataFrame, seen: pd.DataFrame, known_on: str) -> str:
    """What the ratios of claimed to photographed equipment are not, as sentences."""
    if table["photographed"].isna().all():
        return f"By {known_on} the snapshot of photographs was not in the data set: only the claims are shown."
    misfiled = [
        f"{r.category} ({r.photographed}) stand in the file with the {r.filed}, here with the {r.kind}"
        for r in seen[seen["filed"] != ""].itertuples()
    ]
    taken = equipment.snapshot_taken(seen)
    return (
        f"The snapshot has no day. Its tanks lie between two totals that Oryx had on {taken.earliest:%Y-%m-%d} and "
        f"{taken.latest:%Y-%m-%d}; divided evenly, that makes it {taken.day:%Y-%m-%d}. Beside it stand the claims of "
        "the nearest day, and in brackets the most that the ratio can be: with the claims of the latest day that the "
        "snapshot may have. Newer claims are not divided by it. For drones the two do not count the same things. "
        + "; ".join(misfiled) + "."
    )  # fmt: skip
