"""The table of a printed document: its lines, its total, the total in letters."""

from collections.abc import Sequence
from decimal import Decimal
from math import ceil

from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.letterhead import LAST
from mutualis.documents.sheet import HIGHEST, Value, heads, put, put_row, put_wide
from mutualis.domain.letters import euros_in_letters

_FIRST_COLUMN = 40  # characters of the wording, which is folded


def write_amounts(
    sheet: Worksheet,
    row: int,
    header: Sequence[str | None],
    lines: Sequence[Sequence[Value]],
    styles: Sequence[str],
    *,
    label: str,
    amount: Decimal,
    letters: str,
) -> int:
    """Write it from `row` on; `letters` introduces the total in letters. Returns the next row."""
    put_row(sheet, row, header, heads(("cellule", *styles[1:])))
    sheet.row_dimensions[row].height = 22
    for values in lines:
        row += 1
        put_row(sheet, row, values, ("cellule longue", *styles[1:]))
        folded = max(1, ceil(len(str(values[0])) / _FIRST_COLUMN))
        sheet.row_dimensions[row].height = min(8 + 14 * folded, HIGHEST)
    row += 1
    put_row(sheet, row, (label, None, None, None, amount), ("net libellé",) * 4 + ("net",))
    sheet.row_dimensions[row].height = 24
    put(sheet, row + 2, 1, letters, "corps")
    sign = "moins " if amount < 0 else ""
    put_wide(sheet, row + 3, 1, LAST, f"{sign}{euros_in_letters(abs(amount))}", "paragraphe gras")
    return row + 5
