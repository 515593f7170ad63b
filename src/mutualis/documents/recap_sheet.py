"""The batch as a table: one row an invoice, a total row, ready to filter, print and import."""

from collections.abc import Sequence
from math import ceil

from openpyxl.utils import get_column_letter as letter
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents import wording
from mutualis.documents.sheet import Value, heads, page, put, put_row, widths
from mutualis.domain.billing import BillingLine, BillingPlan, total

_WIDTHS = (13, 11, 25, 12, 8, 11, 10, 14, 13, 14, 52, 11)
_STYLES = (
    "cellule",
    "cellule centrée",
    "cellule longue",
    "cellule centrée",
    "cellule centrée",
    "entier",
    "tarif",
    "euros",
    "euros",
    "euros",
    "calcul",
    "cellule",
)
AMOUNT_COLUMN, CODE_COLUMN, FIRST_ROW = "J", "B", 2


def write_recap(sheet: Worksheet, plan: BillingPlan) -> None:
    """The invoices in INSEE-code order; the total row is outside the filter."""
    _write(sheet, plan, plan.invoices, wording.RECAP, wording.RECAP_HEADER)


def write_apart(
    sheet: Worksheet, plan: BillingPlan, lines: Sequence[BillingLine], title: str
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
    styles = _STYLES[: len(header)]
    widths(sheet, _WIDTHS[: len(header)])
    put_row(sheet, 1, header, heads(styles))
    sheet.row_dimensions[1].height = 32
    for row, line in enumerate(lines, start=FIRST_ROW):
        put_row(sheet, row, _values(line, first)[: len(header)], styles)
        needed = max(ceil(len(line.explanation) / 50), ceil(len(line.commune.name) / 26))
        sheet.row_dimensions[row].height = 3 + 15 * needed
    last = FIRST_ROW + len(lines) - 1
    for column in range(1, len(header) + 1):
        put(sheet, last + 1, column, None, "total libellé")
    put(sheet, last + 1, 3, "Total", "total libellé")
    put(sheet, last + 1, 6, sum(line.fee.population for line in lines), "total entier")
    put(sheet, last + 1, 10, total(lines), "total euros")
    sheet.row_dimensions[last + 1].height = 20
    sheet.freeze_panes = "D2"
    sheet.auto_filter.ref = f"A1:{letter(len(header))}{max(last, 1)}"
    page(
        sheet,
        title=f"{wording.batch_title(plan)} - {title} - {wording.state(plan)}",
        landscape=True,
        repeat="1:1",
        footer=wording.example_levels(plan),
    )


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
