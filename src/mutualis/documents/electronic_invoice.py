"""What an issued invoice or credit note says to a machine, in the terms of EN 16931.

Its figures are those of the printed document: a line a fee or a category of agents, whose
adjustments (part fixe, plafond, minimum, part of a year, what was invoiced before) lead from
quantity x price to the amount due.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mutualis.documents import wording
from mutualis.domain.billing import BillingLine, BillingPlan
from mutualis.domain.communes import CommuneYear
from mutualis.domain.fees import FeeBreakdown
from mutualis.domain.issuer import Issuer
from mutualis.domain.mission_billing import MissionLine
from mutualis.domain.money import EXACT, ZERO, round_half_up
from mutualis.domain.periods import amounts_of
from mutualis.domain.quotes import QuoteLine
from mutualis.domain.records import Document

COMMERCIAL_INVOICE, CREDIT_NOTE = "380", "381"  # BT-3, UNTDID 1001
# BT-130, UN/ECE Recommendation 20. No code is known to mean half a day: the name says it.
PERSON, ONE = "IE", "C62"


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A line's charge (BG-28) or, below zero, its allowance (BG-27), to the cent."""

    reason: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """BG-25: `unit` is BT-130, `price` BT-146 in euros, exact."""

    name: str
    quantity: int
    unit: str
    price: Decimal
    adjustments: tuple[Adjustment, ...] = ()

    @property
    def amount(self) -> Decimal:
        """BT-131, to the cent: quantity x price rounded half up, then adjusted."""
        base = round_half_up(EXACT.multiply(Decimal(self.quantity), self.price))
        return base + sum((item.amount for item in self.adjustments), ZERO)


@dataclass(frozen=True, slots=True)
class ElectronicInvoice:
    """`kind` is BT-3; `start` and `end` are the period invoiced (BG-14), both included.

    `preceding` are the numbers of the invoices that this one corrects or completes, with their
    date where it is known (BG-3). The amounts of a credit note are positive: its kind says the
    sign. `note` holds the sentences that explain the amount (BT-22).
    """

    kind: str
    number: str
    day: date
    seller: Issuer
    buyer: CommuneYear
    subject: str
    lines: tuple[InvoiceLine, ...]
    note: str
    start: date | None = None
    end: date | None = None
    preceding: tuple[tuple[str, date | None], ...] = ()

    @property
    def amount(self) -> Decimal:
        return sum((line.amount for line in self.lines), ZERO)


def of_membership(plan: BillingPlan, line: BillingLine, issuer: Issuer) -> ElectronicInvoice | None:
    """The invoice of a membership; None for a draft and for the statement of a fee withheld."""
    if plan.issue is None or line.number is None:
        return None
    lines = list(_membership_lines(plan, line))
    if line.completes is not None:
        taken = Adjustment(wording.already_invoiced(line.completes), -line.deducted)
        last = lines[-1]
        lines[-1] = InvoiceLine(
            last.name, last.quantity, last.unit, last.price, (*last.adjustments, taken)
        )
    rows = [part.row for part in line.parts]
    first, last_day = date(plan.year, 1, 1), date(plan.year, 12, 31)
    return ElectronicInvoice(
        kind=COMMERCIAL_INVOICE,
        number=line.number,
        day=plan.issue.day,
        seller=issuer,
        buyer=line.commune,
        subject=wording.invoice_subject(plan, line.fee),
        lines=tuple(lines),
        note="\n".join(wording.invoice_reasons(plan, line)),
        start=min((row.first_day for row in rows), default=first),
        end=max((row.last_day for row in rows), default=last_day),
        preceding=((line.completes, None),) if line.completes else (),
    )


def of_mission(
    line: MissionLine, issuer: Issuer, day: date, subject: str, note: str
) -> ElectronicInvoice | None:
    """The invoice of half-days done on a quote; None for a draft."""
    if line.number is None:
        return None
    days = [work.day for work in line.work.works]
    return ElectronicInvoice(
        kind=COMMERCIAL_INVOICE,
        number=line.number,
        day=day,
        seller=issuer,
        buyer=line.commune,
        subject=subject,
        lines=tuple(_half_day_line(item) for item in line.work.lines),
        note=note,
        start=min(days, default=None),
        end=max(days, default=None),
    )


def of_credit(credit: Document, invoice: Document, subject: str, note: str) -> ElectronicInvoice:
    """The credit note of an invoice, whole or partial."""
    return ElectronicInvoice(
        kind=CREDIT_NOTE,
        number=credit.number,
        day=credit.act.day,
        seller=credit.issuer,
        buyer=credit.commune,
        subject=subject,
        lines=(InvoiceLine(wording.invoiced(invoice), 1, ONE, -credit.amount),),
        note=note,
        preceding=((invoice.number, invoice.act.day),),
    )


def _membership_lines(plan: BillingPlan, line: BillingLine) -> Iterator[InvoiceLine]:
    if not line.parts:
        name = wording.membership(plan, line.fee)
        yield _fee_line(name, line.fee, line.whole)
    for part, due in zip(line.parts, amounts_of(line.parts), strict=True):
        share = "" if part.is_whole else f"{part.numerator}/{part.denominator} de l'année"
        yield _fee_line(part.title, part.fee, due, share)


def _fee_line(name: str, fee: FeeBreakdown, due: Decimal, share: str = "") -> InvoiceLine:
    """From population x rate to `due`, each difference with its reason."""
    line = InvoiceLine(name, fee.population, PERSON, fee.rate)
    reached = line.amount
    adjustments = []
    steps = [(wording.FIXED, round_half_up(fee.gross) if fee.fixed else reached)]
    steps += [(text, round_half_up(limit)) for text, limit in wording.limits(fee)]
    steps.append((share or "Arrondi", due))
    for reason, amount in steps:
        if amount != reached:
            adjustments.append(Adjustment(reason, amount - reached))
        reached = amount
    return InvoiceLine(name, fee.population, PERSON, fee.rate, tuple(adjustments))


def _half_day_line(item: QuoteLine) -> InvoiceLine:
    name = f"{item.label} (demi-journées d'agents de catégorie {item.category})".strip()
    return InvoiceLine(name, item.half_days, ONE, item.unit_price)
