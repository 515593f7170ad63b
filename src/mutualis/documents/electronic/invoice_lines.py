"""The lines of an invoice, on its page and in its data alike: from quantity x price to what is due.

Each difference has its reason: the fixed part, the cap, the minimum, the part of a year. They
are in the terms of EN 16931: a line (BG-25), its allowances (BG-27) and charges (BG-28).
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from mutualis.documents.wording import invoices as wording
from mutualis.documents.wording.payment import told
from mutualis.domain.french.typography import euros, number
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.memberships.plan import BillingLine, BillingPlan
from mutualis.domain.money import EXACT, ZERO, round_fraction, round_half_up
from mutualis.domain.quotes.quote import QuoteLine
from mutualis.domain.tariffs.fees import FeeBreakdown
from mutualis.domain.value import Struct, replace
from mutualis.domain.vat.tax import Tax, share_within, vat_of

# BT-130, UN/ECE Recommendation 20. No code is known to mean half a day: the name says it.
PERSON, ONE = "IE", "C62"
Row = tuple[str, int | None, str | None, Decimal | None, Decimal]


class Adjustment(Struct, frozen=True):
    """A line's charge (BG-28) or, below zero, its allowance (BG-27), to the cent."""

    reason: str
    amount: Decimal


class InvoiceLine(Struct, frozen=True):
    """BG-25, before tax: `unit` is BT-130, `price` BT-146 in euros, exact and never negative;
    `start` and `end` are its own period (BG-26), both included, where it is not that of the
    invoice; `tax` is BG-30, None where nothing but the issuer says how it is taxed."""

    name: str
    quantity: int
    unit: str
    price: Decimal
    adjustments: tuple[Adjustment, ...] = ()
    start: date | None = None
    end: date | None = None
    tax: Tax | None = None

    @property
    def base(self) -> Decimal:
        """Quantity x price, rounded half up to the cent."""
        return round_half_up(EXACT.multiply(Decimal(self.quantity), self.price))

    @property
    def amount(self) -> Decimal:
        """BT-131, to the cent: the base, then adjusted."""
        return self.base + sum((item.amount for item in self.adjustments), ZERO)


def membership_lines(
    plan: BillingPlan, line: BillingLine, issuer: Issuer
) -> tuple[InvoiceLine, ...]:
    """A line a fee, then, each on a line of its own, the remises and what was claimed before."""
    lines = []
    if not line.parts:
        lines.append(_fee_line(wording.membership(plan, line, issuer), line.fee, line.before_tax))
    for part, due in line.amounts:
        share = "" if part.is_whole else f"Ramené à {part.share} de l'année"
        own = _fee_line(part.name, part.fee, due, share)
        lines.append(replace(own, start=part.first_day, end=part.last_day))
    # What is taken off is with tax: each line is the difference that it makes before tax.
    target = line.target - vat_of(share_within(line.target, line.tax))
    if line.granted:
        lines.append(InvoiceLine(wording.GRANTED, -1, ONE, line.before_tax - target))
    if line.completes is not None:
        lines.append(InvoiceLine(wording.deducted(line), -1, ONE, target - line.net))
    return tuple(replace(own, tax=line.tax) for own in lines)


def half_day_line(item: QuoteLine) -> InvoiceLine:
    """The half-days of a category of agents."""
    name = f"{item.label} (demi-journées d'agents de catégorie {item.category})".strip()
    return InvoiceLine(name, item.half_days, ONE, item.unit_price, tax=item.tax)


def credit_lines(name: str, credit: CreditNote) -> tuple[InvoiceLine, ...]:
    """What a credit note takes off, a line a tax, which it names where there are several; the kind
    of the document says the sign."""
    if not credit.taxes:
        return (InvoiceLine(name, 1, ONE, -credit.amount),)
    names = [f"{name}, {told(one.tax)}" for one in credit.taxes] if credit.taxes[1:] else [name]
    shares = zip(names, credit.taxes, strict=True)
    return tuple(InvoiceLine(own, 1, ONE, -one.net, tax=one.tax) for own, one in shares)


def rows_of(lines: Iterable[InvoiceLine]) -> Iterator[Row]:
    """The rows of a printed table: wording, quantity, unit, unit price, amount."""
    for line in lines:
        if line.unit == PERSON:
            yield (line.name, line.quantity, "habitants", line.price, line.base)
        else:
            yield (line.name, None, None, None, line.base)
        for item in line.adjustments:
            yield (item.reason, None, None, None, item.amount)


def _fee_line(name: str, fee: FeeBreakdown, due: Decimal, share: str = "") -> InvoiceLine:
    """From population x rate to `due`, to the cent at each step."""
    line = InvoiceLine(name, fee.population, PERSON, fee.rate)
    reached, adjustments = line.base, []
    for reason, amount in (*_steps(fee, reached), (share or "Arrondi", due)):
        if amount != reached:
            adjustments.append(Adjustment(reason, amount - reached))
        reached = amount
    return InvoiceLine(name, fee.population, PERSON, fee.rate, tuple(adjustments))


def _steps(fee: FeeBreakdown, base: Decimal) -> Iterator[tuple[str, Decimal]]:
    """What a whole year's fee becomes at each step, with its reason."""
    yield "Part fixe", round_half_up(fee.gross) if fee.fixed else base
    if fee.shown_coefficient is not None:
        name = f"Coefficient de richesse {number(fee.shown_coefficient)}"
        yield name, round_fraction(fee.weighted)
    for limit, name in ((fee.cap, "Ramené au plafond de"), (fee.floor, "Porté au minimum de")):
        if limit is not None:
            yield f"{name} {euros(limit)} ({fee.bracket})", round_half_up(limit)
