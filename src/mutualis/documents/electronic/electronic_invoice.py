"""What an issued invoice or credit note says to a machine, in the terms of EN 16931.

Its lines are those of the printed page.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from mutualis.documents.electronic.invoice_lines import (
    InvoiceLine,
    credit_lines,
    half_day_line,
    membership_lines,
)
from mutualis.documents.wording import invoices as wording
from mutualis.domain.citations import NONE, Citations
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import Claim, Statement
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.issuing.mission_batch import MissionLine
from mutualis.domain.kinds import Kind
from mutualis.domain.memberships.plan import BillingLine, BillingPlan
from mutualis.domain.money import ZERO
from mutualis.domain.value import Struct
from mutualis.domain.vat import categories as vat
from mutualis.domain.vat.tax import VatShare, VatShares, opposite, vat_of

COMMERCIAL_INVOICE, CREDIT_NOTE = "380", "381"  # BT-3, UNTDID 1001


class ElectronicInvoice(Struct, frozen=True):
    """`kind` is BT-3; `start` and `end` are the period invoiced (BG-14), both included.

    `preceding` are the numbers of the invoices that this one corrects or completes, with their
    date where it is known (BG-3). The amounts of a credit note are positive: its kind says the
    sign. `note` holds the sentences that explain the amount (BT-22). `taxes` are the groups of VAT
    (BG-23), none where the seller's own category is that of all its lines.
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
    taxes: VatShares = ()

    def __post_init__(self) -> None:
        nets = dict.fromkeys((share.tax for share in self.taxes), ZERO)
        for line in self.lines if self.taxes else ():
            nets[line.tax or self.seller.own_tax] += line.amount
        if nets != {share.tax: share.net for share in self.taxes}:
            raise AssertionError(f"{self.number}: its lines and its VAT differ")

    @property
    def groups(self) -> VatShares:
        """The groups of VAT, one at least."""
        return self.taxes or (VatShare(self.seller.own_tax, self.net, ZERO),)

    @property
    def net(self) -> Decimal:
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def amount(self) -> Decimal:
        return self.net + vat_of(self.taxes)


def of_membership(
    plan: BillingPlan, line: BillingLine, issuer: Issuer, subject: str, note: str
) -> ElectronicInvoice | None:
    """The invoice of a membership; None for a draft and for the statement of a fee withheld."""
    if plan.issue is None or line.number is None or not _can_sell(issuer):
        return None
    if wording.is_withheld(line):
        return None
    first, last = date(plan.year, 1, 1), date(plan.year, 12, 31)
    return ElectronicInvoice(
        kind=COMMERCIAL_INVOICE,
        number=line.number,
        day=plan.issue.day,
        seller=issuer,
        buyer=line.commune,
        subject=subject,
        lines=membership_lines(plan, line, issuer),
        note=note,
        start=min((part.first_day for part in line.parts), default=first),
        end=max((part.last_day for part in line.parts), default=last),
        preceding=_preceding(plan.citations.get(line.number, NONE), line.completed, issuer),
        taxes=line.taxes,
    )


def of_mission(
    line: MissionLine, issuer: Issuer, day: date, subject: str, note: str, cited: Citations = NONE
) -> ElectronicInvoice | None:
    """The invoice of half-days done on a quote; None for a draft."""
    if line.number is None or not _can_sell(issuer):
        return None
    days = [work.day for work in line.work.works]
    return ElectronicInvoice(
        kind=COMMERCIAL_INVOICE,
        number=line.number,
        day=day,
        seller=issuer,
        buyer=line.commune,
        subject=subject,
        lines=tuple(half_day_line(item) for item in line.work.lines),
        note=note,
        start=min(days, default=None),
        end=max(days, default=None),
        preceding=_preceding(cited, (), issuer),
        taxes=line.work.taxes,
    )


def of_credit(
    credit: CreditNote, claim: Claim, subject: str, note: str
) -> ElectronicInvoice | None:
    """The credit note of an invoice, whole or partial; None for the negative statement of one."""
    if isinstance(claim, Statement) or not _can_sell(credit.issuer):
        return None
    return ElectronicInvoice(
        kind=CREDIT_NOTE,
        number=credit.number,
        day=credit.act.day,
        seller=credit.issuer,
        buyer=credit.commune,
        subject=subject,
        lines=credit_lines(wording.claimed(claim), credit),
        note=note,
        taxes=opposite(credit.taxes),
        preceding=((claim.number, claim.act.day),),
    )


def _preceding(
    cited: Citations, completed: Sequence[str], issuer: Issuer
) -> tuple[tuple[str, date | None], ...]:
    """The invoices that one replaces or completes; registers of before gave no date of them.

    A replacing one stays a commercial invoice (380): the credit note has cancelled the one before,
    which a corrected invoice (384) would cancel once more.
    """
    if not issuer.cites:
        return tuple((number, None) for number in completed)
    named = (*cited.completes, *(() if cited.replaces is None else (cited.replaces,)))
    known = {one.number: one for one in named}
    numbers = (*completed, *(number for number in known if number not in completed))
    return tuple(
        (number, known[number].day if number in known else None)
        for number in numbers
        if number not in known or known[number].kind is Kind.INVOICE
    )


def _can_sell(issuer: Issuer) -> bool:
    """Whether the issuer gives data with its invoices, and the norm takes it: a register of before
    the setting may hold an exempt one without the VAT number that is asked of it now (BR-E-02,
    C29)."""
    return issuer.embed and (issuer.vat_category != vat.EXEMPT or bool(issuer.vat_number))
