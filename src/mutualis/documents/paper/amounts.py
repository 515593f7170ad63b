"""The table of a printed document: its lines, its total, the total in letters."""

from math import ceil

from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.sheet import HIGHEST, heads, put, put_row, put_wide
from mutualis.documents.paper.letterhead import LAST
from mutualis.documents.paper.paper import Paper

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
    row += 1
    total = (paper.label, None, None, None, paper.amount)
    put_row(sheet, row, total, ("net libellé",) * 4 + ("net",))
    sheet.row_dimensions[row].height = 24
    put(sheet, row + 2, 1, paper.letters, "corps")
    put_wide(sheet, row + 3, 1, LAST, paper.in_letters, "paragraphe gras")
    return row + 5
