"""The batch of a year as one workbook."""

from collections.abc import Mapping, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.batch.control import write_control
from mutualis.documents.batch.cover import write_summary
from mutualis.documents.batch.fee_chart import write_points
from mutualis.documents.batch.recap import FIRST_ROW, Recap, link_page, write_recap
from mutualis.documents.batch.regularisations import link_corrections, write_regularisations
from mutualis.documents.batch.tariff import write_tariff
from mutualis.documents.excel.book import add_sheet, new_book, save
from mutualis.documents.paper.paper import credit_paper, invoice_paper
from mutualis.documents.paper.paper_sheet import write_paper
from mutualis.documents.wording import invoices as wording
from mutualis.documents.wording.parties import marked
from mutualis.domain.citations import Cited
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import Claim
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.issuing.regularisation import Regularisation
from mutualis.domain.issuing.year_on_year import YearOnYear
from mutualis.domain.memberships.plan import BillingPlan, LevelTotal
from mutualis.domain.tariffs.tariffs import Tariffs


def render_batch(
    plan: BillingPlan,
    issuer: Issuer,
    tariffs: Tariffs,
    made_on: date,
    compared: YearOnYear,
    by_level: Sequence[LevelTotal],
    regularised: Sequence[Regularisation] = (),
    credited: Sequence[tuple[CreditNote, Claim, Cited | None]] = (),
    titres: Mapping[str, str] | None = None,
    *,
    invoice_sheets: bool,
) -> bytes:
    """The .xlsx of a batch, drafted or issued; the cells depend on the arguments alone.

    `by_level` is what is invoiced for the year once it is issued. `regularised` are its documents
    of accounts that had one already, `credited` its corrections with their claims and what takes
    the place of these, `titres` those known by number.
    """
    book = new_book(
        issuer.name, wording.batch_title(plan), made_on, wording.state(plan), mark=marked(issuer)
    )
    names = (wording.SUMMARY, wording.RECAP, wording.TARIFF, wording.CONTROL)
    summary, recap, grid, control = (add_sheet(book, name) for name in names)
    recaps = {recap: Recap(wording.RECAP, plan.invoices, titres or {})}
    for name, lines in ((wording.WITHHELD, plan.withheld), (wording.BELOW, plan.below_minimum)):
        if lines:
            recaps[add_sheet(book, name)] = Recap(name, lines)
    for sheet, content in recaps.items():
        write_recap(sheet, plan, content)
    moved = add_sheet(book, wording.REGULARISED) if regularised else None
    if moved is not None:
        write_regularisations(moved, plan, regularised)
    write_tariff(grid, plan)
    chart = write_points(add_sheet(book, wording.POINTS), plan)
    cover = write_summary(
        summary, plan, issuer, tariffs, made_on, compared, by_level, regularised, chart
    )
    write_control(control, plan, list(recaps.values()), cover)
    for sheet, content in recaps.items() if invoice_sheets else ():
        if content.title == wording.BELOW:  # not recovered: nothing is sent
            continue
        for row, line in enumerate(content.lines, start=FIRST_ROW):
            kind = "AC " if wording.is_withheld(line) else ""
            page = add_sheet(book, f"{kind}{line.commune.code_insee} {line.commune.name}")
            back = link_page(sheet, row, line, page.title)
            write_paper(page, invoice_paper(plan, line, issuer, made_on), back=back)
    if invoice_sheets:
        _write_credits(book, moved, regularised, credited)
    return save(book)


def _write_credits(
    book: Workbook,
    moved: Worksheet | None,
    regularised: Sequence[Regularisation],
    credited: Sequence[tuple[CreditNote, Claim, Cited | None]],
) -> None:
    """A page a correction, to which the sheet of regularisations leads where it names it."""
    pages = {
        credit.number: add_sheet(book, f"{credit.number} {credit.commune.name}")
        for credit, *_ in credited
    }
    titles = {number: page.title for number, page in pages.items()}
    back = {} if moved is None else link_corrections(moved, regularised, titles)
    for credit, claim, successor in credited:
        page = pages[credit.number]
        write_paper(page, credit_paper(credit, claim, successor), back=back.get(credit.number))
