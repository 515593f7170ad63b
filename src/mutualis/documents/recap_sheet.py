"""The batch as a table: one row an invoice, a total row, ready to filter, print and import."""

from collections.abc import Mapping, Sequence

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents import wording
from mutualis.documents.listing import Column, write_listing
from mutualis.documents.sheet import Value, link
from mutualis.domain.billing import BillingLine, BillingPlan, total

AMOUNT_COLUMN, CODE_COLUMN, NAME_COLUMN, FIRST_ROW = "J", "B", "C", 2
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


def write_recap(sheet: Worksheet, plan: BillingPlan, pages: Mapping[str, str]) -> None:
    """The invoices in INSEE-code order, as an Excel table; the total row is outside it.

    `pages` names the sheet of each commune's document, by INSEE code, where it has one.
    """
    _write(sheet, plan, plan.invoices, wording.RECAP, wording.RECAP_HEADER, pages)


def write_apart(
    sheet: Worksheet,
    plan: BillingPlan,
    lines: Sequence[BillingLine],
    title: str,
    pages: Mapping[str, str],
) -> None:
    """Fees without an invoice, in the same columns, but with no place for numbers."""
    header = ("Suite", *wording.RECAP_HEADER[1:-1])
    _write(sheet, plan, lines, title, header, pages, first=wording.APART[title])


def _write(
    sheet: Worksheet,
    plan: BillingPlan,
    lines: Sequence[BillingLine],
    title: str,
    header: Sequence[str],
    pages: Mapping[str, str],
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
    for row, line in enumerate(lines, start=FIRST_ROW):
        page = pages.get(line.commune.code_insee)
        if page is not None:
            # The number of an invoice leads to it; without a number, the commune does.
            cell = sheet[f"{'A' if line.number else NAME_COLUMN}{row}"]
            assert isinstance(cell, Cell)
            link(cell, page, "A1", wording.OPEN_PAGE)


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
