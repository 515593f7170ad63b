"""A list that fills a sheet: titles, rows, a total row; frozen, filtered, printed in landscape."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from openpyxl.utils import get_column_letter as letter
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.sheet import HIGHEST, Value, heads, page, put, put_row, widths

_FOLDED = ("cellule longue", "calcul")
_TOTALS = {"entier": "total entier", "euros": "total euros"}


@dataclass(frozen=True, slots=True)
class Column:
    """`total` stands in the last row, which there is when a column has one."""

    title: str
    width: float
    style: str = "cellule"
    total: Value = None


def write_listing(
    sheet: Worksheet,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Value]],
    *,
    title: str,
    footer: str = "",
    freeze: str = "A2",
    table: str = "",
) -> None:
    """The header is row 1 and the total row is outside the filter; `title` is only printed.

    `table` names an Excel table of the rows, for pivot tables: the name is a word, and the
    titles of the columns all differ.
    """
    styles = [column.style for column in columns]
    widths(sheet, [column.width for column in columns])
    put_row(sheet, 1, [column.title for column in columns], heads(styles))
    sheet.row_dimensions[1].height = 32
    for at, row in enumerate(rows, start=2):
        put_row(sheet, at, row, styles)
        needed = [
            ceil(len(str(value)) / (column.width - 2))
            for value, column in zip(row, columns, strict=True)
            if value is not None and column.style in _FOLDED
        ]
        sheet.row_dimensions[at].height = min(3 + 15 * max([1, *needed]), HIGHEST)
    last = 1 + len(rows)
    if any(column.total is not None for column in columns):
        for at, column in enumerate(columns, start=1):
            plain = isinstance(column.total, str) or column.total is None
            style = "total libellé" if plain else _TOTALS[column.style]
            put(sheet, last + 1, at, column.total, style)
        sheet.row_dimensions[last + 1].height = 20
    sheet.freeze_panes = freeze
    area = f"A1:{letter(len(columns))}{last}"
    if table and rows:  # a table without rows is one that Excel repairs
        # It brings its own filter, and no look of its own: that of the cells stays.
        sheet.add_table(Table(displayName=table, name=table, ref=area))
    else:
        sheet.auto_filter.ref = area
    page(sheet, title=title, landscape=True, repeat="1:1", footer=footer)
