"""One invoice on one printed A4 page."""

from datetime import date

from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents import wording
from mutualis.documents.amounts import write_amounts
from mutualis.documents.letterhead import LAST, letterhead
from mutualis.documents.sheet import page, put, put_wide
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
        made=wording.invoice_made(plan, line, made_on),
        subject=wording.invoice_subject(plan, fee),
    )
    if not plan.grid.is_voted:
        put_wide(sheet, row, 1, LAST, wording.FORECAST, "alerte", 20)
        row += 2
    what = f"Adhésion {plan.year}, niveau {fee.level.code}"
    row = write_amounts(
        sheet,
        row,
        wording.INVOICE_HEADER,
        wording.invoice_rows(plan, line),
        wording.INVOICE_STYLES,
        label=wording.due(plan, line),
        amount=line.amount,
        letters=wording.in_letters_intro(plan),
    )
    put(sheet, row, 1, "Pourquoi ce montant", "intertitre")
    row += 1
    for reason in wording.invoice_reasons(plan, line):
        put_wide(sheet, row, 1, LAST, reason, "paragraphe")
        row += 1
    row += 1
    put_wide(sheet, row, 1, LAST, wording.vat(issuer), "paragraphe")
    if plan.grid.is_voted:
        put_wide(sheet, row + 2, 1, LAST, wording.payment(line, issuer), "encadré", 22)
    number = f"{line.number} - " if line.number else ""
    footer = f"{issuer.name} - {number}{what} - {line.commune.name}"
    page(sheet, title="", one_page=True, footer=footer)
