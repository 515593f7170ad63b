"""Formulas with their results beside them: a protected view computes nothing, and shows those."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from xml.sax.saxutils import escape

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


# As openpyxl writes a formula: its value is empty, and it writes none.
_FORMULA = re.compile(
    rb'<c r="(?P<at>[A-Z]+[0-9]+)"(?P<style>[^>]*)>(?P<formula><f>[^<]*</f>)<v ?(?:/>|></v>)</c>'
)


def with_results(data: bytes, results: Mapping[str, Result]) -> bytes:
    """The XML of a sheet with the results of its formulas; one without a result stays as it is."""

    def filled(match: re.Match[bytes]) -> bytes:
        result = results.get(match["at"].decode())
        if result is None:
            return match[0]
        kind = b' t="str"' if isinstance(result, str) else b""
        value = escape(_plain(result)).encode()
        start = b'<c r="' + match["at"] + b'"' + match["style"] + kind + b">"
        return start + match["formula"] + b"<v>" + value + b"</v></c>"

    return _FORMULA.sub(filled, data)


def _plain(result: Result) -> str:
    return f"{result:f}" if isinstance(result, Decimal) else str(result)
