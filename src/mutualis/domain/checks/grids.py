"""The grid of a year: its caps, its locked table."""

from collections.abc import Iterator

from mutualis.domain.french import checks as words
from mutualis.domain.french.typography import count, euros, number
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.tariffs.fees import NoPrice, compute_fee
from mutualis.domain.tariffs.grid import Grid, bracket_name
from mutualis.domain.tariffs.table import replay
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.tariffs.thresholds import new_falls, thresholds
from mutualis.domain.workspace import Workspace


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


def fee_never_falls(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    """No bound across which the fee falls as population grows, but for those of the year before."""
    yield from falling_fees(grid, workspace.tariffs)


def falling_fees(grid: Grid, tariffs: Tariffs) -> Iterator[Problem]:
    """B40: the same of a grid that may not be in the file yet."""
    for fall in new_falls(grid, tariffs.grids.get(grid.year - 1)):
        facts = {
            "year": str(grid.year),
            "level": fall.level,
            "last": count(fall.population - 1, "habitant"),
            "first": number(fall.population),
            "before": euros(fall.before),
            "after": euros(fall.after),
        }
        place = tariffs.grid_source(grid.year, f"levels.{fall.level}")
        yield Problem("B40", place, facts)


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
