"""Each amount computed a second time, by the spreadsheet itself, and compared."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.batch.recap import FIRST_ROW
from mutualis.documents.batch.recap import letter_of as recap_letter
from mutualis.documents.excel.columns import Column, letter_of, write_table
from mutualis.documents.excel.sheet import Value, page, put, put_formula, put_wide, widths
from mutualis.documents.wording import invoices as wording
from mutualis.domain.memberships.plan import BillingLine, BillingPlan
from mutualis.domain.tariffs.fees import FeeBreakdown
from mutualis.domain.tariffs.proration import Part

HEADER_ROW = 4
_CENTRED, _LONG = "cellule centrée", "cellule longue"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the control: the fee, and the sheet of amounts with its number of lines."""

    at: int
    line: BillingLine
    table: str
    lines: int

    def cell(self, name: str) -> str:
        return f"{letter_of(COLUMNS, name)}{self.at}"

    def listed(self, name: str) -> str:
        """The cells of a column of the sheet of amounts."""
        column = recap_letter(name, apart=self.table != wording.RECAP)
        last = FIRST_ROW + self.lines - 1
        return f"'{self.table}'!${column}${FIRST_ROW}:${column}${last}"


def _recomputed(row: _Row) -> str:
    if row.line.is_simple:
        fixed, population, rate = (row.cell(name) for name in ("fixed", "population", "rate"))
        gross = f"({fixed}+{population}*{rate})"
        cap, floor = row.cell("cap"), row.cell("floor")
        capped = f'IF({cap}="",{gross},MIN({gross},{cap}))'
        return f"=ROUND(MAX({capped},{floor}),2)"
    # Several parts, or a complement: the whole calculation stands in the formula.
    parts = row.line.parts or (Part(row.line.row, row.line.fee),)
    total = "+".join(_part_formula(part) for part in parts)
    return f"=ROUND(ROUND({total},2)-{row.line.deducted:f},2)"


def _of_batch(row: _Row) -> str:
    return f"=INDEX({row.listed('amount')},MATCH({row.cell('code')},{row.listed('code')},0))"


def _gap(row: _Row) -> str:
    return f"=ROUND({row.cell('amount')}-{row.cell('computed')},2)"


def _verdict(row: _Row) -> str:
    return f'=IF({row.cell("gap")}=0,"OK","ÉCART")'


def _of_fee(value: Callable[[FeeBreakdown], Value]) -> Callable[[_Row], Value]:
    """A figure of the fee, where it is the whole calculation."""
    return lambda row: value(row.line.fee) if row.line.is_simple else None


def _sum(name: str) -> Callable[[Sequence[_Row]], Value]:
    return lambda rows: f"=SUM({rows[0].cell(name)}:{rows[-1].cell(name)})" if rows else None


COLUMNS: dict[str, Column[_Row]] = {
    "code": Column("Code INSEE", lambda row: row.line.commune.code_insee, 12, _CENTRED),
    "commune": Column("Commune", lambda row: row.line.commune.name, 25, _LONG, lambda _: "Total"),
    "level": Column("Niveau", lambda row: row.line.fee.level.code, 9, _CENTRED),
    "population": Column("Population", _of_fee(lambda fee: fee.population), 12, "entier"),
    "rate": Column("Tarif", _of_fee(lambda fee: fee.rate), 11, "tarif"),
    "fixed": Column("Part fixe", _of_fee(lambda fee: fee.fixed or None), 11, "euros"),
    "cap": Column("Plafond", _of_fee(lambda fee: fee.bound_cap), 14, "euros"),
    "floor": Column("Minimum", _of_fee(lambda fee: fee.bound_floor), 11, "euros"),
    "computed": Column(
        "Montant recalculé", _recomputed, 18, "euros", _sum("computed"), formula=True
    ),
    "amount": Column("Montant du lot", _of_batch, 16, "euros", _sum("amount"), formula=True),
    "gap": Column("Écart", _gap, 11, "euros", _sum("gap"), formula=True),
    "verdict": Column("Verdict", _verdict, 11, _CENTRED, formula=True),
}


def write_control(
    sheet: Worksheet, plan: BillingPlan, tables: Sequence[tuple[str, Sequence[BillingLine]]]
) -> None:
    """One row a fee; `tables` names each sheet of amounts with the lines that it holds."""
    columns = COLUMNS.values()
    widths(sheet, [column.width for column in columns])
    intro = f"{wording.state(plan)}. {wording.CONTROL_INTRO}"
    put_wide(sheet, 1, 1, len(columns), intro, "paragraphe")
    sheet.row_dimensions[HEADER_ROW].height = 32
    first = HEADER_ROW + 1
    fees = [(line, name, len(lines)) for name, lines in tables for line in lines]
    rows = [_Row(at, *fee) for at, fee in enumerate(fees, start=first)]
    write_table(sheet, HEADER_ROW, columns, rows)
    for row in rows:
        folded = ceil(len(row.line.commune.name) / (COLUMNS["commune"].width - 2))
        if folded > 1:
            sheet.row_dimensions[row.at].height = 15 * folded
    put(sheet, 2, 1, "Ensemble du lot", "gras")
    verdict = letter_of(COLUMNS, "verdict")
    verdicts = f"{verdict}{first}:{verdict}{max(HEADER_ROW + len(rows), first)}"
    whole = f'=IF(COUNTIF({verdicts},"OK")={len(rows)},"OK","ÉCART")'
    put_formula(sheet, 2, 3, whole, "gras")
    mark_gaps(sheet, f"C2 {verdicts}")
    sheet.freeze_panes = f"{letter_of(COLUMNS, 'level')}{first}"
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


def _part_formula(part: Part) -> str:
    fee = part.fee
    due = f"({fee.fixed:f}+{fee.population}*{fee.rate:f})"
    if fee.bound_cap is not None:
        due = f"MIN({due},{fee.bound_cap:f})"
    if fee.bound_floor is not None:
        due = f"MAX({due},{fee.bound_floor:f})"
    return f"{due}*{part.numerator}/{part.denominator}"
