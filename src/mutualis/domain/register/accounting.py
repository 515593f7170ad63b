"""What the documents mean for the accounts, by the titres known so far: told, never stored."""

from decimal import Decimal
from enum import StrEnum

from mutualis.domain.french import memberships as french
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import CreditNote, Document, NegativeStatement
from mutualis.domain.invoices.invoice import Claim, Invoice, Statement
from mutualis.domain.kinds import Nature, Product
from mutualis.domain.money import ZERO
from mutualis.domain.register.ledger import Ledger


class TitreState(StrEnum):
    """Where a document stands beside the titre de recettes that recovers it."""

    WITHHELD = "withheld"  # from the attribution de compensation: no titre
    RECORDED = "recorded"
    AWAITED = "awaited"
    NEEDLESS = "needless"  # nothing of it was left to recover before any titre


def titre_state(claim: Claim, ledger: Ledger) -> TitreState:
    if isinstance(claim, Statement):
        return TitreState.WITHHELD
    if ledger.titre_of(claim.number) is not None:
        return TitreState.RECORDED
    return TitreState.AWAITED if titre_amount(claim, ledger) > 0 else TitreState.NEEDLESS


def effect_of(credit: CreditNote, ledger: Ledger) -> str:
    """What a credit means for the accounts, in words.

    A correction without titre: nothing to undo. A titre of the same exercice is cancelled or
    reduced; one of a closed exercice takes a mandat (673 in M57). A remise is always a mandat.
    """
    if ledger.natures[credit.number] is Nature.REMISE:
        return french.remise_paid(credit.issuer.account("remise"))
    if isinstance(credit, NegativeStatement):
        return french.withheld_nowhere()
    titre = ledger.titre_of(credit.refers_to)
    if titre is None:
        return french.no_titre()
    if titre.exercice >= credit.exercice:
        return french.titre_reduced(titre.titre, titre.exercice)
    account = credit.issuer.account("cancelled")
    return french.titre_of_closed_year(titre.titre, titre.exercice, account)


def is_unqualified(credit: CreditNote, ledger: Ledger) -> bool:
    """Whether a person must tell a correction from a remise; missions have no account."""
    return ledger.natures[credit.number] is None and credit.product == Product.MEMBERSHIP


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
