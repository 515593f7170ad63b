"""Runs the command again and again, each time in a fork of one process that has loaded it.

Started with the faults of faults.c preloaded. Reads one JSON request a line on descriptor 3 and
answers each on descriptor 4: `run` forks a command that is to be faulted, `go` resumes one that
stopped. The answer is {"code"} or, for one that has stopped itself, {"stopped": pid}.
"""

import atexit
import contextlib
import ctypes
import gc
import importlib
import io
import json
import os
import pkgutil
import shutil
import signal
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

import mutualis
from mutualis.cli import app
from mutualis.files.disk import lock
from mutualis.register import store

ACTIONS = {"log": 0, "kill": 1, "torn": 2, "fail": 3, "fail from": 4, "signal": 5}
REQUESTS, ANSWERS = 3, 4
DATA = Path(__file__).parents[2] / "data"


def child(request: dict[str, Any]) -> None:
    """Be the command: its folder, its streams, its fault; it ends as the interpreter does, or
    `quick`, when nothing hinders it."""
    case = Path(request["case"])
    os.chdir(case / "work")
    os.environ["TMPDIR"] = str(case / "tmp")
    streams = Path(request.get("streams", case))
    for fd, name in ((1, "stdout"), (2, "stderr")):
        file = os.open(streams / name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(file, fd)
        os.close(file)
    for fd in request.get("piped", ()):
        reader, writer = os.pipe()
        os.dup2(writer, fd)
        os.close(reader)
        os.close(writer)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", 1, encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    for fd in request.get("closed", ()):
        os.close(fd)
        setattr(sys, ("stdin", "stdout", "stderr")[fd], None)
    store.BUSY_SECONDS = lock.BUSY_SECONDS = request.get("busy", store.BUSY_SECONDS)
    log = os.open(streams / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    spare = str(case / "stderr")
    faults = ctypes.CDLL(os.environ["LD_PRELOAD"])
    action = ACTIONS[request.get("action", "log")]
    number, at = request.get("number", 0), request.get("at", 0)
    sys.argv = ["mutualis", *request["arguments"]]
    faults.fault_arm(os.fsencode(case), os.fsencode(spare), action, number, ctypes.c_long(at), log)
    try:
        app.main()
    except SystemExit as end:
        if not request.get("quick"):
            raise
        end_quickly(end.code)


def end_quickly(code: object) -> None:
    """What the interpreter does at its end that may be seen from outside; not the taking apart of
    each module and object, half of the time of a command: it writes in all the pages that the fork
    shares with the server."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    gc.collect()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


def answer_of(pid: int) -> dict[str, int]:
    _, status = os.waitpid(pid, os.WUNTRACED)
    if os.WIFSTOPPED(status):
        return {"stopped": pid}
    if os.WIFSIGNALED(status):
        return {"code": -os.WTERMSIG(status)}
    return {"code": os.WEXITSTATUS(status)}


def warm_up() -> None:
    """Load what commands import where they use it: each fork would do it again.

    No PDF: the threads of Typst do not survive a fork, and its next document would wait for them.
    """
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(DATA, Path(folder) / "data")
        for command in (
            "index 2025 --act Exemple",
            "bill 2025 --issue --yes --commune Saône",
            "quote 25014 --line A:1:x",
            "index 2026",
            "requests rank 2025 --workbook",
            "register export --format xlsx",
            f"check --report {folder}/x.xlsx",
        ):
            with contextlib.redirect_stderr(io.StringIO()):
                app.run([*command.split(), "--dir", folder])
    for name in app._COMMANDS:
        app._made(name)
    gc.collect()
    gc.freeze()


def main() -> None:
    for module in pkgutil.walk_packages(mutualis.__path__, "mutualis."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    warm_up()
    with os.fdopen(REQUESTS) as requests:
        for line in requests:
            request = json.loads(line)
            if "go" in request:
                os.kill(request["go"], signal.SIGCONT)
                pid = request["go"]
            else:
                pid = os.fork()
                if pid == 0:
                    os.close(ANSWERS)
                    child(request)
            os.write(ANSWERS, (json.dumps(answer_of(pid)) + "\n").encode())


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
