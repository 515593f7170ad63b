"""The file of a credit note or of a negative statement, from the register alone."""

from pathlib import Path

from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import Claim
from mutualis.files.disk import sums
from mutualis.workflows.outputs import relative
from mutualis.workflows.printing import Printer, print_credit


def credit_path(root: Path, year: int, number: str) -> Path:
    """Where the workbook of a credit of a billed year goes; its PDF is beside it."""
    return root / "out" / str(year) / "avoirs" / f"{number.replace('/', '-')}.xlsx"


def write_credit(
    root: Path, credit: CreditNote, claim: Claim, printer: Printer | None = None
) -> tuple[str, ...]:
    """Its workbook, and its PDF beside it where a printer is; raises NotWritten."""
    from mutualis.documents.quotes.credit_note import render_credit

    path = credit_path(root, credit.year, credit.number)
    written = sums.write(root, path, render_credit(credit, claim))
    return (relative(root, written), *print_credit(printer, path, credit, claim))
