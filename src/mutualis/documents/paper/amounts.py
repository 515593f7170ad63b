"""The table of a printed document: its lines, its total, the total in letters."""

from math import ceil

from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.sheet import HIGHEST, heads, put, put_row, put_wide
from mutualis.documents.paper.letterhead import LAST
from mutualis.documents.paper.paper import Paper
from mutualis.documents.wording import payment as words
from mutualis.domain.vat.tax import VatShares

_FIRST_COLUMN = 40  # characters of the wording, which is folded


def write_amounts(sheet: Worksheet, row: int, paper: Paper) -> int:
    """Write it from `row` on; returns the next row."""
    styles = paper.styles[1:]
    put_row(sheet, row, paper.header, heads(("cellule", *styles)))
    sheet.row_dimensions[row].height = 22
    for values in paper.rows:
        row += 1
        put_row(sheet, row, values, ("cellule longue", *styles))
        folded = max(1, ceil(len(str(values[0])) / _FIRST_COLUMN))
        sheet.row_dimensions[row].height = min(8 + 14 * folded, HIGHEST)
    if paper.taxes:
        row = _write_taxes(sheet, row + 2, paper.taxes)
    row += 1
    total = (paper.label, None, None, None, paper.amount)
    put_row(sheet, row, total, ("net libellé",) * 4 + ("net",))
    sheet.row_dimensions[row].height = 24
    put(sheet, row + 2, 1, paper.letters, "corps")
    put_wide(sheet, row + 3, 1, LAST, paper.in_letters, "paragraphe gras")
    return row + 5


def _write_taxes(sheet: Worksheet, row: int, taxes: VatShares) -> int:
    """The table of VAT, a row a category and rate, then its total; returns its last row."""
    styles = ("cellule", "cellule", "cellule centrée", "euros", "euros")
    title, *others = words.VAT_HEADER
    put_row(sheet, row, (title, None, *others), heads(styles))
    sheet.row_dimensions[row].height = 22
    for name, rate, *amounts in words.vat_rows(taxes):
        row += 1
        put_row(sheet, row, (name, None, rate, *amounts), styles)
        sheet.row_dimensions[row].height = 22
    return row + 1
