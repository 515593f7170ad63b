"""How far a long work is: told on a terminal, and nowhere else."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from mutualis import progress
from mutualis.cli.terminal import console
from mutualis.progress import LONG, Task, each


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Task, int, int]]:
    found: list[tuple[Task, int, int]] = []
    monkeypatch.setattr(progress, "_watchers", [])
    progress.watch(lambda *facts: found.append(facts))
    return found


def test_nothing_is_told_to_nobody() -> None:
    items = ["x"] * LONG
    assert each(Task.PDF, items, len(items)) is items


@pytest.mark.parametrize(
    ("total", "least", "done"),
    [
        (LONG - 1, LONG, []),
        (LONG, LONG, [*range(LONG // 100, LONG + 1, LONG // 100)]),
        (1, 2, []),
        (2, 2, [1, 2]),
        (3, 2, [1, 2, 3]),
        (250, 2, [*range(2, 251, 2)]),
        (399, 2, [*range(3, 400, 3)]),
        (401, 2, [*range(4, 401, 4), 401]),
    ],
)
def test_each_hundredth_and_the_last(
    total: int, least: int, done: list[int], told: list[tuple[Task, int, int]]
) -> None:
    assert [*each(Task.WORKBOOK, range(total), total, least)] == [*range(total)]
    assert told == [(Task.WORKBOOK, at, total) for at in done]


def test_what_is_done_is_told_when_it_is(told: list[tuple[Task, int, int]]) -> None:
    for item in each(Task.PDF, "abc", 3, least=2):
        assert len(told) == "abc".index(item)


@pytest.mark.parametrize("task", Task)
def test_a_bar_goes_away(task: Task, capsys: pytest.CaptureFixture[str]) -> None:
    console.tell_progress(task, 1, 2)
    bar = capsys.readouterr().err
    assert bar.endswith(f" : [{'#' * 15}{'.' * 15}] 1 sur 2")
    assert len(bar) <= 80
    console.show("ensuite")
    after = capsys.readouterr()
    assert (after.out, after.err) == ("ensuite\n", f"\r{' ' * (len(bar) - 1)}\r")
    console.tell_progress(task, 2, 2)
    assert capsys.readouterr().err.endswith("\r")


def test_a_terminal_sees_it_and_a_file_does_not(small: Path) -> None:
    command = [sys.executable, "-m", "mutualis", "bill", "2025", "--pdf", "--dir", str(small)]
    quiet = subprocess.run(command, capture_output=True, check=True)
    assert b"PDF : [" not in quiet.stdout + quiet.stderr
    ours, theirs = pty.openpty()
    subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, check=True)
    os.close(theirs)
    seen = os.read(ours, 10_000)
    os.close(ours)
    assert b"PDF : [" in seen
