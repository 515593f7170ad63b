"""The batch of a year as one workbook."""

from datetime import date

from mutualis.documents import wording
from mutualis.documents.book import add_sheet, new_book, save
from mutualis.documents.control_sheet import write_control
from mutualis.documents.fee_chart import write_points
from mutualis.documents.paper import invoice_paper
from mutualis.documents.paper_sheet import write_paper
from mutualis.documents.recap_sheet import write_apart, write_recap
from mutualis.documents.summary_sheet import write_summary
from mutualis.documents.tariff_sheet import write_tariff
from mutualis.domain.billing import BillingPlan
from mutualis.domain.issuer import Issuer
from mutualis.domain.tariffs import Tariffs


def render_batch(
    plan: BillingPlan, issuer: Issuer, tariffs: Tariffs, made_on: date, *, invoice_sheets: bool
) -> bytes:
    """The .xlsx of a draft batch; the cells depend on the arguments alone."""
    book = new_book(issuer.name, wording.batch_title(plan), made_on)
    summary, recap, grid, control = (
        add_sheet(book, name)
        for name in (wording.SUMMARY, wording.RECAP, wording.TARIFF, wording.CONTROL)
    )
    tables = [(wording.RECAP, plan.invoices)]
    write_recap(recap, plan)
    for name, lines in ((wording.WITHHELD, plan.withheld), (wording.BELOW, plan.below_minimum)):
        if lines:
            write_apart(add_sheet(book, name), plan, lines, name)
            tables.append((name, lines))
    write_tariff(grid, plan)
    write_control(control, plan, tables)
    chart = write_points(add_sheet(book, wording.POINTS), plan)
    write_summary(summary, plan, issuer, tariffs, made_on, chart)
    if invoice_sheets:
        for line in (*plan.invoices, *plan.withheld):
            kind = "AC " if wording.is_withheld(line) else ""
            name = f"{kind}{line.commune.code_insee} {line.commune.name}"
            write_paper(add_sheet(book, name), invoice_paper(plan, line, issuer, made_on))
    return save(book)
