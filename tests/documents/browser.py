"""A headless Chromium driven through its pipe, where there is one: nothing is installed."""

import json
import os
import shutil
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = (
    os.environ.get("MUTUALIS_CHROMIUM", ""),
    *("chromium", "chromium-browser", "google-chrome"),
)
# Its pipe needs file descriptors that are handed on.
FOUND = next(filter(None, map(shutil.which, NAMES)), "") if os.name == "posix" else ""
# Chromium reads its orders from 3 and answers on 4.
LAUNCHER = """
import fcntl, os, sys
read, write = (fcntl.fcntl(int(fd), fcntl.F_DUPFD_CLOEXEC, 5) for fd in sys.argv[1:3])
os.dup2(read, 3)
os.dup2(write, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


class Tab:
    """A page open in the browser; `errors` are what its console held against it."""

    def __init__(self, orders: int, answers: int) -> None:
        self._orders, self._answers = orders, answers
        self._rank, self._session, self._unread = 0, "", b""
        self.errors: list[str] = []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        attached = self.send("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **params: Any) -> Any:
        self._rank += 1
        order = {"id": self._rank, "method": method, "params": params}
        if self._session:
            order["sessionId"] = self._session
        os.write(self._orders, json.dumps(order).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._rank:
                assert "error" not in answer, answer
                return answer["result"]

    def open(self, path: Path) -> None:
        self.send("Page.navigate", url=path.as_uri())
        while self._read().get("method") != "Page.loadEventFired":
            pass

    def run(self, code: str) -> Any:
        """What a program comes to in the page; a promise is waited for."""
        asked = {"expression": code, "awaitPromise": True, "returnByValue": True}
        answer = self.send("Runtime.evaluate", **asked)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def picture(self, path: Path, width: int, height: int) -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.send("Emulation.setDeviceMetricsOverride", **metrics)
        path.write_bytes(b64decode(self.send("Page.captureScreenshot")["data"]))

    def _read(self) -> Any:
        while b"\0" not in self._unread:
            more = os.read(self._answers, 1 << 20)
            assert more, "the browser is gone"
            self._unread += more
        text, self._unread = self._unread.split(b"\0", 1)
        answer = json.loads(text)
        params = answer.get("params", {})
        if answer.get("method") == "Runtime.exceptionThrown":
            self.errors.append(str(params["exceptionDetails"]))
        if answer.get("method") == "Log.entryAdded":
            self.errors.append(str(params["entry"]["text"]))
        if answer.get("method") == "Network.requestWillBeSent":
            url = params["request"]["url"]
            if not url.startswith("file:"):
                self.errors.append(url)
        return answer


@contextmanager
def browser(folder: Path) -> Iterator[Tab]:
    orders, orders_in = os.pipe()
    answers_out, answers = os.pipe()

    process = subprocess.Popen(
        [
            *(sys.executable, "-c", LAUNCHER, str(orders), str(answers)),
            *(FOUND, "--headless", "--disable-gpu", "--no-sandbox", "--remote-debugging-pipe"),
            *("--disable-background-networking", "--disable-component-update", "--no-first-run"),
            f"--user-data-dir={folder}",
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(orders, answers),
    )
    os.close(orders)
    os.close(answers)
    try:
        yield Tab(orders_in, answers_out)
    finally:
        process.kill()
        process.wait()
        os.close(orders_in)
        os.close(answers_out)
