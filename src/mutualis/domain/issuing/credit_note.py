"""Corrections: the credit note of an invoice, and the line that takes its place."""

from dataclasses import replace
from decimal import Decimal

from mutualis.domain.act import Act
from mutualis.domain.french.typography import euros
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import Invoice, MembershipInvoice, MissionInvoice
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.issuing.reconciliation import is_same, worth
from mutualis.domain.kinds import CREDIT
from mutualis.domain.memberships.plan import BillingLine
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.numbering import next_numbers


def make_credit(
    invoice: Invoice,
    ledger: Ledger,
    issuer: Issuer,
    act: Act,
    *,
    reason: str,
    amount: Decimal | None = None,
    exercice: int | None = None,
) -> CreditNote:
    """The credit note of what remains of an invoice, or of a part of it (> 0).

    Raises Refusal when nothing remains, or less than the amount.
    """
    remaining = ledger.remaining(invoice.number)
    if remaining <= 0:
        raise Refusal(
            f"La facture {invoice.number} est déjà entièrement annulée : rien n'a été émis.",
            f"mutualis register show {invoice.number}",
        )
    wanted = remaining if amount is None else amount
    if not 0 < wanted <= remaining:
        raise Refusal(
            f"{euros(wanted)} ne peuvent pas être annulés : il reste {euros(remaining)} sur la "
            f"facture {invoice.number}.",
            f"choisir un montant de 0,01 € à {euros(remaining)}",
        )
    series = issuer.series(CREDIT, invoice.year)
    rank, number = next_numbers(issuer, CREDIT, invoice.year, 1, ledger)[0]
    year = exercice or act.day.year
    return CreditNote(
        number=number,
        series=series,
        rank=rank,
        year=invoice.year,
        exercice=year,
        batch=invoice.batch,
        product=invoice.product,
        act=act,
        issuer=issuer,
        signatory=issuer.signatory(act.day),
        commune=invoice.commune,
        basis=invoice.basis,
        level=invoice.level,
        population=invoice.population,
        grid_act=invoice.grid_act,
        amount=-wanted,
        explanation=invoice.explanation,
        refers_to=invoice.number,
        reason=reason,
        work=invoice.work if isinstance(invoice, MissionInvoice) else None,
        effect=accounting_effect(invoice, ledger, year, issuer.accounts["cancelled"]),
    )


def replacement_line(line: BillingLine, invoice: MembershipInvoice, ledger: Ledger) -> BillingLine:
    """The line that takes the place of a credited invoice, less what others still invoice.

    Raises Refusal when those others already invoice as much.
    """
    if is_same(invoice, line) and ledger.remaining(invoice.number) == line.whole:
        raise Refusal(
            f"Les données redonnent la facture {invoice.number} à l'identique : rien à corriger.",
            "corriger d'abord les données, ou relancer sans --replace pour seulement annuler",
        )
    documents = ledger.standing(invoice.year).get(line.commune.code_insee, ())
    others = [document for document in documents if document.number != invoice.number]
    if not others:
        return line
    deducted = worth(others, ledger)
    if deducted >= line.whole:
        numbers = ", ".join(document.number for document in others)
        raise Refusal(
            f"{numbers} facture déjà {euros(deducted)} à {line.commune.name}, pour "
            f"{euros(line.whole)} dus : il n'y a rien à facturer de plus.",
            "relancer sans --replace",
        )
    return replace(line, deducted=deducted, completes=others[0].number)


def accounting_effect(invoice: Invoice, ledger: Ledger, exercice: int, account: str) -> str:
    """What a credit note of an exercice means for the accounts, by the titre recorded so far.

    No titre: nothing to undo in the accounts. A titre of the same exercice is cancelled or
    reduced; one of a closed exercice takes a mandat on `account` (673 in M57).
    """
    titre = ledger.titre_of(invoice.number)
    if titre is None:
        return "Aucun titre enregistré : annulation interne, sans écriture comptable."
    if titre.exercice >= exercice:
        return f"Titre {titre.titre} de l'exercice {titre.exercice} : annulation ou réduction."
    return (
        f"Titre {titre.titre} de l'exercice clos {titre.exercice} : mandat sur le compte {account}."
    )
