"""What `check` says of the requests and of the criteria."""

from collections.abc import Iterator
from datetime import date

from mutualis.domain.communes.finder import CommuneFinder
from mutualis.domain.problems.problem import Problem
from mutualis.domain.requests.checks import (
    acts_are_filled_in,
    communes_are_known,
    projects_differ,
    requests_are_covered,
    requests_are_real,
    schemes_ended,
    services_are_known,
    wealth_is_plausible,
    wished_dates_follow,
)
from mutualis.domain.requests.measures import WEALTH
from mutualis.domain.requests.request import Requests
from mutualis.domain.workspace import Workspace


def requests_hold(workspace: Workspace) -> Iterator[Problem]:
    """Every check of the requests that does not depend on the year of a session."""
    requests = workspace.requests
    if requests is None:
        return
    finder = CommuneFinder(workspace.communes)
    yield from communes_are_known(requests, finder)
    grids = workspace.tariffs.grids
    if grids:
        yield from services_are_known(
            requests, workspace.services, grids[max(grids)], workspace.criteria
        )
    yield from wished_dates_follow(requests)
    yield from projects_differ(requests, finder)
    yield from requests_are_real(requests)


def schemes_serve(workspace: Workspace, today: date) -> Iterator[Problem]:
    """What departmental schemes are to the requests that wait, and which have ended by today."""
    requests, coverage = workspace.requests or Requests(()), workspace.coverage
    yield from requests_are_covered(requests, coverage, today)
    yield from schemes_ended(requests, coverage, today)


def criteria_hold(workspace: Workspace) -> Iterator[Problem]:
    """A criterion that counts is one that somebody adopted."""
    if workspace.criteria is not None:
        yield from acts_are_filled_in(workspace.criteria)
        if any(criterion.name == WEALTH for criterion in workspace.criteria.active):
            basis = workspace.tariffs.population
            for row in workspace.communes.rows:
                yield from wealth_is_plausible(row, row.population(basis))
