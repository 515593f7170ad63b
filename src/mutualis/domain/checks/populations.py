"""Populations that look wrong: columns that changed places, a figure too many."""

from collections.abc import Iterator
from datetime import date

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.french.typography import number
from mutualis.domain.problems.problem import Problem
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.workspace import Workspace

# INSEE's figures move by a few per cent a year; a figure typed wrong, by far more.
MOST_RISE, MOST_FALL = 115, 85  # per cent of the year before


def populations_are_plausible(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    """The total population holds the municipal one, and neither leaps from year to year but by a
    movement of the commune."""
    communes = workspace.communes
    before = {row.code_insee: row for row in communes.of_year(grid.year - 1)}
    for row in communes.of_year(grid.year):
        if row.municipal_population > row.total_population:
            facts = {
                "commune": row.name,
                "year": str(row.year),
                "municipal": number(row.municipal_population),
                "total": number(row.total_population),
            }
            yield Problem("B16", row.source, facts)
        earlier = before.get(row.code_insee)
        since, day = date(grid.year - 1, 1, 1), date(grid.year, 1, 1)
        if earlier is not None and not workspace.movements.touch(row.code_insee, since, day):
            yield from _leaps(earlier, row)


def _leaps(earlier: CommuneYear, row: CommuneYear) -> Iterator[Problem]:
    pairs = (
        ("municipale", earlier.municipal_population, row.municipal_population),
        ("totale", earlier.total_population, row.total_population),
    )
    for kind, old, new in pairs:
        if not old * MOST_FALL <= new * 100 <= old * MOST_RISE:
            facts = {
                "commune": row.name,
                "kind": kind,
                "before": number(old),
                "after": number(new),
                "year": str(row.year),
            }
            yield Problem("B17", row.source, facts)
