"""Index the tariff for a year, or record the act that votes it."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from mutualis.domain.checks.grids import falling_fees
from mutualis.domain.checks.lists import check_chain
from mutualis.domain.checks.rates import (
    computed_in_words,
    computed_rate,
    contradicts,
    index_holds,
    indexed_grid_holds,
    kinds_left_behind,
)
from mutualis.domain.conditions.conditions import OF_YEAR, ToIssue, lacks
from mutualis.domain.french.typography import number, percent
from mutualis.domain.indexation.cpi import (
    CURRENT_ID,
    IndexPoint,
    PriceIndex,
    december_before,
    is_computed,
)
from mutualis.domain.indexation.indexation import IndexationPlan, plan_indexation, rate_again
from mutualis.domain.problems.problem import Problem, Source, in_order
from mutualis.domain.problems.refusals import NotWritten, Refusal, UnreadableRequest, UnusableData
from mutualis.domain.tariffs.grid import TO_FILL_IN, Grid, Status
from mutualis.domain.value import Struct, replace
from mutualis.domain.workspace import Workspace
from mutualis.files.data import cpi as cpi_file
from mutualis.files.data import cpi_writer, tariffs_writer
from mutualis.files.data import tariffs as tariffs_file
from mutualis.files.disk.lock import changes_data
from mutualis.workflows.deliberation import draft_deliberation
from mutualis.workflows.inputs import gather, missing_grid, without_errors

if TYPE_CHECKING:
    from mutualis.workflows.printing import Printer


class NewDecember(Struct, frozen=True):
    """The December figure given on the command line."""

    rate: Decimal
    index: Decimal
    base: str
    origin: str


class Indexed(Struct, frozen=True):
    """`files` are those written, relative to the workspace: those of data, none on a dry run, then
    the draft deliberation, where it was asked for. `stood` tells that the grid was there."""

    plan: IndexationPlan
    warnings: tuple[Problem, ...]
    files: tuple[str, ...]
    stood: bool = False

    @property
    def written(self) -> bool:
        return tariffs_file.NAME in self.files

    @property
    def is_drafted(self) -> bool:
        return any(name.endswith(".docx") for name in self.files)


class Voted(Struct, frozen=True):
    """A grid that was there, whose act was recorded; `warnings` are why it gives no invoice yet."""

    grid: Grid
    warnings: tuple[Problem, ...]
    files: tuple[str, ...]


@changes_data
def index_tariffs(
    root: Path,
    year: int | None,
    *,
    december: NewDecember | None = None,
    act: str | None = None,
    dry_run: bool = False,
    printer: "Printer | None" = None,
) -> Indexed | Voted:
    """The grid of `year` (by default the year after the last one), or the act of a grid; with a
    `printer`, the draft deliberation too, on a dry run as well, and of a grid that is projected.

    Raises Refusal when the grid is already there, UnusableData when something is missing;
    nothing is written then.
    """
    act = None if act is None else _checked_act(act)
    workspace, warnings = gather(root)
    grids = workspace.tariffs.grids
    wanted = max(grids, default=0) + 1 if year is None else year
    if wanted in grids:
        if act is None and december is None and printer and not grids[wanted].is_voted:
            return _drafted(workspace, grids[wanted], warnings, printer)
        if act is None:
            raise _already_there(grids[wanted])
        if december is not None:
            raise UnreadableRequest("index.december_of_a_grid_that_exists", year=wanted, act=act)
        return _vote(root, workspace, grids[wanted], act, dry_run=dry_run)
    if wanted - 1 not in grids:
        raise UnusableData([missing_grid(workspace, wanted - 1)])
    warnings += without_errors(check_chain(workspace, wanted))
    point = None if december is None else _point(workspace, december, wanted)
    added = point is not None and not any(cpi_writer.same(point, p) for p in workspace.index.points)
    index = PriceIndex.of((*workspace.index.points, *([point] if point and added else [])))
    warnings += without_errors(list(index_holds(index, december_before(wanted))))
    plan = plan_indexation(workspace.tariffs, index, wanted)
    if isinstance(plan, Problem):
        raise UnusableData([plan])
    warnings += (
        *kinds_left_behind(workspace.tariffs, plan.before),
        *falling_fees(plan.grid, workspace.tariffs),
    )
    if act is not None:
        plan = replace(plan, grid=replace(plan.grid, status=Status.VOTED, act=act))
    if is_computed(plan.rate.origin):
        warnings += (computed_rate(plan.rate, wanted),)
    rule = workspace.tariffs.indexation
    draft = None if printer is None else draft_deliberation(workspace, index, plan, rule, printer)
    files = () if dry_run else _write(root, workspace, plan, point if added else None)
    if draft is not None:
        try:
            files += draft.write()
        except NotWritten as error:
            if dry_run:
                raise
            raise NotWritten("index.draft_not_written", cause=error, year=wanted) from error
    return Indexed(plan, tuple(in_order(warnings)), files)


def _drafted(
    workspace: Workspace, grid: Grid, warnings: tuple[Problem, ...], printer: "Printer"
) -> Indexed:
    """The draft deliberation of a projected grid, as it stands in the file."""
    tariffs, origin = workspace.tariffs, grid.indexed_from
    if origin is None or origin.rule is None:
        raise Refusal("index.not_indexed", year=grid.year)
    warnings += without_errors(list(indexed_grid_holds(workspace, grid)))
    read = replace(tariffs, indexation=origin.rule)
    rate = rate_again(workspace.index, origin, origin.rule)
    plan = plan_indexation(read, workspace.index, grid.year, rate)
    if isinstance(plan, Problem):
        raise UnusableData([plan])
    plan = replace(plan, grid=grid)
    draft = draft_deliberation(workspace, workspace.index, plan, origin.rule, printer)
    return Indexed(plan, tuple(in_order(warnings)), draft.write(), stood=True)


def _write(
    root: Path, workspace: Workspace, plan: IndexationPlan, point: IndexPoint | None
) -> tuple[str, ...]:
    """Write the December, if it is new, then the grid; running again completes a half."""
    change = tariffs_writer.append_grid(root, plan.grid, workspace.tariffs)
    if point is None:
        tariffs_writer.apply(root, change)
        return (tariffs_file.NAME,)
    cpi_writer.write(root, cpi_writer.with_points(root, [point]))
    try:
        tariffs_writer.apply(root, change)
    except NotWritten as error:
        raise NotWritten("index.half_written", cause=error, month=point.month) from error
    return (tariffs_file.NAME, cpi_file.NAME)


def _checked_act(act: str) -> str:
    stripped = " ".join(act.split())
    if stripped.lower() in ("", TO_FILL_IN):
        raise UnreadableRequest("index.not_an_act", typed=act)
    return stripped


def _vote(root: Path, workspace: Workspace, grid: Grid, act: str, *, dry_run: bool) -> Voted:
    if grid.is_voted and not grid.act_is_missing:
        raise Refusal("index.voted_already", year=grid.year, act=grid.act)
    change = tariffs_writer.record_act(root, grid.year, act, workspace.tariffs)
    if not dry_run:
        tariffs_writer.apply(root, change)
    voted = change.tariffs.grids[grid.year]
    asked = ToIssue(workspace.issuer, tariffs=change.tariffs, grid=voted)
    warnings = () if workspace.issuer.example else lacks(asked, OF_YEAR)
    return Voted(voted, tuple(warnings), () if dry_run else (tariffs_file.NAME,))


def _point(workspace: Workspace, december: NewDecember, year: int) -> IndexPoint:
    """The new point; raises Refusal when the file gives the month other figures."""
    month, series = december_before(year), workspace.tariffs.indexation.series
    known = [p for p in workspace.index.points if (p.series, p.base) == (series, december.base)]
    series_id = known[-1].series_id if known else CURRENT_ID.get((series, december.base), series)
    point = IndexPoint(
        month,
        series_id,
        december.base,
        december.index,
        december.rate,
        december.origin,
        Source(cpi_file.NAME),
    )
    if point.is_provisional:
        raise Refusal("index.provisional")
    computed = PriceIndex.of((*workspace.index.points, point)).computed(
        month, series, december.base
    )
    if computed is not None and contradicts(computed, december.rate):
        raise Refusal(
            "index.rate_is_not_of_the_index",
            rate=percent(december.rate),
            index=number(december.index),
            base=december.base,
            computed=computed_in_words(computed),
        )
    for other in workspace.index.of_month(month, series):
        is_there = other.base == point.base or other.rate is not None
        if is_there and not cpi_writer.same(point, other):
            raise Refusal("index.month_known", month=month, place=str(other.source))
    return point


def _already_there(grid: Grid) -> Refusal:
    if grid.is_voted and not grid.act_is_missing:
        return Refusal("index.voted_grid_exists", year=grid.year, act=grid.act)
    return Refusal("index.grid_exists", year=grid.year)
