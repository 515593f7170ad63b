"""The folder of an issued batch: its workbook, its PDFs, its import file, their fingerprints.

Each is made from the register alone. A file that is missing is written again; a PDF that is
there is kept, since it may have been signed.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from mutualis.domain import exports
from mutualis.domain.issuing import restore_missions, restore_plan
from mutualis.domain.ledger import Ledger
from mutualis.domain.records import INVOICE, MISSION, Batch, Document, Record
from mutualis.domain.year_on_year import compare_batch
from mutualis.files import atomic, sums
from mutualis.workflows.billing import MOST_SHEETS
from mutualis.workflows.outputs import relative
from mutualis.workflows.printing import Printer, batch_papers, mission_papers, pdf_folder

if TYPE_CHECKING:
    from mutualis.documents.paper import Paper

Records = TypeVar("Records", bound=Sequence[Record])


def batch_path(root: Path, batch: Batch) -> Path:
    """Where the workbook of a batch goes; its other files are around it."""
    return workbook_path(root, batch.year, batch.rank, batch.product)


def workbook_path(root: Path, year: int, rank: int, product: str) -> Path:
    name = "missions" if product == MISSION else "adhesions"
    return root / "out" / str(year) / f"lot-{rank:02d}" / f"{name}-{year}-lot-{rank:02d}.xlsx"


def exportable(records: Records) -> Records:
    """The records themselves, when the import file can be written of their invoices: asked
    before they are added. Raises Refusal when the encoding of `issuer.toml` cannot hold a text."""
    documents = [record for record in records if isinstance(record, Document)]
    if documents:
        _export(documents)
    return records


def write_batches(
    root: Path, ledger: Ledger, batches: Sequence[Batch], printer: Printer | None = None
) -> tuple[str, ...]:
    """The files written of each batch, its workbook first; raises NotWritten."""
    return tuple(file for batch in batches for file in _write(root, ledger, batch, printer))


def render_invoice(
    root: Path, ledger: Ledger, batch: Batch, pdf: Path, printer: Printer | None
) -> tuple[str, ...]:
    """Write a batch again, and one of its PDFs where a printer is there."""
    files = write_batches(root, ledger, [batch])
    if printer is None:
        return files
    papers = [item for item in _papers(root, batch, ledger) if item[0] == pdf]
    written = printer.write(papers)
    sums.note(batch_path(root, batch).parent, written=[path for path, _ in papers])
    return (*files, *written)


def _write(root: Path, ledger: Ledger, batch: Batch, printer: Printer | None) -> tuple[str, ...]:
    path = batch_path(root, batch)
    written = [path]
    atomic.write(path, _render(batch, ledger))
    papers = _papers(root, batch, ledger)
    kept = [pdf for pdf, _ in papers if pdf.exists()]
    if printer is not None:
        printer.write(papers, only_missing=True)
        written += [pdf for pdf, _ in papers if pdf not in kept]
    documents = [
        document
        for document in ledger.documents
        if (document.year, document.batch, document.kind) == (batch.year, batch.rank, INVOICE)
    ]
    if documents:
        export = path.with_name(f"export-{batch.year}-lot-{batch.rank:02d}.csv")
        atomic.write(export, _export(documents))
        written.append(export)
    note = sums.note(path.parent, written=written, kept=kept)
    files = [*written, note]
    # Last, since it may refuse a PDF that was damaged.
    merged = None if printer is None else printer.merge_beside(path, [pdf for pdf, _ in papers])
    if merged is not None:
        sums.note(path.parent, written=[merged])
        files.append(merged)
    return tuple(relative(root, file) for file in files)


def _export(documents: Sequence[Document]) -> bytes:
    """The import file of invoices as they were issued, in the layout of that day."""
    from mutualis.documents.export_file import render_csv

    return render_csv(list(exports.as_issued(documents)), documents[0].issuer.export)


def _papers(root: Path, batch: Batch, ledger: Ledger) -> "list[tuple[Path, Paper]]":
    """The documents of a batch, and where the PDF of each one goes."""
    folder = pdf_folder(batch_path(root, batch))
    if batch.product == MISSION:
        missions = restore_missions(batch, ledger)
        return mission_papers(folder, missions, batch.issuer, batch.act.day)
    return batch_papers(folder, restore_plan(batch, ledger), batch.issuer, batch.act.day)


def _render(batch: Batch, ledger: Ledger) -> bytes:
    from mutualis.documents.batch import render_batch
    from mutualis.documents.mission_book import render_missions

    day = batch.act.day
    if batch.product == MISSION:
        return render_missions(restore_missions(batch, ledger), batch.issuer, day)
    plan = restore_plan(batch, ledger)
    sheets = len(plan.invoices) <= MOST_SHEETS
    compared = compare_batch(batch, ledger)
    return render_batch(plan, batch.issuer, batch.tariffs, day, compared, invoice_sheets=sheets)
