"""A row of the register, its record and its hash, and the ledger that rows make."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from mutualis.domain.invoices.document import Batch, Document
from mutualis.domain.kinds import CREDIT, INVOICE, QUOTE
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.quotes.records import Answer, IssuedQuote, WorkDone, WorkWithdrawn
from mutualis.domain.register.ledger import NO_HASH, Ledger
from mutualis.domain.register.records import Backup, Numbered, Record, Titre
from mutualis.domain.requests.meeting import Meeting
from mutualis.register import codec

FORMAT = "mutualis-1"

# What each kind of row holds; a document says itself which kind it is.
_RECORDS: dict[str, type[Record]] = {
    "batch": Batch,
    INVOICE: Document,
    CREDIT: Document,
    QUOTE: IssuedQuote,
    "answer": Answer,
    "work": WorkDone,
    "withdrawal": WorkWithdrawn,
    "backup": Backup,
    "titre": Titre,
    "meeting": Meeting,
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


def chain(previous: str, content: str) -> str:
    """The hash of a row: of the one before it, of the format, of its text as stored."""
    return hashlib.sha256(f"{previous}\n{FORMAT}\n{content}".encode()).hexdigest()


def next_row(last: Row | None, record: Record) -> Row:
    """The row of a record that comes after `last`."""
    content = codec.dump(record)
    previous = NO_HASH if last is None else last.hash
    seq = 1 if last is None else last.seq + 1
    return Row(seq, *columns_of(record), content, previous, chain(previous, content))


def columns_of(record: Record) -> tuple[str, str | None, str | None, int | None, str, int]:
    """What the columns repeat of a record: kind, number, series, rank, day, cents."""
    day = record.act.day.isoformat()
    if isinstance(record, Numbered):
        amount = int(record.amount * 100)
        return (record.kind, record.number, record.series, record.rank, day, amount)
    kind = next(name for name, one in _RECORDS.items() if isinstance(record, one))
    return (kind, None, None, None, day, 0)


def ledger_of(rows: Sequence[Row]) -> Ledger:
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
    return Ledger(tuple(records), ends, rows[-1].hash if rows else NO_HASH)
