"""The usage of a year as a workbook: the summary and its charts, then every detail."""

from collections.abc import Iterable, Sequence
from datetime import date

from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.book import add_sheet, new_book, save
from mutualis.documents.excel.columns import Column, T
from mutualis.documents.excel.listing import write_listing
from mutualis.documents.usage.control import write_usage_control
from mutualis.documents.usage.cover import write_usage_summary
from mutualis.documents.usage.load import write_loads
from mutualis.documents.usage.tables import ALERTS, QUOTAS, communes_of, detail_of
from mutualis.documents.wording import usage as wording
from mutualis.documents.wording.parties import marked
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.problems.problem import Problem
from mutualis.domain.usage.usage import Usage


def render_usage(usage: Usage, issuer: Issuer, alerts: Sequence[Problem], made_on: date) -> bytes:
    """The .xlsx; its cells depend on the arguments alone."""
    book = new_book(issuer.name, wording.title(usage), made_on, mark=marked(issuer))
    summary, communes = add_sheet(book, wording.SUMMARY), add_sheet(book, wording.COMMUNES)
    loads = add_sheet(book, wording.LOADS) if usage.loads else None
    quotas, detail, checks, control = (
        add_sheet(book, name)
        for name in (wording.QUOTAS, wording.DETAIL, wording.ALERTS, wording.CONTROL)
    )
    places = write_usage_summary(summary, usage, issuer, made_on)
    write_usage_control(control, usage, places)
    if loads is not None:
        write_loads(loads, usage)

    def listing(
        sheet: Worksheet, columns: Iterable[Column[T]], items: Sequence[T], freeze: str | None
    ) -> None:
        title, footer = f"{wording.title(usage)} - {sheet.title}", wording.examples(usage)
        write_listing(sheet, list(columns), items, title=title, footer=footer, freeze=freeze)

    columns = communes_of(usage)
    listing(communes, columns.values(), usage.by_commune, columns["level"].title)
    listing(quotas, QUOTAS, usage.quotas, None)
    columns_of_detail = detail_of(usage)
    frozen = columns_of_detail["level"].title
    listing(detail, columns_of_detail.values(), usage.recourses, frozen)
    listing(checks, ALERTS, alerts, None)
    return save(book)
