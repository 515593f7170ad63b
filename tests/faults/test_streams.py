"""A stream that is closed, or that nobody reads: what was done is done, and the code says it."""

import errno
import subprocess
import sys
from pathlib import Path

import pytest
from sweep import Sweep, state_of
from writing import ISSUE, ISSUED, REMISE, Command, small

CREDIT = Command(REMISE, ISSUED)


def test_stdout_closed(sweep: Sweep) -> None:
    reference = sweep.reference(CREDIT)
    case = sweep.case(CREDIT)
    outcome = sweep.machine.run(case, *CREDIT.words, closed=[1])
    assert (outcome.code, outcome.err) == (0, reference.first.err)
    assert state_of(case / "work") == reference.after


def test_nobody_reads_what_is_registered(sweep: Sweep) -> None:
    case = sweep.case(CREDIT)
    outcome = sweep.machine.run(case, *CREDIT.words, piped=[1])
    assert outcome.code == 4
    assert "A2025-0001 : émis et enregistrés, une fois pour toutes" in outcome.err
    assert "mutualis register render A2025-0001" in outcome.err


@pytest.mark.parametrize("closed", [[2], [1, 2], [0, 1, 2]], ids=str)
def test_messages_closed_too(closed: list[int], sweep: Sweep) -> None:
    reference = sweep.reference(CREDIT)
    case = sweep.case(CREDIT)
    assert sweep.machine.run(case, *CREDIT.words, closed=closed).code == 0
    assert state_of(case / "work") == reference.after


def test_nobody_reads_a_list(sweep: Sweep) -> None:
    """As every tool before `head`: 141, and nothing said."""
    case = sweep.case(CREDIT)
    outcome = sweep.machine.run(case, "register", "list", piped=[1])
    assert (outcome.code, outcome.err) == (141, "")


@pytest.mark.parametrize("more", [[], ["--json"]], ids=str)
def test_the_answer_has_no_room(more: list[str], sweep: Sweep) -> None:
    calls = sweep.reference(CREDIT).calls
    at = next(rank for rank, call in enumerate(calls, start=1) if call == ("write", "stdout"))
    case = sweep.case(CREDIT)
    outcome = sweep.machine.run(
        case, *CREDIT.words, *more, action="fail from", number=errno.ENOSPC, at=at
    )
    assert outcome.code == 4
    assert "affiché en entier (le disque est plein). A2025-0001 : émis" in outcome.err


def test_nobody_can_confirm(sweep: Sweep) -> None:
    command = Command(ISSUE.replace("--yes ", ""), (small,))
    case = sweep.case(command)
    outcome = sweep.machine.run(case, *command.words, closed=[0])
    assert outcome.code == 3
    assert "--yes" in outcome.err
    assert state_of(case / "work").rows == ()


@pytest.mark.skipif(sys.platform == "win32", reason="les flux se ferment par le shell")
@pytest.mark.parametrize("ending", [">&-", "<&-", "2>&-", ">&- 2>&- <&-"])
def test_as_a_shell_closes_them(ending: str, tmp_path: Path) -> None:
    """In a process of its own, whose first files would take the place of its streams."""
    small(tmp_path)
    line = f"{sys.executable} -m mutualis {ISSUE} {ending}"
    done = subprocess.run(
        ["bash", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert len(state_of(tmp_path).rows) == 3
