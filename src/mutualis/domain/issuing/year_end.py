"""The end of an exercice: what is to attach to it, what is known in advance, what is to do."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import Document
from mutualis.domain.invoices.invoice import Statement
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.issuing.mission_batch import unbilled
from mutualis.domain.issuing.plan import IssuePlan
from mutualis.domain.kinds import Kind, Product
from mutualis.domain.memberships.plan import total
from mutualis.domain.missions.mission import Mission
from mutualis.domain.money import ZERO
from mutualis.domain.quotes.work_done import Work, totals
from mutualis.domain.register.accounting import is_deferred
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.value import Struct


class Attached(Struct, frozen=True):
    """What is to attach to an exercice for a product: `withheld` from the AC or not, to what
    `account`. `corrections` are below zero; `below_minimum` is not recovered, so not attached.
    """

    product: Product
    withheld: bool
    account: str
    amount: Decimal
    corrections: Decimal = ZERO
    below_minimum: Decimal = ZERO


class ToDo(Struct, frozen=True):
    """What is left to do of a quote that was accepted: no service done, so nothing to attach."""

    mission: Mission
    half_days: dict[str, int]
    amount: Decimal


class Deferred(Struct, frozen=True):
    """What the documents of a year to come, in the accounts of an exercice, are worth in it."""

    year: int
    withheld: bool
    amount: Decimal


def in_accounts_of(ledger: Ledger, exercice: int) -> Ledger:
    """The register without the documents of later exercices: what they claim or take off is not in
    the accounts of this one."""
    kept = (
        record
        for record in ledger.records
        if not (isinstance(record, Batch | Document) and record.exercice > exercice)
    )
    return Ledger(tuple(kept), ledger.closing, ledger.head)


def attached(
    ledger: Ledger, memberships: IssuePlan | None, exercice: int, issuer: Issuer
) -> tuple[Attached, ...]:
    """The products to attach, those of which there is something; the ledger and the plan are those
    of the exercice."""
    return tuple(
        item
        for item in (*_memberships(memberships, issuer), _missions(ledger, exercice, issuer))
        if item.amount or item.corrections or item.below_minimum
    )


def _memberships(plan: IssuePlan | None, issuer: Issuer) -> Iterator[Attached]:
    if plan is None:
        return
    account = issuer.account("membership")
    for withheld in (False, True):
        lines = plan.billing.withheld if withheld else plan.billing.invoices
        yield Attached(
            product=Product.MEMBERSHIP,
            withheld=withheld,
            account=account,
            amount=total(lines),
            corrections=sum(
                (
                    item.amount
                    for item in plan.corrections
                    if (item.document.kind is Kind.STATEMENT) is withheld
                ),
                ZERO,
            ),
            below_minimum=ZERO if withheld else total(plan.billing.below_minimum),
        )


def _missions(ledger: Ledger, exercice: int, issuer: Issuer) -> Attached:
    done = (x.amount for x in unbilled(ledger, exercice) if x.work.day.year <= exercice)
    return Attached(Product.MISSION, False, issuer.account("half_days"), sum(done, ZERO))


def deferred(ledger: Ledger, exercice: int) -> tuple[Deferred, ...]:
    """What is in the accounts of an exercice and is income of a later year; the ledger is that of
    the exercice."""
    found: dict[tuple[int, bool], Decimal] = {}
    for claim in ledger.claims:
        if is_deferred(claim) and claim.year > exercice:
            key = claim.year, isinstance(claim, Statement)
            found[key] = found.get(key, ZERO) + ledger.remaining(claim.number)
    return tuple(Deferred(*key, amount) for key, amount in sorted(found.items()) if amount)


def to_do(missions: Iterable[Mission], exercice: int) -> tuple[ToDo, ...]:
    """The quotes accepted by the end of the year and not done yet, with what is left to do."""
    return tuple(
        ToDo(mission, left, mission.bill((Work(0, mission.answer.day, "", left),)).amount)
        for mission in missions
        if mission.answer is not None
        and mission.answer.accepted
        and mission.answer.day.year <= exercice
        and (left := _left(mission, exercice))
    )


def _left(mission: Mission, exercice: int) -> dict[str, int]:
    """The half-days by category that were not done by the end of the year, nor released since."""
    done = totals(work for work in mission.works if work.day.year <= exercice)
    left = {name: n - done.get(name, 0) for name, n in mission.committed.items()}
    return {name: n for name, n in left.items() if n > 0}
