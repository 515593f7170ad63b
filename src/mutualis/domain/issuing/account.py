"""The account: what is still due by a legal person for a year's membership.

Everything that asks « what remains? » reads it. An account is what today's rows give, at the grid
and settings that the year was last issued with, beside what its documents are worth.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum

from mutualis.domain.communes.communes import Communes, CommuneYear, Settlement
from mutualis.domain.communes.debtors import Group, Known, groups_of
from mutualis.domain.invoices.account_line import AccountLine
from mutualis.domain.invoices.invoice import Membership, Statement
from mutualis.domain.memberships.fees import Fee, fees_of
from mutualis.domain.memberships.plan import BillingLine
from mutualis.domain.memberships.standing import Standing
from mutualis.domain.money import ZERO
from mutualis.domain.register.balance import Owned, owned_of, with_recorded
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.tariffs.proration import Part
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import Struct, replace
from mutualis.domain.vat.tax import Tax


class Left(Enum):
    """What becomes of what remains of an account."""

    TO_ISSUE = "to_issue"
    BELOW_MINIMUM = "below_minimum"
    CORRECTION = "correction"
    TO_QUALIFY = "to_qualify"


class Account(Struct, frozen=True):
    """The account of `person`, who is as on the day asked.

    `fees` are those of its groups, the person's own last, `owned` its documents as they were
    issued; `stale` are the numbers of those that the other settlement made, or another tax.
    """

    person: CommuneYear
    fees: tuple[Fee, ...]
    owned: tuple[Owned, ...]
    stale: frozenset[str]

    @property
    def row(self) -> CommuneYear:
        """The last row of the commune that a document is about: the last one that owes."""
        return self._owing[-1].group.row

    @property
    def _owing(self) -> tuple[Fee, ...]:
        """The groups that owe something; all of them where none does."""
        if len(self.fees) == 1:
            return self.fees
        return tuple(fee for fee in self.fees if fee.line and fee.line.whole) or self.fees

    @property
    def codes(self) -> frozenset[str]:
        """Every code that it may be asked for by."""
        return frozenset().union(*(fee.group.codes for fee in self.fees))

    @property
    def line(self) -> BillingLine | None:
        """What is due for the year, with nothing taken off; None when nothing is."""
        return _as_one([fee.line for fee in self._owing if fee.line is not None])

    @property
    def entry(self) -> AccountLine:
        """Its amounts, as a batch records them."""
        line, documents = self.line, tuple(o.number for o in self.owned if o.worth)
        return AccountLine(
            code_insee=self.person.code_insee,
            name=self.person.name,
            due=ZERO if line is None else line.whole,
            granted=sum((o.granted for o in self.owned), ZERO),
            balance=sum((o.worth for o in self.owned), ZERO),
            stale=sum((o.worth for o in self.owned if o.number in self.stale), ZERO),
            documents=documents,
            line=line if self.owned else None,
        )

    def shared(self, amount: Decimal) -> Iterator[Standing]:
        """An amount of the account, by group that owes: the last one has what the others leave."""
        *others, last = self._owing
        for fee in others:
            if fee.line is not None and (own := min(fee.line.whole, amount)):
                amount -= own
                yield Standing(fee.group.row.code_insee, fee.line, own)
        if last.line is not None and amount:
            yield Standing(last.group.row.code_insee, last.line, amount)

    @property
    def last(self) -> Membership | None:
        """Its last document still worth something."""
        return next((o.document for o in reversed(self.owned) if o.worth), None)

    @property
    def is_example(self) -> bool:
        """Whether one of its levels is invented."""
        return any(row.is_example for fee in self.fees for row in fee.group.rows)

    @property
    def unqualified(self) -> tuple[str, ...]:
        """Its credits that a person must qualify before anything is issued for it."""
        return tuple(number for owned in self.owned for number in owned.unqualified)


class Accounts(Struct, frozen=True):
    """Every account of a year, in INSEE-code order of the persons; `orphans` are the documents
    still worth something whose owner has no row in the year: an error, never a zero."""

    year: int
    known: Known
    tariffs: Tariffs
    all: tuple[Account, ...]
    orphans: tuple[Owned, ...]


def accounts_of(
    communes: Communes,
    tariffs: Tariffs,
    year: int,
    ledger: Ledger,
    known: Known,
    of: Collection[str] = (),
) -> Accounts:
    """The accounts of a year on a day, at the grid of the year in `tariffs`: all of them, or those
    that the codes `of` ask for."""
    grid = tariffs.grids[year]
    groups, owned = _by_person(communes, year, ledger, known)
    rows = (row for own in groups.values() for group in own for row in group.rows)
    last = {row.code_insee: row for row in sorted(rows, key=lambda row: row.first_day)}
    tax = tariffs.tax(known.day)
    return Accounts(
        year,
        known,
        tariffs,
        tuple(
            _account(list(fees_of(own, tariffs, grid, known)), owned.get(code, ()), tax, last)
            for code, own in sorted(groups.items())
            if not of or any(group.is_of(of) for group in own)
        ),
        _orphans(groups, owned),
    )


def orphans_of(communes: Communes, year: int, ledger: Ledger, known: Known) -> tuple[Owned, ...]:
    """Those of the accounts of a year, which may have no price: only who owes is asked."""
    return _orphans(*_by_person(communes, year, ledger, known))


def _by_person(
    communes: Communes, year: int, ledger: Ledger, known: Known
) -> tuple[dict[str, list[Group]], dict[str, list[Owned]]]:
    """The groups of rows and the documents of a year, by the code of who answers for them."""
    groups: dict[str, list[Group]] = {}
    for group in groups_of(communes, year, known.day):
        groups.setdefault(group.debtor.code_insee, []).append(group)
    # A merger learned after a document, but older than it: the commune billed tells whose it is.
    holder = {code: person for person, own in groups.items() for g in own for code in g.codes}
    owned: dict[str, list[Owned]] = {}
    for item in owned_of(ledger, year, known):
        code, owner = item.document.row.code_insee, item.owner
        if owner not in groups:
            owner = holder.get(code) or known.learned_late(code, year)
        owned.setdefault(owner, []).append(replace(item, owner=owner))
    return groups, owned


def _orphans(
    groups: Mapping[str, Sequence[Group]], owned: Mapping[str, Sequence[Owned]]
) -> tuple[Owned, ...]:
    found = [item for code in owned.keys() - groups.keys() for item in owned[code] if item.worth]
    return tuple(sorted(found, key=lambda item: item.number))


def accounts_on(
    communes: Communes,
    tariffs: Tariffs,
    year: int,
    ledger: Ledger,
    day: date | None = None,
    of: Collection[str] = (),
) -> Accounts:
    """The same on `day`, by default at the end of the year, by the movements of the file and those
    of the register; of those asked for, only what movements link to them is looked at."""
    known = Known.of(communes, year, day)
    known = replace(known, movements=with_recorded(ledger, communes.movements))
    if not of:
        return accounts_of(communes, tariffs, year, ledger, known)
    linked = frozenset[str]().union(*map(known.movements.family, of))
    found = accounts_of(communes.of_codes(linked), tariffs, year, ledger, known, of)
    return replace(found, orphans=tuple(x for x in found.orphans if x.owner in linked))


def _account(
    fees: Sequence[Fee], owned: Sequence[Owned], tax: Tax | None, last: Mapping[str, CommuneYear]
) -> Account:
    person = fees[-1].group.debtor
    own_last = sorted(fees, key=lambda fee: fee.group.row.code_insee == person.code_insee)
    stale = {
        item.number for item in owned if item.document.tax != tax or _is_stale(item.document, last)
    }
    return Account(person, tuple(own_last), tuple(owned), frozenset(stale))


def _is_stale(document: Membership, last: Mapping[str, CommuneYear]) -> bool:
    """Whether the billed commune's last row names the other settlement than the document's."""
    row = last.get(document.row.code_insee)
    withheld = isinstance(document, Statement)
    return row is not None and withheld != (row.settlement is Settlement.AC)


def _as_one(lines: Sequence[BillingLine]) -> BillingLine | None:
    """The fees of several groups on one line, each group rounded once."""
    if len(lines) < 2:
        return lines[0] if lines else None
    parts = tuple(
        replace(part, group=group)
        for group, line in enumerate(lines)
        for part in line.parts or (Part(line.row, line.fee),)
    )
    return replace(lines[-1], parts=parts)


def kept_below(account: Account, minimum: Decimal) -> bool:
    """Whether what remains is a receivable too small to be recovered; a statement never is."""
    return account.row.settlement is Settlement.TITRE and ZERO < account.entry.remaining < minimum


def left_of(account: Account, minimum: Decimal) -> Left | None:
    """None where the documents are worth what is due."""
    entry = account.entry
    if not entry.remaining and not entry.stale:
        return None
    if account.unqualified:
        return Left.TO_QUALIFY
    if entry.remaining < 0 or entry.stale:
        return Left.CORRECTION
    return Left.BELOW_MINIMUM if kept_below(account, minimum) else Left.TO_ISSUE


def corrections(account: Account) -> Iterator[tuple[Owned, Decimal]]:
    """What is to be taken off its documents (above 0): the stale ones down to nothing, then what
    they are worth too much, the last issued first."""
    if not account.owned:
        return
    for item in account.owned:
        if item.number in account.stale and item.worth:
            yield item, item.worth
    too_much = -account.entry.remaining
    for item in reversed(account.owned):
        if item.number not in account.stale and too_much > 0 and item.worth:
            taken = min(item.worth, too_much)
            too_much -= taken
            yield item, taken
