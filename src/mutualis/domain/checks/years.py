"""Years that have prices and no communes, or communes and no prices."""

from collections.abc import Iterator, Sequence

from mutualis.domain.french import checks as words
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.workspace import Workspace


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
