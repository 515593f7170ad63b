"""What the requests, the criteria and the communes say together."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.communes.finder import (
    AmbiguousCommune,
    CommuneFinder,
    FoundCommune,
    UnknownCommune,
)
from mutualis.domain.french import checks as words
from mutualis.domain.french import requests as requests_words
from mutualis.domain.french.missions import half_days as in_half_days
from mutualis.domain.french.names import did_you_mean, fold, suggestions
from mutualis.domain.french.typography import count, euros, month_name, number, short_date
from mutualis.domain.money import round_fraction
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.requests.calendar import month_of
from mutualis.domain.requests.criteria import Criteria
from mutualis.domain.requests.request import Request, Requests, RequestState, service_of
from mutualis.domain.services.finder import ServiceFinder
from mutualis.domain.services.schemes import Coverage, Scheme, covered
from mutualis.domain.services.service import Services
from mutualis.domain.tariffs.grid import Grid

# Euros per inhabitant between which a potentiel financier is believed.
LEAST_WEALTH, MOST_WEALTH = 100, 10_000
WAITING_STATES = (RequestState.TO_RANK, RequestState.UNDER_WAY)


def communes_are_known(requests: Requests, finder: CommuneFinder) -> Iterator[Problem]:
    """R01, for the requests that wait or are under way: a commune that no year knows."""
    for request in requests.rows:
        if request.state in WAITING_STATES:
            found = finder.find(request.commune)
            if not isinstance(found, FoundCommune):
                yield unknown_commune(request, found)


def unknown_commune(request: Request, found: AmbiguousCommune | UnknownCommune) -> Problem:
    """R01."""
    return Problem("R01", request.place("commune"), {**found.facts, "id": request.id})


def services_are_known(
    requests: Requests, services: Services, grid: Grid, criteria: Criteria | None
) -> Iterator[Problem]:
    """R12 and R03, for the requests that are to be ranked."""
    finder = ServiceFinder(services)
    for request in requests.in_state(RequestState.TO_RANK):
        asked = service_of(request, finder, grid)
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
        close = [f"« {one} »" for one in suggestions(name, known, limit=1)]
        facts = {
            "id": request.id,
            "directorate": name,
            "origin": words.by_catalogue(is_own=bool(request.directorate)),
            "guess": did_you_mean(close),
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
    rows = [request for request in requests.rows if request.state in WAITING_STATES]
    for request in sorted(rows, key=lambda request: (request.source.line or 0, request.id)):
        commune = finder.code_of(request.commune, date.max) or fold(request.commune)
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
                    "booked": in_half_days(half_days),
                    "capacity": words.capacity(None if capacity is None else most),
                }
                place = criteria.source if capacity is None else capacity.source
                yield Problem("R16", place, facts)


def requests_are_covered(requests: Requests, coverage: Coverage, today: date) -> Iterator[Problem]:
    """S13, for the requests to rank whose service a scheme covers, on their date and today."""
    for request in requests.in_state(RequestState.TO_RANK):
        found = coverage.of(request.service, request.received, today)
        what = f"{request.id}, « {request.service} »"
        yield from covered(what, found, request.place("service"))


def schemes_ended(requests: Requests, coverage: Coverage, today: date) -> Iterator[Problem]:
    """S12, for a scheme that is over, with the requests to rank that still name it, or need it for
    a service that none now covers. One that goes on under its name is not over."""
    waiting = requests.in_state(RequestState.TO_RANK)
    current = [scheme.name for scheme in coverage.schemes if scheme.in_force(today)]
    for scheme in coverage.schemes:
        if scheme.end is not None and scheme.end < today:
            goes_on = any(map(scheme.is_named, current))
            named = [] if goes_on else waiting
            using = {request.id for request in named if scheme.is_named(request.scheme)}
            using |= {one.id for one in waiting if _needs(one, scheme, coverage, today)}
            if using or not goes_on:
                facts = {
                    "scheme": scheme.name,
                    "end": short_date(scheme.end),
                    "requests": requests_words.still_asked(sorted(using)),
                }
                yield Problem("S12", scheme.end_at, facts)


def _needs(request: Request, scheme: Scheme, coverage: Coverage, today: date) -> bool:
    """Whether a scheme is for the service of a request, which nothing covers today."""
    known = coverage.of(request.service)
    return scheme in known and not coverage.of(request.service, today)


def requests_are_real(requests: Requests) -> Iterator[Problem]:
    examples = [request for request in requests.rows if request.is_example]
    if examples:
        source = Source(examples[0].source.file)
        yield Problem("R08", source, {"count": count(len(examples), "demande")})


def acts_are_filled_in(criteria: Criteria) -> Iterator[Problem]:
    for criterion in criteria.active:
        if criterion.act_is_missing or criterion.date_is_missing:
            facts = {
                "label": criterion.label,
                "weight": number(criterion.weight),
                "what": words.act_lacks(a_date=not criterion.act_is_missing),
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
