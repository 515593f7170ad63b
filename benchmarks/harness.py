"""Processor time and memory of child processes, beside a reference in the same run."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Cost:
    """`seconds` of processor time, of the user and the system; `peak` in megabytes; `said` is what
    the process wrote on its standard output."""

    seconds: float
    peak: float
    said: str


class Failed(Exception):
    """A process that did not do its work: no time of it means anything."""


def once(arguments: Sequence[str], within: Path, code: int = 0) -> Cost:
    """Run Python once; its output goes through a file, which no pipe slows. `code` is the one that
    it must exit with."""
    with (within / "stdout").open("w+b") as out, (within / "stderr").open("w+b") as err:
        child = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            cwd=ROOT,
            env={"PATH": os.defpath, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "LC_ALL": "C.UTF-8"},
        )
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if child.returncode != code:
            raise Failed(f"{' '.join(arguments)}: {err.read().decode()[-2000:]}")
        said = out.read().decode()
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said)


def cheapest(arguments: Sequence[str], within: Path, times: int, code: int = 0) -> Cost:
    """The cheapest of several runs: what else the machine does only adds to it."""
    return min((once(arguments, within, code) for _ in range(times)), key=lambda cost: cost.seconds)
