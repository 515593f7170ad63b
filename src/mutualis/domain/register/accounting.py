"""What the documents mean for the accounts, by the titres known so far: told, never stored."""

from decimal import Decimal
from enum import StrEnum

from mutualis.domain.french import accounting as french
from mutualis.domain.french.typography import short_date
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import CreditNote, Document, NegativeStatement
from mutualis.domain.invoices.invoice import Claim, Invoice, Statement
from mutualis.domain.kinds import Nature, Product
from mutualis.domain.money import ZERO
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.titre_rules import is_mandated


class CreditEntry(StrEnum):
    """What a credit asks of the finance software."""

    NOWHERE = "nowhere"  # of a fee withheld: no titre was ever to be
    INTERNAL = "internal"  # no titre yet: it will be for less
    DEDUCTED = "deducted"  # the titre is for less already
    AWAITED = "awaited"  # the titre was asked for before, and is not known yet
    REDUCED = "reduced"
    CANCELLED = "cancelled"
    CLOSED = "closed"  # a mandat: the exercice of the titre is closed
    REMISE = "remise"  # a mandat


TO_ENTER = (CreditEntry.REDUCED, CreditEntry.CANCELLED, CreditEntry.CLOSED, CreditEntry.REMISE)


def entry_of(credit: CreditNote, ledger: Ledger) -> CreditEntry:
    """What a credit asks for, the titre being the last one recorded of its invoice.

    A correction that leaves nothing of the titre cancels it, another reduces it.
    """
    titre, nature = ledger.titre_of(credit.refers_to), ledger.natures[credit.number]
    if isinstance(credit, NegativeStatement):
        return CreditEntry.REMISE if nature is Nature.REMISE else CreditEntry.NOWHERE
    if nature is Nature.REMISE:
        return CreditEntry.REMISE
    if credit.number in ledger.finance.deducted:
        return CreditEntry.DEDUCTED
    if titre is None:
        is_awaited = ledger.finance.exported(credit.refers_to) is not None
        return CreditEntry.AWAITED if is_awaited else CreditEntry.INTERNAL
    if is_mandated(credit, nature, titre):
        return CreditEntry.CLOSED
    return CreditEntry.REDUCED if _left_of_titre(credit, ledger) > 0 else CreditEntry.CANCELLED


def _left_of_titre(credit: CreditNote, ledger: Ledger) -> Decimal:
    """What the titre of an invoice is for once a correction is taken off, those before it too."""
    invoice = ledger.claim(credit.refers_to)
    left = ZERO if invoice is None else invoice.amount
    for other in ledger.credits_of(credit.refers_to):
        if ledger.natures[other.number] is not Nature.REMISE:
            left += other.amount
        if other.number == credit.number:
            break
    return left


class TitreState(StrEnum):
    """Where a document stands beside the titre de recettes that recovers it."""

    WITHHELD = "withheld"  # from the attribution de compensation: no titre
    RECORDED = "recorded"
    EXPORTED = "exported"  # handed over, and not known yet
    AWAITED = "awaited"
    NEEDLESS = "needless"  # nothing of it was left to recover before any titre


def titre_state(claim: Claim, ledger: Ledger) -> TitreState:
    if isinstance(claim, Statement):
        return TitreState.WITHHELD
    if ledger.titre_of(claim.number) is not None:
        return TitreState.RECORDED
    if ledger.finance.exported(claim.number) is not None:
        return TitreState.EXPORTED
    return TitreState.AWAITED if titre_amount(claim, ledger) > 0 else TitreState.NEEDLESS


def effect_of(credit: CreditNote, ledger: Ledger) -> str:
    """What a credit means for the accounts, in words."""
    entry, titre = entry_of(credit, ledger), ledger.titre_of(credit.refers_to)
    export = ledger.finance.exported(credit.refers_to)
    if entry is CreditEntry.REMISE:
        is_withheld = isinstance(credit, NegativeStatement)
        said = french.remise_withheld if is_withheld else french.remise_paid
        return said(credit.issuer.account("remise"))
    if entry is CreditEntry.NOWHERE:
        return french.withheld_nowhere()
    if entry in (CreditEntry.DEDUCTED, CreditEntry.AWAITED) and export is not None:
        day = short_date(export.act.day)
        return french.deducted(day) if entry is CreditEntry.DEDUCTED else french.titre_awaited(day)
    if titre is None:
        return french.no_titre()
    if entry is CreditEntry.CLOSED:
        account = credit.issuer.account("cancelled")
        return french.titre_of_closed_year(titre.titre, titre.exercice, account)
    return french.titre_undone(titre.titre, titre.exercice, whole=entry is CreditEntry.CANCELLED)


def is_unqualified(credit: CreditNote, ledger: Ledger) -> bool:
    """Whether a person must tell a correction from a remise; missions have no account."""
    return ledger.natures[credit.number] is None and credit.product == Product.MEMBERSHIP


def subject_of(document: Document, ledger: Ledger) -> str:
    """What a document is about: a credit, what its claim is."""
    if not isinstance(document, CreditNote):
        return document.subject
    claim = ledger.claim(document.refers_to)
    return document.refers_to if claim is None else claim.subject


def is_deferred(record: Batch | Document) -> bool:
    """Whether it is income known in advance: a membership in the accounts of a year before."""
    return record.product == Product.MEMBERSHIP and record.exercice < record.year


def remises_of(invoice: Invoice, ledger: Ledger) -> tuple[CreditNote, ...]:
    """The remises on an invoice. One that was withdrawn stays among them: what is due again for it
    is on another invoice, with its own titre."""
    return tuple(
        credit
        for credit in ledger.credits_of(invoice.number)
        if ledger.natures[credit.number] is Nature.REMISE
    )


def titre_amount(invoice: Invoice, ledger: Ledger) -> Decimal:
    """What the titre of an invoice is for: its amount less its corrections, never its remises."""
    granted = sum((credit.amount for credit in remises_of(invoice, ledger)), ZERO)
    return ledger.remaining(invoice.number) - granted


def titre_vat(invoice: Invoice, ledger: Ledger) -> Decimal:
    """The tax that what its titre is for holds."""
    remises = remises_of(invoice, ledger)
    off = (c.vat for c in ledger.credits_of(invoice.number) if c not in remises)
    return sum(off, invoice.vat)


def to_enter(ledger: Ledger) -> tuple[CreditNote, ...]:
    """The credits that the finance software must be told, their own titre or mandat not known.

    A remise on an invoice that is still to export goes with it; a credit that may be a remise or a
    correction is to be qualified first.
    """
    finance = ledger.finance
    return tuple(
        credit
        for credit in ledger.credits
        if not isinstance(credit, NegativeStatement)
        and credit.number not in finance.last
        and not is_unqualified(credit, ledger)
        and entry_of(credit, ledger) in TO_ENTER
        and (credit.refers_to in finance.last or finance.exported(credit.refers_to) is not None)
    )
