"""A CSV file as rows of cells, each of which knows its line, column and Excel address."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mutualis.domain.names import fold, nearest
from mutualis.domain.problems import Problem, Source
from mutualis.files.text import TextFile

DELIMITERS = ";,\t"
_NEWLINE = re.compile("\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row by column name; a column that the file lacks gives empty cells."""

    cells: dict[str, Cell]
    source: Source

    def __getitem__(self, column: str) -> Cell:
        cell = self.cells.get(column)
        return cell if cell is not None else Cell("", self.source)


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


# Whether a row is wanted, from the position of each known column and the texts of the row.
Keep = Callable[[Mapping[str, int], Sequence[str]], bool]


def read_table(
    file: TextFile,
    required: Sequence[str],
    optional: Sequence[str] = (),
    keep: Keep | None = None,
) -> Table:
    """The rows of the file; blank ones are skipped, unknown columns are ignored.

    Every problem is collected: missing or doubled columns, ragged rows, stray quotes. `keep`
    leaves out sound rows that nobody needs, before their cells are located.
    """
    lines = _lines(file.text)
    skip = _skipped(lines)
    header = lines[skip] if len(lines) > skip else ""
    delimiter = find_delimiter(header, (*required, *optional))
    if delimiter is None:
        facts = {"what": _why_no_header(header), "columns": ";".join(required)}
        source = Source(file.name, skip + 1)
        return Table((), (*file.problems, Problem("C05", source, facts)))
    problems = list(file.problems)
    records = list(_records(file.name, lines, delimiter, skip, problems))
    if not records:
        return Table((), tuple(problems))
    columns, header_problems = _columns(file.name, lines, records[0], (required, optional))
    problems.extend(header_problems)
    if any(problem.code in ("C06", "C24") for problem in header_problems):
        return Table((), tuple(problems))
    width = len(records[0].cells)
    rows = []
    for record in records[1:]:
        if not any(cell.strip() for cell in record.cells):
            continue
        if len(record.cells) > width and any(cell.strip() for cell in record.cells[width:]):
            source = Source(file.name, record.line, excerpt=lines[record.line - 1])
            facts = {
                "what": f"{len(record.cells)} cellules pour {width} colonnes",
                "how": "supprimer la cellule de trop, ou mettre entre guillemets le texte qui "
                "contient le séparateur",
            }
            problems.append(Problem("C18", source, facts))
        elif keep is None or keep(columns, record.cells):
            raw = lines[record.line - 1]
            source = Source(file.name, record.line, excerpt=raw)
            rows.append(Row(_cells(file.name, columns, record, raw), source))
    return Table(tuple(rows), tuple(problems))


def find_delimiter(header: str, known: Sequence[str]) -> str | None:
    """The delimiter that makes known column names of the header; None when none does."""
    wanted = {fold(name) for name in known}

    def hits(delimiter: str) -> int:
        return sum(fold(cell) in wanted for cell in header.split(delimiter))

    best = max(DELIMITERS, key=hits)
    return best if hits(best) and best in header else None


def header_of(text: str) -> str:
    """The line of titles, past a « sep=; » that Excel reads and hides."""
    lines = _lines(text)
    skip = _skipped(lines)
    return lines[skip] if len(lines) > skip else ""


@dataclass(frozen=True, slots=True)
class _Record:
    """The cells of a row, its first line in the file and its row in Excel, both from 1."""

    line: int
    rank: int
    cells: list[str]


def _lines(text: str) -> list[str]:
    return _NEWLINE.split(text.removesuffix("\n").removesuffix("\r"))


def _skipped(lines: Sequence[str]) -> int:
    return 1 if lines and re.fullmatch(r"\s*sep=.?\s*", lines[0]) else 0


def _why_no_header(header: str) -> str:
    if not header.strip():
        return "le fichier est vide, ou sa première ligne"
    return f"titres de colonnes non reconnus : « {header.strip()[:60]} »"


def _records(
    name: str, lines: Sequence[str], delimiter: str, skip: int, problems: list[Problem]
) -> Iterator[_Record]:
    """The rows of the text; one that swallows the next ones by a stray quote is a problem."""
    reader = csv.reader(lines, delimiter=delimiter)
    begun = 1
    try:
        for rank, cells in enumerate(reader, start=1):
            line, begun = begun, reader.line_num + 1
            if reader.line_num == line:
                if rank > skip:
                    yield _Record(line, rank - skip, cells)
                continue
            opened = lines[line - 1]
            closed = f"refermé ligne {reader.line_num}"
            if reader.line_num == len(lines) and opened.count('"') % 2:
                closed = "peut-être jamais refermé"
            facts = {
                "what": f"guillemet ouvert ligne {line}, {closed}",
                "how": f"supprimer le guillemet de trop à la ligne {line}, ou le retour à la ligne "
                "dans la cellule",
            }
            at = opened.rfind('"')
            problems.append(
                Problem("C18", Source(name, line, excerpt=opened, caret=max(at, 0)), facts)
            )
    except csv.Error:
        facts = {"what": "ligne illisible (texte trop long)", "how": "vérifier cette ligne"}
        problems.append(Problem("C18", Source(name, begun), facts))


def letters(column: int) -> str:
    """The name that Excel gives a column, from 1: A, Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _columns(
    name: str, lines: Sequence[str], header: _Record, names: tuple[Sequence[str], Sequence[str]]
) -> tuple[dict[str, int], list[Problem]]:
    """The position of each known column, and what is wrong with the titles."""
    required, optional = names
    known = {fold(column): column for column in (*required, *optional)}
    columns: dict[str, int] = {}
    strangers: dict[str, int] = {}
    problems = []
    for position, title in enumerate(header.cells):
        column = known.get(fold(title))
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
            cell = _address(strangers[close[0]], header)
            guess = f" Trouvée : « {close[0]} » ({cell}). Est-ce elle ?"
            how = f"renommer {cell} en « {column} »."
        else:
            guess, how = "", f"ajouter une colonne « {column} »."
        source = Source(name, header.line, excerpt=lines[header.line - 1])
        problems.append(Problem("C06", source, {"column": column, "guess": guess, "how": how}))
    for title, position in strangers.items():
        close = nearest(title, [column for column in optional if column not in columns], limit=1)
        if close:
            source = Source(name, header.line, position + 1, _address(position, header))
            problems.append(Problem("C23", source, {"column": title, "guess": close[0]}))
    return columns, problems


def _address(position: int, record: _Record) -> str:
    return f"{letters(position + 1)}{record.rank}"


def _cells(name: str, columns: dict[str, int], record: _Record, raw: str) -> dict[str, Cell]:
    start = 0
    offsets = []
    for text in record.cells:
        # A quoted cell stands with its quotes in the raw line: look for its beginning only.
        at = raw.find(text, start) if text else start
        offsets.append(at if at >= 0 else start)
        start = (at if at >= 0 else start) + len(text) + 1
    found = {}
    for column, position in columns.items():
        is_there = position < len(record.cells)
        text = record.cells[position].strip() if is_there else ""
        source = Source(
            name,
            record.line,
            position + 1,
            _address(position, record),
            column,
            raw,
            offsets[position] if is_there else len(raw),
            max(1, len(text)),
        )
        found[column] = Cell(text, source)
    return found
