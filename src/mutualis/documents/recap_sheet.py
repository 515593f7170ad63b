"""The batch as a table: one row an invoice, a total row, ready to filter, print and import."""

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents import wording
from mutualis.documents.listing import Column, write_listing
from mutualis.documents.sheet import Value
from mutualis.domain.billing import BillingLine, BillingPlan, total

AMOUNT_COLUMN, CODE_COLUMN, FIRST_ROW = "J", "B", 2
_SHAPES = (
    (13, "cellule"),
    (11, "cellule centrée"),
    (25, "cellule longue"),
    (12, "cellule centrée"),
    (8, "cellule centrée"),
    (11, "entier"),
    (10, "tarif"),
    (14, "euros"),
    (13, "euros"),
    (14, "euros"),
    (52, "calcul"),
    (11, "cellule"),
)


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
