"""The top of a printed document: who issues it, to whom, what it is and what it is worth."""

from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents import wording
from mutualis.documents.sheet import put, put_wide, widths
from mutualis.domain.communes import CommuneYear
from mutualis.domain.issuer import Issuer

# Five columns over the width of an A4 page: wording, then figures.
COLUMNS = (40.0, 12.0, 14.0, 16.0, 16.0)
LAST = len(COLUMNS)


def letterhead(
    sheet: Worksheet,
    issuer: Issuer,
    commune: CommuneYear,
    *,
    stamp: str,
    heading: str,
    made: str,
    subject: str,
) -> int:
    """Write the head of the document and return the first free row."""
    widths(sheet, COLUMNS)
    put(sheet, 1, 1, issuer.name, "intertitre")
    if stamp:
        put(sheet, 1, LAST, stamp, "tampon")
    sheet.row_dimensions[1].height = 28
    row = 2
    for line in wording.issuer_block(issuer):
        put(sheet, row, 1, line, "corps")
        row += 1
    row = max(row, 7)
    put_wide(sheet, row, 3, LAST, wording.debtor_name(commune), "paragraphe gras")
    for line in wording.debtor_block(commune):
        row += 1
        put_wide(sheet, row, 3, LAST, line, "paragraphe")
    row += 2
    put(sheet, row, 1, heading, "titre")
    sheet.row_dimensions[row].height = 28
    put(sheet, row + 1, 1, made, "corps")
    put_wide(sheet, row + 2, 1, LAST, f"Objet : {subject}", "paragraphe gras")
    return row + 4
