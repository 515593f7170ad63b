"""One invoice on one printed A4 page."""

from datetime import date

from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents import wording
from mutualis.documents.letterhead import LAST, letterhead
from mutualis.documents.sheet import heads, page, put, put_row, put_wide
from mutualis.domain.billing import BillingLine, BillingPlan
from mutualis.domain.issuer import Issuer


def write_invoice(
    sheet: Worksheet, plan: BillingPlan, line: BillingLine, issuer: Issuer, made_on: date
) -> None:
    fee = line.fee
    stamp = wording.DRAFT if plan.grid.is_voted and plan.issue is None else ""
    row = letterhead(
        sheet,
        issuer,
        line.commune,
        stamp=stamp,
        heading=wording.invoice_heading(plan, line),
        made=wording.invoice_made(plan, made_on),
        subject=wording.invoice_subject(plan, fee),
    )
    if not plan.grid.is_voted:
        put_wide(sheet, row, 1, LAST, wording.FORECAST, "alerte", 20)
        row += 2
    header = ("Désignation", "Quantité", "Unité", "Prix unitaire", "Montant")
    head = row
    middle = ("cellule", "entier", "cellule centrée", "tarif", "euros")
    long = ("cellule longue", *middle[1:])
    put_row(sheet, row, header, heads(middle))
    row += 1
    what = f"Adhésion {plan.year}, niveau {fee.level.code}"
    for values in wording.invoice_rows(plan, line):
        put_row(sheet, row, values, long)
        row += 1
    put_row(
        sheet,
        row,
        (wording.due(plan), None, None, None, line.amount),
        ("net libellé",) * 4 + ("net",),
    )
    sheet.row_dimensions[row].height = 24
    row += 2
    for table_row in range(head, row - 2):
        sheet.row_dimensions[table_row].height = 32 if table_row > head + 1 else 22
    put(sheet, row, 1, wording.in_letters_intro(plan), "corps")
    put_wide(sheet, row + 1, 1, LAST, wording.in_letters(line), "paragraphe gras")
    row += 3
    put(sheet, row, 1, "Pourquoi ce montant", "intertitre")
    row += 1
    for reason in wording.invoice_reasons(plan, line):
        put_wide(sheet, row, 1, LAST, reason, "paragraphe")
        row += 1
    row += 1
    put_wide(sheet, row, 1, LAST, wording.vat(issuer), "paragraphe")
    if plan.grid.is_voted:
        put_wide(sheet, row + 2, 1, LAST, issuer.payment_text, "encadré", 22)
    number = f"{line.number} - " if line.number else ""
    footer = f"{issuer.name} - {number}{what} - {line.commune.name}"
    page(sheet, title="", one_page=True, footer=footer)
