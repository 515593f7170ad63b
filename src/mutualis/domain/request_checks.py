"""What the requests, the criteria and the communes say together."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from mutualis.domain.communes import Communes, CommuneYear
from mutualis.domain.criteria import WEALTH, Criteria
from mutualis.domain.money import round_fraction
from mutualis.domain.names import fold, matches, nearest
from mutualis.domain.planning import month_of
from mutualis.domain.problems import Problem, Source
from mutualis.domain.requested_service import ServiceFinder
from mutualis.domain.requests import FILE, Request, Requests, RequestState
from mutualis.domain.services import Services
from mutualis.domain.tariffs import Grid
from mutualis.domain.typography import count, euros, month_name, number, short_date
from mutualis.domain.workspace import Workspace

# Euros per inhabitant between which a potentiel financier is believed.
LEAST_WEALTH, MOST_WEALTH = 100, 10_000
_WAITING = (RequestState.TO_RANK, RequestState.UNDER_WAY)


def requests_hold(workspace: Workspace) -> Iterator[Problem]:
    """Every check of the requests that does not depend on the year of a session."""
    requests = workspace.requests
    if requests is None:
        return
    finder = CommuneFinder(workspace.communes)
    for request in requests.rows:
        if request.state in _WAITING and not finder.known(request.commune):
            yield finder.problem(request, None)
    grids = workspace.tariffs.grids
    if grids:
        yield from services_are_known(
            requests, workspace.services, grids[max(grids)], workspace.criteria
        )
    yield from wished_dates_follow(requests)
    yield from projects_differ(requests, finder)
    yield from requests_are_real(requests)


def criteria_hold(workspace: Workspace) -> Iterator[Problem]:
    """A criterion that counts is one that somebody adopted."""
    if workspace.criteria is not None:
        yield from acts_are_filled_in(workspace.criteria)
        if any(criterion.name == WEALTH for criterion in workspace.criteria.active):
            basis = workspace.tariffs.population
            for row in workspace.communes.rows:
                yield from wealth_is_plausible(row, row.population(basis))


class CommuneFinder:
    """The communes that requests name, each spelling looked up once a year."""

    def __init__(self, communes: Communes) -> None:
        self._communes = communes
        self._found: dict[tuple[str, int], list[tuple[CommuneYear, ...]]] = {}
        self._codes: dict[tuple[str, date], str | None] = {}
        self._on: dict[tuple[str, int, date], list[tuple[CommuneYear, ...]]] = {}

    def find(self, wanted: str, year: int) -> list[tuple[CommuneYear, ...]]:
        """The rows of the communes of the year that a code or a name can mean."""
        key = (wanted, year)
        if key not in self._found:
            self._found[key] = self._communes.find(wanted, year)
        return self._found[key]

    def known(self, wanted: str) -> bool:
        """Whether one commune, and only one, is meant in some year."""
        return any(len(self.find(wanted, year)) == 1 for year in self._communes.years)

    def code(self, wanted: str, day: date) -> str | None:
        """The code that a spelling means in the last year that knows it; for a commune merged
        before `day`, that of its successor."""
        key = (wanted, day)
        if key not in self._codes:
            self._codes[key] = None
            for year in reversed(self._communes.years):
                found = self.find(wanted, year)
                if len(found) == 1:
                    self._codes[key] = self._communes.heir(found[0][0].code_insee, day)
                    break
        return self._codes[key]

    def on(self, wanted: str, year: int, day: date) -> list[tuple[CommuneYear, ...]]:
        """The rows of the year of the commune that answers on `day` for the one named."""
        found = self.find(wanted, year)
        if len(found) > 1:
            return found
        key = (wanted, year, day)
        if key not in self._on:
            own = found[0][0].code_insee if found else None
            code = self._communes.heir(own, day) if own else self.code(wanted, day)
            self._on[key] = self.find(code, year) if code is not None else []
        return self._on[key]

    def problem(self, request: Request, year: int | None) -> Problem:
        """R01, for a commune that a year does not know (None: that none does)."""
        years = self._communes.years if year is None else [year]
        found = [rows[0] for one in years for rows in self.find(request.commune, one)]
        when = "" if year is None else f" en {year}"
        if found:
            state = f"ambiguë{when}"
        else:
            state = f"inconnue{when}"
            known = [y for y in self._communes.years if len(self.find(request.commune, y)) == 1]
            last = max(known, default=None)
            if last is not None:
                state += (
                    f", mais connue en {last} (si elle a fusionné, donner sa « date_fin » et son "
                    f"« successeur » dans ses lignes de {last})"
                )
            rows = [row for one in years for row in self._communes.of_year(one)]
            close = nearest(request.commune, [row.name for row in rows])
            found = [row for name in close for row in rows if row.name == name]
        names = list(dict.fromkeys(f"{row.name} ({row.code_insee})" for row in found))[:5]
        guess = f" Vouliez-vous dire {' ou '.join(names)} ?" if names else ""
        facts = {
            "id": request.id,
            "commune": request.commune,
            "state": state,
            "guess": guess,
        }
        return Problem("R01", request.place("commune"), facts)


def services_are_known(
    requests: Requests, services: Services, grid: Grid, criteria: Criteria | None
) -> Iterator[Problem]:
    """R12 and R03, for the requests that are to be ranked."""
    finder = ServiceFinder(services, grid)
    for request in requests.in_state(RequestState.TO_RANK):
        asked = finder.ask(request)
        if isinstance(asked, Problem):
            yield asked
        elif criteria is not None:
            yield from directorate_is_known(request, asked.directorate, criteria)


def directorate_is_known(
    request: Request, by_catalogue: str, criteria: Criteria
) -> Iterator[Problem]:
    """R03: a directorate, the request's own or the catalogue's, whose capacity nobody gave. That
    there is none is the request's own affair."""
    name, known = request.directorate or by_catalogue, list(criteria.capacities)
    if name and name not in criteria.capacities:
        close = matches(name, known)[:1] or nearest(name, known, limit=1)
        facts = {
            "id": request.id,
            "directorate": name,
            "origin": "" if request.directorate else " (d'après data/services.csv)",
            "guess": f" Vouliez-vous dire « {close[0]} » ?" if close else "",
            "known": ", ".join(known) or "aucune",
        }
        column = "direction" if request.directorate else "service"
        yield Problem("R03", request.place(column), facts)


