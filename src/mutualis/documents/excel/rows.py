"""The rows of a sheet as they are written; those of a long table are made only then."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any, TypeGuard
from xml.sax.saxutils import escape

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.compat import safe_string
from openpyxl.utils import get_column_letter as letter
from openpyxl.utils.datetime import to_excel
from openpyxl.workbook import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import fromstring

from mutualis.documents.excel.cached import Result
from mutualis.documents.excel.sheet import Value, dress
from mutualis.domain.value import Struct
from mutualis.progress import Task, each

# Codes are texts on purpose: no green corner in each of their cells.
_CODES_ARE_TEXTS = (
    '<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors>'
)


class LongTable(Struct, frozen=True):
    """The `count` rows of a table from the row `first` on, each with its height, None for that of
    the sheet. A column has a style, and tells whether its texts are formulas."""

    first: int
    count: int
    columns: Sequence[tuple[str, bool]]
    rows: Callable[[], Iterable[tuple[Sequence[Value], float | None]]]


class Sheet(Worksheet):
    """A sheet whose `long` tables, from the top down, have no cells; a cell that is put where one
    of them is stands over it."""

    def __init__(self, book: Workbook, title: str) -> None:
        super().__init__(book, title)
        self.long: list[LongTable] = []


class SheetWriter(WorksheetWriter):
    """Writes a row as one text, where openpyxl opens up to three elements a cell. `results` are
    what formulas come to, by address."""

    ws: Sheet

    def __init__(self, sheet: Sheet, results: Mapping[str, Result]) -> None:
        super().__init__(sheet)
        self._results = results

    def write_dimensions(self) -> None:
        """Those of the cells, where there are no others: a sheet need not tell them."""
        if not self.ws.long:
            super().write_dimensions()

    def write_rows(self) -> None:
        stream: Any = self.xf.send(True)
        stored = dict(self.rows())
        with stream.element("sheetData"):
            for table in self.ws.long:
                for at in [row for row in stored if row < table.first]:
                    self.write_row(stream, stored.pop(at), at)
                for at, cells, height in self._made(table):
                    for cell in filter(_is_put, stored.pop(at, ())):
                        cells[cell.col_idx - 1] = self._stored(cell)
                    size = "" if height is None else f' ht="{height:.16g}" customHeight="1"'
                    stream.write(_row(f'r="{at}"{size}', cells))
            for at, others in stored.items():
                self.write_row(stream, others, at)
        self.xf.send(None)  # the generator goes on behind the rows

    def write_row(self, xf: Any, row: Iterable[Cell | MergedCell], row_idx: int) -> None:
        known = self.ws.row_dimensions
        size = dict(known[row_idx]) if row_idx in known else {}
        attributes = " ".join(f'{name}="{value}"' for name, value in {"r": row_idx, **size}.items())
        xf.write(_row(attributes, [self._stored(cell) for cell in filter(_is_put, row)]))

    def write_drawings(self) -> None:
        """After what openpyxl reads and does not write; here is where it stands."""
        self.xf.send(fromstring(_CODES_ARE_TEXTS))
        super().write_drawings()

    def _stored(self, cell: Cell) -> str:
        if cell.hyperlink:
            self.ws._hyperlinks.append(cell.hyperlink)  # type: ignore[attr-defined]
        if cell.comment:
            self.ws._comments.append(CommentRecord.from_cell(cell))  # type: ignore[attr-defined]
        if cell.data_type == "f":
            result = self._results.get(cell.coordinate)
            return _formula(cell.coordinate, cell.style_id, str(cell.value), result)
        return _cell(cell.coordinate, cell.style_id, cell.value)

    def _made(self, table: LongTable) -> Iterator[tuple[int, list[str], float | None]]:
        """The number of each row, the text of its cells, its height."""
        looks = [
            (letter(place), self._style(style), formulas)
            for place, (style, formulas) in enumerate(table.columns, start=1)
        ]
        rows = each(Task.WORKBOOK, table.rows(), table.count)
        for at, (values, height) in enumerate(rows, start=table.first):
            cells = [
                _formula(f"{place}{at}", style, value)
                if formulas and isinstance(value, str)
                else _cell(f"{place}{at}", style, value)
                for (place, style, formulas), value in zip(looks, values, strict=True)
            ]
            yield at, cells, height

    def _style(self, name: str) -> int:
        """The number of a style, as cells bear it."""
        cell = Cell(self.ws, 1, 1)
        dress(cell, name)
        return cell.style_id


def _is_put(cell: Cell | MergedCell) -> TypeGuard[Cell]:
    """Whether a cell was written: openpyxl makes one that is only asked for."""
    return isinstance(cell, Cell) and (
        cell.value is not None or cell.has_style or cell.comment is not None
    )


def _row(attributes: str, cells: Iterable[str]) -> object:
    return fromstring(f"<row {attributes}>{''.join(cells)}</row>")


def _formula(at: str, style: int, formula: str, result: Result | None = None) -> str:
    """Without a result, what it comes to is left to who opens it."""
    kind = ' t="str"' if isinstance(result, str) else ""
    value = "" if result is None else escape(_plain(result))
    return f'<c r="{at}" s="{style}"{kind}><f>{escape(formula[1:])}</f><v>{value}</v></c>'


def _plain(result: Result) -> str:
    return f"{result:f}" if isinstance(result, Decimal) else str(result)


def _cell(at: str, style: int, value: object) -> str:
    start = f'<c r="{at}" s="{style}"'
    if isinstance(value, str):
        if not value:
            return f'{start} t="inlineStr"/>'
        space = ' xml:space="preserve"' if value != value.strip() else ""
        return f'{start} t="inlineStr"><is><t{space}>{escape(value)}</t></is></c>'
    if value is None:
        return f'{start} t="n"/>'
    if isinstance(value, bool):
        return f'{start} t="b"><v>{int(value)}</v></c>'
    dated = isinstance(value, date | time | timedelta)
    number = to_excel(value) if dated else value  # type: ignore[no-untyped-call]
    return f'{start} t="n"><v>{safe_string(number)}</v></c>'
