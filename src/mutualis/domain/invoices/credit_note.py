"""What takes off a claim, whole or in part: a correction, or a remise that the assembly granted."""

from typing import ClassVar

from mutualis.domain.communes.movements import Movement
from mutualis.domain.invoices.document import BilledDocument
from mutualis.domain.invoices.invoice import Claim, Invoice, MissionInvoice, Statement
from mutualis.domain.kinds import Kind, Nature, Product
from mutualis.domain.quotes.work_done import BilledWork
from mutualis.domain.value import equal_but_for


class CreditNote(BilledDocument, frozen=True, kw_only=True):
    """Its amount is negative, `refers_to` names its claim, whose figures it repeats (`work` is
    that of a mission's).

    `nature` is None in registers of before, `decision` the act that granted a remise, `issued_in`
    the rank of the batch of a regularisation. `effect` says what it meant for the accounts that
    day; credits of now leave it out. `movements` say why its debtor is another than its claim's.
    """

    kind: ClassVar[Kind] = Kind.CREDIT

    product: Product
    refers_to: str
    reason: str
    effect: str = ""
    work: BilledWork | None = None
    movements: tuple[Movement, ...] = ()
    nature: Nature | None = None
    decision: str = ""
    issued_in: int | None = None

    __eq__ = equal_but_for("explanation", "effect")

    def repeats(self, claim: Claim) -> bool:
        """Whether it is of that claim, figure by figure."""
        work = claim.work if isinstance(claim, MissionInvoice) else None
        own = (self.product, self.work, self.figures)
        return own == (claim.product, work, claim.figures)

    def cancels(self, claim: Claim) -> bool:
        """Whether it leaves nothing of a claim, for an error: asked by itself, the correction of a
        membership takes all that remains; one of a regularisation is a reduction, unless whole."""
        asked = self.issued_in is None and self.work is None
        if self.nature is Nature.CORRECTION and asked:
            return True
        return self.nature is not Nature.REMISE and self.amount == -claim.amount


class NegativeStatement(CreditNote, frozen=True, kw_only=True):
    """What takes off a statement: a negative one, in the same series."""

    kind: ClassVar[Kind] = Kind.STATEMENT


Document = Invoice | Statement | CreditNote
