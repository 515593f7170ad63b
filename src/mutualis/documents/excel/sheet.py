"""What every sheet shares: safe text, links, A4 page set-up, safe sheet names."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from math import ceil

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter as letter
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel import printed
from mutualis.documents.wording.plain import clean

Value = str | int | Decimal | date | None
HIGHEST = 400  # points; Excel takes no row above 409
_MOST_PRINTED = 200


def put(sheet: Worksheet, row: int, column: int, value: Value, style: str) -> Cell:
    """Write a value, a date in a style of dates. A text stays a text, whatever it begins with."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    dress(cell, style)
    cell.value = safe(value)
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def safe(value: Value) -> Value:
    return clean(value) if isinstance(value, str) else value


def dress(cell: Cell, style: str) -> None:
    """Give a cell a style of its book, which all its cells share: `cell.style` would make a copy
    of it for each."""
    styles = cell.parent.parent._named_styles  # type: ignore[union-attr]
    cell._style = styles[style].as_tuple()  # type: ignore[attr-defined]


def link(cell: Cell, sheet: str, address: str, tip: str, style: str = "lien") -> None:
    """Make a cell lead to a cell of another sheet of the same workbook."""
    target = f"{quote_sheetname(sheet)}!{address}"
    cell.hyperlink = Hyperlink(cell.coordinate, location=target, tooltip=tip)
    dress(cell, style)


def put_row(
    sheet: Worksheet, row: int, values: Iterable[Value], styles: Sequence[str], first: int = 1
) -> None:
    for offset, (value, style) in enumerate(zip(values, styles, strict=True)):
        put(sheet, row, first + offset, value, style)


def put_formula(sheet: Worksheet, row: int, column: int, formula: Value, style: str) -> Cell:
    """Write a live formula, made by the program and never from a file's text."""
    cell = sheet.cell(row, column, formula)
    assert isinstance(cell, Cell)
    dress(cell, style)
    return cell


def put_wide(
    sheet: Worksheet,
    row: int,
    first: int,
    last: int,
    text: str,
    style: str,
    line: float = printed.LINE,
) -> None:
    """Write a text across columns, wrapped, and give the row the height that it needs."""
    put(sheet, row, first, text, style)
    for column in range(first + 1, last + 1):
        put(sheet, row, column, None, style)
    # The cells are empty and styled already: merge_cells() would do both again, at half the
    # cost of the whole workbook.
    sheet.merged_cells.add(f"{letter(first)}{row}:{letter(last)}{row}")
    width = sum(sheet.column_dimensions[letter(column)].width for column in range(first, last + 1))
    lines = sum(max(1, ceil(len(part) / max(width, 1))) for part in text.split("\n"))
    sheet.row_dimensions[row].height = max(line * lines, sheet.row_dimensions[row].height or 0)


def heads(styles: Sequence[str]) -> list[str]:
    """The style of each title, from that of the cells under it: figures to the right."""
    sides = {"entier": "tête droite", "euros": "tête droite", "tarif": "tête droite"}
    sides |= {"score": "tête droite", "note chiffrée": "tête droite"}
    sides |= {"cellule centrée": "tête", "date": "tête", "calcul": "tête calcul"}
    return [sides.get(style, "tête gauche") for style in styles]


def widths(sheet: Worksheet, values: Sequence[float]) -> None:
    for column, width in enumerate(values, start=1):
        sheet.column_dimensions[letter(column)].width = width


def page(
    sheet: Worksheet,
    *,
    title: str,
    landscape: bool = False,
    repeat: str | None = None,
    one_page: bool = False,
    footer: str = "",
) -> None:
    """A4, the title in the printed header, page numbers; called when the rest is written.

    As many pages wide as its columns need, whose frozen columns are repeated; `one_page`, if it
    stays readable. A sheet with page breaks has a scale: Excel heeds them only then.
    """
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    wide, within = printed.printed_widths(sheet), printed.room(landscape=landscape)
    across = printed.pages_across(wide, printed.frozen(sheet), within)
    if one_page:
        height = printed.bottom(sheet, sheet.max_row)
        one_page = height <= printed.depth(landscape=landscape)
    if len(sheet.row_breaks):
        sheet.page_setup.scale = int(100 * printed.LEAST)
    else:
        sheet.page_setup.fitToWidth = across
        sheet.page_setup.fitToHeight = 1 if one_page else 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if across > 1 and printed.frozen(sheet):
        sheet.print_title_cols = f"A:{letter(printed.frozen(sheet))}"
    sheet.page_margins.left = sheet.page_margins.right = printed.SIDES
    sheet.page_margins.top, sheet.page_margins.bottom = printed.TOP, printed.BOTTOM
    sheet.page_margins.header = sheet.page_margins.footer = printed.EDGE
    sheet.print_options.horizontalCentered = True
    if repeat:
        sheet.print_title_rows = repeat
    _mark(sheet.oddHeader, "left", _printed(title))
    _mark(sheet.oddFooter, "left", _printed(footer))
    if not one_page:
        _mark(sheet.oddFooter, "right", "page &P/&N")
    sheet.sheet_view.showGridLines = False


def head_each_page(sheet: Worksheet, mark: str) -> None:
    """Print a mark above each page, on the right, where no title goes."""
    _mark(sheet.oddHeader, "right", f"&B{_printed(mark)}")


def sheet_name(text: str, taken: Iterable[str]) -> str:
    """A free name that Excel takes: 31 characters, none of []:*?/\\, no outer quote."""
    base = re.sub(r"[\[\]:*?/\\]", " ", clean(text)).strip(" '")[:31].rstrip(" '") or "Feuille"
    used = {name.lower() for name in taken}
    name, rank = base, 2
    while name.lower() in used:
        suffix = f" ({rank})"
        name, rank = base[: 31 - len(suffix)] + suffix, rank + 1
    return name


def _printed(text: str) -> str:
    """A header or a footer; Excel repairs one of more than 255 characters, its codes included."""
    safe = clean(text).replace("&", "&&")
    if len(safe) <= _MOST_PRINTED:
        return safe
    cut = safe[: _MOST_PRINTED - 1]
    return cut[: len(cut) - (len(cut) - len(cut.rstrip("&"))) % 2] + "…"


def _mark(item: HeaderFooterItem | None, side: str, text: str) -> None:
    assert item is not None
    part = getattr(item, side)
    part.text, part.size = text, 10
