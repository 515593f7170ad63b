"""What communes.csv and movements.csv say together: who is there, who has gone and why."""

from collections.abc import Iterator
from datetime import date, timedelta

from mutualis.domain.french.typography import alternatives, short_date
from mutualis.domain.problems.problem import Problem
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.workspace import Workspace


def movements_touch_the_body(workspace: Workspace) -> Iterator[Problem]:
    """A movement that no commune of communes.csv is linked to, even through others."""
    known = {row.code_insee for row in workspace.communes.rows}
    for linked in workspace.movements.linked():
        codes = {code for move in linked for code in (move.code_before, move.code_after)}
        if codes.isdisjoint(known):
            for move in linked:
                both = dict.fromkeys(code for code in (move.code_before, move.code_after) if code)
                yield Problem("M14", move.source, {"codes": alternatives(both)})


def communes_have_an_heir(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    """A commune of the year that a later movement splits, and none of whose parts is its heir."""
    for row in workspace.communes.of_year(grid.year):
        split = workspace.movements.split(row.code_insee, row.first_day)
        if split is not None:
            facts = {
                "commune": f"{row.name} ({row.code_insee})",
                "day": short_date(split.day),
            }
            yield Problem("M09", split.source, facts)


def communes_exist(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    """A row that is still in force once its commune has ceased to exist, or a member's once it has
    left the body: there, a row without a level only says that it is no member."""
    moves = workspace.movements
    for row in workspace.communes.of_year(grid.year):
        ceased = moves.ceased(row.code_insee, row.last_day)
        left = moves.absence(row.code_insee, row.last_day) if row.level else None
        since = ceased or left
        if since is not None:
            facts = {
                "commune": row.name,
                "day": short_date(since.day),
                "eve": short_date(since.day - timedelta(days=1)),
                "end": short_date(row.last_day),
                "place": str(since.source),
            }
            yield Problem("M10" if ceased else "M13", row.source, facts)


def members_do_not_vanish(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    """A member of the year before that has no row this year, and no movement says why."""
    communes, year = workspace.communes, grid.year
    present = {row.code_insee for row in communes.of_year(year)}
    if not present:
        return
    for rows in communes.by_commune(year - 1):
        row = rows[-1]
        if row.code_insee in present or not row.level:
            continue
        if workspace.movements.absence(row.code_insee, date(year, 1, 1)) is None:
            facts = {
                "commune": f"{row.name} ({row.code_insee})",
                "level": row.level,
                "before": str(year - 1),
                "year": str(year),
                "leaving": f"{year}-01-01;retrait;{row.code_insee};{row.name};;",
            }
            yield Problem("M11", row.source, facts)
