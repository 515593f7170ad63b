"""The workbook of a paper of unit costs: first what it is and rests on, then its lists."""

from datetime import date

from openpyxl import Workbook

from mutualis.documents.costs import words
from mutualis.documents.excel.book import add_sheet, new_book
from mutualis.documents.excel.sheet import page, put, put_wide, widths
from mutualis.documents.wording import parties
from mutualis.domain.costs.paper import CostPaper

_WIDE, _LINE = 90, 18


def book_of(paper: CostPaper, title: str, replaces: date | None) -> Workbook:
    issuer = paper.issuer
    book = new_book(issuer.name, title, paper.act.day, mark=parties.marked(issuer))
    sheet = add_sheet(book, "À lire")
    widths(sheet, [_WIDE])
    put(sheet, 1, 1, title, "titre")
    texts = (issuer.name, words.made(paper), words.subject(paper), *words.grounds(paper, replaces))
    for row, text in enumerate(texts, start=2):
        put_wide(sheet, row, 1, 1, text, "note", _LINE)
    page(sheet, title=title)
    return book
