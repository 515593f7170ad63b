"""What test_register runs in a process of its own: issues that are killed, issues that race.

    python register_driver.py kill|race FOLDER ROUNDS

FOLDER holds a small workspace. Prints one JSON object. It forks, which a test process with
threads must not do.
"""

import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from mutualis.domain.act import Act
from mutualis.domain.issuing.credit_note import TakenOff
from mutualis.domain.kinds import Nature
from mutualis.domain.quotes.quote import WantedLine
from mutualis.register import store
from mutualis.workflows.bill import YearAsked
from mutualis.workflows.bill_issue import prepare_issue, records_to_issue
from mutualis.workflows.bill_quotes import prepare_missions, records_to_bill
from mutualis.workflows.credit import CreditRequest, prepare_credit, records_to_credit
from mutualis.workflows.quote import make_quote
from mutualis.workflows.quotes import Clerk, answer_quote, note_work
from mutualis.workflows.register import verify
from read_once import reading_once

DAY = date(2026, 3, 1)


def issue(root: Path, year: int = 2025, *, again: bool = False) -> None:
    """Number and register a year's batch as the command does, without its documents."""
    prepared = prepare_issue(root, YearAsked(year, regularise=again), DAY)
    act = Act(DAY, "driver", "test", "")
    store.append(
        root,
        lambda ledger: records_to_issue(prepared, ledger, act, today=DAY, exercice=DAY.year),
    )


def regularise(root: Path) -> None:
    """Issue what the year's accounts lack since its first batch."""
    issue(root, again=True)


def credit_and_replace(root: Path) -> None:
    """Credit the first invoice and issue it again, in one transaction, as the command does."""
    off = TakenOff(None, Nature.CORRECTION, "essai")
    prepared = prepare_credit(root, CreditRequest("F2025-0001", off, replace=True))
    act = Act(DAY, "driver", "test", "")
    store.append(
        root,
        lambda ledger: records_to_credit(prepared, ledger, act, today=DAY, exercice=DAY.year),
    )


def quote_and_work(root: Path) -> None:
    """A quote accepted, and half-days done on it."""
    clerk = Clerk(DAY, "driver")
    line = WantedLine("A", "3", "essai")
    make_quote(root, "25014", [line], issued_on=DAY, today=DAY, year=2025, operator="driver")
    answer_quote(root, "D2025-0001", clerk, accepted=True, day=DAY, by="")
    note_work(root, "D2025-0001", clerk, half_days={"A": 2}, day=DAY, certified_by="essai")


def bill_work(root: Path) -> None:
    """Invoice the half-days done as the command does, without its documents."""
    prepared = prepare_missions(root, 2025, day=DAY)
    act = Act(DAY, "driver", "test", "")
    store.append(
        root,
        lambda ledger: records_to_bill(prepared, ledger, act, today=DAY, exercice=DAY.year),
    )


def die_at_statement(number: int) -> list[int]:
    """Make this process kill itself as the n-th SQL statement begins; 0 only counts them."""
    connect = sqlite3.connect
    seen = [0]

    def trace(_statement: str) -> None:
        seen[0] += 1
        if seen[0] == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def traced(*arguments: Any, **named: Any) -> sqlite3.Connection:
        database: sqlite3.Connection = connect(*arguments, **named)
        database.set_trace_callback(trace)
        return database

    sqlite3.connect = traced  # type: ignore[assignment]
    return seen


def in_a_child(work: Callable[[], None]) -> int:
    """Run in a forked process; returns its wait status."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            os._exit(9)
        os._exit(0)
    return os.waitpid(child, 0)[1]


def numbers(root: Path) -> list[str]:
    return [document.number for document in store.read_ledger(root).documents]


def kill(folder: Path, statements: int) -> dict[str, Any]:
    """Kill issues, regularisations, replacements, invoices of missions at each statement."""
    start, whole = folder / "start.db", folder / store.NAME
    people = folder / "data/communes.csv"
    original = people.read_bytes()
    corrected = {
        credit_and_replace: original.replace(b";937;", b";938;"),
        regularise: original.replace(b";937;", b";837;"),
    }
    issue(folder)
    quote_and_work(folder)
    shutil.copy(whole, start)
    before = numbers(folder)
    done = {
        issue: before,
        regularise: [*before, "A2025-0001"],
        credit_and_replace: [*before, "A2025-0001", "F2025-0003"],
        bill_work: [*before, "F2025-0003"],
    }
    works = list(done)
    killed = {"none": 0, "whole": 0, "survived": 0}
    for turn in range(statements * len(works)):
        work = works[turn % len(works)]
        people.write_bytes(corrected.get(work, original))
        whole.unlink(missing_ok=True)
        shutil.rmtree(folder / "out", ignore_errors=True)
        if work is not issue:
            shutil.copy(start, whole)
        first = numbers(folder)

        def once(work: Callable[[Path], None] = work, turn: int = turn) -> None:
            die_at_statement(1 + turn // len(works))
            work(folder)

        status = in_a_child(once)
        result = verify(folder)
        assert result.is_intact, [finding.text for finding in result.findings]
        left = numbers(folder)
        assert left in (first, done[work]), (turn, left)
        killed["survived"] += not os.WIFSIGNALED(status)
        killed["whole" if left == done[work] else "none"] += 1
        if left == first:  # running again does the whole
            work(folder)
            assert numbers(folder) == done[work]
            assert verify(folder).is_intact
    return killed


def race(folder: Path, rounds: int) -> dict[str, Any]:
    """Two processes issue at the same moment: one batch comes of it, whole and once."""
    for _ in range(rounds):
        (folder / store.NAME).unlink(missing_ok=True)
        children = []
        for _ in range(2):
            child = os.fork()
            if child == 0:
                try:
                    issue(folder)
                except BaseException:
                    os._exit(9)
                os._exit(0)
            children.append(child)
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        assert codes == [0, 0], codes
        assert verify(folder).is_intact
        left = numbers(folder)
        assert left == [f"F2025-{rank:04d}" for rank in range(1, len(left) + 1)]
        assert len(left) == 2
        assert len(store.read_ledger(folder).batches) == 1
    return {"rounds": rounds}


if __name__ == "__main__":
    mode, where, count = sys.argv[1:]
    with reading_once():  # the register is killed and raced for, not the files
        answer = {"kill": kill, "race": race}[mode](Path(where), int(count))
    print(json.dumps(answer))
