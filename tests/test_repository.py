"""What the repository promises on its first pages, held against what is in it."""

import csv
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from helpers.paths import DATA, EDITIONS, NOTEBOOKS, ROOT
from helpers.publish import checks, editions

README = (ROOT / "README.md").read_text("utf-8")
CODEBOOK = (DATA / "README.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
TABLES = sorted(
    path.relative_to(DATA).as_posix()
    for path in DATA.rglob("*")
    if path.suffix in (".csv", ".toml", ".parquet") and path.relative_to(DATA).parts[0] != "raw"
)
WALK = sorted(NOTEBOOKS.rglob("*.ipynb"))


def citation():
    return yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))


def cff_errors(content):
    """Errors by the published schema of the Citation File Format 1.2.0 (its authors, CC BY 4.0)."""
    from jsonschema import Draft7Validator

    schema = json.loads((ROOT / "tests" / "data" / "cff-1.2.0-schema.json").read_text("utf-8"))
    return [error.message for error in Draft7Validator(schema).iter_errors(content)]


def test_the_citation_keeps_to_its_schema():
    assert cff_errors(citation()) == []


def test_a_citation_with_a_slip_does_not():
    assert cff_errors(citation() | {"licence": "MIT"}) != []
    assert cff_errors({key: value for key, value in citation().items() if key != "authors"}) != []


def test_the_citation_names_the_version_and_the_licences_of_the_package():
    assert citation()["version"] == PROJECT["version"]
    assert sorted(citation()["license"]) == sorted(PROJECT["license"].split(" AND "))
    assert f"## [{PROJECT['version']}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_licence_file_holds_both_licences():
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Permission is hereby granted, free of charge" in text
    assert "https://creativecommons.org/licenses/by/4.0/legalcode" in text


def locked(lock):
    """The versions of a lock by package, and the lines that have no hash."""
    blocks = re.findall(r"^[A-Za-z0-9][^\n]*(?:\n(?:    --hash|\s*#)[^\n]*)*", lock, re.MULTILINE)
    versions, bare = {}, []
    for block in blocks:
        requirement = Requirement(block.partition("\n")[0].rstrip(" \\"))
        versions.setdefault(canonicalize_name(requirement.name), []).append(
            str(requirement.specifier).removeprefix("==")
        )
        if "--hash=sha256:" not in block:
            bare.append(requirement.name)
    return versions, bare


def disagreements(dependencies, lock):
    """The dependencies that a lock lacks, or has at a version that does not satisfy them."""
    versions, _ = locked(lock)
    needed = map(Requirement, dependencies)
    return [
        str(n) for n in needed if not all(map(n.specifier.contains, versions.get(canonicalize_name(n.name), ["none"])))
    ]


def dependencies():
    """All but the peer that the benchmark of linkage is run beside: no reader of the report needs it."""
    extras = {name: needs for name, needs in PROJECT["optional-dependencies"].items() if name != "bench"}
    return [*PROJECT["dependencies"], *(one for needs in extras.values() for one in needs)]


def test_every_dependency_is_in_the_lock_at_a_version_that_satisfies_it():
    assert disagreements(dependencies(), LOCK) == []


@pytest.mark.parametrize("wrong", ["pandas>=99", "no-such-package>=1"])
def test_a_dependency_that_the_lock_does_not_satisfy_is_found(wrong):
    assert disagreements([*dependencies(), wrong], LOCK) == [wrong]


def test_every_line_of_the_lock_has_a_hash_and_none_an_address():
    versions, bare = locked(LOCK)
    assert len(versions) > len(dependencies())
    assert bare == []
    assert "://" not in LOCK
    assert not re.search(r"^\s*--(?!hash)", LOCK, re.MULTILINE)


def test_a_line_without_a_hash_is_found():
    assert locked("pandas==3.1.0\n    # via by-name\npooch==1.9.0 \\\n    --hash=sha256:ab\n")[1] == ["pandas"]


def test_conda_and_binder_install_the_same_lock_on_a_python_that_the_package_allows():
    *conda, pip = ENVIRONMENT["dependencies"]
    python = next(one.partition("=")[2] for one in conda if one.startswith("python="))
    assert pip == {"pip": ["-r requirements.lock"]}
    assert SpecifierSet(PROJECT["requires-python"]).contains(python)
    assert f"--python-version {python}" in LOCK
    assert "pip install --no-deps --no-build-isolation --editable ." in (ROOT / "postBuild").read_text("utf-8")
    assert os.access(ROOT / "postBuild", os.X_OK)


