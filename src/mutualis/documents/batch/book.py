"""The batch of a year as one workbook."""

from collections.abc import Sequence
from datetime import date

from mutualis.documents.batch.control import write_control
from mutualis.documents.batch.cover import write_summary
from mutualis.documents.batch.fee_chart import write_points
from mutualis.documents.batch.recap import FIRST_ROW, link_page, write_apart, write_recap
from mutualis.documents.batch.tariff import write_tariff
from mutualis.documents.excel.book import add_sheet, new_book, save
from mutualis.documents.paper.paper import credit_paper, invoice_paper
from mutualis.documents.paper.paper_sheet import write_paper
from mutualis.documents.wording import invoices as wording
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import Claim
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.issuing.regularisation import Regularisation
from mutualis.domain.issuing.year_on_year import YearOnYear
from mutualis.domain.memberships.plan import BillingPlan
from mutualis.domain.tariffs.grid import Tariffs


def render_batch(
    plan: BillingPlan,
    issuer: Issuer,
    tariffs: Tariffs,
    made_on: date,
    compared: YearOnYear,
    regularised: Sequence[Regularisation] = (),
    credited: Sequence[tuple[CreditNote, Claim]] = (),
    *,
    invoice_sheets: bool,
) -> bytes:
    """The .xlsx of a batch, drafted or issued; the cells depend on the arguments alone.

    `regularised` are its documents of accounts that had one already, `credited` its corrections.
    """
    book = new_book(issuer.name, wording.batch_title(plan), made_on, wording.state(plan))
    names = (wording.SUMMARY, wording.RECAP, wording.TARIFF, wording.CONTROL)
    summary, recap, grid, control = (add_sheet(book, name) for name in names)
    write_recap(recap, plan)
    tables = [(recap, plan.invoices)]
    for name, lines in ((wording.WITHHELD, plan.withheld), (wording.BELOW, plan.below_minimum)):
        if lines:
            sheet = add_sheet(book, name)
            write_apart(sheet, plan, lines, name)
            tables.append((sheet, lines))
    write_tariff(grid, plan)
    write_control(control, plan, [(sheet.title, lines) for sheet, lines in tables])
    chart = write_points(add_sheet(book, wording.POINTS), plan)
    write_summary(summary, plan, issuer, tariffs, made_on, compared, chart)
    for sheet, lines in tables if invoice_sheets else ():
        if sheet.title == wording.BELOW:  # not recovered: nothing is sent
            continue
        for row, line in enumerate(lines, start=FIRST_ROW):
            kind = "AC " if wording.is_withheld(line) else ""
            page = add_sheet(book, f"{kind}{line.commune.code_insee} {line.commune.name}")
            back = link_page(sheet, row, line.number, page.title)
            write_paper(page, invoice_paper(plan, line, issuer, made_on), back=back)
    for credit, claim in credited if invoice_sheets else ():
        page = add_sheet(book, f"{credit.number} {credit.commune.name}")
        write_paper(page, credit_paper(credit, claim))
    return save(book)
