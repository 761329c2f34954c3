"""A browser for the tests: Chromium without a window, spoken to over a pair of pipes by the DevTools protocol."""

import fcntl
import json
import os
import select
import shutil
import signal
import time
from contextlib import suppress

import pytest

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 120  # seconds until an answer counts as missing
KEYS = {
    "Tab": {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9},
    "Space": {"key": " ", "code": "Space", "windowsVirtualKeyCode": 32, "text": " "},
    "Shift+Enter": {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "modifiers": 8},
    "Control+A": {"key": "a", "code": "KeyA", "windowsVirtualKeyCode": 65, "modifiers": 2},
}
# one page, no sandbox (root has none), and nothing asked of any host but the one of the tests
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic", "--no-first-run", "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--remote-debugging-pipe", "about:blank",
)  # fmt: skip


def program() -> str | None:
    """The path of a Chromium on this machine, or None."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def needed(there: object, reason: str) -> None:
    """Skip the test for `reason` unless what it needs is there; fail it where BYNAME_BROWSER says `required`."""
    if not there and os.environ.get("BYNAME_BROWSER") == "required":
        pytest.fail(reason)
    if not there:
        pytest.skip(reason)


class Chromium:
    """One running browser with one page. Commands and events: https://chromedevtools.github.io/devtools-protocol/."""

    def __init__(self, path: str, profile: os.PathLike):
        commands, self._send = _pipe()
        self._receive, answers = _pipe()
        self._unread, self._number, self._session = b"", 0, None
        self.events: list[dict] = []
        self._process = os.posix_spawn(
            path,
            [path, f"--user-data-dir={profile}", *FLAGS],
            os.environ,
            # the protocol's place for commands is 3 and for answers 4; what the browser says of itself is not ours
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
                (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
                (os.POSIX_SPAWN_DUP2, commands, 3),
                (os.POSIX_SPAWN_DUP2, answers, 4),
            ],
        )
        os.close(commands)
        os.close(answers)
        page = next(one for one in self.call("Target.getTargets")["targetInfos"] if one["type"] == "page")
        attached = self.call("Target.attachToTarget", targetId=page["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")
        self.call("Page.setLifecycleEventsEnabled", enabled=True)
        self.call("Network.setCacheDisabled", cacheDisabled=True)
        self.call("Emulation.setScrollbarsHidden", hidden=True)

    def call(self, method: str, **parameters: object) -> dict:
        """What the browser answers to one command; RuntimeError with its own words if it refuses."""
        return self._answer(self._command(method, parameters))

    def _command(self, method: str, parameters: dict) -> int:
        """Give a command without waiting for its answer; its number."""
        self._number += 1
        command = {"id": self._number, "method": method, "params": parameters}
        command |= {"sessionId": self._session} if self._session else {}
        text = json.dumps(command).encode() + b"\0"
        while text:
            text = text[os.write(self._send, text) :]
        return self._number

    def _answer(self, number: int) -> dict:
        while (message := self._next(f"answer to command {number}")).get("id") != number:
            pass
        if "error" in message:
            raise RuntimeError(message["error"]["message"])
        return message["result"]

    def open(self, address: str, *, width: int, height: int = 900) -> None:
        """Load a page at a window's size, from a blank one, and forget the events of the page before."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        self.scheme("light")
        self._load("about:blank")
        self.events.clear()
        self._load(address)

    def _load(self, address: str) -> None:
        loader = self.call("Page.navigate", url=address)["loaderId"]
        while not any(one["name"] == "load" and one["loaderId"] == loader for one in self.told("Page.lifecycleEvent")):
            self._next(f"load of {address}")

    def told(self, method: str) -> list[dict]:
        """What the events of one kind told since the page was opened."""
        return [event["params"] for event in self.events if event["method"] == method]

    def scheme(self, name: str) -> None:
        """Prefer a light or a dark page."""
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": name}])

    def evaluate(self, script: str) -> object:
        """The value of a JavaScript expression on the page (awaited); RuntimeError with its words if it fails."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"]["description"])
        return answer["result"].get("value")

    def until(self, script: str) -> object:
        """The value of a JavaScript expression as soon as it is true; TimeoutError if it does not become so."""
        end = time.monotonic() + PATIENCE
        while not (value := self.evaluate(script)):
            if time.monotonic() > end:
                raise TimeoutError(f"not within {PATIENCE} s: {script}")
            time.sleep(0.1)
        return value

    def click(self, element: str) -> None:
        """Click into the middle of what a JavaScript expression finds, once it is there."""
        box = self.until(f"({element})?.getBoundingClientRect().toJSON()")
        place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **place)

    def write(self, text: str) -> None:
        """Write `text` where the focus is."""
        self.call("Input.insertText", text=text)

    def press(self, key: str, times: int = 1) -> None:
        """Press one of KEYS; the page is not waited for after each stroke, but after every fifty."""
        for number in range(1, times + 1):
            self._command("Input.dispatchKeyEvent", {"type": "keyDown", **KEYS[key]})
            stroke = self._command("Input.dispatchKeyEvent", {"type": "keyUp", **KEYS[key]})
            if number % 50 == 0 or number == times:
                self._answer(stroke)

    def _next(self, awaited: str) -> dict:
        """The next message; an event is kept as well."""
        end = time.monotonic() + PATIENCE
        while b"\0" not in self._unread:
            if not select.select([self._receive], [], [], max(0, end - time.monotonic()))[0]:
                raise TimeoutError(f"Chromium gave no {awaited} within {PATIENCE} s")
            read = os.read(self._receive, 1 << 20)
            if not read:
                raise RuntimeError(f"Chromium ended before its {awaited}")
            self._unread += read
        text, _, self._unread = self._unread.partition(b"\0")
        message = json.loads(text)
        if "method" in message:
            self.events.append(message)
        return message

    def close(self) -> None:
        """End the browser."""
        for end in (self._send, self._receive):
            os.close(end)
        with suppress(ProcessLookupError):
            os.kill(self._process, signal.SIGTERM)
        os.waitpid(self._process, 0)


def _pipe() -> tuple[int, int]:
    """A pipe to read from and to write to, with numbers above those that the protocol needs."""
    ends = os.pipe()
    above = tuple(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends)
    for end in ends:
        os.close(end)
    return above
