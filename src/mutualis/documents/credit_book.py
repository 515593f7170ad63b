"""A credit note on one printed A4 page: a negative amount that refers to its invoice."""

from mutualis.documents import wording
from mutualis.documents.amounts import write_amounts
from mutualis.documents.book import add_sheet, new_book, save
from mutualis.documents.letterhead import LAST, letterhead
from mutualis.documents.sheet import page, put, put_wide
from mutualis.domain.issuer import Issuer
from mutualis.domain.records import Document
from mutualis.domain.typography import euros, long_date


def render_credit(credit: Document, invoice: Document) -> bytes:
    issuer: Issuer = credit.issuer
    title = f"Avoir n° {credit.number}"
    book = new_book(issuer.name, f"{title} - {credit.commune.name}", credit.act.day)
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
    row = write_amounts(
        sheet,
        row,
        ("Désignation", None, None, None, "Montant"),
        [
            (
                f"{invoice.subject} : {euros(invoice.amount)} facturés",
                None,
                None,
                None,
                credit.amount,
            )
        ],
        ("cellule", "cellule", "cellule", "cellule", "euros"),
        label="Montant de l'avoir",
        amount=credit.amount,
        letters=wording.AMOUNT_IN_LETTERS,
    )
    for text in (f"Motif : {credit.reason}", credit.effect, wording.vat(issuer)):
        put_wide(sheet, row, 1, LAST, text, "paragraphe")
        row += 1
    put(sheet, row + 1, 3, f"Pour {issuer.name}", "gras")
    for offset, text in enumerate(wording.signatory(credit.signatory), start=2):
        put(sheet, row + offset, 3, text, "corps")
    page(sheet, title="", one_page=True, footer=f"{issuer.name} - {title} - {credit.commune.name}")
    return save(book)
