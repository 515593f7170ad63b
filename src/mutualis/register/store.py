"""The file register.db: opened, read, appended to, verified, copied.

A rollback journal with synchronous=EXTRA: a batch is in the file whole, or not at all, even
across a power cut. Locking is not guaranteed on a network share: one writer at a time there.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from operator import attrgetter
from pathlib import Path
from sys import intern

from mutualis.domain.problems.refusals import NotWritten, Refusal
from mutualis.domain.register.ledger import NO_HASH, Ledger
from mutualis.domain.register.records import Record
from mutualis.progress import Task, each
from mutualis.register import attempts, schema
from mutualis.register.about import FOR_A_LIST, RowsAbout
from mutualis.register.rows import Row, SharedTexts, ledger_of, next_row

NAME = "register.db"
BUSY_SECONDS = 30
_COLUMNS = "seq, kind, number, series, rank, day, cents, content, previous, hash"
_ATTRIBUTES = _COLUMNS.replace("content", "stored").split(", ")


class UnusableRegister(Refusal):
    """The file is not a register any more."""

    exit_code = 1


def read_ledger(root: Path) -> Ledger:
    """The register of a workspace; an empty one when there is none yet."""
    return ledger_of(read_rows(root))


def read_rows(root: Path) -> list[Row]:
    """Every row in order. Opens for writing first: a journal left by a crash is rolled back."""
    path = root / NAME
    is_there = path.exists() or path.is_symlink()  # a broken link is no absence
    if not is_there or (path.is_file() and path.stat().st_size == 0):
        return []
    with _connection(path) as database:
        database.execute("PRAGMA query_only = ON")
        return _rows(database)


def read_about(root: Path, codes: Collection[str], besides: Sequence[str] = FOR_A_LIST) -> Ledger:
    """The register as far as it is about some communes: their documents, what happened to them,
    and the rows `besides`, by default the batches and whatever else is of everyone. The others
    are not read."""
    path = root / NAME
    if not path.is_file() or path.stat().st_size == 0:
        return read_ledger(root)
    with _connection(path) as database:
        database.execute("PRAGMA query_only = ON")
        database.execute("BEGIN")  # one state of the file, whoever writes meanwhile
        rows = RowsAbout(database, _COLUMNS, parts_of(database)).of(codes, besides)
        database.execute("COMMIT")
    return ledger_of(rows)


def check_sound(root: Path) -> None:
    """Raises Refusal for a register that nothing may be added to, before something is asked."""
    path = root / NAME
    if not path.is_file() or path.stat().st_size == 0:
        return
    with _connection(path) as database:
        database.execute("PRAGMA query_only = ON")
        _check_sound(database, _rows(database))


def append(
    root: Path, build: Callable[[Ledger], Sequence[Record]]
) -> tuple[Ledger, tuple[Record, ...]]:
    """Add what `build` makes of the register as it is, in one transaction; all or nothing.

    `build` may raise a Refusal: nothing is added then. Returns the register as it became, and
    what was added. Whatever fails after, `committed` tells it.
    """
    attempts.forget()
    try:
        return _append(root, build)
    except NotWritten as error:
        if committed():
            raise NotWritten("register.unconfirmed", path=str(root / NAME)) from error
        raise


def _append(
    root: Path, build: Callable[[Ledger], Sequence[Record]]
) -> tuple[Ledger, tuple[Record, ...]]:
    with _connection(root / NAME) as database:
        database.execute("BEGIN IMMEDIATE")
        try:
            rows = _rows(database)
            _check_sound(database, rows)
            added = tuple(build(ledger_of(rows)))
            rows += _insert(database, rows[-1] if rows else None, added)
            last = rows[-1] if rows else None
            if last is not None and added:
                attempts.note(root, last, added)
            ledger = ledger_of(rows)  # before they are there for good: each row can be read
            database.execute("COMMIT")
        except BaseException:
            if database.in_transaction:
                database.execute("ROLLBACK")
            raise
    return ledger, added


def committed() -> tuple[Record, ...]:
    """What this command has added to the register; raises NotWritten when that cannot be known."""
    return attempts.kept(read_rows)


def integrity(root: Path) -> str | None:
    """What SQLite itself finds wrong with the file; None when it is sound."""
    with _connection(root / NAME) as database:
        answer = str(database.execute("PRAGMA integrity_check").fetchone()[0])
    return None if answer == "ok" else answer


def backup(root: Path, target: Path, aside: Path) -> list[Row]:
    """Copy the register by SQLite's online backup, then read the copy; returns its rows.

    The copy is made `aside`, and takes its name once it is whole. Raises Refusal when there is no
    register or the target exists, NotWritten on a failure, which leaves no copy.
    """
    path = root / NAME
    if not path.is_file():
        raise Refusal("register.nothing_to_copy")
    if target.exists():
        raise Refusal("register.copy_exists", path=str(target))
    with _connection(path) as database:
        return _copy(database, target, aside)


def is_copied(root: Path, target: Path) -> bool:
    """Whether another file is a copy of the register as it is: a run that was cut short made it."""
    path = root / NAME
    if not (path.is_file() and target.is_file()) or target.samefile(path):
        return False
    try:  # it is only read
        with closing(sqlite3.connect(f"{target.absolute().as_uri()}?mode=ro", uri=True)) as copy:
            return _rows(copy) == read_rows(root)
    except sqlite3.Error:
        return False


@contextmanager
def _connection(path: Path) -> Iterator[sqlite3.Connection]:
    if path.is_symlink() and not path.exists():
        raise UnusableRegister("register.broken_link", path=str(path))
    if path.exists() and not path.is_file():
        raise UnusableRegister("register.not_a_file", path=str(path))
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
            raise NotWritten("register.busy", path=str(path)) from error
        if "full" in str(error):
            raise NotWritten("register.disk_full", path=str(path)) from error
        raise NotWritten("register.out_of_reach", path=str(path)) from error
    except sqlite3.IntegrityError as error:
        raise Refusal("register.rows_refused", error=str(error)) from error
    except sqlite3.DatabaseError as error:
        raise UnusableRegister("register.not_a_register", path=str(path)) from error


def _prepare(database: sqlite3.Connection, path: Path) -> None:
    """Create the tables in an empty file; refuse one that a newer program has written."""
    # One statement, one snapshot: another process may be creating the tables just now.
    version, mark, tables, entries = database.execute(
        "SELECT user_version, application_id, (SELECT count(*) FROM sqlite_master), "
        "(SELECT count(*) FROM sqlite_master WHERE name = 'entries') "
        "FROM pragma_user_version, pragma_application_id"
    ).fetchone()
    is_new, is_ours = (
        tables == 0,
        entries == 1 and version > 0 and (version == 1 or mark == schema.MARK),
    )
    if (version == 0 and not is_new) or (version != 0 and not is_ours):
        raise UnusableRegister("register.other_tables", path=str(path))
    if version > schema.VERSION:
        raise Refusal("register.newer", path=str(path))
    if version == schema.VERSION:
        return
    database.execute("BEGIN IMMEDIATE")
    # Another process may have created or migrated the tables while this one waited.
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if 0 < version < schema.VERSION:
        _keep_copy(path, version)
    schema.bring_up(database, version)
    database.execute("COMMIT")


def _keep_copy(path: Path, version: int) -> None:
    """Keep the register as an older program wrote it beside the one that is migrated.

    Called under the lock of the migration: another connection still reads.
    """
    with closing(sqlite3.connect(path)) as source:
        rows = _rows(source)
        head = rows[-1].hash[:8] if rows else "vide"
        target = path.with_name(f"{path.stem}-schema-{version}-{head}{path.suffix}")
        if not target.exists():  # else a migration that was cut short has made it
            _copy(source, target, target.with_name(f".{target.name}.tmp"))


def _copy(source: sqlite3.Connection, target: Path, aside: Path) -> list[Row]:
    """Copy a register, read the copy, then give it its name; raises NotWritten, leaves none."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside.unlink(missing_ok=True)
        with closing(sqlite3.connect(aside)) as copy:
            copy.execute("PRAGMA journal_mode = OFF")  # nothing to roll back to, nothing to leave
            source.backup(copy)
            rows = _rows(copy)
        _check_chain(rows)
        _take(target, aside)
    except (sqlite3.Error, OSError) as error:
        raise NotWritten("register.copy_failed", path=str(target)) from error
    finally:
        aside.unlink(missing_ok=True)
    return rows


