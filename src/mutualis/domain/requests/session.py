"""A session of the body from the workspace: who asks, what is known of each commune."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from mutualis.domain.communes.communes import Communes, CommuneYear, PopulationBasis
from mutualis.domain.communes.finder import CommuneFinder, Found
from mutualis.domain.french.typography import count, euros
from mutualis.domain.interventions.intervention import Interventions
from mutualis.domain.interventions.received import received
from mutualis.domain.problems.problem import Problem, in_order
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
from mutualis.domain.requests.criteria import (
    POPULATION,
    RECEIVED,
    UNDER_WAY,
    WAITING,
    WEALTH,
    Criteria,
    Criterion,
)
from mutualis.domain.requests.promises import booked, not_begun
from mutualis.domain.requests.ranking import Session
from mutualis.domain.requests.request import Requests, RequestState
from mutualis.domain.requests.service import service_of
from mutualis.domain.services.finder import ServiceFinder
from mutualis.domain.services.service import Services
from mutualis.domain.tariffs.grid import Grid


def session_of(
    requests: Requests,
    criteria: Criteria,
    grid: Grid,
    start: str,
    held: Sequence[Promise],
    sitting: date | None,
    *,
    communes: Communes,
    services: Services,
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
    ]
    busy = requests.in_state(RequestState.UNDER_WAY)
    for asked in busy:
        named = finder.find(asked.commune)
        if not isinstance(named, Found):
            problems.append(unknown_commune(asked, named))
    under_way = Counter(finder.code_of(request.commune, day) for request in busy)
    given: Mapping[str, int] | None = None
    if any(criterion.name == RECEIVED for criterion in criteria.active):
        given, wrong = received(interventions, finder, day, criteria.received_years)
        problems.extend(wrong)
    facts = _Facts(criteria, basis, under_way, given)
    catalogue = ServiceFinder(services)
    candidates = []
    for asked in requests.in_state(RequestState.TO_RANK):
        if asked.id in kept:
            continue
        found = finder.on(asked.commune, year, day)
        if not isinstance(found, Found):
            problems.append(unknown_commune(asked, found))
        service = service_of(asked, catalogue, grid)
        if isinstance(service, Problem):
            problems.append(service)
            continue
        problems.extend(directorate_is_known(asked, service.directorate, criteria))
        request = replace(asked, directorate=asked.directorate or service.directorate)
        if not isinstance(found, Found):
            continue
        row = membership_on(found.rows, year, day)
        known = row if row is not None else found.rows[-1]
        candidates.append(
            Candidate(
                request=request,
                code_insee=known.code_insee,
                commune=known.name,
                level="" if row is None else row.level,
                required=service.required,
                values=facts.values(known),
                details=facts.details(known),
            )
        )
    problems.extend(facts.problems)
    session = Session(year, start, criteria, tuple(candidates), taken, sitting, given_before)
    return session, in_order(problems)


class _Facts:
    """The figures of each commune that the active criteria ask for, and what they lack."""

    def __init__(
        self,
        criteria: Criteria,
        basis: PopulationBasis,
        under_way: Mapping[str | None, int],
        given: Mapping[str, int] | None,
    ) -> None:
        self._active = [c for c in criteria.active if c.name != WAITING]
        self._basis = basis
        self._under_way = under_way
        self._received = given
        self._years = criteria.received_years
        self._values: dict[str, Mapping[str, Fraction]] = {}
        self.problems: list[Problem] = []

    def values(self, row: CommuneYear) -> Mapping[str, Fraction]:
        """By name of criterion; a figure that cannot be known is a problem, once a commune."""
        if row.code_insee not in self._values:
            self._values[row.code_insee] = {
                criterion.name: self._value(criterion, row) for criterion in self._active
            }
        return self._values[row.code_insee]

    def details(self, row: CommuneYear) -> Mapping[str, str]:
        """Where a figure comes from, in words, when it is not the figure itself."""
        population = count(row.population(self._basis), "habitant")
        found = {}
        for criterion in self._active:
            if criterion.name == WEALTH and row.financial_potential is not None:
                found[WEALTH] = f"{euros(row.financial_potential)} pour {population}"
            if criterion.name == RECEIVED and self._received is not None:
                days = count(self._received.get(row.code_insee, 0), "demi-journée")
                found[RECEIVED] = f"{days} en {count(self._years, 'an')} pour {population}"
        return found

    def _value(self, criterion: Criterion, row: CommuneYear) -> Fraction:
        population = row.population(self._basis)
        if criterion.name == UNDER_WAY:
            return Fraction(self._under_way.get(row.code_insee, 0))
        if criterion.name == POPULATION:
            return Fraction(population)
        if criterion.name == WEALTH:
            self.problems.extend(wealth_is_plausible(row, population))
            if row.financial_potential is None:
                how = "remplir la colonne « potentiel_financier » de data/communes.csv (fiche DGF)"
                return self._missing(criterion, row, "« potentiel_financier » est vide", how)
            if population:
                return Fraction(Fraction(row.financial_potential), population)
        if criterion.name == RECEIVED:
            if self._received is None:
                how = "ajouter data/interventions.csv, ou remettre le poids du critère à 0"
                return self._missing(criterion, row, "aucune intervention n'est notée", how)
            if population:
                return Fraction(1000 * self._received.get(row.code_insee, 0), population)
        how = "corriger la population de la commune, ou remettre le poids du critère à 0"
        return self._missing(criterion, row, "la population est nulle", how)

    def _missing(self, criterion: Criterion, row: CommuneYear, what: str, how: str) -> Fraction:
        facts = {
            "commune": row.name,
            "year": str(row.year),
            "what": what,
            "label": criterion.label,
            "how": f"{how}.",
        }
        self.problems.append(Problem("R06", row.source, facts))
        return Fraction(0)
