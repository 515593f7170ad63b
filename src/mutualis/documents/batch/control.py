"""Each amount computed a second time, by the spreadsheet itself, and compared."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter as letter
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.batch.recap import FIRST_ROW
from mutualis.documents.batch.recap import letter_of as recap_letter
from mutualis.documents.excel.sheet import (
    Value,
    heads,
    page,
    put,
    put_formula,
    put_row,
    put_wide,
    widths,
)
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
        return f"{letter_of(name)}{self.at}"

    def listed(self, name: str) -> str:
        """The cells of a column of the sheet of amounts."""
        column = recap_letter(name, apart=self.table != wording.RECAP)
        last = FIRST_ROW + self.lines - 1
        return f"'{self.table}'!${column}${FIRST_ROW}:${column}${last}"

    def simple(self, value: Value) -> Value:
        """A figure of the fee, where it is the whole calculation."""
        return value if self.line.is_simple else None


@dataclass(frozen=True, slots=True)
class ControlColumn:
    """`value` is a value, or a `formula`; `total` sums the column in the last row."""

    title: str
    value: Callable[[_Row], Value]
    width: float
    style: str
    formula: bool = False
    total: bool = False


def _recomputed(row: _Row) -> str:
    if row.line.is_simple:
        fixed, population, rate = (row.cell(name) for name in ("fixed", "population", "rate"))
        gross = f"({fixed}+{population}*{rate})"
        cap, floor = row.cell("cap"), row.cell("floor")
        capped = f'IF({cap}="",{gross},MIN({gross},{cap}))'
        return f"=ROUND(MAX({capped},{floor}),2)"
    # Several parts, or a complement: the whole calculation stands in the formula.
    parts = row.line.parts or (Part(row.line.commune, row.line.fee),)
    total = "+".join(_part_formula(part) for part in parts)
    return f"=ROUND(ROUND({total},2)-{row.line.deducted:f},2)"


def _of_batch(row: _Row) -> str:
    return f"=INDEX({row.listed('amount')},MATCH({row.cell('code')},{row.listed('code')},0))"


def _fee_column(
    title: str, value: Callable[[FeeBreakdown], Value], width: float, style: str
) -> ControlColumn:
    return ControlColumn(title, lambda row: row.simple(value(row.line.fee)), width, style)


COLUMNS = {
    "code": ControlColumn("Code INSEE", lambda row: row.line.commune.code_insee, 12, _CENTRED),
    "commune": ControlColumn("Commune", lambda row: row.line.commune.name, 25, _LONG),
    "level": ControlColumn("Niveau", lambda row: row.line.fee.level.code, 9, _CENTRED),
    "population": _fee_column("Population", lambda fee: fee.population, 12, "entier"),
    "rate": _fee_column("Tarif", lambda fee: fee.rate, 11, "tarif"),
    "fixed": _fee_column("Part fixe", lambda fee: fee.fixed or None, 11, "euros"),
    "cap": _fee_column("Plafond", lambda fee: fee.bound_cap, 14, "euros"),
    "floor": _fee_column("Minimum", lambda fee: fee.bound_floor, 11, "euros"),
    "computed": ControlColumn(
        "Montant recalculé", _recomputed, 18, "euros", formula=True, total=True
    ),
    "amount": ControlColumn("Montant du lot", _of_batch, 16, "euros", formula=True, total=True),
    "gap": ControlColumn(
        "Écart",
        lambda row: f"=ROUND({row.cell('amount')}-{row.cell('computed')},2)",
        11,
        "euros",
        formula=True,
        total=True,
    ),
    "verdict": ControlColumn(
        "Verdict",
        lambda row: f'=IF({row.cell("gap")}=0,"OK","ÉCART")',
        11,
        _CENTRED,
        formula=True,
    ),
}


def letter_of(name: str) -> str:
    """The letter of a column, by its name in COLUMNS."""
    return letter(1 + list(COLUMNS).index(name))


def write_control(
    sheet: Worksheet, plan: BillingPlan, tables: Sequence[tuple[str, Sequence[BillingLine]]]
) -> None:
    """One row a fee; `tables` names each sheet of amounts with the lines that it holds."""
    columns = list(COLUMNS.values())
    widths(sheet, [column.width for column in columns])
    intro = f"{wording.state(plan)}. {wording.CONTROL_INTRO}"
    put_wide(sheet, 1, 1, len(columns), intro, "paragraphe")
    put_row(sheet, HEADER_ROW, [c.title for c in columns], heads([c.style for c in columns]))
    sheet.row_dimensions[HEADER_ROW].height = 32
    row = HEADER_ROW
    for name, lines in tables:
        for line in lines:
            row += 1
            _write_line(sheet, _Row(row, line, name, len(lines)))
    first = HEADER_ROW + 1
    put(sheet, 2, 1, "Ensemble du lot", "gras")
    verdicts = f"{letter_of('verdict')}{first}:{letter_of('verdict')}{max(row, first)}"
    put_formula(
        sheet, 2, 3, f'=IF(COUNTIF({verdicts},"OK")={row - HEADER_ROW},"OK","ÉCART")', "gras"
    )
    for at, (name, column) in enumerate(COLUMNS.items(), start=1):
        if column.total and row > HEADER_ROW:
            place = f"{letter_of(name)}{first}:{letter_of(name)}{row}"
            put_formula(sheet, row + 1, at, f"=SUM({place})", "total euros")
        else:
            label = "Total" if name == "commune" else None
            put(sheet, row + 1, at, label, "total libellé")
    mark_gaps(sheet, f"C2 {verdicts}")
    sheet.freeze_panes = f"{letter_of('level')}{first}"
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


def _write_line(sheet: Worksheet, row: _Row) -> None:
    for at, column in enumerate(COLUMNS.values(), start=1):
        value = column.value(row)
        if column.formula:
            put_formula(sheet, row.at, at, str(value), column.style)
        else:
            put(sheet, row.at, at, value, column.style)
    folded = ceil(len(row.line.commune.name) / (COLUMNS["commune"].width - 2))
    if folded > 1:
        sheet.row_dimensions[row.at].height = 15 * folded


def _part_formula(part: Part) -> str:
    fee = part.fee
    due = f"({fee.fixed:f}+{fee.population}*{fee.rate:f})"
    if fee.bound_cap is not None:
        due = f"MIN({due},{fee.bound_cap:f})"
    if fee.bound_floor is not None:
        due = f"MAX({due},{fee.bound_floor:f})"
    return f"{due}*{part.numerator}/{part.denominator}"
