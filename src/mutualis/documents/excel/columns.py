"""A table declared column by column: what a column holds stands with its title, not beside it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, Generic, TypeVar

from openpyxl.utils import get_column_letter as letter
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.rows import LongTable, Sheet
from mutualis.documents.excel.sheet import Value, heads, put, put_formula, put_row, safe
from mutualis.domain.value import Struct

T = TypeVar("T")
Height = Callable[[Sequence[Value]], float | None]
_FOLDED = ("cellule longue", "calcul")
_TOTALS = {"entier": "total entier", "euros": "total euros"}


class Column(Struct, Generic[T], frozen=True):
    """`value` makes the cell of a row and `total` that of the total row, from all the rows; with
    `formula`, both are formulas. `width` is 0 in a table that another one above makes wide. One
    `where_any` is there only where it has something to say; one that is not `printed` is the last
    of its table."""

    title: str | None
    value: Callable[[T], Value]
    width: float = 0
    style: str = "cellule"
    total: Callable[[Sequence[T]], Value] = lambda _: None
    formula: bool = False
    where_any: bool = False
    printed: bool = True

    @property
    def folds(self) -> bool:
        """Whether a long text takes several lines in it."""
        return self.style in _FOLDED


C = TypeVar("C", bound=Column[Any])


def summing(
    title: str, value: Callable[[T], int | Decimal], width: float = 0, style: str = "euros"
) -> Column[T]:
    """A column whose total is its sum."""
    return Column(title, value, width, style, lambda items: sum(value(item) for item in items))


def place_of(columns: Iterable[str], name: str) -> int:
    """The number of a column, from 1, among the names of a table."""
    return 1 + list(columns).index(name)


def letter_of(columns: Iterable[str], name: str) -> str:
    return letter(place_of(columns, name))


def shown(columns: Mapping[str, C], items: Iterable[T]) -> dict[str, C]:
    """The columns that have something to say of the items."""
    found = list(items)
    return {
        name: column
        for name, column in columns.items()
        if not column.where_any or any(column.value(item) for item in found)
    }


def write_table(
    sheet: Worksheet,
    row: int,
    columns: Collection[Column[T]],
    items: Sequence[T],
    wide: int = 0,
    *,
    height: Height | None = None,
) -> int:
    """The titles in `row`, a row an item, a total row when a column has a total; returns the row
    after it. The lines go on up to the column `wide`, where another table has more of them.

    With `height`, that of a row by its values, the table is a long one: its rows are made when the
    book is saved, and no cell of theirs can be read.
    """
    blank: Column[T] = Column(None, lambda _: None)
    columns = [*columns, *[blank] * (wide - len(columns))]
    put_row(sheet, row, [c.title for c in columns], heads([c.style for c in columns]))
    if height is None:
        for below, item in enumerate(items, start=row + 1):
            for at, column in enumerate(columns, start=1):
                _put(sheet, below, at, column, column.value(item), column.style)
    else:
        assert isinstance(sheet, Sheet)
        looks = [(column.style, column.formula) for column in columns]
        rows = partial(_long, columns, items, height)
        sheet.long.append(LongTable(row + 1, len(items), looks, rows))
    after = row + 1 + len(items)
    totals = [column.total(items) for column in columns]
    if all(total is None for total in totals):
        return after
    for at, (column, total) in enumerate(zip(columns, totals, strict=True), start=1):
        is_text = total is None or (isinstance(total, str) and not column.formula)
        style = "total libellé" if is_text else _TOTALS[column.style]
        _put(sheet, after, at, column, total, style)
    return after + 1


def _long(
    columns: Sequence[Column[T]], items: Sequence[T], height: Height
) -> Iterator[tuple[Sequence[Value], float | None]]:
    for item in items:
        values = [safe(column.value(item)) for column in columns]
        yield values, height(values)


def _put(sheet: Worksheet, row: int, at: int, column: Column[T], value: Value, style: str) -> None:
    write = put_formula if column.formula else put
    write(sheet, row, at, value, style)
