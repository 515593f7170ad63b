"""What a chain without a key cannot prove, and what is noted elsewhere does; the file's guards."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from test_register import ISSUE, raw, without_guards

from conftest import Cli
from mutualis.domain.problems.refusals import Refusal
from mutualis.files.received.seal import Seal, read_seal, text_of_seal
from mutualis.register import store
from mutualis.workflows.register import verify

HEAD, OTHER = "a1" * 32, "b2" * 32


@pytest.mark.parametrize(
    ("hashes", "holds"),
    [
        ([OTHER, HEAD], True),
        ([OTHER, HEAD, OTHER], True),  # what came after does not matter
        ([OTHER], False),  # its end was cut
        ([HEAD], False),  # a row before it is gone
        ([OTHER, OTHER, HEAD], False),
        ([], False),
    ],
)
def test_a_seal_tells_the_row_that_ended_the_register(hashes: list[str], holds: bool) -> None:
    assert Seal(HEAD, 2).holds(hashes) is holds
    assert Seal(HEAD).holds(hashes) is (HEAD in hashes)


@pytest.mark.parametrize(
    "change", [str, str.upper, lambda text: "> " + text.replace("\n", "\r\n> ")]
)
def test_a_seal_is_read_as_people_hand_it_on(change: object) -> None:
    text = text_of_seal(Seal(HEAD, 57), "CC d'exemple", date(2026, 1, 15))
    assert read_seal(change(text)) == Seal(HEAD, 57)  # type: ignore[operator]
    assert read_seal(f" {HEAD} ") == Seal(HEAD)


@pytest.mark.parametrize(
    "text", ["", HEAD[:-1], f"{HEAD}c", f"{HEAD} {OTHER}", f"lignes : 0 {HEAD}"]
)
def test_no_seal(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_seal(text)
    assert refused.value.reason.code == "register.not_a_seal"


def test_a_sealed_register(small: Path, cli: Cli) -> None:
    assert cli("register", "seal").code == 3
    cli.once(ISSUE)
    before = (small / store.NAME).read_bytes()
    sealed = cli("register", "seal", "--json").json
    assert (small / store.NAME).read_bytes() == before
    assert cli("register", "seal").code == 0  # the same again, the same file
    (file,) = sealed["files"]
    shutil.copy(small / file, small / "courriel.txt")
    assert cli("credit", "F2025-0001", "--reason", "Doublon").code == 0
    assert cli("register", "verify", "--expect", str(small / "courriel.txt")).code == 0
    text = (small / "courriel.txt").read_text("utf-8-sig")
    for encoding in ("utf-16", "cp1252"):  # Notepad's « Unicode » and « ANSI »
        (small / "bloc.txt").write_text(text, encoding)
        assert cli("register", "verify", "--expect", str(small / "bloc.txt")).code == 0
    # The whole register written anew, with a right chain: only the seal tells.
    (small / store.NAME).unlink()
    shutil.rmtree(small / "out")
    assert cli(*ISSUE[:2], "--issue", "--yes", "--operator", "Autre").code == 0
    assert cli("register", "verify").code == 0
    answer = cli("register", "verify", "--expect", str(small / "courriel.txt"))
    assert answer.code == 1
    assert "l'empreinte attendue" in answer.out


def test_a_register_that_is_not_intact_is_not_sealed(small: Path, cli: Cli) -> None:
    cli.once(ISSUE)
    without_guards(small, "UPDATE entries SET cents = 1 WHERE seq = 2")
    answer = cli("register", "seal")
    assert answer.code == 3
    assert "Rien n'a été scellé" in answer.err
    assert not list((small / "out").glob("scelle-*"))


def test_a_seal_spares_the_text_of_somebody(small: Path, cli: Cli) -> None:
    cli.once(ISSUE)
    (small / "notes.txt").write_text("Notes d'exemple", "utf-8")
    answer = cli("register", "seal", "--out", "notes.txt")
    assert (answer.code, (small / "notes.txt").read_text("utf-8")) == (0, "Notes d'exemple")
    assert "Écrit : notes-reecrit.txt" in answer.out
    assert cli("register", "verify", "--expect", "notes-reecrit.txt").code == 0


def test_a_seal_never_lands_on_data(small: Path, cli: Cli) -> None:
    cli.once(ISSUE)
    assert cli("register", "seal", "--out", str(small / "data/scelle.txt")).code == 3


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER entries_are_never_deleted",
        "CREATE TRIGGER quiet AFTER INSERT ON entries BEGIN DELETE FROM entries "
        "WHERE seq = NEW.seq; END",
        "CREATE TABLE notes (text TEXT)",
        # Under a name of SQLite's own, which only a hand that goes round it can give.
        "INSERT INTO sqlite_master VALUES ('trigger', 'sqlite_quiet', 'entries', 0, 'CREATE "
        "TRIGGER sqlite_quiet AFTER INSERT ON entries BEGIN SELECT 1; END')",
    ],
)
def test_nothing_is_added_without_the_guards_as_they_were(
    statement: str, small: Path, cli: Cli
) -> None:
    cli.once(ISSUE)
    with closing(raw(small)) as database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute(statement)
        database.commit()
    rows = len(store.read_rows(small))
    answer = cli("credit", "F2025-0001", "--reason", "Doublon")
    assert answer.code == 1
    assert "garde-fous" in answer.err
    assert "rien n'a été fait" in answer.err
    assert cli("register", "verify").code == 1
    assert len(store.read_rows(small)) == rows


def test_the_statistics_of_sqlite_are_no_tampering(small: Path, cli: Cli) -> None:
    cli.once(ISSUE)
    with closing(raw(small)) as database:
        database.execute("ANALYZE")
    assert cli("register", "verify").code == 0
    assert cli("credit", "F2025-0001", "--reason", "Doublon").code == 0


def test_a_date_to_come_is_found(small: Path, cli: Cli) -> None:
    cli.once(("bill", "2025", "--issue", "--yes", "--date", "15/01/2025"))
    assert verify(small, today=date(2025, 1, 15)).is_intact
    found = verify(small, today=date(2025, 1, 14)).findings
    assert [finding.seq for finding in found][:2] == [1, 2]
    assert "datée du 15/01/2025" in found[0].text


def test_a_register_older_than_its_documents(small: Path, cli: Cli) -> None:
    cli(*ISSUE, "--commune", "25532")
    cli("register", "backup", str(small / "copie.db"))
    assert cli(*ISSUE, "--json").json["created"] == 1
    (small / "copie.db").replace(small / store.NAME)
    answer = cli("register", "verify")
    assert answer.code == 1
    assert "plus ancien que ses documents" in answer.out
    assert cli("register", "list").code == 3


@pytest.mark.parametrize("command", ["list", "verify", "export"])
def test_a_folder_in_the_register_s_place(command: str, small: Path, cli: Cli) -> None:
    (small / store.NAME).mkdir()
    answer = cli("register", command)
    assert answer.code == 1
    assert "pas un registre" in answer.err + answer.out
    assert "libérer" not in answer.err + answer.out


def link_to_nowhere(path: Path) -> None:
    path.symlink_to("ailleurs/register.db")


def loop(path: Path) -> None:
    path.symlink_to(path.name)


@pytest.mark.parametrize("link", [link_to_nowhere, loop])
def test_a_register_behind_a_broken_link_is_not_absent(
    link: Callable[[Path], None], small: Path, cli: Cli
) -> None:
    """The disk that holds it is away: nothing is numbered from 1 again."""
    link(small / store.NAME)
    for command in (("register", "verify"), ("register", "list"), ISSUE, ("check",)):
        answer = cli(*command)
        assert answer.code == 1, command
        assert "lien qui ne mène à rien" in answer.err + answer.out


def test_a_register_that_another_command_holds_is_not_said_broken(
    small: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.once(ISSUE)
    monkeypatch.setattr(store, "BUSY_SECONDS", 0)
    with closing(sqlite3.connect(small / store.NAME, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        answer = cli("register", "verify")
        assert (answer.code, answer.out) == (4, "")
        assert "est utilisé par quelqu'un d'autre" in answer.err
        assert "À faire : attendre que l'autre commande finisse, puis relancer." in cli("check").out
    assert cli("register", "verify").code == 0
