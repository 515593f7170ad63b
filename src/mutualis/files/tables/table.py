"""A table as rows of cells, each of which can tell its line, column and Excel address.

What a CSV file and a workbook have in common, once each is read as records.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from mutualis.domain.french.names import fold, nearest
from mutualis.domain.french.typography import number
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.value import Struct
from mutualis.files.tables.readings import misread
from mutualis.files.tables.signs import look_at

MOST_ROWS, MOST_COLUMNS = 200_000, 500
# The columns that hold one name of a place, in ours and INSEE's files.
_NAMES = ("commune", "ville", "commune avant", "commune apres", "com", "libelle av", "libelle ap")

# What a cell of a workbook can hold.
Held = str | int | Decimal | date | time | timedelta | None


class Record(NamedTuple):
    """One row as read: its line in the file and its row in Excel, both from 1; `raw` is the line
    as it is shown to people."""

    line: int
    rank: int
    cells: list[str]
    raw: str


class Cell(Struct):
    """`at` is its place, or the row that can tell it. `fault` is what no reading of the text can
    mend: it is among the problems of its table."""

    text: str
    at: "Source | FileRow"
    column: str = ""
    fault: Problem | None = None

    @property
    def source(self) -> Source:
        return self.at if isinstance(self.at, Source) else self.at.place(self.column)


class FileRow(Struct, frozen=True):
    """The `texts` of one row by column name, none of them empty, and their `faults`; `columns` are
    the positions of all that the file has. The place of a cell is made when it is asked for: most
    of them never are.
    """

    file: str
    columns: Mapping[str, int]
    record: Record
    texts: dict[str, str]
    faults: dict[str, Problem]

    def __getitem__(self, column: str) -> Cell:
        return Cell(self.texts.get(column, ""), self, column, self.faults.get(column))

    def text(self, column: str) -> str:
        return self.texts.get(column, "")

    @property
    def source(self) -> Source:
        return Source(self.file, self.record.line, excerpt=self.record.raw)

    def place(self, column: str) -> Source:
        """Where a cell stands: the row, for a column that the file lacks."""
        position = self.columns.get(column)
        if position is None:
            return self.source
        record = self.record
        text = record.cells[position] if position < len(record.cells) else ""
        return Source(
            self.file,
            record.line,
            position + 1,
            _address(position, record),
            column,
            record.raw,
            _caret(record, position),
            max(1, len(text.strip())),
        )


class CellPlaces(Mapping[str, Source]):
    """The place of each cell of a row, by column."""

    def __init__(self, row: FileRow) -> None:
        self._row = row

    def __getitem__(self, column: str) -> Source:
        if column not in self._row.columns:
            raise KeyError(column)
        return self._row.place(column)

    def __iter__(self) -> Iterator[str]:
        return iter(self._row.columns)

    def __len__(self) -> int:
        return len(self._row.columns)


class Table(Struct, frozen=True):
    rows: tuple[FileRow, ...]
    problems: tuple[Problem, ...]


# Whether a row is wanted, from the position of each known column and the texts of the row.
Keep = Callable[[Mapping[str, int], Sequence[str]], bool]


def make_table(
    name: str,
    records: Sequence[Record],
    required: Sequence[str],
    optional: Sequence[str] = (),
    keep: Keep | None = None,
) -> Table:
    """The rows under the first record, which holds the titles; blank ones are skipped, unknown
    columns are ignored. In `optional`, « prix_* » is every other column whose title begins so,
    read under the title that it has.

    Every problem is collected: missing or doubled columns, rows with a cell too many. `keep`
    leaves out sound rows that nobody needs, before their cells are located.
    """
    header = records[0]
    columns, problems = _columns(name, header, (required, optional))
    if any(problem.code in ("C06", "C24") for problem in problems):
        return Table((), tuple(problems))
    width = len(header.cells)
    named = frozenset(column for column in columns if fold(column) in _NAMES)
    rows = []
    for record in records[1:]:
        if not any(cell.strip() for cell in record.cells):
            continue
        if len(record.cells) > width and any(cell.strip() for cell in record.cells[width:]):
            source = Source(name, record.line, excerpt=record.raw)
            facts = {
                "what": f"{len(record.cells)} cellules pour {width} colonnes",
                "how": "supprimer la cellule de trop, ou mettre entre guillemets le texte qui "
                "contient le séparateur",
            }
            problems.append(Problem("C18", source, facts))
        elif keep is None or keep(columns, record.cells):
            rows.append(_row(name, columns, record, problems, named))
    return Table(tuple(rows), tuple(problems))


def titles_known(cells: Sequence[str], known: Sequence[str]) -> int:
    """How many cells are names of known columns."""
    wanted = {fold(name) for name in known}
    return sum(fold(cell) in wanted for cell in cells)


def no_header(name: str, line: int, what: str, required: Sequence[str]) -> Problem:
    """C05: the titles are not where they should be."""
    return Problem("C05", Source(name, line), {"what": what, "columns": ";".join(required)})


@lru_cache(maxsize=512)
def letters(column: int) -> str:
    """The name that Excel gives a column, from 1: A, Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _columns(
    name: str, header: Record, names: tuple[Sequence[str], Sequence[str]]
) -> tuple[dict[str, int], list[Problem]]:
    """The position of each known column, and what is wrong with the titles."""
    required, optional = names
    known = {fold(name): name for name in (*required, *optional) if not name.endswith("*")}
    families = tuple(fold(name) for name in optional if name.endswith("*"))
    columns: dict[str, int] = {}
    strangers: dict[str, int] = {}
    problems = []
    for position, title in enumerate(header.cells):
        column = known.get(fold(title))
        if column is None and fold(title).startswith(families):
            column = title.strip()
        if column is None and title.strip():
            strangers[title.strip()] = position
        elif column in columns:
            source = Source(name, header.line, position + 1, _address(position, header))
            problems.append(Problem("C24", source, {"column": column or ""}))
        elif column is not None:
            columns[column] = position
    for column in required:
        if column in columns:
            continue
        close = nearest(column, strangers, limit=1)
        if close:
            cell = _address(strangers.pop(close[0]), header)
            guess = f" Trouvée : « {close[0]} » ({cell}). Est-ce elle ?"
            how = f"renommer {cell} en « {column} »."
        else:
            guess, how = "", f"ajouter une colonne « {column} »."
        source = Source(name, header.line, excerpt=header.raw)
        problems.append(Problem("C06", source, {"column": column, "guess": guess, "how": how}))
    for title, position in strangers.items():
        close = nearest(title, [name for name in known.values() if name not in columns], limit=1)
        if close:
            source = Source(name, header.line, position + 1, _address(position, header))
            problems.append(Problem("C23", source, {"column": title, "guess": close[0]}))
    return columns, problems


