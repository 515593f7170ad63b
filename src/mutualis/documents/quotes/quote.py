"""A quote on one printed A4 page of a workbook, with all that a French devis carries."""

from mutualis.documents.excel.book import add_sheet, new_book, save
from mutualis.documents.paper.paper import quote_paper
from mutualis.documents.paper.paper_sheet import write_paper
from mutualis.documents.wording.parties import marked
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.quotes.quote import Quote

MOST_ON_A_PAGE = 8  # lines; a longer quote runs over several pages rather than shrink


def render_quote(quote: Quote, issuer: Issuer) -> bytes:
    paper = quote_paper(quote, issuer)
    book = new_book(issuer.name, paper.title, paper.day, mark=marked(issuer))
    sheet = add_sheet(book, f"Devis {quote.commune.name}")
    write_paper(sheet, paper, one_page=len(quote.lines) <= MOST_ON_A_PAGE)
    return save(book)
