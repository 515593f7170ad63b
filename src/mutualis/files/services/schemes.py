"""data/departmental_schemes.csv: one scheme a row; a workspace may do without it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from mutualis.domain.french.names import fold
from mutualis.domain.french.typography import short_date
from mutualis.domain.problems.problem import Problem
from mutualis.domain.services.schemes import FILE as NAME
from mutualis.domain.services.schemes import Scheme
from mutualis.files.tables import cells
from mutualis.files.tables.input_table import is_there, read_input
from mutualis.files.tables.row_reader import RowReader, total_row
from mutualis.files.tables.table import Cell, FileRow

REQUIRED = ("nom", "porteur", "services")
OPTIONAL = ("date_debut", "date_fin", "source")
# Between two services: their names have commas, and a semicolon is between two columns.
BETWEEN = "|"


def read_schemes(root: Path) -> tuple[tuple[Scheme, ...], list[Problem]]:
    """The schemes; none when the workspace has no such file."""
    if not is_there(root, NAME):
        return (), []
    _, table = read_input(root, NAME, REQUIRED, OPTIONAL)
    problems = list(table.problems)
    schemes: list[Scheme] = []
    for row in table.rows:
        scheme, wrong = _scheme(row)
        problems.extend(wrong)
        if scheme is not None:
            schemes.append(scheme)
    problems.extend(_doubles(schemes))
    return tuple(schemes), problems


def _scheme(row: FileRow) -> tuple[Scheme | None, list[Problem]]:
    total = total_row(row, apart=(*REQUIRED, "source"))
    if total is not None:
        return None, [total]
    reader = RowReader(row, REQUIRED, row["nom"].text)
    name, carrier, origin = (reader.text(column) for column in ("nom", "porteur", "source"))
    services = reader.read("services", _services)
    start = reader.read("date_debut", cells.day)
    end = reader.read("date_fin", cells.day)
    if start is not None and end is not None and end < start:
        facts = {"scheme": name, "start": short_date(start), "end": short_date(end)}
        reader.problems.append(Problem("S10", row["date_fin"].source, facts))
    if services is None or reader.problems:
        return None, reader.problems
    scheme = Scheme(
        name=name,
        carrier=carrier,
        services=services,
        start=start,
        end=end,
        origin=origin,
        source=row["nom"].source,
        services_at=row["services"].source,
        end_at=row["date_fin"].source,
    )
    return scheme, []


def _services(cell: Cell) -> tuple[str, ...] | Problem:
    text = cells.text(cell)
    if isinstance(text, Problem):
        return text
    names = tuple(name for part in text.split(BETWEEN) if (name := part.strip()))
    facts = {"value": text[:40], "what": "une liste de prestations", "guess": ""}
    return names or Problem("C13", cell.source, facts)


def _doubles(schemes: Iterable[Scheme]) -> Iterator[Problem]:
    """S11: a scheme given twice for a service, at one time."""
    seen: dict[tuple[str, str], list[Scheme]] = {}
    for scheme in schemes:
        for service in scheme.services:
            known = seen.setdefault((fold(scheme.name), fold(service)), [])
            other = next((one for one in known if one.meets(scheme)), None)
            if other is not None:
                facts = {
                    "scheme": scheme.name,
                    "service": service,
                    "line": str(other.source.line),
                }
                yield Problem("S11", scheme.services_at, facts)
            known.append(scheme)
