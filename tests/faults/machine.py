"""The faulty machine: builds faults.c, starts server.py upon it, runs commands in case folders."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from msgspec import Struct

HERE = Path(__file__).parent
QUICK = os.environ.get("MUTUALIS_FAULTS") != "all"
HINDERED = {"action", "closed", "piped"}  # what a request has when something hinders the command


class Outcome(Struct, frozen=True):
    """How a command ended: its code, negative for the signal that killed it."""

    code: int
    out: str
    err: str


def why_not() -> str:
    """Why there is no faulty machine here; empty where there is one."""
    if not sys.platform.startswith("linux"):
        return "les pannes sont injectées sous Linux seulement"
    return "" if shutil.which("cc") else "il n'y a pas de compilateur C (cc)"


class Machine:
    """One server process; a case is a folder with `work`, where the command runs, and `tmp`."""

    def __init__(self, folder: Path) -> None:
        library = folder / "faults.so"
        build = ["cc", "-O1", "-shared", "-fPIC", "-o", str(library), str(HERE / "faults.c")]
        subprocess.run([*build, "-ldl"], check=True)
        hidden = ("MUTUALIS_DIR", "COLUMNS")
        kept = {name: value for name, value in os.environ.items() if name not in hidden}
        its_end, self._requests = os.pipe()
        self._answers, other_end = os.pipe()
        # The server finds the ends of its pipes at 3 and 4, whatever they are here.
        start = f"exec 3<&{its_end} 4>&{other_end}; exec {sys.executable} {HERE / 'server.py'}"
        self._server = subprocess.Popen(
            ["bash", "-c", start],
            env={**kept, "LD_PRELOAD": str(library), "PYTHONIOENCODING": "utf-8", "COLUMNS": "80"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=(its_end, other_end),
        )
        os.close(its_end)
        os.close(other_end)
        self._reader = os.fdopen(self._answers)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        os.close(self._requests)
        self._reader.close()
        self._server.wait()

    def run(self, case: Path, *arguments: str, **fault: Any) -> Outcome:
        """Run a command to its end."""
        answer = self.ask(case, *arguments, **fault)
        return self.ended(Path(fault.get("streams", case)), answer["code"])

    def ask(self, case: Path, *arguments: str, **fault: Any) -> dict[str, int]:
        """Run a command until it ends or stops itself; its `streams` are files of the case, or of
        another folder. Where nothing fails, it ends quickly, but with MUTUALIS_FAULTS=all."""
        hindered = HINDERED & fault.keys() and fault.get("number") != signal.SIGSTOP
        fault.setdefault("quick", QUICK and not hindered)
        (case / "tmp").mkdir(exist_ok=True)
        for name in ("stdout", "stderr", "log"):
            (Path(fault.get("streams", case)) / name).unlink(missing_ok=True)
        answer: dict[str, int] = self._ask({"case": str(case), "arguments": arguments, **fault})
        return answer

    def go(self, case: Path, pid: int) -> Outcome:
        """Let a command that stopped itself end."""
        return self.ended(case, self._ask({"go": pid})["code"])

    def ended(self, streams: Path, code: int) -> Outcome:
        out, err = ((streams / name).read_text(errors="replace") for name in ("stdout", "stderr"))
        return Outcome(code, out, err)

    def _ask(self, request: dict[str, Any]) -> Any:
        os.write(self._requests, (json.dumps(request) + "\n").encode())
        return json.loads(self._reader.readline())