def _address(position: int, record: Record) -> str:
    return f"{letters(position + 1)}{record.rank}"


def too_large(name: str, line: int | None, what: str) -> Problem:
    """C44: nothing of a table is left out in silence."""
    facts = {"what": what, "rows": number(MOST_ROWS), "columns": str(MOST_COLUMNS)}
    return Problem("C44", Source(name, line), facts)


def cell_of(
    text: str,
    at: Source | FileRow,
    problems: list[Problem],
    column: str = "",
    *,
    is_name: bool = False,
) -> Cell:
    """The cell as it is to be read: without invisible signs and on one line. What was taken out of
    it, or may not be in it, is added to the problems."""
    seen = look_at(text)
    said = misread(seen.text, name=is_name)
    cell = Cell(seen.text.strip(), at, column)
    if seen.taken or seen.code or said is not None:
        warning, cell.fault = seen.warning(cell.source), seen.fault(cell.source)
        if said is not None:  # also of a byte that Windows-1252 lacks, no control of anybody's
            facts = {"value": cell.text[:40], "said": said[:60]}
            cell.fault = Problem("C43", cell.source, facts)
        problems.extend(problem for problem in (warning, cell.fault) if problem is not None)
    return cell


def _row(
    name: str,
    columns: Mapping[str, int],
    record: Record,
    problems: list[Problem],
    named: Collection[str],
) -> FileRow:
    """A row whose texts are as they are to be read; `named` are the columns that hold one name of
    a place."""
    row = FileRow(name, columns, record, {}, {})
    cells, width = record.cells, len(record.cells)
    for column, position in columns.items():
        text = cells[position] if position < width else ""
        if not text:
            continue
        if not (text.isascii() and text.isprintable() and text[0].isalnum()):
            # Few cells: with signs, accents, or what may be a formula.
            cell = cell_of(text, row, problems, column, is_name=column in named)
            text = cell.text
            if cell.fault is not None:
                row.faults[column] = cell.fault
        if text := text.strip():
            row.texts[column] = text
    return row


def _caret(record: Record, position: int) -> int:
    """Where a cell begins in the raw line; its end, for a cell that the row lacks."""
    if position >= len(record.cells):
        return len(record.raw)
    begun = start = 0
    for text in record.cells[: position + 1]:
        # A quoted cell stands with its quotes in the raw line: look for its beginning only.
        at = record.raw.find(text, start)
        begun = at if at >= 0 else start
        start = begun + len(text) + 1
    text = record.cells[position]
    return begun + len(text) - len(text.lstrip())
