"""The import file of the finance software: one row an invoice that awaits its titre."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from mutualis.domain.french.memberships import DEFERRED, remise_on
from mutualis.domain.invoices.credit_note import CreditNote, Document, NegativeStatement
from mutualis.domain.invoices.invoice import Statement
from mutualis.domain.issuer.export_fields import ExportLine, Value, fields_of
from mutualis.domain.kinds import Nature, Product
from mutualis.domain.register.accounting import (
    TitreState,
    is_deferred,
    remises_of,
    titre_amount,
    titre_state,
)
from mutualis.domain.register.ledger import Ledger

Row = Mapping[str, Value]


def awaiting_titre(ledger: Ledger) -> Iterator[Row]:
    """The invoices that have no titre yet, each at what its titre is for, then its remises: rows
    of their own, below zero, that add up with it to what remains due."""
    for invoice in ledger.invoices:
        if titre_state(invoice, ledger) is TitreState.AWAITED:
            yield _row(invoice, titre_amount(invoice, ledger))
            for credit in remises_of(invoice, ledger):
                yield _row(credit, credit.amount, nature=Nature.REMISE)


def as_issued(documents: Iterable[Document]) -> Iterator[Row]:
    """Documents at their own amount, as they were the day they were issued: without a titre."""
    for document in documents:
        yield _row(document, document.amount)


def all_documents(ledger: Ledger) -> Iterator[Row]:
    """Every invoice and credit note, at its own amount, with the titre recorded so far."""
    for document in ledger.documents:
        if isinstance(document, Statement | NegativeStatement):
            continue
        nature = ledger.natures.get(document.number)
        titre = ledger.titre_of(document.refers_to or document.number)
        number = titre.titre if titre is not None else ""
        yield _row(document, document.amount, number, nature)


def withheld(ledger: Ledger) -> Iterator[Row]:
    """The fees withheld from the attribution de compensation, each followed by what takes off it:
    together, what is left to withhold. Those of registers of before have no number."""
    for statement in ledger.statements:
        yield _row(statement, statement.amount)
        for credit in ledger.credits_of(statement.number):
            yield _row(credit, credit.amount, nature=ledger.natures[credit.number])


def _row(document: Document, amount: Decimal, titre: str = "", nature: Nature | None = None) -> Row:
    is_remise = nature is Nature.REMISE
    subject = document.subject
    return fields_of(
        ExportLine(
            exercice=document.exercice,
            nature=_nature(document, is_remise=is_remise),
            number=""
            if isinstance(document, Statement) and not document.is_numbered
            else document.number,
            day=document.act.day,
            year=document.year,
            commune=document.commune,
            subject=remise_on(subject, document.refers_to or "") if is_remise else subject,
            account=_account(document, is_remise=is_remise),
            amount=amount,
            titre=titre,
        )
    )


def _nature(document: Document, *, is_remise: bool) -> str:
    if is_remise:
        return Nature.REMISE
    if isinstance(document, NegativeStatement):
        nature = "rectification de retenue sur AC"
    elif isinstance(document, Statement):
        nature = "retenue sur AC"
    else:
        nature = "avoir" if isinstance(document, CreditNote) else "facture"
    return f"{nature}, {DEFERRED}" if is_deferred(document) else nature


def _account(document: Document, *, is_remise: bool) -> str:
    if is_remise:
        return document.issuer.account("remise")
    is_membership = document.product == Product.MEMBERSHIP
    return document.issuer.account("membership" if is_membership else "half_days")
