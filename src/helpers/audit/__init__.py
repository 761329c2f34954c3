"""The audit: what each number in the press says, recomputed from its inputs by the rules of data/claims/checks.toml."""

from helpers.audit.arithmetic import evaluate
from helpers.audit.rules import CHECKS, TESTS, AuditError, rules
from helpers.audit.tries import Tried, slip, tries
from helpers.audit.verdicts import SEEDS, VERDICTS, seeds, verdicts

__all__ = [
    "CHECKS", "SEEDS", "TESTS", "VERDICTS", "AuditError", "Tried", "evaluate", "rules", "seeds", "slip", "tries",
    "verdicts",
]  # fmt: skip
