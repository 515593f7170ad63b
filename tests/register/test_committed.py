"""What a command has registered is read again, whatever failed after or in the commit itself."""

from datetime import date
from pathlib import Path

import pytest

from conftest import Cli
from mutualis.domain.act import Act
from mutualis.domain.problems.refusals import NotWritten, Refusal
from mutualis.domain.register.records import Backup
from mutualis.register import store
from mutualis.workflows import committed

NOTED = Backup(Act(date(2026, 1, 15), "exemple", "test", ""), "copie.db", "0" * 64)
CAUSE = NotWritten("files.disk_full", path="exemple.xlsx")


@pytest.fixture(autouse=True)
def anew() -> None:
    committed.begin()


def test_nothing_registered_is_not_told(tmp_path: Path) -> None:
    assert committed.told(CAUSE) is CAUSE
    with pytest.raises(Refusal):
        store.append(tmp_path, refuse)
    assert committed.told(CAUSE) is CAUSE


def refuse(ledger: object) -> tuple[Backup, ...]:
    raise Refusal("register.no_titre")


def test_what_is_registered_is_told_after_its_cause(tmp_path: Path) -> None:
    store.append(tmp_path, lambda _: (NOTED,))
    told = committed.told(CAUSE)
    assert told.exit_code == 4
    assert told.message.startswith(CAUSE.message)
    assert "enregistré, une fois pour toutes" in told.message
    committed.begin()
    assert committed.told(CAUSE) is CAUSE


def test_a_commit_that_was_tried_and_is_not_there(tmp_path: Path) -> None:
    """The file as it was before: what was tried is in memory alone."""
    store.append(tmp_path, lambda _: ())
    before = (tmp_path / store.NAME).read_bytes()
    store.append(tmp_path, lambda _: (NOTED,))
    (tmp_path / store.NAME).write_bytes(before)
    assert committed.told(CAUSE) is CAUSE


def test_a_register_that_cannot_be_read_again_is_said(tmp_path: Path) -> None:
    store.append(tmp_path, lambda _: (NOTED,))
    (tmp_path / store.NAME).write_bytes(b"garbage" * 500)
    told = committed.told(CAUSE)
    assert "on ne sait pas si la dernière opération y est" in told.message
    assert told.remedy.startswith("mutualis register verify")


def test_ctrl_c_after_the_commit(voted: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    from mutualis.workflows import bill_issue

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(bill_issue, "write_batches", interrupted)
    answer = cli("bill", "2025", "--issue", "--yes", "--commune", "Saône")
    assert answer.code == 4
    assert "Interrompu. Les documents du lot, de F2025-0001 à F2025-0001, sont émis" in answer.err
    assert "rien n'a été" not in answer.err
    monkeypatch.undo()
    monkeypatch.chdir(voted)
    cli.once(("bill", "2025", "--issue", "--yes", "--commune", "Saône"))


def test_ctrl_c_before_the_commit(voted: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    from mutualis.workflows import bill_issue

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(bill_issue, "rehearsed", interrupted)
    answer = cli("bill", "2025", "--issue", "--yes", "--commune", "Saône")
    assert (answer.code, answer.err.splitlines()[-1]) == (130, "Interrompu.")


def test_a_backup_cut_before_its_row_is_completed(small: Path, cli: Cli) -> None:
    cli.once(("bill", "2025", "--issue", "--yes"))
    (small / "copie.db").write_bytes((small / store.NAME).read_bytes())
    assert cli("register", "backup", "copie.db").code == 0
    assert isinstance(store.read_ledger(small).records[-1], Backup)
    assert cli("register", "backup", "copie.db").code == 3  # the register has a row more
    for name in ("register.db", "link.db"):
        (small / "link.db").unlink(missing_ok=True)
        (small / "link.db").hardlink_to(small / store.NAME)
        assert cli("register", "backup", name).code == 3, name
