"""The PDFs of documents: how they are named, and how they are put in place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from mutualis.domain.billing import BillingLine, BillingPlan
from mutualis.domain.communes import CommuneYear
from mutualis.domain.issuer import Issuer
from mutualis.domain.mission_billing import MissionPlan
from mutualis.domain.names import file_part
from mutualis.domain.problems import Problem
from mutualis.domain.records import Document, Meeting
from mutualis.domain.refusals import UnusableData
from mutualis.files import atomic
from mutualis.files.text import read_bytes
from mutualis.workflows.outputs import relative

if TYPE_CHECKING:
    from datetime import date

    from mutualis.documents.letter import Letter
    from mutualis.documents.logo import Logo
    from mutualis.documents.paper import Paper
    from mutualis.domain.quotes import Quote

LOGO = "data/logo.png"
Progress = Callable[[int, int], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Printer:
    """What writes PDFs: the workspace's logo is on them, and `progress` is told how many of how
    many are there."""

    root: Path
    logo: "Logo | None"
    progress: Progress

    def write(
        self, papers: "Sequence[tuple[Path, Paper]]", *, only_missing: bool = False
    ) -> tuple[str, ...]:
        """Put each document in place and return their names; raises NotWritten."""
        from mutualis.documents.paper_pdf import render_pdf

        return self._write(papers, render_pdf, only_missing)

    def write_letters(
        self, letters: "Sequence[tuple[Path, Letter]]", *, only_missing: bool = False
    ) -> tuple[str, ...]:
        """The same for letters."""
        from mutualis.documents.letter_pdf import render_letter

        return self._write(letters, render_letter, only_missing)

    def _write(
        self,
        items: Sequence[tuple[Path, T]],
        render: "Callable[[T, Logo | None], bytes]",
        only_missing: bool,
    ) -> tuple[str, ...]:
        for done, (path, item) in enumerate(items, start=1):
            if not (only_missing and path.exists()):
                atomic.write(path, render(item, self.logo))
            self.progress(done, len(items))
        return tuple(relative(self.root, path) for path, _ in items)


def printer_of(root: Path, progress: Progress) -> Printer:
    """Made before anything is numbered or written: raises Refusal for a logo that is none."""
    if not (root / LOGO).exists():
        return Printer(root, None, progress)
    from mutualis.documents.logo import logo_of

    data = read_bytes(root, LOGO)
    if isinstance(data, Problem):
        raise UnusableData([data])
    return Printer(root, logo_of(data, LOGO), progress)


def batch_papers(
    folder: Path, plan: BillingPlan, issuer: Issuer, made_on: "date"
) -> "list[tuple[Path, Paper]]":
    """The documents of a batch, invoices then statements, and where each one goes."""
    from mutualis.documents.paper import invoice_paper

    return [
        (folder / _name_of(line, plan), invoice_paper(plan, line, issuer, made_on))
        for line in (*plan.invoices, *plan.withheld)
    ]


def mission_papers(
    folder: Path, plan: MissionPlan, issuer: Issuer, made_on: "date"
) -> "list[tuple[Path, Paper]]":
    from mutualis.documents.paper import mission_paper

    return [
        (
            folder / _named(line.number or line.work.quote, line.commune),
            mission_paper(plan, line, issuer, made_on),
        )
        for line in plan.lines
    ]


def meeting_letters(folder: Path, meeting: Meeting) -> "list[tuple[Path, Letter]]":
    """One letter for each commune that had a request."""
    from mutualis.documents.letter import letter_of

    return [
        (folder / _named(commune.code_insee, commune), letter_of(meeting, commune))
        for commune in meeting.communes
    ]


def print_quote(
    printer: Printer | None, workbook: Path, quote: "Quote", issuer: Issuer
) -> tuple[str, ...]:
    """The PDF of a quote beside its workbook, if a printer is there."""
    from mutualis.documents.paper import quote_paper

    if printer is None:
        return ()
    return printer.write([(workbook.with_suffix(".pdf"), quote_paper(quote, issuer))])


def print_credit(
    printer: Printer | None, workbook: Path, credit: Document, invoice: Document
) -> tuple[str, ...]:
    """The PDF of a credit note beside its workbook, if a printer is there."""
    from mutualis.documents.paper import credit_paper

    if printer is None:
        return ()
    return printer.write([(workbook.with_suffix(".pdf"), credit_paper(credit, invoice))])


def pdf_folder(workbook: Path) -> Path:
    """Where the PDFs of an issued batch go, beside its workbook."""
    return workbook.parent / "pdf"


def invoice_path(workbook: Path, document: Document) -> Path:
    """Where the PDF of an issued invoice goes."""
    return pdf_folder(workbook) / _named(document.number, document.commune)


def printer_again(root: Path, path: Path, progress: Progress, *, pdf: bool) -> Printer | None:
    """What prints a document again: only where its PDF is wanted, or there already."""
    return printer_of(root, progress) if pdf or path.exists() else None


def _name_of(line: BillingLine, plan: BillingPlan) -> str:
    code = line.commune.code_insee
    withheld = any(line is other for other in plan.withheld)
    return _named(line.number or (f"AC-{code}" if withheld else code), line.commune)


def _named(what: str, commune: CommuneYear) -> str:
    """F2025-0001_Amagney.pdf: a name that every system takes, whatever a file says."""
    return f"{file_part(what)}_{file_part(commune.name)}.pdf"
