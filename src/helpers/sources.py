"""Data sets that are fetched on demand: the registry of data/sources.toml, and fetching with every byte checked."""

from __future__ import annotations

import argparse
import contextlib
import datetime
import errno
import hashlib
import os
import re
import shutil
import sys
import threading
from dataclasses import dataclass, fields
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote, urlsplit

from helpers import toml_files
from helpers.paths import DATA, RAW
from helpers.refusals import Refusal, quoted, short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import BinaryIO

    import pandas as pd

REGISTRY = DATA / "sources.toml"
HOST = "https://raw.githubusercontent.com"
CONNECT, READ = 5, 10  # seconds to wait for a host to answer, and for its next bytes
ID = re.compile(r"[a-z0-9][a-z0-9-]*")
LARGEST = 10**12  # bytes of one file
SLOWEST = 50_000  # bytes a second; a download slower than this is given up
Kind = TypeVar("Kind")
Table = TypeVar("Table")
TEMPORARY = "tmp" + 8 * "?"  # the names of files that are still being filled
ELSEWHERE = "run again later, or name a folder of copies in BYNAME_MIRROR"
NO_NETWORK = "check the network and run again, or name a folder of copies in BYNAME_MIRROR"


class SourceError(Refusal):
    """A data set that cannot be had; the message is one line with source, file, what is wrong and what to do."""


class Blocked(SourceError):
    """The disk takes nothing: the other files of the same data set are not tried."""


class Unreachable(Blocked):
    """Host or mirror does not answer: nor are the other data sets of the same run tried."""


@dataclass(frozen=True)
class SourceFile:
    """One file: its path in the repository and on disk, its sha256 and size, and what is inside."""

    path: str
    sha256: str
    bytes: int
    contents: str


@dataclass(frozen=True)
class Source:
    """One data set at one commit; `published` (a partial date) is when it could be known, `published_by` why."""

    id: str
    title: str
    repository: str
    commit: str
    licence: str
    citation: str
    published: str
    published_by: str
    contents: str
    files: tuple[SourceFile, ...]

    def address(self, file: SourceFile) -> str:
        """The address of `file` upstream."""
        return f"{HOST}/{self.repository}/{self.commit}/{quote(file.path)}"

    def known_by(self, day: str | pd.Timestamp) -> bool:
        """Whether the data set could be known at the end of `day`; a month counts from its last day."""
        from helpers.figures import partial_date

        return partial_date(self.published).last <= partial_date(str(day)[:10]).last


def registry(toml: Path = REGISTRY) -> Mapping[str, Source]:
    """Every data set of sources.toml by its id, in the order of the file.

    SourceError for an unknown key, a missing key, or a value that cannot be right, naming file and key.
    """
    content = toml_files.read(toml, error=SourceError)
    return MappingProxyType({name: _source(name, table, toml.name) for name, table in content.items()})


def either(data: str, *, embedded: Callable[[], Table], fetched: Callable[[], Table]) -> Table:
    """What the reader of that name returns: of the copy in the repository, or of the fetched data set.

    ValueError for a `data` that is neither `embedded` nor `fetched`.
    """
    readers = {"embedded": embedded, "fetched": fetched}
    if data not in readers:
        raise ValueError(f"data is '{data}': allowed are {' and '.join(readers)}")
    return readers[data]()


def source(name: str) -> Source:
    """The data set `name`; SourceError says which there are."""
    known = registry()
    if name not in known:
        raise SourceError(f"no source '{name}': there are {', '.join(known)}")
    return known[name]


def fetch(name: str, *, folder: Path = RAW) -> Path:
    """The folder of data set `name`, complete and checked; a file that is there and right is not fetched again.

    Files come from the folder that the variable BYNAME_MIRROR names (as <id>/<path>), else from the address of the
    pinned commit. Each is checked before it takes its name; what a killed run left half written is deleted. Raises
    the first SourceError after all files were tried.
    """
    if failures := list(_failures(source(name), folder)):
        raise failures[0]
    return folder / name


