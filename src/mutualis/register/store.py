"""The file register.db: opened, read, appended to, verified, copied. The only user of sqlite3.

A rollback journal with synchronous=EXTRA: a batch is in the file whole, or not at all, even
across a power cut. Locking is not guaranteed on a network share: one writer at a time there.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path

from mutualis.domain.problems.refusals import NotWritten, Refusal
from mutualis.domain.register.ledger import NO_HASH, Ledger
from mutualis.domain.register.records import Record
from mutualis.register.rows import Row, ledger_of, next_row

NAME = "register.db"
SCHEMA_VERSION = 2
MARK = 0x4D55544C  # "MUTL", the application_id of schema 2 and later
BUSY_SECONDS = 30
_COLUMNS = "seq, kind, number, series, rank, day, cents, content, previous, hash"


class UnusableRegister(Refusal):
    """The file is not a register any more."""

    exit_code = 1


def read_ledger(root: Path) -> Ledger:
    """The register of a workspace; an empty one when there is none yet."""
    return ledger_of(read_rows(root))


def read_rows(root: Path) -> list[Row]:
    """Every row in order. Opens for writing first: a journal left by a crash is rolled back."""
    path = root / NAME
    if not path.exists() or (path.is_file() and path.stat().st_size == 0):
        return []
    with _connection(path) as database:
        database.execute("PRAGMA query_only = ON")
        return _rows(database)


def append(
    root: Path, build: Callable[[Ledger], Sequence[Record]]
) -> tuple[Ledger, tuple[Record, ...]]:
    """Add what `build` makes of the register as it is, in one transaction; all or nothing.

    `build` may raise a Refusal: nothing is added then. Returns the register as it became, and
    what was added.
    """
    with _connection(root / NAME) as database:
        database.execute("BEGIN IMMEDIATE")
        try:
            rows = _rows(database)
            _check_chain(rows)
            added = tuple(build(ledger_of(rows)))
            last = rows[-1] if rows else None
            for record in added:
                last = _insert(database, last, record)
                rows.append(last)
            database.execute("COMMIT")
        except BaseException:
            if database.in_transaction:
                database.execute("ROLLBACK")
            raise
    return ledger_of(rows), added


def integrity(root: Path) -> str | None:
    """What SQLite itself finds wrong with the file; None when it is sound."""
    path = root / NAME
    try:
        with _connection(path) as database:
            answer = str(database.execute("PRAGMA integrity_check").fetchone()[0])
    except Refusal as refusal:
        return refusal.message
    return None if answer == "ok" else answer


def backup(root: Path, target: Path) -> list[Row]:
    """Copy the register by SQLite's online backup, then read the copy; returns its rows.

    The copy takes its name once it is whole. Raises Refusal when there is no register or the
    target exists, NotWritten on a failure, which leaves no copy.
    """
    path = root / NAME
    if not path.is_file():
        raise Refusal("Il n'y a pas encore de registre à copier.", "mutualis bill ANNÉE --issue")
    if target.exists():
        raise Refusal(f"{target} existe déjà : rien n'a été copié.", "choisir un autre nom")
    with _connection(path) as database:
        return _copy(database, target)


@contextmanager
def _connection(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        database = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            # A damaged byte must be found at its row, not stop the reading of all rows.
            database.text_factory = lambda data: data.decode("utf-8", "replace")
            database.execute("PRAGMA synchronous = EXTRA")
            database.execute("PRAGMA journal_mode = DELETE")
            _prepare(database, path)
            yield database
        finally:
            database.close()
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise NotWritten(
                f"{path} est utilisé par quelqu'un d'autre : rien n'a été émis.",
                "attendre que l'autre commande finisse, puis relancer",
            ) from error
        why = "le disque est plein" if "full" in str(error) else "disque ou droits insuffisants"
        raise NotWritten(
            f"{path} ne peut pas être lu ou écrit ({why}) : rien n'a été émis.",
            "libérer de la place ou vérifier les droits sur le dossier, puis relancer",
        ) from error
    except sqlite3.IntegrityError as error:
        raise Refusal(
            f"Le registre a refusé ces lignes ({error}) : rien n'a été émis.",
            "mutualis register verify ; vérifier les formats de [numbers] dans data/issuer.toml",
        ) from error
    except sqlite3.DatabaseError as error:
        raise UnusableRegister(
            f"{path} n'est pas un registre, ou il est abîmé.",
            "ne rien émettre ; rétablir la dernière sauvegarde",
        ) from error


def _prepare(database: sqlite3.Connection, path: Path) -> None:
    """Create the tables in an empty file; refuse one that a newer program has written."""
    # One statement, one snapshot: another process may be creating the tables just now.
    version, mark, tables, entries = database.execute(
        "SELECT user_version, application_id, (SELECT count(*) FROM sqlite_master), "
        "(SELECT count(*) FROM sqlite_master WHERE name = 'entries') "
        "FROM pragma_user_version, pragma_application_id"
    ).fetchone()
    is_new, is_ours = tables == 0, entries == 1 and version > 0 and (version == 1 or mark == MARK)
    if (version == 0 and not is_new) or (version != 0 and not is_ours):
        raise UnusableRegister(
            f"{path} n'est pas un registre, ou ses tables ont été modifiées.",
            "ne rien émettre ; rétablir la dernière sauvegarde",
        )
    if version > SCHEMA_VERSION:
        raise Refusal(
            f"{path} a été écrit par une version plus récente de mutualis.",
            "mettre mutualis à jour",
        )
    if version == SCHEMA_VERSION:
        return
    database.execute("BEGIN IMMEDIATE")
    # Another process may have created or migrated the tables while this one waited.
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if 0 < version < SCHEMA_VERSION:
        _keep_copy(path, version)
    for script in _scripts(version):
        for statement in _statements(script):
            database.execute(statement)
    database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    database.execute("COMMIT")


def _scripts(version: int) -> list[str]:
    """What brings the tables of a version to this one's: all of them, or each step."""
    if version == 0:
        return [_script("schema.sql")]
    return [_script(f"from-{step}.sql") for step in range(version, SCHEMA_VERSION)]


