import errno
import hashlib
import http.server
import os
import subprocess
import sys
import threading
import time

import pytest

from helpers import sources

CONTENTS = {"first.csv": b"a,b\n1,2\n", "in a folder/second.csv": b"c\n3\n"}
COMMIT = "0" * 40
read = sources.registry  # as it is before a test puts another in its place


def toml_of(name="invented-2010", files=CONTENTS, **changes):
    settings = {
        "title": "t", "repository": "owner/repository", "commit": COMMIT, "licence": "MIT", "citation": "c",
        "published": "2023-04", "published_by": "p", "contents": "c",
    } | changes  # fmt: skip
    lines = [f"[{name}]", *(f'{key} = "{value}"' for key, value in settings.items())]
    for path, content in files.items():
        sha256 = hashlib.sha256(content).hexdigest()
        lines += [f"[[{name}.files]]", f'path = "{path}"', f'sha256 = "{sha256}"']
        lines += [f"bytes = {len(content)}", 'contents = "c"']
    return "\n".join(lines) + "\n"


@pytest.fixture
def written(tmp_path):
    """Write a registry and read it."""

    def write(text):
        toml = tmp_path / "sources.toml"
        toml.write_text(text, "utf-8")
        return read(toml)

    return write


@pytest.fixture
def mirror(tmp_path, monkeypatch, written):
    """A folder of copies of one small data set, named by BYNAME_MIRROR; the registry knows only that data set."""
    known = written(toml_of())
    monkeypatch.setattr(sources, "registry", lambda: known)
    folder = tmp_path / "mirror"
    for path, content in CONTENTS.items():
        copy = folder / "invented-2010" / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(content)
    monkeypatch.setenv("BYNAME_MIRROR", str(folder))
    return folder / "invented-2010"


@pytest.fixture
def server(monkeypatch, mirror):
    """A host on this machine that answers as `behaviour` says; the mirror is not used."""

    class Handler(http.server.BaseHTTPRequestHandler):
        behaviour, asked = "well", []

        def do_GET(self):
            self.asked.append(self.path)
            content = CONTENTS["first.csv" if self.path.endswith("first.csv") else "in a folder/second.csv"]
            if self.behaviour == "silent":
                released.wait(20)
                return
            self.send_response({"gone": 404}.get(self.behaviour, 200))
            if self.behaviour != "short":
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.answer(content)

        def answer(self, content):
            if self.behaviour == "drips":
                for byte in content:
                    self.wfile.write(bytes([byte]))
                    released.wait(0.3)
            else:
                cut = {"short": content[:3], "broken": content[:3], "wrong": content.upper()}
                self.wfile.write(cut.get(self.behaviour, content))

        def log_message(self, *_):
            pass

    released = threading.Event()
    host = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=host.serve_forever, daemon=True).start()
    monkeypatch.delenv("BYNAME_MIRROR")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(sources, "HOST", f"http://127.0.0.1:{host.server_port}")
    yield Handler
    released.set()
    host.shutdown()
    host.server_close()