def wished_dates_follow(requests: Requests) -> Iterator[Problem]:
    for request in requests.rows:
        if request.wished is not None and request.wished < request.received:
            facts = {
                "id": request.id,
                "wished": short_date(request.wished),
                "received": short_date(request.received),
            }
            yield Problem("R04", request.place("echeance_souhaitee"), facts)


def projects_differ(requests: Requests, finder: CommuneFinder) -> Iterator[Problem]:
    """R09, among the requests that wait or are under way, whether a commune is given by its name or
    by its code."""
    seen: dict[tuple[str, str], Request] = {}
    rows = [request for request in requests.rows if request.state in _WAITING]
    for request in sorted(rows, key=lambda request: (request.source.line or 0, request.id)):
        commune = finder.code(request.commune, date.max) or fold(request.commune)
        key = (commune, fold(request.project))
        other = seen.setdefault(key, request)
        if other is not request:
            facts = {
                "id": request.id,
                "commune": request.commune,
                "project": request.project,
                "other": other.id,
                "line": str(other.source.line),
            }
            yield Problem("R09", request.place("projet"), facts)


def received_by(requests: Requests, today: date) -> Iterator[Problem]:
    """R15: a request to rank that would be received later than today."""
    for request in requests.in_state(RequestState.TO_RANK):
        if request.received > today:
            facts = {"id": request.id, "received": short_date(request.received)}
            yield Problem("R15", request.place("date"), facts)


def start_is_to_come(source: Source, start: str, today: date) -> Iterator[Problem]:
    """R14: a first month that is over, so that attainable dates may be; `source` is its place."""
    if start < month_of(today):
        yield Problem("R14", source, {"month": month_name(start)})


def promises_fit(criteria: Criteria, booked: Mapping[str, Mapping[str, int]]) -> Iterator[Problem]:
    """R16: months promised beyond what a directorate now gives."""
    for name in sorted(booked):
        capacity = criteria.capacities.get(name)
        for month, half_days in sorted(booked[name].items()):
            most = 0 if capacity is None else capacity.of(month)
            if half_days > most:
                facts = {
                    "directorate": name,
                    "month": month_name(month),
                    "booked": count(half_days, "demi-journée"),
                    "capacity": "la direction n'a plus de capacité dans le fichier"
                    if capacity is None
                    else f"la capacité est de {number(most)}",
                }
                place = criteria.source if capacity is None else capacity.source
                yield Problem("R16", place, facts)


def requests_are_real(requests: Requests) -> Iterator[Problem]:
    examples = sum(request.is_example for request in requests.rows)
    if examples:
        yield Problem("R08", Source(FILE), {"count": count(examples, "demande")})


def acts_are_filled_in(criteria: Criteria) -> Iterator[Problem]:
    for criterion in criteria.active:
        if criterion.act_is_missing:
            facts = {
                "label": criterion.label,
                "weight": number(criterion.weight),
                "what": "son acte n'est pas rempli",
            }
            yield Problem("R07", criterion.source, facts)
        elif criterion.date_is_missing:
            facts = {
                "label": criterion.label,
                "weight": number(criterion.weight),
                "what": "son acte n'a pas de date",
            }
            yield Problem("R07", criterion.source, facts)


def wealth_is_plausible(row: CommuneYear, population: int) -> Iterator[Problem]:
    """R10: a figure per inhabitant in place of the commune's."""
    potential = row.financial_potential
    if potential is None or not population:
        return
    if not LEAST_WEALTH * population <= potential <= MOST_WEALTH * population:
        each = round_fraction(Fraction(Fraction(potential), population))
        facts = {
            "commune": row.name,
            "year": str(row.year),
            "potential": euros(potential),
            "population": count(population, "habitant"),
            "value": euros(each),
        }
        yield Problem("R10", row.source, facts)
