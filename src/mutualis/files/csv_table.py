"""A CSV file as rows of cells, each of which knows its line, column and Excel address."""

import csv
import re
from collections.abc import Sequence
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


def read_table(file: TextFile, required: Sequence[str], optional: Sequence[str] = ()) -> Table:
    """The rows of the file; blank ones are skipped, unknown columns are ignored.

    Every problem is collected: missing columns, ragged rows, stray quotes.
    """
    lines = _NEWLINE.split(file.text.removesuffix("\n").removesuffix("\r"))
    skip = 1 if lines and fold(lines[0].split("=")[0]) == "sep" and "=" in lines[0] else 0
    delimiter = _delimiter(lines[skip] if len(lines) > skip else "", (*required, *optional))
    if delimiter is None:
        header = (lines[skip] if len(lines) > skip else "").strip()
        source = Source(file.name, skip + 1)
        return Table((), (*file.problems, Problem("C05", source, {"header": header[:60]})))
    reader = csv.reader(lines, delimiter=delimiter)
    problems = list(file.problems)
    records: list[tuple[int, int, list[str]]] = []
    begun = 1
    try:
        for rank, cells in enumerate(reader, start=1):
            if reader.line_num > begun and len(cells) > 0:
                facts = {
                    "what": f"guillemet ouvert ligne {begun}, refermé ligne {reader.line_num}",
                    "how": f"supprimer le guillemet de trop à la ligne {begun}",
                }
                source = Source(file.name, begun, excerpt=lines[begun - 1])
                problems.append(Problem("C18", source, facts))
            else:
                records.append((begun, rank, cells))
            begun = reader.line_num + 1
    except csv.Error:
        facts = {"what": "ligne illisible (texte trop long)", "how": "vérifier cette ligne"}
        problems.append(Problem("C18", Source(file.name, begun), facts))
    records = records[skip:]
    if not records:
        return Table((), tuple(problems))
    columns, header_problems = _columns(file, lines, records[0], required, optional)
    problems.extend(header_problems)
    if any(problem.code == "C06" for problem in header_problems):
        return Table((), tuple(problems))
    rows = []
    for line, rank, cells in records[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        source = Source(file.name, line, excerpt=lines[line - 1])
        width = len(records[0][2])
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            facts = {
                "what": f"{len(cells)} cellules pour {width} colonnes",
                "how": "supprimer la cellule de trop, ou mettre entre guillemets le texte qui "
                "contient le séparateur",
            }
            problems.append(Problem("C18", source, facts))
            continue
        rows.append(Row(_cells(file.name, columns, line, rank, cells, lines[line - 1]), source))
    return Table(tuple(rows), tuple(problems))


def letters(column: int) -> str:
    """The name that Excel gives a column, from 1: A, Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _delimiter(header: str, known: Sequence[str]) -> str | None:
    wanted = {fold(name) for name in known}

    def hits(delimiter: str) -> int:
        return sum(fold(cell) in wanted for cell in header.split(delimiter))

    best = max(DELIMITERS, key=hits)
    return best if hits(best) and best in header else None


def _columns(
    file: TextFile,
    lines: Sequence[str],
    header: tuple[int, int, list[str]],
    required: Sequence[str],
    optional: Sequence[str],
) -> tuple[dict[str, int], list[Problem]]:
    line, rank, titles = header
    known = {fold(name): name for name in (*required, *optional)}
    columns: dict[str, int] = {}
    strangers: dict[str, int] = {}
    for position, title in enumerate(titles):
        name = known.get(fold(title))
        if name is not None and name not in columns:
            columns[name] = position
        elif title.strip():
            strangers[title.strip()] = position
    problems = []
    for name in required:
        if name in columns:
            continue
        close = nearest(name, strangers, limit=1)
        if close:
            cell = f"{letters(strangers[close[0]] + 1)}{rank}"
            guess = f" Trouvée : « {close[0]} » ({cell}). Est-ce elle ?"
            how = f"renommer {cell} en « {name} »."
        else:
            guess, how = "", f"ajouter une colonne « {name} »."
        source = Source(file.name, line, excerpt=lines[line - 1])
        problems.append(Problem("C06", source, {"column": name, "guess": guess, "how": how}))
    for title, position in strangers.items():
        close = nearest(title, [name for name in optional if name not in columns], limit=1)
        if close:
            cell = f"{letters(position + 1)}{rank}"
            source = Source(file.name, line, position + 1, cell)
            problems.append(Problem("C23", source, {"column": title, "guess": close[0]}))
    return columns, problems


def _cells(
    name: str, columns: dict[str, int], line: int, rank: int, cells: Sequence[str], raw: str
) -> dict[str, Cell]:
    found = {}
    start = 0
    offsets = []
    for text in cells:
        # A quoted cell stands with its quotes in the raw line: look for its beginning only.
        at = raw.find(text, start) if text else start
        offsets.append(at if at >= 0 else start)
        start = (at if at >= 0 else start) + len(text) + 1
    for column, position in columns.items():
        text = cells[position].strip() if position < len(cells) else ""
        source = Source(
            name,
            line,
            position + 1,
            f"{letters(position + 1)}{rank}",
            column,
            raw,
            offsets[position] if position < len(cells) else len(raw),
            max(1, len(text)),
        )
        found[column] = Cell(text, source)
    return found
