"""From the book of one edition to those of the others: plain links, written into the built pages between two marks."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from helpers.paths import BUILD
from helpers.publish.markup import render

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

START, END = "<!-- editions -->", "<!-- end of editions -->"
FACTS = "edition.json"


class Site(NamedTuple):
    """A built book: its edition's facts (see pages.edition_facts), where it stands, and where its files lie now.

    The two folders differ only while a new book waits to be put in its place.
    """

    facts: dict[str, str]
    place: Path
    files: Path


def built(folder: Path) -> list[Site]:
    """The books that stand in `folder` as <edition>/site: the latest first, then the newest day first."""
    places = sorted(file.parent for file in folder.glob(f"*/site/{FACTS}"))
    return _in_order([_site(place, place) for place in places])


def _site(place: Path, files: Path) -> Site:
    return Site(json.loads((files / FACTS).read_text("utf-8")), place, files)


def _in_order(sites: list[Site]) -> list[Site]:
    newest_first = sorted(sites, key=lambda site: site.facts["known_on"], reverse=True)
    return sorted(newest_first, key=lambda site: site.facts["name"] != "latest")


def link(folder: Path) -> list[Site]:
    """The books in `folder`, each now linked to all the others and to none that is not there."""
    with locked(folder):
        return _link(built(folder))


def put_in_place(finished: Path, place: Path) -> None:
    """Move a finished book to its place, <edition>/site in a folder of editions, and link it and its neighbours.

    The move comes last: whoever is stopped before it has to build the book again, and then links it again.
    """
    folder = place.parent.parent
    with locked(folder):
        neighbours = [site for site in built(folder) if site.place != place]
        _link(_in_order([*neighbours, _site(place, finished)]))
        old = place.with_name("site.old")
        shutil.rmtree(old, ignore_errors=True)
        if place.exists():
            place.rename(old)
        finished.rename(place)
        shutil.rmtree(old, ignore_errors=True)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Only one process at a time links the books of a folder; another waits. The lock ends with its process."""
    import fcntl

    with (folder / ".editions.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _link(sites: list[Site]) -> list[Site]:
    for site in sites:
        for file in sorted(site.files.rglob("*.html")):
            _renew(file, markup(file.relative_to(site.files), site, sites))
    return sites


def markup(page: Path, own: Site, sites: Sequence[Site]) -> str:
    """The HTML that leads from `page` of the book `own` to the same page of `sites`, or to their opening page.

    Each edition is called by its day, never by its title: a later edition's title would tell what an earlier one
    does not know. Empty if there is no other book.
    """
    return render("editions.html", sites=[_entry(page, own, site) for site in sites]) if len(sites) > 1 else ""


def _entry(page: Path, own: Site, site: Site) -> dict[str, object]:
    there = page if (site.files / page).is_file() else Path("index.html")
    address = Path(os.path.relpath(site.place / there, (own.place / page).parent)).as_posix()
    name, known_on, day = (site.facts[key] for key in ("name", "known_on", "day"))
    return {
        "address": quote(address),
        "is_own": site is own,
        "called": "" if name == known_on else name.capitalize(),
        "known_on": known_on,
        "day": day,
    }


def _renew(file: Path, text: str) -> None:
    """Put `text` between the marks of a page; all else, its times too, stays as it was."""
    old = file.read_bytes()
    before, start, rest = old.partition(START.encode())
    _, end, after = rest.partition(END.encode())
    new = before + start + text.encode() + end + after
    if not end or new == old:
        return
    part = file.with_name(f"{file.name}.part")
    part.write_bytes(new)
    # with its old time, make still knows which books are out of date
    shutil.copystat(file, part)
    part.replace(file)


def main(arguments: list[str] | None = None) -> int:
    """Link the books that stand side by side as <edition>/site, for instance in a folder that is to be put online."""
    parser = argparse.ArgumentParser(prog="python -m helpers.publish.switcher", description=main.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=BUILD, help="where they stand; without it, build/")
    folder = parser.parse_args(arguments).folder
    if not folder.is_dir():
        print(f"{folder}: there is no such folder; name one that holds <edition>/site", file=sys.stderr)
        return 1
    sites = link(folder)
    print(f"books linked: {', '.join(site.facts['name'] for site in sites) or 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
