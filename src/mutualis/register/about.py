"""The rows that are about some communes, read by the indexes of the file, and no others."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress

from mutualis.domain.register.records import Record
from mutualis.register.rows import Row

# The expressions of the indexes of schema.sql: SQLite knows them again by what they say.
SUBJECT = """CASE WHEN json_valid(content) THEN json_extract(content,
    CASE kind WHEN 'quote' THEN '$.quote.commune.code_insee' WHEN 'titre' THEN '$.invoice'
    WHEN 'titre-withdrawal' THEN '$.document' WHEN 'answer' THEN '$.quote'
    WHEN 'answer-withdrawal' THEN '$.quote' WHEN 'work' THEN '$.quote'
    WHEN 'withdrawal' THEN '$.quote' WHEN 'closure' THEN '$.quote'
    WHEN 'closure-withdrawal' THEN '$.quote' WHEN 'remise-withdrawal' THEN '$.credit'
    WHEN 'qualification' THEN '$.credit' ELSE '$.commune.code_insee' END) END"""
BILLED = "CASE WHEN json_valid(content) THEN json_extract(content, '$.billed.code_insee') END"
_AMONG = "IN (SELECT value FROM json_each(?))"
OF_EVERYONE = f"{SUBJECT} IS NULL"
# Every row is looked at, by its kind and its text.
BUT_MEMBERSHIPS = """kind NOT IN ('invoice', 'statement', 'titre', 'titre-withdrawal')
    OR instr(content, '"movements":[{')"""
ABOUT = f"{SUBJECT} {_AMONG}"
BILLED_TO = f"{BILLED} IS NOT NULL AND {BILLED} {_AMONG}"
NUMBERED = f"number {_AMONG}"
# The rows of others that are read with those of a commune.
FOR_A_LIST = (OF_EVERYONE,)
FOR_AN_ACCOUNT = (OF_EVERYONE, BUT_MEMBERSHIPS)


class RowsAbout:
    """Rows that are read as they are found to be needed, each once."""

    def __init__(self, database: sqlite3.Connection, columns: str, parts: tuple[str, ...]) -> None:
        self._database, self._columns, self._parts = database, columns, parts
        self._found: dict[int, Row] = {}

    def of(self, codes: Collection[str], besides: Sequence[str]) -> list[Row]:
        """The documents of communes, the documents that those name, what happened to any of them,
        and the rows `besides`, in order."""
        new = [*self._take(ABOUT, codes), *self._take(BILLED_TO, codes)]
        while new:
            numbers = {row.number for row in new if row.number is not None}
            cited = {number for row in new for number in _cited(row)}
            new = [*self._take(NUMBERED, cited), *self._take(ABOUT, numbers)]
        for others in besides:  # last: nothing is looked for that happened to them
            self._take(others)
        return [self._found[seq] for seq in sorted(self._found)]

    def _take(self, where: str, keys: Collection[str] | None = None) -> list[Row]:
        """The rows that were not found before."""
        values = () if keys is None else (json.dumps(sorted(keys)),)
        query = f"SELECT {self._columns} FROM entries WHERE {where}"
        rows = [Row(*(*found, self._parts)) for found in self._database.execute(query, values)]
        new = [row for row in rows if row.seq not in self._found]
        self._found.update((row.seq, row) for row in new)
        return new


def _cited(row: Row) -> Iterator[str]:
    """The numbers that a row names; none of one that cannot be read, which its reader refuses."""
    with suppress(ValueError):
        yield from _named(row.record)


def _named(record: Record) -> Iterator[str]:
    yield from getattr(record, "completes", ())
    for name in (getattr(record, "refers_to", None), getattr(record, "replaces", None)):
        if name:
            yield name
    work = getattr(record, "work", None)
    yield from filter(None, (getattr(work, "quote", None),))
