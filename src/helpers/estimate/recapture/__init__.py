"""Capture-recapture: how many people there are in all, from how many are on several lists at once.

`table` reads overlap tables and refuses those from which nothing can be said; `chapman` takes two lists, `loglinear`,
`search` and `averaging` three to five, `heterogeneity` six and more, `covariates` what is known of each person;
`decomposable` averages by Bayes' rule, and `overview` runs all that a table allows.
"""

from helpers.estimate.recapture.chapman import chapman, pairs
from helpers.estimate.recapture.overview import assumptions, estimates, tried
from helpers.estimate.recapture.table import Overlap, OverlapError, cases, computed, example, overlap, published, read

__all__ = [
    "Overlap",
    "OverlapError",
    "assumptions",
    "cases",
    "chapman",
    "computed",
    "estimates",
    "example",
    "overlap",
    "pairs",
    "published",
    "read",
    "tried",
]
