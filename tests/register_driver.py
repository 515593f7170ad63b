"""What test_register runs in a process of its own: issues that are killed, issues that race.

    python register_driver.py kill|race FOLDER ROUNDS SEED

FOLDER holds a small workspace. Prints one JSON object. It forks, which a test process with
threads must not do.
"""

import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from mutualis.domain.billing import plan_billing
from mutualis.domain.crediting import make_credit
from mutualis.domain.issuing import make_batch, number_invoices
from mutualis.domain.ledger import Act, Ledger, Record
from mutualis.domain.standing import to_issue
from mutualis.files.workspace import load
from mutualis.register import store
from mutualis.workflows.registering import verify

DAY = date(2026, 3, 1)


def issue(root: Path, year: int = 2025) -> None:
    """Number and register a year's batch, without its documents."""
    workspace = load(root).workspace
    assert workspace is not None
    plan = plan_billing(workspace, workspace.tariffs.grids[year])
    act = Act(DAY, "driver", "test", "")

    def build(ledger: Ledger) -> Sequence[Record]:
        lines = to_issue(plan, ledger, new_only=False)
        if not lines:
            return ()
        batch = make_batch(plan, ledger, workspace.tariffs, workspace.issuer, act, DAY.year)
        return (batch, *number_invoices(lines, plan, batch, ledger))

    store.append(root, build)


def credit_and_replace(root: Path) -> None:
    """Credit the first invoice and issue it again, in one transaction."""
    workspace = load(root).workspace
    assert workspace is not None
    plan = plan_billing(workspace, workspace.tariffs.grids[2025])
    act = Act(DAY, "driver", "test", "")

    def build(ledger: Ledger) -> Sequence[Record]:
        invoice = next(iter(ledger.standing(2025).values()))[0]
        line = next(x for x in plan.invoices if x.commune.code_insee == invoice.commune.code_insee)
        credit = make_credit(invoice, ledger, workspace.issuer, act, "essai", None)
        batch = make_batch(plan, ledger, workspace.tariffs, workspace.issuer, act, DAY.year)
        return (credit, batch, *number_invoices([line], plan, batch, ledger))

    store.append(root, build)


def die_at_statement(number: int) -> None:
    """Make this process kill itself as the n-th SQL statement begins."""
    connect = sqlite3.connect
    seen = 0

    def trace(_statement: str) -> None:
        nonlocal seen
        seen += 1
        if seen == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def traced(*arguments: Any, **named: Any) -> sqlite3.Connection:
        database: sqlite3.Connection = connect(*arguments, **named)
        database.set_trace_callback(trace)
        return database

    sqlite3.connect = traced  # type: ignore[assignment]


def in_a_child(work: Callable[[], None], kill_after: float | None = None) -> int:
    """Run in a forked process; returns its wait status."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            os._exit(9)
        os._exit(0)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def numbers(root: Path) -> list[str]:
    return [document.number for document in store.read_ledger(root).documents]


def kill(folder: Path, rounds: int, seed: int) -> dict[str, Any]:
    """Kill issues and replacements at each statement in turn, then at random moments."""
    chance = random.Random(seed)
    start, whole = folder / "start.db", folder / store.NAME
    issue(folder)
    shutil.copy(whole, start)
    before = numbers(folder)
    killed = {"none": 0, "whole": 0, "survived": 0}
    for turn in range(rounds):
        replaces = turn % 2 == 1
        if replaces:
            shutil.copy(start, whole)
        else:
            whole.unlink(missing_ok=True)
        work = credit_and_replace if replaces else issue

        def once(work: Callable[[Path], None] = work, turn: int = turn) -> None:
            if turn < rounds * 2 // 3:
                die_at_statement(1 + turn // 2 % 30)
            work(folder)

        after = None if turn < rounds * 2 // 3 else chance.uniform(0, 0.03)
        status = in_a_child(once, after)
        result = verify(folder)
        assert result.is_intact, [finding.text for finding in result.findings]
        left = numbers(folder)
        first = before if replaces else []
        done = [*before, "A2025-0001", f"F2025-{len(before) + 1:04d}"] if replaces else before
        assert left in (first, done), (turn, left)
        if not os.WIFSIGNALED(status):
            killed["survived"] += 1
        killed["whole" if left == done else "none"] += 1
        if left == first:  # running again does the whole
            work(folder)
            assert numbers(folder) == done
            assert verify(folder).is_intact
    return killed


def race(folder: Path, rounds: int, _seed: int) -> dict[str, Any]:
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
    mode, where, count, seed = sys.argv[1:]
    answer = {"kill": kill, "race": race}[mode](Path(where), int(count), int(seed))
    print(json.dumps(answer))
