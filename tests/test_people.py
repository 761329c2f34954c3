"""Nothing that is written or published holds the full name of a private person, or leads to an obituary."""

import re
import subprocess
from functools import cache
from urllib.parse import unquote

import pandas as pd
import pytest

from helpers import simulate
from helpers.paths import BUILD, DATA, ROOT
from helpers.publish import checks

# a patronymic marks a full name in Russian; in addresses it stands in lower case, or as percent signs
PATRONYMIC = re.compile(
    r"\b[А-ЯЁ][а-яё]+(?:ович|евич|ьич|овна|евна|ична)\b|\b[a-z]{3,}(?:ovich|evich|ovna|evna|ichna)\b", re.IGNORECASE
)
TEXT = {".md", ".csv", ".toml", ".py", ".ipynb", ".html", ".js", ".json", ".txt", ".cff", ".yml", ".cfg", ""}
# the invented people of our own, in whose names the lists and the tests are written
INVENTED = ("data/lists/invented.csv", "data/codebooks/invented_names.csv")


@cache
def invented_words():
    words = {word.lower() for name in INVENTED for word in re.findall(r"\w+", (ROOT / name).read_text("utf-8"))}
    simulated = pd.read_csv(DATA / "lists" / "invented.csv", dtype=str, keep_default_na=False)
    words |= {word.lower() for name in simulated["name"] for word in name.split()}
    return words | {simulate.latin(word, scheme) for word in words for scheme in simulate.SCHEMES}


def full_names(text):
    """The patronymics in `text`, also percent-decoded, that belong to no invented person."""
    return sorted({found.lower() for found in PATRONYMIC.findall(unquote(text))} - invented_words() - NOT_NAMES)


# a patronymic alone, in the test of how names are written
NOT_NAMES = {"ильич"}


def test_a_name_is_found_in_text_and_in_an_address():
    decoded = "https://example.org/%D0%9F%D0%B0%D1%85%D0%BE%D0%BC%D0%BE%D0%B2%D0%B8%D1%87-1980"
    assert full_names(f"Pakhomovich, {decoded}, /petr-akakievich-b.html") == ["akakievich", "pakhomovich", "пахомович"]
    assert full_names("the deaths in January, by oblast") == []


def tracked():
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    names = [name for name in listed.stdout.splitlines() if name != "tests/test_people.py"]
    return [ROOT / name for name in names if (ROOT / name).suffix in TEXT and (ROOT / name).is_file()]


def test_the_repository_names_nobody():
    assert {str(path.relative_to(ROOT)): found for path in tracked() if (found := full_names(read(path)))} == {}


def test_no_output_names_anybody_or_leads_to_an_archive():
    written = [path for path in BUILD.rglob("*") if path.suffix in TEXT and path.is_file()]
    if not written:
        pytest.skip("nothing is built: `make report` builds it")
    assert {str(path.relative_to(BUILD)): found for path in written if (found := full_names(read(path)))} == {}
    hosts = {host for path in written for host in checks.ARCHIVE_HOSTS if f"//{host}" in unquote(read(path))}
    assert hosts == set()


def read(path):
    return path.read_text("utf-8", errors="replace")
