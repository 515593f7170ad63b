"""Each amount computed a second time, by the spreadsheet itself, and compared."""

from collections.abc import Sequence
from math import ceil

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.batch.recap import AMOUNT_COLUMN, CODE_COLUMN, FIRST_ROW
from mutualis.documents.excel.sheet import heads, page, put, put_formula, put_row, put_wide, widths
from mutualis.documents.wording import invoices as wording
from mutualis.domain.memberships.plan import BillingLine, BillingPlan
from mutualis.domain.tariffs.proration import Part

HEADER_ROW = 4
_WIDTHS = (12, 25, 9, 12, 11, 11, 14, 11, 18, 16, 11, 11)
_STYLES = (
    "cellule centrée",
    "cellule longue",
    "cellule centrée",
    "entier",
    "tarif",
    "euros",
    "euros",
    "euros",
)


def write_control(
    sheet: Worksheet, plan: BillingPlan, tables: Sequence[tuple[str, Sequence[BillingLine]]]
) -> None:
    """One row a fee; `tables` names each sheet of amounts with the lines that it holds."""
    widths(sheet, _WIDTHS)
    put_wide(sheet, 1, 1, 12, f"{wording.state(plan)}. {wording.CONTROL_INTRO}", "paragraphe")
    header = wording.CONTROL_HEADER
    put_row(
        sheet, HEADER_ROW, header, heads((*_STYLES, "euros", "euros", "euros", "cellule centrée"))
    )
    sheet.row_dimensions[HEADER_ROW].height = 32
    row = HEADER_ROW
    for name, lines in tables:
        for line in lines:
            row += 1
            _write_line(sheet, row, line, name, len(lines))
    first = HEADER_ROW + 1
    put(sheet, 2, 1, "Ensemble du lot", "gras")
    verdicts = f"L{first}:L{max(row, first)}"
    put_formula(
        sheet, 2, 3, f'=IF(COUNTIF({verdicts},"OK")={row - HEADER_ROW},"OK","ÉCART")', "gras"
    )
    for column in range(1, len(header) + 1):
        put(sheet, row + 1, column, None, "total libellé")
    put(sheet, row + 1, 2, "Total", "total libellé")
    if row > HEADER_ROW:
        for column, name in ((9, "I"), (10, "J"), (11, "K")):
            formula = f"=SUM({name}{first}:{name}{row})"
            put_formula(sheet, row + 1, column, formula, "total euros")
    mark_gaps(sheet, f"C2 {verdicts}")
    sheet.freeze_panes = f"C{first}"
    page(
        sheet,
        title=f"{wording.batch_title(plan)} - {wording.CONTROL} - {wording.state(plan)}",
        landscape=True,
        repeat=f"{HEADER_ROW}:{HEADER_ROW}",
    )


def mark_gaps(sheet: Worksheet, cells: str) -> None:
    """Show in red the verdicts that are not OK."""
    red = CellIsRule(  # type: ignore[no-untyped-call]
        operator="equal",
        formula=['"ÉCART"'],
        font=Font(bold=True, color="FF9C1C1C"),
        fill=PatternFill(bgColor="FFFBE9E7"),
    )
    sheet.conditional_formatting.add(cells, red)


def _write_line(sheet: Worksheet, row: int, line: BillingLine, table: str, rows: int) -> None:
    fee = line.fee
    values = (
        line.commune.code_insee,
        line.commune.name,
        fee.level.code,
        fee.population,
        fee.rate,
        fee.fixed or None,
        fee.bound_cap,
        fee.bound_floor,
    )
    if line.is_simple:
        put_row(sheet, row, values, _STYLES)
        gross = f"(F{row}+D{row}*E{row})"
        capped = f'IF(G{row}="",{gross},MIN({gross},G{row}))'
        put_formula(sheet, row, 9, f"=ROUND(MAX({capped},H{row}),2)", "euros")
    else:  # several parts, or a complement: the whole calculation stands in the formula
        put_row(sheet, row, (*values[:3], *(None,) * 5), _STYLES)
        parts = line.parts or (Part(line.commune, fee),)
        total = "+".join(_part_formula(part) for part in parts)
        put_formula(sheet, row, 9, f"=ROUND(ROUND({total},2)-{line.deducted:f},2)", "euros")
    folded = ceil(len(line.commune.name) / (_WIDTHS[1] - 2))
    if folded > 1:
        sheet.row_dimensions[row].height = 15 * folded
    last = FIRST_ROW + rows - 1
    amounts = f"'{table}'!${AMOUNT_COLUMN}${FIRST_ROW}:${AMOUNT_COLUMN}${last}"
    codes = f"'{table}'!${CODE_COLUMN}${FIRST_ROW}:${CODE_COLUMN}${last}"
    put_formula(sheet, row, 10, f"=INDEX({amounts},MATCH(A{row},{codes},0))", "euros")
    put_formula(sheet, row, 11, f"=ROUND(J{row}-I{row},2)", "euros")
    put_formula(sheet, row, 12, f'=IF(K{row}=0,"OK","ÉCART")', "cellule centrée")


def _part_formula(part: Part) -> str:
    fee = part.fee
    due = f"({fee.fixed:f}+{fee.population}*{fee.rate:f})"
    if fee.bound_cap is not None:
        due = f"MIN({due},{fee.bound_cap:f})"
    if fee.bound_floor is not None:
        due = f"MAX({due},{fee.bound_floor:f})"
    return f"{due}*{part.numerator}/{part.denominator}"
