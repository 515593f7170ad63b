"""A register of an older version of the program is brought up to date, and kept as it was."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from at_once import at_once
from conftest import TESTS, Cli
from mutualis.domain.problems.refusals import NotWritten
from mutualis.register import schema, store


@pytest.fixture
def old(small: Path) -> Path:
    """The small workspace with a register that version 0.1.0 wrote: schema 1, five rows."""
    write_old(small / store.NAME)
    return small


def write_old(path: Path) -> None:
    script = (TESTS / "registers/register-1.sql").read_text("utf-8")
    with closing(sqlite3.connect(path)) as database:
        database.executescript(script)


def contents(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT content, hash FROM entries ORDER BY seq").fetchall()


def versions(path: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(path)) as database:
        version = database.execute("PRAGMA user_version").fetchone()[0]
        return version, database.execute("PRAGMA application_id").fetchone()[0]


def test_migrated_with_a_copy_beside_it(old: Path, cli: Cli) -> None:
    """No row is rewritten; what was issued is still read, proved, corrected and added to."""
    before = contents(old / store.NAME)
    assert versions(old / store.NAME) == (1, 0)
    assert cli("register", "verify").code == 0
    assert versions(old / store.NAME) == (schema.VERSION, schema.MARK)
    assert contents(old / store.NAME) == before
    (copy,) = old.glob("register-schema-1-*.db")
    assert copy.name == f"register-schema-1-{before[-1][1][:8]}.db"
    assert (versions(copy), contents(copy)) == ((1, 0), before)
    again = cli("bill", "2025", "--issue", "--yes", "--date", "20/01/2026", "--json")
    # Nothing is issued for the partly credited invoice until somebody says what its credit was.
    assert (again.code, again.json["created"]) == (0, 0)
    assert cli("credit", "F2025-0002", "--reason", "Essai", "--date", "20/01/2026").code == 0
    assert cli("register", "verify").code == 0
    assert len(list(old.glob("register*.db"))) == 2


def test_rows_of_schema_2_stay_whole(folder: Path, cli: Cli) -> None:
    """What they hold is not moved to the shared texts."""
    shutil.copy(TESTS / "registers/history" / store.NAME, folder / store.NAME)
    before = contents(folder / store.NAME)
    assert cli("register", "list").code == 0
    assert versions(folder / store.NAME) == (schema.VERSION, schema.MARK)
    assert contents(folder / store.NAME) == before
    (copy,) = folder.glob("register-schema-2-*.db")
    assert (versions(copy), contents(copy)) == ((2, schema.MARK), before)
    assert store.schema_of(folder) == schema.expected()


def test_a_copy_that_cannot_be_kept_stops_the_migration(
    old: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise NotWritten("register.copy_failed", path="x")

    monkeypatch.setattr(store, "_copy", fails)
    assert cli("register", "list").code == 4
    monkeypatch.undo()
    assert versions(old / store.NAME) == (1, 0)


def test_a_damaged_old_register_is_not_migrated(old: Path, cli: Cli) -> None:
    with closing(sqlite3.connect(old / store.NAME)) as database:
        database.execute("DROP TRIGGER entries_are_never_changed")
        database.execute("UPDATE entries SET content = replace(content, 'Camille', 'X')")
        database.commit()
    answer = cli("register", "verify")
    assert answer.code == 1
    assert "La ligne 1 du registre a été modifiée" in answer.out
    assert versions(old / store.NAME) == (1, 0)


def test_several_open_it_at_once(old: Path) -> None:
    before = contents(old / store.NAME)
    assert [answer.code for answer in at_once(4, old, "register", "verify")] == [0] * 4
    assert contents(old / store.NAME) == before
    assert len(list(old.glob("register-schema-1-*.db"))) == 1


def test_each_step_leads_to_the_same_tables(old: Path, cli: Cli) -> None:
    """A migrated register and a new one have the same tables and guards."""
    cli("register", "list")
    assert store.schema_of(old) == schema.expected()


def test_another_program_s_database_is_refused(old: Path, cli: Cli) -> None:
    cli("register", "list")
    with closing(sqlite3.connect(old / store.NAME)) as database:
        database.execute("PRAGMA application_id = 7")
        database.commit()
    answer = cli("register", "list")
    assert (answer.code, "n'est pas un registre" in answer.err) == (1, True)


def test_a_copy_kept_can_be_put_back(old: Path, cli: Cli) -> None:
    cli("register", "list")
    (copy,) = old.glob("register-schema-1-*.db")
    shutil.copy(copy, old / store.NAME)
    assert cli("register", "verify").code == 0
    assert list(old.glob("register-schema-1-*.db")) == [copy]
