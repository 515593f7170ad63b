"""A table of steps: columns by name, whose cells read one another."""

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.cached import Live, Results
from mutualis.documents.excel.sheet import Value, heads, put, put_row
from mutualis.domain.value import Struct

T = TypeVar("T")
Cell = Value | Live


class StepColumn(Struct, Generic[T], frozen=True):
    """`cell` makes the cell of an item in a row of the sheet."""

    title: str | None
    cell: Callable[[T, int], Cell]
    style: str = "entier"


def put_cell(
    sheet: Worksheet, results: Results, row: int, column: int, cell: Cell, style: str
) -> None:
    if isinstance(cell, Live):
        results.put(sheet, row, column, cell, style)
    else:
        put(sheet, row, column, cell, style)


def write_steps(
    sheet: Worksheet,
    results: Results,
    rows: range,
    steps: Mapping[str, StepColumn[T]],
    items: Sequence[T],
    wide: int,
) -> None:
    """The titles above `rows`, then an item a row; the lines go on up to the column `wide`."""
    blank: StepColumn[T] = StepColumn(None, lambda _item, _row: None, "cellule")
    head, columns = rows.start - 1, [*steps.values(), *[blank] * (wide - len(steps))]
    sheet.row_dimensions[head].height = 32
    put_row(sheet, head, [c.title for c in columns], heads([c.style for c in columns]))
    for row, item in zip(rows, items, strict=True):
        for place, column in enumerate(columns, start=1):
            put_cell(sheet, results, row, place, column.cell(item, row), column.style)
