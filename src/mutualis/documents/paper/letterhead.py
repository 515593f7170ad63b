"""The top of a printed document: who issues it, to whom, what it is and what it is worth."""

from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.sheet import put, put_wide, widths
from mutualis.documents.paper.paper import Paper
from mutualis.documents.wording import parties as party_wording

# Five columns over the width of an A4 page: wording, then figures.
COLUMNS = (40.0, 12.0, 14.0, 16.0, 16.0)
LAST = len(COLUMNS)


def letterhead(sheet: Worksheet, paper: Paper) -> int:
    """Write the head of the document and return the first free row."""
    widths(sheet, COLUMNS)
    put(sheet, 1, 1, paper.issuer.name, "intertitre")
    stamp = party_wording.marked(paper.issuer, paper.stamp)
    if stamp:
        put(sheet, 1, LAST, stamp, "tampon")
    sheet.row_dimensions[1].height = 28
    row = 2
    for line in party_wording.issuer_block(paper.issuer):
        put(sheet, row, 1, line, "corps")
        row += 1
    row = max(row + 1, 7)
    put_wide(sheet, row, 3, LAST, party_wording.debtor_name(paper.commune), "paragraphe gras")
    for line in party_wording.debtor_block(paper.commune):
        row += 1
        put_wide(sheet, row, 3, LAST, line, "paragraphe")
    row += 2
    put(sheet, row, 1, paper.heading, "titre")
    sheet.row_dimensions[row].height = 28
    put(sheet, row + 1, 1, paper.made, "corps")
    put_wide(sheet, row + 2, 1, LAST, paper.object_line, "paragraphe gras")
    return row + 4
