"""Checks across files: a plain list of small functions, each from a workspace to problems."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from mutualis.domain.communes import CommuneYear
from mutualis.domain.cpi import december_before
from mutualis.domain.fees import NoPrice, compute_fee
from mutualis.domain.indexation import plan_indexation
from mutualis.domain.names import nearest
from mutualis.domain.problems import Problem, Source, in_order
from mutualis.domain.tariff_table import replay
from mutualis.domain.tariffs import Grid, Tariffs, bracket_name
from mutualis.domain.thresholds import thresholds
from mutualis.domain.typography import count, euros, number
from mutualis.domain.workspace import Workspace

NEAR = Decimal("0.02")


def check_year(workspace: Workspace, year: int) -> list[Problem]:
    """What concerns one year's bill: the workspace must have its grid."""
    grid = workspace.tariffs.grids[year]
    return in_order(p for check in YEAR_CHECKS for p in check(workspace, grid))


def check_all(workspace: Workspace) -> list[Problem]:
    """Every check, on every year."""
    found: list[Problem] = []
    for check in CHECKS:
        found.extend(check(workspace))
    for year in workspace.tariffs.grids:
        found.extend(check_year(workspace, year))
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
        yield Problem("B11", source, {"year": str(grid.year), "before": str(grid.year - 1)})


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
                "guess": f" Lire sans doute « {close[0]} »." if close else "",
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


def cap_is_useful(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    """A cap that binds from the first inhabitant of its bracket, or from none."""
    for level in grid.levels.values():
        turns = {turn.population for turn in thresholds(level) if turn.kind == "cap"}
        first = 0
        for rank, bracket in enumerate(level.brackets):
            last = bracket.up_to
            rate = (
                bracket.per_inhabitant
                if bracket.per_inhabitant is not None
                else level.per_inhabitant
            )
            if bracket.cap is not None and rate and last is not None:
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
        population = row.population(workspace.tariffs.population)
        for turn in thresholds(grid.levels[row.level]):
            distance = turn.population - population
            if turn.kind not in ("bound", "end") or abs(distance) > turn.population * NEAR:
                continue
            facts = {
                "commune": row.name,
                "population": number(population),
                "bound": number(turn.population),
                "level": row.level,
                "amount": "pas de prix" if turn.amount is None else euros(turn.amount),
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
    for signatory in workspace.issuer.signatories:
        if signatory.is_missing:
            facts = {"capacity": signatory.capacity}
            yield Problem("B10", workspace.issuer.source, facts)


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


def indexed_grid_holds(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    """An indexed grid has its December, and equals its recomputation.

    The grid of `base_year` is a starting point, not a result.
    """
    indexed, tariffs = grid.indexed_from, workspace.tariffs
    if indexed is None or grid.year <= tariffs.indexation.base_year:
        return
    source = tariffs.grid_source(grid.year)
    if grid.year - 1 not in tariffs.grids:
        yield Problem("I04", source, {"year": str(grid.year), "before": str(grid.year - 1)})
        return
    plan = plan_indexation(tariffs, workspace.index, grid.year)
    if isinstance(plan, Problem):
        yield plan
        return
    if (indexed.month, indexed.rate) != (december_before(grid.year), plan.rate.value):
        facts = {
            "year": str(grid.year),
            "recorded": f"{number(indexed.rate)} % ({indexed.month})",
            "rate": f"{number(plan.rate.value)} % ({plan.rate.month}, {plan.rate.source})",
        }
        yield Problem("I08", tariffs.grid_source(grid.year, "indexation.rate"), facts)
        return
    written = {price.key: price for price in grid.prices()}
    for amount in plan.amounts:
        price = written.get(amount.price.key)
        if price is None or price.value != amount.after:
            facts = {
                "year": str(grid.year),
                "label": amount.price.label,
                "written": "absent" if price is None else euros(price.value),
                "expected": euros(amount.after),
            }
            yield Problem("I09", tariffs.grid_source(grid.year, amount.price.key), facts)


def how_to_add_grid(tariffs: Tariffs, year: int) -> str:
    """What gives `year` its grid: an indexation when it follows a known one, else the file."""
    if year - 1 in tariffs.grids:
        return f"mutualis index {year} (à partir de la grille {year - 1})"
    return f"saisir [grids.{year}] dans data/tariffs.toml, sur le modèle d'une autre année"


def _priced_rows(workspace: Workspace, grid: Grid) -> Iterator[CommuneYear]:
    for row in workspace.communes.of_year(grid.year):
        level = grid.levels.get(row.level)
        if level is not None and level.is_priced:
            yield row


CHECKS: tuple[Callable[[Workspace], Iterable[Problem]], ...] = (
    year_without_grid,
    signatory_is_known,
    locked_tables_hold,
)
YEAR_CHECKS: tuple[Callable[[Workspace, Grid], Iterable[Problem]], ...] = (
    grid_without_communes,
    level_is_in_grid,
    population_has_price,
    cap_is_useful,
    near_a_bound,
    act_is_filled_in,
    grid_is_voted,
    levels_are_real,
    voted_grid_is_locked,
    indexed_grid_holds,
)
