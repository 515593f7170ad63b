"""What is claimed of a commune: the fee of a year, invoiced or withheld, and a mission done on
quote."""

from decimal import Decimal
from typing import ClassVar

from mutualis.domain.french.memberships import membership_subject
from mutualis.domain.french.missions import mission_subject
from mutualis.domain.invoices.document import BilledDocument
from mutualis.domain.kinds import Kind, Product
from mutualis.domain.memberships.plan import BillingLine, levels_and_periods
from mutualis.domain.money import ZERO
from mutualis.domain.quotes.work_done import BilledWork
from mutualis.domain.tariffs.fees import NoPrice, compute_fee
from mutualis.domain.tariffs.proration import Part
from mutualis.domain.value import replace
from mutualis.domain.vat.tax import Tax, VatShares, share_within


class MembershipDocument(BilledDocument, frozen=True, kw_only=True):
    """The fee of a year, or what remained of it.

    `deducted` is what the documents of `completes` were worth and `granted` the remises, both
    taken off; `refers_to` names the first of those documents. Registers of before name it alone.
    `replaces` is the document cancelled with it, in whose place it stands.
    `parts` are those of the year where there are several, or less than a year. `potential` is the
    wealth that weights the fee, in euros for the whole commune.
    """

    product: ClassVar[Product] = Product.MEMBERSHIP

    refers_to: str | None = None
    parts: tuple[Part, ...] = ()
    deducted: Decimal = ZERO
    granted: Decimal = ZERO
    completes: tuple[str, ...] = ()
    replaces: str = ""
    potential: Decimal | None = None

    @property
    def computed(self) -> Decimal | None:
        """The amount computed again from its own figures; None without a price."""
        line = self.line
        return None if line is None else line.amount

    @property
    def computed_taxes(self) -> VatShares:
        """How it is taxed, computed again."""
        return share_within(self.amount, self.tax)

    @property
    def tax(self) -> Tax | None:
        """How the whole of it is taxed."""
        return self.taxes[0].tax if self.taxes else None

    @property
    def subject(self) -> str:
        """What is billed, in a few words."""
        return membership_subject(self.year, levels_and_periods(self.level, self.parts))

    @property
    def line(self) -> BillingLine | None:
        """The line of the plan, computed again; None without a price."""
        parts = []
        for part in self.parts:
            fee = compute_fee(part.fee.level, part.fee.population, part.fee.potential)
            if isinstance(fee, NoPrice):
                return None
            parts.append(replace(part, fee=fee))
        own = compute_fee(self.level, self.population, self.potential)
        last = parts[-1].fee if parts else own
        if isinstance(last, NoPrice):
            return None
        return BillingLine(
            commune=self.commune,
            fee=last,
            number=self.number,
            parts=tuple(parts),
            deducted=self.deducted,
            completes=self.refers_to,
            billed=self.billed,
            granted=self.granted,
            listed=self.completes,
            tax=self.tax,
        )


class MembershipInvoice(MembershipDocument, frozen=True, kw_only=True):
    """A membership that a titre de recettes recovers."""

    kind: ClassVar[Kind] = Kind.INVOICE


class Statement(MembershipDocument, frozen=True, kw_only=True):
    """The statement (relevé) of a fee withheld from the attribution de compensation: no titre."""

    kind: ClassVar[Kind] = Kind.STATEMENT

    @property
    def is_numbered(self) -> bool:
        """Whether it has its place in a series; fees withheld of registers of before have none."""
        return bool(self.series)


class MissionInvoice(BilledDocument, frozen=True, kw_only=True):
    """Half-days done on a quote; its level is the one on quote. `replaces` is the invoice cancelled
    with it, in whose place it stands."""

    kind: ClassVar[Kind] = Kind.INVOICE
    product: ClassVar[Product] = Product.MISSION
    refers_to: ClassVar[None] = None

    work: BilledWork
    replaces: str = ""

    @property
    def computed(self) -> Decimal:
        """The amount computed again from its own lines."""
        return self.work.amount

    @property
    def computed_taxes(self) -> VatShares:
        """How it is taxed, computed again."""
        return self.work.taxes

    @property
    def subject(self) -> str:
        """What is billed, in a few words."""
        return mission_subject(self.year, self.work.quote)


Membership = MembershipInvoice | Statement
Invoice = MembershipInvoice | MissionInvoice
Claim = Invoice | Statement
