"""The links between the books of editions, on three books of two pages, byte by byte."""

import fcntl
import json
import os
import subprocess
import sys

import pytest

from helpers.publish import switcher

PAGE = "<p>vor\r\n<!-- editions --><!-- end of editions --> nach ü</p>"
DAYS = {
    "latest": ("2026-08-22", "22 August 2026"),
    "2025-02-25": ("2025-02-25", "25 February 2025"),
    "2024-02-24": ("2024-02-24", "24 February 2024"),
}


def make(folder, name, pages=("index.html", "notebooks/01_a.html")):
    """A finished book that waits for its place, as the book's builder leaves it."""
    finished = folder / name / "book" / "html"
    (finished / "notebooks").mkdir(parents=True)
    known_on, day = DAYS[name]
    facts = {"name": name, "title": "A secret of its time", "known_on": known_on, "day": day}
    (finished / switcher.FACTS).write_text(json.dumps(facts))
    for page in pages:
        (finished / page).write_bytes(PAGE.encode())
    return finished


def put(folder, name, **rest):
    switcher.put_in_place(make(folder, name, **rest), folder / name / "site")


def text(folder, name, page="index.html"):
    return (folder / name / "site" / page).read_bytes().decode()


def between(markup):
    return markup.partition(switcher.START)[2].partition(switcher.END)[0]


def test_a_book_alone_shows_only_itself(tmp_path):
    put(tmp_path, "latest")
    assert text(tmp_path, "latest") == PAGE


def test_three_books_link_to_each_other_the_latest_first_then_the_newest(tmp_path):
    for name in ("2024-02-24", "latest", "2025-02-25"):
        put(tmp_path, name)
    assert between(text(tmp_path, "2025-02-25", "notebooks/01_a.html")) == (
        '\n<nav class="editions" aria-label="Editions"><details><summary>Read another edition</summary>\n<ul>\n'
        '<li><a href="../../../latest/site/notebooks/01_a.html">'
        'Latest, <time datetime="2026-08-22">22 August 2026</time></a></li>\n'
        '<li><a href="01_a.html" aria-current="page"><time datetime="2025-02-25">25 February 2025</time></a></li>\n'
        '<li><a href="../../../2024-02-24/site/notebooks/01_a.html">'
        '<time datetime="2024-02-24">24 February 2024</time></a></li>\n'
        "</ul></details></nav>\n"
    )
    assert '<a href="../../2025-02-25/site/index.html">' in text(tmp_path, "2024-02-24")
    assert text(tmp_path, "latest").count("<li>") == 3


def test_every_link_leads_to_a_page(tmp_path):
    put(tmp_path, "latest")
    put(tmp_path, "2024-02-24", pages=("index.html",))
    for page in tmp_path.glob("*/site/**/*.html"):
        for link in page.read_text("utf-8").split('href="')[1:]:
            assert (page.parent / link.partition('"')[0]).is_file(), link


def test_a_page_that_the_other_book_lacks_leads_to_its_opening_page(tmp_path):
    put(tmp_path, "latest")
    put(tmp_path, "2024-02-24", pages=("index.html",))
    assert 'href="../../../2024-02-24/site/index.html"' in text(tmp_path, "latest", "notebooks/01_a.html")


def test_the_title_of_another_edition_is_not_told(tmp_path):
    put(tmp_path, "2024-02-24")
    put(tmp_path, "latest")
    assert "secret" not in text(tmp_path, "2024-02-24")


def test_nothing_else_of_a_page_changes_nor_its_time(tmp_path):
    put(tmp_path, "latest")
    page = tmp_path / "latest" / "site" / "index.html"
    os.utime(page, (1_000_000_000, 1_000_000_000))
    page.chmod(0o640)
    put(tmp_path, "2024-02-24")
    before, after = "<p>vor\r\n<!-- editions -->", "<!-- end of editions --> nach ü</p>"
    assert text(tmp_path, "latest").startswith(before)
    assert text(tmp_path, "latest").endswith(after)
    assert text(tmp_path, "latest") == before + between(text(tmp_path, "latest")) + after
    assert (page.stat().st_mtime, page.stat().st_mode & 0o777) == (1_000_000_000, 0o640)


def test_linking_again_writes_nothing(tmp_path):
    put(tmp_path, "latest")
    put(tmp_path, "2024-02-24")
    pages = {page: page.stat().st_ino for page in tmp_path.glob("*/site/**/*.html")}
    switcher.link(tmp_path)
    assert {page: page.stat().st_ino for page in tmp_path.glob("*/site/**/*.html")} == pages
    assert len(pages) == 4


def test_a_book_that_is_gone_is_no_longer_linked(tmp_path):
    put(tmp_path, "latest")
    put(tmp_path, "2024-02-24")
    (tmp_path / "latest").rename(tmp_path.parent / "latest_is_elsewhere")
    assert [site.facts["name"] for site in switcher.link(tmp_path)] == ["2024-02-24"]
    assert text(tmp_path, "2024-02-24") == PAGE


def test_a_page_without_marks_and_a_folder_without_a_book_are_left_alone(tmp_path):
    put(tmp_path, "latest")
    (tmp_path / "2025-02-25" / "site").mkdir(parents=True)
    (tmp_path / "latest" / "site" / "index.html").write_text("<p>no marks</p>")
    put(tmp_path, "2024-02-24")
    assert text(tmp_path, "latest") == "<p>no marks</p>"
    assert text(tmp_path, "2024-02-24").count("<li>") == 2


def test_a_book_built_again_replaces_the_old_one_whole(tmp_path):
    put(tmp_path, "latest")
    (tmp_path / "latest" / "site" / "of_last_time.html").write_text("stale")
    put(tmp_path, "latest")
    assert not (tmp_path / "latest" / "site" / "of_last_time.html").exists()
    assert sorted(one.name for one in (tmp_path / "latest").iterdir()) == ["book", "site"]


def test_a_folder_is_linked_by_one_process_at_a_time(tmp_path):
    with switcher.locked(tmp_path), (tmp_path / ".editions.lock").open() as lock, pytest.raises(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with switcher.locked(tmp_path):
        pass


def test_two_books_finished_at_once_both_have_both_links(tmp_path):
    for name in ("latest", "2024-02-24"):
        make(tmp_path, name)
    program = "import sys, pathlib; from helpers.publish import switcher; one = pathlib.Path(sys.argv[1]); "
    program += "switcher.put_in_place(one / 'book' / 'html', one / 'site')"
    both = [subprocess.Popen([sys.executable, "-c", program, tmp_path / name]) for name in ("latest", "2024-02-24")]
    assert [one.wait() for one in both] == [0, 0]
    assert [text(tmp_path, name).count("<li>") for name in ("latest", "2024-02-24")] == [2, 2]


@pytest.mark.parametrize(("name", "said"), [("there", "books linked: latest\n"), ("none", "")])
def test_the_command_links_a_folder_and_names_one_that_is_not_there(tmp_path, capsys, name, said):
    (tmp_path / "there").mkdir()
    put(tmp_path / "there", "latest")
    assert switcher.main([str(tmp_path / name)]) == (0 if said else 1)
    told = capsys.readouterr()
    assert told.out == said
    assert bool(said) or "there is no such folder; name one that holds <edition>/site" in told.err
