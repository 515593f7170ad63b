"""The inputs of a use case, or one refusal with everything that is wrong with them."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from mutualis.domain.checks.grids import locked_table_agrees
from mutualis.domain.checks.lists import check_year
from mutualis.domain.checks.years import how_to_add_communes, how_to_add_grid
from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.communes.finder import CommuneFinder, FoundCommune
from mutualis.domain.problems.catalogue import Severity
from mutualis.domain.problems.problem import Problem, Source, has_errors
from mutualis.domain.problems.refusals import UnusableData
from mutualis.domain.tariffs.grid import Grid, Level
from mutualis.domain.workspace import Workspace
from mutualis.files.data import tariffs as tariffs_file
from mutualis.files.workspace import load, load_communes

MOST_STEPS = 5  # years to index one by one before a remedy stops listing them


def gather(root: Path) -> tuple[Workspace, tuple[Problem, ...]]:
    """The workspace and the warnings about its files; raises UnusableData on any error."""
    loaded = load(root)
    if loaded.workspace is None:
        raise UnusableData(loaded.problems)
    return loaded.workspace, loaded.problems


def gather_communes(root: Path) -> Communes:
    """The communes and their movements; raises UnusableData on an error of these two files, since
    those of the others change nothing to who is a member."""
    communes, problems = load_communes(root)
    without_errors(problems)
    return communes


def grid_of(workspace: Workspace, year: int, *, with_communes: bool = True) -> Grid:
    """The year's grid; raises UnusableData that says how to add what the year lacks."""
    grids = workspace.tariffs.grids
    missing = [] if year in grids else [missing_grid(workspace, year)]
    if with_communes:
        missing.extend(missing_communes(workspace, year))
    if missing:
        raise UnusableData(missing)
    return grids[year]


def missing_grid(workspace: Workspace, year: int) -> Problem:
    """A02, with the steps from the last known grid."""
    grids = workspace.tariffs.grids
    how = how_to_add_grid(workspace.tariffs, year)
    last = max(grids, default=year)
    if last + 1 < year <= last + MOST_STEPS:
        steps = ", puis ".join(f"mutualis index {y}" for y in range(last + 1, year + 1))
        how = f"indexer année après année : {steps}"
    facts = {"year": str(year), "known": _years(grids), "how": f"{how}."}
    return Problem("A02", Source(tariffs_file.NAME), facts)


def missing_communes(workspace: Workspace, year: int) -> list[Problem]:
    """A05, where the year has no communes."""
    if workspace.communes.of_year(year):
        return []
    known = workspace.communes.years
    facts = {
        "year": str(year),
        "known": _years(known),
        "how": how_to_add_communes(known, year),
    }
    return [Problem("A05", Source(workspace.communes.file), facts)]


def checked(workspace: Workspace, grid: Grid) -> tuple[Problem, ...]:
    """The warnings about the use of a year's prices; raises UnusableData on an error."""
    return without_errors(
        [*check_year(workspace, grid.year), *locked_table_agrees(workspace, grid)]
    )


def without_errors(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems, which are all warnings; raises UnusableData on an error."""
    if has_errors(problems):
        raise UnusableData([p for p in problems if p.severity is Severity.ERROR])
    return tuple(problems)


def membership_level(grid: Grid, typed: str) -> Level:
    """The level of membership that was typed; raises UnusableData when it is none."""
    from mutualis.domain.memberships.plan import grid_level

    level = grid_level(grid, typed)
    if level is not None and not level.is_on_quote:
        return level
    state = f"inconnu de la grille {grid.year}"
    if level is not None:
        state = f"de la grille {grid.year} : il est sur devis, ce n'est pas une adhésion"
    known = ", ".join(code for code, item in grid.levels.items() if not item.is_on_quote)
    facts = {"level": typed, "state": state, "known": known}
    raise UnusableData([Problem("A06", Source(tariffs_file.NAME), facts)])


def commune_rows(communes: Communes, wanted: str, year: int) -> tuple[CommuneYear, ...]:
    """The year's rows of the one commune meant; raises UnusableData when none or several are."""
    return communes_rows(communes, [wanted], year)[0]


def communes_rows(
    communes: Communes, wanted: Iterable[str], year: int
) -> list[tuple[CommuneYear, ...]]:
    """The same of each of several; raises UnusableData with all that are not found."""
    finder = CommuneFinder(communes)
    rows, problems = [], []
    for name in wanted:
        found = finder.find(name, year)
        if isinstance(found, FoundCommune):
            rows.append(found.rows)
        else:
            facts = {**found.facts, "year": str(year)}
            problems.append(Problem("A04", Source(communes.file), facts))
    without_errors(problems)
    return rows


def _years(years: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(years))) or "aucune"
