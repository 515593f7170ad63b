"""A table as rows of cells, each of which knows its line, column and Excel address.

What a CSV file and a workbook have in common, once each is read as records.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mutualis.domain.french.names import fold, nearest
from mutualis.domain.french.typography import number
from mutualis.domain.problems.problem import Problem, Source
from mutualis.files.tables.readings import misread
from mutualis.files.tables.signs import look_at

MOST_ROWS, MOST_COLUMNS = 200_000, 500
# The columns that hold one name of a place, in ours and INSEE's files.
_NAMES = ("commune", "ville", "commune avant", "commune apres", "com", "libelle av", "libelle ap")


@dataclass(frozen=True, slots=True)
class Record:
    """One row as read: its line in the file and its row in Excel, both from 1; `raw` is the line
    as it is shown to people."""

    line: int
    rank: int
    cells: list[str]
    raw: str


@dataclass(frozen=True, slots=True)
class Cell:
    """`fault` is what no reading of the text can mend: it is among the problems of its table."""

    text: str
    source: Source
    fault: Problem | None = None


@dataclass(frozen=True, slots=True)
class FileRow:
    """The cells of one row by column name; a column that the file lacks gives empty cells."""

    cells: dict[str, Cell]
    source: Source

    def __getitem__(self, column: str) -> Cell:
        cell = self.cells.get(column)
        return cell if cell is not None else Cell("", self.source)


@dataclass(frozen=True, slots=True)
class Table:
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
            source = Source(name, record.line, excerpt=record.raw)
            rows.append(FileRow(_cells(name, columns, record, problems, named), source))
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


def cell_of(text: str, source: Source, problems: list[Problem], *, is_name: bool = False) -> Cell:
    """The cell as it is to be read: without invisible signs and on one line. What was taken out of
    it, or may not be in it, is added to the problems."""
    if not text or (text.isascii() and text.isprintable() and text[0].isalnum()):
        return Cell(text.strip(), source)  # most cells: neither signs, nor a formula, nor accents
    seen = look_at(text)
    warning, fault = seen.warning(source), seen.fault(source)
    said = misread(seen.text, name=is_name)
    if said is not None:  # also of a byte that Windows-1252 lacks, which is no control of anybody's
        fault = Problem("C43", source, {"value": seen.text.strip()[:40], "said": said[:60]})
    problems.extend(problem for problem in (warning, fault) if problem is not None)
    return Cell(seen.text.strip(), source, fault)


def _cells(
    name: str,
    columns: dict[str, int],
    record: Record,
    problems: list[Problem],
    named: Collection[str],
) -> dict[str, Cell]:
    """The cells of a row; `named` are the columns that hold one name of a place."""
    raw, start = record.raw, 0
    offsets = []
    for text in record.cells:
        # A quoted cell stands with its quotes in the raw line: look for its beginning only.
        at = raw.find(text, start) if text else start
        blank = len(text) - len(text.lstrip())
        offsets.append((at if at >= 0 else start) + blank)
        start = (at if at >= 0 else start) + len(text) + 1
    found = {}
    for column, position in columns.items():
        is_there = position < len(record.cells)
        text = record.cells[position] if is_there else ""
        source = Source(
            name,
            record.line,
            position + 1,
            _address(position, record),
            column,
            raw,
            offsets[position] if is_there else len(raw),
            max(1, len(text.strip())),
        )
        found[column] = cell_of(text, source, problems, is_name=column in named)
    return found