def test_every_make_command_of_the_readme_is_a_target():
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", README, re.MULTILINE))
    assert {"report", "test", "data"} <= named <= set(targets)


def test_every_file_that_the_readme_links_to_is_there():
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README + CODEBOOK) if "://" not in link]
    assert links
    assert [link for link in links if not ((ROOT / link).exists() or (DATA / link).exists())] == []


def test_the_lines_of_the_readme_run():
    lines = re.search(r"```python\n(.*?)```", README, re.DOTALL)[1]
    run = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, cwd=ROOT, check=False)
    assert run.returncode == 0, run.stderr
    assert "Russian" in run.stdout or "Mediazona" in run.stdout


@pytest.mark.parametrize(
    "source", tomllib.loads((DATA / "sources.toml").read_text("utf-8")).items(), ids=lambda s: s[0]
)
def test_the_readme_names_every_data_set_with_its_licence_and_day(source):
    one, facts = source
    row = next((line for line in README.splitlines() if f"(`{one}`)" in line), "")
    assert [facts[key] for key in ("title", "licence", "published") if facts[key] not in row] == []


def described(codebook):
    """The columns that a codebook describes, by table."""
    sections = re.split(r"^## ", codebook, flags=re.MULTILINE)[1:]
    return {s.partition("\n")[0].strip(): re.findall(r"^\| `([^`]+)` \|", s, re.MULTILINE) for s in sections}


def columns(path):
    if path.suffix == ".toml":
        return list(next(iter(tomllib.loads(path.read_text("utf-8")).values())))
    with path.open(encoding="utf-8", newline="") as table:
        return next(csv.reader(table))


def test_every_table_is_in_the_codebook_and_the_codebook_describes_no_other():
    assert sorted(described(CODEBOOK)) == TABLES


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_in_the_codebook(table):
    assert sorted(described(CODEBOOK).get(table, [])) == sorted(columns(DATA / table))


def test_a_column_that_is_not_described_is_found():
    without = CODEBOOK.replace("| `who_kind` |", "| who_kind |")
    assert set(columns(DATA / "claims" / "claims.csv")) - set(described(without)["claims/claims.csv"]) == {"who_kind"}


@pytest.mark.parametrize("notebook", WALK, ids=lambda path: path.stem)
def test_every_notebook_has_the_form_of_the_house(notebook):
    assert checks.notebook_faults(notebook) == []


def declared():
    return {path.stem: set(checks.declared(json.loads(path.read_text("utf-8")))) for path in WALK}


@pytest.mark.parametrize("file", sorted(EDITIONS.glob("*.toml")), ids=lambda path: path.stem)
def test_an_edition_sets_only_parameters_that_a_notebook_has(file):
    assert checks.unknown_parameters(editions.read(file.stem).parameters, declared(), file.name) == []


def test_the_notebooks_are_there():
    assert {"01_raw_lists", "03_named_list", "09_claims", "12_comparison"} <= {path.stem for path in WALK}


def test_no_text_of_ours_links_to_an_archive_host():
    texts = [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *DATA.glob("*.md"), *Path(DATA).rglob("*.csv")]
    addresses = [
        (p.name, a) for p in texts if "raw" not in p.parts for a in re.findall(r"https?://[^\s)>,\"]+", p.read_text())
    ]
    assert addresses
    assert [(name, address) for name, address in addresses if checks.is_archive(address)] == []


# raw on purpose: invented lists hold formulas that readers have to refuse, and a sweep's table holds numbers alone
WRITES_ITSELF = {"csv_files.py", "own.py", "results.py", "files.py", "validate.py"}


def test_every_table_is_written_so_that_no_cell_is_a_formula():
    code = {path.name: path.read_text("utf-8") for path in [*(ROOT / "src").rglob("*.py"), *WALK]}
    assert {name for name, text in code.items() if ".to_csv(" in text} == WRITES_ITSELF
    for name in ("own.py", "results.py"):
        assert code[name].count(".to_csv(") == code[name].count("csv_files.harmless(")
