"""A credit note on one printed A4 page: a negative amount that refers to its invoice."""

from mutualis.documents import wording
from mutualis.documents.book import add_sheet, new_book, save
from mutualis.documents.letterhead import LAST, letterhead
from mutualis.documents.sheet import heads, page, put, put_row, put_wide
from mutualis.domain.issuer import Issuer
from mutualis.domain.ledger import Document
from mutualis.domain.letters import euros_in_letters
from mutualis.domain.typography import euros, long_date


def render_credit(credit: Document, invoice: Document) -> bytes:
    issuer: Issuer = credit.issuer
    title = f"Avoir n° {credit.number}"
    book = new_book(issuer, f"{title} - {credit.commune.name}", credit.act.day)
    part = "" if -credit.amount == invoice.amount else " partielle"
    sheet = add_sheet(book, f"{credit.number} {credit.commune.name}")
    row = letterhead(
        sheet,
        issuer,
        credit.commune,
        stamp="AVOIR",
        heading=title,
        made=f"Émis le {long_date(credit.act.day)}",
        subject=f"annulation{part} de la facture n° {invoice.number} "
        f"du {long_date(invoice.act.day)}",
    )
    styles = ("cellule longue", "cellule", "cellule", "cellule", "euros")
    put_row(sheet, row, ("Désignation", None, None, None, "Montant"), heads(styles))
    what = f"{invoice.product.capitalize()} {invoice.year}, niveau {invoice.level.code}"
    values = (f"{what} : {euros(invoice.amount)} facturés", None, None, None, credit.amount)
    put_row(sheet, row + 1, values, styles)
    sheet.row_dimensions[row + 1].height = 32
    total = ("Montant de l'avoir", None, None, None, credit.amount)
    put_row(sheet, row + 2, total, ("net libellé",) * 4 + ("net",))
    sheet.row_dimensions[row + 2].height = 24
    row += 4
    put(sheet, row, 1, wording.AMOUNT_IN_LETTERS, "corps")
    letters = f"moins {euros_in_letters(-credit.amount)}"
    put_wide(sheet, row + 1, 1, LAST, letters, "paragraphe gras")
    row += 3
    for text in (f"Motif : {credit.reason}", credit.effect, wording.vat(issuer)):
        put_wide(sheet, row, 1, LAST, text, "paragraphe")
        row += 1
    page(sheet, title="", one_page=True, footer=f"{issuer.name} - {title} - {credit.commune.name}")
    return save(book)
