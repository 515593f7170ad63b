"""Each amount computed a second time, by the spreadsheet itself, and compared."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.batch import control_formulas
from mutualis.documents.batch.control_formulas import ControlRow
from mutualis.documents.batch.recap import Recap
from mutualis.documents.excel.columns import Column, letter_of, place_of, shown, write_table
from mutualis.documents.excel.printed import LINE, fitted, lines, room
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
from mutualis.documents.wording import control as words
from mutualis.documents.wording import invoices as wording
from mutualis.domain.memberships.plan import BillingPlan
from mutualis.domain.tariffs.fees import FeeBreakdown
from mutualis.domain.tariffs.proration import Part
from mutualis.domain.tariffs.wealth import Wealth
from mutualis.domain.value import replace

HEADER_ROW = 4
_CENTRED, _LONG = "cellule centrée", "cellule longue"
# Where what the cover says is compared: the cover, here, the gap, the verdict.
_RECONCILED = ("deducted", "left", "gap_left", "verdict")
_RECONCILED_STYLE = ("euros", "euros", "euros", _CENTRED)


def _of_wealth(value: Callable[[FeeBreakdown, Wealth], Value]) -> Callable[[ControlRow], Value]:
    """A figure of a fee that wealth weights."""

    def found(row: ControlRow) -> Value:
        fee = row.fee
        if fee is None or fee.coefficient is None or fee.level.wealth is None:
            return None
        return value(fee, fee.level.wealth)

    return found


def _of_fee(value: Callable[[FeeBreakdown], Value]) -> Callable[[ControlRow], Value]:
    return lambda row: None if row.fee is None else value(row.fee)


def _of_line(value: Callable[[ControlRow], Value]) -> Callable[[ControlRow], Value]:
    return lambda row: None if row.part is not None else value(row)


def _of_share(value: Callable[[Part], int]) -> Callable[[ControlRow], Value]:
    return lambda row: None if row.part is None else value(row.part)


def _sum(name: str) -> Callable[[Sequence[ControlRow]], Value]:
    return lambda rows: f"=SUM({rows[0].cell(name)}:{rows[-1].cell(name)})" if rows else None


def _formula(
    name: str, title: str, made: Callable[[ControlRow], str], width: float
) -> Column[ControlRow]:
    return Column(title, _of_line(made), width, "euros", _sum(name), formula=True)


def _taxed(
    name: str, title: str, made: Callable[[ControlRow], str], width: float
) -> Column[ControlRow]:
    def found(row: ControlRow) -> Value:
        # A sheet whose lines have no cent of tax has no column of it.
        told = row.line.tax is not None and "vat" in row.recap.columns
        return made(row) if told else None

    column = _formula(name, title, made, width)
    return replace(column, value=_of_line(found), where_any=True)


def _rate(row: ControlRow) -> Value:
    return None if row.line.tax is None else row.line.tax.rate


def _code(row: ControlRow) -> str:
    return (row.line.commune if row.part is None else row.part.row).code_insee


def _name(row: ControlRow) -> str:
    return row.line.commune.name if row.part is None else words.part_name(row.part)


def _share(title: str, value: Callable[[Part], int], width: float) -> Column[ControlRow]:
    return Column(title, _of_share(value), width, "entier", where_any=True)


COLUMNS: dict[str, Column[ControlRow]] = {
    "code": Column("Code INSEE", _code, 8, _CENTRED),
    "commune": Column("Commune", _name, 28, _LONG, lambda _: "Total"),
    "level": Column("Niveau", lambda row: (row.part or row.line).fee.level.code, 8, _CENTRED),
    "population": Column("Population", _of_fee(lambda fee: fee.population), 11, "entier"),
    "rate": Column("Tarif", _of_fee(lambda fee: fee.rate), 9, "tarif"),
    "fixed": Column("Part fixe", _of_fee(lambda x: x.fixed or None), 11, "euros", where_any=True),
    "potential": Column(
        "Potentiel financier", _of_wealth(lambda fee, _: fee.potential), 14, "euros", where_any=True
    ),
    "average": Column(
        "Moyenne par habitant", _of_wealth(lambda _, x: x.average), 11, "euros", where_any=True
    ),
    "coefficient": Column(
        "Coefficient",
        control_formulas.coefficient,
        11,
        "note chiffrée",
        formula=True,
        where_any=True,
    ),
    "cap": Column("Plafond", _of_fee(lambda fee: fee.bound_cap), 11, "euros"),
    "floor": Column("Minimum", _of_fee(lambda x: x.bound_floor), 11, "euros", where_any=True),
    "numerator": _share("Parts", lambda part: part.numerator, 7),
    "denominator": _share("sur", lambda part: part.denominator, 6),
    "of_part": Column(
        "Montant de la période", control_formulas.of_part, 12, "euros", formula=True, where_any=True
    ),
    "granted": Column(
        "Remises", _of_line(lambda row: row.line.granted or None), 11, "euros", where_any=True
    ),
    "vat_rate": Column("TVA (%)", _of_line(_rate), 7, _CENTRED, where_any=True),
    "computed": _formula("computed", "Montant recalculé", control_formulas.recomputed, 13),
    "amount": _formula("amount", "Montant dû", control_formulas.of_batch("amount"), 13),
    "gap": _formula("gap", "Écart", control_formulas.gap, 8),
    "deducted": _formula("deducted", "Déjà émis", control_formulas.of_batch("deducted"), 13),
    "left": _formula("left", "Reste", control_formulas.of_batch("left"), 13),
    "gap_left": _formula("gap_left", "Écart du reste", control_formulas.gap_left, 9),
    "vat": _taxed("vat", "TVA du reste", control_formulas.vat, 11),
    "gap_vat": _taxed("gap_vat", "Écart de TVA", control_formulas.gap_vat, 9),
    "verdict": Column("Verdict", _of_line(control_formulas.verdict), 9, _CENTRED, formula=True),
}


def write_control(
    sheet: Worksheet, plan: BillingPlan, recaps: Sequence[Recap], cover: Mapping[str, str]
) -> None:
    """One row a fee of each sheet of amounts, and under it one a part of its year; then the total
    of each sheet beside that of the `cover`, which names its cell by the title of the sheet."""
    first = HEADER_ROW + 1
    columns = shown(COLUMNS, _rows(recaps, COLUMNS, first))
    wide = fitted([(c.width, c.folds) for c in columns.values()], room(landscape=True))
    widths(sheet, wide)
    intro = f"{wording.state(plan)}. {words.INTRO}"
    put_wide(sheet, 1, 1, len(columns), intro, "paragraphe")
    sheet.row_dimensions[HEADER_ROW].height = 32
    rows = list(_rows(recaps, columns, first))
    name = place_of(columns, "commune") - 1

    def height(values: Sequence[Value]) -> float | None:
        folded = lines(values[name], wide[name])
        return LINE * folded if folded > 1 else None

    after = write_table(sheet, HEADER_ROW, columns.values(), rows, height=height)
    last = _reconcile(sheet, after + 1, rows, cover)
    put(sheet, 2, 1, "Ensemble du lot", "gras")
    verdict = letter_of(columns, "verdict")
    verdicts = f"{verdict}{first}:{verdict}{last}"
    proofs = sum(row.part is None for row in rows) + len({row.recap.title for row in rows})
    whole = f'=IF(COUNTIF({verdicts},"OK")={proofs},"OK","ÉCART")'
    put_formula(sheet, 2, 3, whole, "gras")
    mark_gaps(sheet, f"C2 {verdicts}")
    sheet.freeze_panes = f"{letter_of(columns, 'level')}{first}"
    page(
        sheet,
        title=f"{wording.batch_title(plan)} - {wording.CONTROL} - {wording.state(plan)}",
        landscape=True,
        repeat=f"{HEADER_ROW}:{HEADER_ROW}",
    )


def _rows(recaps: Sequence[Recap], columns: Iterable[str], at: int) -> Iterator[ControlRow]:
    """From the row `at` on, each fee, then the parts of its year."""
    letters = {name: letter_of(columns, name) for name in columns}
    for recap in recaps:
        for line in recap.lines:
            groups: dict[int, tuple[int, ...]] = {}
            for below, part in enumerate(line.parts, start=at + 1):
                groups[part.group] = (*groups.get(part.group, ()), below)
            yield ControlRow(at, line, recap, letters, parts=tuple(groups.values()))
            for below, part in enumerate(line.parts, start=at + 1):
                yield ControlRow(below, line, recap, letters, part)
            at += 1 + len(line.parts)


def _reconcile(
    sheet: Worksheet, at: int, rows: Sequence[ControlRow], cover: Mapping[str, str]
) -> int:
    """What is left by sheet of amounts, here and on the cover; returns the last row written."""
    if not rows:
        return at
    letters = rows[0].letters
    blank = [None] * (len(letters) - 1)
    places = [column_index_from_string(letters[name]) for name in _RECONCILED]
    put(sheet, at, 1, words.RECONCILED, "gras")
    at += 1
    put_row(sheet, at, (None, *blank), ("tête gauche",) * len(letters))
    titles = zip(places, words.RECONCILED_HEADER, heads(_RECONCILED_STYLE), strict=True)
    for place, title, style in titles:
        put(sheet, at, place, title, style)
    for title, own in groupby(rows, key=lambda row: row.recap.title):
        at += 1
        put_row(sheet, at, (title, *blank), ("cellule",) * len(letters))
        found = list(own)
        said, here, gap, _ = (f"{letters[name]}{at}" for name in _RECONCILED)
        formulas = (
            f"='{wording.SUMMARY}'!{cover[title]}",
            f"=SUM({found[0].cell('left')}:{found[-1].cell('left')})",
            f"=ROUND({here}-{said},2)",
            f'=IF({gap}=0,"OK","ÉCART")',
        )
        for place, formula, style in zip(places, formulas, _RECONCILED_STYLE, strict=True):
            put_formula(sheet, at, place, formula, style)
    return at


def mark_gaps(sheet: Worksheet, cells: str) -> None:
    """Show in red the verdicts that are not OK."""
    red = CellIsRule(  # type: ignore[no-untyped-call]
        operator="equal",
        formula=['"ÉCART"'],
        font=Font(bold=True, color="FF9C1C1C"),
        fill=PatternFill(bgColor="FFFBE9E7"),
    )
    sheet.conditional_formatting.add(cells, red)
