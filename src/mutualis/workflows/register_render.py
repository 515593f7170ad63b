"""Write a document again, from the register alone."""

from pathlib import Path

from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import CreditNote, Document
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.quotes.records import IssuedQuote
from mutualis.domain.register.ledger import Ledger
from mutualis.workflows.batch_folder import batch_path, render_invoice
from mutualis.workflows.credit_file import credit_path, write_credit
from mutualis.workflows.printing import Printer, document_path, printer_of
from mutualis.workflows.quote import quote_path, write_quote
from mutualis.workflows.register import find_document, ledger_of


def render_document(root: Path, number: str, *, pdf: bool = False) -> tuple[str, ...]:
    """Write again the workbook that holds a document and its PDF, from the register alone; a PDF
    that is there may have been signed, and is written over only where `pdf` asks for it."""
    ledger = ledger_of(root)
    document = find_document(ledger, number)

    def printer(path: Path) -> Printer | None:
        return printer_of(root) if pdf or not path.exists() else None

    if isinstance(document, IssuedQuote):
        path = quote_path(root, document).with_suffix(".pdf")
        return write_quote(root, document, printer=printer(path))
    if isinstance(document, CreditNote) and document.issued_in is None:
        path = credit_path(root, document.year, document.number).with_suffix(".pdf")
        return write_credit(root, document, ledger, printer(path))
    batch = _batch_of(ledger, document)
    path = document_path(batch_path(root, batch), document)
    return render_invoice(root, ledger, batch, path, printer(path))


def _batch_of(ledger: Ledger, document: Document) -> Batch:
    """The batch that issued a document; raises Refusal when the register has lost it."""
    place = document.place
    if isinstance(document, CreditNote):
        place = document.year, document.issued_in or 0
    for batch in ledger.batches:
        if batch.place == place:
            return batch
    raise Refusal("register.batch_lost", number=document.number)
