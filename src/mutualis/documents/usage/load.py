"""The load of each directorate by month, as a sheet of the workbook."""

from collections.abc import Iterator, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.columns import Column, write_table
from mutualis.documents.excel.sheet import page, put, put_wide, widths
from mutualis.documents.wording import usage as wording
from mutualis.domain.french.typography import MONTHS
from mutualis.domain.usage.load import DirectorateLoad
from mutualis.domain.usage.usage import Usage
from mutualis.domain.value import Struct


class _Line(Struct, frozen=True):
    """One figure of a directorate, month by month; None where there is nothing to say."""

    directorate: str
    what: str
    months: Sequence[int | None]

    @property
    def year(self) -> int | None:
        known = [value for value in self.months if value is not None]
        return sum(known) if known else None


def _month(at: int, name: str) -> Column[_Line]:
    return Column(name.capitalize(), lambda line: line.months[at], 9.8, "entier")


_COLUMNS: tuple[Column[_Line], ...] = (
    Column("Direction", lambda line: line.directorate, 33, "cellule longue"),
    Column("", lambda line: line.what, 13),
    *(_month(at, name) for at, name in enumerate(MONTHS)),
    Column("Année", lambda line: line.year, 8, "entier"),
)


def write_loads(sheet: Worksheet, usage: Usage) -> None:
    """Notes, then three or four lines a directorate."""
    widths(sheet, [column.width for column in _COLUMNS])
    wide = len(_COLUMNS)
    put(sheet, 1, 1, wording.LOAD_TITLE, "intertitre")
    row = 2
    for text, style in (
        (wording.examples(usage), "alerte"),
        (wording.LOAD, "note"),
        (wording.beyond(usage), "encadré"),
        (wording.uncalibrated(usage), "encadré"),
    ):
        if text:
            put_wide(sheet, row, 1, wide, text, style, 18)
            row += 1
    lines = [line for one in usage.loads for line in _lines(one)]
    write_table(sheet, row + 1, _COLUMNS, lines)
    page(sheet, title=f"{wording.title(usage)} - {sheet.title}", landscape=True)


def _lines(one: DirectorateLoad) -> Iterator[_Line]:
    name = wording.directorate(one)
    yield _Line(name, wording.DONE, [month.done or None for month in one.months])
    yield _Line(name, wording.PROMISED, [month.promised or None for month in one.months])
    if not one.is_calibrated:
        yield _Line(name, wording.NO_CAPACITY, [None] * len(one.months))
        return
    yield _Line(name, wording.CAPACITY, [month.capacity for month in one.months])
    if one.beyond:
        yield _Line(name, wording.BEYOND, [month.beyond or None for month in one.months])
