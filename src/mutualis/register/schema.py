"""The tables and triggers of register.db: made, brought up to this version, compared."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib.resources import files

VERSION = 3
MARK = 0x4D55544C  # "MUTL", the application_id of schema 2 and later


def bring_up(database: sqlite3.Connection, version: int) -> None:
    """Bring the tables of a version (0: none) to this one's, inside the caller's transaction."""
    for script in _scripts(version):
        for statement in _statements(script):
            database.execute(statement)
    database.execute(f"PRAGMA user_version = {VERSION}")


def of(database: sqlite3.Connection) -> list[str]:
    """The tables and triggers of a file, as SQLite keeps them."""
    # SQLite's own tables (the statistics of ANALYZE) promise nothing and bind nothing; a trigger
    # that was given such a name by hand does.
    cursor = database.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL "
        "AND NOT (type = 'table' AND substr(name, 1, 7) = 'sqlite_') ORDER BY name"
    )
    return [str(row[0]) for row in cursor]


def expected() -> list[str]:
    """The same of a register made anew."""
    with closing(sqlite3.connect(":memory:")) as database:
        for statement in _statements(_script("schema.sql")):
            database.execute(statement)
        return of(database)


def _scripts(version: int) -> list[str]:
    """What brings the tables of a version to this one's: all of them, or each step."""
    if version == 0:
        return [_script("schema.sql")]
    return [_script(f"from-{step}.sql") for step in range(version, VERSION)]


def _statements(script: str) -> Iterator[str]:
    """The statements of a script: executescript() would commit before it begins."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""


def _script(name: str) -> str:
    return (files("mutualis.register") / name).read_text(encoding="utf-8")
