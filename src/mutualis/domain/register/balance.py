"""What the documents of a year's memberships are worth, and whose they are on a day."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from mutualis.domain.communes.debtors import Known
from mutualis.domain.communes.movements import Movement, Movements
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import Membership
from mutualis.domain.kinds import Kind, Nature
from mutualis.domain.memberships.plan import BillingLine
from mutualis.domain.memberships.standing import Standing
from mutualis.domain.money import ZERO
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import Record
from mutualis.domain.value import Struct


class Owned(Struct, frozen=True):
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

    @property
    def codes(self) -> frozenset[str]:
        """Every code that it may be asked for by."""
        return frozenset((self.owner, self.document.row.code_insee))


def recorded_movements(ledger: Ledger) -> tuple[Movement, ...]:
    """The movements by which anything was ever issued."""
    return tuple(
        movement
        for record in ledger.records
        if isinstance(record, Batch | CreditNote)
        for movement in record.movements
    )


def movements_lost(ledger: Ledger, movements: Movements) -> tuple[Movement, ...]:
    """The movements by which something was issued, that the file does not hold any more."""
    known = {movement.key for movement in movements.rows}
    lost = {move.key: move for move in recorded_movements(ledger) if move.key not in known}
    return tuple(lost.values())


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
    code = document.commune.code_insee
    off = ledger.credits_of(document.number)
    return Owned(
        document,
        known.movements.heir(code, document.act.day, known.day) or code,
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


class Sums(Struct, frozen=True):
    """What the balance of documents is made of: what was `invoiced` and `withheld`, and what was
    taken off since, by corrections, by remises that count, by remises withdrawn (their credit
    stays), by credits that a person must qualify."""

    invoiced: Decimal
    withheld: Decimal
    corrected: Decimal
    granted: Decimal
    withdrawn: Decimal
    unqualified: Decimal

    @property
    def balance(self) -> Decimal:
        off = self.corrected + self.granted + self.withdrawn + self.unqualified
        return self.invoiced + self.withheld - off


def sums_of(owned: Sequence[Owned], ledger: Ledger) -> Sums:
    """The sums of documents, whole cents each."""
    off = [credit for item in owned for credit in ledger.credits_of(item.number)]

    def taken(nature: Nature | None, *, withdrawn: bool = False) -> Decimal:
        own = (c for c in off if (c.number in ledger.withdrawn) == withdrawn)
        return -sum((c.amount for c in own if ledger.natures[c.number] is nature), ZERO)

    def claimed(kind: Kind) -> Decimal:
        return sum((o.document.amount for o in owned if o.document.kind is kind), ZERO)

    return Sums(
        invoiced=claimed(Kind.INVOICE),
        withheld=claimed(Kind.STATEMENT),
        corrected=taken(Nature.CORRECTION),
        granted=taken(Nature.REMISE),
        withdrawn=taken(Nature.REMISE, withdrawn=True),
        unqualified=taken(None),
    )


def standing(ledger: Ledger, year: int, *, withheld: bool = True) -> tuple[Standing, ...]:
    """What each legal person's membership of a year is worth, from the register alone: invoiced
    and, where asked, withheld; by INSEE code as at the end of the year, none that is worth nothing.

    Its line is the last one that a document, or the account of a batch, was made with.
    """
    known = Known(date(year, 12, 31), with_recorded(ledger, Movements()))
    balances: dict[str, Decimal] = {}
    for owned in owned_of(ledger, year, known):
        if withheld or owned.document.kind is Kind.INVOICE:
            balances[owned.owner] = balances.get(owned.owner, ZERO) + owned.worth
    last: dict[str, BillingLine] = {}
    for record in ledger.records:
        for code, line in _priced(record, year):
            last[known.group(code, year)] = line
    return tuple(
        Standing(code, last[code], balance) for code, balance in sorted(balances.items()) if balance
    )


def _priced(record: Record, year: int) -> Iterator[tuple[str, BillingLine]]:
    """The lines that a record was made from, by the code that owed them."""
    if isinstance(record, Batch) and record.year == year:
        yield from ((line.commune.code_insee, line) for line in record.withheld)
        yield from ((item.code_insee, item.line) for item in record.accounts if item.line)
    elif isinstance(record, Membership) and record.year == year:
        line = record.line
        if line is not None:
            yield record.commune.code_insee, line
