"""Every choice of a notebook matters: changed once, an answer changes; what cannot be is refused in one sentence."""

import json
import re
from functools import lru_cache

import pytest
from IPython.core.interactiveshell import InteractiveShell

from helpers.choices import ChoiceError
from helpers.paths import NOTEBOOKS

# notebook, parameter, another value, and words of the cell whose output it changes ("": the answer)
CHANGED = [
    ("01_raw_lists", "smallest_group", 60, "profile.in_words(regions"),
    ("03_named_list", "level", 0.8, ""),
    ("03_named_list", "pace_over", 700, "It is the pace of finding names"),
    ("04_reporting_delay", "damping", 0.0, ""),
    ("04_reporting_delay", "fade", 1.0, ""),
    ("04_reporting_delay", "prior", 1.5, ""),
    ("04_reporting_delay", "floor", 0.6, ""),
    ("06_capture_recapture", "level", 0.5, 'shown = pairs.rename(columns={"a"'),
    ("06_capture_recapture", "least_shared", 1000, "checks.in_words(assumed)"),
    ("07_excess_mortality", "years", 7, ""),
    ("07_excess_mortality", "shape", "constant", ""),
    ("07_excess_mortality", "hiv", "left in", ""),
    ("07_excess_mortality", "last", 2018, ""),
    ("08_probate_registry", "correlation", 0.2, ""),
    ("10_territory_and_equipment", "days_apart", 3, "losses.middles_in_words(middles)"),
    ("10_territory_and_equipment", "least_area", 4500.0, ""),
    pytest.param("11_pooled_estimate", "share_walk", 0.1, "", marks=pytest.mark.slow),
    pytest.param("11_pooled_estimate", "coverage_walk", 0.05, "", marks=pytest.mark.slow),
    pytest.param("11_pooled_estimate", "age", 0.0, "", marks=pytest.mark.slow),
    ("13_validation", "errors", 6.0, ""),
]
REFUSED = [
    ("01_raw_lists", "smallest_group", 2, "smallest_group is 2: allowed is a number from 5 to 1000 people"),
    ("03_named_list", "level", 95, "level is 95: allowed is a number from 0.5 to 0.999"),
    ("03_named_list", "pace_over", 0, "pace_over is 0: allowed is a number from 30 to 1500 days"),
    ("04_reporting_delay", "damping", 2, "damping is 2: allowed is a number from 0 to 1"),
    ("04_reporting_delay", "fade", 0, "fade is 0: allowed is a number from 0.01 to 1"),
    ("04_reporting_delay", "prior", 0.5, "prior is 0.5: allowed is a number from 1 to 10 times"),
    ("04_reporting_delay", "floor", -1, "floor is -1: allowed is a number from 0 to 2"),
    ("06_capture_recapture", "level", "high", "level is 'high': allowed is a number from 0.5 to 0.999"),
    ("06_capture_recapture", "least_shared", 0, "least_shared is 0: allowed is a number from 1 to 1000 people"),
    ("07_excess_mortality", "years", 1, "a line through 1 baseline years: 3 or more are needed"),
    ("07_excess_mortality", "shape", "cubic", "shape is 'cubic': allowed are line, decay, constant"),
    ("07_excess_mortality", "hiv", "maybe", "hiv is 'maybe': allowed are removed, left in"),
    ("07_excess_mortality", "last", 2025, "last is 2025: allowed is a number from 2000 to 2021"),
    ("08_probate_registry", "correlation", 1.5, "correlation is 1.5: allowed are 0"),
    ("10_territory_and_equipment", "days_apart", 400, "days_apart is 400: allowed is a number from 0 to 366 days"),
    ("10_territory_and_equipment", "least_area", 0, "least_area is 0: allowed is a number from 1 to 100000 km²"),
    ("11_pooled_estimate", "share_walk", 0, "share_walk is 0: allowed is a number from 0.001 to 0.5"),
    ("11_pooled_estimate", "coverage_walk", 1, "coverage_walk is 1: allowed is a number from 0.001 to 0.5"),
    ("11_pooled_estimate", "age", 3, "age is 3: allowed is a number from 0 to 2"),
    ("13_validation", "errors", 0, "errors is 0: allowed is a number from 1 to 6"),
]


@lru_cache
def cells(notebook):
    """The code of a notebook and the tags of each cell."""
    content = json.loads((NOTEBOOKS / f"{notebook}.ipynb").read_text("utf-8"))
    return [("".join(c["source"]), c["metadata"].get("tags", [])) for c in content["cells"] if c["cell_type"] == "code"]


def shown(notebook, words, **given):
    """What the cell with `words` shows (the answer, without), when the parameters `given` are set."""
    shell = InteractiveShell()
    for code, tags in cells(notebook):
        told = shell.run_cell(code)
        if told.error_in_exec or told.error_before_exec:
            raise told.error_in_exec or told.error_before_exec
        if "parameters" in tags:
            shell.user_ns.update(given)
        if words in code if words else "answer" in tags:
            return getattr(told.result, "data", None) or told.result.to_string()
    raise AssertionError(f"{notebook} has no cell with {words!r}")


@lru_cache
def by_default(notebook, words):
    return shown(notebook, words)


@pytest.fixture(autouse=True)
def _in_the_notebooks_folder(monkeypatch, capsys):
    monkeypatch.chdir(NOTEBOOKS)


@pytest.mark.parametrize(("notebook", "name", "value", "words"), CHANGED)
def test_a_choice_changes_an_answer(notebook, name, value, words):
    assert shown(notebook, words, **{name: value}) != by_default(notebook, words)


@pytest.mark.parametrize(("notebook", "name", "value", "says"), REFUSED)
def test_a_choice_that_cannot_be_is_refused(notebook, name, value, says):
    with pytest.raises((ChoiceError, ValueError), match=r"(?s).*") as refusal:
        shown(notebook, "", **{name: value})
    assert says in str(refusal.value)


def test_every_choice_of_these_notebooks_is_tried():
    from helpers.publish import checks

    tried = {(case.values if hasattr(case, "values") else case)[:2] for case in CHANGED}
    for notebook in {name for name, _ in tried}:
        content = json.loads((NOTEBOOKS / f"{notebook}.ipynb").read_text("utf-8"))
        own = set(checks.declared(content)) - {"known_on", "data", "tables", "table", "worlds", "year"}
        assert own == {choice for name, choice in tried if name == notebook}


def test_the_example_of_the_readme_is_what_comes_out():
    readme = " ".join((NOTEBOOKS.parent / "README.md").read_text("utf-8").split())
    for given in ({}, {"shape": "constant"}):
        answer = shown("07_excess_mortality", "", **given)
        point, low, high = re.search(r"\*\*([\d,]+) more men .* from (\S+) to (\S+)\.\*\*", answer).groups()
        assert re.search(rf"\b{point} (more men died than expected|did) \({low} to {high}\)", readme)
