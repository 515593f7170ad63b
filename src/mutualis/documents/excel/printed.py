"""What a printed sheet obeys: A4, no type under 8 points, no column cut, none left out."""

from collections.abc import Iterable, Sequence
from math import ceil
from textwrap import wrap

from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.utils.cell import get_column_letter as letter
from openpyxl.worksheet.worksheet import Worksheet

LEAST = 0.8  # the smallest scale: all type has 10 points or more
LINE = 13.5  # points: a row of one line
SIDES, TOP, BOTTOM, EDGE = 0.4, 0.7, 0.7, 0.3  # inches: the margins; that of header and footer
POINT = 2.54 / 72  # centimetres
_A4 = (8.27, 11.69)  # inches
_CHARACTER = 5.56 / 72  # inches: a unit of the width of columns, a digit in Arial 10
_SPARE = 0.98  # programs do not all round widths alike


def room(*, landscape: bool) -> int:
    """What the widths of the columns on a page may come to."""
    return int((_A4[landscape] - 2 * SIDES) / _CHARACTER / LEAST * _SPARE)


def depth(*, landscape: bool) -> float:
    """What the heights of the rows on a page may come to, in points."""
    return (_A4[not landscape] - TOP - BOTTOM) * 72 / LEAST * _SPARE


def fitted(columns: Iterable[tuple[float, bool]], within: int) -> list[float]:
    """The widths of columns that are to stand together; those that fold give what lacks, down to
    half of their width: below it, all keep theirs, and pages stand side by side."""
    found = list(columns)
    fixed = sum(width for width, folds in found if not folds)
    folded = sum(width for width, folds in found if folds)
    share = (within - fixed) / folded if folded else 1
    if not 0.5 <= share < 1:
        return [width for width, _ in found]
    return [int(width * share * 10) / 10 if folds else width for width, folds in found]


def lines(text: object, width: float) -> int:
    """On how many lines a column folds a text."""
    room = max(1, int(width) - 1)
    parts = str(text).split("\n")
    return sum(1 if len(part) <= room else max(1, len(wrap(part, room))) for part in parts)


def printed_widths(sheet: Worksheet) -> list[float]:
    """The widths of the columns that are printed."""
    area = sheet.print_area
    last = range_boundaries(area.rpartition("!")[2])[2] if area else sheet.max_column
    return [sheet.column_dimensions[letter(at)].width for at in range(1, (last or 1) + 1)]


def frozen(sheet: Worksheet) -> int:
    """How many columns are frozen."""
    return coordinate_to_tuple(sheet.freeze_panes)[1] - 1 if sheet.freeze_panes else 0


def pages_across(widths: Sequence[float], repeated: int, within: int) -> int:
    """How many pages side by side hold the columns, the first ones `repeated` on each."""
    pages, used, again = 1, 0.0, sum(widths[:repeated])
    for at, width in enumerate(widths):
        if used + width > within and at > repeated:
            pages, used = pages + 1, again
        used += width
    return pages


def bottom(sheet: Worksheet, last: int) -> float:
    """Where the row `last` ends, in points from the top of the sheet."""
    return sum(sheet.row_dimensions[row].height or LINE for row in range(1, last + 1))


def rows_under(centimetres: float) -> int:
    """How many empty rows a chart needs."""
    return ceil(centimetres / POINT / LINE)


def left(sheet: Worksheet, top: int, row: int, *, landscape: bool) -> float:
    """What is left of the page that begins in the row `top`, from the row `row` on; in points."""
    return depth(landscape=landscape) + bottom(sheet, top - 1) - bottom(sheet, row - 1)
