"""Formulas with their results beside them: a protected view computes nothing, and shows those."""

from collections.abc import Mapping
from decimal import Decimal

from openpyxl.utils import get_column_letter as letter
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.sheet import put_formula
from mutualis.domain.value import Struct, field

Result = str | int | Decimal


class Live(Struct, frozen=True):
    """A formula, from its « = » on, and what it comes to as the workbook is written."""

    formula: str
    result: Result


class Results(Struct, frozen=True):
    """What the formulas of a workbook come to, by the title of their sheet and their address."""

    by_sheet: dict[str, dict[str, Result]] = field(default_factory=dict)

    def put(self, sheet: Worksheet, row: int, column: int, live: Live, style: str) -> None:
        put_formula(sheet, row, column, live.formula, style)
        self.by_sheet.setdefault(sheet.title, {})[f"{letter(column)}{row}"] = live.result

    def of(self, sheet: Worksheet) -> Mapping[str, Result]:
        return self.by_sheet.get(sheet.title, {})
