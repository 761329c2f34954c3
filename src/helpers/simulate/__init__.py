"""An invented war with known truth: people who never lived, and the lists on which others find them."""

from helpers.simulate.capture import chances, counts, overlaps
from helpers.simulate.damage import DAMAGE, Damage
from helpers.simulate.files import INVENTED, write, write_default
from helpers.simulate.finding import LISTS, RawList, found
from helpers.simulate.governments import CLAIMANTS, Claimant, claims
from helpers.simulate.mortality import Baseline, Statistics, deaths
from helpers.simulate.people import BEGAN, WORLDS, people
from helpers.simulate.spelling import SCHEMES, latin
from helpers.simulate.writing import COLUMNS, InventedList, InventedRecords, invented_list, records, written

__all__ = [
    "BEGAN", "CLAIMANTS", "COLUMNS", "DAMAGE", "INVENTED", "LISTS", "SCHEMES", "WORLDS", "Baseline", "Claimant",
    "Damage", "InventedList", "InventedRecords", "RawList", "Statistics", "chances", "claims", "counts", "deaths",
    "found", "invented_list", "latin", "overlaps", "people", "records", "write", "write_default", "written",
]  # fmt: skip