def path(name: str, file: str, *, folder: Path = RAW) -> Path:
    """Where `file` of data set `name` lies on this disk; SourceError if it is not there or not what it should be."""
    wanted = source(name)
    found = next((entry for entry in wanted.files if entry.path == file), None)
    if found is None:
        raise SourceError(f"{name} has no file '{file}': there are {', '.join(f.path for f in wanted.files)}")
    if fault := _fault(_place(wanted, found, folder), found):
        raise SourceError(f"{name}, {file}: {fault}; run `make data SOURCE={name}`")
    return _place(wanted, found, folder)


def available(*, folder: Path = RAW) -> list[str]:
    """The ids of the data sets of which every file is on this disk and has its checksum."""
    return [name for name, entry in registry().items() if _complete(entry, folder)]


def _source(name: str, table: object, toml: str) -> Source:
    name = name if ID.fullmatch(name) else quoted(name)
    files = table.get("files") if isinstance(table, dict) else None
    if not isinstance(files, list) or not files or not all(isinstance(file, dict) for file in files):
        raise SourceError(f"{toml}, [{name}], key files: at least one [[{name}.files]] is needed")
    entries = tuple(_settings(SourceFile, file, f"{toml}, [[{name}.files]]") for file in files)
    made = _settings(Source, {**table, "id": name, "files": entries}, f"{toml}, [{name}]")
    for key, allowed, value in _forms(made):
        if not re.fullmatch(allowed, value):
            raise SourceError(f"{toml}, [{name}], key {key}: {quoted(value)} is not of the form {allowed}")
    _refuse_day(made, toml)
    _inside(made, toml)
    return made


def _settings(kind: type[Kind], table: Mapping[str, object], where: str) -> Kind:
    """An immutable object of `kind` from a table of settings: every key known, present and of its type."""
    types = {field.name: field.type.split("[")[0] for field in fields(kind)}
    if unknown := set(table) - set(types):
        raise SourceError(f"{where}, key {', '.join(sorted(map(short, unknown)))}: allowed are {', '.join(types)}")
    for key, wanted in types.items():
        if type(table.get(key)).__name__ != wanted:
            raise SourceError(f"{where}, key {key}: a value of type {wanted} is needed")
    return kind(**table)


def _forms(entry: Source) -> Iterator[tuple[str, str, str]]:
    yield "id", ID.pattern, entry.id
    yield "repository", r"[A-Za-z0-9_-][A-Za-z0-9_.-]*/[A-Za-z0-9_-][A-Za-z0-9_.-]*", entry.repository
    yield "commit", r"[0-9a-f]{40}", entry.commit
    yield "published", r"[12][0-9]{3}(-[0-9]{2}){0,2}", entry.published
    for file in entry.files:
        yield "sha256", r"[0-9a-f]{64}", file.sha256


def _refuse_day(entry: Source, toml: str) -> None:
    try:
        datetime.date.fromisoformat(f"{entry.published}-01-01"[:10])
    except ValueError:
        raise SourceError(f"{toml}, [{entry.id}], key published: there is no day {quoted(entry.published)}") from None


def _inside(entry: Source, toml: str) -> None:
    where, seen = f"{toml}, [[{entry.id}.files]]", set()
    for file in entry.files:
        path = PurePosixPath(file.path)
        if path.is_absolute() or ".." in path.parts or not path.parts:
            raise SourceError(f"{where}, key path: {quoted(file.path)} leads out of the data's folder")
        if path in seen:
            raise SourceError(f"{where}, key path: {quoted(file.path)} stands twice; a file is listed once")
        if not 0 < file.bytes < LARGEST:
            raise SourceError(f"{where}, key bytes: {quoted(file.bytes)} is no size of a file")
        seen.add(path)


def _place(entry: Source, file: SourceFile, folder: Path) -> Path:
    return folder / entry.id / file.path


def _complete(entry: Source, folder: Path) -> bool:
    return not any(_fault(_place(entry, file, folder), file) for file in entry.files)


