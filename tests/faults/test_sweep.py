"""Every command that writes, killed and failing at each of its calls that change the disk.

A few faults of each command, drawn by a fixed seed; all of them with MUTUALIS_FAULTS=all (`make
faults`), others with MUTUALIS_FAULTS=SEED.
"""

import os

import pytest
from sweep import Sweep, faults
from writing import WRITING, Command

WANTED = os.environ.get("MUTUALIS_FAULTS", "1")
MOST = None if WANTED == "all" else 6


@pytest.mark.parametrize("command", WRITING, ids=[command.line for command in WRITING])
def test_interrupted_anywhere_typed_again_nothing_doubles(command: Command, sweep: Sweep) -> None:
    reference = sweep.reference(command)
    assert reference.first.code == 0, reference.first.err
    chosen = faults(reference.calls, 1 if MOST is None else int(WANTED), MOST)
    assert chosen
    found = {fault.name: [*sweep.wrong(command, reference, fault)] for fault in chosen}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_the_calls_of_sqlite_and_of_the_screen_are_seen(sweep: Sweep) -> None:
    command = next(command for command in WRITING if command.line.startswith("credit"))
    calls = set(sweep.reference(command).calls)
    assert calls >= {
        ("write", "work/register.db-journal"),
        ("sync", "work/register.db"),
        ("unlink", "work/register.db-journal"),
        ("sync", "work"),
        ("write", "stdout"),
    }
