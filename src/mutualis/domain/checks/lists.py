"""Checks across files: a plain list of small functions, each from a workspace to problems."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from mutualis.domain.checks.debtors import (
    issuer_is_no_debtor,
    sirens_are_filled_in,
    sirens_differ,
)
from mutualis.domain.checks.interventions import interventions_hold
from mutualis.domain.checks.movements import (
    communes_exist,
    communes_have_an_heir,
    members_do_not_vanish,
)
from mutualis.domain.checks.populations import populations_are_plausible
from mutualis.domain.checks.rates import indexed_grid_holds, rate_is_published, rates_agree
from mutualis.domain.checks.requests import criteria_hold, requests_hold
from mutualis.domain.checks.services import (
    directorates_are_real,
    levels_of_services_exist,
    services_are_sure,
)
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.french import checks as words
from mutualis.domain.french.names import nearest, read_as
from mutualis.domain.french.typography import count, euros, number
from mutualis.domain.problems.problem import Problem, Source, in_order
from mutualis.domain.tariffs.fees import NoPrice, amount_due, compute_fee
from mutualis.domain.tariffs.grid import Grid, Tariffs, bracket_name
from mutualis.domain.tariffs.table import replay
from mutualis.domain.tariffs.thresholds import thresholds
from mutualis.domain.workspace import Workspace

NEAR = Decimal("0.02")


def check_year(workspace: Workspace, year: int) -> list[Problem]:
    """What stops the use of a year's prices, or must be said beside them."""
    grid = workspace.tariffs.grids[year]
    return in_order(p for check in YEAR_CHECKS for p in check(workspace, grid))


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


def year_without_grid(workspace: Workspace) -> Iterator[Problem]:
    for year in workspace.communes.years:
        if year not in workspace.tariffs.grids:
            first = workspace.communes.of_year(year)[0]
            source = Source(first.source.file, first.source.line)
            how = how_to_add_grid(workspace.tariffs, year)
            yield Problem("B01", source, {"year": str(year), "how": how})


