"""What the documents of the register prove when they are read again: pure checks, in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mutualis.domain.ledger import CREDIT, INVOICE, Document
from mutualis.domain.typography import euros, short_date


@dataclass(frozen=True, slots=True)
class Finding:
    """The first thing that is wrong with an entry: its place in the register, its number, why."""

    seq: int
    number: str | None
    why: str

    @property
    def text(self) -> str:
        name = f" ({self.number})" if self.number else ""
        return f"ligne {self.seq}{name} : {self.why}"


def audit(documents: Sequence[tuple[int, Document]]) -> Iterator[Finding]:
    """Findings over the numbered documents, each with its place, in register order."""
    ranks: dict[str, int] = {}
    invoices: dict[str, Document] = {}
    remaining: dict[str, Decimal] = {}
    last: Document | None = None
    for seq, document in documents:
        rank = ranks.get(document.series, 0) + 1
        ranks[document.series] = document.rank
        if document.rank != rank:
            why = f"rang {document.rank} au lieu de {rank} dans la série {document.series}"
            yield Finding(seq, document.number, why)
        expected = document.issuer.number(document.kind, document.year, document.rank)
        if document.number != expected:
            yield Finding(seq, document.number, f"numéro {document.number} au lieu de {expected}")
        if last is not None and document.act.day < last.act.day:
            why = f"datée du {short_date(document.act.day)}, avant {last.number}"
            yield Finding(seq, document.number, why)
        last = document
        if document.kind == INVOICE:
            yield from _audit_invoice(seq, document, invoices, remaining)
            invoices[document.number] = document
            remaining[document.number] = document.amount
        elif document.kind == CREDIT:
            yield from _audit_credit(seq, document, invoices, remaining)


def _audit_invoice(
    seq: int,
    invoice: Document,
    invoices: dict[str, Document],
    remaining: dict[str, Decimal],
) -> Iterator[Finding]:
    if invoice.recomputed != invoice.amount:
        again = "aucun prix" if invoice.recomputed is None else euros(invoice.recomputed)
        why = f"{euros(invoice.amount)} au lieu de {again} d'après son propre calcul"
        yield Finding(seq, invoice.number, why)
    if invoice.refers_to is not None and invoice.refers_to not in invoices:
        yield Finding(seq, invoice.number, f"complète {invoice.refers_to}, qui n'existe pas avant")
    for other in invoices.values():
        same = (other.year, other.product, other.commune.code_insee) == (
            invoice.year,
            invoice.product,
            invoice.commune.code_insee,
        )
        if same and remaining[other.number] > 0 and invoice.refers_to is None:
            why = f"{invoice.commune.name} est déjà facturée par {other.number}"
            yield Finding(seq, invoice.number, why)


def _audit_credit(
    seq: int,
    credit: Document,
    invoices: dict[str, Document],
    remaining: dict[str, Decimal],
) -> Iterator[Finding]:
    if credit.refers_to not in invoices:
        yield Finding(seq, credit.number, f"avoir sur {credit.refers_to}, qui n'existe pas avant")
        return
    remaining[credit.refers_to] += credit.amount
    if credit.amount >= 0:
        yield Finding(seq, credit.number, "avoir d'un montant qui n'est pas négatif")
    elif remaining[credit.refers_to] < 0:
        yield Finding(seq, credit.number, f"avoir supérieur à ce qui reste de {credit.refers_to}")