def _keep_copy(path: Path, version: int) -> None:
    """Keep the register as an older program wrote it beside the one that is migrated.

    Called under the lock of the migration: another connection still reads.
    """
    with closing(sqlite3.connect(path)) as source:
        rows = _rows(source)
        head = rows[-1].hash[:8] if rows else "vide"
        target = path.with_name(f"{path.stem}-schema-{version}-{head}{path.suffix}")
        if not target.exists():  # else a migration that was cut short has made it
            _copy(source, target)


def _copy(source: sqlite3.Connection, target: Path) -> list[Row]:
    """Copy a register, read the copy, then give it its name; raises NotWritten, leaves none."""
    aside = target.with_name(f".{target.name}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside.unlink(missing_ok=True)
        with closing(sqlite3.connect(aside)) as copy:
            source.backup(copy)
            rows = _rows(copy)
        _check_chain(rows)
        aside.rename(target)
    except (sqlite3.Error, OSError) as error:
        raise NotWritten(
            f"La copie {target} n'a pas pu être faite.", "vérifier ce dossier, puis relancer"
        ) from error
    finally:
        aside.unlink(missing_ok=True)
    return rows


def _statements(script: str) -> Iterator[str]:
    """The statements of a script: executescript() would commit before it begins."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""


def _rows(database: sqlite3.Connection) -> list[Row]:
    cursor = database.execute(f"SELECT {_COLUMNS} FROM entries ORDER BY seq")
    return [Row(*values) for values in cursor]


def _check_chain(rows: Sequence[Row]) -> None:
    """Raises Refusal when a row is not what its hash says: nothing is built upon it."""
    previous = NO_HASH
    for seq, row in enumerate(rows, start=1):
        if row.seq != seq or row.previous != previous or row.hash != row.expected_hash:
            raise Refusal(
                f"La ligne {row.seq} du registre a été modifiée : rien n'a été émis.",
                "mutualis register verify, puis rétablir la dernière sauvegarde",
            )
        previous = row.hash


def _insert(database: sqlite3.Connection, last: Row | None, record: Record) -> Row:
    row = next_row(last, record)
    names = _COLUMNS.split(", ")
    marks = ", ".join("?" * len(names))
    values = tuple(getattr(row, name) for name in names)
    database.execute(f"INSERT INTO entries ({_COLUMNS}) VALUES ({marks})", values)
    return row


def schema_of(root: Path) -> list[str]:
    """The tables and triggers of the file, as SQLite keeps them."""
    with _connection(root / NAME) as database:
        return _schema(database)


def expected_schema() -> list[str]:
    """The same in a register made anew."""
    with closing(sqlite3.connect(":memory:")) as database:
        for statement in _statements(_script("schema.sql")):
            database.execute(statement)
        return _schema(database)


def _schema(database: sqlite3.Connection) -> list[str]:
    cursor = database.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
    return [str(row[0]) for row in cursor]


def _script(name: str) -> str:
    return (files("mutualis.register") / name).read_text(encoding="utf-8")
