"""The file register.db: opened, read, appended to, verified, copied. The only user of sqlite3.

A rollback journal with synchronous=EXTRA: a batch is in the file whole, or not at all, even
across a power cut. Locking is not guaranteed on a network share: one writer at a time there.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from mutualis.domain.ledger import INVOICE, NO_HASH, Backup, Batch, Document, Ledger, Record, Titre
from mutualis.domain.refusals import NotWritten, Refusal
from mutualis.register import codec

NAME = "register.db"
SCHEMA_VERSION = 1
FORMAT = "mutualis-1"
BUSY_SECONDS = 30
_COLUMNS = "seq, kind, number, series, rank, day, cents, content, previous, hash"

# What each kind of row holds; a document says itself which kind it is.
_RECORDS: dict[str, type[Record]] = {
    "batch": Batch,
    "invoice": Document,
    "credit": Document,
    "backup": Backup,
    "titre": Titre,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file, as stored."""

    seq: int
    kind: str
    number: str | None
    series: str | None
    rank: int | None
    day: str
    cents: int
    content: str
    previous: str
    hash: str

    @property
    def record(self) -> Record:
        """Raises ValueError when the content is not a record."""
        kind = _RECORDS.get(self.kind)
        if kind is None:
            raise ValueError(f"unknown kind {self.kind}")
        return codec.load(kind, self.content)

    @property
    def expected_hash(self) -> str:
        return chain(self.previous, self.content)


class UnusableRegister(Refusal):
    """The file is not a register any more."""

    exit_code = 1


def chain(previous: str, content: str) -> str:
    """The hash of a row: of the one before it, of the format, of its text as stored."""
    return hashlib.sha256(f"{previous}\n{FORMAT}\n{content}".encode()).hexdigest()


def read_ledger(root: Path) -> Ledger:
    """The register of a workspace; an empty one when there is none yet."""
    return _ledger(read_rows(root))


def read_rows(root: Path) -> list[Row]:
    """Every row in order. Opens for writing first: a journal left by a crash is rolled back."""
    path = root / NAME
    if not path.exists() or (path.is_file() and path.stat().st_size == 0):
        return []
    with _connection(path) as database:
        database.execute("PRAGMA query_only = ON")
        return _rows(database)


def append(root: Path, build: Callable[[Ledger], Sequence[Record]]) -> Ledger:
    """Add what `build` makes of the register as it is, in one transaction; all or nothing.

    `build` may raise a Refusal: nothing is added then. Returns the register as it became.
    """
    with _connection(root / NAME) as database:
        database.execute("BEGIN IMMEDIATE")
        try:
            rows = _rows(database)
            _check_chain(rows)
            added = build(_ledger(rows))
            last = rows[-1] if rows else None
            for record in added:
                last = _insert(database, last, record)
                rows.append(last)
            database.execute("COMMIT")
        except BaseException:
            if database.in_transaction:
                database.execute("ROLLBACK")
            raise
    return _ledger(rows)


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
    aside = target.with_name(f".{target.name}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside.unlink(missing_ok=True)
        with closing(sqlite3.connect(aside)) as copy:
            with _connection(path) as database:
                database.backup(copy)
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
    version, tables = database.execute(
        "SELECT user_version, (SELECT count(*) FROM sqlite_master) FROM pragma_user_version"
    ).fetchone()
    if version < 0 or (version == 0) != (tables == 0):
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
    # Another process may have created the tables while this one waited.
    if database.execute("PRAGMA user_version").fetchone()[0] == 0:
        for statement in _statements(_script()):
            database.execute(statement)
        database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    database.execute("COMMIT")


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
    content = codec.dump(record)
    previous = NO_HASH if last is None else last.hash
    row = Row(
        1 if last is None else last.seq + 1,
        *columns_of(record),
        content,
        previous,
        chain(previous, content),
    )
    names = _COLUMNS.split(", ")
    marks = ", ".join("?" * len(names))
    values = tuple(getattr(row, name) for name in names)
    database.execute(f"INSERT INTO entries ({_COLUMNS}) VALUES ({marks})", values)
    return row


def columns_of(record: Record) -> tuple[str, str | None, str | None, int | None, str, int]:
    """What the columns repeat of a record: kind, number, series, rank, day, cents."""
    day = record.act.day.isoformat()
    if isinstance(record, Document):
        amount = int(record.amount * 100)
        return (record.kind, record.number, record.series, record.rank, day, amount)
    kind = next(name for name, one in _RECORDS.items() if isinstance(record, one))
    return (kind, None, None, None, day, 0)


def schema_of(root: Path) -> list[str]:
    """The tables and triggers of the file, as SQLite keeps them."""
    with _connection(root / NAME) as database:
        return _schema(database)


def expected_schema() -> list[str]:
    """The same in a register made anew."""
    with closing(sqlite3.connect(":memory:")) as database:
        for statement in _statements(_script()):
            database.execute(statement)
        return _schema(database)


def _schema(database: sqlite3.Connection) -> list[str]:
    cursor = database.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
    return [str(row[0]) for row in cursor]


def _script() -> str:
    return (files("mutualis.register") / "schema.sql").read_text(encoding="utf-8")


def _ledger(rows: Sequence[Row]) -> Ledger:
    """Raises Refusal when a row cannot be read: nothing is built upon a damaged register."""
    try:
        records = [row.record for row in rows]
    except ValueError as error:
        raise Refusal(
            "Le registre a une ligne illisible.", "mutualis register verify la désigne"
        ) from error
    ends: dict[tuple[int, int], str] = {}
    for row, record in zip(rows, records, strict=True):
        if isinstance(record, Batch):
            ends[record.year, record.rank] = row.hash
        elif isinstance(record, Document) and record.kind == INVOICE:
            ends[record.year, record.batch] = row.hash
    return Ledger(
        batches=tuple(record for record in records if isinstance(record, Batch)),
        documents=tuple(record for record in records if isinstance(record, Document)),
        backups=tuple(record for record in records if isinstance(record, Backup)),
        titres=tuple(record for record in records if isinstance(record, Titre)),
        closing=ends,
        head=rows[-1].hash if rows else NO_HASH,
    )
