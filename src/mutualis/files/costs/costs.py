"""data/costs.csv: what the half-days of agents cost, one row a charge or a number of units."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from mutualis.domain.costs.cost import CostNature, CostRow, Costs, Vintage
from mutualis.domain.french.names import fold, read_as, suggestions
from mutualis.domain.money import ZERO
from mutualis.domain.problems.problem import Problem
from mutualis.files.tables import cells
from mutualis.files.tables.input_table import is_there, read_input
from mutualis.files.tables.row_reader import RowReader, total_row
from mutualis.files.tables.table import Cell, CellPlaces, FileRow

T = TypeVar("T", CostNature, Vintage)

NAME = "data/costs.csv"
REQUIRED = ("annee", "direction", "categorie", "nature", "montant", "demi_journees", "statut")
OPTIONAL = ("source",)
_NEEDED = ("annee", "direction", "categorie", "nature", "statut")


def read_costs(root: Path) -> tuple[Costs, list[Problem]]:
    """The costs; none when the workspace has no such file. A second row for the same year,
    directorate, category, nature and vintage is a problem."""
    if not is_there(root, NAME):
        return Costs(), []
    name, table = read_input(root, NAME, REQUIRED, OPTIONAL)
    problems = list(table.problems)
    rows: list[CostRow] = []
    seen: dict[object, CostRow] = {}
    for file_row in table.rows:
        row, found = _row(file_row)
        problems.extend(found)
        if row is None:
            continue
        first = seen.setdefault((row.year, row.own, row.nature, row.vintage), row)
        if first is not row:
            facts = {"line": str(first.source.line), "nature": row.nature.value}
            problems.append(Problem("U20", row.at("nature"), facts))
            continue
        rows.append(row)
    return Costs(tuple(rows), name), problems


def columns() -> str:
    """The titles of a whole file, as they are to be written."""
    return ";".join((*REQUIRED, *OPTIONAL))


def _row(row: FileRow) -> tuple[CostRow | None, list[Problem]]:
    total = total_row(row, apart=OPTIONAL)
    if total is not None:
        return None, [total]
    reader = RowReader(row, _NEEDED)
    year = reader.read("annee", cells.year)
    directorate, category = reader.text("direction"), reader.text("categorie")
    nature = reader.read("nature", _nature)
    vintage = reader.read("statut", _vintage)
    amount = reader.read("montant", cells.money)
    half_days = reader.read("demi_journees", _units)
    origin = reader.text("source")
    if nature is not None:
        reader.problems.extend(_other_column(row, nature, reader.title))
    if year is None or nature is None or vintage is None or reader.problems:
        return None, [*reader.warnings, *reader.problems]
    cost = CostRow(
        year,
        directorate,
        category.upper(),
        nature,
        vintage,
        amount or ZERO,
        half_days or 0,
        row.source,
        CellPlaces(row),
        origin,
    )
    return cost, reader.warnings


def _other_column(row: FileRow, nature: CostNature, title: str) -> list[Problem]:
    """A figure in the column of the other nature, or none in its own."""
    own, other = ("montant", "demi_journees") if nature.is_charge else ("demi_journees", "montant")
    problems = []
    if not row[own].text and not row[other].text:
        problems.append(Problem("C15", row[own].source, {"row": title, "column": own}))
    if row[other].text:
        facts = {"nature": nature.value, "own": own, "other": other, "value": row[other].text[:40]}
        problems.append(Problem("U21", row[other].source, facts))
    return problems


def _nature(cell: Cell) -> CostNature | Problem:
    return _word(cell, {fold(nature.value): nature for nature in CostNature})


def _vintage(cell: Cell) -> Vintage | Problem:
    return _word(cell, {fold(vintage.value): vintage for vintage in Vintage})


def _word(cell: Cell, known: Mapping[str, T]) -> T | Problem:
    """One of a few words, with or without its accents."""
    found = known.get(fold(cell.text))
    if found is not None:
        return found
    words = [word.value for word in known.values()]
    facts = {
        "value": cell.text[:40],
        "what": "un de ces mots : " + ", ".join(words),
        "guess": read_as(suggestions(cell.text, words, limit=1)),
    }
    return Problem("C13", cell.source, facts)


def _units(cell: Cell) -> int | Problem:
    return cells.whole_number(cell, "un nombre entier de demi-journées")
