"""The two kinds of invoices: of a membership, and of a mission done on quote."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar

from mutualis.domain.french.memberships import membership_subject
from mutualis.domain.french.missions import mission_subject
from mutualis.domain.invoices.document import BilledDocument
from mutualis.domain.kinds import Kind, Product
from mutualis.domain.memberships.plan import BillingLine
from mutualis.domain.money import ZERO
from mutualis.domain.quotes.work_done import BilledWork
from mutualis.domain.tariffs.fees import NoPrice, compute_fee
from mutualis.domain.tariffs.proration import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipInvoice(BilledDocument):
    """The fee of a year. A complementary one refers to the first, and `deducted` was invoiced
    before it; `parts` are those of the year where there are several, or less than a year."""

    kind: ClassVar[Kind] = Kind.INVOICE
    product: ClassVar[Product] = Product.MEMBERSHIP

    refers_to: str | None = None
    parts: tuple[Part, ...] = ()
    deducted: Decimal = ZERO

    @property
    def computed(self) -> Decimal | None:
        """The amount computed again from its own figures; None without a price."""
        line = self.line
        return None if line is None else line.amount

    @property
    def subject(self) -> str:
        """What is billed, in a few words."""
        return membership_subject(self.year, self.level.code)

    @property
    def line(self) -> BillingLine | None:
        """The line of the plan, computed again; None without a price."""
        parts = []
        for part in self.parts:
            fee = compute_fee(part.fee.level, part.fee.population)
            if isinstance(fee, NoPrice):
                return None
            parts.append(replace(part, fee=fee))
        last = parts[-1].fee if parts else compute_fee(self.level, self.population)
        if isinstance(last, NoPrice):
            return None
        return BillingLine(
            self.commune,
            last,
            self.number,
            tuple(parts),
            self.deducted,
            self.refers_to,
            self.billed,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionInvoice(BilledDocument):
    """Half-days done on a quote; its level is the one on quote."""

    kind: ClassVar[Kind] = Kind.INVOICE
    product: ClassVar[Product] = Product.MISSION
    refers_to: ClassVar[None] = None

    work: BilledWork

    @property
    def computed(self) -> Decimal:
        """The amount computed again from its own lines."""
        return self.work.amount

    @property
    def subject(self) -> str:
        """What is billed, in a few words."""
        return mission_subject(self.year, self.work.quote)


Invoice = MembershipInvoice | MissionInvoice