@pytest.fixture
def disk(tmp_path):
    """A disk of 64 kB; `disk("ro")` makes it read-only."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not sys.platform.startswith("linux") or os.geteuid():
        pytest.skip("only root on Linux may mount a small disk")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("this machine does not allow to mount a small disk")

    def remounted(options):
        subprocess.run(["mount", "-o", f"remount,{options}", folder], check=True)
        return folder

    yield remounted
    subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture
def large(tmp_path, monkeypatch, written, mirror):
    """The registry knows one more data set, of one file that a disk of 64 kB cannot hold."""
    content = os.urandom(200_000)
    known = written(toml_of("large-2010", {"large.bin": content}) + toml_of())
    monkeypatch.setattr(sources, "registry", lambda: known)
    copy = mirror.parent / "large-2010" / "large.bin"
    copy.parent.mkdir()
    copy.write_bytes(content)
    return content


def everything_in(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_the_registry_holds_the_five_data_sets():
    known = sources.registry()
    assert {name: len(entry.files) for name, entry in known.items()} == {
        "bessudnov-2023": 5,
        "kobak-2025": 3,
        "economist-2026": 12,
        "general-staff-2026": 3,
        "lshtm-sudan-2024": 1,
    }
    assert {name: entry.published for name, entry in known.items()} == {
        "bessudnov-2023": "2023-04",
        "kobak-2025": "2025-03-25",
        "economist-2026": "2026-08-22",
        "general-staff-2026": "2026-08-08",
        "lshtm-sudan-2024": "2024-11-13",
    }


def test_an_address_is_quoted():
    entry = sources.source("economist-2026")
    claims = next(file for file in entry.files if file.path.endswith("Ukraine - estimates.csv"))
    assert entry.address(claims) == (
        "https://raw.githubusercontent.com/TheEconomist/the-economist-ukraine-war-dead-and-wounded-estimates/"
        "978a24b4abdcca2ca6e89e2158dc5c281ea760ca/source-data/deaths-and-casualties-data/"
        "Soldier%20deaths_casualties%20in%20Ukraine%20-%20estimates.csv"
    )


@pytest.mark.parametrize(("day", "known"), [("2023-04-29", False), ("2023-04-30", True), ("2026-08-22", True)])
def test_a_month_is_known_from_its_last_day(day, known):
    assert sources.source("bessudnov-2023").known_by(day) is known


def test_settings_cannot_be_changed(written):
    entry = written(toml_of())["invented-2010"]
    with pytest.raises(AttributeError):
        entry.commit = "1" * 40


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (toml_of(color="red"), r"sources.toml, \[invented-2010\], key color: allowed are id, title"),
        (toml_of().replace('licence = "MIT"\n', ""), r"\[invented-2010\], key licence: a value of type str is needed"),
        (toml_of().replace("bytes = 8", 'bytes = "8"'), r"\[\[invented-2010.files\]\], key bytes: .* type int"),
        (toml_of(commit="main"), r"key commit: 'main' is not of the form"),
        (toml_of(files={"../out.csv": b"x"}), r"key path: '../out.csv' leads out of the data's folder"),
        (toml_of(files={}), r"key files: at least one \[\[invented-2010.files\]\] is needed"),
    ],
)
def test_a_registry_that_cannot_be_right_is_refused(written, text, says):
    with pytest.raises(sources.SourceError, match=says):
        written(text)


@pytest.mark.parametrize(
    ("text", "says"), [("[invented-2010", r"is not TOML: Expected .*"), (None, r"cannot be read \(No such .*\)")]
)
def test_a_registry_that_cannot_be_read_is_told_in_one_line(tmp_path, text, says):
    toml = tmp_path / "sources.toml"
    if text:
        toml.write_text(text)
    with pytest.raises(sources.SourceError, match=rf"^sources.toml: {says}.*take the file from the rep"):
        sources.registry(toml)


def test_fetch_from_a_mirror_is_complete_and_done_once(mirror, tmp_path):
    raw = tmp_path / "raw"
    assert sources.available(folder=raw) == []
    folder = sources.fetch("invented-2010", folder=raw)
    assert {path: (folder / path).read_bytes() for path in everything_in(folder)} == CONTENTS
    assert sources.available(folder=raw) == ["invented-2010"]
    (mirror / "first.csv").unlink()
    assert sources.fetch("invented-2010", folder=raw) == folder  # nothing is asked for again


def test_an_interrupted_run_goes_on_with_what_is_missing(mirror, tmp_path):
    folder = sources.fetch("invented-2010", folder=tmp_path / "raw")
    (folder / "in a folder/second.csv").unlink()
    (mirror / "first.csv").unlink()
    sources.fetch("invented-2010", folder=tmp_path / "raw")
    assert everything_in(folder) == sorted(CONTENTS)


def test_a_file_changed_on_disk_is_noticed_and_fetched_anew(mirror, tmp_path):
    raw = tmp_path / "raw"
    file = sources.fetch("invented-2010", folder=raw) / "first.csv"
    file.write_bytes(b"a,b\n1,3\n")
    with pytest.raises(sources.SourceError, match=r"invented-2010, first.csv: its checksum .* SOURCE=invented-2010"):
        sources.path("invented-2010", "first.csv", folder=raw)
    sources.fetch("invented-2010", folder=raw)
    assert sources.path("invented-2010", "first.csv", folder=raw).read_bytes() == CONTENTS["first.csv"]


def test_path_says_which_files_there_are(mirror, tmp_path):
    with pytest.raises(sources.SourceError, match=r"no file 'third.csv': there are first.csv, in a folder/second.csv"):
        sources.path("invented-2010", "third.csv", folder=tmp_path)
    with pytest.raises(sources.SourceError, match="not on this disk; run `make data SOURCE=invented-2010`"):
        sources.path("invented-2010", "first.csv", folder=tmp_path)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"a,b\n1,3\n", "invented-2010, first.csv: wrong checksum: .*; run again"),
        (b"a,b", "invented-2010, first.csv: 3 bytes came instead of 8; run again"),
        (None, "invented-2010, first.csv: not in the folder that BYNAME_MIRROR names; put it there"),
    ],
)
def test_a_bad_mirror_leaves_nothing_half_written(mirror, tmp_path, content, says):
    (mirror / "first.csv").unlink() if content is None else (mirror / "first.csv").write_bytes(content)
    with pytest.raises(sources.SourceError, match=says):
        sources.fetch("invented-2010", folder=tmp_path / "raw")
    assert everything_in(tmp_path / "raw") == ["invented-2010/in a folder/second.csv"]


def test_a_folder_that_cannot_be_written(mirror, tmp_path):
    (tmp_path / "raw").write_text("a file where the folder should be")
    with pytest.raises(sources.SourceError, match=r"first.csv: cannot be written .* make the folder data/raw"):
        sources.fetch("invented-2010", folder=tmp_path / "raw")


def test_a_disk_that_says_it_is_full(mirror, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(sources.shutil, "copyfile", full)
    with pytest.raises(sources.SourceError, match=r"No space left on device\): free some space and run again"):
        sources.fetch("invented-2010", folder=tmp_path / "raw")
    assert everything_in(tmp_path / "raw") == []


def test_a_full_disk_costs_only_the_data_set_that_does_not_fit(large, disk, capsys):
    raw = disk("rw")
    assert sources.main([], folder=raw) == 1
    assert capsys.readouterr().err == (
        "large-2010, large.bin: cannot be written (No space left on device): free some space and run again\n"
    )
    assert everything_in(raw) == [f"invented-2010/{path}" for path in sorted(CONTENTS)]


def test_a_disk_that_fills_up_during_a_download(server, large, disk, monkeypatch):
    monkeypatch.setitem(CONTENTS, "in a folder/second.csv", large)  # what the server answers to any other path
    with pytest.raises(sources.Blocked, match=r"large-2010, large.bin: cannot be written \(No space left on device\)"):
        sources.fetch("large-2010", folder=disk("rw"))
    assert everything_in(disk("rw")) == []


def test_a_disk_that_is_read_only(mirror, disk, capsys):
    raw = disk("ro")
    assert sources.main([], folder=raw) == 1
    assert capsys.readouterr().err == (
        "invented-2010, first.csv: cannot be written (Read-only file system): "
        "make the folder data/raw readable and writable and run again\n"
    )
    assert sources.main(["--try"], folder=raw) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("run again); the report goes on with embedded data")


def test_files_and_folders_that_one_may_not_use(mirror, tmp_path):
    raw = tmp_path / "raw"
    file = sources.fetch("invented-2010", folder=raw) / "first.csv"
    file.chmod(0o000)
    if os.access(file, os.R_OK):
        pytest.skip("this user may read and write everywhere")
    with pytest.raises(sources.SourceError, match=r"first.csv: cannot be read \(Permission denied\); run `make data"):
        sources.path("invented-2010", "first.csv", folder=raw)
    file.unlink()
    (mirror / "first.csv").chmod(0o000)
    with pytest.raises(sources.SourceError, match=r"first.csv: may not be read in the folder that BYNAME_MIRROR names"):
        sources.fetch("invented-2010", folder=raw)
    file.parent.chmod(0o500)
    with pytest.raises(sources.Blocked, match=r"first.csv: cannot be written .* make the folder data/raw readable and"):
        sources.fetch("invented-2010", folder=raw)
    file.parent.chmod(0o700)


def test_a_mirror_that_is_no_folder_is_asked_once(mirror, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("BYNAME_MIRROR", str(tmp_path / "nowhere"))
    assert sources.main([], folder=tmp_path / "raw") == 1
    assert capsys.readouterr().err == (
        "invented-2010, first.csv: BYNAME_MIRROR names no folder; name one that exists, or unset BYNAME_MIRROR\n"
    )


CHILD = """
import sys
from pathlib import Path
from helpers import sources

