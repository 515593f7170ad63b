"""Two commands at once: the first is stopped in the middle of what it writes, the second runs.

They end as one after the other would have; who had to wait too long says so, and typed again does
it.
"""

import random
import signal
from pathlib import Path

import pytest
from sweep import State, Sweep, state_of
from writing import (
    CPI,
    DONE,
    IMPORTED,
    ISSUE,
    ISSUED,
    MOVEMENTS,
    POPULATIONS,
    PUBLISH,
    QUOTE,
    REMISE,
    VOTED,
    WORKED,
    Command,
    empty,
    risen,
    shipped,
    small,
)

STOPS = 4
CREDIT = "credit F2025-0001 --reason Exemple --date 16/01/2026"
TITRE = "register titres F2025-0001 7 --exercice 2026"
REGULARISE = "bill 2025 --issue --regularise --yes --date 17/01/2026"
MISSIONS = "bill 2025 --quotes --issue --yes --date 15/01/2026"
DRAFT, BACKUP = "bill 2025", "register backup copies/copie.db"
PAIRS = (
    (DRAFT, DRAFT, (small,)),
    (DRAFT, ISSUE, (small,)),
    (ISSUE, ISSUE, (small,)),
    (BACKUP, BACKUP, ISSUED),
    (PUBLISH, PUBLISH, (shipped,)),
    ("init neuf --example", "init neuf --example", (empty,)),
    (REGULARISE, REGULARISE, (*ISSUED, risen)),
    (CREDIT, CREDIT, ISSUED),
    (REMISE, REMISE, ISSUED),
    (CREDIT, REGULARISE, (*ISSUED, risen)),
    (TITRE, CREDIT, ISSUED),
    (TITRE, TITRE, ISSUED),
    (QUOTE, QUOTE, VOTED),
    (MISSIONS, DONE, WORKED),
    ("index 2025 --act Exemple", "index 2026", (shipped,)),
    ("index 2026", "index 2026", VOTED),
    (CPI, "index 2026", (*IMPORTED, "index 2025 --act Exemple")),
    (POPULATIONS, MOVEMENTS, IMPORTED),
)


@pytest.mark.parametrize(
    ("one", "other", "steps"), PAIRS, ids=[f"{one} beside {other}" for one, other, _ in PAIRS]
)
def test_at_once_is_one_after_the_other(
    one: str, other: str, steps: tuple[object, ...], sweep: Sweep, tmp_path: Path
) -> None:
    first, second = Command(one, steps), Command(other, steps)  # type: ignore[arg-type]
    orders = [in_turn(sweep, first, second)]
    if first != second:
        orders.append(in_turn(sweep, second, first))
    calls = len(sweep.reference(first).calls)
    for at in random.Random(1).sample(range(1, calls + 1), min(STOPS, calls)):
        case = sweep.case(first)
        stopped = sweep.machine.ask(
            case, *first.words, action="signal", number=int(signal.SIGSTOP), at=at, busy=5
        )
        beside = sweep.machine.run(case, *second.words, streams=str(tmp_path), busy=0.1)
        ended = sweep.machine.go(case, stopped["stopped"])
        for outcome in (beside, ended):
            assert outcome.code in (0, 3, 4), (at, outcome)
            assert "panne" not in outcome.err, (at, outcome)
        for command, outcome in ((second, beside), (first, ended)):
            if outcome.code == 4:
                sweep.machine.run(case, *command.words)
        assert state_of(case / "work") in orders, (at, beside, ended)


def in_turn(sweep: Sweep, first: Command, second: Command) -> State:
    case = sweep.case(first)
    for command in (first, second):
        assert sweep.machine.run(case, *command.words).code in (0, 3)
    return state_of(case / "work")


def test_who_holds_the_lock_is_said(sweep: Sweep, tmp_path: Path) -> None:
    command = Command("index 2026", VOTED)
    at = next(
        rank
        for rank, (call, path) in enumerate(sweep.reference(command).calls, start=1)
        if (call, path) == ("rename", "work/data/tariffs.toml")
    )
    case = sweep.case(command)
    stopped = sweep.machine.ask(
        case, *command.words, action="signal", number=int(signal.SIGSTOP), at=at
    )
    busy = sweep.machine.run(case, *command.words, streams=str(tmp_path), busy=0.1)
    assert busy.code == 4
    assert f"(processus {stopped['stopped']} de " in busy.err
    assert "rien n'a été écrit" in busy.err
    dry = sweep.machine.run(case, *command.words, "--dry-run", streams=str(tmp_path), busy=0.1)
    assert dry.code == 0
    assert sweep.machine.go(case, stopped["stopped"]).code == 0
