"""data/services.csv: the catalogue of services, one row a service and a level."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from mutualis.domain.french.names import fold
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.services.service import Service, Services
from mutualis.files.tables import cells
from mutualis.files.tables.input_table import is_there, read_input
from mutualis.files.tables.row_reader import RowReader, total_row
from mutualis.files.tables.table import Cell, FileRow

NAME = "data/services.csv"
REQUIRED = ("theme", "niveau", "prestation")
OPTIONAL = ("unite", "quota", "direction", "source_direction", "lecture")
SURE, UNCERTAIN = "sûre", "à confirmer"
_YEARLY = re.compile(r"\s*\(([0-9]{1,6}) par an\)$")


def read_services(root: Path) -> tuple[Services, list[Problem]]:
    """The catalogue; an empty one when the workspace has none."""
    if not is_there(root, NAME):
        return Services(), []
    name, table = read_input(root, NAME, REQUIRED, OPTIONAL)
    problems = list(table.problems)
    services: list[Service] = []
    for row in table.rows:
        service, wrong = _service(row)
        problems.extend(wrong)
        if service is not None:
            services.append(service)
    problems.extend(_doubles(services))
    if not table.rows and not table.problems:
        problems.append(Problem("S07", Source(name)))
    return Services(tuple(services), name), problems


def _service(row: FileRow) -> tuple[Service | None, list[Problem]]:
    total = total_row(row)
    if total is not None:
        return None, [total]
    reader = RowReader(row, REQUIRED, row["prestation"].text)
    theme, level, name = (reader.text(column) for column in REQUIRED)
    quota = reader.read("quota", _quota)
    uncertain = reader.read("lecture", _uncertain)
    unit, directorate, origin = (
        reader.text(column) for column in ("unite", "direction", "source_direction")
    )
    stated = _YEARLY.search(name)
    if stated is not None and not reader.problems:
        if int(stated[1]) != quota:
            facts = {"name": name, "stated": stated[1]}
            facts["quota"] = "est vide" if quota is None else f"donne {quota}"
            reader.problems.append(Problem("S06", row["quota"].source, facts))
        name = without_quota(name)
    if reader.problems:
        return None, reader.problems
    service = Service(
        theme=theme,
        level=level.upper(),
        name=name,
        source=row["prestation"].source,
        level_at=row["niveau"].source,
        unit=unit,
        quota=quota,
        directorate=directorate,
        directorate_source=origin,
        uncertain=bool(uncertain),
    )
    return service, []


def without_quota(name: str) -> str:
    """The name alone: the same service has another limit at other levels."""
    return _YEARLY.sub("", name)


def _quota(cell: Cell) -> int | Problem:
    return cells.whole_number(cell, "un nombre entier de demandes par an")


def _uncertain(cell: Cell) -> bool | Problem:
    for reading in (SURE, UNCERTAIN):
        if fold(cell.text) == fold(reading):
            return reading == UNCERTAIN
    facts = {"value": cell.text[:40], "column": "lecture", "known": f"{SURE}, {UNCERTAIN}"}
    return Problem("C21", cell.source, facts)


def _doubles(services: Iterable[Service]) -> Iterator[Problem]:
    seen: dict[tuple[str, str, str], Service] = {}
    for service in services:
        first = seen.setdefault((*service.key, service.level), service)
        if first is not service:
            facts = {
                "name": service.name,
                "theme": service.theme,
                "level": service.level,
                "line": str(first.source.line),
            }
            yield Problem("S03", service.source, facts)