known = sources.registry(Path(sys.argv[1]))
sources.registry = lambda: known
sources.HOST = sys.argv[2]
sources.fetch("invented-2010", folder=Path(sys.argv[3]))
"""


def test_what_a_killed_run_left_is_deleted_by_the_next(server, tmp_path, mirror):
    server.behaviour, server.asked = "silent", []
    raw = tmp_path / "raw"
    told = [tmp_path / "sources.toml", sources.HOST, raw]
    child = subprocess.Popen([sys.executable, "-c", CHILD, *map(str, told)])
    patience = time.monotonic() + 30
    while not server.asked and time.monotonic() < patience:
        time.sleep(0.02)
    child.kill()
    child.wait()
    assert len(left := everything_in(raw)) == 1
    assert left[0].startswith("invented-2010/tmp")
    server.behaviour = "well"
    folder = sources.fetch("invented-2010", folder=raw)
    assert everything_in(folder) == sorted(CONTENTS)


def test_what_another_run_is_still_filling_stays(mirror, tmp_path):
    fcntl = pytest.importorskip("fcntl", reason="locks of files differ on Windows")
    folder = tmp_path / "raw" / "invented-2010"
    folder.mkdir(parents=True)
    filling = folder / "tmpabcdefgh"
    with filling.open("wb") as content:
        fcntl.flock(content, fcntl.LOCK_EX)
        sources.fetch("invented-2010", folder=tmp_path / "raw")
        assert filling.exists()
    sources.fetch("invented-2010", folder=tmp_path / "raw")
    assert not filling.exists()


def test_fetch_from_a_host(server, tmp_path):
    folder = sources.fetch("invented-2010", folder=tmp_path / "raw")
    assert {path: (folder / path).read_bytes() for path in everything_in(folder)} == CONTENTS
    assert server.asked[-1] == f"/owner/repository/{COMMIT}/in%20a%20folder/second.csv"


@pytest.mark.parametrize(
    ("behaviour", "says"),
    [
        ("gone", "first.csv: 127.0.0.1 answered 404; run again later, or name a folder of copies in BYNAME_MIRROR"),
        ("wrong", "first.csv: wrong checksum: what came is not the file in sources.toml; run again"),
        ("short", "first.csv: 3 bytes came instead of 8"),
        ("broken", r"first.csv: (the download broke off|3 bytes came)"),
    ],
)
def test_a_host_that_answers_badly(server, tmp_path, monkeypatch, behaviour, says):
    server.behaviour, server.asked = behaviour, []
    with pytest.raises(sources.SourceError, match=says):
        sources.fetch("invented-2010", folder=tmp_path / "raw")
    assert len(server.asked) == 2  # the other file is tried all the same
    assert everything_in(tmp_path / "raw") == []


@pytest.mark.parametrize(("behaviour", "says"), [("silent", "did not answer"), ("drips", "was too slow")])
def test_a_host_that_hangs_is_asked_once(server, tmp_path, monkeypatch, behaviour, says):
    server.behaviour, server.asked = behaviour, []
    patience = {"silent": (5, 0.2), "drips": (0.3, 0.3)}[behaviour]
    monkeypatch.setattr(sources, "CONNECT", patience[0])
    monkeypatch.setattr(sources, "READ", patience[1])
    with pytest.raises(sources.Unreachable, match=f"127.0.0.1 {says}; check the network and run again"):
        sources.fetch("invented-2010", folder=tmp_path / "raw")
    assert len(server.asked) == 1
    assert everything_in(tmp_path / "raw") == []


def test_a_name_server_that_hangs_does_not_hold_the_run(mirror, tmp_path, monkeypatch):
    for name in ("CONNECT", "READ"):
        monkeypatch.setattr(sources, name, 0.1)
    monkeypatch.delenv("BYNAME_MIRROR")
    wake, woken = threading.Event(), []
    monkeypatch.setattr(sources, "_stream", lambda address, output: woken.append(wake.wait(30)))
    with pytest.raises(sources.Unreachable, match="too slow"):
        sources.fetch("invented-2010", folder=tmp_path / "raw")
    assert woken == []  # the run did not wait for the sleeper
    wake.set()


def test_a_host_whose_name_nobody_knows(mirror, tmp_path, monkeypatch):
    monkeypatch.delenv("BYNAME_MIRROR")
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setattr(sources, "HOST", "https://raw.invalid")
    with pytest.raises(sources.Unreachable, match=r"first.csv: raw.invalid (did not answer|was too slow); check"):
        sources.fetch("invented-2010", folder=tmp_path / "raw")
    assert everything_in(tmp_path / "raw") == []


def test_the_command_fetches_and_tells_the_progress(mirror, tmp_path, capsys):
    assert sources.main([], folder=tmp_path) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "source 1 of 1: invented-2010, file 1 of 2 (0 kB)",
        "source 1 of 1: invented-2010, file 2 of 2 (0 kB)",
        "source 1 of 1: invented-2010, 2 of 2 files here and checked",
    ]
    assert said.err == ""


def test_the_command_tells_each_failure_in_one_line(mirror, tmp_path, capsys):
    for path in CONTENTS:
        (mirror / path).unlink()
    assert sources.main(["invented-2010"], folder=tmp_path) == 1
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(":")[0] for line in lines] == [f"invented-2010, {path}" for path in CONTENTS]


def test_the_command_knows_the_sources(mirror, capsys):
    assert sources.main(["bessudnov"]) == 1
    assert capsys.readouterr().err == "no source 'bessudnov': there are invented-2010\n"


def test_a_dead_host_is_tried_once_for_all_sources(tmp_path, monkeypatch, capsys, written):
    known = written(toml_of() + toml_of("invented-2011"))
    monkeypatch.setattr(sources, "registry", lambda: known)
    monkeypatch.delenv("BYNAME_MIRROR", raising=False)
    monkeypatch.setattr(sources, "HOST", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    assert sources.main([], folder=tmp_path / "raw") == 1
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("invented-2010, first.csv: 127.0.0.1 did not answer; check the network")
    assert second == "invented-2011: not tried, for it would fail in the same way; run again"


def test_try_goes_on_and_says_so_in_one_line(mirror, tmp_path, capsys):
    (mirror / "first.csv").unlink()
    assert sources.main(["--try"], folder=tmp_path / "raw") == 0
    said = capsys.readouterr()
    assert said.err == ""
    last = said.out.splitlines()[-1]
    assert last.startswith("not to be had: invented-2010 (invented-2010, first.csv: not in the folder")
    assert last.endswith("); the report goes on with embedded data")
