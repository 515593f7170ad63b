"""A list that fills a sheet: titles, rows, a total row; frozen, filtered, printed in landscape."""

from collections.abc import Sequence

from openpyxl.utils import get_column_letter as letter
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.columns import Column, T, write_table
from mutualis.documents.excel.printed import LINE, fitted, lines, room
from mutualis.documents.excel.sheet import HIGHEST, page, widths


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
    after, last = write_table(sheet, 1, columns, items), 1 + len(items)
    folded = [(at, wide[at - 1]) for at, c in enumerate(columns, start=1) if c.folds]
    for row in range(1, last + 1):
        places = enumerate(wide, start=1) if row == 1 else folded
        texts = [(sheet.cell(row, at).value, width) for at, width in places]
        needed = [lines(text, width) for text, width in texts if text is not None]
        sheet.row_dimensions[row].height = min(3 + LINE * max([1, *needed]), HIGHEST)
    if after > last + 1:
        sheet.row_dimensions[last + 1].height = 20
    titles = [column.title for column in columns]
    sheet.freeze_panes = f"{letter(1 + titles.index(freeze)) if freeze else 'A'}2"
    area = f"A1:{letter(len(columns))}{last}"
    if table and items:  # a table without rows is one that Excel repairs
        # It brings its own filter, and no look of its own: that of the cells stays.
        sheet.add_table(Table(displayName=table, name=table, ref=area))
    else:
        sheet.auto_filter.ref = area
    if len(on_paper) < len(columns):
        sheet.print_area = f"A1:{letter(len(on_paper))}{after - 1}"
    page(sheet, title=title, landscape=True, repeat="1:1", footer=footer)
