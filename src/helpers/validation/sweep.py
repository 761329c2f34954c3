"""The sweep: all runs of all settings, in chunks that go to processes or a cluster and are kept as files.

A chunk is known by its setting, its runs and the source of all that computes it. An interrupted sweep goes on
where it was; a file that is damaged or of another source is computed again.
"""

from __future__ import annotations

import ast
import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.paths import BUILD, DATA, ROOT
from helpers.validation import settings as all_settings
from helpers.validation.trial import Outcome, Setting, seed_of, told

# where the numbers are made: a change elsewhere, in how figures are read or shown, makes no run anew
ROOMS = ("helpers.estimate.", "helpers.lists.", "helpers.simulate.", "helpers.validation.")
FOLDER = BUILD / "validation"
LIBRARIES = ("numpy", "pandas", "scipy")  # whose numbers the outcomes are
PATIENCE = 10  # seconds for a scheduler to answer
COLUMNS = ["family", "setting", "run", *Outcome._fields]


class Chunk(NamedTuple):
    """The runs of `setting` from `start` on, before `stop`."""

    setting: Setting
    start: int
    stop: int

    @property
    def key(self) -> str:
        """What the chunk's result depends on, as a hash."""
        parts = [
            self.setting.key,
            told(self.setting.world),
            str(self.start),
            str(self.stop),
            made_of(self.setting.family),
        ]
        return _hashed("\n".join(parts).encode())

    @property
    def path(self) -> Path:
        """Where the result is kept below a folder."""
        slug = "".join(letter if letter.isalnum() else "_" for letter in self.setting.key)
        return Path(f"{slug}-{self.start:05d}-{self.key[:12]}.json")


def chunks(chosen: Sequence[Setting], runs: int | None = None) -> list[Chunk]:
    """The chunks of all `chosen` settings; `runs`: at most so many runs of each."""
    made = []
    for setting in chosen:
        end, size = min(runs or setting.runs, setting.runs), all_settings.FAMILIES[setting.family].chunk
        made += [Chunk(setting, start, min(start + size, end)) for start in range(0, end, size)]
    return made


def computed(chunk: Chunk) -> list[list]:
    """The rows of `chunk`, one per run and method: `run`, then the fields of Outcome.

    RuntimeError naming setting, run and seed where an estimator fails otherwise than by a refusal.
    """
    rows = []
    for run in range(chunk.start, chunk.stop):
        seed = seed_of(chunk.setting, run)
        try:
            outcomes = all_settings.FAMILIES[chunk.setting.family].run(chunk.setting.world, seed)
        except Exception as error:
            raise RuntimeError(
                f"{chunk.setting.key}, run {run}, seed {seed}: {type(error).__name__}: {error}"
            ) from error
        rows += [[run, *outcome] for outcome in outcomes]
    return rows


def repeated(chosen: Sequence[Setting], runs: int) -> pd.DataFrame:
    """The first `runs` of each setting, computed here and now and kept nowhere; columns as in `sweep`."""
    wanted = [Chunk(setting, 0, min(runs, setting.runs)) for setting in chosen]
    return as_table(wanted, [computed(chunk) for chunk in wanted])


class _Done(NamedTuple):
    """What a worker hands back: the place of the chunk, its key as the worker's own program has it, and the rows."""

    place: int
    key: str
    rows: list[list]


def _worked(place: int, chunk: Chunk) -> _Done:
    return _Done(place, chunk.key, computed(chunk))


