"""data/movements.csv: who a commune was and became, one row a code before and after."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mutualis.domain.communes.movement_rules import contradictions
from mutualis.domain.communes.movements import Movement, MovementKind, Movements
from mutualis.domain.french.names import fold, nearest
from mutualis.domain.problems.problem import Problem, has_errors
from mutualis.domain.problems.refusals import Refusal, UnusableData
from mutualis.files.tables import cells
from mutualis.files.tables.appended import with_rows
from mutualis.files.tables.input_table import (
    changed_meanwhile,
    is_there,
    parse_input,
    read_input,
)
from mutualis.files.tables.row_reader import RowReader
from mutualis.files.tables.table import Cell, FileRow, Table
from mutualis.files.tables.text import BOM, read_bytes

if TYPE_CHECKING:
    from mutualis.files.tables.value_sheet import ValueSheet

NAME = "data/movements.csv"
REQUIRED = ("date_effet", "type", "code_avant", "code_apres")
OPTIONAL = ("commune_avant", "commune_apres", "source")
COLUMNS = (
    *("date_effet", "type", "code_avant", "commune_avant"),
    *("code_apres", "commune_apres", "source"),
)
FIRST_YEAR = 1900  # INSEE's movements begin in 1943
_NEW = BOM + f"{';'.join(COLUMNS)}\n".encode()
_NO_CODE = {MovementKind.JOINED: "code_avant", MovementKind.LEFT: "code_apres"}


def read_movements(root: Path) -> tuple[Movements, list[Problem]]:
    """The movements; none when the workspace has no such file."""
    if not is_there(root, NAME):
        return Movements(), []
    return _parsed(*read_input(root, NAME, REQUIRED, OPTIONAL))


def parse_movements(name: str, data: bytes) -> tuple[Movements, list[Problem]]:
    """The movements of bytes that may not be in the file `name` yet."""
    return _parsed(name, parse_input(name, data, REQUIRED, OPTIONAL))


def _parsed(name: str, table: Table) -> tuple[Movements, list[Problem]]:
    problems = list(table.problems)
    rows: list[Movement] = []
    for row in table.rows:
        movement, found = _movement(row)
        problems.extend(found)
        if movement is not None:
            rows.append(movement)
    movements = Movements.of(rows, name)
    return movements, [*problems, *contradictions(movements)]


def _movement(row: FileRow) -> tuple[Movement | None, list[Problem]]:
    reader = RowReader(row, ("date_effet", "type"))
    day = reader.read("date_effet", _day)
    kind = reader.read("type", _kind)
    before = reader.read("code_avant", cells.insee_code) or ""
    after = reader.read("code_apres", cells.insee_code) or ""
    names = reader.text("commune_avant"), reader.text("commune_apres")
    origin = reader.text("source")
    if kind is not None:
        reader.problems.extend(_sides(row, kind, before, after))
    if day is None or kind is None or reader.problems:
        return None, [*reader.warnings, *reader.problems]
    place = row["code_avant" if before else "code_apres"].source
    movement = Movement(day, kind, before, names[0], after, names[1], origin, place)
    return movement, reader.warnings


def _day(cell: Cell) -> date | Problem:
    day = cells.day(cell)
    if isinstance(day, date) and day.year < FIRST_YEAR:
        facts = {"value": cell.text[:40], "what": f"une date depuis {FIRST_YEAR}", "guess": ""}
        return Problem("C20", cell.source, facts)
    return day


def _kind(cell: Cell) -> MovementKind | Problem:
    known = {fold(kind): kind for kind in MovementKind}
    kind = known.get(fold(cell.text))
    if kind is not None:
        return kind
    close = nearest(cell.text, MovementKind, limit=1)
    facts = {
        "value": cell.text[:40],
        "known": ", ".join(MovementKind),
        "guess": f" Lire sans doute « {close[0]} »." if close else "",
    }
    return Problem("M01", cell.source, facts)


def _sides(row: FileRow, kind: MovementKind, before: str, after: str) -> Iterator[Problem]:
    """A code that the kind of movement needs, or has no place for."""
    codes = {column: row[column] for column in ("code_avant", "code_apres")}
    empty = _NO_CODE.get(kind)
    for column, cell in codes.items():
        facts = {"kind": str(kind), "column": column, "code": cell.text[:40]}
        if cell.text and column == empty:
            yield Problem("M03", cell.source, facts)
        elif not cell.text and column != empty:
            yield Problem("M02", cell.source, facts)
    if kind is MovementKind.NEW_NAME and before and after and before != after:
        yield Problem("M04", codes["code_apres"].source, {"before": before, "after": after})


def with_movements(root: Path, added: Sequence[Movement], known: Movements) -> "bytes | ValueSheet":
    """The file with the movements at its end, the rest of its bytes kept; a new one where there
    is none. A workbook is left as it is: its sheet, to be put beside it.

    Raises NotWritten when it does not say any more what was read as `known`, UnusableData when
    the movements contradict those, Refusal when its encoding cannot hold a name.
    """
    name = known.file or NAME
    before = read_bytes(root, name) if is_there(root, NAME) else _NEW
    if isinstance(before, Problem) or parse_movements(name, before)[0].rows != known.rows:
        raise changed_meanwhile(name)
    columns, new = (*REQUIRED, *OPTIONAL), [_cells(row) for row in added]
    if name != NAME:
        from mutualis.files.tables.value_sheet import ValueSheet  # noqa: PLC0415  # few give one

        sheet = ValueSheet(name, before, columns)
        for row in new:
            sheet.append(None, row)
        return sheet
    try:
        after = with_rows(NAME, before, columns, new)
    except UnicodeEncodeError:
        raise Refusal("files.name_beyond_windows_1252", path=NAME) from None
    check_written(NAME, after, added, known)
    return after


def check_written(name: str, after: bytes, added: Sequence[Movement], known: Movements) -> None:
    """Read the bytes that are to be written back: raises UnusableData on an error in them."""
    movements, problems = parse_movements(name, after)
    if has_errors(problems):
        raise UnusableData(problems)
    if {row.key for row in movements.rows} != {row.key for row in (*known.rows, *added)}:
        raise AssertionError(f"the movements read back from {name} are not those written")


def _cells(movement: Movement) -> dict[str, str]:
    texts = (
        *(movement.day.isoformat(), movement.kind.value),
        *(movement.code_before, movement.name_before),
        *(movement.code_after, movement.name_after, movement.origin),
    )
    return dict(zip(COLUMNS, texts, strict=True))
