"""What is written into a folder of the user's stands there as a whole; nothing half made is left, even by a kill."""

import os
import signal
import subprocess
import sys

import pytest

from helpers.paths import ROOT
from helpers.publish import notebooks, own_folder, recapture

WRITES_AND_WAITS = """
import signal, sys, time
from pathlib import Path
from helpers.publish import own_folder
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job begins with Ctrl-C ignored
with own_folder.filled(Path(sys.argv[1])) as made:
    (made / "people.csv").write_text("a name")
    print("writing", flush=True)
    time.sleep(60)
"""


def there(folder):
    return sorted(path.name for path in folder.rglob("*"))


def writing(folder):
    process = subprocess.Popen(
        [sys.executable, "-c", WRITES_AND_WAITS, folder], stdout=subprocess.PIPE, cwd=ROOT, text=True
    )
    assert process.stdout.readline() == "writing\n"
    return process


def test_a_run_that_ends_well_hands_over_all(tmp_path):
    for text in ("one", "two"):
        with own_folder.filled(tmp_path / "mine") as made:
            (made / "a.csv").write_text(text)
            assert not (tmp_path / "mine" / "a.csv").exists() or text == "two"
    assert there(tmp_path) == ["a.csv", "mine"]
    assert (tmp_path / "mine" / "a.csv").read_text() == "two"


def test_a_run_that_fails_leaves_what_was_there(tmp_path):
    def run():
        with own_folder.filled(tmp_path / "mine") as made:
            (made / "a.csv").write_text("half")
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        run()
    assert there(tmp_path) == []


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_stopped_leaves_no_name(tmp_path, stop):
    process = writing(tmp_path / "mine")
    process.send_signal(stop)
    assert process.wait(10) != 0
    assert there(tmp_path) == []


def test_what_a_killed_run_left_is_removed_by_the_next_and_a_running_one_is_left_alone(tmp_path):
    killed, running = (writing(tmp_path / "mine") for _ in range(2))
    killed.kill()
    killed.wait(10)
    assert there(tmp_path).count("people.csv") == 2
    with own_folder.filled(tmp_path / "mine"):
        pass
    assert there(tmp_path).count("people.csv") == 1
    running.terminate()
    running.wait(10)
    assert there(tmp_path) == ["mine"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_recapture_on_a_full_disk_is_one_line_and_leaves_nothing(tmp_path, monkeypatch, capsys):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        (disk / "mine.csv").write_text("a,b,n\n1,0,50\n0,1,60\n1,1,20\n")
        monkeypatch.chdir(disk)
        monkeypatch.setattr(notebooks, "run_into", lambda output, *_: output.write_bytes(b"x" * 200_000))
        monkeypatch.setattr("sys.argv", ["recapture", "mine.csv"])
        assert recapture.main() == 1
        told = capsys.readouterr().err
        assert told.count("\n") == 1
        assert "results cannot be written (No space left on device; free some space" in told
        assert there(disk) == ["mine.csv"]
    finally:
        monkeypatch.chdir(tmp_path)
        subprocess.run(["umount", disk], check=True)
