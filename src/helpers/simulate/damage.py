"""How an invented list is written: every way in which an entry may differ from the truth, each with its rate."""

from __future__ import annotations

from dataclasses import dataclass, fields

EXCLUSIVE = {
    "birth": ("birth_missing", "birth_year_only", "birth_first_of_year", "birth_shifted", "birth_swapped"),
    "death": (
        "death_missing", "death_month_only", "death_year_only", "death_first_of_month", "death_shifted",
        "death_swapped",
    ),
    "region": ("region_missing", "region_renamed", "region_wrong"),
}  # fmt: skip


@dataclass(frozen=True)
class Damage:
    """Rates, each a share (0 to 1) of the entries, at which something is written otherwise than it was.

    The defaults make an ordinary list; `Damage.none()` writes the truth. A rate holds for the entries that the damage
    can befall: a date is swapped only where the day may be a month, a given name shortened only where it has a short
    form. Of the ways to write one date, or a region, an entry meets at most one. ValueError for what is no share.
    """

    # the name as a whole
    latin: float = 0.03  # in Latin letters, in one of the schemes of `spelling.SCHEMES`; Cyrillic only
    given_first: float = 0.2  # given name before surname where the whole name is printed
    capitals: float = 0.05  # surname in capitals where the whole name is printed
    swapped: float = 0.004  # surname and given name in each other's column
    initials: float = 0.03  # given name and patronymic by their first letters
    whole_name_only: float = 0.0  # parts of the name in no columns of their own (only in what `written` gives)
    # its parts
    surname_misspelt: float = 0.05  # one slip: of the finger, the ear or the scanner
    given_misspelt: float = 0.02
    patronymic_misspelt: float = 0.03
    given_missing: float = 0.005
    patronymic_missing: float = 0.18  # few obituaries print it
    diminutive: float = 0.02  # friends write the short form
    plain_letters: float = 0.7  # е for ё; in the Arabic script ا for أ, ه for ة, ي for ى
    spaced: float = 0.1  # a compound Arabic name in two words
    article_missing: float = 0.03  # an Arabic name without its ال
    # dates
    birth_missing: float = 0.25
    birth_year_only: float = 0.25
    birth_first_of_year: float = 0.05  # a year entered as its first day
    birth_shifted: float = 0.02  # by up to 40 days
    birth_swapped: float = 0.015  # day and month
    age_missing: float = 0.3
    age_off: float = 0.04  # by a year
    death_missing: float = 0.15
    death_month_only: float = 0.15
    death_year_only: float = 0.05
    death_first_of_month: float = 0.05  # a month entered as its first day
    death_shifted: float = 0.12  # by up to 14 days, for a day of news or burial is taken for it
    death_swapped: float = 0.01
    confirmed_missing: float = 0.02  # the day on which the list published the entry
    # where from, and how they served
    region_missing: float = 0.06
    region_renamed: float = 0.05  # by another name of the same region
    region_wrong: float = 0.03  # another region: of birth, or of the unit
    settlement_missing: float = 0.5
    branch_missing: float = 0.4
    unit_missing: float = 0.55
    unit_reworded: float = 0.25
    rank_missing: float = 0.33
    rank_drift: float = 0.06  # the next higher rank: many are promoted after death
    status_missing: float = 0.3
    status_drift: float = 0.03
    # rows
    fakes: float = 0.002  # entries put there about nobody, made of pieces of other people
    slips: float = 0.01  # a cell that cannot be right (only in what `written` gives)

    def __post_init__(self) -> None:
        for one in fields(self):
            if not 0 <= getattr(self, one.name) <= 1:
                raise ValueError(f"{one.name} is {getattr(self, one.name)}: allowed is a share from 0 to 1")
        for what, names in EXCLUSIVE.items():
            if (together := sum(self.of(what))) > 1 + 1e-9:
                raise ValueError(f"{', '.join(names)} are {together:g} together: allowed is at most 1")

    def of(self, what: str) -> list[float]:
        """The rates of the ways, which exclude each other, to write `what`: birth, death or region."""
        return [getattr(self, name) for name in EXCLUSIVE[what]]

    @classmethod
    def none(cls, **rates: float) -> Damage:
        """No damage at all but the `rates` given."""
        return cls(**{one.name: rates.pop(one.name, 0.0) for one in fields(cls)}, **rates)


# how the lists of `finding.LISTS` are written
DAMAGE = {
    "invented memorial": Damage(
        patronymic_missing=0.08, birth_missing=0.1, region_missing=0.03, settlement_missing=0.3
    ),
    "invented press": Damage(whole_name_only=1.0, given_first=0.5, birth_missing=0.45, age_missing=0.15),
    "invented relatives": Damage(
        whole_name_only=1.0, diminutive=0.08, initials=0.01, patronymic_missing=0.3, birth_missing=0.3
    ),
    "invented graves": Damage(
        birth_missing=0.03, birth_year_only=0.15, death_missing=0.02, death_shifted=0.03, unit_missing=0.8,
        plain_letters=0.3, rank_missing=0.5,
    ),
    "invented abroad": Damage(
        latin=0.9, patronymic_missing=0.5, initials=0.05, death_month_only=0.3, settlement_missing=0.9
    ),
}  # fmt: skip
