"""What communes ask of the body: one project, its half-days, the directorate that would do it."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from mutualis.domain.french.names import is_invented
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.services.finder import FoundService, ServiceFinder
from mutualis.domain.services.schemes import Coverage, said
from mutualis.domain.services.service import lowest, on_quote
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.value import Struct, equal_but_for, field

FILE = "data/requests.csv"


class RequestState(StrEnum):
    TO_RANK = "à classer"
    UNDER_WAY = "en cours"
    DONE = "terminée"
    WITHDRAWN = "retirée"


class Request(Struct, frozen=True):
    """One row of requests.csv. `commune` is a code or a name, as it was typed.

    `scheme` names the departmental schemes that could serve instead, empty where none can: what its
    row says, then those of the schemes file (`scheme_of`). What is empty and needed refuses the
    request alone, with its reason (see `prioritising`).
    """

    id: str
    received: date
    commune: str
    project: str
    service: str = ""
    directorate: str = ""
    half_days: Mapping[str, int] = field(default_factory=dict)
    wished: date | None = None
    scheme: str = ""
    state: RequestState = RequestState.TO_RANK
    origin: str = ""
    source: Source = Source(FILE)
    sources: Mapping[str, Source] = field(default_factory=dict)

    __eq__ = equal_but_for("source", "sources")

    @property
    def total(self) -> int:
        """Half-days of all categories."""
        return sum(self.half_days.values())

    @property
    def is_example(self) -> bool:
        return is_invented(self.origin)

    def place(self, column: str) -> Source:
        return self.sources.get(column, self.source)


class Requests(Struct, frozen=True):
    """Every row of the file, in order of identifier."""

    rows: tuple[Request, ...]

    @classmethod
    def of(cls, rows: Iterable[Request]) -> "Requests":
        return cls(tuple(sorted(rows, key=lambda request: request.id)))

    def in_state(self, state: RequestState) -> tuple[Request, ...]:
        return tuple(request for request in self.rows if request.state is state)


class Asked(Struct, frozen=True):
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
    if not isinstance(found, FoundService):
        facts = {**found.facts, "id": request.id}
        return Problem("R12", request.place("service"), facts)
    quoted = on_quote(found.cells, grid)
    if quoted is not None:
        return Asked(mission, quoted.directorate)
    first = lowest(found.cells, grid)
    is_known = first.level in grid.levels
    return Asked(grid.giving(first.level) if is_known else mission, first.directorate)


def scheme_of(request: Request, coverage: Coverage, day: date) -> str:
    """The departmental schemes that could serve instead of a request, on its date and still on
    `day`: what its row says of one that the file does not give, then those of the file."""
    found = coverage.of(request.service, request.received, day)
    own = request.scheme
    stated = [own] if own and not any(scheme.is_named(own) for scheme in found) else []
    return " ; ".join([*stated, *filter(None, [said(found)])])
