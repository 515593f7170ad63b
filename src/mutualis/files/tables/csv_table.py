"""The text of a CSV file as a table."""

import csv
import re
from collections.abc import Iterator, Sequence

from mutualis.domain.french.typography import number
from mutualis.domain.problems.problem import Problem, Source
from mutualis.files.tables.table import (
    MOST_COLUMNS,
    MOST_ROWS,
    Keep,
    Record,
    Table,
    make_table,
    no_header,
    titles_known,
    too_large,
)
from mutualis.files.tables.text import TextFile

DELIMITERS = ";,\t"
_MOST_ABOVE = 10  # lines looked at under a first line that has no titles
_NEWLINE = re.compile("\r\n|\r|\n")


def read_table(
    file: TextFile,
    required: Sequence[str],
    optional: Sequence[str] = (),
    keep: Keep | None = None,
) -> Table:
    """The rows of the file, under its line of titles (see `make_table`).

    Every problem is collected: those of the titles, ragged rows, stray quotes.
    """
    rows = _count(file.text)
    if rows > MOST_ROWS:
        large = too_large(file.name, MOST_ROWS + 1, f"{number(rows)} lignes")
        return Table((), (*file.problems, large))
    lines = _lines(file.text)
    known = (*required, *optional)
    skip = _skipped(lines)
    header = lines[skip] if len(lines) > skip else ""
    delimiter = find_delimiter(header, known)
    if delimiter is None:
        problem = no_header(file.name, skip + 1, _why_no_header(lines, skip, known), required)
        return Table((), (*file.problems, problem))
    problems = list(file.problems)
    columns = header.count(delimiter) + 1
    if columns > MOST_COLUMNS:
        return Table((), (*problems, too_large(file.name, 1, f"{columns} colonnes")))
    records = list(_records(file.name, lines, delimiter, skip, problems))
    if not records:
        return Table((), tuple(problems))
    table = make_table(file.name, records, required, optional, keep)
    return Table(table.rows, (*problems, *table.problems))


def read_grid(text: str, known: Sequence[str]) -> list[list[str]]:
    """The cells of a text as they stand, whatever is wrong with it, to show it to people; none of
    more lines than are read."""
    if _count(text) > MOST_ROWS:
        return []
    lines = _lines(text)
    skip = _skipped(lines)
    header = lines[skip] if len(lines) > skip else ""
    delimiter = find_delimiter(header, known) or DELIMITERS[0]
    return [_split(line, delimiter)[:MOST_COLUMNS] for line in lines[skip:]]


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:  # a cell too long for the reader
        return line.split(delimiter)


def find_delimiter(header: str, known: Sequence[str]) -> str | None:
    """The delimiter that makes known column names of the header; None when none does."""
    hits = {mark: titles_known(header.split(mark, MOST_COLUMNS), known) for mark in DELIMITERS}
    best = max(DELIMITERS, key=hits.__getitem__)
    return best if hits[best] and best in header else None


def header_of(text: str) -> str:
    """The line of titles, past a « sep=; » that Excel reads and hides."""
    lines = _lines(text)
    skip = _skipped(lines)
    return lines[skip] if len(lines) > skip else ""


def _lines(text: str) -> list[str]:
    return _NEWLINE.split(text.removesuffix("\n").removesuffix("\r"))


def _count(text: str) -> int:
    """How many lines there are, before they are made: millions take many times their bytes."""
    ends = text.count("\n") + text.count("\r") - text.count("\r\n")
    return ends + (not text.endswith(("\n", "\r")))


def _skipped(lines: Sequence[str]) -> int:
    return 1 if lines and re.fullmatch(r"\s*sep=.?\s*", lines[0]) else 0


def _why_no_header(lines: Sequence[str], skip: int, known: Sequence[str]) -> str:
    header = lines[skip].strip() if len(lines) > skip else ""
    for line, text in enumerate(lines[skip : skip + _MOST_ABOVE], start=skip + 1):
        if line > skip + 1 and find_delimiter(text, known):
            return f"les titres des colonnes sont ligne {line} : supprimer les lignes au-dessus"
    if not header:
        return "le fichier est vide, ou sa première ligne"
    return f"titres de colonnes non reconnus : « {header[:60]} »"


def _records(
    name: str, lines: Sequence[str], delimiter: str, skip: int, problems: list[Problem]
) -> Iterator[Record]:
    """The rows of the text; one that swallows the next ones by a stray quote is a problem."""
    reader = csv.reader(lines, delimiter=delimiter)
    begun = 1
    try:
        for rank, cells in enumerate(reader, start=1):
            line, begun = begun, reader.line_num + 1
            if reader.line_num == line:
                if rank > skip:
                    yield Record(line, rank - skip, cells, lines[line - 1])
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
