"""A printed document as a sheet of a workbook."""

from openpyxl.utils import get_column_letter as letter
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.sheet import link, page, put, put_row, put_wide
from mutualis.documents.paper.amounts import write_amounts
from mutualis.documents.paper.letterhead import LAST, letterhead
from mutualis.documents.paper.paper import Paper, Signature
from mutualis.documents.wording import invoices as wording
from mutualis.documents.wording import parties as party_wording


def write_paper(
    sheet: Worksheet, paper: Paper, *, one_page: bool = True, back: tuple[str, str] | None = None
) -> None:
    """On one printed page, or on several that repeat the table's header, where it has one.

    `back` is the sheet and the cell that lead here: a link beside the page leads back there.
    """
    row = letterhead(sheet, paper)
    for text, style, height in ((paper.alert, "alerte", 20), (paper.before, "paragraphe", 15)):
        if text:
            put_wide(sheet, row, 1, LAST, text, style, height)
            row += 2
    head = row
    row = write_amounts(sheet, row, paper)
    if paper.reasons_title:
        put(sheet, row, 1, paper.reasons_title, "intertitre")
        row += 1
    for text in paper.reasons:
        put_wide(sheet, row, 1, LAST, text, "paragraphe")
        row += 1
    row += bool(paper.reasons_title)
    for text in filter(None, (paper.vat, *paper.terms)):
        put_wide(sheet, row, 1, LAST, text, "paragraphe")
        row += 1
    row -= 1
    if paper.boxed:
        row += 2
        put_wide(sheet, row, 1, LAST, paper.boxed, "encadré", 22)
    columns = (1, 3) if len(paper.signatures) > 1 else (3,)
    for signature, column in zip(paper.signatures, columns, strict=False):
        _write_signature(sheet, row + 2, column, signature)
    repeat = None if one_page or not paper.signatures else f"{head}:{head}"
    page(
        sheet,
        title="",
        one_page=one_page,
        repeat=repeat,
        footer=party_wording.marked(paper.issuer, paper.footer),
    )
    if back is not None:
        sheet.print_area = f"A1:{letter(LAST)}{sheet.max_row}"
        column = LAST + 2
        sheet.column_dimensions[letter(LAST + 1)].width = 3
        sheet.column_dimensions[letter(column)].width = 18
        cell = put(sheet, 1, column, f"← {back[0]}", "discret")
        link(cell, *back, wording.BACK_TIP, "lien discret")


def _write_signature(sheet: Worksheet, row: int, column: int, signature: Signature) -> None:
    put(sheet, row, column, signature.title, "gras")
    for offset, text in enumerate(signature.lines, start=1):
        put(sheet, row + offset, column, text, "corps")
    for offset, text in enumerate(signature.to_fill, start=1):
        put_row(sheet, row + offset, (text, None, None), ("cellule",) * 3, first=column)
        last = offset == len(signature.to_fill)
        sheet.row_dimensions[row + offset].height = 70 if last else 24
