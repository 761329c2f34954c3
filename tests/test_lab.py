"""`make lab`: JupyterLab on the notebooks, with no question and no request to another host; a lesson answered in it."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.request
import uuid
from typing import NamedTuple

import chromium
import clones
import pytest
import websocket

from helpers import claims, comparison, series, teaching
from helpers.paths import NOTEBOOKS, ROOT

LESSON = "teaching/01_killed_is_not_casualties.ipynb"
PATIENCE = 60  # seconds until the server counts as missing
DAY = "2026-08-22"
README = ROOT / "README.md"


class Server(NamedTuple):
    """A running JupyterLab on this machine."""

    port: int
    token: str

    def address(self, place):
        return f"http://127.0.0.1:{self.port}/{place}?token={self.token}"

    def ask(self, place, **content):
        """What the server answers to a question, or to `content` that is posted to it."""
        sent = urllib.request.Request(self.address(place), json.dumps(content).encode() if content else None)
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(sent, timeout=PATIENCE) as answer:
            return json.load(answer)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The server that `make lab` starts in a clone, so that nothing is saved into the notebooks of this repository."""
    place = tmp_path_factory.mktemp("lab")
    folder = clones.clone(place / "clone")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        started = Server(free.getsockname()[1], uuid.uuid4().hex)
    own = {f"JUPYTER_{kind}_DIR": str(place / kind) for kind in ("CONFIG", "DATA", "RUNTIME")}
    asked = {"JUPYTER_PORT": str(started.port), "JUPYTER_TOKEN": started.token, "BROWSER": "true"}
    with (place / "said").open("w") as said:
        process = subprocess.Popen(
            ["make", "lab"], cwd=folder, env=clones.environment(folder, **own, **asked), stdout=said, stderr=said,
            start_new_session=True,
        )  # fmt: skip
    end = time.monotonic() + PATIENCE
    while True:
        with contextlib.suppress(OSError):
            started.ask("api/status")
            break
        assert time.monotonic() < end, (place / "said").read_text()
        assert process.poll() is None, (place / "said").read_text()
        time.sleep(0.1)
    yield started
    os.killpg(process.pid, signal.SIGTERM)
    process.wait()


def run(server, path):
    """Run a notebook through the server, as JupyterLab does, and give its cells' outputs by the cells' ids."""
    notebook = server.ask(f"api/contents/notebooks/{path}")["content"]
    kernel = {"name": notebook["metadata"]["kernelspec"]["name"]}
    session = server.ask("api/sessions", path=f"notebooks/{path}", type="notebook", name=path, kernel=kernel)
    channels = f"api/kernels/{session['kernel']['id']}/channels"
    line = websocket.create_connection(server.address(channels).replace("http:", "ws:"), timeout=PATIENCE)
    try:
        code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        return {cell["id"]: execute(line, cell["source"]) for cell in code}
    finally:
        line.close()


