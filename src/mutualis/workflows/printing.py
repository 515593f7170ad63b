"""The PDFs of documents: how they are named, and how they are put in place."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mutualis.documents.paper import LOGO
from mutualis.domain.citations import Cited
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.french.names import file_part
from mutualis.domain.invoices.credit_note import CreditNote, Document
from mutualis.domain.invoices.invoice import Claim, Statement
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.issuing.commune_account import CommuneAccount
from mutualis.domain.issuing.mission_batch import MissionPlan
from mutualis.domain.memberships.plan import BillingLine, BillingPlan
from mutualis.domain.problems.problem import Problem
from mutualis.domain.problems.refusals import NotWritten, UnusableData
from mutualis.domain.requests.meeting import Meeting
from mutualis.domain.value import Struct
from mutualis.files.disk import atomic, sums
from mutualis.files.tables.text import read_bytes
from mutualis.progress import Task, each
from mutualis.workflows.outputs import relative
from mutualis.workflows.templates import press_of, usable_templates

if TYPE_CHECKING:
    from datetime import date

    from mutualis.documents.paper.page import Page
    from mutualis.documents.paper.paper import Paper
    from mutualis.documents.paper.press import Press
    from mutualis.documents.requests.letter import Letter
    from mutualis.domain.quotes.quote import Quote

Put = Callable[[Path, bytes], Path]  # returns where the file is


class Printer(Struct, frozen=True):
    """What writes PDFs, which `press` sets; `merges` asks for one more of all of them, to print."""

    root: Path
    press: "Press"
    merges: bool = False

    def render(self, document: "Paper | Letter | Page") -> bytes:
        """Raises NotWritten when a template of the workspace is at fault."""
        from mutualis.documents.paper.press import BrokenTemplate

        try:
            return self.press.set_one(_page(document))
        except BrokenTemplate as error:
            raise _not_set(error.problem) from error

    def write(
        self, documents: "Sequence[tuple[Path, Paper | Letter | Page]]", *, put: Put = atomic.write
    ) -> tuple[str, ...]:
        """Put each document in place and return their names; raises NotWritten."""
        work = each(Task.PDF, documents, len(documents), least=2)
        return tuple(relative(self.root, put(path, self.render(one))) for path, one in work)

    def print_all(self, workbook: Path, papers: "Sequence[tuple[Path, Paper]]") -> tuple[str, ...]:
        """The documents of a draft, and all of them as one where that is wanted."""
        files = self.write(papers)
        together = self.print_together(workbook, [paper for _, paper in papers])
        return files if together is None else (*files, relative(self.root, together))

    def print_together(
        self, workbook: Path, papers: "Sequence[Paper | Page]", *, put: Put = atomic.write
    ) -> Path | None:
        """Set one PDF of all of them, beside their workbook, where that is wanted."""
        if not self.merges or not papers:
            return None
        from mutualis.documents.paper.press import BrokenTemplate
        from mutualis.documents.wording.batch import to_print

        path = workbook.with_name(f"{workbook.stem}-a-imprimer.pdf")
        pages = [_page(paper) for paper in papers]
        title = to_print(pages[0].author, len(pages))
        try:
            data = self.press.set_all(pages, title)
        except BrokenTemplate as error:
            raise _not_set(error.problem) from error
        return put(path, data)


def _page(document: "Paper | Letter | Page") -> "Page":
    from mutualis.documents.paper.page import Page, page_of
    from mutualis.documents.requests.letter import Letter
    from mutualis.documents.requests.letter_page import page_of_letter

    if isinstance(document, Page):
        return document
    return page_of_letter(document) if isinstance(document, Letter) else page_of(document)


def _not_set(problem: Problem) -> NotWritten:
    return NotWritten("files.pdf_not_set", place=str(problem.source), why=problem.message)


def printer_of(root: Path, *, merges: bool = False) -> Printer:
    """Made before anything is numbered or written: raises Refusal for a logo that is none, and
    UnusableData for a template that cannot be set, NotWritten where there is no room to set it."""
    from mutualis.documents.paper.logo import logo_of

    logo = None
    if (root / LOGO).exists():
        data = read_bytes(root, LOGO)
        if isinstance(data, Problem):
            raise UnusableData([data])
        logo = logo_of(data, LOGO)
    return Printer(root, press_of(usable_templates(root), logo), merges)


def printer_afterwards(root: Path) -> Printer:
    """The same once numbers are taken: what stands in the way raises NotWritten alone."""
    try:
        return printer_of(root)
    except UnusableData as error:
        raise _not_set(error.problems[0]) from error


def batch_papers(
    folder: Path, plan: BillingPlan, issuer: Issuer, made_on: "date"
) -> "list[tuple[Path, Paper]]":
    """The documents of a batch, invoices then statements, and where each one goes."""
    from mutualis.documents.paper.paper import invoice_paper

    return [
        (folder / _name_of(line, plan), invoice_paper(plan, line, issuer, made_on))
        for line in (*plan.invoices, *plan.withheld)
    ]


def credit_papers(
    folder: Path, credited: "Sequence[tuple[CreditNote, Claim, Cited | None]]"
) -> "list[tuple[Path, Paper]]":
    """What a batch corrected."""
    from mutualis.documents.paper.paper import credit_paper

    return [
        (folder / _named(credit.number, credit.commune), credit_paper(credit, claim, successor))
        for credit, claim, successor in credited
    ]


def mission_papers(
    folder: Path, plan: MissionPlan, issuer: Issuer, made_on: "date"
) -> "list[tuple[Path, Paper]]":
    from mutualis.documents.paper.paper import mission_paper

    return [
        (
            folder / _named(line.number or line.work.quote, line.commune),
            mission_paper(plan, line, issuer, made_on),
        )
        for line in plan.lines
    ]


def meeting_letters(folder: Path, meeting: Meeting) -> "list[tuple[Path, Letter]]":
    """One letter for each commune that had a request."""
    from mutualis.documents.requests.letter import letter_of

    return [
        (folder / _named(commune.code_insee, commune), letter_of(meeting, commune))
        for commune in meeting.communes
    ]


def print_quote(
    printer: Printer | None, workbook: Path, quote: "Quote", issuer: Issuer
) -> tuple[str, ...]:
    """The PDF of a quote beside its workbook, if a printer is there."""
    from mutualis.documents.paper.paper import quote_paper

    if printer is None:
        return ()
    return printer.write([(workbook.with_suffix(".pdf"), quote_paper(quote, issuer))])


def print_credit(
    printer: Printer | None,
    workbook: Path,
    credit: CreditNote,
    claim: Claim,
    successor: Cited | None,
) -> tuple[str, ...]:
    """The PDF of a credit note beside its workbook, if a printer is there."""
    from mutualis.documents.paper.paper import credit_paper

    if printer is None:
        return ()
    paper = credit_paper(credit, claim, successor)
    return printer.write([(workbook.with_suffix(".pdf"), paper)])


def print_account(printer: Printer, found: CommuneAccount, issuer: Issuer) -> tuple[str, ...]:
    """The page of a commune's account; it is put beside one that somebody changed since."""
    return printer.write([_account(printer, found, issuer)], put=_beside_changed(printer))


