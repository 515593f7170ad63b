"""Why an account moved after a first document: what changed, and by how much."""

from collections.abc import Iterator
from decimal import Decimal

from mutualis.domain.french import memberships as french
from mutualis.domain.french.typography import euros, number, signed_euros
from mutualis.domain.invoices.account_line import AccountLine
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import Membership, Statement
from mutualis.domain.issuing.plan import IssuePlan, Item
from mutualis.domain.kinds import Kind
from mutualis.domain.memberships.plan import BillingLine
from mutualis.domain.money import ZERO
from mutualis.domain.problems.refusals import Reason
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.tariffs.fees import amount_due
from mutualis.domain.tariffs.grid import Level
from mutualis.domain.value import Struct
from mutualis.domain.vat.tax import Tax


class Regularisation(Struct, frozen=True):
    """One document of an account that had one already: `number` is None in a draft, `about` are
    the documents that it corrects or completes."""

    entry: AccountLine
    item: Item
    number: str | None
    about: tuple[str, ...]
    causes: tuple[Reason, ...]

    @property
    def nature(self) -> str:
        """What the document is, in words."""
        return french.nature(self.item.kind, self.item.amount)

    @property
    def reason(self) -> str:
        """What moved, in words."""
        return " ; ".join(cause.text for cause in self.causes)


def of_plan(issue: IssuePlan) -> tuple[Regularisation, ...]:
    """What a plan regularises, in its order."""
    accounts = {account.person.code_insee: account for account in issue.regularised}
    lines = (*issue.billing.invoices, *issue.billing.withheld)
    listed = {line.commune.code_insee: line.listed for line in lines}
    return tuple(
        Regularisation(
            account.entry,
            item,
            None,
            listed[item.code_insee] if item.amount > 0 else _one(item.refers_to),
            causes(account.entry, account.last),
        )
        for item in issue.items
        if (account := accounts.get(item.code_insee)) is not None
    )


def of_batch(batch: Batch, ledger: Ledger) -> tuple[Regularisation, ...]:
    """What an issued batch regularised, from the register alone."""
    entries = {entry.code_insee: entry for entry in batch.accounts}
    documents: tuple[Membership | CreditNote, ...] = (
        *(d for d in ledger.of_batch(batch) if isinstance(d, Membership)),
        *(d for d in ledger.statements_of(batch) if d.is_numbered),
        *ledger.credits_in(batch),
    )
    found = []
    for document in documents:
        entry = entries.get(document.commune.code_insee)
        if entry is None or (entry.line is None and not entry.documents):
            continue
        kind = "statement" if document.kind is Kind.STATEMENT else "credit"
        if document.kind is Kind.INVOICE:
            kind = "complement" if document.refers_to else "invoice"
        item = Item(kind, entry.code_insee, document.amount, document.refers_to)
        last = ledger.claim(entry.documents[-1]) if entry.documents else None
        was = last if isinstance(last, Membership) else None
        about = _one(document.refers_to)
        if isinstance(document, Membership) and document.completes:
            about = document.completes
        found.append(Regularisation(entry, item, document.number, about, causes(entry, was)))
    return tuple(sorted(found, key=lambda one: (one.item.code_insee, one.item.amount > 0)))


def _one(number: str | None) -> tuple[str, ...]:
    return () if number is None else (number,)


def differences(issue: IssuePlan) -> tuple[Reason, ...]:
    """Who has a document already and what would be added, an account a line."""
    found = []
    for account in issue.regularised:
        entry = account.entry
        facts = {
            "commune": account.person.name,
            "numbers": ", ".join(entry.documents) or ", ".join(o.number for o in account.owned),
            "balance": euros(entry.balance),
            "target": euros(entry.target),
            "causes": " ; ".join(cause.text for cause in causes(entry, account.last)),
        }
        found.append(Reason("account.difference", facts))
    return tuple(found)


def causes(entry: AccountLine, last: Membership | None) -> tuple[Reason, ...]:
    """What moved an account since `last`, its last document still worth something."""
    return tuple(_causes(entry, last))


def _causes(entry: AccountLine, last: Membership | None) -> Iterator[Reason]:
    told = ZERO
    if entry.line is None:
        yield Reason("account.no_fee")
    elif last is None:
        yield Reason("account.again")
    else:
        for cause, effect in _moved(last, entry.line):
            told += effect
            yield cause
    is_taxed_anew = entry.line is not None and last is not None and last.tax != entry.line.tax
    if is_taxed_anew:
        yield Reason("account.vat")
    elif entry.stale:
        withheld = isinstance(last, Statement)
        yield Reason("account.invoiced_now" if withheld else "account.withheld_now")
    if entry.granted:
        yield Reason("account.granted", {"granted": euros(entry.granted)})
    is_told = entry.stale or told == entry.remaining  # else other documents count too
    if entry.line is not None and last is not None and not is_told:
        yield Reason("account.balance", {"balance": euros(entry.balance)})


def _moved(old: Membership, new: BillingLine) -> Iterator[tuple[Reason, Decimal]]:
    """The rate, the population, the wealth and the level, in that order, with what each of them
    adds; a calculation by parts is told whole, and adds nothing by itself."""
    if old.parts or new.parts:
        if old.parts != new.parts:
            yield Reason("account.calculation", {"explanation": new.calculation}), ZERO
        return
    level = new.fee.level if new.fee.level.code == old.level.code else old.level
    tax = new.tax
    before = _due(tax, old.level, old.population, old.potential)
    potential = new.fee.potential if old.potential is None else old.potential
    repriced = _due(tax, level, old.population, potential)
    moved = _due(tax, level, new.fee.population, potential)
    weighted = _due(tax, level, new.fee.population, new.fee.potential or potential)
    if repriced != before:
        yield _effect("account.rate", repriced - before)
    if new.fee.population != old.population:
        before_after = number(old.population), number(new.fee.population)
        yield _effect("account.population", moved - repriced, *before_after)
    if weighted != moved:
        yield _effect("account.wealth", weighted - moved)
    if new.fee.level.code != old.level.code:
        yield _effect("account.level", new.whole - weighted, old.level.code, new.fee.level.code)


def _due(tax: Tax | None, level: Level, population: int, potential: Decimal | None) -> Decimal:
    """What a level comes to, with its tax."""
    net = amount_due(level, population, potential) or ZERO
    return net if tax is None else net + tax.on(net)


def _effect(
    code: str, difference: Decimal, before: str = "", after: str = ""
) -> tuple[Reason, Decimal]:
    facts = {"before": before, "after": after} if before else {}
    return Reason(code, {**facts, "difference": signed_euros(difference)}), difference