def execute(line, source):
    """The outputs of one cell, as the kernel sends them."""
    number = uuid.uuid4().hex
    header = {"msg_id": number, "msg_type": "execute_request", "username": "", "session": number, "version": "5.3"}
    content = {"code": source, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
    line.send(
        json.dumps({"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"})
    )
    outputs = []
    while True:
        message = json.loads(line.recv())
        if message["parent_header"].get("msg_id") != number:
            continue
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            return outputs
        if message["msg_type"] in ("execute_result", "display_data", "stream", "error"):
            outputs.append(message["content"])


def texts(outputs):
    """What outputs say in words: as Markdown, or else as plain text, without pictures."""
    data = [output["data"] for output in outputs if "data" in output]
    told = [one.get("text/markdown", one["text/plain"]) for one in data if "image/png" not in one]
    return ["".join(one) for one in told]


@pytest.mark.parametrize("path", ["05_coverage.ipynb"])
def test_a_notebook_says_the_same_when_it_runs_in_the_server(server, path):
    committed = json.loads((NOTEBOOKS / path).read_text("utf-8"))["cells"]
    expected = {cell["id"]: texts(cell["outputs"]) for cell in committed if cell["cell_type"] == "code"}
    ran = run(server, path)
    assert [output for outputs in ran.values() for output in outputs if "ename" in output] == []
    assert {one: texts(outputs) for one, outputs in ran.items()} == expected


def test_the_kernel_of_every_notebook_is_the_one_of_the_environment(server):
    known = server.ask("api/kernelspecs")
    ours = [json.loads(path.read_text("utf-8"))["metadata"] for path in NOTEBOOKS.rglob("[0-9]*.ipynb")]
    wanted = {one["kernelspec"]["name"] for one in ours}
    assert wanted == {"python3"} == {known["default"]}
    assert known["kernelspecs"]["python3"]["spec"]["argv"][1:3] == ["-m", "ipykernel_launcher"]


@pytest.fixture
def browser(tmp_path):
    program = chromium.program()
    chromium.needed(program, f"none of {', '.join(chromium.PROGRAMS)} is installed: on Debian, apt install chromium")
    running = chromium.Chromium(program, tmp_path)
    yield running
    running.close()


CELLS = "[...document.querySelectorAll('.jp-Notebook .jp-CodeCell')]"
MENU = "[...document.querySelectorAll('.lm-MenuBar-itemLabel, .lm-Menu-itemLabel')].find(e => e.textContent === '{}')"
# nothing that a reader would have to click away
IN_THE_WAY = "document.querySelectorAll('.jp-Dialog, .Toastify__toast').length"


def answer(browser, number, value):
    """Answer a question of the lesson: write it into its cell, run the cell, and read what stands below."""
    cell = f"{CELLS}.find(e => e.querySelector('.cm-content')?.textContent.startsWith('answer_{number} '))"
    output = f"{cell}.querySelector('.jp-OutputArea').innerText.trim()"
    before = browser.evaluate(output)
    browser.evaluate(f"{cell}.querySelector('.cm-content').focus()")
    browser.press("Control+A")
    browser.write(f"answer_{number} = {value!r}\ncheck({number}, answer_{number})")
    browser.press("Shift+Enter")
    return browser.until(f"({output} !== {before!r}) && {output}").split("\n")[-1]


@pytest.mark.browser
@pytest.mark.slow
def test_a_lesson_is_opened_run_and_answered_in_jupyterlab(server, browser):
    notebook = json.loads((NOTEBOOKS / LESSON).read_text("utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    hidden = [cell for cell in code if cell["metadata"].get("jupyter", {}).get("source_hidden")]
    browser.open(server.address(f"lab/tree/notebooks/{LESSON}"), width=1280)
    browser.until(f"{CELLS}.length === {len(code)}")
    browser.until("document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status === 'idle'")
    assert browser.evaluate("document.querySelectorAll('.jp-Notebook .jp-Placeholder').length") == len(hidden)
    assert browser.evaluate("document.querySelector('.jp-KernelName').textContent").startswith("Python 3")
    browser.click(MENU.format("Run"))
    browser.click(MENU.format("Run All Cells"))
    browser.until(f"{CELLS}.at(-1).querySelector('.jp-InputPrompt').textContent === '[{len(code)}]:'")
    ledger = claims.known_by(DAY)
    lesson = teaching.lesson("01", ledger, comparison.beside(ledger, "russia", series.read(), DAY))
    for value in ("killed", "killed_and_wounded"):
        word = lesson.check(2, value)
        assert answer(browser, 2, value) == f"{word.state}. {word.says}".replace("`", "")
    assert browser.evaluate(IN_THE_WAY) == 0
    asked = [event["request"]["url"] for event in browser.told("Network.requestWillBeSent")]
    assert [one for one in asked if not one.startswith((f"http://127.0.0.1:{server.port}/", "data:", "blob:"))] == []
    assert [one for one in asked if "/lab/api/news" in one or "/lab/api/update" in one] == []


def test_the_lines_of_the_readme_run_and_the_answer_moves_as_it_says(tmp_path):
    section = re.search(r"^## Run one notebook\n(.*?)^## ", README.read_text("utf-8"), re.DOTALL | re.MULTILINE)[1]
    lines = re.findall(r"^\.venv/bin/papermill .*$", section, re.MULTILINE)
    before, after = re.findall(r"(\d+,\d+ to \d+,\d+)", " ".join(section.split()))
    folder = clones.clone(tmp_path / "clone")
    shown, ran = (
        subprocess.run(line.split(), cwd=folder, env=clones.environment(folder), capture_output=True, text=True)
        for line in lines
    )
    assert (shown.returncode, ran.returncode) == (0, 0), ran.stderr
    assert "least share of the dead that the list is judged to hold" in shown.stdout
    assert [answer_of(folder / path) for path in ("notebooks/05_coverage.ipynb", "mine.ipynb")] == [before, after]


def answer_of(path):
    """The range in the bold sentence under the title of a notebook."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    (cell,) = [cell for cell in cells if "answer" in cell["metadata"].get("tags", [])]
    return re.search(r"(\d+,\d+ to \d+,\d+) people were killed", texts(cell["outputs"])[0])[1]


def test_the_container_starts_by_commands_of_the_makefile():
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    commands = [container["postCreateCommand"], container["postAttachCommand"]]
    assert [command.split()[0] for command in commands] == ["make", "make"]
    assert {command.split()[1] for command in commands} <= set(targets)
