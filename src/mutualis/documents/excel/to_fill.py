"""A table of data as a sheet to fill in: codes are texts, which Excel leaves alone; days and
numbers are what they are."""

from collections.abc import Sequence

from openpyxl.styles import Alignment, Font, NamedStyle
from openpyxl.utils import get_column_letter as letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.sheet import Value, page, put, put_row, widths
from mutualis.domain.french.names import fold
from mutualis.domain.value import Struct

SPARE_ROWS = 400  # empty rows that are ready to be filled in
TEXT, WHOLE, DAY, OTHER = "texte à saisir", "entier à saisir", "date à saisir", "valeur à saisir"
MOMENT, TIME, SPAN = "instant à saisir", "heure à saisir", "durée à saisir"
_MOST_FROZEN = 4  # columns, which leave room for others


class FilledColumn(Struct, frozen=True):
    """`style` is that of its empty cells too."""

    title: str
    width: float
    style: str


# The values of a row, each with the style of its cell.
Row = Sequence[tuple[Value, str]]


def styles() -> list[NamedStyle]:
    """Texts stay as they are typed; whole numbers have no separator, dates show in French."""
    font = Font(name="Arial", size=10)
    center = Alignment(horizontal="center")
    return [
        NamedStyle(TEXT, font, alignment=Alignment(horizontal="left"), number_format="@"),
        NamedStyle(WHOLE, font, alignment=center, number_format="0"),
        NamedStyle(DAY, font, alignment=center, number_format="dd/mm/yyyy"),
        NamedStyle(OTHER, font),
        NamedStyle(MOMENT, font, alignment=center, number_format="dd/mm/yyyy hh:mm:ss"),
        NamedStyle(TIME, font, alignment=center, number_format="hh:mm:ss"),
        NamedStyle(SPAN, font, alignment=center, number_format="[h]:mm:ss"),
    ]


def write_to_fill(
    sheet: Worksheet,
    columns: Sequence[FilledColumn],
    rows: Sequence[Row],
    *,
    title: str,
    frozen: str,
    rules: Sequence[tuple[DataValidation, str]] = (),
) -> None:
    """The titles, the rows, and empty ones after them. The columns up to the one `frozen` stay in
    sight, unless they are too many; each rule is about the column of that title, if it is there.
    """
    titles = [fold(column.title) for column in columns]
    widths(sheet, [max(column.width, len(column.title) + 2) for column in columns])
    put_row(sheet, 1, [column.title for column in columns], ["tête gauche"] * len(columns))
    sheet.row_dimensions[1].height = 24
    for at, row in enumerate(rows, start=2):
        for place, (value, style) in enumerate(row, start=1):
            put(sheet, at, place, value, style)
    last = 1 + len(rows) + SPARE_ROWS
    looks = [column.style for column in columns]
    for at in range(2 + len(rows), last + 1):
        put_row(sheet, at, [None] * len(columns), looks)
    for rule, name in rules:
        if fold(name) in titles:
            column = letter(titles.index(fold(name)) + 1)
            rule.add(f"{column}2:{column}{last}")
            sheet.add_data_validation(rule)
    kept = titles.index(frozen) + 1 if frozen in titles[:_MOST_FROZEN] else 0
    sheet.freeze_panes = f"{letter(kept + 1)}2"
    sheet.auto_filter.ref = f"A1:{letter(len(columns))}{last}"
    sheet.print_area = f"A1:{letter(len(columns))}{max(2, 1 + len(rows))}"
    page(sheet, title=title, landscape=True, repeat="1:1")
    sheet.sheet_view.showGridLines = True
