"""The batch of a year as one workbook."""

import io
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents import wording
from mutualis.documents.control_sheet import write_control
from mutualis.documents.fee_chart import write_points
from mutualis.documents.invoice_sheet import write_invoice
from mutualis.documents.recap_sheet import write_recap
from mutualis.documents.sheet import add_styles, sheet_name
from mutualis.documents.summary_sheet import write_summary
from mutualis.documents.tariff_sheet import write_tariff
from mutualis.domain.billing import BillingPlan
from mutualis.domain.issuer import Issuer
from mutualis.domain.tariffs import Tariffs


def render_batch(
    plan: BillingPlan, issuer: Issuer, tariffs: Tariffs, made_on: date, *, invoice_sheets: bool
) -> bytes:
    """The .xlsx of a draft batch; the cells depend on the arguments alone."""
    book = new_book(issuer, wording.batch_title(plan), made_on)
    tables = [(wording.RECAP, plan.invoices)]
    for name, lines in ((wording.WITHHELD, plan.withheld), (wording.BELOW, plan.below_minimum)):
        if lines:
            tables.append((name, lines))
    names = (wording.SUMMARY, wording.RECAP, wording.TARIFF, wording.CONTROL)
    for name in (*names, *(name for name, _ in tables[1:]), wording.POINTS):
        _sheet(book, name)
    for name, lines in tables:
        write_recap(book[name], plan, lines, name)
    write_tariff(book[wording.TARIFF], plan)
    write_control(book[wording.CONTROL], plan, tables)
    chart = write_points(book[wording.POINTS], plan)
    write_summary(book[wording.SUMMARY], plan, issuer, tariffs, made_on, chart)
    if invoice_sheets:
        for line in plan.invoices:
            name = f"{line.commune.code_insee} {line.commune.name}"
            write_invoice(_sheet(book, name), plan, line, issuer, made_on)
    return save(book)


def new_book(issuer: Issuer, title: str, made_on: date) -> Workbook:
    """An empty workbook with the styles and the document properties."""
    book = Workbook()
    book.remove(book.worksheets[0])
    add_styles(book)
    moment = datetime(made_on.year, made_on.month, made_on.day)
    book.properties.creator = issuer.name
    book.properties.title = title
    book.properties.language = "fr-FR"
    book.properties.created = book.properties.modified = moment
    return book


def save(book: Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _sheet(book: Workbook, name: str) -> Worksheet:
    sheet = book.create_sheet(sheet_name(name, book.sheetnames))
    assert isinstance(sheet, Worksheet)
    return sheet
