"""What issuing will ask, told before: the same conditions as the refusal of who issues."""

from collections.abc import Iterator
from datetime import date

from mutualis.domain.communes.debtors import groups_of
from mutualis.domain.conditions.conditions import OF_ISSUER, OF_YEAR, ToIssue, lacks
from mutualis.domain.problems.problem import Problem, Source, in_order
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace


def issuer_may_issue(workspace: Workspace) -> Iterator[Problem]:
    """What lacks whatever is issued; an example lacks nothing, and says that it is one."""
    issuer = workspace.issuer
    if issuer.example:
        yield _example(workspace)
    else:
        yield from lacks(ToIssue(issuer, issuer.signatories), OF_ISSUER)


def year_may_be_issued(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    """What the invoices of a year lack, at the end of it."""
    if workspace.issuer.example:
        yield _example(workspace)
        return
    groups = groups_of(workspace.communes, grid.year, date(grid.year, 12, 31))
    asked = ToIssue(
        issuer=workspace.issuer,
        tariffs=workspace.tariffs,
        grid=grid,
        rows=workspace.communes.of_year(grid.year),
        debtors=[group.debtor for group in groups if any(row.level for row in group.rows)],
    )
    yield from lacks(asked, OF_YEAR)


def _example(workspace: Workspace) -> Problem:
    return Problem("B29", Source(workspace.issuer.source.file, field="example"))


def as_real(workspace: Workspace) -> Workspace:
    """The workspace as if its issuer was no example."""
    return replace(workspace, issuer=replace(workspace.issuer, example=False))


def left_to_fill(workspace: Workspace, year: int) -> tuple[Problem, ...]:
    """What stands between a new workspace and its first real invoices."""
    real = as_real(workspace)
    grid = real.tariffs.grids[year]
    return tuple(in_order((*issuer_may_issue(real), *year_may_be_issued(real, grid))))
