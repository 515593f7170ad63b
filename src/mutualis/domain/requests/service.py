"""The service that a request is for: who does it, and which membership it asks for."""

from dataclasses import dataclass

from mutualis.domain.problems.problem import Problem
from mutualis.domain.requests.request import Request
from mutualis.domain.services.finder import Found, ServiceFinder
from mutualis.domain.services.service import lowest, on_quote
from mutualis.domain.tariffs.grid import Grid


@dataclass(frozen=True, slots=True)
class Asked:
    """`required` are the levels of membership that open the service, none when all do."""

    required: tuple[str, ...]
    directorate: str


def service_of(request: Request, finder: ServiceFinder, grid: Grid) -> Asked | Problem:
    """What a request asks for; R12 when the catalogue has no such service, or several.

    Without a catalogue every request is taken for a mission on quote.
    """
    level = grid.on_quote
    mission = (level.requires,) if level is not None and level.requires else ()
    if not finder or not request.service:
        return Asked(mission, "")
    found = finder.find(request.service)
    if not isinstance(found, Found):
        facts = {**found.facts, "id": request.id}
        return Problem("R12", request.place("service"), facts)
    quoted = on_quote(found.cells, grid)
    if quoted is not None:
        return Asked(mission, quoted.directorate)
    first = lowest(found.cells, grid)
    is_known = first.level in grid.levels
    return Asked(grid.giving(first.level) if is_known else mission, first.directorate)
