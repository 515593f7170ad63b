"""One commune's account in a batch: what was due, what stood, what remained."""

from decimal import Decimal

from mutualis.domain.memberships.plan import BillingLine
from mutualis.domain.money import ZERO
from mutualis.domain.value import Struct


class AccountLine(Struct, frozen=True):
    """The account of a legal person for a year's membership, just before a batch.

    `code_insee` is the person's code. `due` is what today's rows give, before remises; `granted`
    the remises that count; `balance` what its `documents` are worth together, `stale` the part of
    it by documents of the other settlement. `line` is what is due, where a document was there
    already; None when nothing is due.
    """

    code_insee: str
    name: str
    due: Decimal
    granted: Decimal
    balance: Decimal
    stale: Decimal
    documents: tuple[str, ...] = ()
    line: BillingLine | None = None

    @property
    def target(self) -> Decimal:
        """What the documents should be worth: a remise never makes a debt of the body's."""
        return max(self.due - self.granted, ZERO)

    @property
    def remaining(self) -> Decimal:
        """What is still to be claimed, or below 0 to be corrected, once stale ones are at 0."""
        return self.target - (self.balance - self.stale)
