"""Run notebooks: with an edition's parameters into build/, or with their defaults where they stand."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from helpers import sources
from helpers.paths import NOTEBOOKS, ROOT
from helpers.publish import checks, editions

if TYPE_CHECKING:
    import nbformat

QUIET = ["--IPKernelApp.log_level=CRITICAL"]
ROOM = "free some space or make the folder writable, and run again"
# what a run leaves behind of its machine, clock and folders
TRACES = ("papermill", "execution", "language_info")


class NotebookFailure(RuntimeError):
    """A notebook that did not run to its end; the message names notebook, cell and error."""


def numbered() -> list[Path]:
    """The notebooks of the walk, in the order of their numbers."""
    return sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))


def lessons() -> list[Path]:
    """The lessons, in the order of their numbers; they belong to the edition `latest` only (see `of_edition`)."""
    return sorted((NOTEBOOKS / "teaching").glob("[0-9]*.ipynb"))


def of_edition(name: str) -> list[Path]:
    """The notebooks that edition `name` runs: the walk, and in `latest` the lessons.

    A lesson asks about claims of several years: on an earlier day half of its questions would have no answer.
    """
    return numbered() + (lessons() if name == "latest" else [])


def name_of(notebook: Path) -> str:
    """How a notebook is called: 12_comparison, teaching/01_killed_is_not_casualties."""
    return (_room(notebook) / notebook.stem).as_posix()


def _room(notebook: Path) -> Path:
    """The folder within notebooks/ in which a notebook stands: that of the walk is notebooks/ itself."""
    folder = notebook.parent
    return folder.relative_to(NOTEBOOKS) if folder.is_relative_to(NOTEBOOKS) else Path()


def executed(edition: editions.Edition) -> dict[str, Path]:
    """The notebooks that were run for `edition`, by name; what is left of one that is gone does not count."""
    ran = {name_of(path): edition.folder / "notebooks" / _room(path) / path.name for path in of_edition(edition.name)}
    return {name: path for name, path in ran.items() if path.is_file()}


def needs(name: str) -> list[str]:
    """The ids of the data sets that notebook `name` reads when its data is fetched (its metadata `by_name.sources`)."""
    content = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text("utf-8"))
    return content["metadata"].get("by_name", {}).get("sources", [])


def data_at_hand(name: str) -> str:
    """`fetched` if every data set that notebook `name` reads is complete on this disk, else `embedded`."""
    wanted = needs(name)
    return "fetched" if wanted and set(wanted) <= set(sources.available()) else "embedded"


def parameters_of(executed: Path) -> dict[str, object]:
    """The parameters with which a notebook under build/ was run, as written by `run`."""
    return json.loads(executed.read_text("utf-8"))["metadata"]["by_name"]["parameters"]


def run(notebook: Path, edition: editions.Edition, *, data: str) -> Path:
    """The path of `notebook` executed for `edition` on `data`.

    Its tables stand in tables/ before the notebook in notebooks/, and none of an earlier run is left beside them.
    NotebookFailure if a cell fails, EditionError if the edition sets a parameter that no notebook has.
    """
    _refuse_unknown_parameters(edition)
    given = {"known_on": str(edition.known_on), "data": data} | edition.parameters.get(name_of(notebook), {})
    output = edition.folder / "notebooks" / _room(notebook)
    # a folder of this run alone: the kernel of a killed run may still write into its own
    parts = edition.folder / "parts" / name_of(notebook)
    shutil.rmtree(parts, ignore_errors=True)
    part = parts / str(os.getpid())
    for folder in (output, part):
        folder.mkdir(parents=True, exist_ok=True)
    book = _executed(notebook, given | {"tables": os.path.relpath(part, notebook.parent)})
    book.metadata.setdefault("by_name", {})["parameters"] = given
    _keep_tables(part, edition.folder / "tables" / _room(notebook), notebook.stem)
    _write(book, output / notebook.name)
    return output / notebook.name


def _keep_tables(part: Path, tables: Path, stem: str) -> None:
    """Move the tables of a finished run to `tables`, in place of all that the notebook wrote there before."""
    tables.mkdir(parents=True, exist_ok=True)
    for old in tables.glob(f"{stem.split('_')[0]}_*"):
        old.unlink()
    for table in part.iterdir():
        table.replace(tables / table.name)
    shutil.rmtree(part.parent, ignore_errors=True)


def _refuse_unknown_parameters(edition: editions.Edition) -> None:
    known = numbered() + lessons()
    declared = {name_of(path): checks.declared(json.loads(path.read_text("utf-8"))) for path in known}
    if faults := checks.unknown_parameters(edition.parameters, declared, f"{edition.name}.toml"):
        raise editions.EditionError("\n".join(faults))


def refresh(notebook: Path) -> Path:
    """The path of `notebook`, executed in place with its default parameters."""
    _write(_executed(notebook, {}), notebook)
    return notebook


def run_into(output: Path, notebook: Path, parameters: dict[str, object]) -> Path:
    """The path `output`, to which `notebook` was written after it ran with `parameters`; NotebookFailure if it fails.

    Paths among the parameters are seen from the notebook's folder.
    """
    _write(_executed(notebook, parameters), output)
    return output


def _executed(notebook: Path, parameters: dict[str, object]) -> nbformat.NotebookNode:
    import papermill

    try:
        book = papermill.execute_notebook(
            notebook, None, parameters, cwd=notebook.parent, progress_bar=False, extra_arguments=QUIET
        )
    except papermill.PapermillExecutionError as failure:
        where = f"{notebook.name}, cell {failure.cell_index}"
        raise NotebookFailure(f"{where}: {failure.ename}: {failure.evalue}\n{failure.source}") from None
    return _without_traces(book)


def _without_traces(book: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The same notebook without times, folders and versions, so that one input gives one output."""
    for holder in (book, *book.cells):
        for trace in TRACES:
            holder.metadata.pop(trace, None)
    for number, cell in enumerate(book.cells):
        if "injected-parameters" in cell.metadata.get("tags", []):
            # a folder that is gone after the run
            cell["source"] = "\n".join(line for line in cell["source"].split("\n") if not line.startswith("tables ="))
        cell["id"] = f"cell-{number:02d}"
    return book


