"""Every command that writes, killed and failing at each of its calls that change the disk.

A few faults of each command, drawn by a fixed seed; all of them with MUTUALIS_FAULTS=all (`make
faults`), others with MUTUALIS_FAULTS=SEED.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sweep import Sweep, faults, kind_of, state_of
from writing import ISSUE, ISSUED, WRITING, Command, of_schema_2, small, without

from conftest import TESTS
from mutualis.register import schema, store

WANTED = os.environ.get("MUTUALIS_FAULTS", "1")
MOST = None if WANTED == "all" else 6
ENDINGS = (
    *WRITING[::8],
    Command(f"{ISSUE} --pdf --merge", (small,)),
    Command("bill 2030", (small,)),
    Command(ISSUE, ISSUED),
    Command("register list --json", (*ISSUED, without("data/issuer.toml"))),
)


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


@pytest.mark.parametrize("command", ENDINGS, ids=[command.line for command in ENDINGS])
def test_a_quick_end_is_that_of_the_interpreter(command: Command, sweep: Sweep) -> None:
    """What is typed without a fault ends quickly (`server.py`): nothing that is seen differs."""
    ends = []
    for quick in (False, True):
        case = sweep.case(command)
        outcome = sweep.machine.run(case, *command.words, quick=quick)
        lines = (case / "log").read_text().splitlines()
        calls = [(call, kind_of(path)) for call, _, path in (line.partition(" ") for line in lines)]
        ends.append((outcome, calls, state_of(case / "work"), [*(case / "tmp").iterdir()]))
    assert ends[0] == ends[1]


def contents(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        return database.execute("SELECT content, hash FROM entries ORDER BY seq").fetchall()


def test_interrupted_while_the_register_is_brought_up_to_date(sweep: Sweep) -> None:
    """The next command does it: no row is lost, and the copy of before is whole."""
    command = Command("register list --json", (of_schema_2,))
    case = sweep.case(command)
    reference = sweep.machine.run(case, *command.words)
    assert reference.code == 0
    lines = (case / "log").read_text().splitlines()
    calls = [(call, path) for call, _, path in (line.partition(" ") for line in lines)]
    before = contents(TESTS / "registers/history" / store.NAME)
    for fault in faults(calls, 1 if MOST is None else int(WANTED), MOST and 3 * MOST):
        work = sweep.case(command) / "work"
        sweep.machine.run(work.parent, *command.words, at=fault.at, **fault.request)
        again = sweep.machine.run(work.parent, *command.words)
        assert (again.code, again.out) == (0, reference.out), fault.name
        (copy,) = work.glob("register-schema-2-*.db")
        for path in (copy, work / store.NAME):
            assert contents(path) == before, fault.name
        assert store.schema_of(work) == schema.expected()