def sweep(
    chosen: Sequence[Setting],
    *,
    runs: int | None = None,
    jobs: int = 1,
    cluster: str = "",
    folder: Path = FOLDER,
    say: Callable[[str], object] = lambda line: None,
) -> pd.DataFrame:
    """Every outcome of the `chosen` settings, one row per run and method, in the order of settings and runs.

    Columns: `family`, `setting`, `run`, and those of Outcome. `jobs`: processes on this machine; `cluster`: address of
    a dask scheduler that takes the same chunks instead; `folder`: where chunks are kept; `say` is told of progress.
    The outcomes depend on none of these. RuntimeError where a worker runs another version of this program.
    """
    wanted = chunks(chosen, runs)
    kept = [read(folder / chunk.path, chunk) for chunk in wanted]
    todo = {place: chunk for place, chunk in enumerate(wanted) if kept[place] is None}
    say(f"{len(wanted)} chunks, {len(wanted) - len(todo)} of them kept from before")
    began = time.monotonic()
    for done, (place, key, rows) in enumerate(_results(todo, jobs, cluster), 1):
        chunk = wanted[place]
        if key != chunk.key:
            raise RuntimeError("a worker runs another version of this program: install this one on all of the cluster")
        kept[place] = rows
        write(folder / chunk.path, chunk, rows)
        left = (time.monotonic() - began) / done * (len(todo) - done)
        say(
            f"{done} of {len(todo)}: {chunk.setting.key}, runs {chunk.start} to {chunk.stop - 1}; {_minutes(left)} left"
        )
    return as_table(wanted, kept)


def _results(todo: dict[int, Chunk], jobs: int, cluster: str) -> Iterator[_Done]:
    import joblib

    if not cluster:
        yield from joblib.Parallel(n_jobs=jobs, return_as="generator_unordered")(_calls(todo))
        return
    from distributed import Client

    with Client(cluster, timeout=PATIENCE), joblib.parallel_config(backend="dask"):
        yield from joblib.Parallel(return_as="generator_unordered")(_calls(todo))


def _calls(todo: dict[int, Chunk]) -> list[tuple]:
    from joblib import delayed

    return [delayed(_worked)(place, chunk) for place, chunk in todo.items()]


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"


def as_table(wanted: list[Chunk], kept: list[list[list]]) -> pd.DataFrame:
    """The rows of chunks as the table that `sweep` returns."""
    rows = [
        [chunk.setting.family, chunk.setting.name, *row]
        for chunk, found in zip(wanted, kept, strict=True) for row in found
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def read(path: Path, chunk: Chunk) -> list[list] | None:
    """The rows that are kept in `path`, None if there are none; a damaged file counts as none and is named."""
    try:
        content = json.loads(path.read_text("utf-8"))
        if content["key"] == chunk.key and content["sha256"] == _of_rows(content["rows"]):
            return content["rows"]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        pass
    print(f"{path.name} is damaged and is computed again", file=sys.stderr)
    return None


def write(path: Path, chunk: Chunk, rows: list[list]) -> None:
    """Keep the rows of a chunk: whole, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps({"key": chunk.key, "sha256": _of_rows(rows), "rows": rows}), "utf-8")
    part.replace(path)


def _of_rows(rows: list[list]) -> str:
    return _hashed(json.dumps(rows).encode())


def _hashed(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@cache
def made_of(family: str) -> str:
    """A hash of all that computes a family's outcomes: its module, what that imports of ROOMS, and the libraries."""
    module = all_settings.FAMILIES[family].run.__module__
    seen, open_ends = set(), {_file(module), _file("helpers.validation.trial")}
    while open_ends:
        path = open_ends.pop()
        seen.add(path)
        open_ends |= _imported(path) - seen
    programs = sorted((str(path.relative_to(ROOT)), _program(path)) for path in seen)
    names = sorted((path.name, _hashed(path.read_bytes())) for path in (DATA / "codebooks").glob("invented_*.csv"))
    return _hashed(json.dumps([programs, names, [(name, version(name)) for name in LIBRARIES]]).encode())


def _file(module: str) -> Path:
    return Path(sys.modules[module].__file__)


def _program(path: Path) -> str:
    """The program of a file without its words: comments, docstrings and line breaks change no number."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node, clean=False):
            node.body = node.body[1:]
    return _hashed(ast.dump(tree).encode())


def _imported(path: Path) -> set[Path]:
    """The files of ROOMS that the module at `path` imports, also late, or only for its types."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
        elif isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
    ours = [ROOT.joinpath("src", *name.split(".")) for name in names if name.startswith(ROOMS)]
    return {file for one in ours for file in (one.with_suffix(".py"), one / "__init__.py") if file.is_file()}
