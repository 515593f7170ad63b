"""Several people who type the same command at the same moment, each in a process of its own.

Where processes fork, they are forks of one that has loaded the program (`forked.py`): they meet in
what they do, not in what they load. Elsewhere each is started by itself.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from conftest import TESTS, Answer


def at_once(count: int, folder: Path, *command: str) -> list[Answer]:
    """How each of them ends."""
    with tempfile.TemporaryDirectory() as name:
        streams = Path(name)
        if hasattr(os, "fork"):
            forked = _started(folder, TESTS / "forked.py", count, streams, *command)
            forked.communicate()
            assert forked.returncode == 0
            codes = json.loads((streams / "codes").read_text())
            texts = [
                [(streams / f"{rank}.{end}").read_bytes() for end in ("out", "err")]
                for rank in range(count)
            ]
        else:
            running = [_started(folder, "-m", "mutualis", *command) for _ in range(count)]
            texts = [[*process.communicate()] for process in running]
            codes = [process.returncode for process in running]
    return [
        Answer(code, out.decode(), err.decode())
        for code, (out, err) in zip(codes, texts, strict=True)
    ]


def _started(folder: Path, *arguments: object) -> subprocess.Popen[bytes]:
    hidden = ("MUTUALIS_DIR", "COLUMNS")
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        cwd=folder,
        env={**kept, "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
