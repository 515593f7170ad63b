"""What `check` says of what was done and what it costs, every year."""

from collections.abc import Iterator

from mutualis.domain.costs.checks import costs_are_real, costs_are_sound
from mutualis.domain.costs.margins import half_day_prices
from mutualis.domain.costs.unit_cost import costs_of_year
from mutualis.domain.french.typography import count
from mutualis.domain.interventions.allocation import serve
from mutualis.domain.interventions.checks import check_served, interventions_are_real
from mutualis.domain.interventions.quotas import quota_uses
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.workspace import Workspace


def interventions_hold(workspace: Workspace) -> Iterator[Problem]:
    """For `check`: every year that can be looked at, and those that cannot."""
    given, tariffs = workspace.interventions, workspace.tariffs
    for year in given.years:
        rows = given.of_year(year)
        grid = tariffs.grids.get(year)
        if grid is None or grid.on_quote is None or not workspace.communes.of_year(year):
            facts = {"count": count(len(rows), "intervention"), "year": str(year)}
            yield Problem("U13", Source(given.file, rows[0].source.line), facts)
            continue
        served, problems = serve(
            workspace.communes, workspace.services, tariffs.population, grid, rows
        )
        yield from problems
        yield from check_served(
            served, quota_uses(workspace.communes, workspace.services, grid, served), grid
        )
    yield from interventions_are_real(given.file, given.rows)


def costs_hold(workspace: Workspace) -> Iterator[Problem]:
    """U22 to U26, each year of the file."""
    for year in workspace.costs.years:
        categories = tuple(half_day_prices(workspace.tariffs.grids.get(year)))
        found = costs_of_year(workspace.costs, year)
        told = costs_are_sound(workspace.costs, found, workspace.services, categories)
        yield from (problem for problem in told if problem.code != "U26")
    yield from costs_are_real(workspace.costs.file, workspace.costs.rows)
