"""The import file of the finance software: one row an invoice that awaits its titre."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from mutualis.domain.french.memberships import membership_subject
from mutualis.domain.invoices.credit_note import Document
from mutualis.domain.issuer.export_fields import ExportLine, Value, fields_of
from mutualis.domain.kinds import Kind, Product
from mutualis.domain.register.ledger import Ledger


def awaiting_titre(ledger: Ledger) -> Iterator[Mapping[str, Value]]:
    """The invoices that are still worth something and have no titre yet, at what remains."""
    for invoice in ledger.invoices:
        remaining = ledger.remaining(invoice.number)
        if remaining > 0 and ledger.titre_of(invoice.number) is None:
            yield _row(invoice, remaining, "")


def as_issued(documents: Iterable[Document]) -> Iterator[Mapping[str, Value]]:
    """Documents at their own amount, as they were the day they were issued: without a titre."""
    for document in documents:
        yield _row(document, document.amount, "")


def all_documents(ledger: Ledger) -> Iterator[Mapping[str, Value]]:
    """Every invoice and credit note, at its own amount, with the titre recorded so far."""
    for document in ledger.documents:
        titre = ledger.titre_of(document.refers_to or document.number)
        yield _row(document, document.amount, titre.titre if titre is not None else "")


def withheld(ledger: Ledger) -> Iterator[Mapping[str, Value]]:
    """The fees withheld from the attribution de compensation: they have no number."""
    for batch in ledger.batches:
        for line in batch.withheld:
            yield fields_of(
                ExportLine(
                    exercice=batch.exercice,
                    nature="retenue sur AC",
                    day=batch.act.day,
                    year=batch.year,
                    commune=line.commune,
                    subject=membership_subject(batch.year, line.fee.level.code),
                    account=batch.issuer.accounts["membership"],
                    amount=line.amount,
                )
            )


def _row(document: Document, amount: Decimal, titre: str) -> Mapping[str, Value]:
    is_membership = document.product == Product.MEMBERSHIP
    return fields_of(
        ExportLine(
            exercice=document.exercice,
            nature="facture" if document.kind == Kind.INVOICE else "avoir",
            number=document.number,
            day=document.act.day,
            year=document.year,
            commune=document.commune,
            subject=document.subject,
            account=document.issuer.accounts["membership" if is_membership else "half_days"],
            amount=amount,
            titre=titre,
        )
    )