def _fault(place: Path, file: SourceFile) -> str:
    """What is wrong with the file at `place`, in words; empty if it is the right one."""
    try:
        if not place.is_file():
            return "not on this disk"
        size = place.stat().st_size
        if size != file.bytes:
            return f"{size:,} bytes instead of {file.bytes:,}"
        with place.open("rb") as content:
            right = hashlib.file_digest(content, "sha256").hexdigest() == file.sha256
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    return "" if right else "its checksum is not the one in sources.toml"


def _sweep(entry: Source, folder: Path) -> None:
    """Delete the temporary files that killed runs left; one that another run is still filling is locked, and stays."""
    for left in (folder / entry.id).rglob(TEMPORARY):
        with contextlib.suppress(OSError):
            with left.open("rb") as content:
                _lock(content)
            left.unlink()


def _lock(file: BinaryIO) -> None:
    """Lock an open file until it is closed or its process ends; OSError if another process holds it."""
    try:
        import fcntl
    except ImportError:  # Windows, where a file that is open elsewhere cannot be deleted
        return
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _failures(
    entry: Source, folder: Path, tell: Callable[[int, SourceFile], None] = lambda number, file: None
) -> Iterator[SourceError]:
    """Fetch what is missing of a data set, saying each file to `tell` first; why files could not be had.

    Ends where the next file would fare no better.
    """
    _sweep(entry, folder)
    for number, file in enumerate(entry.files, start=1):
        if not _fault(_place(entry, file, folder), file):
            continue
        tell(number, file)
        if failure := _failure(entry, file, folder):
            yield failure
        if isinstance(failure, Blocked):
            return


def _failure(entry: Source, file: SourceFile, folder: Path) -> SourceError | None:
    """Fetch one file with pooch (a temporary file, checked, then renamed); the reason if that did not succeed."""
    import pooch

    pooch.get_logger().setLevel("ERROR")
    place, kind, says = _place(entry, file, folder), SourceError, ""
    try:
        pooch.retrieve(
            entry.address(file), f"sha256:{file.sha256}", place.name, place.parent, downloader=_downloader(entry, file)
        )
    except _Refused as refused:
        kind, says = (Unreachable if refused.unreachable else SourceError), str(refused)
    except ValueError:
        says = "wrong checksum: what came is not the file in sources.toml; run again, then tell the maintainers"
    except OSError as error:
        kind, says = Blocked, _disk(error)
    return kind(f"{entry.id}, {file.path}: {says}") if says else None


def _disk(error: OSError) -> str:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    remedy = "free some space" if full else "make the folder data/raw readable and writable"
    return f"cannot be written ({error.strerror or type(error).__name__}): {remedy} and run again"


class _Refused(Exception):
    """Why a download did not give the file; `unreachable` where no other file would come either."""

    def __init__(self, says: str, *, unreachable: bool = False) -> None:
        super().__init__(says)
        self.unreachable = unreachable


def _downloader(entry: Source, file: SourceFile) -> Callable[[str, str, object], None]:
    """The function by which pooch fills its temporary file: from the mirror if one is named, else the network."""
    mirror = os.environ.get("BYNAME_MIRROR")

    def download(address: str, output: str, _pooch: object) -> None:
        with open(output, "rb") as held:
            with contextlib.suppress(OSError):  # not every network drive knows locks
                _lock(held)
            if mirror:
                _copy(Path(mirror), f"{entry.id}/{file.path}", output)
            else:
                _within(CONNECT + READ + file.bytes / SLOWEST, _stream, address, output)
        if (size := Path(output).stat().st_size) != file.bytes:
            raise _Refused(f"{size:,} bytes came instead of {file.bytes:,}; run again")

    return download


def _copy(mirror: Path, file: str, output: str) -> None:
    if not os.path.isdir(mirror):
        raise _Refused("BYNAME_MIRROR names no folder; name one that exists, or unset BYNAME_MIRROR", unreachable=True)
    if not os.path.isfile(mirror / file):
        raise _Refused("not in the folder that BYNAME_MIRROR names; put it there, or unset BYNAME_MIRROR")
    if not os.access(mirror / file, os.R_OK):
        raise _Refused("may not be read in the folder that BYNAME_MIRROR names; permit it, or unset BYNAME_MIRROR")
    shutil.copyfile(mirror / file, output)


