"""Formulas with their results beside them: a protected view computes nothing, and shows those."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from openpyxl.utils import get_column_letter as letter
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.sheet import put_formula

Result = str | int | Decimal


@dataclass(frozen=True, slots=True)
class Live:
    """A formula, from its « = » on, and what it comes to as the workbook is written."""

    formula: str
    result: Result


@dataclass(frozen=True, slots=True)
class Results:
    """What the formulas of a workbook come to, by the title of their sheet and their address."""

    by_sheet: dict[str, dict[str, Result]] = field(default_factory=dict)

    def put(self, sheet: Worksheet, row: int, column: int, live: Live, style: str) -> None:
        put_formula(sheet, row, column, live.formula, style)
        self.by_sheet.setdefault(sheet.title, {})[f"{letter(column)}{row}"] = live.result

    def of(self, sheet: Worksheet) -> Mapping[str, Result]:
        return self.by_sheet.get(sheet.title, {})
