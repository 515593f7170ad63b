"""The batch as a table: one row an invoice, a total row, ready to filter, print and import."""

from collections.abc import Sequence

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.listing import Column, write_listing
from mutualis.documents.excel.sheet import Value, link
from mutualis.documents.wording import invoices as wording
from mutualis.domain.memberships.plan import BillingLine, BillingPlan, total

AMOUNT_COLUMN, CODE_COLUMN, FIRST_ROW = "J", "B", 2
_SHAPES = (
    (13, "cellule"),
    (9, "cellule centrée"),
    (25, "cellule longue"),
    (12, "cellule centrée"),
    (8, "cellule centrée"),
    (11, "entier"),
    (10, "tarif"),
    (13, "euros"),
    (12, "euros"),
    (14, "euros"),
    (46, "calcul"),
    (10, "cellule"),
)


def write_recap(sheet: Worksheet, plan: BillingPlan) -> None:
    """The invoices in INSEE-code order, as an Excel table; the total row is outside it."""
    _write(sheet, plan, plan.invoices, wording.RECAP, wording.RECAP_HEADER)


def write_apart(
    sheet: Worksheet,
    plan: BillingPlan,
    lines: Sequence[BillingLine],
    title: str,
) -> None:
    """Fees without an invoice, in the same columns, but with no place for numbers."""
    header = ("Suite", *wording.RECAP_HEADER[1:-1])
    _write(sheet, plan, lines, title, header, first=wording.APART[title])


def _write(
    sheet: Worksheet,
    plan: BillingPlan,
    lines: Sequence[BillingLine],
    title: str,
    header: Sequence[str],
    first: str | None = None,
) -> None:
    totals: dict[int, Value] = {
        2: "Total",
        5: sum(line.fee.population for line in lines),
        9: total(lines),
    }
    write_listing(
        sheet,
        [
            Column(name, *shape, totals.get(at))
            for at, (name, shape) in enumerate(zip(header, _SHAPES, strict=False))
        ],
        [_values(line, first)[: len(header)] for line in lines],
        title=f"{wording.batch_title(plan)} - {title} - {wording.state(plan)}",
        footer=wording.example_levels(plan),
        freeze="D2",
        table=wording.TABLES[title],
    )


def link_page(sheet: Worksheet, row: int, number: str | None, page: str) -> tuple[str, str]:
    """Make the number of an invoice, without one its commune, lead to its own sheet.

    Returns the sheet and the cell that lead back.
    """
    address = f"{'A' if number else 'C'}{row}"
    cell = sheet[address]
    assert isinstance(cell, Cell)
    link(cell, page, "A1", wording.OPEN_PAGE)
    return sheet.title, address


def _values(line: BillingLine, first: str | None) -> tuple[Value, ...]:
    commune, fee = line.commune, line.fee
    return (
        first or line.number,
        commune.code_insee,
        commune.name,
        commune.siren,
        fee.level.code,
        fee.population,
        fee.rate if line.is_simple else None,
        fee.gross if line.is_simple else None,
        fee.cap if line.is_simple else None,
        line.amount,
        line.explanation,
        None,
    )
