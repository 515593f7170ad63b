"""What the finance software gives back: for each invoice, its titre de recettes."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mutualis.domain.problems.problem import Problem
from mutualis.files.tables import cells
from mutualis.files.tables.csv_table import read_table
from mutualis.files.tables.table import FileRow
from mutualis.files.tables.text import read_text

REQUIRED = ("facture", "exercice", "titre")
OPTIONAL = ("bordereau", "date")


@dataclass(frozen=True, slots=True)
class TitreRow:
    invoice: str
    exercice: int
    titre: str
    bordereau: str = ""
    day: date | None = None


def read_titres(path: Path) -> tuple[list[TitreRow], list[Problem]]:
    """The rows of the file, with every problem of it."""
    file = read_text(path.parent, path.name)
    if isinstance(file, Problem):
        return [], [file]
    table = read_table(file, REQUIRED, OPTIONAL)
    problems = list(table.problems)
    rows: list[TitreRow] = []
    lines: dict[str, tuple[TitreRow, int | None]] = {}
    for row in table.rows:
        read = _titre(row)
        if isinstance(read, TitreRow):
            rows.append(read)
            other, line = lines.setdefault(read.invoice, (read, row.source.line))
            if other != read:
                facts = {
                    "what": f"{read.invoice} a déjà un autre titre ligne {line}",
                    "how": "ne garder que la bonne ligne",
                }
                problems.append(Problem("C18", row["titre"].source, facts))
        else:
            problems.extend(read)
    return rows, problems


def _titre(row: FileRow) -> TitreRow | list[Problem]:
    empty = [
        Problem("C15", row[name].source, {"row": f"la ligne {row.source.line}", "column": name})
        for name in REQUIRED
        if not row[name].text
    ]
    if empty:
        return empty
    number = cells.read(row["facture"], cells.text)
    exercice = cells.read(row["exercice"], cells.year)
    titre = cells.read(row["titre"], lambda cell: cells.number_given(cell, "titre"))
    bordereau: str | Problem = ""
    if row["bordereau"].text:
        bordereau = cells.read(row["bordereau"], lambda cell: cells.number_given(cell, "bordereau"))
    day = cells.read(row["date"], cells.day) if row["date"].text else None
    read = (number, exercice, titre, bordereau, day)
    wrong = [value for value in read if isinstance(value, Problem)]
    if (
        isinstance(number, Problem)
        or isinstance(exercice, Problem)
        or isinstance(titre, Problem)
        or isinstance(bordereau, Problem)
        or isinstance(day, Problem)
    ):
        return wrong
    return TitreRow(number.upper(), exercice, titre, bordereau, day)
