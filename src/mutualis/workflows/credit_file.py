"""The file of a credit note or of a negative statement, from the register alone."""

from pathlib import Path

from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.issuing.restored import successor_of
from mutualis.domain.register.ledger import Ledger
from mutualis.files.disk import sums
from mutualis.workflows.batch_folder import claim_of
from mutualis.workflows.outputs import relative
from mutualis.workflows.printing import Printer, print_credit


def credit_path(root: Path, year: int, number: str) -> Path:
    """Where the workbook of a credit of a billed year goes; its PDF is beside it."""
    return root / "out" / str(year) / "avoirs" / f"{number.replace('/', '-')}.xlsx"


def write_credit(
    root: Path, credit: CreditNote, ledger: Ledger, printer: Printer | None = None
) -> tuple[str, ...]:
    """Its workbook, and its PDF beside it where a printer is; raises NotWritten."""
    from mutualis.documents.quotes.credit_note import render_credit

    path = credit_path(root, credit.year, credit.number)
    claim, successor = claim_of(credit, ledger), successor_of(credit, ledger)
    written = sums.write(root, path, render_credit(credit, claim, successor))
    files = print_credit(printer, path, credit, claim, successor)
    return (relative(root, written), *files)
