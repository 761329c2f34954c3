"""What governments say about an invented war: the dead of the day, seen through bias, rounding and delay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.figures import COLUMNS
from helpers.simulate.draws import SEED, stream
from helpers.simulate.people import BEGAN

if TYPE_CHECKING:
    import datetime

QUANTITIES = ("killed", "killed_and_wounded")


@dataclass(frozen=True)
class Claimant:
    """Who claims, and how.

    `bias`: what is claimed for each of the dead at the beginning, and `drift`: what is added to that in a year;
    `noise`: share by which a claim is off either way at most, beside the bias; `rounding`: claims are multiples of it;
    `half_range`: half the width of a range, as a share (0: a single value); `first`, `every`: day of the war of the
    first claim, and days between two; `lag`: days from the day a claim is about to its publication; `quantity`: killed
    or killed_and_wounded, with so many `wounded` for each killed; `repeats`: an earlier claimant, whose newest claim is
    repeated word for word.
    """

    name: str
    kind: str = "own_government"
    bias: float = 1.0
    drift: float = 0.0
    noise: float = 0.0
    rounding: int = 100
    half_range: float = 0.0
    first: int = 60
    every: int = 120
    lag: int = 14
    quantity: str = "killed"
    wounded: float = 3.0
    repeats: str = ""

    def __post_init__(self) -> None:
        if self.quantity not in QUANTITIES:
            raise ValueError(f"{self.name}: quantity is '{self.quantity}'; allowed are {', '.join(QUANTITIES)}")
        if min(self.rounding, self.every) < 1 or self.lag < 0:
            raise ValueError(f"{self.name}: rounding and every are at least 1, lag at least 0")


CLAIMANTS = (
    Claimant("Invented ministry", bias=0.12, rounding=1, first=25, every=200, lag=2),
    Claimant("Invented enemy", "adversary_government", bias=1.7, drift=-0.1, rounding=100, every=60, lag=1),
    Claimant("Invented ally", "third_party_government", bias=1.1, noise=0.2, rounding=1000, half_range=0.15, lag=40),
    Claimant("Invented minister abroad", "third_party_government", first=75, every=240, repeats="Invented ally"),
    Claimant(
        "Invented general staff", "adversary_government", bias=1.4, rounding=10, every=30, lag=1,
        quantity="killed_and_wounded",
    ),
)  # fmt: skip


def claims(
    people: pd.DataFrame,
    claimants: Sequence[Claimant] = CLAIMANTS,
    *,
    seed: int = SEED,
    began: datetime.date = BEGAN,
    side: str = "invented",
    scope: str = "invented soldiers",
) -> pd.DataFrame:
    """What the `claimants` say of the dead among `people`: figures, one row per claim, by day of publication.

    Columns as in `helpers.figures` (data/README.md); `side` and `scope` are no real ones unless the caller says so, so
    that no invented figure passes `figures.validate` by mistake; every `note` says that it is invented, and the truth
    behind it. ValueError for a claimant who repeats none before.
    """
    day = np.sort((people["death_date"] - pd.Timestamp(began)).dt.days.to_numpy())
    said: dict[str, pd.DataFrame] = {}
    for one in claimants:
        if one.repeats and one.repeats not in said:
            raise ValueError(f"{one.name} repeats '{one.repeats}', who is no claimant before; known: {', '.join(said)}")
        own = _own(one, day, stream(seed, f"claims of {one.name}"))
        said[one.name] = _repeated(own, said[one.repeats]) if one.repeats else own
    rows = pd.concat(said.values(), ignore_index=True)
    constant = {
        "kind": "claim", "side": side, "scope": scope, "window": "cumulative", "until_precision": "day",
        "published_precision": "day", "status": "standing", "method": "", "reports": "",
    }  # fmt: skip
    dates = {name: pd.Timestamp(began) + pd.to_timedelta(rows[name], "D") for name in ("until", "published")}
    table = rows.assign(**constant, **dates, since=pd.Timestamp(began), status_from=pd.NaT)[COLUMNS]
    return table.sort_values(["published", "id"], ignore_index=True).astype({"status_from": "datetime64[us]"})


def _own(one: Claimant, day: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """The claims of one claimant; days are days of the war."""
    until = np.arange(one.first, day[-1] + 1, one.every)
    killed = np.searchsorted(day, until, side="right")
    each = (one.bias + one.drift * until / 365) * (1 + one.noise * (2 * rng.random(len(until)) - 1))
    value = killed * each * (1 + one.wounded if one.quantity == "killed_and_wounded" else 1)
    ends = {"low": 1 - one.half_range, "point": np.nan, "high": 1 + one.half_range}
    ends = ends if one.half_range else {"low": np.nan, "point": 1.0, "high": np.nan}
    said = {name: one.rounding * np.rint(value * end / one.rounding) for name, end in ends.items()}
    slug = one.name.lower().replace(" ", "-")
    return pd.DataFrame(
        {
            "id": [f"{slug}-{number}" for number in range(1, len(until) + 1)], "who": one.name, "who_kind": one.kind,
            "quantity": one.quantity, "until": until, "published": until + one.lag, **said, "copies": "",
            "note": [f"invented; in truth {dead:,} were dead" for dead in killed],
        }
    )  # fmt: skip


def _repeated(own: pd.DataFrame, source: pd.DataFrame) -> pd.DataFrame:
    """The claims of one who repeats the newest claim of `source` on each of his days; before the first he is silent."""
    newest = np.searchsorted(source["published"].to_numpy(), own["published"].to_numpy(), side="right") - 1
    heard = source.iloc[newest[newest >= 0]].reset_index(drop=True)
    kept = own[newest >= 0].reset_index(drop=True)
    words = ["low", "point", "high", "quantity", "until", "note"]
    return kept.assign(**{name: heard[name] for name in words}, copies=heard["id"])
