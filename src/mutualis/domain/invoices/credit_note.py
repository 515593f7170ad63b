"""The credit note of an invoice, whole or in part."""

from dataclasses import dataclass, field
from typing import ClassVar

from mutualis.domain.communes.movements import Movement
from mutualis.domain.french.memberships import membership_subject
from mutualis.domain.french.missions import mission_subject
from mutualis.domain.invoices.document import BilledDocument
from mutualis.domain.invoices.invoice import Invoice, MissionInvoice
from mutualis.domain.kinds import Kind, Product
from mutualis.domain.quotes.work_done import BilledWork


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditNote(BilledDocument):
    """Its amount is negative, `refers_to` names its invoice, whose figures it repeats (`work` is
    that of a mission's); `effect` says what it meant for the accounts that day, `movements` why
    its debtor is another than its invoice's."""

    kind: ClassVar[Kind] = Kind.CREDIT

    product: Product
    refers_to: str
    reason: str
    effect: str = field(default="", compare=False)
    work: BilledWork | None = None
    movements: tuple[Movement, ...] = ()

    def repeats(self, invoice: Invoice) -> bool:
        """Whether it is of that invoice, figure by figure."""
        work = invoice.work if isinstance(invoice, MissionInvoice) else None
        own = (self.product, self.work, self.figures)
        return own == (invoice.product, work, invoice.figures)

    @property
    def subject(self) -> str:
        """What is credited, in a few words."""
        if self.work is not None:
            return mission_subject(self.year, self.work.quote)
        return membership_subject(self.year, self.level.code)


Document = Invoice | CreditNote
