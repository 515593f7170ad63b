"""The PDFs of documents: how they are named, and how they are put in place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mutualis.domain.billing import BillingLine, BillingPlan
from mutualis.domain.communes import CommuneYear
from mutualis.domain.issuer import Issuer
from mutualis.domain.mission_billing import MissionPlan
from mutualis.domain.names import file_part
from mutualis.domain.problems import Problem
from mutualis.domain.records import Document
from mutualis.domain.refusals import Refusal, UnusableData
from mutualis.files import atomic
from mutualis.files.text import read_bytes
from mutualis.workflows.outputs import relative

if TYPE_CHECKING:
    from datetime import date

    from mutualis.documents.logo import Logo
    from mutualis.documents.paper import Paper
    from mutualis.domain.quotes import Quote

LOGO = "data/logo.png"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Printer:
    """What writes PDFs: the workspace's logo is on them, and `progress` is told how many of how
    many are there. `merges` asks for one more of all of them, to print."""

    root: Path
    logo: "Logo | None"
    progress: Progress
    merges: bool = False

    def write(
        self, papers: "Sequence[tuple[Path, Paper]]", *, only_missing: bool = False
    ) -> tuple[str, ...]:
        """Put each document in place and return their names; raises NotWritten."""
        from mutualis.documents.paper_pdf import render_pdf

        for done, (path, paper) in enumerate(papers, start=1):
            if not (only_missing and path.exists()):
                atomic.write(path, render_pdf(paper, self.logo))
            self.progress(done, len(papers))
        return tuple(relative(self.root, path) for path, _ in papers)

    def print_all(self, workbook: Path, papers: "Sequence[tuple[Path, Paper]]") -> tuple[str, ...]:
        """The documents of a draft, and all of them as one where that is wanted."""
        files = self.write(papers)
        merged = self.merge_beside(workbook, [path for path, _ in papers])
        return files if merged is None else (*files, relative(self.root, merged))

    def merge_beside(self, workbook: Path, pdfs: Sequence[Path]) -> Path | None:
        """Make one PDF of those written, beside their workbook, where that is wanted.

        Raises Refusal when one of them is no longer a PDF, NotWritten.
        """
        if not self.merges or not pdfs:
            return None
        from mutualis.documents.merged_pdf import merge

        path = workbook.with_name(f"{workbook.stem}-a-imprimer.pdf")
        try:
            data = merge((pdf.read_bytes() for pdf in pdfs), path.stem)
        except OSError as error:
            raise atomic.not_written(path, error) from error
        except ValueError as error:
            name = relative(self.root, pdfs[int(str(error))])
            raise Refusal(
                f"{name} n'est plus un PDF lisible : {path.name} n'a pas été écrit.",
                f"supprimer {name}, puis relancer la même commande",
            ) from error
        atomic.write(path, data)
        return path


def printer_of(root: Path, progress: Progress, *, merges: bool = False) -> Printer:
    """Made before anything is numbered or written: raises Refusal for a logo that is none."""
    if not (root / LOGO).exists():
        return Printer(root, None, progress, merges)
    from mutualis.documents.logo import logo_of

    data = read_bytes(root, LOGO)
    if isinstance(data, Problem):
        raise UnusableData([data])
    return Printer(root, logo_of(data, LOGO), progress, merges)


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
