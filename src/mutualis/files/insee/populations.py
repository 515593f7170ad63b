"""INSEE's donnees_communes.csv: the legal populations of every commune, in its two layouts.

One layout gives the department and a code within it (CODDEP, CODCOM) and the name in COM; the
other gives the whole code in COM and the name in Commune. Columns are found by their titles.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from mutualis.domain.communes.legal_population import LegalPopulation
from mutualis.domain.french.names import fold
from mutualis.domain.french.typography import count
from mutualis.domain.problems.problem import Problem, Source, in_order
from mutualis.domain.value import Struct
from mutualis.files.insee.download import read_insee
from mutualis.files.tables import cells
from mutualis.files.tables.csv_table import find_delimiter, header_of, read_table
from mutualis.files.tables.table import Cell, FileRow
from mutualis.files.tables.text import TextFile

MEMBER = "donnees_communes.csv"
Texts = Sequence[str]
T = TypeVar("T")


class _Layout(Struct, frozen=True):
    """`code` are the columns that make the code; `join` makes it, `restore` after Excel."""

    code: tuple[str, ...]
    name: str
    join: Callable[[Texts], str]
    restore: Callable[[Texts], str]

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.code, self.name, "PMUN", "PTOT")


def _joined(parts: Texts) -> str:
    """25 and 056 give 25056; overseas, 971 and 05 or 105 give 97105."""
    department, commune = parts
    if len(department) == len(commune) == 3 and department[2] == commune[0]:
        return department[:2] + commune
    return department + commune


def _joined_again(parts: Texts) -> str:
    """1 and 4 were 01 and 004; overseas, 971 and 5 were 971 and 05."""
    department, commune = parts
    return department.zfill(2) + commune.zfill(5 - max(2, len(department)))


_LAYOUTS = (
    _Layout(("CODDEP", "CODCOM"), "COM", _joined, _joined_again),
    _Layout(("COM",), "Commune", lambda parts: parts[0], lambda parts: parts[0].zfill(5)),
)


def read_populations(
    path: Path, wanted: Collection[str]
) -> tuple[dict[str, LegalPopulation], list[Problem]]:
    """The populations of the communes wanted, by code; the file may be INSEE's archive."""
    file = read_insee(path, MEMBER)
    if isinstance(file, Problem):
        return {}, [file]
    return parse_populations(file, wanted)


def parse_populations(
    file: TextFile, wanted: Collection[str]
) -> tuple[dict[str, LegalPopulation], list[Problem]]:
    layout = _layout(file.text)
    if isinstance(layout, str):
        facts = {
            "expected": MEMBER,
            "what": layout,
            "how": "donner donnees_communes.csv, ou l'archive qui le contient, page « Populations "
            "de référence » d'insee.fr",
        }
        return {}, [*file.problems, Problem("N01", Source(file.name, 1), facts)]

    def keep(columns: Mapping[str, int], texts: Texts) -> bool:
        parts = [_at(texts, columns[name]) for name in layout.code]
        code = layout.join(parts)
        return (code if len(code) == 5 else layout.restore(parts)) in wanted

    table = read_table(file, layout.columns, keep=keep)
    problems = list(table.problems)
    found: dict[str, LegalPopulation] = {}
    damaged: list[FileRow] = []
    for row in table.rows:
        code = layout.join([row[name].text.upper() for name in layout.code])
        if len(code) != 5:
            damaged.append(row)
            continue
        read = _population(row, code, layout.name)
        if not isinstance(read, LegalPopulation):
            problems.extend(read)
        elif code in found:
            earlier = found[code].source.line
            facts = {"code": code, "commune": read.name, "line": str(earlier)}
            problems.append(Problem("N04", read.source, facts))
        else:
            found[code] = read
    if damaged:
        source = damaged[0][layout.code[-1]].source
        texts = [f"« {damaged[0][name].text} »" for name in layout.code]
        facts = {"count": count(len(damaged), "commune"), "sample": " et ".join(texts)}
        problems.append(Problem("N03", source, facts))
    elif not found and not problems:
        facts = {"count": count(len(wanted), "commune")}
        problems.append(Problem("N05", Source(file.name), facts))
    return found, in_order(problems)


def _layout(text: str) -> _Layout | str:
    """The layout of the file, or why it has none."""
    header = header_of(text)
    columns = {column for layout in _LAYOUTS for column in layout.columns}
    delimiter = find_delimiter(header, sorted(columns))
    titles = {fold(title) for title in header.split(delimiter)} if delimiter else set()
    for layout in _LAYOUTS:
        if {fold(column) for column in layout.columns} <= titles:
            return layout
    if not header.strip():
        return "le fichier est vide, ou sa première ligne"
    return f"titres de colonnes « {header.strip()[:60]} »"


def _at(texts: Texts, position: int) -> str:
    return texts[position].strip().upper() if position < len(texts) else ""


def _population(row: FileRow, code: str, name_column: str) -> LegalPopulation | list[Problem]:
    name = _read(row, name_column, cells.text)
    municipal = _read(row, "PMUN", cells.whole_number)
    total = _read(row, "PTOT", cells.whole_number)
    wrong = [value for value in (name, municipal, total) if isinstance(value, Problem)]
    if isinstance(name, Problem) or isinstance(municipal, Problem) or isinstance(total, Problem):
        return wrong
    return LegalPopulation(code, name, municipal, total, row[name_column].source)


def _read(row: FileRow, column: str, parse: Callable[[Cell], T | Problem]) -> T | Problem:
    cell = row[column]
    if not cell.text:
        facts = {"row": f"la ligne {row.source.line}", "column": column}
        return Problem("C15", cell.source, facts)
    return cells.read(cell, parse)
