"""A year's files and documents as plain data: what the oracle reads, what histories make.

Amounts in whole cents, days as dates; nothing of the program.
"""

from datetime import date, timedelta

from msgspec import Struct

ONE_DAY = timedelta(days=1)
TITRE, AC = "titre", "AC"
INVOICE, STATEMENT = "invoice", "statement"
CORRECTION, REMISE = "correction", "remise"


class RefusedError(Exception):
    """Nothing is done; the text says why."""


class Row(Struct, frozen=True):
    """A commune from one day to another, both within one year."""

    code: str
    start: date
    end: date
    population: int
    level: str  # "", "1", "2A", "2B"
    settlement: str = TITRE
    siren: str = "exemple"  # a label; "" when it is not known


class Movement(Struct, frozen=True):
    """What a code became on a day: no code before for one that joins, none after that leaves."""

    day: date
    kind: str
    before: str
    after: str


class Tariff(Struct, frozen=True):
    """A grid and its settings: cents per inhabitant, caps of 2B by upper bound, in cents; `vat` in
    thousandths, 0 where nothing is taxed."""

    rate_2a: int = 38
    rate_2b: int = 328
    caps: tuple[tuple[int, int], ...] = ((3999, 704_800), (10_000, 941_600))
    minimum: int = 1500
    proration: str = "full_year"  # or "month", "day"
    vat: int = 0


class Files(Struct, frozen=True):
    rows: tuple[Row, ...]
    movements: tuple[Movement, ...] = ()
    tariff: Tariff = Tariff()


class Document(Struct, frozen=True):
    """An invoice or a statement, asked of `debtor` for what `billed` was in the year."""

    kind: str
    amount: int
    billed: str
    debtor: str
    day: date
    vat: int = 0


class Credit(Struct, frozen=True):
    """What takes from the document of that place: a credit note, or a negative statement."""

    document: int
    cause: str
    amount: int
    day: date
    withdrawn: bool = False


class State(Struct, frozen=True):
    """The files of a day, and all that was issued; `recorded` is the last batch's tariff."""

    year: int
    files: Files
    documents: tuple[Document, ...] = ()
    credits: tuple[Credit, ...] = ()
    recorded: Tariff | None = None

    @property
    def tariff(self) -> Tariff:
        return self.recorded or self.files.tariff  # point 11


class Account(Struct, frozen=True):
    person: str
    due: int
    granted: int
    target: int
    balance: int
    stale: int
    remaining: int


class Entry(Struct, frozen=True):
    """What issuing would add; the amount of a correction is negative."""

    kind: str
    person: str
    billed: str
    amount: int
    document: int | None = None