def _take(target: Path, aside: Path) -> None:
    """Give a whole copy its name; raises Refusal where somebody has taken it meanwhile."""
    try:
        target.hardlink_to(aside)
    except FileExistsError as error:
        raise Refusal("register.copy_exists", path=str(target)) from error
    except (OSError, NotImplementedError):  # this disk knows no links
        aside.rename(target)


def _rows(database: sqlite3.Connection) -> list[Row]:
    found = database.execute(f"SELECT {_COLUMNS} FROM entries ORDER BY seq").fetchall()
    parts = parts_of(database)  # after: what a row shares is there before it
    return [Row(*(*values, parts)) for values in found]


def parts_of(database: sqlite3.Connection) -> tuple[str, ...]:
    """The shared texts, up to the first that is lost; schemas of before have no such table."""
    tables = database.execute("SELECT count(*) FROM sqlite_master WHERE name = 'shared'")
    if tables.fetchone() == (0,):
        return ()
    cursor = database.execute("SELECT number, text FROM shared ORDER BY number")
    # The same objects at each reading: what was read with them is found again at no cost.
    return tuple(intern(text) for at, (number, text) in enumerate(cursor, start=1) if number == at)


def _check_sound(database: sqlite3.Connection, rows: Sequence[Row]) -> None:
    _check_chain(rows)
    if schema.of(database) != schema.expected():
        raise UnusableRegister("register.guards")


def _check_chain(rows: Sequence[Row]) -> None:
    """Raises Refusal when a row is not what its hash says: nothing is built upon it."""
    previous = NO_HASH
    for seq, row in enumerate(rows, start=1):
        if row.seq != seq or row.previous != previous or row.hash != row.expected_hash:
            raise Refusal("register.row_modified", row=row.seq)
        previous = row.hash


def _insert(database: sqlite3.Connection, last: Row | None, records: Sequence[Record]) -> list[Row]:
    known = parts_of(database)
    shared = SharedTexts(known)
    rows: list[Row] = []
    for record in each(Task.REGISTER_WRITTEN, records, len(records)):
        last = next_row(last, record, shared)
        rows.append(last)
    new = list(enumerate(shared.parts, start=1))[len(known) :]
    database.executemany("INSERT INTO shared VALUES (?, ?)", new)
    marks = ", ".join("?" * len(_ATTRIBUTES))
    statement = f"INSERT INTO entries ({_COLUMNS}) VALUES ({marks})"
    database.executemany(statement, map(attrgetter(*_ATTRIBUTES), rows))
    return rows


def schema_of(root: Path) -> list[str]:
    """The tables and triggers of the file, as SQLite keeps them."""
    with _connection(root / NAME) as database:
        return schema.of(database)
