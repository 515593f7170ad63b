"""What the documents of a year's memberships are worth, and whose they are on a day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mutualis.domain.communes.debtors import Known
from mutualis.domain.communes.movements import Movement, Movements
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import Membership
from mutualis.domain.kinds import Nature
from mutualis.domain.memberships.plan import BillingLine
from mutualis.domain.money import ZERO
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import Record


@dataclass(frozen=True, slots=True)
class Owned:
    """A document, the code that owes it on a day, and what it is worth.

    `worth` is its amount less its corrections and its remises, `granted` the remises that count:
    those that were not withdrawn. `unqualified` are its credits that may be either.
    """

    document: Membership
    owner: str
    worth: Decimal
    granted: Decimal
    unqualified: tuple[str, ...]

    @property
    def number(self) -> str:
        return self.document.number


@dataclass(frozen=True, slots=True)
class LevelBalance:
    """What the memberships of a level are worth, a legal person counted once."""

    communes: int
    population: int
    amount: Decimal


def recorded_movements(ledger: Ledger) -> tuple[Movement, ...]:
    """The movements by which anything was ever issued."""
    return tuple(
        movement
        for record in ledger.records
        if isinstance(record, Batch | CreditNote)
        for movement in record.movements
    )


def with_recorded(ledger: Ledger, movements: Movements) -> Movements:
    """The movements of the file and those of the register: an old document is read with both."""
    recorded = recorded_movements(ledger)
    if not recorded:
        return movements
    return Movements.of((*movements.rows, *recorded), movements.file)


def owned_of(ledger: Ledger, year: int, known: Known) -> tuple[Owned, ...]:
    """The memberships of a billed year, as they were issued, each with its owner on a day."""
    return tuple(
        _owned(document, ledger, known) for document in ledger.memberships if document.year == year
    )


def _owned(document: Membership, ledger: Ledger, known: Known) -> Owned:
    # A document made before its year began is owed as on 1 January: that day's movements are in it.
    since = max(document.act.day, date(document.year, 1, 1))
    code = document.commune.code_insee
    off = ledger.credits_of(document.number)
    return Owned(
        document,
        known.movements.heir(code, since, known.day) or code,
        ledger.remaining(document.number),
        granted_of(off, ledger),
        tuple(credit.number for credit in off if ledger.natures[credit.number] is None),
    )


def granted_of(off: tuple[CreditNote, ...], ledger: Ledger) -> Decimal:
    """The remises that count among what takes off a claim."""
    return -sum(
        (
            credit.amount
            for credit in off
            if ledger.natures[credit.number] is Nature.REMISE
            and credit.number not in ledger.withdrawn
        ),
        ZERO,
    )


def by_level(ledger: Ledger, year: int, codes: frozenset[str] = frozenset()) -> "ByLevel":
    """What the year's memberships are worth by level, from the register alone: invoiced and
    withheld, of the billed communes `codes`, by default all of them."""
    found: dict[str, list[tuple[int, Decimal]]] = {}
    for level, population, amount in _standing(ledger, year, codes):
        found.setdefault(level, []).append((population, amount))
    return {
        level: LevelBalance(
            len(items),
            sum(population for population, _ in items),
            sum((amount for _, amount in items), ZERO),
        )
        for level, items in found.items()
    }


ByLevel = Mapping[str, LevelBalance]


def _standing(
    ledger: Ledger, year: int, codes: frozenset[str]
) -> Iterator[tuple[str, int, Decimal]]:
    """The level, population and balance of each legal person, as at the end of the year.

    The level is the last one that a document or the account of a batch was made with.
    """
    known = Known(date(year, 12, 31), with_recorded(ledger, Movements()))
    balances: dict[str, Decimal] = {}
    for owned in owned_of(ledger, year, known):
        if not codes or owned.document.row.code_insee in codes:
            balances[owned.owner] = balances.get(owned.owner, ZERO) + owned.worth
    last: dict[str, tuple[str, int]] = {}
    for record in ledger.records:
        for code, line in _priced(record, year):
            heir = known.movements.heir(code, date(year, 1, 1), known.day) or code
            last[heir] = (line.fee.level.code, line.fee.population)
    for code, balance in sorted(balances.items()):
        if balance:
            yield (*last[code], balance)


def _priced(record: Record, year: int) -> Iterator[tuple[str, BillingLine]]:
    """The lines that a record was made from, by the code that owed them."""
    if isinstance(record, Batch) and record.year == year:
        yield from ((line.commune.code_insee, line) for line in record.withheld)
        yield from ((item.code_insee, item.line) for item in record.accounts if item.line)
    elif isinstance(record, Membership) and record.year == year:
        line = record.line
        if line is not None:
            yield record.commune.code_insee, line
