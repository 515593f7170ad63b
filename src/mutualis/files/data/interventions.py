"""data/interventions.csv: what was done for the communes, one row an intervention."""

from decimal import ROUND_CEILING, Decimal
from pathlib import Path

from mutualis.domain.interventions.intervention import Intervention, Interventions
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.quotes.quote import MOST_HALF_DAYS
from mutualis.domain.value import replace
from mutualis.files.tables import cells
from mutualis.files.tables.input_table import is_there, read_input
from mutualis.files.tables.row_reader import RowReader, total_row
from mutualis.files.tables.table import Cell, CellPlaces, FileRow

NAME = "data/interventions.csv"
REQUIRED = ("date", "prestation", "categorie", "demi_journees")
COMMUNE = ("code_insee", "commune")  # one of them at least
OPTIONAL = (*COMMUNE, "devis", "demande", "objet", "source")
_FREE = ("demande", "objet", "source")  # a word there may be « ensemble »


def read_interventions(root: Path) -> tuple[Interventions, list[Problem]]:
    """The interventions; none when the workspace has no such file."""
    if not is_there(root, NAME):
        return Interventions(), []
    name, table = read_input(root, NAME, REQUIRED, OPTIONAL)
    problems = [_with_every_title(problem) for problem in table.problems]
    if table.rows and not any(column in table.rows[0].columns for column in COMMUNE):
        facts = {
            "column": "commune",
            "guess": "",
            "how": "ajouter une colonne « commune » ou « code_insee ».",
        }
        return Interventions((), name), [*problems, Problem("C06", Source(name, 1), facts)]
    rows: list[Intervention] = []
    for row in table.rows:
        intervention, found = _intervention(row)
        problems.extend(found)
        if intervention is not None:
            rows.append(intervention)
    return Interventions(tuple(rows), name), problems


def columns() -> str:
    """The titles of a whole file, as they are to be written."""
    names = ("date", *COMMUNE, *REQUIRED[1:], *OPTIONAL[len(COMMUNE) :])
    return ";".join(names)


def _with_every_title(problem: Problem) -> Problem:
    """C05 lists the columns that a table needs; this one needs a commune's too."""
    if problem.code != "C05":
        return problem
    return replace(problem, facts={**problem.facts, "columns": columns()})


def _intervention(row: FileRow) -> tuple[Intervention | None, list[Problem]]:
    total = total_row(row, apart=_FREE)
    if total is not None:
        return None, [total]
    reader = RowReader(row, REQUIRED)
    day = reader.read("date", cells.day)
    code = reader.read("code_insee", cells.insee_code)
    half_days = reader.read("demi_journees", _half_days)
    commune, service, category, quote, request, subject, origin = (
        reader.text(column)
        for column in (
            *("commune", "prestation", "categorie", "devis"),
            *("demande", "objet", "source"),
        )
    )
    if not row["code_insee"].text and not row["commune"].text:
        facts = {"row": reader.title, "column": "commune"}
        reader.problems.append(Problem("C15", row["commune"].source, facts))
    if day is None or half_days is None or reader.problems:
        return None, [*reader.warnings, *reader.problems]
    intervention = Intervention(
        day=day,
        code_insee=code or "",
        commune=commune,
        service=service,
        category=category.upper(),
        half_days=half_days,
        source=row.source,
        places=CellPlaces(row),
        quote=quote.upper(),
        request=request,
        subject=subject,
        origin=origin,
        typed_category=category,
    )
    return intervention, reader.warnings


def _half_days(cell: Cell) -> int | Problem:
    what = f"un nombre entier de demi-journées, de 1 à {MOST_HALF_DAYS}"
    value = cells.whole_number(cell, what)
    part = cells.decimal_number(cell) if isinstance(value, Problem) else None
    if isinstance(value, Problem) and isinstance(part, Decimal) and 0 < part < MOST_HALF_DAYS:
        whole = int(part.to_integral_value(ROUND_CEILING))
        guess = f" Une demi-journée commencée compte pour 1 : écrire {whole} ?"
        return replace(value, facts={**value.facts, "guess": guess})
    if isinstance(value, int) and not 1 <= value <= MOST_HALF_DAYS:
        return Problem("C13", cell.source, {"value": cell.text[:40], "what": what, "guess": ""})
    return value
