"""A credit note or a negative statement on one printed A4 page of a workbook."""

from mutualis.documents.excel.book import add_sheet, new_book, save
from mutualis.documents.paper.paper import credit_paper
from mutualis.documents.paper.paper_sheet import write_paper
from mutualis.documents.wording.parties import marked
from mutualis.domain.citations import Cited
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import Claim


def render_credit(credit: CreditNote, claim: Claim, successor: Cited | None) -> bytes:
    paper = credit_paper(credit, claim, successor)
    book = new_book(paper.issuer.name, paper.title, paper.day, mark=marked(paper.issuer))
    write_paper(add_sheet(book, f"{credit.number} {credit.commune.name}"), paper)
    return save(book)
