"""What every sheet shares: named styles, safe text, A4 page set-up, safe sheet names."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import ceil

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter as letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.plain import clean

EUROS = '#,##0.00" €"'
RATE = '#,##0.00####" €"'
WHOLE = "#,##0"
_FONT = "Calibri"
_INK, _SOFT, _RULE, _PAPER = "FF1F2A37", "FF5B6776", "FF8A94A1", "FFE9EDF2"
_ALERT, _ALERT_PAPER, _DOUBT_PAPER = "FF9C1C1C", "FFFBE9E7", "FFFFF3CD"

Value = str | int | Decimal | None
HIGHEST = 400  # points; Excel takes no row above 409


def add_styles(book: Workbook) -> None:
    """Register the styles that `put` names; each cell then only carries a style's number."""
    for style in _styles():
        book.add_named_style(style)


def put(sheet: Worksheet, row: int, column: int, value: Value, style: str) -> Cell:
    """Write a value. A text stays a text, whatever it begins with."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    if isinstance(value, str):
        cell.value = clean(value)
        cell.data_type = "s"
    else:
        cell.value = value
    cell.style = style
    return cell


def put_row(
    sheet: Worksheet, row: int, values: Iterable[Value], styles: Sequence[str], first: int = 1
) -> None:
    for offset, (value, style) in enumerate(zip(values, styles, strict=True)):
        put(sheet, row, first + offset, value, style)


def put_formula(sheet: Worksheet, row: int, column: int, formula: str, style: str) -> None:
    """Write a live formula, made by the program and never from a file's text."""
    cell = sheet.cell(row, column, formula)
    cell.style = style


def put_wide(
    sheet: Worksheet, row: int, first: int, last: int, text: str, style: str, line: float = 15
) -> None:
    """Write a text across columns, wrapped, and give the row the height that it needs."""
    put(sheet, row, first, text, style)
    for column in range(first + 1, last + 1):
        sheet.cell(row, column).style = style
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
    sides |= {"cellule centrée": "tête", "calcul": "tête calcul"}
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
    """A4, one page wide, page numbers, the title in the printed header."""
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 1 if one_page else 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.55
    sheet.page_margins.top, sheet.page_margins.bottom = 0.75, 0.7
    sheet.print_options.horizontalCentered = True
    if repeat:
        sheet.print_title_rows = repeat
    safe = clean(title).replace("&", "&&")
    _mark(sheet.oddHeader, "left", safe, 9)
    _mark(sheet.oddFooter, "left", clean(footer).replace("&", "&&"), 8)
    if not one_page:
        _mark(sheet.oddFooter, "right", "page &P/&N", 8)
    sheet.sheet_view.showGridLines = False


def sheet_name(text: str, taken: Iterable[str]) -> str:
    """A free name that Excel takes: 31 characters, none of []:*?/\\, no outer quote."""
    base = re.sub(r"[\[\]:*?/\\]", " ", clean(text)).strip().strip("'")[:31] or "Feuille"
    used = {name.lower() for name in taken}
    name, rank = base, 2
    while name.lower() in used:
        suffix = f" ({rank})"
        name, rank = base[: 31 - len(suffix)] + suffix, rank + 1
    return name


def _mark(item: HeaderFooterItem | None, side: str, text: str, size: int) -> None:
    assert item is not None
    part = getattr(item, side)
    part.text, part.size = text, size


def _styles() -> list[NamedStyle]:
    thin = Side(style="thin", color=_RULE)
    hair = Side(style="hair", color=_RULE)
    body = Font(name=_FONT, size=11, color=_INK)
    soft = Font(name=_FONT, size=10, color=_SOFT)
    bold = Font(name=_FONT, size=11, bold=True, color=_INK)
    top_left = Alignment(vertical="top", wrap_text=True)
    left = Alignment(vertical="center")
    right = Alignment(horizontal="right", vertical="center")
    indented = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=2)
    center = Alignment(horizontal="center", vertical="center", wrap_text=True)
    under = Border(bottom=hair)
    total = Border(top=thin, bottom=Side(style="double", color=_RULE))
    shade = PatternFill("solid", fgColor=_PAPER)
    alert = PatternFill("solid", fgColor=_ALERT_PAPER)
    boxed = Border(left=thin, right=thin, top=thin, bottom=thin)

    def style(
        name: str,
        font: Font,
        alignment: Alignment,
        border: Border | None = None,
        fill: PatternFill | None = None,
        form: str = "General",
    ) -> NamedStyle:
        made = NamedStyle(name=name, font=font, alignment=alignment, number_format=form)
        if border is not None:
            made.border = border
        if fill is not None:
            made.fill = fill
        return made

    title = Font(name=_FONT, size=18, bold=True, color=_INK)
    heading = Font(name=_FONT, size=13, bold=True, color=_INK)
    warn = Font(name=_FONT, size=11, bold=True, color=_ALERT)
    stamp = Font(name=_FONT, size=20, bold=True, color=_ALERT)
    return [
        style("titre", title, left),
        style("intertitre", heading, left),
        style(
            "alerte",
            warn,
            Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1),
            boxed,
            alert,
        ),
        style("tampon", stamp, right),
        style("corps", body, left),
        style("paragraphe", body, top_left),
        style("gras", bold, left),
        style("paragraphe gras", bold, top_left),
        style("discret", soft, left),
        style("note", soft, top_left),
        style("tête", bold, center, Border(top=thin, bottom=thin), shade),
        style(
            "tête gauche",
            bold,
            Alignment(vertical="center", wrap_text=True),
            Border(top=thin, bottom=thin),
            shade,
        ),
        style(
            "tête droite",
            bold,
            Alignment(horizontal="right", vertical="center", wrap_text=True),
            Border(top=thin, bottom=thin),
            shade,
        ),
        style("cellule", body, Alignment(vertical="center", wrap_text=False), under),
        style("texte", body, left, under, form="@"),
        style("faute", warn, left, boxed, alert, "@"),
        style("doute", bold, left, boxed, PatternFill("solid", fgColor=_DOUBT_PAPER), "@"),
        style("cellule longue", body, Alignment(vertical="center", wrap_text=True), under),
        style("calcul", body, indented, under),
        style("tête calcul", bold, indented, Border(top=thin, bottom=thin), shade),
        style("retrait", body, Alignment(vertical="top", wrap_text=True, indent=1)),
        style("cellule centrée", body, Alignment(horizontal="center", vertical="center"), under),
        style("entier", body, right, under, form=WHOLE),
        style("note chiffrée", body, right, under, form="0.0000"),
        style("score", body, right, under, form="0.00"),
        style("euros", body, right, under, form=EUROS),
        style("tarif", body, right, under, form=RATE),
        style("total libellé", bold, left, total),
        style("total entier", bold, right, total, form=WHOLE),
        style("total euros", bold, right, total, form=EUROS),
        style("net", heading, right, Border(top=thin, bottom=thin), shade, EUROS),
        style("net libellé", heading, left, Border(top=thin, bottom=thin), shade),
        style(
            "encadré",
            bold,
            Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1),
            boxed,
        ),
    ]
