"""Corrections: the credit note of an invoice, and the line that takes its place."""

from dataclasses import replace
from decimal import Decimal

from mutualis.domain.act import Act
from mutualis.domain.french import memberships as french
from mutualis.domain.french.typography import euros
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import Invoice, MembershipInvoice, MissionInvoice
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.issuing.reconciliation import is_same, worth
from mutualis.domain.kinds import Kind
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
        raise Refusal("credit.nothing_remains", number=invoice.number)
    wanted = remaining if amount is None else amount
    if not 0 < wanted <= remaining:
        raise Refusal(
            "credit.too_much",
            wanted=euros(wanted),
            remaining=euros(remaining),
            number=invoice.number,
        )
    series = issuer.series(Kind.CREDIT, invoice.year)
    rank, number = next_numbers(issuer, Kind.CREDIT, invoice.year, 1, ledger)[0]
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
        raise Refusal("credit.same_invoice", number=invoice.number)
    documents = ledger.standing(invoice.year).get(line.commune.code_insee, ())
    others = [document for document in documents if document.number != invoice.number]
    if not others:
        return line
    deducted = worth(others, ledger)
    if deducted >= line.whole:
        numbers = ", ".join(document.number for document in others)
        raise Refusal(
            "credit.others_invoice_it",
            numbers=numbers,
            deducted=euros(deducted),
            commune=line.commune.name,
            due=euros(line.whole),
        )
    return replace(line, deducted=deducted, completes=others[0].number)


def accounting_effect(invoice: Invoice, ledger: Ledger, exercice: int, account: str) -> str:
    """What a credit note of an exercice means for the accounts, by the titre recorded so far.

    No titre: nothing to undo in the accounts. A titre of the same exercice is cancelled or
    reduced; one of a closed exercice takes a mandat on `account` (673 in M57).
    """
    titre = ledger.titre_of(invoice.number)
    if titre is None:
        return french.no_titre()
    if titre.exercice >= exercice:
        return french.titre_reduced(titre.titre, titre.exercice)
    return french.titre_of_closed_year(titre.titre, titre.exercice, account)