def grid_without_communes(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    if not workspace.communes.of_year(grid.year):
        source = workspace.tariffs.grid_source(grid.year)
        how = how_to_add_communes(workspace.communes.years, grid.year)
        yield Problem("B11", source, {"year": str(grid.year), "how": how})


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


def successors_exist(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    rows = workspace.communes.of_year(grid.year)
    codes = {row.code_insee for row in rows}
    for row in rows:
        if row.successor and (row.successor == row.code_insee or row.successor not in codes):
            facts = {
                "commune": row.name,
                "successor": row.successor,
                "year": str(grid.year),
            }
            yield Problem("B14", row.source, facts)


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


def cap_is_useful(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    """A cap that binds from the first inhabitant of its bracket, or from none."""
    for level in grid.levels.values():
        turns = {turn.population for turn in thresholds(level) if turn.kind == "cap"}
        first = 0
        for rank, bracket in enumerate(level.brackets):
            last = bracket.up_to
            if bracket.cap is not None and level.rate_of(bracket) and last is not None:
                fee = compute_fee(level, max(first, 1))
                always = not isinstance(fee, NoPrice) and fee.cap is not None
                never = not always and not any(first < turn <= last for turn in turns)
                key = f"levels.{level.code}.brackets.{rank}.cap"
                facts = {
                    "level": level.code,
                    "cap": euros(bracket.cap),
                    "bracket": bracket_name(level, rank),
                }
                if always or never:
                    source = workspace.tariffs.grid_source(grid.year, key)
                    yield Problem("B04" if always else "B05", source, facts)
            first = (last or 0) + 1


def near_a_bound(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    """A commune within 2 % of a bound of its level: the next census can move its fee at once."""
    for row in _priced_rows(workspace, grid):
        level, population = grid.levels[row.level], row.population(workspace.tariffs.population)
        for turn in thresholds(level):
            is_near = abs(turn.population - population) <= turn.population * NEAR
            is_bound = turn.kind in ("bound", "end")
            if not (is_bound and is_near) or amount_due(level, population) is None:
                continue
            is_above = population >= turn.population
            other = amount_due(level, turn.population - 1) if is_above else turn.amount
            facts = {
                "commune": row.name,
                "population": number(population),
                "bound": number(turn.population),
                "level": row.level,
                "amount": words.NO_PRICE if other is None else euros(other),
            }
            yield Problem("B06", row.level_at, facts)


def act_is_filled_in(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    if grid.is_voted and grid.act_is_missing:
        source = workspace.tariffs.grid_source(grid.year, "act")
        yield Problem("B07", source, {"year": str(grid.year)})


def grid_is_voted(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    if not grid.is_voted:
        source = workspace.tariffs.grid_source(grid.year, "status")
        yield Problem("B12", source, {"year": str(grid.year)})


def levels_are_real(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    rows = [row for row in workspace.communes.of_year(grid.year) if row.is_example]
    if rows:
        first = rows[0].source
        facts = {"year": str(grid.year), "count": count(len(rows), "commune")}
        yield Problem("B08", Source(first.file, first.line, field="source_niveau"), facts)


def signatory_is_known(workspace: Workspace) -> Iterator[Problem]:
    issuer = workspace.issuer
    if not issuer.signatories:
        yield Problem("B13", Source(issuer.source.file))
    for signatory in issuer.signatories:
        if signatory.is_missing:
            yield Problem("B10", issuer.source, {"capacity": signatory.capacity})


def voted_grid_is_locked(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    if grid.is_voted and grid.year not in workspace.tables:
        source = workspace.tariffs.grid_source(grid.year)
        yield Problem("B09", source, {"year": str(grid.year)})


def locked_tables_hold(workspace: Workspace) -> Iterator[Problem]:
    """Each locked table, computed again from today's files."""
    for year, table in workspace.tables.items():
        grid = workspace.tariffs.grids.get(year)
        if grid is None:
            facts = {"year": str(year)}
            yield Problem("L04", Source(table.file), facts)
            continue
        communes = workspace.communes.by_commune(year)
        yield from replay(table, grid, communes, workspace.tariffs.population)


def locked_table_agrees(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    """A year whose locked table moved: `check` lists the amounts, others are told."""
    table = workspace.tables.get(grid.year)
    if table is None:
        return
    communes = workspace.communes.by_commune(grid.year)
    moved = replay(table, grid, communes, workspace.tariffs.population)
    if moved:
        facts = {
            "year": str(grid.year),
            "count": words.moved_amounts(len(moved)),
        }
        yield Problem("L06", Source(table.file), facts)


def how_to_add_grid(tariffs: Tariffs, year: int) -> str:
    """What gives `year` its grid: an indexation when it follows a known one, else the file."""
    if year - 1 in tariffs.grids:
        return words.add_grid_by_index(year)
    return words.add_grid_by_hand(year)


def how_to_add_communes(years: Sequence[int], year: int) -> str:
    """What gives `year` its communes: the year before and INSEE's file, year after year."""
    earlier = [known for known in years if known < year]
    if not earlier:
        return words.add_communes_by_hand(year)
    first = max(earlier) + 1
    return (
        words.add_communes_of_first(first) if first < year else words.add_communes_by_import(year)
    )


def _priced_rows(workspace: Workspace, grid: Grid) -> Iterator[CommuneYear]:
    for row in workspace.communes.of_year(grid.year):
        level = grid.levels.get(row.level)
        if level is not None and level.is_priced:
            yield row


CHECKS: tuple[Callable[[Workspace], Iterable[Problem]], ...] = (
    year_without_grid,
    signatory_is_known,
    rates_agree,
    locked_tables_hold,
    requests_hold,
    criteria_hold,
    levels_of_services_exist,
    services_are_sure,
    directorates_are_real,
    interventions_hold,
)
# What stops or accompanies any use of a year's prices.
YEAR_CHECKS: tuple[Callable[[Workspace, Grid], Iterable[Problem]], ...] = (
    level_is_in_grid,
    successors_exist,
    population_has_price,
    rate_is_published,
    act_is_filled_in,
    grid_is_voted,
    levels_are_real,
    sirens_are_filled_in,
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
    near_a_bound,
    voted_grid_is_locked,
)
