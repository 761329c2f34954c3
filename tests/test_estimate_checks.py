"""Checks of assumptions: three results, and none other."""

import pytest

from helpers.estimate.checks import FAILED, HELD, INFORMATIONAL, Check, as_table, check, in_words


@pytest.mark.parametrize(("held", "result"), [(True, HELD), (False, FAILED), (None, INFORMATIONAL)])
def test_a_check_is_held_failed_or_informational(held, result):
    assert check("names are people", held, "Seen.") == Check("names are people", result, "Seen.")


def test_checks_are_read_as_a_table_and_as_a_list():
    found = [check("a", True, "One."), check("b", None, "Two.")]
    assert as_table(found)["result"].to_dict() == {"a": "held", "b": "informational"}
    assert in_words(found) == "- *held*: **a.** One.\n- *informational*: **b.** Two."


def test_another_result_is_refused():
    with pytest.raises(ValueError, match="'a' ends in 'passed': allowed are held, failed, informational"):
        as_table([Check("a", "passed", "One.")])
