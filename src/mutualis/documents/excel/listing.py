"""A list that fills a sheet: titles, rows, a total row; frozen, filtered, printed in landscape."""

from collections.abc import Iterable, Sequence

from openpyxl.utils import get_column_letter as letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table, TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.columns import Column, T, write_table
from mutualis.documents.excel.printed import LINE, fitted, lines, room
from mutualis.documents.excel.sheet import HIGHEST, Value, page, widths


def write_listing(
    sheet: Worksheet,
    columns: Sequence[Column[T]],
    items: Sequence[T],
    *,
    title: str,
    footer: str = "",
    freeze: str | None = None,
    table: str = "",
) -> None:
    """The header is row 1; the total row, outside the filter, is there when a column has one.

    `title` is only printed; `freeze` is the title of the first column that is not frozen. `table`
    names an Excel table of the rows, for pivot tables: the name is a word, and the titles of the
    columns all differ.
    """
    on_paper = [column for column in columns if column.printed]
    wide = fitted([(c.width, c.folds) for c in on_paper], room(landscape=True))
    wide += [column.width for column in columns[len(on_paper) :]]
    widths(sheet, wide)
    folded = [(at, wide[at]) for at, column in enumerate(columns) if column.folds]

    def height(values: Sequence[Value]) -> float:
        return _height((values[at], width) for at, width in folded)

    after, last = write_table(sheet, 1, columns, items, height=height), 1 + len(items)
    sheet.row_dimensions[1].height = _height(zip((c.title for c in columns), wide, strict=True))
    if after > last + 1:
        sheet.row_dimensions[last + 1].height = 20
    titles = [column.title for column in columns]
    sheet.freeze_panes = f"{letter(1 + titles.index(freeze)) if freeze else 'A'}2"
    area = f"A1:{letter(len(columns))}{last}"
    if table and items:  # a table without rows is one that Excel repairs
        # It brings its own filter, and no look of its own: that of the cells stays.
        made = Table(displayName=table, name=table, ref=area, autoFilter=AutoFilter(ref=area))
        made.tableColumns = [TableColumn(at, name=str(title)) for at, title in enumerate(titles, 1)]
        sheet.add_table(made)
    else:
        sheet.auto_filter.ref = area
    if len(on_paper) < len(columns):
        sheet.print_area = f"A1:{letter(len(on_paper))}{after - 1}"
    page(sheet, title=title, landscape=True, repeat="1:1", footer=footer)


def _height(texts: Iterable[tuple[Value, float]]) -> float:
    """The height of a row, of the texts that may fold in it and the widths of their columns."""
    needed = [lines(text, width) for text, width in texts if text is not None]
    return min(3 + LINE * max([1, *needed]), HIGHEST)
