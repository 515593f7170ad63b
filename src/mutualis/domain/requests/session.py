"""A session of the body from the workspace: who asks, what is known of each commune."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from mutualis.domain.communes.communes import Communes, CommuneYear, PopulationBasis
from mutualis.domain.communes.finder import CommuneFinder, FoundCommune
from mutualis.domain.interventions.intervention import Interventions
from mutualis.domain.interventions.received import received
from mutualis.domain.problems.problem import Problem, in_order
from mutualis.domain.problems.refusals import Reason
from mutualis.domain.quotes.quote import membership_on
from mutualis.domain.requests.calendar import Promise, first_day, months_from
from mutualis.domain.requests.candidate import Candidate
from mutualis.domain.requests.checks import (
    acts_are_filled_in,
    directorate_is_known,
    projects_differ,
    promises_fit,
    requests_are_real,
    unknown_commune,
    wealth_is_plausible,
    wished_dates_follow,
)
from mutualis.domain.requests.criteria import Criteria, Criterion
from mutualis.domain.requests.measures import WEALTH, Facts, Origin
from mutualis.domain.requests.promises import booked, not_begun
from mutualis.domain.requests.ranking import Session
from mutualis.domain.requests.request import (
    Request,
    Requests,
    RequestState,
    scheme_of,
    service_of,
)
from mutualis.domain.services.schemes import Coverage
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.value import replace


def session_of(
    requests: Requests,
    criteria: Criteria,
    grid: Grid,
    start: str,
    held: Sequence[Promise],
    sitting: date | None,
    *,
    communes: Communes,
    coverage: Coverage,
    interventions: Interventions,
    basis: PopulationBasis,
) -> tuple[Session, list[Problem]]:
    """The session of the grid's year, planned from `start`; every problem of its data.

    A commune is what its row of that year says on the first day of `start`; one merged by then is
    its successor. The candidates are the requests to rank that no meeting promised (`held`), in
    order of identifier. `sitting` is the day of the meeting, None before one.
    """
    year, day = grid.year, first_day(start)
    given_before = not_begun(held, requests)
    kept = {promise.request for promise in given_before}
    taken = booked(held, months_from(start, criteria.horizon))
    finder = CommuneFinder(communes)
    problems = [
        *wished_dates_follow(requests),
        *projects_differ(requests, finder),
        *requests_are_real(requests),
        *acts_are_filled_in(criteria),
        *promises_fit(criteria, taken),
        *coverage.problems(),
    ]
    under_way, wrong = _under_way(requests, finder, day)
    problems.extend(wrong)
    given: Mapping[str, int] | None = None
    if any(criterion.measure.needs_interventions for criterion in criteria.active):
        given, wrong = received(interventions, finder, day, criteria.received_years)
        problems.extend(wrong)
    known_of = _KnownOfCommunes(criteria, basis, under_way, given)
    candidates = []
    for asked in requests.in_state(RequestState.TO_RANK):
        if asked.id in kept:
            continue
        found = finder.on(asked.commune, year, day)
        if not isinstance(found, FoundCommune):
            problems.append(unknown_commune(asked, found))
        service = service_of(asked, coverage.finder, grid)
        if isinstance(service, Problem):
            problems.append(service)
            continue
        problems.extend(directorate_is_known(asked, service.directorate, criteria))
        request = _completed(asked, service.directorate, coverage, day)
        if not isinstance(found, FoundCommune):
            continue
        row = membership_on(found.rows, year, day)
        known, level = (found.rows[-1], "") if row is None else (row, row.level)
        candidates.append(known_of.candidate(request, known, level, service.required))
    problems.extend(known_of.problems)
    session = Session(year, start, criteria, tuple(candidates), taken, sitting, given_before)
    return session, in_order(problems)


def _completed(request: Request, directorate: str, coverage: Coverage, day: date) -> Request:
    """The request with what other files say of its service, where its row does not."""
    return replace(
        request,
        directorate=request.directorate or directorate,
        scheme=scheme_of(request, coverage, day),
    )


def _under_way(
    requests: Requests, finder: CommuneFinder, day: date
) -> tuple[Mapping[str | None, int], list[Problem]]:
    """How many requests of each commune are under way, by the code that it has on `day`."""
    busy = requests.in_state(RequestState.UNDER_WAY)
    problems = []
    for asked in busy:
        named = finder.find(asked.commune)
        if not isinstance(named, FoundCommune):
            problems.append(unknown_commune(asked, named))
    return Counter(finder.code_of(request.commune, day) for request in busy), problems


class _KnownOfCommunes:
    """The figures of each commune that the active criteria ask for, and what they lack."""

    def __init__(
        self,
        criteria: Criteria,
        basis: PopulationBasis,
        under_way: Mapping[str | None, int],
        received: Mapping[str, int] | None,
    ) -> None:
        self._active = [c for c in criteria.active if c.measure.origin is not Origin.REQUEST]
        self._basis = basis
        self._under_way = under_way
        self._received = received
        self._years = criteria.received_years
        self._values: dict[str, Mapping[str, Fraction]] = {}
        self.problems: list[Problem] = []

    def values(self, row: CommuneYear) -> Mapping[str, Fraction]:
        """By name of criterion; a figure that cannot be known is a problem, once a commune."""
        if row.code_insee not in self._values:
            facts = self._facts(row)
            self._values[row.code_insee] = {c.name: c.measure.value(facts) for c in self._active}
            for criterion in self._active:
                if criterion.name == WEALTH:
                    self.problems.extend(wealth_is_plausible(row, facts.population))
                lack = criterion.measure.figure(facts)
                if isinstance(lack, Reason):
                    self.problems.append(_missing(criterion, row, lack))
        return self._values[row.code_insee]

    def candidate(
        self, request: Request, row: CommuneYear, level: str, required: tuple[str, ...]
    ) -> Candidate:
        """A request beside what is known of its commune."""
        return Candidate(
            request=request,
            code_insee=row.code_insee,
            commune=row.name,
            level=level,
            required=required,
            values=self.values(row),
            details=self.details(row),
        )

    def details(self, row: CommuneYear) -> Mapping[str, str]:
        """Where a figure comes from, in words, when it is not the figure itself."""
        facts = self._facts(row)
        found = {c.name: c.measure.detail(facts) for c in self._active}
        return {name: detail for name, detail in found.items() if detail}

    def _facts(self, row: CommuneYear) -> Facts:
        received = self._received
        return Facts(
            under_way=self._under_way.get(row.code_insee, 0),
            population=row.population(self._basis),
            potential=row.financial_potential,
            received=None if received is None else received.get(row.code_insee, 0),
            years=self._years,
        )


def _missing(criterion: Criterion, row: CommuneYear, lack: Reason) -> Problem:
    """R06: a figure that a criterion asks for and that cannot be computed."""
    facts = {
        "commune": row.name,
        "year": str(row.year),
        "what": lack.text,
        "label": criterion.label,
        "how": f"{lack.remedy}.",
    }
    return Problem("R06", row.source, facts)
