"""The rows of a long table as text, as rich would set them: it takes half a millisecond a row."""

from collections.abc import Iterator, Sequence
from copy import deepcopy

from rich import box
from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.segment import Segment, Segments
from rich.table import Column, Table
from rich.text import Text

Row = Sequence[str]


def print_long(console: Console, table: Table, rows: Sequence[Row]) -> None:
    """Print a table of columns that has no row yet, with these."""
    widths = _widths(console, deepcopy(table), rows)
    if min(widths) < 1:  # no room: rich alone knows what is left of the space between columns
        for row in rows:
            table.add_row(*map(Text, row))
        console.print(table)
        return
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    lines = console.render_lines(table, pad=False)
    _print(console, lines[:-1])
    # On a console whose encoding is of one byte, rich draws every box in ASCII.
    drawn = (table.box or box.SIMPLE_HEAD).substitute(console.options)
    left, between, right = drawn.mid_left, f" {drawn.mid_vertical}", drawn.mid_right
    for row in rows:
        for line in _lines(console, table.columns, widths, row):
            console.file.write(f"{left}{between.join(line)}{right}\n")
    _print(console, lines[-1:])


def _widths(console: Console, table: Table, rows: Sequence[Row]) -> list[int]:
    """What rich gives to the contents of each column, of which it asks the widest cell alone."""
    table.add_row(*(Text(max(cells, key=_width)) for cells in zip(*rows, strict=True)))
    room = console.options.update_width(max(0, console.width - table._extra_width))
    found = table._calculate_column_widths(console, room)
    return [width - table._get_padding_width(at) for at, width in enumerate(found)]


def _lines(
    console: Console, columns: Sequence[Column], widths: Sequence[int], row: Row
) -> Iterator[Sequence[str]]:
    cells = [_folded(console, *own) for own in zip(columns, widths, row, strict=True)]
    height = max(map(len, cells))
    for width, lines in zip(widths, cells, strict=True):
        lines.extend([" " * width] * (height - len(lines)))
    yield from zip(*cells, strict=True)


def _folded(console: Console, column: Column, width: int, cell: str) -> list[str]:
    """The lines of a cell, each as wide as its column."""
    if "\n" in cell or cell_len(cell) > width:
        text = Text(cell, justify=column.justify, overflow="fold", no_wrap=column.no_wrap)
        return [set_cell_size(line.plain, width) for line in text.wrap(console, width)]
    cell = cell.rstrip()
    room = " " * (width - cell_len(cell))
    return [room + cell if column.justify == "right" else cell + room]


def _print(console: Console, lines: Sequence[Sequence[Segment]]) -> None:
    console.print(Segments([one for line in lines for one in (*line, Segment.line())]), end="")


def _width(cell: str) -> int:
    return max(map(cell_len, cell.split("\n")))
