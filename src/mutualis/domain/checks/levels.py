"""The levels and populations of communes beside the grid of their year."""

from collections.abc import Iterator
from decimal import Decimal

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.french import checks as words
from mutualis.domain.french.names import nearest, read_as
from mutualis.domain.french.typography import euros, number
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.requests.checks import wealth_is_plausible
from mutualis.domain.tariffs.fees import NoPrice, amount_due, compute_fee
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.tariffs.thresholds import thresholds
from mutualis.domain.workspace import Workspace

NEAR = Decimal("0.02")


def level_is_in_grid(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    joinable = [code for code, level in grid.levels.items() if not level.is_on_quote]
    for row in workspace.communes.of_year(grid.year):
        if row.level and row.level not in joinable:
            close = nearest(row.level, joinable, limit=1)
            facts = {
                "level": row.level,
                "commune": row.name,
                "year": str(grid.year),
                "known": ", ".join(joinable),
                "guess": read_as(close),
            }
            yield Problem("B02", row.level_at, facts)


def population_has_price(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    for row in _priced_rows(workspace, grid):
        population = row.population(workspace.tariffs.population)
        fee = compute_fee(grid.levels[row.level], population)
        if isinstance(fee, NoPrice):
            facts = {
                "commune": row.name,
                "population": number(population),
                "reason": fee.reason,
                "year": str(grid.year),
            }
            yield Problem("B03", row.level_at, facts)


def wealth_is_known(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    """A commune whose level has a coefficient has a potentiel financier, of the whole commune."""
    for row in _priced_rows(workspace, grid):
        if grid.levels[row.level].wealth is None:
            continue
        if row.financial_potential is None:
            facts = {"commune": row.name, "year": str(grid.year), "level": row.level}
            place = Source(row.source.file, row.source.line, field="potentiel_financier")
            yield Problem("B41", place, facts)
        yield from wealth_is_plausible(row, row.population(workspace.tariffs.population))


def near_a_bound(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    """A commune within 2 % of a bound of its level: the next census can move its fee at once."""
    for row in _priced_rows(workspace, grid):
        level, population = grid.levels[row.level], row.population(workspace.tariffs.population)
        wealth = row.financial_potential
        for turn in thresholds(level, wealth):
            is_near = abs(turn.population - population) <= turn.population * NEAR
            is_bound = turn.kind in ("bound", "end")
            if not (is_bound and is_near) or amount_due(level, population) is None:
                continue
            is_above = population >= turn.population
            below = amount_due(level, turn.population - 1, wealth)
            other = below if is_above else turn.amount
            facts = {
                "commune": row.name,
                "population": number(population),
                "bound": number(turn.population),
                "level": row.level,
                "amount": words.NO_PRICE if other is None else euros(other),
            }
            yield Problem("B06", row.level_at, facts)


def _priced_rows(workspace: Workspace, grid: Grid) -> Iterator[CommuneYear]:
    for row in workspace.communes.of_year(grid.year):
        level = grid.levels.get(row.level)
        if level is not None and level.is_priced:
            yield row
