"""The headline of README: sentence, picture and first numbers of the committed comparison, between two markers."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING

from helpers import claims, series, side_by_side, texts
from helpers.estimate import provisional
from helpers.paths import NOTEBOOKS, ROOT
from helpers.publish import book, editions

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

COMPARISON = "12_comparison.ipynb"
PICTURE = "headline.png"
HEADINGS = {
    "Counted": "counted", "Who": "who", "As of": "as of", "Claim": "claim", "Names published then": "names then",
    "Names to date, dead by that day": "names to date", "Estimate to that day": "estimate",
}  # fmt: skip
BETWEEN = re.compile(r"(?<=<!-- headline -->\n).*?(?=<!-- /headline -->)", re.DOTALL)


def rendered(notebook: Path = NOTEBOOKS / COMPARISON) -> tuple[str, bytes]:
    """What has to stand between the markers, and the picture: from the outputs of the committed notebook."""
    told = book.headline({notebook.name: json.loads(notebook.read_text("utf-8"))})
    day = editions.read("latest").known_on
    seen = f"![{told.alt}]({PICTURE})"
    text = f"{told.sentence}\n\n{seen}\n\n{first_numbers(str(day))}\n"
    return f"{text}\n*As known on {day}, on the data embedded in this repository.*\n", told.picture


def first_numbers(day: str) -> str:
    """The numbers that the project began with as known on `day`, each beside what counts the dead: a Markdown table."""
    known = claims.known_by(day)
    compared = side_by_side.first_numbers(known, series.read("embedded"), day)
    words = side_by_side.in_words(compared, known, late=provisional.start("embedded", day).since)
    # a day is written by us, and needs no escape
    shown = words.assign(**{name: words[name].map(texts.in_markdown) for name in HEADINGS.values() if name != "as of"})
    rows = [HEADINGS.keys(), ["---"] * len(HEADINGS), *shown[list(HEADINGS.values())].to_numpy().tolist()]
    return "\n".join(["**The numbers this began with, each at its own day**", "", *map(_row, rows)])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def faults(root: Path = ROOT) -> list[str]:
    """What is stale in README or its picture, one sentence each; nothing if both are as the notebook has them."""
    text, picture = rendered(root / "notebooks" / COMPARISON)
    found = BETWEEN.search((root / "README.md").read_text("utf-8"))
    stale = []
    if found is None:
        stale.append("README.md: the markers <!-- headline --> and <!-- /headline --> are not there; put them back")
    elif found.group() != text:
        stale.append("README.md: the headline is not that of notebooks/12_comparison.ipynb; run `make report`")
    if not (root / PICTURE).is_file() or (root / PICTURE).read_bytes() != picture:
        stale.append(f"{PICTURE}: is not the picture of notebooks/12_comparison.ipynb; run `make report`")
    return stale


def renew(root: Path = ROOT) -> None:
    """Write headline and picture anew where they are stale."""
    if not faults(root):
        return
    text, picture = rendered(root / "notebooks" / COMPARISON)
    page = root / "README.md"
    _replace(page, BETWEEN.sub(lambda _: text, page.read_text("utf-8")).encode())
    _replace(root / PICTURE, picture)


def _replace(file: Path, content: bytes) -> None:
    """Write a file whole or not at all: a run that is killed leaves the old one, and nothing beside it."""
    part = file.parent / "build" / f"{file.name}.part"
    part.parent.mkdir(exist_ok=True)
    part.write_bytes(content)
    part.replace(file)


def main() -> int:
    """Renew the headline of README; the exit code: 1 if its markers are gone."""
    renew()
    for fault in faults():
        print(fault, file=sys.stderr)
    return 1 if faults() else 0


if __name__ == "__main__":
    sys.exit(main())
