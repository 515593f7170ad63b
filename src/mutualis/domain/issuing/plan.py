"""What issuing would add for a year, account by account: claims, corrections, and what is left."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from mutualis.domain.changes.change import Changes
from mutualis.domain.communes.communes import Communes, Settlement
from mutualis.domain.french import memberships as french
from mutualis.domain.invoices.invoice import Membership
from mutualis.domain.issuing.account import (
    Account,
    Accounts,
    accounts_on,
    corrections,
    kept_below,
)
from mutualis.domain.kinds import Kind
from mutualis.domain.memberships.fees import why_free
from mutualis.domain.memberships.plan import (
    EVERYTHING,
    BillingLine,
    BillingPlan,
    LevelTotal,
    NotBilled,
    Selection,
)
from mutualis.domain.memberships.standing import Standing, totals_by_level
from mutualis.domain.money import ZERO
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import Struct, replace


class Correction(Struct, frozen=True):
    """What is to be taken off a document; `amount` is below 0."""

    account: Account
    document: Membership
    amount: Decimal


class Item(Struct, frozen=True):
    """One document to issue; `kind` is that of the JSON contract, `refers_to` what it completes or
    corrects."""

    kind: str
    code_insee: str
    amount: Decimal
    refers_to: str | None


class IssuePlan(Struct, frozen=True):
    """What issuing adds: the `billing` plan, and the `corrections` of what was issued.

    `chosen` are the accounts that the selection keeps, `excepted` those left aside by name.
    `changes` are those since the year before, None where it cannot be priced (`year_on_year`).
    """

    accounts: Accounts
    chosen: tuple[Account, ...]
    excepted: tuple[Account, ...]
    billing: BillingPlan
    corrections: tuple[Correction, ...]
    changes: Changes | None = None

    @property
    def items(self) -> tuple[Item, ...]:
        """The documents to issue, account by account: what is corrected, then what is claimed."""
        found = [*_corrected(self.corrections), *_claimed(self.billing)]
        return tuple(sorted(found, key=lambda item: (item.code_insee, item.amount > 0)))

    @property
    def by_level(self) -> tuple[LevelTotal, ...]:
        """What is invoiced by level once this is issued, a membership counted once; what is
        withheld is apart."""
        return totals_by_level(self.billing.grid, self._standing(withheld=False))

    @property
    def regularised(self) -> tuple[Account, ...]:
        """The accounts that have a document already and get another one."""
        moved = {item.code_insee for item in self.items}
        return tuple(a for a in self.chosen if a.owned and a.person.code_insee in moved)

    @property
    def unqualified(self) -> tuple[Account, ...]:
        """The accounts for which nothing is issued until their credits are told apart."""
        return tuple(account for account in self.chosen if account.unqualified)

    @property
    def standing(self) -> tuple[Standing, ...]:
        """What each membership comes to once this is issued; none that is then worth nothing."""
        return self._standing(withheld=True)

    def _standing(self, *, withheld: bool) -> tuple[Standing, ...]:
        """The same; without what is `withheld`, only what is invoiced counts. An account left aside
        gets nothing, and keeps what it has."""
        added: dict[str, Decimal] = {}
        for item in self.items:
            if withheld or item.kind != "statement":
                added[item.code_insee] = added.get(item.code_insee, ZERO) + item.amount
        found: list[Standing] = []
        for account in (*self.chosen, *self.excepted):
            kept = (o.worth for o in account.owned if withheld or o.document.kind is Kind.INVOICE)
            amount = sum(kept, added.get(account.person.code_insee, ZERO))
            found.extend(account.shared(amount))
        return tuple(found)


def _claimed(billing: BillingPlan) -> Iterator[Item]:
    for line in billing.invoices:
        kind = "complement" if line.completes else "invoice"
        yield Item(kind, line.commune.code_insee, line.amount, line.completes)
    for line in billing.withheld:
        yield Item("statement", line.commune.code_insee, line.amount, line.completes)


def _corrected(found: tuple[Correction, ...]) -> Iterator[Item]:
    for item in found:
        kind = "credit" if item.document.kind is Kind.INVOICE else "statement"
        yield Item(kind, item.account.person.code_insee, item.amount, item.document.number)


def plan_issue(
    communes: Communes,
    tariffs: Tariffs,
    year: int,
    ledger: Ledger,
    day: date | None = None,
    selection: Selection = EVERYTHING,
    excepted: frozenset[str] = frozenset(),
) -> IssuePlan:
    """What issuing would add on `day`, by default at the end of the year; `tariffs` are those that
    the year is priced with.

    Raises Refusal for a document whose owner has no row in the year.
    """
    accounts = accounts_on(communes, tariffs, year, ledger, day)
    orphans = [
        item
        for item in accounts.orphans
        if selection.holds(item.codes, item.document.level.code) and excepted.isdisjoint(item.codes)
    ]
    if orphans:
        numbers = ", ".join(item.number for item in orphans)
        codes = sorted({item.document.row.code_insee for item in orphans})
        raise Refusal("account.no_row", numbers=numbers, year=year, codes=", ".join(codes))
    kept = _held(accounts, selection)
    chosen = tuple(account for account in kept if account.codes.isdisjoint(excepted))
    left = tuple(account for account in kept if not account.codes.isdisjoint(excepted))
    return IssuePlan(
        accounts=accounts,
        chosen=chosen,
        excepted=left,
        billing=_billing(chosen, tariffs, tariffs.grids[year], selection),
        corrections=tuple(
            Correction(account, owned.document, -amount)
            for account in chosen
            if not account.unqualified
            for owned, amount in corrections(account)
        ),
    )


def plan_billing(
    communes: Communes, tariffs: Tariffs, grid: Grid, selection: Selection = EVERYTHING
) -> BillingPlan:
    """The whole batch of the grid's year, as if nothing was issued yet."""
    priced = replace(tariffs, grids={**tariffs.grids, grid.year: grid})
    accounts = accounts_on(communes, priced, grid.year, Ledger(), of=selection.communes)
    return _billing(_held(accounts, selection), priced, grid, selection)