def print_accounts(
    printer: Printer, year: int, found: Sequence[CommuneAccount], issuer: Issuer, *, each: bool
) -> tuple[str, ...]:
    """The pages of a year's accounts, `each` apart, and all of them as one where that is wanted."""
    pages, put = [_account(printer, one, issuer) for one in found], _beside_changed(printer)
    files = printer.write(pages, put=put) if each else ()
    stem = _accounts_folder(printer, year) / f"comptes-{year}"
    together = printer.print_together(stem, [page for _, page in pages], put=put)
    return files if together is None else (*files, relative(printer.root, together))


def _account(printer: Printer, found: CommuneAccount, issuer: Issuer) -> "tuple[Path, Page]":
    from mutualis.documents.account.account_page import account_page

    one = found.detailed
    name = _named(f"compte-{one.year}-{one.person.code_insee}", one.person)
    return _accounts_folder(printer, one.year) / name, account_page(found, issuer)


def _accounts_folder(printer: Printer, year: int) -> Path:
    return printer.root / "out" / str(year) / "comptes"


def _beside_changed(printer: Printer) -> Put:
    return lambda path, data: sums.write(printer.root, path, data)


def pdf_folder(workbook: Path) -> Path:
    """Where the PDFs of an issued batch go, beside its workbook."""
    return workbook.parent / "pdf"


def document_path(workbook: Path, document: Document) -> Path:
    """Where the PDF of a document goes that was issued in a batch."""
    number = document.number
    if isinstance(document, Statement) and not document.is_numbered:
        number = _unnumbered(document.commune)
    return pdf_folder(workbook) / _named(number, document.commune)


def _name_of(line: BillingLine, plan: BillingPlan) -> str:
    withheld = any(line is other for other in plan.withheld)
    what = _unnumbered(line.commune) if withheld else line.commune.code_insee
    return _named(line.number or what, line.commune)


def _unnumbered(commune: CommuneYear) -> str:
    """What stands for the number of a statement that has none: a draft, or one of before."""
    return f"AC-{commune.code_insee}"


def _named(what: str, commune: CommuneYear) -> str:
    """F2025-0001_Amagney.pdf: a name that every system takes, whatever a file says."""
    return f"{file_part(what)}_{file_part(commune.name)}.pdf"
