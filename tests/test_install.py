"""Installing: every package that is imported is declared, and only a clone can be installed."""

import ast
import json
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions

import clones
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from helpers import install
from helpers.paths import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
DISTRIBUTIONS = packages_distributions()
# which extras a folder may import besides the dependencies of everyone; the first that fits a file counts
EXTRAS = {
    "src/helpers/publish": ["book"],
    "src/helpers/plots/style.py": ["book"],
    "src/helpers/validation/sweep.py": ["cluster"],
    "src/helpers/install.py": ["setup"],
    "src": [],
    "docs": ["book"],
}


def declared(extras):
    """The packages, by the names under which they are published, that these extras and the dependencies declare."""
    needs = [*PROJECT["dependencies"], *(one for extra in extras for one in PROJECT["optional-dependencies"][extra])]
    return {canonicalize_name(Requirement(need).name) for need in needs}


def imported(code):
    """The packages from outside Python that a program imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module.split(".")[0])
    return names - sys.stdlib_module_names - {"helpers"}


def undeclared(code, extras):
    """The imports of a program of which no package is declared."""
    known = declared(extras)
    return {
        name for name in imported(code) if not {canonicalize_name(one) for one in DISTRIBUTIONS.get(name, [])} & known
    }


def programs():
    return [path for folder in ("src", "docs") for path in sorted((ROOT / folder).rglob("*.py"))]


@pytest.mark.parametrize("path", programs(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_import_is_declared(path):
    place = path.relative_to(ROOT).as_posix()
    extras = next(extras for start, extras in EXTRAS.items() if place.startswith(start))
    assert undeclared(path.read_text("utf-8"), extras) == set()


@pytest.mark.parametrize(
    ("code", "extras", "found"),
    [
        ("def late():\n    from scipy import stats", [], set()),
        ("import pandas.api.types, pytest", [], {"pytest"}),
        ("from sphinx.cmd import build", [], {"sphinx"}),
        ("from sphinx.cmd import build\nimport yaml", ["book"], set()),
        ("import no_such_package", ["book"], {"no_such_package"}),
        ("import json\nfrom helpers import claims", [], set()),
    ],
)
def test_an_import_that_is_not_declared_is_found(code, extras, found):
    assert undeclared(code, extras) == found


def test_an_install_that_would_leave_the_tables_behind_is_refused_in_one_line(tmp_path):
    folder, target = clones.clone(tmp_path / "clone"), tmp_path / "target"
    pip = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-build-isolation", "--no-index"]
    done = subprocess.run([*pip, "--target", target, "."], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert done.stderr.count(install.REFUSAL) == 1
    assert "Traceback" not in done.stderr
    assert not target.exists()


@pytest.mark.parametrize("build", [install.build_wheel, install.build_sdist, install.prepare_metadata_for_build_wheel])
def test_no_copy_is_made_for_others(tmp_path, build):
    with pytest.raises(SystemExit, match=r"^By Name runs in its clone.*pip install --editable \.$"):
        build(str(tmp_path))
    assert not list(tmp_path.iterdir())


def test_a_clone_is_installed_where_it_is_and_jupyterlab_is_told_to_ask_no_other_host(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    with zipfile.ZipFile(tmp_path / install.build_editable(str(tmp_path))) as wheel:
        assert wheel.read("helpers.pth").decode().strip() == str(ROOT / "src")
        told = {name.partition(".data/data/")[2]: wheel.read(name) for name in wheel.namelist() if ".data/" in name}
    lab = json.loads(told["etc/jupyter/jupyter_lab_config.json"])["LabApp"]
    assert (lab["news_url"], lab["check_for_updates_class"]) == (None, "jupyterlab.NeverCheckForUpdate")
    (news,) = json.loads(told["etc/jupyter/labconfig/default_setting_overrides.json"]).values()
    assert news == {"checkForUpdates": False, "fetchNews": "false"}