def _write(book: nbformat.NotebookNode, path: Path) -> None:
    import nbformat

    part = path.with_suffix(".part")
    nbformat.write(book, part)
    part.replace(path)


def main() -> int:
    """Run the notebooks named on the command line; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m helpers.publish.notebooks", description=__doc__)
    parser.add_argument("notebooks", nargs="*", type=Path, help="default: all of the walk, and the lessons")
    parser.add_argument("--edition", help="run for this edition into build/; without it: in place, with defaults")
    parser.add_argument("--data", choices=("embedded", "fetched"), help="default: fetched where the sources are here")
    asked = parser.parse_args()
    ours = of_edition(asked.edition or "latest")
    names = [name_of(path) for path in ours]
    for notebook in (path.resolve() for path in asked.notebooks or ours):
        name = name_of(notebook)
        number = f"notebook {names.index(name) + 1} of {len(names)}" if name in names else "notebook"
        began = time.monotonic()
        data = (asked.data or data_at_hand(name)) if asked.edition else "embedded"
        try:
            if asked.edition:
                run(notebook, editions.read(asked.edition), data=data)
            else:
                refresh(notebook)
        except (NotebookFailure, editions.EditionError) as failure:
            print(f"{number}: {name} failed\n{failure}", file=sys.stderr)
            return 1
        except OSError as error:
            print(f"{number}: {name} cannot be kept: {error}; {ROOM}", file=sys.stderr)
            return 1
        print(f"{number}: {name} on {data} data, {time.monotonic() - began:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
