"""The service that a request is for: who does it, and which membership it asks for."""

from dataclasses import dataclass

from mutualis.domain.french.names import matches, nearest
from mutualis.domain.problems.problem import Problem
from mutualis.domain.requests.request import Request
from mutualis.domain.services.service import Service, Services, lowest, on_quote
from mutualis.domain.tariffs.grid import Grid


@dataclass(frozen=True, slots=True)
class Asked:
    """`required` are the levels of membership that open the service, none when all do."""

    required: tuple[str, ...]
    directorate: str


class ServiceFinder:
    """The services that requests name, each spelling looked up once.

    Without a catalogue every request is taken for a mission on quote.
    """

    def __init__(self, services: Services, grid: Grid) -> None:
        self._services = services
        self._grid = grid
        self._names = list(dict.fromkeys(row.name for row in services.rows))
        self._found: dict[str, list[tuple[Service, ...]]] = {}

    def ask(self, request: Request) -> Asked | Problem:
        """What a request asks for; R12 when the catalogue has no such service, or several."""
        level = self._grid.on_quote
        mission = (level.requires,) if level is not None and level.requires else ()
        if not self._services or not request.service:
            return Asked(mission, "")
        found = self._find(request.service)
        if len(found) != 1:
            return self._problem(request, found)
        (cells,) = found
        quoted = on_quote(cells, self._grid)
        if quoted is not None:
            return Asked(mission, quoted.directorate)
        first = lowest(cells, self._grid)
        is_known = first.level in self._grid.levels
        return Asked(self._grid.giving(first.level) if is_known else mission, first.directorate)

    def _find(self, wanted: str) -> list[tuple[Service, ...]]:
        if wanted not in self._found:
            found = self._services.written(wanted)
            names = [] if found else matches(wanted, self._names)
            self._found[wanted] = found or [
                cells for name in names for cells in self._services.written(name)
            ]
        return self._found[wanted]

    def _problem(self, request: Request, found: list[tuple[Service, ...]]) -> Problem:
        if found:
            state = "peut désigner plusieurs prestations du catalogue"
            close = [f"{cells[0].theme} : {cells[0].name}" for cells in found[:3]]
        else:
            state = "n'est pas une prestation du catalogue"
            close = nearest(request.service, self._names)
        names = " ou ".join(f"« {name} »" for name in close)
        facts = {
            "id": request.id,
            "service": request.service,
            "state": state,
            "guess": f" Vouliez-vous dire {names} ?" if names else "",
        }
        return Problem("R12", request.place("service"), facts)
