"""The list of communes that a new workspace is made of: typed, one code a line, or a table."""

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from mutualis.domain.communes.communes import ListedCommune, Settlement
from mutualis.domain.french.names import fold
from mutualis.domain.problems.problem import Problem, Source
from mutualis.files.data.communes import settlement_of
from mutualis.files.tables import cells
from mutualis.files.tables.csv_table import DELIMITERS, header_of, read_table
from mutualis.files.tables.table import Cell, FileRow, Table, cell_of
from mutualis.files.tables.text import TextFile, read_bytes, read_text
from mutualis.files.tables.workbook_table import read_workbook

COLUMN = "code_insee"
OPTIONAL = ("annee", "siren", "niveau", "source_niveau", "reglement")
_BETWEEN = re.compile(rf"[{DELIMITERS}\s]+")


def read_codes(path: Path, levels: Collection[str]) -> tuple[list[ListedCommune], list[Problem]]:
    """The communes of the file in its order; `levels` are those that a commune can join."""
    listed: list[ListedCommune] = []
    table = _table(path)
    problems = list(table.problems)
    if isinstance(table, Table):
        for row in table.rows:
            commune, wrong = _listed(row, levels, path.name)
            problems.extend(wrong)
            listed.extend(commune)
    else:
        for cell in _plain(table, problems):
            code = cells.read(cell, cells.insee_code)
            if isinstance(code, Problem):
                problems.append(code)
            else:
                listed.append(ListedCommune(code, cell.source))
    problems.extend(_doubles(listed))
    return listed, problems


def _table(path: Path) -> Table | TextFile:
    """The file as a table, of a CSV or a workbook; as a text, when it only holds codes."""
    if path.suffix.lower() in (".xlsx", ".xlsm", ".ods"):
        data = read_bytes(path.parent, path.name)
        if isinstance(data, Problem):
            return Table((), (data,))
        return read_workbook(path.name, data, (COLUMN,), OPTIONAL)
    file = read_text(path.parent, path.name)
    if isinstance(file, Problem):
        return Table((), (file,))
    header = header_of(file.text)
    first = _BETWEEN.split(header.strip())[0]
    if any(mark in header for mark in DELIMITERS) and not _is_code(first):
        return read_table(file, (COLUMN,), OPTIONAL)
    return file


def typed_codes(text: str) -> list[str]:
    """The pieces of a list typed on the command line, well formed or not."""
    return [piece.upper() for piece in _BETWEEN.split(text.strip()) if piece]


def _is_code(text: str) -> bool:
    return not isinstance(cells.insee_code(Cell(text, Source(""))), Problem)


def _plain(file: TextFile, problems: list[Problem]) -> Iterator[Cell]:
    """One cell a code; a first line that is only the title of the column is passed over."""
    for number, line in enumerate(file.text.splitlines(), start=1):
        if number == 1 and fold(line) in (fold(COLUMN), "insee", "code"):
            continue
        for match in re.finditer(rf"[^{DELIMITERS}\s]+", line):
            source = Source(
                file.name,
                number,
                excerpt=line,
                caret=match.start(),
                width=len(match.group()),
            )
            yield cell_of(match.group(), source, problems)


def _listed(
    row: FileRow, levels: Collection[str], name: str
) -> tuple[list[ListedCommune], list[Problem]]:
    """The commune of a row, or why there is none."""
    code_cell = row[COLUMN]
    if not code_cell.text:
        facts = {"row": f"la ligne {row.source.line}", "column": COLUMN}
        return [], [Problem("C15", code_cell.source, facts)]
    code = cells.read(code_cell, cells.insee_code)
    year = cells.read(row["annee"], cells.year) if row["annee"].text else None
    siren: str | Problem = ""
    if row["siren"].text:
        siren = cells.read(row["siren"], cells.siren)
    settlement: Settlement | Problem | None = None
    if row["reglement"].text:
        settlement = cells.read(row["reglement"], settlement_of)
    level = cells.read(row["niveau"], cells.text) if row["niveau"].text else ""
    if isinstance(level, str) and level:
        known = {fold(code): code for code in levels}
        level = known.get(fold(level)) or _wrong_level(row["niveau"], levels)
    if (
        isinstance(code, Problem)
        or isinstance(year, Problem)
        or isinstance(siren, Problem)
        or isinstance(settlement, Problem)
        or isinstance(level, Problem)
    ):
        read = (code, year, siren, settlement, level)
        return [], [value for value in read if isinstance(value, Problem)]
    origin = row["source_niveau"].text or (f"init ({name})" if level else "")
    return [ListedCommune(code, code_cell.source, siren, level, origin, settlement, year)], []


def _wrong_level(cell: Cell, levels: Collection[str]) -> Problem:
    facts = {
        "value": cell.text[:40],
        "column": "niveau",
        "known": f"{', '.join(levels)}, ou vide",
    }
    return Problem("C21", cell.source, facts)


def _doubles(listed: Sequence[ListedCommune]) -> Iterator[Problem]:
    seen: dict[tuple[str, int | None], Source] = {}
    for commune in listed:
        first = seen.setdefault((commune.code_insee, commune.year), commune.source)
        if first is not commune.source:
            facts = {"code": commune.code_insee, "line": str(first.line)}
            yield Problem("N13", commune.source, facts)
