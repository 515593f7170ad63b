"""The folder of an issued batch: its workbook, its PDFs, their fingerprints.

Each is made from the register alone. A file that is missing is written again; a PDF that is
there is kept, since it may have been signed.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from mutualis.domain.citations import Cited
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import Claim
from mutualis.domain.issuing.regularisation import of_batch
from mutualis.domain.issuing.restored import restore_missions, restore_plan, successor_of
from mutualis.domain.issuing.year_on_year import compare_batch, levels_of
from mutualis.domain.kinds import Product
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import Record
from mutualis.files.disk import sums
from mutualis.progress import Task, each
from mutualis.workflows.bill import MOST_SHEETS
from mutualis.workflows.outputs import relative
from mutualis.workflows.printing import (
    Printer,
    batch_papers,
    credit_papers,
    mission_papers,
    pdf_folder,
    printer_afterwards,
)

if TYPE_CHECKING:
    from mutualis.documents.paper.paper import Paper

Records = TypeVar("Records", bound=Sequence[Record])


def batch_path(root: Path, batch: Batch) -> Path:
    """Where the workbook of a batch goes; its other files are around it."""
    return workbook_path(root, batch.year, batch.rank, batch.product)


def workbook_path(root: Path, year: int, rank: int, product: Product) -> Path:
    name = "missions" if product == Product.MISSION else "adhesions"
    return root / "out" / str(year) / f"lot-{rank:02d}" / f"{name}-{year}-lot-{rank:02d}.xlsx"


def rehearsed(records: Records, ledger: Ledger) -> Records:
    """The records themselves, once all that they will print was made without fault.

    Asked inside the register's transaction, so that what cannot be printed takes no number.
    """
    from mutualis.documents.electronic.factur_x import render_xml
    from mutualis.documents.paper.paper import credit_paper

    batches = [record for record in records if isinstance(record, Batch)]
    closing = {(batch.year, batch.rank): "" for batch in batches}
    after = Ledger((*ledger.records, *records), {**ledger.closing, **closing}, ledger.head)
    papers = [paper for batch in batches for _, paper in _papers(Path(), batch, after)]
    for record in records:
        if isinstance(record, CreditNote) and record.issued_in is None:
            papers.append(
                credit_paper(record, claim_of(record, after), successor_of(record, after))
            )
    for paper in each(Task.INVOICES, papers, len(papers)):
        if paper.electronic is not None:
            render_xml(paper.electronic)
    return records


def write_batches(
    root: Path, ledger: Ledger, batches: Sequence[Batch], printer: Printer | None = None
) -> tuple[str, ...]:
    """The files written of each batch, its workbook first; raises NotWritten."""
    return tuple(file for batch in batches for file in _write(root, ledger, batch, printer))


def render_invoice(
    root: Path, ledger: Ledger, batch: Batch, pdf: Path, printer: Printer | None
) -> tuple[str, ...]:
    """Write a batch again, and one of its PDFs, whatever is there, where a printer is."""
    files = write_batches(root, ledger, [batch])
    if printer is None:
        return files
    folder = sums.Folder(batch_path(root, batch).parent)
    papers = [item for item in _papers(root, batch, ledger) if item[0] == pdf]
    written = printer.write(papers, put=folder.replace)
    folder.close()
    return (*files, *(name for name in written if name not in files))


def _write(root: Path, ledger: Ledger, batch: Batch, printer: Printer | None) -> tuple[str, ...]:
    path = batch_path(root, batch)
    folder = sums.Folder(path.parent)
    files = []
    # Where no PDF was ever written, none is restored.
    papers = [] if printer is None and folder.is_empty else _papers(root, batch, ledger)
    missing = [item for item in papers if not item[0].exists()]
    # A PDF that was written once is there again; others are asked for.
    restored = [item for item in missing if item[0] in folder]
    try:
        files.append(relative(root, folder.put(path, _render(batch, ledger))))
        if printer is not None:
            files += printer.write(missing, put=folder.put)
            for pdf, paper in papers:
                if pdf not in folder:  # kept from elsewhere, or its list was lost
                    folder.note(pdf, printer.render(paper))
        elif restored:
            files += printer_afterwards(root).write(restored, put=folder.put)
        if printer is not None:
            in_order = [paper for _, paper in papers]
            together = printer.print_together(path, in_order, put=folder.replace)
            files += [] if together is None else [relative(root, together)]
    finally:
        note = folder.close()
    return (*files, relative(root, note))


def _papers(root: Path, batch: Batch, ledger: Ledger) -> "list[tuple[Path, Paper]]":
    """The documents of a batch, and where the PDF of each one goes."""
    folder = pdf_folder(batch_path(root, batch))
    if batch.product == Product.MISSION:
        missions = restore_missions(batch, ledger)
        return mission_papers(folder, missions, batch.issuer, batch.act.day)
    return [
        *batch_papers(folder, restore_plan(batch, ledger), batch.issuer, batch.act.day),
        *credit_papers(folder, _credited(batch, ledger)),
    ]


def _credited(batch: Batch, ledger: Ledger) -> list[tuple[CreditNote, Claim, Cited | None]]:
    """What a batch corrected, each with its claim and what takes its place."""
    return [
        (credit, claim_of(credit, ledger), successor_of(credit, ledger))
        for credit in ledger.credits_in(batch)
    ]


def claim_of(credit: CreditNote, ledger: Ledger) -> Claim:
    """What a credit takes off; raises Refusal when the register has lost it."""
    claim = ledger.claim(credit.refers_to)
    if claim is None:
        raise Refusal("register.invoice_lost", number=credit.refers_to)
    return claim


def _render(batch: Batch, ledger: Ledger) -> bytes:
    from mutualis.documents.batch.book import render_batch
    from mutualis.documents.quotes.mission import render_missions

    day = batch.act.day
    titres = {number: titre.titre for number, titre in ledger.finance.last.items()}
    if batch.product == Product.MISSION:
        return render_missions(restore_missions(batch, ledger), batch.issuer, day, titres)
    plan = restore_plan(batch, ledger)
    sheets = len(plan.invoices) <= MOST_SHEETS
    compared = compare_batch(batch, ledger)
    return render_batch(
        plan,
        batch.issuer,
        batch.tariffs,
        day,
        compared,
        levels_of(batch, ledger),
        of_batch(batch, ledger),
        _credited(batch, ledger),
        titres,
        invoice_sheets=sheets,
    )