def _within(seconds: float, stream: Callable[[str, str], None], address: str, output: str) -> None:
    """Stream for at most `seconds`: neither a name server nor a host that drips can hold the run for longer."""
    raised: list[Exception] = []

    def guarded() -> None:
        try:
            stream(address, output)
        except Exception as error:
            raised.append(error)

    worker = threading.Thread(target=guarded, daemon=True)
    worker.start()
    worker.join(seconds)
    if worker.is_alive():
        raise _Refused(f"{_host(address)} was too slow; {NO_NETWORK}", unreachable=True)
    if raised:
        raise raised[0]


def _stream(address: str, output: str) -> None:
    import pooch
    from requests import exceptions

    try:
        pooch.HTTPDownloader(timeout=(CONNECT, READ))(address, output, None)
    except exceptions.HTTPError as error:
        raise _Refused(f"{_host(address)} answered {error.response.status_code}; {ELSEWHERE}") from error
    except (exceptions.ConnectionError, exceptions.Timeout) as error:
        raise _Refused(f"{_host(address)} did not answer; {NO_NETWORK}", unreachable=True) from error
    except exceptions.RequestException as error:
        raise _Refused(f"the download broke off ({type(error).__name__}); run again") from error


def _host(address: str) -> str:
    return urlsplit(address).hostname or address


def main(arguments: Sequence[str] | None = None, *, folder: Path = RAW) -> int:
    """Fetch the data sets named on the command line (none: all); the exit code."""
    parser = argparse.ArgumentParser(prog="python -m helpers.sources", description=__doc__)
    parser.add_argument("sources", nargs="*", metavar="ID", help="default: all of data/sources.toml")
    parser.add_argument("--try", action="store_true", dest="lenient", help="go on without what cannot be had")
    asked = parser.parse_args(arguments)
    try:
        wanted = [source(name) for name in asked.sources] or list(registry().values())
    except SourceError as error:
        print(error, file=sys.stderr)
        return 1
    failures = _fetch_all(wanted, folder)
    if asked.lenient:
        _tell_in_one_line(failures)
        return 0
    for failure in failures.values():
        print("\n".join(map(str, failure)), file=sys.stderr)
    return 1 if failures else 0


def _fetch_all(wanted: Sequence[Source], folder: Path) -> dict[str, list[SourceError]]:
    """Fetch each data set, telling the progress; why it is not complete, by the id of each that is not."""
    failures: dict[str, list[SourceError]] = {}
    silent = False
    for number, entry in enumerate(wanted, start=1):
        said = f"source {number} of {len(wanted)}: {entry.id}"
        if silent and not _complete(entry, folder):
            _sweep(entry, folder)
            failures[entry.id] = [SourceError(f"{entry.id}: not tried, for it would fail in the same way; run again")]
        elif found := list(_failures(entry, folder, lambda *step, said=said, of=entry: _tell(said, of, *step))):
            failures[entry.id] = found
            silent = any(isinstance(failure, Unreachable) for failure in found)
        else:
            print(f"{said}, {len(entry.files)} of {len(entry.files)} files here and checked", flush=True)
    return failures


def _tell(said: str, entry: Source, number: int, file: SourceFile) -> None:
    size = f"{file.bytes / 1e6:.1f} MB" if file.bytes >= 1e5 else f"{file.bytes / 1e3:.0f} kB"
    print(f"{said}, file {number} of {len(entry.files)} ({size})", flush=True)


def _tell_in_one_line(failures: Mapping[str, Sequence[SourceError]]) -> None:
    if failures:
        first = next(iter(failures.values()))[0]
        print(f"not to be had: {', '.join(failures)} ({first}); the report goes on with embedded data", flush=True)


if __name__ == "__main__":
    sys.exit(main())
