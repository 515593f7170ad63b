"""A row of the register, its record and its hash, and the ledger that rows make."""

import hashlib
from collections.abc import Callable, Sequence

from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.invoice import Invoice
from mutualis.domain.problems.refusals import Reason, Refusal
from mutualis.domain.register.ledger import NO_HASH, Ledger
from mutualis.domain.register.records import Numbered, Record
from mutualis.domain.value import Struct
from mutualis.progress import Task, each
from mutualis.register import codec
from mutualis.register.stored_keys import kind_of

FORMAT = "mutualis-1"


class Row(Struct, frozen=True):
    """One row of the file, as `stored`, with the shared texts of the file; its `content` is the
    canonical text that its hash covers."""

    seq: int
    kind: str
    number: str | None
    series: str | None
    rank: int | None
    day: str
    cents: int
    stored: str
    previous: str
    hash: str
    parts: tuple[str, ...] = ()

    @property
    def content(self) -> str:
        return codec.whole(self.stored, self.parts)

    @property
    def record(self) -> Record:
        """Raises ValueError when the content is not a record."""
        return codec.load(self.kind, self.stored, self.parts)

    @property
    def expected_hash(self) -> str:
        return chain(self.previous, self.content)


def chain(previous: str, content: str) -> str:
    """The hash of a row: of the one before it, of the format, of its canonical text."""
    return hashlib.sha256(f"{previous}\n{FORMAT}\n{content}".encode()).hexdigest()


class SharedTexts:
    """What rows share, each text once, by its number from 1."""

    def __init__(self, parts: tuple[str, ...]) -> None:
        self.parts = parts
        self._numbers = {text: number for number, text in enumerate(parts, start=1)}
        self._known: dict[int, tuple[object, int]] = {}  # a value held keeps its identity

    def number(self, value: object, text: Callable[[], str]) -> int:
        """The number of a value's text, which is made where the value is a new one."""
        if id(value) not in self._known:
            self._known[id(value)] = (value, self._number(text()))
        return self._known[id(value)][1]

    def _number(self, text: str) -> int:
        if text not in self._numbers:
            self.parts = (*self.parts, text)
            self._numbers[text] = len(self.parts)
        return self._numbers[text]


def next_row(last: Row | None, record: Record, shared: SharedTexts) -> Row:
    """The row of a record that comes after `last`."""
    stored = codec.dump(record, shared.number)
    previous = NO_HASH if last is None else last.hash
    seq = 1 if last is None else last.seq + 1
    digest = chain(previous, codec.whole(stored, shared.parts))
    return Row(seq, *columns_of(record), stored, previous, digest, shared.parts)


def columns_of(record: Record) -> tuple[str, str | None, str | None, int | None, str, int]:
    """What the columns repeat of a record: kind, number, series, rank, day, cents."""
    day = record.act.day.isoformat()
    if isinstance(record, Numbered):
        amount = int(record.amount * 100)
        return (kind_of(record), record.number, record.series, record.rank, day, amount)
    return (kind_of(record), None, None, None, day, 0)


def unreadable(error: ValueError) -> Reason:
    """Why a row cannot be read: the key that this program does not know, or no record at all."""
    if isinstance(error, codec.UnknownKey):
        return Reason("register.unknown_key", {"key": error.key})
    return Reason("register.not_a_record")


def ledger_of(rows: Sequence[Row]) -> Ledger:
    """Raises Refusal when a row cannot be read: nothing is built upon a damaged register, nor
    upon one that says what this program does not know."""
    records: list[Record] = []
    ends: dict[tuple[int, int], str] = {}
    for row in each(Task.REGISTER_READ, rows, len(rows)):
        try:
            record = row.record
        except ValueError as error:
            reason = unreadable(error)
            raise Refusal("register.unreadable_row", details=[reason], seq=row.seq) from error
        records.append(record)
        if isinstance(record, Batch | Invoice):
            ends[record.place] = row.hash
    return Ledger(tuple(records), ends, rows[-1].hash if rows else NO_HASH)