def _held(accounts: Accounts, selection: Selection) -> tuple[Account, ...]:
    return tuple(
        a for a in accounts.all if any(selection.holds(a.codes, fee.level) for fee in a.fees)
    )


def _billing(
    chosen: tuple[Account, ...], tariffs: Tariffs, grid: Grid, selection: Selection
) -> BillingPlan:
    """The claims of the accounts: what is to be invoiced, withheld, or kept below the minimum."""
    invoices, withheld, below, not_billed = [], [], [], []
    for account in chosen:
        line = _line(account)
        if account.line is None:
            not_billed.append(NotBilled(account.row, why_free(account.row, grid)))
        elif line is None:
            continue
        elif account.row.settlement is Settlement.AC and line.amount:
            withheld.append(line)
            not_billed.append(NotBilled(account.row, french.withheld(line.amount)))
        elif kept_below(account, tariffs.minimum_recovery) or not line.amount:
            below.append(line)
            reason = french.below_minimum(line.amount, tariffs.minimum_recovery)
            not_billed.append(NotBilled(account.row, reason))
        else:
            invoices.append(line)
    return BillingPlan(
        year=grid.year,
        grid=grid,
        basis=tariffs.population,
        minimum_recovery=tariffs.minimum_recovery,
        invoices=tuple(invoices),
        withheld=tuple(withheld),
        below_minimum=tuple(below),
        not_billed=tuple(not_billed),
        selection=selection,
        example_levels=sum(account.is_example for account in chosen),
    )


def _line(account: Account) -> BillingLine | None:
    """What remains to be claimed, from what is due; None where nothing does, or may."""
    line = account.line
    if line is None or not account.owned:
        return line
    entry = account.entry
    if entry.remaining <= 0 or account.unqualified:
        return None
    live = tuple(o.number for o in account.owned if o.worth and o.number not in account.stale)
    return replace(
        line,
        granted=entry.granted,
        deducted=entry.balance - entry.stale,
        completes=live[0] if live else None,
        listed=live,
    )
