"""What the costs must agree with in the other files."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from mutualis.domain.costs.checks import costs_are_sound
from mutualis.domain.costs.unit_cost import costs_of_year
from mutualis.domain.problems.problem import Problem
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.workspace import Workspace


def costs_hold(workspace: Workspace) -> Iterator[Problem]:
    """U22 to U26, each year of the file."""
    for year in workspace.costs.years:
        categories = tuple(categories_of(workspace.tariffs.grids.get(year)))
        found = costs_of_year(workspace.costs, year)
        yield from costs_are_sound(workspace.costs, found, workspace.services, categories)


def categories_of(grid: Grid | None) -> Mapping[str, Decimal]:
    """The prices of a half-day, by category, in the order of the grid; none without a grid."""
    level = grid.on_quote if grid is not None else None
    return level.half_day if level is not None else {}
