"""A quote on one printed A4 page, with all that a French devis carries."""

from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents import wording
from mutualis.documents.amounts import write_amounts
from mutualis.documents.book import add_sheet, new_book, save
from mutualis.documents.letterhead import LAST, letterhead
from mutualis.documents.sheet import page, put, put_row, put_wide
from mutualis.domain.issuer import Issuer
from mutualis.domain.quotes import Quote, grid_used, validity_text
from mutualis.domain.typography import long_date

MOST_ON_A_PAGE = 8  # lines; a longer quote runs over several pages rather than shrink


def render_quote(quote: Quote, issuer: Issuer) -> bytes:
    title = wording.quote_heading(quote)
    book = new_book(issuer.name, f"{title} - {quote.commune.name}", quote.issued_on)
    sheet = add_sheet(book, f"Devis {quote.commune.name}")
    row = letterhead(
        sheet,
        issuer,
        quote.commune,
        stamp="" if quote.number else wording.DRAFT_QUOTE,
        heading=title,
        made=f"Établi le {long_date(quote.issued_on)}, valable {validity_text(quote)}",
        subject=wording.quote_subject(quote),
    )
    if quote.service:
        put_wide(sheet, row, 1, LAST, f"Service : {quote.service}", "paragraphe")
        row += 2
    head = row
    days = sum(line.half_days for line in quote.lines)
    row = write_amounts(
        sheet,
        row,
        wording.QUOTE_HEADER,
        [
            (line.label, f"catégorie {line.category}", line.half_days, line.unit_price, line.amount)
            for line in quote.lines
        ],
        wording.QUOTE_STYLES,
        label=f"Total ({wording.half_days(days)})",
        amount=quote.total,
        letters=wording.AMOUNT_IN_LETTERS,
    )
    for text in (
        grid_used(quote),
        *wording.quote_conditions(quote),
        wording.vat(issuer),
    ):
        put_wide(sheet, row, 1, LAST, text, "paragraphe")
        row += 1
    _signatures(sheet, row + 1, quote, issuer)
    repeat = f"{head}:{head}" if len(quote.lines) > MOST_ON_A_PAGE else None
    page(
        sheet,
        title="",
        one_page=repeat is None,
        repeat=repeat,
        footer=f"{issuer.name} - {title} - {quote.commune.name}",
    )
    return save(book)


def _signatures(sheet: Worksheet, row: int, quote: Quote, issuer: Issuer) -> None:
    """On the left the issuer's signatory, on the right the commune's agreement."""
    put(sheet, row, 1, f"Pour {issuer.name}", "gras")
    for offset, text in enumerate(wording.signatory(issuer.signatory(quote.issued_on)), start=1):
        put(sheet, row + offset, 1, text, "corps")
    put(sheet, row, 3, f"{wording.AGREED}, {wording.debtor_name(quote.commune)}", "gras")
    for offset, text in enumerate(("Date :", "Nom :", "Qualité :", "Signature et cachet :"), 1):
        put_row(sheet, row + offset, (text, None, None), ("cellule",) * 3, first=3)
        sheet.row_dimensions[row + offset].height = 24
    sheet.row_dimensions[row + 4].height = 70
