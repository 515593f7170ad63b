"""Checks across files: plain lists of small functions, each from a workspace to problems."""

from collections.abc import Callable, Iterable

from mutualis.domain.checks.debtors import (
    issuer_is_no_debtor,
    sirens_differ,
)
from mutualis.domain.checks.grids import (
    cap_is_useful,
    fee_never_falls,
    locked_tables_hold,
    voted_grid_is_locked,
)
from mutualis.domain.checks.issuable import issuer_may_issue, year_may_be_issued
from mutualis.domain.checks.issuer import regime_is_chosen
from mutualis.domain.checks.levels import (
    level_is_in_grid,
    near_a_bound,
    population_has_price,
    wealth_is_known,
)
from mutualis.domain.checks.movements import (
    communes_exist,
    communes_have_an_heir,
    members_do_not_vanish,
    movements_touch_the_body,
)
from mutualis.domain.checks.populations import populations_are_plausible
from mutualis.domain.checks.rates import (
    indexed_grid_holds,
    kinds_are_indexed,
    rate_is_published,
    rates_agree,
)
from mutualis.domain.checks.requests import criteria_hold, requests_hold
from mutualis.domain.checks.services import (
    directorates_are_real,
    levels_of_services_exist,
    schemes_hold,
    services_are_sure,
    taxed_services_are_known,
)
from mutualis.domain.checks.usage import costs_hold, interventions_hold
from mutualis.domain.checks.years import grid_without_communes, year_without_grid
from mutualis.domain.problems.problem import Problem, in_order
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.workspace import Workspace


def check_year(workspace: Workspace, year: int) -> list[Problem]:
    """What stops the use of a year's prices, or must be said beside them."""
    grid = workspace.tariffs.grids[year]
    if year not in workspace.checked:
        found = in_order(p for check in YEAR_CHECKS for p in check(workspace, grid))
        workspace.checked[year] = tuple(found)
    return [*workspace.checked[year]]


def check_chain(workspace: Workspace, year: int) -> list[Problem]:
    """What is wrong with the indexed grids that an indexation for `year` would build upon."""
    grids = [grid for grid in workspace.tariffs.grids.values() if grid.year < year]
    return in_order(p for grid in grids for p in indexed_grid_holds(workspace, grid))


def check_all(workspace: Workspace) -> list[Problem]:
    """Every check, on every year."""
    found: list[Problem] = []
    for check in CHECKS:
        found.extend(check(workspace))
    for grid in workspace.tariffs.grids.values():
        for year_check in (*YEAR_CHECKS, *GRID_CHECKS):
            found.extend(year_check(workspace, grid))
    return in_order(found)


CHECKS: tuple[Callable[[Workspace], Iterable[Problem]], ...] = (
    year_without_grid,
    issuer_may_issue,
    regime_is_chosen,
    rates_agree,
    kinds_are_indexed,
    locked_tables_hold,
    requests_hold,
    criteria_hold,
    levels_of_services_exist,
    services_are_sure,
    directorates_are_real,
    taxed_services_are_known,
    schemes_hold,
    interventions_hold,
    costs_hold,
    movements_touch_the_body,
)
# What stops or accompanies any use of a year's prices.
YEAR_CHECKS: tuple[Callable[[Workspace, Grid], Iterable[Problem]], ...] = (
    level_is_in_grid,
    population_has_price,
    wealth_is_known,
    rate_is_published,
    year_may_be_issued,
    populations_are_plausible,
    sirens_differ,
    issuer_is_no_debtor,
    communes_have_an_heir,
    communes_exist,
    members_do_not_vanish,
    indexed_grid_holds,
)
# What only a look at the whole workspace is for.
GRID_CHECKS: tuple[Callable[[Workspace, Grid], Iterable[Problem]], ...] = (
    grid_without_communes,
    cap_is_useful,
    fee_never_falls,
    near_a_bound,
    voted_grid_is_locked,
)
