"""What the finance software gives back: for each document, its titre or its mandat.

Its own file, or a file of mutualis in which « N° titre » was filled in: the workbook of a batch, an
export.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from mutualis.domain.french.names import fold
from mutualis.domain.problems.problem import Problem
from mutualis.domain.value import Struct, replace
from mutualis.files.tables import cells
from mutualis.files.tables.csv_table import header_of, read_table
from mutualis.files.tables.row_reader import RowReader
from mutualis.files.tables.table import FileRow, Table
from mutualis.files.tables.text import read_bytes, read_text
from mutualis.files.tables.workbook_table import read_records, table_of

RECAP = "Récapitulatif"  # the sheet of a batch that has a row a document
_WORKBOOK = b"PK"


class TitreRow(Struct, frozen=True):
    """`exercice` is None where the file does not say it, `line` where no file does."""

    document: str
    exercice: int | None
    titre: str
    bordereau: str = ""
    day: date | None = None
    line: int | None = None


class _Titles(Struct, frozen=True):
    """The columns of a file, by what they hold; a row of a file of ours may be still to fill in."""

    document: str
    titre: str
    exercice: str
    others: tuple[str, ...]
    is_ours: bool

    @property
    def required(self) -> tuple[str, ...]:
        first = (self.document,) if self.is_ours else (self.document, self.exercice)
        return (*first, self.titre)

    @property
    def optional(self) -> tuple[str, ...]:
        return (self.exercice, *self.others) if self.is_ours else self.others


_THEIRS = _Titles("facture", "titre", "exercice", ("bordereau", "date"), is_ours=False)
_OURS = _Titles("N° facture", "N° titre", "Exercice", (), is_ours=True)


def read_titres(path: Path) -> tuple[list[TitreRow], list[Problem]]:
    """The rows of the file, with every problem of it; those without a titre yet are left out."""
    table, titles = _table(path)
    problems = list(table.problems)
    rows: list[TitreRow] = []
    lines: dict[str, TitreRow] = {}
    for row in table.rows:
        if titles.is_ours and not row[titles.titre].text:
            continue
        read, wrong = _titre(row, titles)
        problems += wrong
        if read is None:
            continue
        other = lines.setdefault(read.document, read)
        if replace(other, line=read.line) != read:
            facts = {
                "what": f"{read.document} a déjà un autre titre ligne {other.line}",
                "how": "ne garder que la bonne ligne",
            }
            problems.append(Problem("C18", row[titles.titre].source, facts))
        elif other is read:
            rows.append(read)
    return rows, problems


def _table(path: Path) -> tuple[Table, _Titles]:
    name = path.name
    data = read_bytes(path.parent, name)
    if isinstance(data, Problem):
        return Table((), (data,)), _THEIRS
    if data.startswith(_WORKBOOK):
        records = read_records(name, data, RECAP)
        if isinstance(records, Problem):
            return Table((), (records,)), _THEIRS
        titles = _titles(records[0].cells if records else ())
        return table_of(name, records, titles.required, titles.optional), titles
    file = read_text(path.parent, name)
    if isinstance(file, Problem):
        return Table((), (file,)), _THEIRS
    titles = _titles(header_of(file.text).replace(",", ";").replace("\t", ";").split(";"))
    return read_table(file, titles.required, titles.optional), titles


def _titles(header: Sequence[str]) -> _Titles:
    found = [fold(title) for title in header]
    return _OURS if fold(_OURS.titre) in found else _THEIRS


def _titre(row: FileRow, titles: _Titles) -> tuple[TitreRow | None, list[Problem]]:
    reader = RowReader(row, titles.required)
    number = reader.read(titles.document, cells.text)
    exercice = reader.read(titles.exercice, cells.year)
    titre = reader.read(titles.titre, lambda cell: cells.number_given(cell, "titre"))
    bordereau = reader.read("bordereau", lambda cell: cells.number_given(cell, "bordereau"))
    day = reader.read("date", cells.day)
    if reader.problems or number is None or titre is None:
        return None, reader.problems
    line = row.source.line
    return TitreRow(number.upper(), exercice, titre, bordereau or "", day, line), []
