"""The audit: what each number in the press says, recomputed from its inputs by the rules of data/claims/checks.toml."""

from helpers.audit.arithmetic import evaluate
from helpers.audit.rules import CHECKS, TESTS, AuditError, rules
from helpers.audit.tries import Tried, slip, tries
from helpers.audit.verdicts import SEEDS, VERDICTS, seeds, verdicts
from helpers.audit.words import sentence, sentences, tally

__all__ = [
    "CHECKS", "SEEDS", "TESTS", "VERDICTS", "AuditError", "Tried", "evaluate", "rules", "seeds",
    "sentence", "sentences", "slip", "tally", "tries", "verdicts",
]  # fmt: skip
