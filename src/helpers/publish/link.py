"""Record linkage on a list of your own: the notebook, people, links and rows set aside, in a folder of yours."""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path

import pandas as pd

from helpers import texts
from helpers.lists import own
from helpers.paths import NOTEBOOKS
from helpers.publish import notebooks, own_folder

NOTEBOOK = NOTEBOOKS / "02_linkage.ipynb"
REFUSAL = re.compile(r"^.*?, cell \d+: L\w+Error: ")  # where in the notebook lists were refused; the reason follows
USAGE = "make link LIST=my_list.toml, where my_list.toml says how to read your list (data/lists/my_list.toml shows how)"


def run(mapping: Path, folder: Path | None = None) -> Path:
    """The folder in which the notebook on linkage stands after it ran on the lists of `mapping`, with its tables.

    `folder`: by default `<name>_linked` beside `mapping`. It gets 02_linkage.ipynb, people.csv, links.csv,
    quarantine.csv and summary.csv when all are whole; other files in it are left alone. Nothing goes anywhere else.
    ListError for lists that cannot be read and for a folder inside the repository, NotebookFailure if they cannot be
    linked, OSError if nothing can be written.
    """
    own.read(mapping)  # the reason why a list cannot be read, before a kernel has started
    folder = (folder or mapping.with_name(f"{mapping.stem}_linked")).resolve()
    _refuse(folder)
    with own_folder.filled(folder) as made:
        paths = {"lists": mapping.resolve(), "tables": made}
        seen_from = {name: Path(os.path.relpath(path, NOTEBOOKS)).as_posix() for name, path in paths.items()}
        notebooks.run_into(made / NOTEBOOK.name, NOTEBOOK, seen_from)
    return folder


def _refuse(folder: Path) -> None:
    """Refuse a folder of the repository, and one that holds something else than an earlier run."""
    own.refuse_repository(folder)
    if folder.exists() and not folder.is_dir():
        raise own.ListError(f"{folder.name}: a file, not a folder; name another FOLDER")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / NOTEBOOK.name).is_file():
        raise own.ListError(f"{folder.name}: holds other files, which might be written over; name a new FOLDER")


def summary(folder: Path) -> str:
    """What a run found, to be read in a terminal: rows, lists, people with their interval, and what contradicts it."""
    table = pd.read_csv(folder / "summary.csv").set_index("quantity")
    numbers = table[table["point"].notna()].drop(columns="says")
    shown = numbers.map("{:,.0f}".format, na_action="ignore").fillna("").rename_axis(None).to_string()
    warnings = [f"{name}: {texts.in_terminal(says, 1000)}" for name, says in table["says"].dropna().items()]
    return "\n".join([shown, *warnings])


def main() -> int:
    """Run the notebook on the lists that the command line names; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m helpers.publish.link", description=__doc__)
    parser.add_argument("list", help="a TOML file that says how to read your lists; data/lists/my_list.toml shows how")
    parser.add_argument("--folder", type=Path, help="default: <name>_linked beside the TOML file")
    asked = parser.parse_args()
    if not asked.list:
        print(f"no list: {USAGE}", file=sys.stderr)
        return 1
    try:
        folder = run(Path(asked.list).expanduser(), asked.folder and asked.folder.expanduser())
    except (own.ListError, notebooks.NotebookFailure) as failure:
        print(texts.in_terminal(REFUSAL.sub("", str(failure).splitlines()[0]), 1000), file=sys.stderr)
        return 1
    except OSError as error:
        says = f"{error.strerror or error}; free some space, or name a FOLDER in which you may write"
        where = texts.in_terminal(asked.folder or asked.list)
        print(f"{where}: results cannot be written ({says})", file=sys.stderr)
        return 1
    print(f"{summary(folder)}\nnotebook and tables: {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
