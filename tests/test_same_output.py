"""Same input, same output: no clock, folder, locale or machine in what is written, here or in two clones elsewhere."""

import contextlib
import json
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

import clones
import pytest

from helpers.paths import ROOT
from helpers.publish import notebooks

TRACES = re.compile(
    "|".join(
        [
            re.escape(str(ROOT)) + r"\b",
            r"(?<![\w/.-])/(?:tmp|home|root|Users|var|usr|opt|proc|mnt)/",  # a folder
            r"\b[A-Z]:\\",
            r"(?<![\d:])(?!00:00:00)\d{1,2}:\d{2}:\d{2}(?![\d:])",  # a time of day; midnight is only a day
            r"\b0x[0-9a-f]{6,}",  # an address in memory
        ]
    )
)


def outputs(cells):
    """The number of each cell and each text that it shows; pictures are left out."""
    for number, cell in enumerate(cells, start=1):
        for output in cell.get("outputs", []):
            shown = {"stream": output.get("text", "")} | output.get("data", {})
            for kind, text in shown.items():
                if not kind.startswith("image/"):
                    yield number, "".join(text) if isinstance(text, list) else str(text)


@pytest.mark.parametrize(
    "text",
    [
        f"in {ROOT}/build",
        "written to /tmp/matplotlib-zfd2kb8z",
        "'/home/me/table.csv'",
        r"C:\Users\me",
        "at 12:34:56",
        "2022-02-24T09:05:00",
        "<Axes at 0x7f15fa2b1d10>",
    ],
)
def test_a_trace_of_a_machine_is_seen(text):
    assert TRACES.search(text)


@pytest.mark.parametrize(
    "text", ["https://example.org/home/page", "640x480", "3:2", "and/or/usr/", "2022-02-24 00:00:00"]
)
def test_what_only_looks_like_a_trace_is_none(text):
    assert not TRACES.search(text)


@pytest.mark.parametrize("path", notebooks.of_edition("latest"), ids=lambda path: path.stem)
def test_no_committed_notebook_shows_a_trace_of_a_machine(path):
    cells = json.loads(path.read_text("utf-8"))["cells"]
    found = [f"cell {number}: {hit.group()}" for number, text in outputs(cells) for hit in TRACES.finditer(text)]
    assert found == []


def another_language(folder):
    """Variables that set a locale with other months, commas and sorting, made in `folder`; the plainest without."""
    made = folder / "de_DE.UTF-8"
    with contextlib.suppress(FileNotFoundError):
        subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", made], capture_output=True, check=False)
    return {"LC_ALL": made.name, "LANG": made.name, "LOCPATH": str(folder)} if made.is_dir() else {"LC_ALL": "C.UTF-8"}


@pytest.mark.slow
def test_two_clones_far_apart_give_the_same_bytes(tmp_path):
    first = clones.clone(tmp_path / "first")
    second = clones.clone(tmp_path / "a second place" / "further down", of=first)
    mirror = {"BYNAME_MIRROR": os.environ["BYNAME_MIRROR"]} if os.environ.get("BYNAME_MIRROR") else {}
    here = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "JOBS": "1", **mirror}
    # a home that cannot be written makes some libraries say where they keep their files instead
    there = {"TZ": "America/Los_Angeles", "HOME": "/proc/nowhere", **another_language(tmp_path), **mirror}
    with ThreadPoolExecutor() as both:
        runs = [both.submit(clones.make, folder, "report", **more) for folder, more in ((first, here), (second, there))]
    for run in runs:
        assert run.result().returncode == 0, run.result().stderr
    assert clones.differences(first, second) == []
    assert {"figures.csv", "run.json"} <= clones.results(first).keys()
