"""Each amount computed a second time, by the spreadsheet itself, and compared."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.batch.recap import Recap
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
    """A row of the control: the fee, and the sheet of amounts that it stands in."""

    at: int
    line: BillingLine
    recap: Recap

    def cell(self, name: str) -> str:
        return f"{letter_of(COLUMNS, name)}{self.at}"


def _recomputed(row: _Row) -> str:
    if not row.line.parts:
        fixed, population, rate = (row.cell(name) for name in ("fixed", "population", "rate"))
        gross = f"({fixed}+{population}*{rate})"
        cap, floor = row.cell("cap"), row.cell("floor")
        capped = f'IF({cap}="",{gross},MIN({gross},{cap}))'
        whole = f"ROUND(MAX({capped},{floor}),2)"
    else:  # several parts: the whole calculation stands in the formula
        whole = _of_parts(row.line.parts)
    return f"=ROUND(MAX({whole}-{row.cell('granted')},0),2)"


def _of_batch(name: str) -> Callable[[_Row], str]:
    """What the sheet of amounts says, wherever its rows were sorted to."""

    def found(row: _Row) -> str:
        codes = row.recap.cells("code")
        return f"=INDEX({row.recap.cells(name)},MATCH({row.cell('code')},{codes},0))"

    return found


def _gap(row: _Row) -> str:
    return f"=ROUND({row.cell('amount')}-{row.cell('computed')},2)"


def _gap_left(row: _Row) -> str:
    amount, deducted, left = (row.cell(name) for name in ("amount", "deducted", "left"))
    return f"=ROUND({left}-({amount}-{deducted}),2)"


def _verdict(row: _Row) -> str:
    return f'=IF(AND({row.cell("gap")}=0,{row.cell("gap_left")}=0),"OK","ÉCART")'


def _of_fee(value: Callable[[FeeBreakdown], Value]) -> Callable[[_Row], Value]:
    """A figure of the fee, where the year is one whole part."""
    return lambda row: None if row.line.parts else value(row.line.fee)


def _sum(name: str) -> Callable[[Sequence[_Row]], Value]:
    return lambda rows: f"=SUM({rows[0].cell(name)}:{rows[-1].cell(name)})" if rows else None


def _formula(name: str, title: str, made: Callable[[_Row], str], width: float) -> Column[_Row]:
    return Column(title, made, width, "euros", _sum(name), formula=True)


COLUMNS: dict[str, Column[_Row]] = {
    "code": Column("Code INSEE", lambda row: row.line.commune.code_insee, 8, _CENTRED),
    "commune": Column("Commune", lambda row: row.line.commune.name, 24, _LONG, lambda _: "Total"),
    "level": Column("Niveau", lambda row: row.line.fee.level.code, 8, _CENTRED),
    "population": Column("Population", _of_fee(lambda fee: fee.population), 12, "entier"),
    "rate": Column("Tarif", _of_fee(lambda fee: fee.rate), 11, "tarif"),
    "fixed": Column("Part fixe", _of_fee(lambda fee: fee.fixed or None), 11, "euros"),
    "cap": Column("Plafond", _of_fee(lambda fee: fee.bound_cap), 12, "euros"),
    "floor": Column("Minimum", _of_fee(lambda fee: fee.bound_floor), 11, "euros"),
    "granted": Column("Remises", lambda row: row.line.granted or None, 12, "euros"),
    "computed": _formula("computed", "Montant recalculé", _recomputed, 14),
    "amount": _formula("amount", "Montant dû", _of_batch("amount"), 14),
    "gap": _formula("gap", "Écart", _gap, 10),
    "deducted": _formula("deducted", "Déjà émis", _of_batch("deducted"), 13),
    "left": _formula("left", "Reste", _of_batch("left"), 13),
    "gap_left": _formula("gap_left", "Écart du reste", _gap_left, 10),
    "verdict": Column("Verdict", _verdict, 10, _CENTRED, formula=True),
}


def write_control(sheet: Worksheet, plan: BillingPlan, recaps: Sequence[Recap]) -> None:
    """One row a fee of each sheet of amounts."""
    columns = COLUMNS.values()
    widths(sheet, [column.width for column in columns])
    intro = f"{wording.state(plan)}. {wording.CONTROL_INTRO}"
    put_wide(sheet, 1, 1, len(columns), intro, "paragraphe")
    sheet.row_dimensions[HEADER_ROW].height = 32
    first = HEADER_ROW + 1
    fees = [(line, recap) for recap in recaps for line in recap.lines]
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


def _of_parts(parts: Sequence[Part]) -> str:
    """The sum of the groups, each rounded once."""
    groups: dict[int, list[str]] = {}
    for part in parts:
        groups.setdefault(part.group, []).append(_part_formula(part))
    rounded = (f"ROUND({'+'.join(group)},2)" for group in groups.values())
    return f"({'+'.join(rounded)})"


def _part_formula(part: Part) -> str:
    fee = part.fee
    due = f"({fee.fixed:f}+{fee.population}*{fee.rate:f})"
    if fee.bound_cap is not None:
        due = f"MIN({due},{fee.bound_cap:f})"
    if fee.bound_floor is not None:
        due = f"MAX({due},{fee.bound_floor:f})"
    return f"{due}*{part.numerator}/{part.denominator}"
